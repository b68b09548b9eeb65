import { readTyped } from "~/domain/indicator/cell";
import { checkReopen, checkSubmit, checkValidate, checkWritable } from "~/domain/indicator/submission";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId } from "~/domain/kernel/ids";
import { canonicalJson } from "~/domain/register/canonical";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { newSecretToken, sha256Hex } from "~/services/tokens.server";
import { findSubmission, speaksFor, unitsOf, type SubmissionEventKind, type SubmissionView } from "./queries.server";
import type { CommentRefusal, SaveRefusal, SubmissionStepRefusal } from "./refusals";

export type Target = { readonly year: number; readonly organizationId: string };

export type TypedEntry = {
  readonly cellKey: string;
  readonly typed: string;
  readonly comment: string;
  /** The revision of the cell that was on the screen; 0 when it was empty. */
  readonly known: number;
};

export type Conflict = {
  readonly cellKey: string;
  readonly mine: { readonly typed: string; readonly comment: string };
  readonly theirs: { readonly typed: string; readonly comment: string; readonly by: string; readonly at: string };
};

export type SaveReport = {
  readonly saved: number;
  readonly conflicts: readonly Conflict[];
  /** The revision of each cell that was sent, now. */
  readonly revisions: ReadonlyMap<string, number>;
};

/** Beyond, nobody types: a file does. */
const LONGEST = { typed: 200, comment: 1000 } as const;
const MOST_CELLS = 8000;

/**
 * Writes cells as they were typed, readable or not. What somebody else changed since is not overwritten: the entry is set aside, and the difference shown.
 * A form sends all its cells: those that its reader did not touch since they were on the screen change nothing. One's own earlier entry is simply followed. Once the form is sent, validated or the campaign closed, everything new is set aside, and refused.
 */
export async function saveCells(
  context: CommandContext,
  target: Target,
  entries: readonly TypedEntry[],
): Promise<Decision<SaveReport, SaveRefusal>> {
  const { db, clock, networkId, actor } = context;
  if (entries.length > MOST_CELLS) return refuse("too-many-cells");
  return writeTransaction(db, async (trx): Promise<Decision<SaveReport, SaveRefusal>> => {
    const opened = await openOwn(trx, context, target);
    if (!opened.ok) return opened;
    const { submission, cells, dictionary, campaign, setAside: asideBefore } = opened.value;
    const units = unitsOf(dictionary.indicators);
    const at = clock.now().toISOString();
    const known = new Map(
      (
        await trx
          .selectFrom("submissionCell")
          .select(["cellKey", "updatedBy"])
          .where("networkId", "=", networkId)
          .where("submissionId", "=", submission.id)
          .execute()
      ).map(({ cellKey, updatedBy }) => [cellKey, updatedBy]),
    );
    const shown = await loadRevisions(trx, networkId, submission.id);
    const writable = checkWritable(submission.state, campaign);
    const written: (TypedEntry & { readonly revision: number })[] = [];
    const setAside: (TypedEntry & { readonly revision: number })[] = [];
    const conflicts: Conflict[] = [];
    const revisions = new Map<string, number>();
    for (const raw of entries) {
      const unit = units.get(raw.cellKey);
      if (unit === undefined) continue;
      const entry = { ...raw, typed: clean(raw.typed, LONGEST.typed), comment: clean(raw.comment, LONGEST.comment) };
      const stored = cells.get(entry.cellKey);
      const revision = stored?.revision ?? 0;
      revisions.set(entry.cellKey, revision);
      if (entry.typed === (stored?.typed ?? "") && entry.comment === (stored?.comment ?? "")) continue;
      const onScreen = shown.get(`${entry.cellKey} ${entry.known}`) ?? NOTHING;
      if (revision !== entry.known && entry.typed === onScreen.typed && entry.comment === onScreen.comment) continue;
      const isOvertaken =
        stored !== undefined && revision !== entry.known && known.get(entry.cellKey) !== actor.personId;
      const aside = asideBefore.get(entry.cellKey);
      const isAsideAlready =
        aside?.typed === entry.typed && aside.comment === entry.comment && aside.by === actor.displayName;
      if ((!writable.ok || isOvertaken) && !isAsideAlready) setAside.push({ ...entry, revision });
      if (!writable.ok) continue;
      if (isOvertaken) {
        conflicts.push({
          cellKey: entry.cellKey,
          mine: { typed: entry.typed, comment: entry.comment },
          theirs: { typed: stored.typed, comment: stored.comment, by: stored.updatedBy, at: stored.updatedAt },
        });
      } else {
        written.push({ ...entry, revision: revision + 1 });
        revisions.set(entry.cellKey, revision + 1);
      }
    }
    await keepHistory(trx, context, submission.id, at, [
      ...written.map((entry) => ({ ...entry, outcome: "written" })),
      ...setAside.map((entry) => ({ ...entry, outcome: "set-aside" })),
    ]);
    if (!writable.ok) return writable;
    for (const batch of inBatches(written)) {
      const rows = batch.map(({ cellKey, typed, comment, revision }) => {
        const reading = readTyped(typed, units.get(cellKey) ?? "files");
        const content = reading.ok ? reading.value : null;
        return {
          ...{ submissionId: submission.id, cellKey, networkId, typed, comment, revision },
          ...{ state: content?.state ?? null, amount: content?.state === "value" ? content.value : null },
          ...{ updatedBy: actor.personId, updatedAt: at },
        };
      });
      await trx
        .insertInto("submissionCell")
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(["submissionId", "cellKey"]).doUpdateSet((eb) => ({
            typed: eb.ref("excluded.typed"),
            comment: eb.ref("excluded.comment"),
            revision: eb.ref("excluded.revision"),
            state: eb.ref("excluded.state"),
            amount: eb.ref("excluded.amount"),
            updatedBy: eb.ref("excluded.updatedBy"),
            updatedAt: eb.ref("excluded.updatedAt"),
          })),
        )
        .execute();
    }
    if (written.length > 0) await touch(trx, context, submission.id, { at });
    return grant({ saved: written.length, conflicts, revisions });
  });
}

