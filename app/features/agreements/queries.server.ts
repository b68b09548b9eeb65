import { explainStanding } from "~/documents/agreement-words";
import { checkHabilitation } from "~/domain/agreement/signature";
import { clausesOf } from "~/domain/agreement/clause";
import { daysBetween, type PlainDate } from "~/domain/kernel/plain-date";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import { decisionNumberOf } from "~/documents/voting-words";
import { boardsOf, listAgreements, type RecordedAgreement } from "~/services/agreement-record.server";
import type { Db, Trx } from "~/services/db.server";
import { renderMarkdown } from "~/services/markdown.server";

export type Clarification = {
  readonly id: string;
  readonly agreementId: string;
  readonly articles: string;
  readonly title: string;
  readonly problem: string;
  readonly readings: readonly string[];
  readonly raisedOn: PlainDate;
  readonly settled: {
    readonly answer: string;
    readonly pollId: string;
    readonly meetingId: string | null;
    readonly number: string;
  } | null;
};

/** The contradictions of the network's texts, those that wait first. */
export async function listClarifications(db: Db | Trx, networkId: NetworkId): Promise<readonly Clarification[]> {
  const rows = await db
    .selectFrom("clarification")
    .leftJoin("clarificationSettlement", "clarificationSettlement.clarificationId", "clarification.id")
    .leftJoin("pollResult", "pollResult.pollId", "clarificationSettlement.pollId")
    .leftJoin("poll", "poll.id", "clarificationSettlement.pollId")
    .selectAll("clarification")
    .select(["clarificationSettlement.answerMd", "clarificationSettlement.pollId", "poll.meetingId"])
    .select(["pollResult.decisionYear", "pollResult.decisionNumber", "pollResult.outcome"])
    .where("clarification.networkId", "=", networkId)
    .orderBy("clarification.createdAt")
    .orderBy("clarification.id")
    .execute();
  const all = rows.map((row): Clarification => ({
    ...{ id: row.id, agreementId: row.agreementId, articles: row.articles, title: row.title, problem: row.problemMd },
    readings: JSON.parse(row.readings) as readonly string[],
    raisedOn: dateOf(parisLocalAt(new Date(row.createdAt))),
    settled:
      row.pollId === null || row.outcome !== "adopted"
        ? null
        : {
            ...{ answer: row.answerMd ?? "", pollId: row.pollId, meetingId: row.meetingId },
            number:
              row.decisionYear === null || row.decisionNumber === null
                ? ""
                : decisionNumberOf(row.decisionYear, row.decisionNumber),
          },
  }));
  return [...all.filter(({ settled }) => settled === null), ...all.filter(({ settled }) => settled !== null)];
}

export type AdoptedDecision = {
  readonly pollId: string;
  readonly label: string;
  readonly decidedOn: PlainDate;
  /** Voted under an item « convention ». */
  readonly isOnAgreement: boolean;
};

/** What may settle a question of the text: the adopted decisions, the latest first, those of an item on the convention before the others. */
export async function listAdoptedDecisions(db: Db | Trx, networkId: NetworkId): Promise<readonly AdoptedDecision[]> {
  const rows = await db
    .selectFrom("pollResult")
    .innerJoin("poll", "poll.id", "pollResult.pollId")
    .leftJoin("agendaItem", "agendaItem.id", "poll.agendaItemId")
    .select(["poll.id", "poll.title", "pollResult.decisionYear", "pollResult.decisionNumber"])
    .select(["pollResult.closedAt", "agendaItem.kind"])
    .where("pollResult.networkId", "=", networkId)
    .where("pollResult.outcome", "=", "adopted")
    .where("pollResult.decisionNumber", "is not", null)
    .where("poll.subject", "=", "motion")
    .orderBy("pollResult.decisionYear", "desc")
    .orderBy("pollResult.decisionNumber", "desc")
    .limit(100)
    .execute();
  const order = (kind: string | null) => (kind === "agreement" ? 0 : 1);
  return rows
    .toSorted((one, other) => order(one.kind) - order(other.kind))
    .map((row) => ({
      pollId: row.id,
      label: `${decisionNumberOf(row.decisionYear ?? 0, row.decisionNumber ?? 0)}, ${row.title}`,
      decidedOn: dateOf(parisLocalAt(new Date(row.closedAt))),
      isOnAgreement: row.kind === "agreement",
    }));
}

/** The list of the network's conventions. */
export async function loadAgreementList(db: Db, networkId: NetworkId, today: PlainDate) {
  const agreements = await listAgreements(db, networkId, today);
  return agreements.map((agreement) => ({
    ...{ id: agreement.id, title: agreement.title, kind: agreement.kind, isSupposed: agreement.isSupposed },
    ...{ effectOn: agreement.effectOn, signedOn: agreement.signedOn, parentId: agreement.parentId },
    state: agreement.signedOn === null ? ("draft" as const) : (agreement.standing?.state ?? ("draft" as const)),
    endsOn: agreement.standing?.endsOn ?? null,
    pendingAmendments: agreement.amendments.filter(({ standing }) => standing.state === "submitted").length,
  }));
}

/** The articles that no amendment may touch, by the text itself. */
function protectedArticlesOf({ content: { articles, clauses } }: RecordedAgreement): readonly string[] {
  const rules = clausesOf(clauses, "prohibition").filter(({ rule }) => rule.act === "change-article");
  return articles
    .map(({ number }) => number)
    .filter((number) => rules.some(({ rule }) => rule.article === null || rule.article === number));
}

