import { isId, type MeetingId, type MinutesId, type NetworkId, type PersonId, type PollId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import { isWithin, type PlainDate } from "~/domain/kernel/plain-date";
import { checkMinutes, missingElements, type ChecklistLine } from "~/domain/minutes/checklist";
import type { Correction, CorrectionState } from "~/domain/minutes/corrections";
import {
  adoptMinutes,
  findVoteObstacle,
  readPublicationClock,
  type MinutesState,
  type PublicationClock,
  type SigningCapacity,
} from "~/domain/minutes/lifecycle";
import type { MinutesFacts, MinutesProse } from "~/domain/minutes/structure";
import { annexToDocument, annexToMarkdown, type CorrectiveActFacts } from "~/documents/corrective-acts";
import type { DocumentModel } from "~/documents/document-model";
import { composeMinutes, type SignedAt } from "~/documents/minutes";
import { writeMarkdown } from "~/documents/markdown-writer";
import { findRulesInForce } from "~/services/committee-record.server";
import type { Db, Trx } from "~/services/db.server";
import { onceUntilNextWrite } from "~/services/kept-reads.server";
import { findMeetingHead, meetingNumber, type MeetingHead } from "~/services/meeting-record.server";
import { listPollsAbout } from "~/services/poll-record.server";
import { sha256Hex } from "~/services/tokens.server";
import { loadMinutesFacts } from "./facts.server";
import { checklistLabel, voteObstacleMessage } from "./messages.fr";

/** Number of minutes as an address bears it: « 2026-3 ». */
export type MinutesNumber = { readonly year: number; readonly rank: number };

/** The number in the text, or null. */
export function parseMinutesNumber(text: string): MinutesNumber | null {
  const match = /^(\d{4})-([1-9]\d{0,2})$/.exec(text);
  return match ? { year: Number(match[1]), rank: Number(match[2]) } : null;
}

export type WrittenBlock = { readonly markdown: string; readonly internal: boolean; readonly revision: number };

export type RecordedSignature = {
  readonly capacity: SigningCapacity;
  readonly personId: PersonId;
  readonly textSha256: string;
  readonly signedAt: string;
};

export type MinutesRecord = {
  readonly id: MinutesId;
  readonly number: string;
  readonly meeting: MeetingHead;
  readonly state: MinutesState;
  readonly facts: MinutesFacts;
  readonly prose: MinutesProse;
  readonly blocks: Readonly<Record<string, WrittenBlock>>;
  readonly checklist: readonly ChecklistLine[];
  readonly signatures: readonly RecordedSignature[];
  /** The vote that adopted them, or null. */
  readonly adoption: { readonly pollId: PollId; readonly adoptedOn: PlainDate; readonly meetingNumber: string } | null;
  /** Is a vote on these minutes running? Their text stands still meanwhile. */
  readonly isBeingVoted: boolean;
  readonly pendingCorrections: number;
};

/** The minutes of a meeting that was opened, written or not; null for a number that leads nowhere in this network. */
export async function findMinutes(
  db: Db | Trx,
  networkId: NetworkId,
  { year, rank }: MinutesNumber,
): Promise<MinutesRecord | null> {
  const row = await db
    .selectFrom("meeting")
    .select("id")
    .where("networkId", "=", networkId)
    .where("year", "=", year)
    .where("rank", "=", rank)
    .executeTakeFirst();
  return row ? loadMinutes(db, networkId, row.id) : null;
}

/** @param minutesId the meeting's own identifier: a meeting has one set of minutes */
export async function loadMinutes(
  db: Db | Trx,
  networkId: NetworkId,
  minutesId: string,
): Promise<MinutesRecord | null> {
  const meeting = isId(minutesId) ? await findMeetingHead(db, networkId, minutesId) : null;
  if (!meeting || !["open", "suspended", "closed"].includes(meeting.status)) return null;
  const row = await db
    .selectFrom("minutes")
    .select("status")
    .where("networkId", "=", networkId)
    .where("id", "=", minutesId)
    .executeTakeFirst();
  const signatures = await listSignatures(db, networkId, minutesId);
  const blocks = await listBlocks(db, networkId, minutesId);
  const signed = signatures[0] ? await loadSignedContent(db, networkId, minutesId) : null;
  const facts = signed?.facts ?? (await loadMinutesFacts(db, networkId, minutesId));
  if (!facts) return null;
  const prose = signed?.prose ?? blocks;
  const votes = await findVotes(db, networkId, meeting.id);
  const pending = await db
    .selectFrom("minutesCorrection")
    .select(({ fn }) => fn.countAll().as("count"))
    .where("networkId", "=", networkId)
    .where("minutesId", "=", minutesId)
    .where("status", "=", "pending")
    .executeTakeFirst();
  return {
    id: meeting.id as string as MinutesId,
    number: meetingNumber(meeting),
    meeting,
    state: stateOf(row?.status ?? "draft", votes.adoption !== null, signatures.length),
    facts,
    prose,
    blocks,
    checklist: checkMinutes(facts, prose),
    signatures,
    adoption: votes.adoption,
    isBeingVoted: votes.isRunning,
    pendingCorrections: Number(pending?.count ?? 0),
  };
}

/** Adopted and signed are read from the votes and the signatures: nobody writes them a second time. */
function stateOf(status: string, isAdopted: boolean, signatureCount: number): MinutesState {
  if (status === "published" || status === "draft") return status;
  if (!isAdopted) return "in-review";
  return signatureCount === 2 ? "signed" : "adopted";
}

async function findVotes(
  db: Db | Trx,
  networkId: NetworkId,
  meetingId: MeetingId,
): Promise<{ readonly adoption: MinutesRecord["adoption"]; readonly isRunning: boolean }> {
  const polls = (await listPollsAbout(db, networkId, [meetingId])).filter(
    ({ poll }) => poll.subject === "minutes-approval" && poll.meetingId !== null,
  );
  // What keeps minutes from the vote was checked before it opened, and their text stands still from then on.
  const adopting = polls.find(
    ({ poll, result }) =>
      adoptMinutes({
        state: "in-review",
        meetingId,
        pendingCorrectionCount: 0,
        missing: [],
        vote:
          poll.meetingId === null || result === null || result.outcome === "no-decision"
            ? null
            : { meetingId: poll.meetingId, result: result.outcome },
      }).ok,
  );
  const isRunning = polls.some(({ poll }) => poll.state === "open");
  const closedAt = adopting?.result?.closedAt;
  if (!adopting || closedAt === undefined || adopting.poll.meetingId === null) return { adoption: null, isRunning };
  const meeting = await findMeetingHead(db, networkId, adopting.poll.meetingId);
  return {
    adoption: {
      pollId: adopting.poll.id,
      adoptedOn: dateOf(parisLocalAt(new Date(closedAt))),
      meetingNumber: meeting ? meetingNumber(meeting) : "",
    },
    isRunning,
  };
}

async function listBlocks(
  db: Db | Trx,
  networkId: NetworkId,
  minutesId: string,
): Promise<Readonly<Record<string, WrittenBlock>>> {
  const rows = await db
    .selectFrom("minutesBlock")
    .select(["blockKey", "markdown", "internal", "revision"])
    .where("networkId", "=", networkId)
    .where("minutesId", "=", minutesId)
    .orderBy("blockKey")
    .execute();
  return Object.fromEntries(
    rows.map(({ blockKey, markdown, internal, revision }) => [
      blockKey,
      { markdown, internal: internal === 1, revision },
    ]),
  );
}

async function listSignatures(
  db: Db | Trx,
  networkId: NetworkId,
  minutesId: string,
): Promise<readonly RecordedSignature[]> {
  const rows = await db
    .selectFrom("minutesSignature")
    .select(["capacity", "personId", "textSha256", "signedAt"])
    .where("networkId", "=", networkId)
    .where("minutesId", "=", minutesId)
    .orderBy("signedAt")
    .orderBy("capacity")
    .execute();
  return rows.map((row) => ({
    capacity: row.capacity as SigningCapacity,
    personId: row.personId as PersonId,
    textSha256: row.textSha256,
    signedAt: row.signedAt,
  }));
}

/** Facts and texts as they were when the first of the two signed; later corrections of the record no longer touch them. */
export type SignedContent = { readonly facts: MinutesFacts; readonly prose: MinutesProse };

async function loadSignedContent(db: Db | Trx, networkId: NetworkId, minutesId: string): Promise<SignedContent | null> {
  const row = await db
    .selectFrom("minutesSignature")
    .select("signedContent")
    .where("networkId", "=", networkId)
    .where("minutesId", "=", minutesId)
    .orderBy("signedAt")
    .limit(1)
    .executeTakeFirst();
  return row ? (JSON.parse(row.signedContent) as SignedContent) : null;
}

/** The exact text that is signed: every fact and every written text, internal ones included. */
export function textToSign({ facts, prose }: SignedContent): { readonly markdown: string; readonly sha256: string } {
  const markdown = writeMarkdown(composeMinutes({ facts, prose, audience: "full", signedAt: {}, standing: null }));
  return { markdown, sha256: sha256Hex(markdown) };
}

export function signedMoments(signatures: readonly RecordedSignature[]): SignedAt {
  return Object.fromEntries(
    signatures.map(({ capacity, signedAt }) => [capacity, parisLocalAt(new Date(signedAt))]),
  ) as Partial<Record<SigningCapacity, LocalDateTime>>;
}

const STANDINGS: Record<MinutesState, string | null> = {
  draft: "PROJET",
  "in-review": "PROJET SOUMIS À CORRECTIONS",
  adopted: "ARRÊTÉ, À SIGNER",
  signed: "ARRÊTÉ ET SIGNÉ, À PUBLIER",
  published: null,
};

/** The minutes as they stand, for those who may read them before the publication. */
export function composeDraft(minutes: MinutesRecord): DocumentModel {
  return composeMinutes({
    facts: minutes.facts,
    prose: minutes.prose,
    audience: "full",
    signedAt: signedMoments(minutes.signatures),
    standing: STANDINGS[minutes.state],
  });
}

/** What would become public, word for word. */
export function composePublicVersion(minutes: MinutesRecord): DocumentModel {
  return composeMinutes({
    facts: minutes.facts,
    prose: minutes.prose,
    audience: "public",
    signedAt: signedMoments(minutes.signatures),
    standing: null,
  });
}

/** What keeps minutes from being put to the vote, and where it is mended: `number` is null for minutes that are not there. */
export type VoteHindrance = {
  readonly number: string | null;
  readonly pendingCorrections: number;
  readonly elements: readonly string[];
};

/** What keeps these minutes from the vote, in words, or null when nothing does. */
export async function findVoteHindrance(
  db: Db | Trx,
  networkId: NetworkId,
  minutesId: string,
): Promise<VoteHindrance | null> {
  const minutes = await loadMinutes(db, networkId, minutesId);
  if (!minutes) return { number: null, pendingCorrections: 0, elements: [voteObstacleMessage("not-in-review")] };
  const { number, pendingCorrections, checklist, state } = minutes;
  const missing = missingElements(checklist);
  const obstacle = findVoteObstacle({ state, pendingCorrectionCount: pendingCorrections, missing });
  if (obstacle === null) return null;
  return {
    ...{ number, pendingCorrections },
    elements: [
      ...(obstacle === "elements-missing" ? [] : [voteObstacleMessage(obstacle)]),
      ...checklist.filter(({ status }) => status === "missing").map(checklistLabel),
    ],
  };
}

/** When the minutes must be published, once they are adopted. */
export async function findPublicationClock(
  db: Db | Trx,
  networkId: NetworkId,
  adoption: MinutesRecord["adoption"],
  publishedOn: PlainDate | null,
  today: PlainDate,
): Promise<PublicationClock | null> {
  if (adoption === null) return null;
  const rules = await findRulesInForce(db, networkId, adoption.adoptedOn);
  return readPublicationClock({ adoptedOn: adoption.adoptedOn, publishedOn, today }, rules.content.minutes);
}

/** Who may ask for corrections: who sat, even for a part of the meeting, and its secretary. */
export async function listAttendees(
  db: Db | Trx,
  networkId: NetworkId,
  minutes: Pick<MinutesRecord, "meeting">,
): Promise<readonly { readonly personId: PersonId; readonly displayName: string; readonly email: string }[]> {
  const { id, chairPersonId, secretaryPersonId } = minutes.meeting;
  const officers = [chairPersonId, secretaryPersonId].filter((person): person is PersonId => person !== null);
  const arrivals = await db
    .selectFrom("attendanceEvent as event")
    .leftJoin("attendanceEvent as correction", "correction.correctsId", "event.id")
    .select("event.personId")
    .where("event.networkId", "=", networkId)
    .where("event.meetingId", "=", id)
    .where("event.kind", "=", "arrival")
    .where("event.voided", "=", 0)
    .where("correction.id", "is", null)
    .execute();
  const ids = [...new Set([...officers, ...arrivals.flatMap(({ personId }) => (personId === null ? [] : [personId]))])];
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("person")
    .select(["id", "displayName", "email"])
    .where("id", "in", ids)
    .orderBy("displayName")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ personId: row.id as PersonId, displayName: row.displayName, email: row.email }));
}

