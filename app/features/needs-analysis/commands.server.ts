import { checkReferences, nearCodes } from "~/documents/needs-references";
import { cleanText } from "~/documents/prose";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { parsePlainDate, yearOf } from "~/domain/kernel/plain-date";
import { INDICATORS } from "~/domain/observatory/catalogue";
import { today } from "~/services/clock.server";
import { listSeats } from "~/services/committee-record.server";
import { writeTransaction } from "~/services/db.server";
import { listLatestDecisions } from "~/services/decision-record.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import type {
  AdoptionInput,
  ArrangeInput,
  ChapterInput,
  PartnerInput,
  PresentationInput,
  StartInput,
  TypedChapter,
} from "./form";
import { findReport, openReferenceBook, readReport, witnessOf } from "./queries.server";
import type { AdoptRefusal, ArrangeRefusal, RecordRefusal, StartRefusal, WriteRefusal } from "./refusals";
import { TEMPLATE_2027 } from "./template-2027";

const LONGEST_CHAPTER = 40_000;
/** A general renewal is at most six years ahead. */
const FARTHEST_RENEWAL = 6;

/** A report with the proposed plan. The same key opens one. */
export async function startReport(
  { db, clock, networkId, actor }: CommandContext,
  { cle: id, title, renewalYear }: StartInput,
): Promise<Decision<{ readonly reportId: string }, StartRefusal>> {
  if (renewalYear > yearOf(today(clock)) + FARTHEST_RENEWAL) return refuse("renewal-out-of-range");
  const book = await openReferenceBook(
    db,
    networkId,
    TEMPLATE_2027.map(({ markdown }) => markdown),
  );
  return writeTransaction(db, async (trx) => {
    if (await findReport(trx, networkId, id)) return grant({ reportId: id });
    const createdAt = clock.now().toISOString();
    await trx
      .insertInto("needsReport")
      .values({ id, networkId, title, renewalYear, status: "draft", createdBy: actor.personId, createdAt })
      .execute();
    await trx
      .insertInto("needsChapter")
      .values(
        TEMPLATE_2027.map((chapter, index) => ({
          ...{ id: clock.newId(), networkId, reportId: id, position: index + 1, ...chapter },
          witness: JSON.stringify(witnessOf(chapter.markdown, book)),
          ...{ revision: 0, updatedBy: actor.personId, updatedAt: createdAt },
        })),
      )
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "analysis-started",
      payload: { reportId: id, title, renewalYear },
    });
    return grant({ reportId: id });
  });
}

export type ChapterConflict = {
  readonly theirs: { readonly title: string; readonly markdown: string; readonly revision: number };
  readonly theirName: string;
};

/**
 * Saves a chapter, unless somebody saved another text since it was opened: then nothing is written and both texts come back. What its
 * figures show today is kept beside it, so that a later change of vintage can be told.
 */
export async function saveChapter(
  { db, clock, networkId, actor }: CommandContext,
  reportId: string,
  chapterId: string,
  typed: TypedChapter,
): Promise<Decision<ChapterConflict | null, WriteRefusal>> {
  const title = cleanText(typed.title).replace(/\s+/g, " ").trim();
  const markdown = cleanText(typed.markdown).trim();
  if (title.length < 3 || title.length > 160) return refuse({ kind: "title-missing" });
  if (markdown.length > LONGEST_CHAPTER) return refuse({ kind: "text-too-long" });
  const book = await openReferenceBook(db, networkId, [markdown]);
  const faults = checkReferences(markdown, book);
  if (faults.length > 0) {
    const codes = INDICATORS.map(({ code }) => code);
    return refuse({
      kind: "references-faulty",
      faults: faults.map(({ raw, problem }) => ({
        raw,
        problem,
        near: problem === "indicator-unknown" ? nearCodes(raw, codes) : [],
      })),
    });
  }
  return writeTransaction(db, async (trx) => {
    const report = await findReport(trx, networkId, reportId);
    if (!report) return refuse({ kind: "report-unknown" } as const);
    if (report.status === "adopted") return refuse({ kind: "report-adopted" } as const);
    const chapter = report.chapters.find(({ id }) => id === chapterId);
    if (!chapter) return refuse({ kind: "chapter-unknown" } as const);
    const isSame = chapter.title === title && chapter.markdown === markdown;
    if (chapter.revision !== typed.revision && !isSame) {
      const { title: theirTitle, markdown: theirText, revision, updatedBy } = chapter;
      return grant({ theirs: { title: theirTitle, markdown: theirText, revision }, theirName: updatedBy });
    }
    const witness = JSON.stringify(witnessOf(markdown, book));
    if (isSame && witness === JSON.stringify(chapter.witness)) return grant(null);
    const at = clock.now().toISOString();
    const revision = chapter.revision + 1;
    await trx
      .updateTable("needsChapter")
      .set({ title, markdown, witness, revision, updatedBy: actor.personId, updatedAt: at })
      .where("networkId", "=", networkId)
      .where("id", "=", chapterId)
      .execute();
    await trx
      .insertInto("needsChapterHistory")
      .values({ chapterId, networkId, revision, title, markdown, writtenBy: actor.personId, createdAt: at })
      .execute();
    return grant(null);
  });
}