const NOTHING = { typed: "", comment: "" };

/** What each cell held at each of its revisions, by « cell revision ». */
async function loadRevisions(
  trx: Trx,
  networkId: NetworkId,
  submissionId: string,
): Promise<ReadonlyMap<string, { readonly typed: string; readonly comment: string }>> {
  const rows = await trx
    .selectFrom("submissionCellHistory")
    .select(["cellKey", "revision", "typed", "comment"])
    .where("networkId", "=", networkId)
    .where("submissionId", "=", submissionId)
    .where("outcome", "=", "written")
    .execute();
  return new Map(rows.map((row) => [`${row.cellKey} ${row.revision}`, row]));
}

const clean = (text: string, longest: number): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
    .trim()
    .slice(0, longest);

const BATCH = 200;

function* inBatches<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
}

async function keepHistory(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  submissionId: string,
  writtenAt: string,
  entries: readonly (TypedEntry & { readonly revision: number; readonly outcome: string })[],
): Promise<void> {
  for (const batch of inBatches(entries)) {
    await trx
      .insertInto("submissionCellHistory")
      .values(
        batch.map(({ cellKey, outcome, typed, comment, revision }) => ({
          ...{ id: clock.newId(), submissionId, cellKey, networkId, outcome, typed, comment, revision },
          ...{ writtenBy: actor.personId, writtenAt },
        })),
      )
      .execute();
  }
}

async function touch(
  trx: Trx,
  { networkId, actor }: CommandContext,
  submissionId: string,
  { at, status }: { readonly at: string; readonly status?: string },
): Promise<void> {
  await trx
    .updateTable("submission")
    .set(({ eb }) => ({
      ...{ revision: eb("revision", "+", 1), updatedBy: actor.personId, updatedAt: at },
      ...(status === undefined ? {} : { status }),
    }))
    .where("networkId", "=", networkId)
    .where("id", "=", submissionId)
    .execute();
}

async function openOwn(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  { year, organizationId }: Target,
): Promise<Decision<SubmissionView, "unknown-submission" | "not-own-organization">> {
  const view = await findSubmission(trx, networkId, year, organizationId);
  if (!view) return refuse("unknown-submission");
  const isOwn = await speaksFor(trx, networkId, { viewer: actor, on: today(clock) }, organizationId);
  return isOwn ? grant(view) : refuse("not-own-organization");
}

type Step = Decision<null, SubmissionStepRefusal>;

