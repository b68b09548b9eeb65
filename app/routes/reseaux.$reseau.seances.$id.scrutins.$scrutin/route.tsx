import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { CHOICES } from "~/domain/voting/poll";
import { count } from "~/documents/french";
import { CHOICE_LABELS, MODE_LABELS } from "~/documents/voting-words";
import { castVote, closePoll, recordRoom } from "~/features/votes/commands.server";
import { parseBallot, parseChoice, parseRoomGrid } from "~/features/votes/form";
import { castMessage, closePollMessage, recordRoomMessage } from "~/features/votes/messages.fr";
import { findPollPage, findSeatLabel } from "~/features/votes/queries.server";
import { systemClock } from "~/services/clock.server";
import { noteForeignSeat, notFound, requireParam } from "~/services/gate.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { Button, ButtonLink } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { LiveUpdates } from "~/ui/meeting/live-updates";
import { BallotForm, RecordedVoices } from "~/ui/voting/ballot-form";
import { Question } from "~/ui/voting/question";
import { ResultSheet } from "~/ui/voting/result-sheet";
import { RoomGrid } from "~/ui/voting/room-grid";
import { SeatLines } from "~/ui/voting/seat-lines";

/** One vote: the official's question, the secretary's grid, then the result. */
export const handle = { hydrate: "while the vote is open, its progress and its result show by themselves" };

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.poll.title ?? "Scrutin" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command, meeting } = await openMeetingPage(args, "poll.read");
  const pollId = requireParam(args.params, "scrutin");
  const view = await findPollPage(command.db, systemClock, network.id, { meetingId: meeting.id, pollId }, viewer);
  if (!view) throw notFound();
  const { state } = view.poll;
  return {
    ...view,
    root: `/reseaux/${network.slug}`,
    meetingId: meeting.id,
    hasJustRecorded: new URL(args.request.url).searchParams.get("fait") === "salle",
    mayRecord: can(viewer, "poll.record-room", { networkId: network.id, state }) && view.poll.mode === "public",
    mayClose: can(viewer, "poll.close", { networkId: network.id, state }),
    mayEnact: can(viewer, "rules.adopt", { networkId: network.id, state: "draft" }),
  };
}

type Answer = {
  readonly refusal: string;
  /** The vote lacks its choice: the sentence stands beside it. */
  readonly isIncomplete: boolean;
  readonly typed: Readonly<Record<string, string>>;
};

function answer(status: 400 | 403 | 409, refusal: string, form: FormData, isIncomplete = false) {
  const typed = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  return data<Answer>({ refusal, isIncomplete, typed }, { status });
}

export async function action(args: ActionFunctionArgs) {
  const pollId = requireParam(args.params, "scrutin");
  const form = await args.request.clone().formData();
  const act = form.get("acte");
  if (act === "voter") return actVote(args, pollId, form);
  if (act === "salle") return actRoom(args, pollId, form);
  if (act === "clore") return actClose(args, pollId, form);
  throw new Response("", { status: 400 });
}

async function actVote(args: ActionFunctionArgs, pollId: string, form: FormData) {
  const { network, command, meeting } = await openMeetingPage(args, "poll.vote");
  const ballot = parseBallot(form);
  if (!ballot) throw new Response("", { status: 400 });
  const { seatId, choice } = ballot;
  if (choice === null) return answer(400, "Choisissez une réponse avant de voter.", form, true);
  const decision = await castVote(command, meeting.id, pollId, { seatId, choice });
  if (!decision.ok && decision.refusal === "poll-unknown") throw notFound();
  if (decision.ok) return redirect(pollPath(network.slug, meeting.id, pollId), 303);
  const isForeign = decision.refusal === "not-your-seat" || decision.refusal === "seat-unknown";
  if (isForeign) await noteForeignSeat(args, command, seatId);
  return answer(isForeign ? 403 : 409, castMessage(decision.refusal), form);
}

async function actRoom(args: ActionFunctionArgs, pollId: string, form: FormData) {
  const { network, command, meeting } = await openMeetingPage(args, "poll.record-room");
  const decision = await recordRoom(command, meeting.id, pollId, parseRoomGrid(form));
  if (decision.ok) return redirect(`${pollPath(network.slug, meeting.id, pollId)}?fait=salle`, 303);
  const { kind, seatId } = decision.refusal;
  if (kind === "poll-unknown") throw notFound();
  const label = seatId === null ? null : await findSeatLabel(command.db, network.id, seatId);
  return answer(kind === "nothing-to-record" ? 400 : 409, recordRoomMessage(decision.refusal, label), form);
}

async function actClose(args: ActionFunctionArgs, pollId: string, form: FormData) {
  const { network, command, meeting } = await openMeetingPage(args, "poll.close");
  const decision = await closePoll(command, meeting.id, pollId, parseChoice(form.get("presidence")));
  if (!decision.ok && decision.refusal === "poll-unknown") throw notFound();
  if (!decision.ok) return answer(409, closePollMessage(decision.refusal), form);
  return redirect(pollPath(network.slug, meeting.id, pollId), 303);
}

function pollPath(slug: string, meetingId: string, pollId: string): string {
  return `/reseaux/${slug}/seances/${meetingId}/scrutins/${pollId}`;
}

