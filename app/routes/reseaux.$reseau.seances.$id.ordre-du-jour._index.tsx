import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDate } from "~/documents/french";
import { dateOf } from "~/domain/kernel/paris-time";
import { totalDuration } from "~/domain/meeting/agenda";
import { decideProposal, findMeetingToCarryTo, moveItem } from "~/features/meetings/agenda.server";
import { parseAgendaAct } from "~/features/meetings/form";
import { agendaMessage } from "~/features/meetings/messages.fr";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { renderMarkdown } from "~/services/markdown.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { agendaWithPending } from "~/services/meeting-preparation.server";
import { listAgenda } from "~/services/meeting-record.server";
import { Button, ButtonLink } from "~/ui/forms";
import { AgendaList, ComingItems, describeDuration, type ShownItem } from "~/ui/meeting/agenda-list";
import { EmptyState, Page, Prose, Section } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Ordre du jour" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, meeting, isTimely } = await openMeetingPage(args, "agenda.edit");
  const items = await listAgenda(getDb(), network.id, meeting.id);
  const mayDecide = can(viewer, "agenda.decide-proposal", { networkId: network.id, state: meeting.status });
  const hasProposals = items.some(({ status }) => status === "proposed");
  if (!isTimely && !(mayDecide && hasProposals)) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const agenda = items.filter((item) => item.status === "accepted");
  const coming =
    meeting.status === "planned" ? (await agendaWithPending(getDb(), meeting, systemClock.newId)).added : [];
  const later = meeting.status === "planned" ? null : await findMeetingToCarryTo(getDb(), meeting);
  const asked = new URL(args.request.url).searchParams;
  const movedTo = agenda.findIndex(({ id }) => id === asked.get("deplace"));
  return {
    /** The item just moved and the way it went: its button takes the focus again. */
    moved: movedTo < 0 ? null : { index: movedTo, direction: asked.get("sens") === "up" ? "up" : "down" },
    slug: network.slug,
    id: meeting.id,
    title: meeting.title,
    revision: meeting.revision,
    /** Freely changed; else each change asks for a reason. */
    isFree: meeting.status === "planned",
    mayWiden: meeting.status === "planned" && meeting.convening === "first",
    /** False once the meeting is over: only what members proposed still waits for an answer. */
    mayEdit: isTimely,
    mayDecide,
    /** Where a proposal that came too late may go. */
    later: later && formatDate(dateOf(later.startsAt)),
    carried: asked.has("reporte"),
    agenda: agenda.map(({ id, kind, title, rapporteur, durationMinutes }) => ({
      ...{ id, kind, title, rapporteur, durationMinutes },
      descriptionHtml: "",
      documents: [],
    })),
    subjects: await loadItemSubjects(
      getDb(),
      {
        networkId: network.id,
        meetingId: meeting.id,
        readsExpenses: can(viewer, "expense.read", { networkId: network.id }),
      },
      agenda,
    ),
    coming: coming.map(({ title }) => title),
    duration: totalDuration(agenda),
    proposals: items
      .filter((item) => item.status === "proposed")
      .map(({ id, title, rapporteur, descriptionMd }) => ({
        ...{ id, title, rapporteur },
        descriptionHtml: renderMarkdown(descriptionMd),
      })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "agenda.edit");
  const submission = parseAgendaAct(await args.request.formData());
  if (submission.status !== "success") {
    const faults = Object.values(submission.reply().error ?? {}).flatMap((messages) => messages ?? []);
    return data(
      { fault: faults[0] ?? "La demande est incomplète : recommencez.", itemId: null, reason: "" },
      { status: 400 },
    );
  }
  const input = submission.value;
  const decision =
    input.intent === "move"
      ? await moveItem(command, meeting.id, input)
      : await decideProposal(command, meeting.id, input);
  if (decision.ok) {
    const here = `/reseaux/${network.slug}/seances/${meeting.id}/ordre-du-jour`;
    // The agenda of a meeting that is over shows only while something is left to answer: the meeting’s own page tells what was done.
    if (input.intent === "decide" && (meeting.status === "closed" || meeting.status === "cancelled"))
      return redirect(
        `/reseaux/${network.slug}/seances/${meeting.id}?fait=${input.verdict === "carry" ? "point-reporte" : "point-refuse"}`,
      );
    // No fragment after a move: a browser gives no focus by itself to a page that it opens at a fragment.
    return redirect(
      input.intent === "move"
        ? `${here}?deplace=${input.itemId}&sens=${input.direction}`
        : input.verdict === "carry"
          ? `${here}?reporte`
          : `${here}#point-${input.itemId}`,
    );
  }
  return data({ fault: agendaMessage(decision.refusal), itemId: input.itemId, reason: input.reason }, { status: 409 });
}