export type RecordedCorrection = Correction & {
  readonly id: string;
  readonly authorName: string;
  readonly createdAt: LocalDateTime;
};

export async function listCorrections(
  db: Db | Trx,
  networkId: NetworkId,
  minutesId: string,
): Promise<readonly RecordedCorrection[]> {
  const rows = await db
    .selectFrom("minutesCorrection")
    .innerJoin("person", "person.id", "minutesCorrection.requestedBy")
    .selectAll("minutesCorrection")
    .select("person.displayName")
    .where("minutesCorrection.networkId", "=", networkId)
    .where("minutesCorrection.minutesId", "=", minutesId)
    .orderBy("minutesCorrection.createdAt")
    .orderBy("minutesCorrection.id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    blockKey: row.blockKey,
    authorId: row.requestedBy as PersonId,
    authorName: row.displayName,
    baseMarkdown: row.originalMd,
    proposedMarkdown: row.proposedMd,
    comment: row.reason,
    state: row.status as CorrectionState,
    decisionReason: row.decisionReason,
    createdAt: parisLocalAt(new Date(row.createdAt)),
  }));
}

/** Is the person, today, secretary for the CCAS that leads the network? */
export async function isLeadSecretary(
  db: Db | Trx,
  networkId: NetworkId,
  personId: PersonId,
  today: PlainDate,
): Promise<boolean> {
  const rows = await db
    .selectFrom("roleGrant")
    .innerJoin("network", "network.id", "roleGrant.networkId")
    .select(["roleGrant.startsOn", "roleGrant.endsOn"])
    .where("roleGrant.networkId", "=", networkId)
    .where("roleGrant.personId", "=", personId)
    .where("roleGrant.role", "=", "secretary")
    .whereRef("roleGrant.organizationId", "=", "network.leadOrganizationId")
    .execute();
  return rows.some(({ startsOn, endsOn }) => isWithin(today, startsOn as PlainDate, endsOn as PlainDate | null));
}