export default function PollPage() {
  const view = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { poll, meeting, item, root, voices, progress, result } = view;
  const isOpen = poll.state === "open";
  const isSecret = poll.mode === "secret";
  const next = isOpen ? voices.find(({ recorded }) => recorded === null) : undefined;
  const meetingPath = `${root}/seances/${view.meetingId}`;
  return (
    <Page
      title={poll.title}
      lead={isOpen ? `${MODE_LABELS[poll.mode]}. ${progressSentence(progress)}` : MODE_LABELS[poll.mode]}
      crumbs={[
        { label: "Séances", to: `${root}/seances` },
        { label: item ? `${meeting.title}, point ${item.position}` : meeting.title, to: meetingPath },
      ]}
    >
      {isOpen && (
        <LiveUpdates
          source={`${meetingPath}/direct`}
          here={`${meetingPath}/scrutins/${poll.id}`}
          headlines={[progressSentence(progress), view.quorum.sentence]}
        />
      )}
      {refused && !refused.isIncomplete && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{refused.refusal}</p>
        </Notice>
      )}
      {view.hasJustRecorded && isOpen && (
        <Notice tone="reached" role="status">
          <p>Les votes de la salle sont enregistrés.</p>
        </Notice>
      )}
      <Question root={root} bodyHtml={poll.bodyHtml} expense={view.expense} />
      {view.ratified !== null && (
        <p>
          <a href={`${root}/consultations/${view.ratified}`}>Voir la consultation écrite à ratifier</a>
        </p>
      )}
      {result && <ResultSheet result={result} />}
      {result?.outcome === "no-decision" && meeting.status !== "closed" && (
        <p>
          Rien n’est décidé : le point peut être remis aux voix
          {view.quorum.reached ? "" : " dès que le quorum est atteint"}, par un nouveau scrutin ouvert{" "}
          <a href={meetingPath}>depuis la séance</a>.
        </p>
      )}
      {result?.outcome === "adopted" && poll.subject === "rules-adoption" && view.mayEnact && (
        <p>
          <ButtonLink to={`${root}/parametres/reglement/${poll.subjectId ?? ""}#adoption`}>
            Enregistrer l’entrée en vigueur du règlement
          </ButtonLink>
        </p>
      )}
      {(isOpen || isSecret) && <RecordedVoices voices={voices} isSecret={isSecret} />}
      {isOpen && !view.quorum.reached && (
        <Notice tone="missed" title="Le quorum n’est plus atteint">
          <p>{view.quorum.sentence}. Aucun vote ne peut être enregistré.</p>
        </Notice>
      )}
      {isOpen && view.ownExclusion && (
        <Notice tone="neutral">
          <p>
            {view.ownExclusion.label} ne vote pas sur cette question : {view.ownExclusion.note}.
          </p>
        </Notice>
      )}
      {next && view.quorum.reached && (
        <BallotForm
          key={next.seatId}
          voice={next}
          isSecret={isSecret}
          missing={refused?.isIncomplete ? refused : null}
        />
      )}
      {isOpen && (
        <Section title={progressSentence(progress)} id="avancement">
          {view.quorum.reached && <p className="soft">{view.quorum.sentence}.</p>}
          {!(view.mayRecord && view.quorum.reached) && <SeatLines lines={view.lines} />}
          {view.mayRecord && view.quorum.reached && <RoomGrid lines={view.lines} typed={refused?.typed ?? {}} />}
        </Section>
      )}
      {view.mayClose && (
        <ClosePoll
          progress={progress}
          isSecret={isSecret}
          hasQuorum={view.quorum.reached}
          chairMayDeclare={view.chairMayDeclare}
        />
      )}
      <p className="screen-only">
        <ButtonLink to={meetingPath} look="quiet">
          Revenir à la séance
        </ButtonLink>
      </p>
    </Page>
  );
}

type Progress = { readonly voted: number; readonly seats: number };

function progressSentence({ voted, seats }: Progress): string {
  if (voted === 0) return `Aucun siège sur ${seats} n’a encore voté`;
  return `${count(voted, "siège", "sièges")} sur ${seats} ${voted < 2 ? "a voté" : "ont voté"}`;
}

/** Closing can't be undone: what it does is said before. */
type ClosePollProps = {
  readonly progress: Progress;
  readonly isSecret: boolean;
  readonly hasQuorum: boolean;
  readonly chairMayDeclare: boolean;
};

function ClosePoll({ progress, isSecret, hasQuorum, chairMayDeclare }: ClosePollProps) {
  const missing = progress.seats - progress.voted;
  return (
    <details className="close-poll">
      <summary>Clore le scrutin</summary>
      <Form method="post">
        <input type="hidden" name="acte" value="clore" />
        <p>
          {missing === 0
            ? "Tous les sièges ont voté."
            : missing === 1
              ? "1\u00a0siège n’a pas voté et ne le pourra plus."
              : `${missing}\u00a0sièges n’ont pas voté et ne le pourront plus.`}{" "}
          {hasQuorum
            ? "Le résultat, les sièges admis à voter et le quorum seront figés, et le résultat publié dans les décisions. Le scrutin ne pourra pas être rouvert."
            : "Sans quorum, rien ne sera décidé : le point pourra être remis aux voix, par un nouveau scrutin, dès que le quorum sera de nouveau atteint."}
        </p>
        {isSecret && missing > 0 && (
          <Notice tone="pending" title="Des bulletins manquent">
            <p>
              Un vote secret ne se complète pas après coup, et personne ne peut voter à la place des absents. Laissez le
              scrutin ouvert si quelqu’un vote encore.
            </p>
          </Notice>
        )}
        {chairMayDeclare && (
          <div className="field">
            <label htmlFor="presidence">En cas de partage, la présidence déclare</label>
            <select id="presidence" name="presidence" defaultValue="">
              <option value="">Rien</option>
              {CHOICES.filter((choice) => choice === "for" || choice === "against").map((choice) => (
                <option key={choice} value={choice}>
                  {CHOICE_LABELS[choice]}
                </option>
              ))}
            </select>
          </div>
        )}
        <Button look="danger">Clore et figer le résultat</Button>
      </Form>
    </details>
  );
}
