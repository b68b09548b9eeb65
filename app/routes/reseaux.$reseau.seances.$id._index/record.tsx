import { correctionNote } from "~/features/attendance/messages.fr";
import { Link } from "@remix-run/react";
import { formatDate, formatDateTime, formatTime, toSeat } from "~/documents/french";
import { SINCE_LABELS } from "~/documents/meeting-words";
import { dateOf, timeOf } from "~/domain/kernel/paris-time";
import { ButtonLink } from "~/ui/forms";
import { ItemSubject, type ShownSubject } from "~/ui/meeting/item-subject";
import { MeetingClause } from "~/ui/agreement/meeting-clause";
import { Proposals } from "~/ui/meeting/proposals";
import { Definitions, EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag, type Tone } from "~/ui/status";
import { Table } from "~/ui/table";
import { PublicMeeting } from "./public-meeting";
import type { MemberRecordView, RecordView } from "./record.server";
import { readRefusal } from "./room";

type RecordProps = { readonly view: RecordView; readonly answer: unknown };
type View = { readonly view: MemberRecordView };

export function Record({ view, answer }: RecordProps) {
  if (view.audience === "public") return <PublicMeeting view={view} />;
  const { head, slug, number, may, done } = view;
  const root = `/reseaux/${slug}`;
  const here = `${root}/seances/${head.id}`;
  const refusal = readRefusal(answer);
  const outcome = describeOutcome(view);
  return (
    <Page
      title={`${head.title}, ${formatDate(dateOf(head.startsAt))}`}
      lead={outcome.sentence}
      crumbs={[{ label: "Séances", to: `${root}/seances` }]}
      actions={
        head.status === "closed" && (
          <>
            {may.reconvene && view.secondMeetingId === null && (
              <ButtonLink to={`${here}/seconde-convocation`}>Préparer la seconde convocation</ButtonLink>
            )}
            {may.readMinutes && (
              <ButtonLink to={`${root}/proces-verbaux/${number}`} look={may.reconvene ? "quiet" : "main"}>
                {head.outcome === "inquorate" ? "Procès-verbal de carence" : "Procès-verbal"}
              </ButtonLink>
            )}
            <Link to={`${here}/emargement`}>Feuille d’émargement</Link>
          </>
        )
      }
    >
      {refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{refusal.message}</p>
        </Notice>
      )}
      {!refusal && done && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      <Definitions
        entries={[
          { term: "Séance", detail: `n°\u00a0${number}` },
          { term: "Date", detail: formatDateTime(head.startsAt) },
          { term: "Lieu", detail: head.place },
          { term: "État", detail: <Tag tone={outcome.tone}>{outcome.label}</Tag> },
          ...(view.openedAt && view.closedAt
            ? [
                {
                  term: "Durée",
                  detail: `de ${formatTime(timeOf(view.openedAt))} à ${formatTime(timeOf(view.closedAt))}`,
                },
              ]
            : []),
          ...(view.chair ? [{ term: "Présidence", detail: view.chair }] : []),
          ...(view.secretary ? [{ term: "Secrétariat de séance", detail: view.secretary }] : []),
          ...(view.cancelReason ? [{ term: "Motif de l’annulation", detail: view.cancelReason }] : []),
        ]}
      />
      {view.secondMeetingId && (
        <p className="onward">
          <Link to={`${root}/seances/${view.secondMeetingId}`}>Voir la seconde convocation</Link>
        </p>
      )}
      <MeetingClause clause={view.clause} root={root} mayNote={may.noteGroups && head.status === "closed"} />
      {head.status === "closed" && <Results view={view} />}
      {head.status === "cancelled" && view.items.length > 0 && <Agenda view={view} />}
      <Proposals
        proposals={view.proposals}
        decideAt={
          may.decide && view.proposals.some(({ status }) => status === "proposed")
            ? `${here}/ordre-du-jour#propositions`
            : null
        }
        label="Répondre"
      />
      {head.status === "closed" && <Attendance view={view} />}
      {head.status === "closed" && <Timeline view={view} />}
    </Page>
  );
}

function describeOutcome({ head }: MemberRecordView): { label: string; sentence: string; tone: Tone } {
  if (head.status === "cancelled")
    return { label: "annulée", sentence: "Cette séance a été annulée : elle n’a pas eu lieu.", tone: "neutral" };
  if (head.outcome === "inquorate")
    return {
      label: "sans quorum",
      sentence: "Le quorum n’a été atteint à aucun moment : la séance a été levée sans délibérer.",
      tone: "missed",
    };
  return { label: "tenue", sentence: "La séance s’est tenue : le quorum a été atteint.", tone: "reached" };
}

function Agenda({ view }: View) {
  return (
    <Section title="Ordre du jour" id="ordre-du-jour">
      <ol>
        {view.items.map((item) => (
          <li key={item.id}>{item.title}</li>
        ))}
      </ol>
    </Section>
  );
}

/** A closed meeting tells what it decided, not what was decided after it. */
function onlyExpense(subject: ShownSubject | undefined): ShownSubject | undefined {
  return subject && { ...subject, settled: null };
}

