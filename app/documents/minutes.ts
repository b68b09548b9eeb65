import { assertNever } from "~/domain/kernel/decision";
import { dateOf, timeOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { AgendaItemKind } from "~/domain/meeting/agenda";
import type { SigningCapacity } from "~/domain/minutes/lifecycle";
import {
  isWritten,
  itemsInOrder,
  minutesOutline,
  publicBlocks,
  type FactContent,
  type GovernanceFacts,
  type ItemFacts,
  type MinutesBlock,
  type MinutesFacts,
  type MinutesProse,
  type OfficerFacts,
  type PollFacts,
  type ProxyFacts,
  type SeatFacts,
  type QuorumTurn,
} from "~/domain/minutes/structure";
import { CHOICES, type Choice } from "~/domain/voting/poll";
import type { VoiceCounts } from "~/domain/voting/tally";
import { articleWords } from "./agreement-words";
import { paragraph, strongParagraph, type DocumentBlock, type DocumentModel, type PlainBlock } from "./document-model";
import {
  count,
  enumerate,
  formatCents,
  formatDate,
  formatDateTime,
  formatLongDate,
  formatTime,
  NBSP,
  toSeat,
} from "./french";
import { nameWithSeat, SINCE_LABELS } from "./meeting-words";
import { readProse } from "./prose";
import { CHOICE_LABELS } from "./voting-words";

/** When each officer signed, on the wall clock. */
export type SignedAt = Readonly<Partial<Record<SigningCapacity, LocalDateTime>>>;

export type MinutesEdition = {
  readonly facts: MinutesFacts;
  readonly prose: MinutesProse;
  /** « public »: without the texts marked internal. */
  readonly audience: "public" | "full";
  readonly signedAt: SignedAt;
  /** « PROJET » and the like; null for minutes that stand. */
  readonly standing: string | null;
};

/** The minutes, from what was recorded and what was written between. The same facts and texts always give the same document. */
export function composeMinutes(edition: MinutesEdition): DocumentModel {
  const { facts, prose, audience, signedAt } = edition;
  const outline = audience === "public" ? publicBlocks(facts, prose) : minutesOutline(facts);
  return {
    language: "fr",
    title: minutesTitle(facts),
    subtitle: describePlace(facts),
    issuer: facts.networkName,
    reference: `Procès-verbal n°${NBSP}${facts.meetingNumber}`,
    date: formatLongDate(dateOf(facts.scheduledAt)),
    standing: edition.standing,
    blocks: outline.flatMap((block) => composeBlock(block, facts, prose, signedAt)),
  };
}

/** The day names the meeting, its number tells two meetings of one day apart. */
export function minutesTitle(facts: Pick<MinutesFacts, "outcome" | "scheduledAt" | "meetingNumber">): string {
  const kind = facts.outcome === "inquorate" ? "Procès-verbal de carence, séance" : "Procès-verbal de la séance";
  return `${kind} du ${formatLongDate(dateOf(facts.scheduledAt))} (n°${NBSP}${facts.meetingNumber})`;
}

function describePlace({ place, openedAt, closedAt, governance }: MinutesFacts): string {
  const hours =
    openedAt === null
      ? ""
      : closedAt === null
        ? `, ouverte à ${formatTime(timeOf(openedAt))}`
        : `, de ${formatTime(timeOf(openedAt))} à ${formatTime(timeOf(closedAt))}`;
  return `${governance?.title ?? "Comité de pilotage"} — ${place}${hours}`;
}

function composeBlock(
  block: MinutesBlock,
  facts: MinutesFacts,
  prose: MinutesProse,
  signedAt: SignedAt,
): readonly DocumentBlock[] {
  if (block.kind === "fact")
    return [{ kind: "fact", key: block.key, blocks: composeFact(block.content, facts, signedAt) }];
  const text = prose[block.key];
  if (!text || !isWritten(prose, block.key)) return [];
  const content = readProse(text.markdown);
  return [{ kind: "prose", key: block.key, level: 2, internal: text.internal, content }];
}

/** One recorded fact in words. */
export function composeFact(content: FactContent, facts: MinutesFacts, signedAt: SignedAt): readonly PlainBlock[] {
  switch (content.type) {
    case "identity":
      return composeIdentity(facts);
    case "convocation":
      return composeConvocation(facts);
    case "second-convening":
      return facts.secondConveningOf === null
        ? []
        : [
            paragraph(
              `Seconde convocation de la séance n°${NBSP}${facts.secondConveningOf.meetingNumber} du ${formatDateTime(facts.secondConveningOf.scheduledAt)}, qui n’avait pas réuni le quorum.`,
            ),
          ];
    case "officers":
      return [
        {
          kind: "definitions",
          entries: [
            { term: "Présidence", detail: officerLine(facts.chair) },
            { term: "Secrétaire de séance", detail: officerLine(facts.secretary) },
          ],
        },
      ];
    case "attendance":
      return composeAttendance(facts);
    case "listed-groups":
      return composeGroups(content.governance);
    case "proxies":
      return [
        {
          kind: "list",
          ordered: false,
          items: facts.proxies.map(proxyLine),
        },
      ];
    case "opening-quorum":
      return [
        heading("Quorum", "quorum"),
        facts.openingQuorum === null
          ? paragraph("Le quorum n’a pas été constaté.")
          : strongParagraph(`${facts.openingQuorum.sentence}.`),
        ...facts.quorumTurns.map(quorumTurnLine),
      ];
    case "agenda":
      return [
        heading("Ordre du jour", "ordre-du-jour"),
        facts.items.length === 0
          ? paragraph("Aucun point n’est inscrit.")
          : { kind: "list", ordered: true, items: itemsInOrder(facts).map(agendaLine) },
      ];
    case "inquorate-record":
      return composeInquorateRecord(facts);
    case "item-heading":
      return composeItemHeading(content.item);
    case "item-quorum":
      return [
        paragraph(`Quorum constaté pour ce point${NBSP}: ${content.quorum.sentence}.`),
        ...(content.quorum.since === null
          ? []
          : [paragraph(`${SINCE_LABELS[content.quorum.since.cause]}${NBSP}: ${content.quorum.since.sentence}.`)]),
      ];
    case "item-withdrawals":
      return [
        {
          kind: "list",
          ordered: false,
          items: content.item.withdrawals.map(
            ({ seatLabel, at }) =>
              `${seatLabel} se retire à ${formatTime(timeOf(at))} (déport) et ne prend part ni au débat ni au vote.`,
          ),
        },
      ];
    case "ballot-requests":
      return content.item.ballotRequests.map(({ askedBy, granted }) =>
        paragraph(
          `Vote secret demandé par ${askedBy.length === 0 ? "des membres qui ne sont pas nommés" : enumerate(askedBy)}${NBSP}: ${granted ? "accordé" : "non accordé, faute d’un nombre suffisant de demandes"}.`,
        ),
      );
    case "poll":
      return composePoll(content.poll);
    case "suspensions":
      return [
        heading("Suspensions de séance", "suspensions"),
        {
          kind: "list",
          ordered: false,
          items: facts.suspensions.map(({ from, to, reason }) => {
            const end = to === null ? "jusqu’à la fin" : `à ${formatTime(timeOf(to))}`;
            return `De ${formatTime(timeOf(from))} ${end}${reason === null || reason === "" ? "" : `${NBSP}: ${reason}`}.`;
          }),
        },
      ];
    case "closing":
      return [
        heading("Fin de séance", "fin-de-seance"),
        paragraph(
          facts.closedAt === null
            ? "La séance n’est pas levée."
            : `La séance est levée le ${formatDateTime(facts.closedAt)}.`,
        ),
      ];
    case "signatures":
      return composeSignatures(facts, signedAt);
    default:
      return assertNever(content);
  }
}

function quorumTurnLine({ at, reached, sentence }: QuorumTurn): PlainBlock {
  const time = formatTime(timeOf(at));
  return strongParagraph(
    reached
      ? `Le quorum est de nouveau atteint à ${time} (${sentence}).`
      : `Le quorum est perdu à ${time}, et aucun vote ne peut plus avoir lieu (${sentence}).`,
  );
}

const GROUP_PRESENCES: Record<GovernanceFacts["groups"][number]["presence"], string> = {
  present: "présent",
  absent: "absent",
  "not-noted": "non noté",
};

function composeGroups({ title, article, groups }: GovernanceFacts): readonly PlainBlock[] {
  const clause = paragraph(`Cette séance répond à la convention, ${articleWords(article)}${NBSP}: ${title}.`);
  if (groups.length === 0) return [clause];
  return [
    heading("Groupes que la convention énumère", "groupes"),
    clause,
    {
      kind: "list",
      ordered: false,
      items: groups.map(({ label, presence }) => `${label}${NBSP}: ${GROUP_PRESENCES[presence]}`),
    },
  ];
}

function proxyLine({ giverLabel, holderLabel, revokedAt, voidPeriods }: ProxyFacts): string {
  const stretches = voidPeriods.map(({ from, to }) =>
    to === null
      ? `à partir de ${formatTime(timeOf(from))}`
      : `de ${formatTime(timeOf(from))} à ${formatTime(timeOf(to))}`,
  );
  const limits = [
    ...(stretches.length === 0
      ? []
      : [`sans effet ${enumerate(stretches)}, le siège qui l’a donné étant alors présent`]),
    ...(revokedAt === null ? [] : [`révoqué le ${formatDateTime(revokedAt)}`]),
  ];
  return `${giverLabel} a donné pouvoir ${toSeat(holderLabel)}${limits.map((limit) => `, ${limit}`).join("")}.`;
}

function heading(text: string, id: string): PlainBlock {
  return { kind: "heading", level: 2, text, id };
}

function composeIdentity(facts: MinutesFacts): readonly PlainBlock[] {
  const moment = (at: LocalDateTime | null): string => (at === null ? "non enregistrée" : formatDateTime(at));
  return [
    heading("Séance", "seance"),
    {
      kind: "definitions",
      entries: [
        { term: "Numéro", detail: facts.meetingNumber },
        { term: "Lieu", detail: facts.place },
        { term: "Date prévue", detail: formatDateTime(facts.scheduledAt) },
        { term: "Ouverture", detail: moment(facts.openedAt) },
        { term: "Clôture", detail: moment(facts.closedAt) },
      ],
    },
  ];
}

function composeConvocation({ convocation }: MinutesFacts): readonly PlainBlock[] {
  const { sentOn, noticeSentence, urgencyReason } = convocation;
  const told =
    sentOn === null
      ? "Aucun envoi de convocation n’est enregistré."
      : `${noticeSentence ?? `Convocation envoyée le ${formatDate(sentOn)}`}.`;
  return [
    paragraph(told),
    ...(urgencyReason === null ? [] : [paragraph(`Motif de l’urgence${NBSP}: ${urgencyReason}`)]),
  ];
}

function officerLine(officer: OfficerFacts | null): string {
  if (officer === null) return "non désigné·e";
  return nameWithSeat(officer.name, officer.seatLabel);
}

const PRESENCES: Record<SeatFacts["presence"], string> = {
  present: "Présent·e",
  represented: "Représenté·e par pouvoir",
  absent: "Absent·e",
  vacant: "Siège vacant",
};

function composeAttendance({ seats, closedAt }: MinutesFacts): readonly PlainBlock[] {
  return [
    heading("Membres du comité", "membres"),
    {
      kind: "table",
      caption: "Présences, siège par siège",
      columns: [
        { label: "Siège", align: "start" },
        { label: "Représentant·e", align: "start" },
        { label: "Présence", align: "start" },
        { label: "Heures", align: "start" },
      ],
      rows: seats.map((seat) => [
        `${seat.label}${seat.isConsultative ? " (voix consultative)" : ""}`,
        seat.personName === null ? "—" : `${seat.personName}${seat.capacity === "substitute" ? " (suppléant·e)" : ""}`,
        seat.presence === "absent" && seat.isExcused ? "Excusé·e" : PRESENCES[seat.presence],
        seat.periods.length === 0
          ? "—"
          : seat.periods
              .map(({ from, to, mode }) => {
                const end = to ?? closedAt;
                const hours = `${formatTime(timeOf(from))}${end === null ? " —" : `–${formatTime(timeOf(end))}`}`;
                return mode === "remote" ? `${hours} (visio)` : hours;
              })
              .join(", "),
      ]),
    },
  ];
}

export const AGENDA_KIND_NAMES: Record<AgendaItemKind, string> = {
  information: "information",
  discussion: "débat",
  "expense-validation": "validation de dépense",
  "minutes-approval": "approbation de procès-verbal",
  orientation: "orientation",
  "rules-adoption": "règlement de fonctionnement",
  "budget-adoption": "budget de l’année",
  "dictionary-adoption": "grille d’indicateurs",
  "action-plan": "plan d’actions",
  agreement: "convention",
  indicators: "indicateurs",
  ratification: "ratification",
  other: "autre",
};

function agendaLine(item: ItemFacts): string {
  return `${item.title} (${AGENDA_KIND_NAMES[item.kind]})`;
}

function composeInquorateRecord(facts: MinutesFacts): readonly PlainBlock[] {
  const present = facts.seats.filter(({ presence }) => presence === "present").map(({ label }) => label);
  const { secondConvening } = facts;
  return [
    heading("Carence", "carence"),
    strongParagraph("Faute de quorum, le comité n’a pas pu délibérer. Aucun point de l’ordre du jour n’a été examiné."),
    paragraph(
      present.length === 0
        ? "Aucun siège n’était présent."
        : `${present.length === 1 ? "Était présent" : "Étaient présents"}${NBSP}: ${enumerate(present)}.`,
    ),
    paragraph(
      secondConvening === null
        ? "Aucune seconde convocation n’est enregistrée à ce jour."
        : `Le comité est convoqué une seconde fois, sur le même ordre du jour, le ${formatDateTime(secondConvening.scheduledAt)} (séance n°${NBSP}${secondConvening.meetingNumber}).`,
    ),
  ];
}

function composeItemHeading(item: ItemFacts): readonly PlainBlock[] {
  const details = [
    `Nature${NBSP}: ${AGENDA_KIND_NAMES[item.kind]}`,
    ...(item.rapporteur === null ? [] : [`rapporteur·e${NBSP}: ${item.rapporteur}`]),
    ...(item.reports.length === 0
      ? []
      : [`${item.reports.length === 1 ? "document" : "documents"}${NBSP}: ${enumerate(item.reports)}`]),
  ];
  return [
    heading(`${item.position}. ${item.title}`, `point-${item.position}`),
    paragraph(`${details.join(`${NBSP}; `)}.`),
    ...(item.wasExamined ? [] : [strongParagraph("Ce point n’a pas été examiné.")]),
  ];
}

const COUNT_OF: Record<Choice, keyof VoiceCounts> = {
  for: "for",
  against: "against",
  abstain: "abstain",
  "not-participating": "notParticipating",
};

function composePoll(poll: PollFacts): readonly PlainBlock[] {
  const title: PlainBlock = { kind: "heading", level: 3, id: `vote-${poll.id}`, text: `Vote${NBSP}: ${poll.motion}` };
  const { counts } = poll;
  const wasHeld = poll.result !== null || counts === null || counts.notVoted < counts.entitled;
  if (!wasHeld)
    return [
      title,
      paragraph(`Ce vote n’a pas pu avoir lieu${NBSP}: aucune voix n’a été recueillie.`),
      ...(poll.resultSentence === null ? [] : [strongParagraph(`${poll.resultSentence}.`)]),
    ];
  const question = [title, ...expenseLines(poll)];
  if (!poll.isClosed || counts === null) return [...question, paragraph("Le scrutin n’est pas clos.")];
  const isPublic = poll.mode === "public";
  return [
    ...question,
    {
      kind: "table",
      caption: `Scrutin ${isPublic ? "public" : "secret"}, ${count(counts.entitled, "voix appelée", "voix appelées")}`,
      columns: [
        { label: "Sens du vote", align: "start" },
        ...(isPublic ? [{ label: "Sièges", align: "start" as const }] : []),
        { label: "Voix", align: "end" },
      ],
      rows: [
        ...CHOICES.map((choice) => [
          CHOICE_LABELS[choice],
          ...(isPublic ? [voterLine(poll, choice)] : []),
          String(counts[COUNT_OF[choice]]),
        ]),
        ...(counts.notVoted === 0 ? [] : [["N’a pas voté", ...(isPublic ? ["—"] : []), String(counts.notVoted)]]),
      ],
    },
    ...(poll.resultSentence === null ? [] : [strongParagraph(`${poll.resultSentence}.`)]),
    ...absentVoters(poll),
    ...(poll.decisionNumber === null ? [] : [paragraph(`Décision n°${NBSP}${poll.decisionNumber}.`)]),
  ];
}

/** Seats that voted by themselves and that nobody, according to the entries as they were corrected since, had come for. */
function absentVoters({ ballots }: PollFacts): readonly PlainBlock[] {
  const absent = ballots.filter(({ personName }) => personName === "").map(({ seatLabel }) => seatLabel);
  if (absent.length === 0) return [];
  return [
    paragraph(
      `Selon les présences rectifiées depuis, ${absent.length === 1 ? "ce siège a voté sans être présent" : "ces sièges ont voté sans être présents"}${NBSP}: ${enumerate(absent)}. Le résultat reste celui de la clôture du scrutin.`,
    ),
  ];
}

/** What is spent, with whom and how much: the vote says so whatever words its question is put in. */
function expenseLines({ expense }: PollFacts): readonly PlainBlock[] {
  if (!expense) return [];
  return [
    {
      kind: "definitions",
      entries: [
        { term: "Dépense", detail: expense.object },
        { term: "Fournisseur", detail: expense.supplier },
        { term: "Montant", detail: formatCents(expense.amount) },
      ],
    },
  ];
}

function voterLine({ ballots }: PollFacts, choice: Choice): string {
  const voters = ballots.filter((ballot) => ballot.choice === choice);
  return voters.length === 0
    ? "—"
    : voters
        .map(({ seatLabel, personName }) => (personName === "" ? seatLabel : `${seatLabel} (${personName})`))
        .join(" ; ");
}

function composeSignatures(facts: MinutesFacts, signedAt: SignedAt): readonly PlainBlock[] {
  const line = (capacity: SigningCapacity, role: string, officer: OfficerFacts | null) => {
    const at = signedAt[capacity];
    return {
      role,
      name: officer?.name ?? "non désigné·e",
      signed: at === undefined ? null : `Signé le ${formatDateTime(at)}`,
    };
  };
  return [
    heading("Signatures", "signatures"),
    {
      kind: "signatures",
      entries: [
        line("chair", "Présidence de séance", facts.chair),
        line("secretary", "Secrétaire de séance", facts.secretary),
      ],
    },
  ];
}