/** An empty chapter at the end. */
export async function addChapter(
  { db, clock, networkId, actor }: CommandContext,
  reportId: string,
  { cle: id, title }: ChapterInput,
): Promise<Decision<{ readonly chapterId: string }, "report-unknown" | "report-adopted">> {
  return writeTransaction(db, async (trx) => {
    const report = await findReport(trx, networkId, reportId);
    if (!report) return refuse("report-unknown");
    if ([...report.chapters, ...report.removed].some((chapter) => chapter.id === id)) return grant({ chapterId: id });
    if (report.status === "adopted") return refuse("report-adopted");
    await trx
      .insertInto("needsChapter")
      .values({
        ...{ id, networkId, reportId, title, guidance: "", markdown: "" },
        position: report.chapters.length + report.removed.length + 1,
        ...{ witness: "{}", revision: 0, updatedBy: actor.personId, updatedAt: clock.now().toISOString() },
      })
      .execute();
    return grant({ chapterId: id });
  });
}

/**
 * Moves a chapter by one place, takes it out, or puts one that was taken out back at the end. `place` is where the person saw it, from 0:
 * a second click of the same page changes nothing more.
 */
export async function arrangeChapter(
  { db, clock, networkId }: CommandContext,
  reportId: string,
  { chapterId, act, place }: ArrangeInput,
): Promise<Decision<null, ArrangeRefusal>> {
  return writeTransaction(db, async (trx): Promise<Decision<null, ArrangeRefusal>> => {
    const report = await findReport(trx, networkId, reportId);
    if (!report) return refuse("report-unknown");
    if (report.status === "adopted") return refuse("report-adopted");
    const kept = report.chapters.map(({ id }) => id);
    const removed = report.removed.map(({ id }) => id);
    if (!kept.includes(chapterId) && !removed.includes(chapterId)) return refuse("chapter-unknown");
    const isSeen = act === "restore" ? removed.includes(chapterId) : kept[place] === chapterId;
    if (!isSeen) return grant(null);
    const removedAt = act === "remove" ? clock.now().toISOString() : null;
    if (act === "remove" || act === "restore") {
      await trx
        .updateTable("needsChapter")
        .set({ removedAt })
        .where("networkId", "=", networkId)
        .where("id", "=", chapterId)
        .execute();
    }
    const others = kept.filter((id) => id !== chapterId);
    const wanted = { up: Math.max(0, place - 1), down: place + 1, remove: others.length, restore: others.length }[act];
    const order = [...others.slice(0, wanted), chapterId, ...others.slice(wanted)];
    for (const [index, id] of [...order, ...removed.filter((one) => one !== chapterId)].entries()) {
      await trx
        .updateTable("needsChapter")
        .set({ position: index + 1 })
        .where("networkId", "=", networkId)
        .where("id", "=", id)
        .execute();
    }
    return grant(null);
  });
}

export async function recordPartner(
  { db, clock, networkId, actor }: CommandContext,
  reportId: string,
  { cle: id, ...facts }: PartnerInput,
): Promise<Decision<null, RecordRefusal>> {
  if (facts.consultedOn > today(clock)) return refuse("in-the-future");
  return writeTransaction(db, async (trx) => {
    const report = await findReport(trx, networkId, reportId);
    if (!report) return refuse("report-unknown");
    const known = await trx
      .selectFrom("needsPartner")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (known) return grant(null);
    if (report.status === "adopted") return refuse("report-adopted");
    await trx
      .insertInto("needsPartner")
      .values({ id, networkId, reportId, ...facts, recordedBy: actor.personId, createdAt: clock.now().toISOString() })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "analysis-partner-consulted",
      payload: { reportId, ...facts },
    });
    return grant(null);
  });
}