/** The CCAS sends its submission to the lead: every control is settled first. */
export async function submitSubmission(context: CommandContext, target: Target): Promise<Step> {
  return writeTransaction(context.db, async (trx): Promise<Step> => {
    const opened = await openOwn(trx, context, target);
    if (!opened.ok) return opened;
    const { submission, campaign, obstacles } = opened.value;
    const allowed = checkSubmit(submission.state, campaign, obstacles.length);
    if (!allowed.ok) return allowed;
    return takeStep(trx, context, opened.value, { status: "submitted", kind: "submitted", body: "" });
  });
}

/** The lead accepts a submission: it counts from then on. */
export async function validateSubmission(context: CommandContext, target: Target): Promise<Step> {
  return writeTransaction(context.db, async (trx): Promise<Step> => {
    const opened = await openOwn(trx, context, target);
    if (!opened.ok) return opened;
    const allowed = checkValidate(opened.value.submission.state, opened.value.campaign);
    if (!allowed.ok) return allowed;
    return takeStep(trx, context, opened.value, { status: "validated", kind: "validated", body: "" });
  });
}

/** The lead gives it back to its CCAS, and says why. */
export async function reopenSubmission(context: CommandContext, target: Target, reason: string): Promise<Step> {
  return writeTransaction(context.db, async (trx): Promise<Step> => {
    const opened = await openOwn(trx, context, target);
    if (!opened.ok) return opened;
    const allowed = checkReopen(opened.value.submission.state, opened.value.campaign, reason);
    if (!allowed.ok) return allowed;
    return takeStep(trx, context, opened.value, { status: "draft", kind: "reopened", body: clean(reason, 1000) });
  });
}

type Taken = {
  readonly status: string;
  readonly kind: Exclude<SubmissionEventKind, "comment" | "reminded">;
  readonly body: string;
};

/**
 * The register proves which figures were sent without showing them: it holds a fingerprint mixed with a salt that stays here. The figures alone would
 * be found by trying, since many are small; nor does it hold the reason of a reopening, which may name them.
 */
async function takeStep(trx: Trx, context: CommandContext, view: SubmissionView, step: Taken): Promise<Step> {
  const { clock, networkId, actor } = context;
  const { submission, campaign, cells } = view;
  const at = clock.now().toISOString();
  const salt = newSecretToken();
  const content = [...cells]
    .map(([key, { typed, comment }]) => [key, typed, comment])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : a > b ? 1 : 0));
  await touch(trx, context, submission.id, { at, status: step.status });
  await recordEvent(trx, context, submission.id, { kind: step.kind, body: step.body, salt, at });
  await recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: `submission-${step.kind}`,
    payload: {
      ...{ submissionId: submission.id, year: campaign.year, organizationId: submission.organizationId },
      saltedSha256: sha256Hex(salt + canonicalJson(content)),
    },
  });
  return grant(null);
}

async function recordEvent(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  submissionId: string,
  event: {
    readonly kind: SubmissionEventKind;
    readonly body: string;
    readonly salt: string | null;
    readonly at: string;
  },
): Promise<void> {
  const { kind, body, salt, at } = event;
  await trx
    .insertInto("submissionEvent")
    .values({
      ...{ id: clock.newId(), networkId, submissionId, kind, body, salt },
      ...{ recordedBy: actor.personId, recordedAt: at },
    })
    .execute();
}

/** What the agent and the lead write to each other about a submission. Sent twice in a row with the same text, it is one comment. */
export async function commentSubmission(
  context: CommandContext,
  target: Target,
  text: string,
): Promise<Decision<null, CommentRefusal>> {
  const body = text.trim();
  if (body === "") return refuse("comment-missing");
  if (body.length > LONGEST.comment) return refuse("comment-too-long");
  return writeTransaction(context.db, async (trx): Promise<Decision<null, CommentRefusal>> => {
    const opened = await openOwn(trx, context, target);
    if (!opened.ok) return opened;
    const { submission, events } = opened.value;
    const last = events.at(-1);
    if (last?.kind === "comment" && last.body === body && last.by === context.actor.displayName) return grant(null);
    const at = context.clock.now().toISOString();
    await recordEvent(trx, context, submission.id, { kind: "comment", body, salt: null, at });
    return grant(null);
  });
}
