import { toId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { toPlainDate } from "~/domain/kernel/plain-date";
import type { ItemFacts, MinutesFacts, MinutesProse, PollFacts } from "~/domain/minutes/structure";

const at = (time: string) => toLocalDateTime(`2026-12-14T${time}`);

export const publicPoll: PollFacts = {
  id: toId("poll1"),
  motion: "Valider la dépense",
  mode: "public",
  isClosed: true,
  counts: { entitled: 3, for: 1, against: 1, abstain: 0, notParticipating: 1, notVoted: 0 },
  ballots: [
    { seatLabel: "CCAS de Blain", personName: "Élu·e référent·e, CCAS de Blain", choice: "for" },
    { seatLabel: "CCAS de Bouvron", personName: "Élu·e référent·e, CCAS de Bouvron", choice: "against" },
    { seatLabel: "CCAS du Gâvre", personName: "Élu·e référent·e, CCAS du Gâvre", choice: "not-participating" },
  ],
  resultSentence: "1 pour, 1 contre : adopté par la voix prépondérante",
  result: "adopted",
  decisionNumber: "2026-0012",
  expense: { object: "Journée annuelle, intervenante", supplier: "Atelier Rivage", amount: toCents(123_456) },
};

export const secretPoll: PollFacts = { ...publicPoll, id: toId("poll2"), mode: "secret", ballots: [] };

export const expenseItem: ItemFacts = {
  id: toId("item2"),
  position: 2,
  kind: "expense-validation",
  title: "Intervenante de la journée annuelle",
  rapporteur: "CCAS de Bouvron",
  wasExamined: true,
  reports: ["Devis"],
  quorum: { reached: true, sentence: "présents 4 : quorum atteint", since: null },
  withdrawals: [],
  ballotRequests: [],
  polls: [publicPoll],
};

export const informationItem: ItemFacts = {
  ...expenseItem,
  id: toId("item1"),
  position: 1,
  kind: "information",
  title: "Actualité du réseau",
  reports: [],
  quorum: null,
  polls: [],
};

export const facts: MinutesFacts = {
  networkId: toId("blain"),
  networkName: "Réseau des acteurs sociaux",
  meetingId: toId("m1"),
  meetingNumber: "2026-04",
  place: "Mairie de Blain",
  scheduledAt: at("18:30"),
  openedAt: at("18:34"),
  closedAt: at("20:05"),
  outcome: "held",
  convocation: { sentOn: toPlainDate("2026-12-01"), noticeSentence: "13 jours", urgencyReason: null },
  secondConveningOf: null,
  secondConvening: null,
  chair: { personId: toId("chair"), name: "Élu·e référent·e, CCAS de Blain", seatLabel: "CCAS de Blain" },
  secretary: { personId: toId("secretary"), name: "Secrétariat du CCAS de Blain", seatLabel: null },
  seats: [
    {
      seatId: toId("s1"),
      label: "CCAS de Blain",
      personId: toId("chair"),
      personName: "Élu·e référent·e, CCAS de Blain",
      capacity: "titular",
      presence: "present",
      isExcused: false,
      isConsultative: false,
      periods: [{ from: at("18:34"), to: null, mode: "in-person" }],
    },
    {
      seatId: toId("s2"),
      label: "CCAS de Fay-de-Bretagne",
      personId: null,
      personName: null,
      capacity: null,
      presence: "vacant",
      isExcused: false,
      isConsultative: false,
      periods: [],
    },
  ],
  proxies: [],
  quorumTurns: [],
  openingQuorum: { reached: true, sentence: "présents 4 : quorum atteint", since: null },
  items: [expenseItem, informationItem],
  suspensions: [],
  governance: null,
};

export const prose: MinutesProse = {
  "item/item1/discussion": { markdown: "Aucune observation.", internal: false },
  "item/item2/discussion": { markdown: "Le comité s’interroge sur le **coût**.", internal: false },
};
