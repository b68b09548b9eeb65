import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import type { ActKind } from "~/domain/register/act-kinds";
import type { JsonValue } from "~/domain/register/canonical";
import { approveState, settleContestedEntry } from "~/domain/staff-time/staff-time";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { ContestInput, CorrectTimeInput, RecordTimeInput } from "./form";
import type { RecordTimeRefusal, ContestRefusal, SettleRefusal, ApproveRefusal } from "./refusals";
import { composeState, findApproval, listMotions, loadTimeLines, type TimeLine } from "./queries.server";

type Entry = Omit<TimeLine, "standing" | "contest"> & { readonly correctsId: string | null; readonly voided: boolean };

/** A year's work of one function on one axis. Sent twice with the same key, it is recorded once. */
export async function recordTime(
  context: CommandContext,
  input: RecordTimeInput,
): Promise<Decision<{ readonly lineId: string }, RecordTimeRefusal>> {
  const { db, networkId } = context;
  return writeTransaction(db, async (trx) => {
    if (await isRecorded(trx, networkId, input.cle)) return grant({ lineId: input.cle });
    if (await findApproval(trx, networkId, input.year)) return refuse("year-approved");
    const lines = await loadTimeLines(trx, networkId, input.year);
    const sibling = lines.find(({ staffFunction }) => staffFunction === input.staffFunction);
    if (sibling && (sibling.centsPerHour !== input.hourlyCost || sibling.basis !== input.basis))
      return refuse("cost-differs");
    const entry = entryOf(input.cle, input, null);
    if (composeState(input.year, [...lines, { ...entry, standing: "agreed", contest: null }]) === null)
      return refuse("total-too-large");
    await insertEntry(trx, context, entry, "staff-time-recorded");
    return grant({ lineId: entry.id });
  });
}

function entryOf(id: string, input: Omit<RecordTimeInput, "cle">, correctsId: string | null): Entry {
  const { year, staffFunction, axis, minutes, hourlyCost: centsPerHour, basis } = input;
  return { id, year, staffFunction, axis, minutes, centsPerHour, basis, correctsId, voided: false };
}

async function isRecorded(trx: Trx, networkId: NetworkId, id: string): Promise<boolean> {
  const row = await trx
    .selectFrom("staffTime")
    .select("id")
    .where("networkId", "=", networkId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

async function insertEntry(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  entry: Entry,
  kind: ActKind,
): Promise<void> {
  const { id, year, staffFunction, axis, minutes, centsPerHour, basis, correctsId, voided } = entry;
  await trx
    .insertInto("staffTime")
    .values({
      ...{ id, networkId, year, axis, functionLabel: staffFunction, minutes, hourlyCostCents: centsPerHour },
      ...{ costBasis: basis, correctsId, voided: voided ? (1 as const) : (0 as const) },
      ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
    })
    .execute();
  await recordAct(trx, clock, actingPerson(actor), { networkId, kind, payload: { ...entry } });
}

/** The line as it stands, in a year that may still change. */
async function findOpenLine(
  trx: Trx,
  networkId: NetworkId,
  lineId: string,
): Promise<
  Decision<{ readonly line: TimeLine; readonly lines: readonly TimeLine[] }, "line-unknown" | "line-replaced">
> {
  const row = await trx
    .selectFrom("staffTime")
    .select("year")
    .where("networkId", "=", networkId)
    .where("id", "=", lineId)
    .executeTakeFirst();
  if (!row) return refuse("line-unknown");
  const lines = await loadTimeLines(trx, networkId, row.year);
  const line = lines.find(({ id }) => id === lineId);
  return line ? grant({ line, lines }) : refuse("line-replaced");
}

/**
 * Corrects a line by a new entry; what it replaces stays in the record. A new cost is that of the function for the year, so the function's other lines get
 * an entry too. With `withdraw`, the line is taken out.
 */
export async function correctTime(
  context: CommandContext,
  lineId: string,
  input: CorrectTimeInput,
): Promise<Decision<{ readonly lineId: string; readonly alsoChanged: number }, RecordTimeRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    if (await isRecorded(trx, networkId, input.cle)) return grant({ lineId: input.cle, alsoChanged: 0 });
    const found = await findOpenLine(trx, networkId, lineId);
    if (!found.ok) return found;
    const { line, lines } = found.value;
    if (await findApproval(trx, networkId, line.year)) return refuse("year-approved");
    const { staffFunction, axis, year } = line;
    const { minutes, hourlyCost, basis } = input;
    const entry = entryOf(input.cle, { staffFunction, axis, year, minutes, hourlyCost, basis }, line.id);
    const siblings = lines.filter(
      (one) =>
        one.id !== line.id &&
        one.staffFunction === staffFunction &&
        (one.centsPerHour !== hourlyCost || one.basis !== basis),
    );
    const next = [...lines.filter(({ id }) => id !== line.id), { ...entry, standing: line.standing, contest: null }];
    if (!input.withdraw && composeState(year, next) === null) return refuse("total-too-large");
    if (input.withdraw) {
      await insertEntry(
        trx,
        context,
        { ...entryOf(input.cle, { ...line, hourlyCost: line.centsPerHour }, line.id), voided: true },
        "staff-time-corrected",
      );
      return grant({ lineId: input.cle, alsoChanged: 0 });
    }
    await insertEntry(trx, context, entry, "staff-time-corrected");
    for (const one of siblings) {
      const changed = entryOf(clock.newId(), { ...one, hourlyCost, basis }, one.id);
      await insertEntry(trx, context, changed, "staff-time-corrected");
    }
    return grant({ lineId: entry.id, alsoChanged: siblings.length });
  });
}