/** Each item with the quorum found when it was taken up and at each vote, and what was decided. */
function Results({ view }: View) {
  const polls = `/reseaux/${view.slug}/seances/${view.head.id}/scrutins`;
  return (
    <Section title="Points et résultats" id="resultats">
      {view.items.length === 0 ? (
        <EmptyState>
          <p>L’ordre du jour ne comptait aucun point.</p>
        </EmptyState>
      ) : (
        <ol className="plain-list room-agenda">
          {view.items.map((item) => (
            <li key={item.id}>
              <p>
                <span className="figure soft">{item.position}.</span> <strong>{item.title}</strong>
              </p>
              <ItemSubject slug={view.slug} subject={onlyExpense(view.subjects[item.id])} />
              {item.discussions.length === 0 && <p className="small soft">Ce point n’a pas été ouvert.</p>}
              {item.discussions.map((discussion) => (
                <p key={discussion.at} className="small soft">
                  Point ouvert à {formatTime(timeOf(discussion.at))}
                  {"\u00a0"}: {discussion.quorumSentence}.
                  {discussion.quorumSince !== null && (
                    <>
                      <br />
                      {SINCE_LABELS[discussion.quorumSince.cause]}
                      {"\u00a0"}: {discussion.quorumSince.sentence}.
                    </>
                  )}
                </p>
              ))}
              {view.polls
                .filter(({ itemId, status }) => itemId === item.id && status !== "draft")
                .map((poll) => (
                  <p key={poll.id}>
                    {view.may.readPolls ? <Link to={`${polls}/${poll.id}`}>{poll.title}</Link> : poll.title}
                    <br />
                    {poll.quorum && (
                      <>
                        <span className="small soft">
                          Au vote, à {formatTime(timeOf(poll.quorum.at))}
                          {"\u00a0"}: {poll.quorum.sentence}.
                        </span>
                        <br />
                      </>
                    )}
                    {poll.sentence ?? "Scrutin sans résultat."}
                  </p>
                ))}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Attendance({ view }: View) {
  return (
    <Section title="Présences" id="presences">
      <Table
        narrow="stack"
        caption="Présences par siège"
        captionHidden
        rows={view.seats}
        rowKey={({ seatId }) => seatId}
        columns={[
          { key: "siege", label: "Siège", heading: true, cell: ({ label }) => label },
          {
            key: "presence",
            label: "Présence",
            cell: ({ inOffice, periods, proxyTo }) => {
              if (!inOffice) return "vacant";
              if (periods.length === 0) return proxyTo === null ? "absent" : `absent, pouvoir ${toSeat(proxyTo)}`;
              return periods.map(({ person, mode, from, until }) => (
                <span key={from} className="presence">
                  {person}, de {formatTime(timeOf(from))}
                  {until ? ` à ${formatTime(timeOf(until))}` : " à la fin"}
                  {mode === "remote" && ", en visio"}
                </span>
              ));
            },
          },
        ]}
      />
    </Section>
  );
}

const TRANSITIONS = {
  planned: "Séance planifiée",
  convened: "Convocation envoyée",
  open: "Séance ouverte",
  suspended: "Séance suspendue",
  closed: "Séance levée",
  cancelled: "Séance annulée",
} as const;

const ENTRIES = { arrival: "arrivée", departure: "départ", withdrawal: "déport", return: "fin du déport" } as const;

function Timeline({ view }: View) {
  const marks = view.timeline.filter((mark) => mark.kind !== "transition" || mark.transition.to !== "convened");
  return (
    <Section title="Déroulé, à la minute" id="deroule">
      <ol className="plain-list room-journal">
        {marks.map((mark, index) => (
          <li key={`${mark.at}-${index}`}>
            <span className="figure">{formatTime(timeOf(mark.at))}</span> <Mark mark={mark} view={view} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Mark({ mark, view }: View & { readonly mark: MemberRecordView["timeline"][number] }) {
  switch (mark.kind) {
    case "transition":
      return (
        <strong>
          {mark.transition.from === "suspended" && mark.transition.to === "open"
            ? "Séance reprise"
            : TRANSITIONS[mark.transition.to]}
        </strong>
      );
    case "item":
      return (
        <>
          <strong>
            Point ouvert{"\u00a0"}: {mark.title}
          </strong>
          <br />
          <span className="small soft">{mark.sentence}</span>
        </>
      );
    case "poll":
      return (
        <>
          Scrutin clos{"\u00a0"}: {mark.poll.title}
          <br />
          <span className="small soft">{mark.poll.sentence}</span>
        </>
      );
    case "entry":
      return (
        <>
          {mark.entry.seat}
          {"\u00a0"}: {ENTRIES[mark.entry.kind]}
          {mark.entry.kind === "arrival" && mark.entry.mode === "remote" && " en visio"}, {mark.entry.person}
          {mark.entry.item && `, sur «\u00a0${mark.entry.item}\u00a0»`}
          {correctionNote(mark.entry)}{" "}
          {view.may.correct && !mark.entry.isVoided && (
            <Link
              className="small"
              to={`/reseaux/${view.slug}/seances/${view.head.id}/corrections?entree=${mark.entry.id}`}
            >
              Corriger
              <span className="visually-hidden">{`\u00a0: ${mark.entry.seat}, ${ENTRIES[mark.entry.kind]}`}</span>
            </Link>
          )}
          {mark.quorum && (
            <>
              <br />
              <Tag tone={mark.quorum.reached ? "reached" : "missed"}>
                {mark.quorum.reached ? "quorum atteint" : "quorum perdu"}
              </Tag>{" "}
              <span className="small soft">{mark.quorum.sentence}</span>
            </>
          )}
        </>
      );
  }
}
