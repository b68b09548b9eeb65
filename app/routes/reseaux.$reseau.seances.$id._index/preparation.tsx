import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import {
  count,
  formatDate,
  formatDateTime,
  formatLongDate,
  formatPlannedAt,
  formatTime,
  NBSP,
  toSeat,
} from "~/documents/french";
import { formatInstant, REPLY_LABELS } from "~/documents/meeting-words";
import { dateOf, timeOf } from "~/domain/kernel/paris-time";
import type { ProofOfSending, SeatReply } from "~/features/convocations/queries.server";
import { MeetingClause } from "~/ui/agreement/meeting-clause";
import { Proposals } from "~/ui/meeting/proposals";
import { DocumentList } from "~/ui/documents";
import { ButtonLink } from "~/ui/forms";
import { AgendaList, ComingItems, describeDuration } from "~/ui/meeting/agenda-list";
import { MeetingStateTag } from "~/ui/meeting/meeting-status";
import { SeatRow, type PlaceMark } from "~/ui/meeting/seat-row";
import { Definitions, EmptyState, Page, Section, type Definition } from "~/ui/page";
import { RulesBanner } from "~/ui/rules-banner";
import { Notice, Tag, type Tone } from "~/ui/status";
import { Table } from "~/ui/table";
import type { PreparationView } from "./preparation.server";

type PreparationProps = { readonly view: PreparationView; readonly answer: unknown };

const DONE: Readonly<Record<string, string>> = {
  modifiee: "La séance est modifiée.",
  bureau: "La présidence et le secrétariat de la séance sont enregistrés.",
  convoquee: "La convocation est partie vers la boîte d’envoi. Chaque envoi et sa preuve sont plus bas.",
  proposee: "Votre proposition est transmise au secrétariat.",
  reponse: "La réponse est enregistrée. Elle peut être changée jusqu’à l’ouverture de la séance.",
  document: "Le document est ajouté.",
  seconde: "La seconde convocation est préparée, avec le même ordre du jour. Il reste à l’envoyer.",
};