export type Publication = {
  readonly minutesId: MinutesId;
  readonly number: string;
  readonly title: string;
  readonly meetingDate: PlainDate;
  readonly publishedAt: LocalDateTime;
  readonly sha256: string;
  readonly document: DocumentModel;
};

/** Published minutes as they were published: nothing is computed again. */
export async function findPublication(
  db: Db,
  networkId: NetworkId,
  { year, rank }: MinutesNumber,
): Promise<Publication | null> {
  const row = await db
    .selectFrom("minutesPublication")
    .select(["minutesId", "title", "meetingDate", "publishedAt", "sha256", "publicDocument"])
    .where("networkId", "=", networkId)
    .where("year", "=", year)
    .where("number", "=", rank)
    .executeTakeFirst();
  if (!row) return null;
  return {
    minutesId: row.minutesId as MinutesId,
    number: `${year}-${rank}`,
    title: row.title,
    meetingDate: row.meetingDate as PlainDate,
    publishedAt: parisLocalAt(new Date(row.publishedAt)),
    sha256: row.sha256,
    document: JSON.parse(row.publicDocument) as DocumentModel,
  };
}

/** The whole minutes as they were when published, internal texts included, with the acts that corrected them since. */
export async function findFullPublication(
  db: Db,
  networkId: NetworkId,
  minutesId: MinutesId,
  address: string,
): Promise<DocumentModel | null> {
  const row = await db
    .selectFrom("minutesPublication")
    .select("fullDocument")
    .where("networkId", "=", networkId)
    .where("minutesId", "=", minutesId)
    .executeTakeFirst();
  if (!row) return null;
  const acts = await listAnnexedActs(db, networkId, minutesId);
  return annexToDocument(JSON.parse(row.fullDocument) as DocumentModel, acts, address);
}