/** Everything of one convention; null for another network's. */
export async function loadAgreementPage(db: Db, networkId: NetworkId, agreementId: string, today: PlainDate) {
  const agreements = await listAgreements(db, networkId, today);
  const agreement = agreements.find(({ id }) => id === agreementId);
  if (!agreement) return null;
  const bilans = await db
    .selectFrom("agreementBilan")
    .select(["id", "title", "establishedOn", "bodyMd", "agreementId"])
    .where("networkId", "=", networkId)
    .orderBy("establishedOn")
    .execute();
  const annexes = await db
    .selectFrom("annexVersion")
    .select(["id", "annexKey", "title", "version", "datedOn", "bodyMd", "reason"])
    .where("networkId", "=", networkId)
    .where("agreementId", "=", agreementId)
    .orderBy("annexKey")
    .orderBy("version", "desc")
    .execute();
  const clarifications = await listClarifications(db, networkId);
  const link = ({ id, title, standing, effectOn, isSupposed }: RecordedAgreement) => ({
    ...{ id, title, effectOn, endsOn: standing?.endsOn ?? null, isSupposed },
    bilans: bilans.filter((bilan) => bilan.agreementId === id).map(({ title: name }) => name),
  });
  return {
    agreement,
    reasoning:
      agreement.duration && agreement.standing
        ? explainStanding(agreement.duration, agreement.effectOn, agreement.standing)
        : [],
    retroactiveDays: agreement.signedOn === null ? 0 : Math.max(0, daysBetween(agreement.effectOn, agreement.signedOn)),
    faults: agreement.parties.flatMap((party) => checkHabilitation(party, agreement.signedOn ?? today)),
    protectedArticles: protectedArticlesOf(agreement),
    chain: chainOf(agreements, agreement).map(link),
    parent: agreements.filter(({ id }) => id === agreement.parentId).map(link)[0] ?? null,
    children: agreements.filter(({ parentId }) => parentId === agreement.id).map(link),
    next: agreements.filter(({ previousId }) => previousId === agreement.id).map(link)[0] ?? null,
    noteHtml: agreement.noteMd === "" ? null : renderMarkdown(agreement.noteMd),
    bilans: bilans
      .filter((bilan) => bilan.agreementId === agreementId)
      .map(({ bodyMd, ...bilan }) => ({
        ...bilan,
        establishedOn: bilan.establishedOn as PlainDate,
        html: bodyMd === "" ? null : renderMarkdown(bodyMd),
      })),
    annexes: annexes.map(({ bodyMd, ...annex }) => ({
      ...annex,
      datedOn: annex.datedOn as PlainDate,
      html: renderMarkdown(bodyMd),
    })),
    /** Renewed with the same words, a text keeps its contradictions. */
    clarifications: clarifications.filter((one) =>
      chainOf(agreements, agreement).some(({ id }) => id === one.agreementId),
    ),
  };
}

/** From the first convention to the last one, through « previous ». */
function chainOf(agreements: readonly RecordedAgreement[], from: RecordedAgreement): readonly RecordedAgreement[] {
  const before: RecordedAgreement[] = [];
  for (let at: RecordedAgreement | undefined = from; at;) {
    before.unshift(at);
    const previousId: string | null = at.previousId;
    at = agreements.find(({ id }) => id === previousId);
  }
  const after: RecordedAgreement[] = [];
  for (let at = agreements.find(({ previousId }) => previousId === from.id); at;) {
    after.push(at);
    const { id: currentId }: RecordedAgreement = at;
    at = agreements.find(({ previousId }) => previousId === currentId);
  }
  return [...before, ...after];
}

/** One amendment with its boards; null for another network's. */
export async function loadAmendmentPage(
  db: Db,
  networkId: NetworkId,
  agreementId: string,
  amendmentId: string,
  today: PlainDate,
) {
  const agreements = await listAgreements(db, networkId, today);
  const agreement = agreements.find(({ id }) => id === agreementId);
  const amendment = agreement?.amendments.find(({ id }) => id === amendmentId);
  if (!agreement || !amendment) return null;
  const organizations = await db
    .selectFrom("organization")
    .select(["id", "name", "siret"])
    .where(
      "id",
      "in",
      agreement.parties.map(({ organizationId }) => organizationId ?? ""),
    )
    .execute();
  return {
    agreement,
    amendment,
    protectedArticles: protectedArticlesOf(agreement),
    boards: boardsOf(agreement.parties).map((party) => ({
      ...{ id: party.id, label: party.label, board: party.board, leftOn: party.leftOn },
      siret: organizations.find(({ id }) => id === party.organizationId)?.siret ?? null,
      vote: amendment.votes.find(({ partyId }) => partyId === party.id) ?? null,
    })),
  };
}

function stateOfMeeting(status: string): "planned" | "open" | "held" {
  if (status === "closed") return "held";
  return status === "open" || status === "suspended" ? "open" : "planned";
}

/** The meetings that a convention composes, and those that could still be named so. */
export async function loadGovernance(db: Db, networkId: NetworkId, today: PlainDate) {
  const agreements = await listAgreements(db, networkId, today);
  const rows = await db
    .selectFrom("meeting")
    .leftJoin("governanceMeeting", "governanceMeeting.meetingId", "meeting.id")
    .select(["meeting.id", "meeting.title", "meeting.startsAt", "meeting.status"])
    .select(["governanceMeeting.clauseKey", "governanceMeeting.presences", "governanceMeeting.agreementId"])
    .where("meeting.networkId", "=", networkId)
    .where("meeting.status", "!=", "cancelled")
    .orderBy("meeting.startsAt", "desc")
    .limit(100)
    .execute();
  const meetings = rows.map((row) => ({
    ...{ id: row.id, title: row.title, on: dateOf(row.startsAt as LocalDateTime), state: stateOfMeeting(row.status) },
    ...{ clauseKey: row.clauseKey, agreementId: row.agreementId },
    presences: JSON.parse(row.presences ?? "{}") as Record<string, "present" | "absent">,
  }));
  return { agreements, meetings };
}
