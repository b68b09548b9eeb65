import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { sessionMessage } from "~/features/meetings/session-messages.fr";
import { closeSession, forecastClosing } from "~/features/meetings/session.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ButtonLink } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Lever la séance" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "meeting.close", "open");
  const closing = await forecastClosing(command, requireParam(args.params, "id"));
  if (!closing) throw notFound();
  const { head, outcome, openPolls } = closing;
  if (head.status !== "open" && head.status !== "suspended")
    throw redirect(`/reseaux/${network.slug}/seances/${head.id}`);
  return { slug: network.slug, meeting: { id: head.id, title: head.title }, outcome, hasOpenPoll: openPolls > 0 };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "meeting.close", "open");
  const meetingId = requireParam(args.params, "id");
  const decision = await closeSession(command, { meetingId });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meetingId}?fait=levee`);
  if (decision.refusal === "meeting-not-found") throw notFound();
  return data({ refusal: sessionMessage(decision.refusal) }, { status: 409 });
}

export default function CloseMeetingPage() {
  const { slug, meeting, outcome, hasOpenPoll } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  const here = `/reseaux/${slug}/seances/${meeting.id}`;
  return (
    <Page
      title="Lever la séance"
      lead={meeting.title}
      crumbs={[
        { label: "Séances", to: `/reseaux/${slug}/seances` },
        { label: meeting.title, to: here },
      ]}
    >
      {refusal && (
        <Notice tone="missed" role="alert" title="La séance n’est pas levée">
          <p>{refusal}</p>
        </Notice>
      )}
      {hasOpenPoll ? (
        <>
          <Notice tone="pending" title="Un scrutin est encore ouvert">
            <p>La séance se lève une fois tous les scrutins clos : clore le scrutin fige son résultat.</p>
          </Notice>
          <ButtonLink to={here}>Revenir à la séance</ButtonLink>
        </>
      ) : (
        <Form method="post">
          <Notice tone={outcome === "held" ? "info" : "missed"} title="Ce qui va se passer">
            <p>
              L’heure de fin est inscrite au registre et plus aucun vote n’est possible. La séance ne se rouvre pas
              {"\u00a0"}; une présence se corrige encore, avec un motif.
            </p>
            <p>
              {outcome === "held"
                ? "Le quorum a été atteint au cours de la séance : elle sera inscrite comme tenue, et son procès-verbal pourra être rédigé."
                : "Le quorum n’a été atteint à aucun moment : la séance sera inscrite sans quorum. Un procès-verbal de carence suivra, et une seconde convocation pourra être préparée."}
            </p>
          </Notice>
          <div className="row">
            <Button>Lever la séance</Button>
            <Link to={here}>Revenir à la séance</Link>
          </div>
        </Form>
      )}
    </Page>
  );
}