/** The files as they were published. The PDF is null when the portal had no engine that day. */
export async function findPublishedFiles(
  db: Db,
  networkId: NetworkId,
  { year, rank }: MinutesNumber,
): Promise<{ readonly markdown: string; readonly pdf: Uint8Array | null; readonly sha256: string } | null> {
  const row = await db
    .selectFrom("minutesPublication")
    .select(["markdown", "pdf", "sha256"])
    .where("networkId", "=", networkId)
    .where("year", "=", year)
    .where("number", "=", rank)
    .executeTakeFirst();
  return row ?? null;
}

export type Downloads = {
  readonly markdown: string;
  /** Null when it is to be set from `document`. */
  readonly pdf: Uint8Array | null;
  readonly document: DocumentModel;
  /** Of the published text. */
  readonly sha256: string;
};

/**
 * What is downloaded: the files as they were published, byte for byte; once an act corrected them, the same text with the acts annexed.
 * @param asPublished the files of the publication, whatever came since
 */
export async function findDownloads(
  db: Db,
  networkId: NetworkId,
  number: MinutesNumber,
  { address, asPublished }: { readonly address: string; readonly asPublished: boolean },
): Promise<Downloads | null> {
  const files = await findPublishedFiles(db, networkId, number);
  const publication = await findPublication(db, networkId, number);
  if (!files || !publication) return null;
  const acts = asPublished ? [] : await listAnnexedActs(db, networkId, publication.minutesId);
  if (acts.length === 0) return { ...files, document: publication.document };
  return {
    markdown: annexToMarkdown(files.markdown, acts, address),
    pdf: null,
    document: annexToDocument(publication.document, acts, address),
    sha256: files.sha256,
  };
}