/** The meeting before it opens: the act that waits, then what is known. */
export function Preparation({ view }: PreparationProps) {
  const here = `/reseaux/${view.slug}/seances/${view.id}`;
  const done = view.done === null ? undefined : DONE[view.done];
  return (
    <Page
      title={`${view.title}, ${formatDate(dateOf(view.startsAt))}`}
      lead={`${formatPlannedAt(view.startsAt)}, ${view.place}`}
      crumbs={[{ label: "Séances", to: `/reseaux/${view.slug}/seances` }]}
    >
      {done && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      <NextStepBlock view={view} here={here} />
      {view.isMember && (
        <RulesBanner adopted={view.areRulesAdopted} to={`/reseaux/${view.slug}/parametres/reglement`} />
      )}
      <Facts view={view} here={here} />
      <MeetingClause clause={view.clause} root={`/reseaux/${view.slug}`} mayNote={false} />
      <Section title="Ordre du jour" id="ordre-du-jour">
        <ComingItems titles={view.coming} />
        {view.agenda.length === 0 ? (
          <EmptyState>
            <p>
              {view.coming.length > 0
                ? "Aucun autre point n’est inscrit pour l’instant."
                : "L’ordre du jour est vide. Les points paraîtront ici, dans leur ordre."}
            </p>
          </EmptyState>
        ) : (
          <>
            <AgendaList slug={view.slug} items={view.agenda} subjects={view.subjects} />
            <p className="soft">{describeDuration(view.duration)}.</p>
          </>
        )}
        <div className="row screen-only">
          {view.may.editAgenda && (
            <ButtonLink to={`${here}/ordre-du-jour`} look="quiet">
              Modifier l’ordre du jour
            </ButtonLink>
          )}
          {view.may.propose && view.step?.kind !== "propose" && (
            <ButtonLink to={`${here}/proposer`} look="quiet">
              Proposer un point
            </ButtonLink>
          )}
          {view.isMember && <Link to={`${here}/dossier`}>Dossier de séance à imprimer</Link>}
        </div>
      </Section>
      <Proposals
        proposals={view.proposals}
        decideAt={view.may.decide ? `${here}/ordre-du-jour#propositions` : null}
        label={view.status === "planned" ? "Accepter ou refuser" : "Répondre"}
      />
      <Documents view={view} here={here} />
      {view.board && <Replies view={view} board={view.board} here={here} />}
      {view.proofs && <Proofs proofs={view.proofs} />}
      {view.may.cancel && (
        <Section title="Annuler la séance">
          <p>
            Une séance se tient, ou s’annule avec un motif écrit.{" "}
            <Link to={`${here}/annuler`}>Annuler cette séance</Link>
          </p>
        </Section>
      )}
    </Page>
  );
}

type BlockProps = { readonly view: PreparationView; readonly here: string };

function NextStepBlock({ view: { step }, here }: BlockProps) {
  if (step === null) return null;
  switch (step.kind) {
    case "add-first-item":
      return (
        <StepFrame
          title="À faire : l’ordre du jour"
          to={`${here}/ordre-du-jour/nouveau`}
          label="Ajouter un premier point"
        >
          <p>La convocation dit de quoi le comité délibérera : il lui faut au moins un point.</p>
        </StepFrame>
      );
    case "change-date":
      return (
        <StepFrame title="À faire : une nouvelle date" to={`${here}/modifier`} label="Changer la date">
          <p>La date prévue est passée sans convocation.</p>
        </StepFrame>
      );
    case "convene":
      return (
        <StepFrame title="À faire : la convocation" to={`${here}/convoquer`} label="Préparer l’envoi de la convocation">
          <p>
            {step.isLate
              ? "Le délai de convocation n’est plus tenu pour cette date : l’envoi demande un motif d’urgence, ou une date plus lointaine."
              : `À envoyer au plus tard le ${formatLongDate(step.sendBy)} pour respecter le délai.`}
          </p>
        </StepFrame>
      );
    case "open":
      return (
        <StepFrame title="C’est l’heure" to={`${here}/ouvrir`} label="Ouvrir la séance">
          <p>La feuille de présence s’ouvre avec la séance ; le quorum se compte à chaque arrivée.</p>
        </StepFrame>
      );
    case "collect-replies":
      return (
        <StepFrame title="En attente : les réponses" to={`${here}/reponse`} label="Noter une réponse reçue autrement">
          <p>
            {step.silent === 0
              ? "Tous les sièges ont répondu."
              : `${count(step.silent, "siège n’a", "sièges n’ont")} pas encore répondu.`}{" "}
            La séance pourra s’ouvrir à partir du {formatDateTime(step.opensAt)}.
          </p>
        </StepFrame>
      );
    case "reply":
      return (
        <StepFrame
          title={step.hasAnswered ? "Votre réponse est enregistrée" : "Votre réponse est attendue"}
          to={`${here}/reponse`}
          label={step.hasAnswered ? "Changer ma réponse" : "Répondre à la convocation"}
        >
          <p>Elle permet de prévoir le quorum, et peut changer jusqu’à l’ouverture de la séance.</p>
        </StepFrame>
      );
    case "propose":
      return (
        <StepFrame title="Un point à soumettre ?" to={`${here}/proposer`} label="Proposer un point">
          <p>L’ordre du jour se prépare : le secrétariat accepte ou refuse chaque proposition, avec un motif.</p>
        </StepFrame>
      );
  }
}

function StepFrame({
  title,
  to,
  label,
  children,
}: {
  readonly title: string;
  readonly to: string;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="next-step screen-only" aria-labelledby="prochaine-etape">
      <h2 id="prochaine-etape">{title}</h2>
      {children}
      <ButtonLink to={to}>{label}</ButtonLink>
    </section>
  );
}

function Facts({ view, here }: BlockProps) {
  const entries: Definition[] = [
    { term: "État", detail: <MeetingStateTag state={view.status} /> },
    {
      term: "Date",
      detail: `${formatPlannedAt(view.startsAt)}${view.plannedEndAt ? `, fin prévue à${NBSP}${formatTime(timeOf(view.plannedEndAt))}` : ""}`,
    },
    { term: "Lieu", detail: view.place },
    ...(view.remoteLink === ""
      ? []
      : [
          {
            term: "Visioconférence",
            detail: (
              <a href={view.remoteLink} rel="noreferrer">
                {view.remoteLink}
              </a>
            ),
          },
        ]),
    ...(view.officers
      ? [
          { term: "Présidence", detail: view.officers.chair ?? "À nommer, au plus tard à l’ouverture" },
          { term: "Secrétariat", detail: view.officers.secretary ?? "À nommer, au plus tard à l’ouverture" },
        ]
      : []),
    ...(view.convocation
      ? [
          { term: "Convocation", detail: `Envoyée le ${formatInstant(view.convocation.sentAt)}` },
          { term: "Délai", detail: view.convocation.notice },
        ]
      : []),
    ...(view.urgencyReason ? [{ term: "Urgence", detail: view.urgencyReason }] : []),
    ...(view.paired
      ? [
          {
            term: view.isSecondConvening ? "Seconde convocation" : "Suite",
            detail: (
              <Link to={`/reseaux/${view.slug}/seances/${view.paired.id}`}>
                {view.isSecondConvening ? "Première séance, sans quorum, du " : "Seconde convocation du "}
                {formatDateTime(view.paired.startsAt)}
              </Link>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Definitions entries={entries} />
      <div className="row screen-only">
        {view.may.change && (
          <ButtonLink to={`${here}/modifier`} look="quiet">
            Modifier la date ou le lieu
          </ButtonLink>
        )}
        {view.may.editAgenda && (
          <ButtonLink to={`${here}/bureau`} look="quiet">
            Nommer la présidence et le secrétariat
          </ButtonLink>
        )}
        {view.isMember && view.convocation && (
          <a href={`${here}/convocation.ics`} download>
            Ajouter à mon agenda (.ics)
          </a>
        )}
      </div>
    </>
  );
}

function Documents({ view, here }: BlockProps) {
  if (view.documents.length === 0 && !view.may.editAgenda) return null;
  return (
    <Section title="Documents de la séance" id="documents">
      {view.documents.length === 0 && (
        <p className="soft">
          Aucun document n’accompagne la séance elle-même ; ceux des points sont sous chaque point.
        </p>
      )}
      <DocumentList slug={view.slug} documents={view.documents} showVisibility={view.isMember} />
      {view.may.editAgenda && (
        <ButtonLink to={`${here}/documents`} look="quiet">
          Ajouter un document
        </ButtonLink>
      )}
    </Section>
  );
}

function markOf(seat: SeatReply): PlaceMark {
  if (!seat.inOffice) return "vacant";
  if (seat.reply === null) return "silent";
  return seat.reply === "absent-with-proxy" ? "represented" : seat.reply;
}

function wordOf(seat: SeatReply): string {
  if (!seat.inOffice) return "Siège vacant";
  if (seat.reply === null) return "Sans réponse";
  return seat.proxyTo === null ? REPLY_LABELS[seat.reply] : `Absent·e, pouvoir ${toSeat(seat.proxyTo)}`;
}

function Replies({ view, board, here }: BlockProps & { readonly board: NonNullable<PreparationView["board"]> }) {
  const tones = { expected: "reached", possible: "pending", "out-of-reach": "missed" } as const;
  return (
    <Section title="Prévision du quorum" id="reponses">
      <Notice tone={tones[board.forecast.outcome]}>
        <p>
          <strong>{board.forecast.sentence.charAt(0).toUpperCase() + board.forecast.sentence.slice(1)}.</strong>
        </p>
      </Notice>
      <SeatRow
        label="Réponse de chaque siège"
        places={board.seats.map((seat) => ({
          id: seat.seatId,
          label: seat.label,
          mark: markOf(seat),
          word: wordOf(seat),
        }))}
      />
      <Table
        narrow="stack"
        caption="Réponses reçues"
        columns={[
          { key: "seat", label: "Siège", heading: true, cell: (seat: SeatReply) => seat.label },
          { key: "reply", label: "Réponse", cell: wordOf },
          {
            key: "by",
            label: "Donnée par",
            cell: (seat) =>
              seat.answeredBy === null || seat.answeredAt === null ? (
                <span className="soft">
                  {[seat.titular, seat.substitute].filter((name) => name !== null).join(" ou ") || "Personne"}
                </span>
              ) : (
                `${seat.answeredBy}, ${formatInstant(seat.answeredAt)}`
              ),
          },
          { key: "comment", label: "Message", cell: (seat) => seat.comment },
        ]}
        rows={board.seats}
        rowKey={(seat) => seat.seatId}
      />
      {view.may.recordReply && view.step?.kind !== "collect-replies" && (
        <Link to={`${here}/reponse`}>Noter une réponse reçue autrement</Link>
      )}
    </Section>
  );
}

const PROOF_TONES: Record<ProofOfSending["status"], Tone> = { sent: "reached", queued: "pending", failed: "missed" };
const PROOF_WORDS: Record<ProofOfSending["status"], string> = {
  sent: "Remis au serveur",
  queued: "En file d’attente",
  failed: "Échec",
};

function Proofs({ proofs }: { readonly proofs: readonly ProofOfSending[] }) {
  return (
    <Section title="Preuve des envois" id="envois">
      <Table
        narrow="stack"
        caption="Convocations envoyées"
        captionHidden
        columns={[
          { key: "name", label: "Destinataire", heading: true, cell: (proof: ProofOfSending) => proof.displayName },
          { key: "seat", label: "Siège", cell: (proof) => proof.seatLabel },
          { key: "email", label: "Adresse", cell: (proof) => <span className="proof-detail">{proof.email}</span> },
          {
            key: "status",
            label: "Envoi",
            cell: (proof) => (
              <>
                <Tag tone={PROOF_TONES[proof.status]}>{PROOF_WORDS[proof.status]}</Tag>
                {proof.sentAt && <div className="small">{formatInstant(proof.sentAt)}</div>}
                {proof.lastError && (
                  <div className="small proof-detail">
                    {count(proof.attempts, "essai", "essais")}, dernier refus : {proof.lastError}
                  </div>
                )}
              </>
            ),
          },
        ]}
        rows={proofs}
        rowKey={(proof) => `${proof.seatLabel}-${proof.email}`}
      />
    </Section>
  );
}