/** A board's meeting, planned or held. After the adoption too: that is when the boards hear of it. */
export async function recordPresentation(
  { db, clock, networkId, actor }: CommandContext,
  reportId: string,
  { cle: id, ...facts }: PresentationInput,
): Promise<Decision<null, RecordRefusal>> {
  const now = today(clock);
  if (facts.kind === "presented" && facts.onDate > now) return refuse("in-the-future");
  if (facts.kind === "planned" && facts.onDate < now) return refuse("in-the-past");
  return writeTransaction(db, async (trx) => {
    if (!(await findReport(trx, networkId, reportId))) return refuse("report-unknown");
    const seat = (await listSeats(trx, networkId)).find((one) => one.id === facts.seatId && one.kind === "signatory");
    if (!seat) return refuse("seat-unknown");
    const known = await trx
      .selectFrom("needsPresentation")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (known) return grant(null);
    await trx
      .insertInto("needsPresentation")
      .values({ id, networkId, reportId, ...facts, recordedBy: actor.personId, createdAt: clock.now().toISOString() })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "analysis-presented",
      payload: { reportId, ...facts },
    });
    return grant(null);
  });
}

/** How a reading is recognised: of its text as it is kept, so that anybody can compute it again. */
export function fingerprintOf(document: unknown): string {
  return sha256Hex(JSON.stringify(document));
}

const MANY_DECISIONS = 500;

/**
 * Freezes the report as it reads now, values and sources included, on the ground of a decision of the committee or of a board's act.
 * Refused when the reading has changed since the person saw it.
 */
export async function adoptReport(
  context: CommandContext,
  networkName: string,
  reportId: string,
  input: AdoptionInput,
): Promise<Decision<{ readonly fingerprint: string }, AdoptRefusal>> {
  const { db, clock, networkId, actor } = context;
  const now = today(clock);
  const ground = await readGround(context, input);
  if (!ground.ok) return ground;
  const { adoptedOn, body, actReference, pollId } = ground.value;
  if (adoptedOn > now) return refuse("in-the-future");
  const before = await findReport(db, networkId, reportId);
  if (!before) return refuse("report-unknown");
  if (before.status === "adopted") return refuse("already-adopted");
  if (pollId !== null && adoptedOn < before.openedOn) return refuse("decision-before-report");
  if (before.chapters.every(({ markdown }) => markdown.trim() === "")) return refuse("nothing-written");
  const book = await openReferenceBook(
    db,
    networkId,
    before.chapters.map(({ markdown }) => markdown),
  );
  if (before.chapters.some(({ markdown }) => checkReferences(markdown, book).length > 0))
    return refuse("references-faulty");
  const network = { id: networkId, name: networkName };
  const shown = await readReport(db, network, before, now);
  if (fingerprintOf(shown.document) !== input.fingerprint) return refuse("changed-since");
  const { document } = await readReport(db, network, before, now, { body, actReference, adoptedOn });
  const fingerprint = fingerprintOf(document);
  return writeTransaction(db, async (trx) => {
    const report = await findReport(trx, networkId, reportId);
    if (!report) return refuse("report-unknown");
    if (report.status === "adopted") return refuse("already-adopted");
    if (JSON.stringify(report.chapters) !== JSON.stringify(before.chapters)) return refuse("changed-since");
    await trx
      .insertInto("needsAdoption")
      .values({
        ...{ reportId, networkId, body, actReference, adoptedOn, pollId, fingerprint },
        content: JSON.stringify(document),
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await trx
      .updateTable("needsReport")
      .set({ status: "adopted" })
      .where("networkId", "=", networkId)
      .where("id", "=", reportId)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "analysis-adopted",
      payload: { reportId, title: report.title, body, actReference, adoptedOn, pollId, fingerprint },
    });
    return grant({ fingerprint });
  });
}

/** What gives the adoption its ground: an adopted decision of this committee, or the act of a board. */
async function readGround({ db, networkId }: CommandContext, input: AdoptionInput) {
  if (input.decision !== "") {
    const decisions = await listLatestDecisions(db, networkId, MANY_DECISIONS);
    const found = decisions.find(({ pollId, isAdopted }) => isAdopted && pollId === input.decision);
    if (!found) return refuse("decision-unknown" as const);
    return grant({
      ...{ body: "le comité de pilotage", actReference: `décision n°\u00a0${found.number}` },
      ...{ adoptedOn: found.decidedOn, pollId: found.pollId as string | null },
    });
  }
  const adoptedOn = parsePlainDate(input.adoptedOn.trim());
  if (input.body.length < 3 || input.actReference.length < 2 || adoptedOn === null)
    return refuse("act-missing" as const);
  return grant({ body: input.body, actReference: input.actReference, adoptedOn, pollId: null });
}