async function listAnnexedActs(
  db: Db,
  networkId: NetworkId,
  minutesId: MinutesId,
): Promise<readonly CorrectiveActFacts[]> {
  const acts = await listCorrectiveActs(db, networkId, minutesId);
  return acts.map(({ number, at, text }) => ({ number, on: dateOf(at), text }));
}

export type CorrectiveAct = { readonly number: string; readonly at: LocalDateTime; readonly text: string };

/** Acts that corrected published minutes, the oldest first. They stand beside the minutes, which do not change. */
export async function listCorrectiveActs(
  db: Db,
  networkId: NetworkId,
  minutesId: string,
): Promise<readonly CorrectiveAct[]> {
  const rows = await db
    .selectFrom("registerEntry")
    .select(["year", "number", "at", "payload"])
    .where("networkId", "=", networkId)
    .where("kind", "=", "minutes-corrective-act")
    .orderBy("sequence")
    .execute();
  return rows.flatMap(({ year, number, at, payload }) => {
    const content = JSON.parse(payload) as { readonly minutesId?: unknown; readonly text?: unknown };
    if (content.minutesId !== minutesId || typeof content.text !== "string") return [];
    return [{ number: `${year}-${number}`, at: parisLocalAt(new Date(at)), text: content.text }];
  });
}

export type PublishedEntry = {
  readonly number: string;
  readonly title: string;
  readonly meetingDate: PlainDate;
  readonly publishedAt: LocalDateTime;
};

export const PAGE_SIZE = 20;

