import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { count, formatDateTime } from "~/documents/french";
import { answerConsultation, closeConsultation } from "~/features/votes/consultations.server";
import { parseBallot } from "~/features/votes/form";
import { answerMessage, closeConsultationMessage } from "~/features/votes/messages.fr";
import { findConsultationPage } from "~/features/votes/queries.server";
import { systemClock } from "~/services/clock.server";
import { noteForeignSeat, notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { BallotForm, RecordedVoices } from "~/ui/voting/ballot-form";
import { Question } from "~/ui/voting/question";
import { ResultSheet } from "~/ui/voting/result-sheet";
import { SeatLines } from "~/ui/voting/seat-lines";
import { StandingTag } from "~/ui/voting/standing-tag";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view?.poll.title ?? "Consultation écrite" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "poll.read");
  const pollId = requireParam(args.params, "id");
  const view = await findConsultationPage(command.db, systemClock, network.id, pollId, viewer);
  if (!view) throw notFound();
  return {
    ...view,
    root: `/reseaux/${network.slug}`,
    hasJustOpened: new URL(args.request.url).searchParams.get("fait") === "ouverte",
    mayClose: can(viewer, "consultation.close", { networkId: network.id, state: view.poll.state }),
  };
}

type Answer = { readonly refusal: string; readonly isIncomplete: boolean };

export async function action(args: ActionFunctionArgs) {
  const pollId = requireParam(args.params, "id");
  const form = await args.request.clone().formData();
  if (form.get("acte") === "clore") {
    const { network, command } = await openMemberPage(args, "consultation.close", "open");
    const decision = await closeConsultation(command, pollId);
    if (decision.ok) return redirect(`/reseaux/${network.slug}/consultations/${pollId}`, 303);
    if (decision.refusal === "poll-unknown") throw notFound();
    return data<Answer>({ refusal: closeConsultationMessage(decision.refusal), isIncomplete: false }, { status: 409 });
  }
  const { network, command } = await openMemberPage(args, "consultation.vote", "open");
  const ballot = parseBallot(form);
  if (!ballot) throw new Response("", { status: 400 });
  const { seatId, choice } = ballot;
  if (choice === null) {
    return data<Answer>({ refusal: "Choisissez une réponse avant de voter.", isIncomplete: true }, { status: 400 });
  }
  const decision = await answerConsultation(command, pollId, { seatId, choice });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/consultations/${pollId}`, 303);
  if (decision.refusal === "poll-unknown") throw notFound();
  const isForeign = decision.refusal === "not-your-seat";
  if (isForeign) await noteForeignSeat(args, command, seatId);
  const status = isForeign ? 403 : 409;
  return data<Answer>({ refusal: answerMessage(decision.refusal), isIncomplete: false }, { status });
}

export default function ConsultationPage() {
  const view = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { poll, root, voices, progress, result, lines } = view;
  const isOpen = poll.state === "open";
  const next = isOpen && !view.isOver ? voices.find(({ recorded }) => recorded === null) : undefined;
  const progressSentence = `${count(progress.voted, "siège", "sièges")} sur ${progress.seats} ${progress.voted < 2 ? "a répondu" : "ont répondu"}`;
  return (
    <Page
      title={poll.title}
      lead={
        isOpen
          ? `Consultation écrite. ${view.isOver ? "Le délai est passé" : `Réponses jusqu’au ${formatDateTime(view.deadline)}`}.`
          : "Consultation écrite, close."
      }
      crumbs={[{ label: "Consultations écrites", to: `${root}/consultations` }]}
    >
      {refused && !refused.isIncomplete && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{refused.refusal}</p>
        </Notice>
      )}
      {view.hasJustOpened && (
        <Notice tone="reached" role="status">
          <p>La consultation est ouverte ; un courriel part à chaque titulaire.</p>
        </Notice>
      )}
      <Question root={root} bodyHtml={poll.bodyHtml} expense={view.expense} />
      {view.standing !== null && (
        <p>
          <StandingTag standing={view.standing} />
          {view.standing === "to-be-ratified" && (
            <span className="soft"> Le résultat vaut sous réserve de son vote à la prochaine séance.</span>
          )}
        </p>
      )}
      {result && <ResultSheet result={result} />}
      {view.ratifications.map((ratification) => (
        <p key={ratification.id}>
          <Link to={`${root}/seances/${ratification.meetingId}/scrutins/${ratification.id}`}>Vote de ratification</Link>
          {"\u00a0"}: {ratification.sentence ?? "en cours"}
        </p>
      ))}
      <RecordedVoices voices={voices} isSecret={false} />
      {next && (
        <BallotForm key={next.seatId} voice={next} isSecret={false} missing={refused?.isIncomplete ? refused : null} />
      )}
      {isOpen && (
        <Section title={progressSentence} id="avancement">
          <SeatLines lines={lines} />
        </Section>
      )}
      {view.mayClose && (
        <details className="close-poll">
          <summary>Clore la consultation</summary>
          <Form method="post">
            <input type="hidden" name="acte" value="clore" />
            <p>
              {view.isOver || progress.voted === progress.seats
                ? "Le résultat et la liste des sièges consultés seront figés, puis soumis à ratification à la prochaine séance. La consultation ne pourra pas être rouverte."
                : `La consultation se clôt après le ${formatDateTime(view.deadline)}, ou dès que tous les sièges ont répondu.`}
            </p>
            {(view.isOver || progress.voted === progress.seats) && (
              <Button look="danger">Clore et figer le résultat</Button>
            )}
          </Form>
        </details>
      )}
    </Page>
  );
}