export default function AgendaPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const root = `/reseaux/${view.slug}/seances`;
  const here = `${root}/${view.id}/ordre-du-jour`;
  const moved = answer ? null : view.moved;
  const last = view.agenda.length - 1;
  const isFocused = (index: number, direction: "up" | "down"): boolean => {
    if (moved?.index !== index) return false;
    const isAtEnd = moved.direction === "up" ? index === 0 : index === last;
    return isAtEnd ? direction !== moved.direction : direction === moved.direction;
  };
  const reasonFor = (itemId: string): string => (answer?.itemId === itemId ? answer.reason : "");
  return (
    <Page
      title="Ordre du jour"
      lead={
        view.isFree
          ? `${describeDuration(view.duration)}.`
          : view.mayEdit
            ? "La convocation est partie : un point peut encore être déplacé ou retiré, avec un motif gardé au registre."
            : "La séance est passée : son ordre du jour ne change plus. Un point proposé qui n’a pas eu de réponse se reporte ou se refuse encore."
      }
      crumbs={[
        { label: "Séances", to: root },
        { label: view.title, to: `${root}/${view.id}` },
      ]}
      actions={view.mayWiden && <ButtonLink to={`${here}/nouveau`}>Ajouter un point</ButtonLink>}
    >
      {answer && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answer.fault}</p>
        </Notice>
      )}
      {moved && (
        <Notice tone="reached" role="status">
          <p>
            « {view.agenda[moved.index]?.title} » est maintenant le point {moved.index + 1} sur {view.agenda.length}.
          </p>
        </Notice>
      )}
      {!answer && view.carried && (
        <Notice tone="reached" role="status">
          <p>Le point proposé est reporté à la séance suivante, où il reste à décider.</p>
        </Notice>
      )}
      <ComingItems titles={view.coming} />
      {view.agenda.length === 0 ? (
        <EmptyState>
          <p>
            {!view.mayEdit
              ? "L’ordre du jour était vide."
              : view.coming.length > 0
                ? "Aucun autre point n’est inscrit pour l’instant."
                : "L’ordre du jour est vide. Ajoutez le premier point : la convocation en demande au moins un."}
          </p>
        </EmptyState>
      ) : (
        <AgendaList
          slug={view.slug}
          items={view.agenda}
          subjects={view.subjects}
          {...(view.mayEdit && {
            tools: (item: ShownItem, index: number) => (
              <Form method="post" className="tools" action={here}>
                <input type="hidden" name="intent" value="move" />
                <input type="hidden" name="itemId" value={item.id} />
                <input type="hidden" name="revision" value={view.revision} />
                {!view.isFree && (
                  <div className="inline-reason">
                    <label htmlFor={`motif-${item.id}`} className="small">
                      Motif du déplacement
                    </label>
                    <input id={`motif-${item.id}`} name="reason" type="text" defaultValue={reasonFor(item.id)} />
                  </div>
                )}
                <Button
                  look="small"
                  name="direction"
                  value="up"
                  disabled={index === 0}
                  // eslint-disable-next-line jsx-a11y/no-autofocus
                  autoFocus={isFocused(index, "up")}
                  aria-label={`Monter : ${item.title}, point ${index + 1} sur ${last + 1}`}
                >
                  <Arrow direction="up" />
                </Button>
                <Button
                  look="small"
                  name="direction"
                  value="down"
                  disabled={index === last}
                  // eslint-disable-next-line jsx-a11y/no-autofocus
                  autoFocus={isFocused(index, "down")}
                  aria-label={`Descendre : ${item.title}, point ${index + 1} sur ${last + 1}`}
                >
                  <Arrow direction="down" />
                </Button>
                <Link to={`${here}/${item.id}`}>
                  {view.mayWiden ? "Modifier ou retirer" : "Retirer"}
                  <span className="visually-hidden"> : {item.title}</span>
                </Link>
              </Form>
            ),
          })}
        />
      )}
      {view.proposals.length > 0 && (
        <Section title="Points proposés par les membres" id="propositions">
          <ul className="plain-list">
            {view.proposals.map((proposal) => (
              <li key={proposal.id} id={`point-${proposal.id}`}>
                <strong>{proposal.title}</strong>
                <div className="soft">Proposé par {proposal.rapporteur}</div>
                <Prose html={proposal.descriptionHtml} />
                {view.mayDecide && !view.isFree && (
                  <p className="small">
                    {view.later
                      ? `L’ordre du jour est arrêté : ce point peut être reporté à la séance du ${view.later}, ou refusé.`
                      : "L’ordre du jour est arrêté : planifiez une autre séance pour y reporter ce point, ou refusez-le."}
                  </p>
                )}
                {view.mayDecide && (
                  <Form method="post" action={here}>
                    <input type="hidden" name="intent" value="decide" />
                    <input type="hidden" name="itemId" value={proposal.id} />
                    <div className="field">
                      <label htmlFor={`refus-${proposal.id}`}>
                        Motif, en cas de refus <span className="optional">(lu par son auteur·e)</span>
                      </label>
                      <input
                        id={`refus-${proposal.id}`}
                        name="reason"
                        type="text"
                        defaultValue={reasonFor(proposal.id)}
                      />
                    </div>
                    <div className="row">
                      {view.mayWiden && (
                        <Button name="verdict" value="accept">
                          Mettre à l’ordre du jour
                        </Button>
                      )}
                      {view.later && (
                        <Button name="verdict" value="carry">
                          Reporter à la séance du {view.later}
                        </Button>
                      )}
                      <Button look="danger" name="verdict" value="refuse">
                        Refuser
                      </Button>
                    </div>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p>
        <Link to={`${root}/${view.id}`}>Revenir à la séance</Link>
      </p>
    </Page>
  );
}

function Arrow({ direction }: { readonly direction: "up" | "down" }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={direction === "up" ? "M8 14V3M3 8l5-5 5 5" : "M8 2v11M3 8l5 5 5-5"}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      />
    </svg>
  );
}