/** A page of published minutes, the latest meeting first. */
export async function listPublished(
  db: Db,
  networkId: NetworkId,
  page: number,
): Promise<{ readonly entries: readonly PublishedEntry[]; readonly total: number }> {
  const counted = await db
    .selectFrom("minutesPublication")
    .select(({ fn }) => fn.countAll().as("count"))
    .where("networkId", "=", networkId)
    .executeTakeFirst();
  const rows = await db
    .selectFrom("minutesPublication")
    .select(["year", "number", "title", "meetingDate", "publishedAt"])
    .where("networkId", "=", networkId)
    .orderBy("meetingDate", "desc")
    .orderBy("number", "desc")
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE)
    .execute();
  return { entries: rows.map(toEntry), total: Number(counted?.count ?? 0) };
}

function toEntry(row: {
  year: number;
  number: number;
  title: string;
  meetingDate: string;
  publishedAt: string;
}): PublishedEntry {
  return {
    number: `${row.year}-${row.number}`,
    title: row.title,
    meetingDate: row.meetingDate as PlainDate,
    publishedAt: parisLocalAt(new Date(row.publishedAt)),
  };
}

export type PendingEntry = {
  readonly number: string;
  readonly title: string;
  readonly startsAt: LocalDateTime;
  readonly state: MinutesState;
  readonly clock: PublicationClock | null;
};

export const PENDING_PAGE_SIZE = 10;

export type PendingPage = { readonly entries: readonly PendingEntry[]; readonly total: number };

/** A page of the minutes on their way to publication, for those who may read them; the oldest meeting first: it has waited longest. */
export function listPending(db: Db, networkId: NetworkId, today: PlainDate, page: number): Promise<PendingPage> {
  return onceUntilNextWrite(db, `pending minutes ${networkId} ${today} ${page}`, () =>
    readPending(db, networkId, today, page),
  );
}

async function readPending(db: Db, networkId: NetworkId, today: PlainDate, page: number): Promise<PendingPage> {
  const unpublished = db
    .selectFrom("meeting")
    .leftJoin("minutes", "minutes.id", "meeting.id")
    .where("meeting.networkId", "=", networkId)
    .where("meeting.status", "in", ["open", "suspended", "closed"])
    .where((eb) => eb.or([eb("minutes.status", "is", null), eb("minutes.status", "!=", "published")]));
  const counted = await unpublished.select(({ fn }) => fn.countAll().as("count")).executeTakeFirst();
  const total = Number(counted?.count ?? 0);
  const rows = await unpublished
    .select(["meeting.id", "meeting.year", "meeting.rank", "meeting.title", "meeting.startsAt", "minutes.status"])
    .orderBy("meeting.startsAt")
    .orderBy("meeting.id")
    .limit(PENDING_PAGE_SIZE)
    .offset((page - 1) * PENDING_PAGE_SIZE)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { entries: [], total };
  const polls = await listPollsAbout(db, networkId, ids);
  const signatures = await db
    .selectFrom("minutesSignature")
    .select("minutesId")
    .where("networkId", "=", networkId)
    .where("minutesId", "in", ids)
    .execute();
  const rules = await findRulesInForce(db, networkId, today);
  const entries = rows.map((row) => {
    const adopting = polls.find(
      ({ poll, result }) =>
        poll.subject === "minutes-approval" &&
        poll.subjectId === row.id &&
        poll.meetingId !== row.id &&
        result?.outcome === "adopted",
    );
    const state = stateOf(
      row.status ?? "draft",
      adopting !== undefined,
      signatures.filter(({ minutesId }) => minutesId === row.id).length,
    );
    const closedAt = adopting?.result?.closedAt;
    const isAdopted = state === "adopted" || state === "signed";
    return {
      number: `${row.year}-${row.rank}`,
      title: row.title,
      startsAt: row.startsAt as LocalDateTime,
      state,
      clock:
        isAdopted && closedAt !== undefined
          ? readPublicationClock(
              { adoptedOn: dateOf(parisLocalAt(new Date(closedAt))), publishedOn: null, today },
              rules.content.minutes,
            )
          : null,
    };
  });
  return { entries, total };
}