/** A signatory contests a line: it leaves the state at once, and waits for a vote of its own. */
export async function contestTime(
  context: CommandContext,
  lineId: string,
  input: ContestInput,
): Promise<Decision<null, ContestRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const found = await findOpenLine(trx, networkId, lineId);
    if (!found.ok) return found;
    const { line } = found.value;
    if (await findApproval(trx, networkId, line.year)) return refuse("year-approved");
    if (line.standing !== "agreed") return refuse("already-contested");
    const seatIds = actor.roles.filter((role) => role.networkId === networkId).flatMap((role) => role.seatIds);
    const seat = seatIds.length === 0 ? undefined : await findSeat(trx, networkId, seatIds);
    if (!seat) return refuse("no-seat");
    const contest = { staffTimeId: line.id, organizationId: seat.organizationId, reason: input.reason };
    await insertContest(trx, context, { id: clock.newId(), ...contest, pollId: null, outcome: null });
    return grant(null);
  });
}

function findSeat(trx: Trx, networkId: NetworkId, seatIds: readonly string[]) {
  return trx
    .selectFrom("seat")
    .select("organizationId")
    .where("networkId", "=", networkId)
    .where("id", "in", seatIds)
    .orderBy("position")
    .executeTakeFirst();
}

type Contest = {
  readonly id: string;
  readonly staffTimeId: string;
  readonly organizationId: string;
  readonly reason: string;
  readonly pollId: string | null;
  readonly outcome: "adopted" | "rejected" | null;
};

async function insertContest(trx: Trx, { clock, networkId, actor }: CommandContext, contest: Contest): Promise<void> {
  await trx
    .insertInto("staffTimeContest")
    .values({ ...contest, networkId, recordedBy: actor.personId, createdAt: clock.now().toISOString() })
    .execute();
  const kind = contest.outcome === null ? "staff-time-contested" : "staff-time-contest-settled";
  await recordAct(trx, clock, actingPerson(actor), { networkId, kind, payload: { ...contest } });
}

/** The committee's vote on keeping one contested line: adopted, it comes back in; rejected, it stays out for good. */
export async function settleContest(
  context: CommandContext,
  lineId: string,
  pollId: string,
): Promise<Decision<null, SettleRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const found = await findOpenLine(trx, networkId, lineId);
    if (!found.ok) return found;
    const { line } = found.value;
    if (line.standing !== "contested" || !line.contest) return refuse("not-contested");
    const motion = (await listMotions(trx, networkId, line.year)).find((one) => one.pollId === pollId);
    if (!motion) return refuse("poll-unknown");
    const settled = settleContestedEntry(line, {
      decisionNumber: motion.decisionNumber ?? motion.pollId,
      result: motion.result,
    });
    if (!settled.ok) return settled;
    await insertContest(trx, context, {
      ...{ id: clock.newId(), staffTimeId: line.id, ...line.contest },
      ...{ pollId, outcome: motion.result },
    });
    return grant(null);
  });
}

/** Records that the committee approved the year's state, and freezes it as it is. Contested lines do not hold it up. */
export async function approveYear(
  { db, clock, networkId, actor }: CommandContext,
  input: { readonly year: number; readonly pollId: string },
): Promise<Decision<{ readonly total: Cents }, ApproveRefusal>> {
  return writeTransaction(db, async (trx) => {
    const approval = await findApproval(trx, networkId, input.year);
    if (approval?.pollId === input.pollId) return grant({ total: approval.total });
    if (approval) return refuse("already-approved");
    const motion = (await listMotions(trx, networkId, input.year)).find(({ pollId }) => pollId === input.pollId);
    if (!motion) return refuse("poll-unknown");
    if (motion.result !== "adopted") return refuse("not-adopted-by-a-vote");
    const state = composeState(input.year, await loadTimeLines(trx, networkId, input.year));
    if (!state) return refuse("nothing-agreed");
    const approved = approveState(state, { decisionNumber: motion.decisionNumber, isApprovedAlready: false });
    if (!approved.ok) return approved;
    const content = JSON.stringify(approved.value);
    await trx
      .insertInto("staffTimeState")
      .values({
        ...{ id: clock.newId(), networkId, year: input.year, approvedPollId: input.pollId, content },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "staff-time-approved",
      payload: {
        ...{ year: input.year, pollId: input.pollId, decisionNumber: approved.value.decisionNumber },
        state: JSON.parse(content) as JsonValue,
      },
    });
    return grant({ total: state.total });
  });
}
