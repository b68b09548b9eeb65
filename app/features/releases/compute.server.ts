import { setTimeout as delay } from "node:timers/promises";
import type { NetworkId } from "~/domain/kernel/ids";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { cellKeyOf } from "~/domain/indicator/dictionary";
import type { Disclosure } from "~/domain/statistics/disclosure/attack";
import { defaultRules, type Audience, type SecrecyRules } from "~/domain/statistics/disclosure/sensitivity";
import { composeTables, type EarlierRelease } from "~/domain/statistics/release/compose-task";
import type { FrozenYear } from "~/domain/statistics/release/frozen-year";
import type { ProtectedYear, Reasons } from "~/domain/statistics/release/protect-year";
import type { Db } from "~/services/db.server";
import { loadCollectedYears } from "~/services/indicator-record.server";
import { protectInThread } from "~/services/protection.server";
import { sha256Hex } from "~/services/tokens.server";
import { findThresholds } from "./thresholds.server";
import type { ReleaseRefusal } from "./refusals";

export type ComputedRelease = ProtectedYear & {
  readonly inputs: FrozenYear;
  /** Of what was compared on the screen: inputs, outputs, and the releases before it. */
  readonly fingerprint: string;
};

export type RefusedRelease = { readonly kind: ReleaseRefusal; readonly disclosures: readonly Disclosure[] };

type Wanted = { readonly year: number; readonly audience: Audience };

/** What a release of this year would be today, attacked together with all earlier ones. Writes nothing. */
export async function computeRelease(
  db: Db,
  networkId: NetworkId,
  wanted: Wanted,
): Promise<Decision<ComputedRelease, RefusedRelease>> {
  const job = await openJob(db, networkId, wanted);
  return job.ok ? job.value.outcome : job;
}

/** The same for a page: after `patience` milliseconds, how far it has come. */
export async function awaitRelease(
  db: Db,
  networkId: NetworkId,
  wanted: Wanted,
  patience: number,
): Promise<Decision<ComputedRelease, RefusedRelease> | Progress> {
  const job = await openJob(db, networkId, wanted);
  if (!job.ok) return job;
  const timer = new AbortController();
  const late = delay(patience, null, { signal: timer.signal }).catch(() => null);
  const first = await Promise.race([job.value.outcome, late]);
  timer.abort();
  return first ?? job.value.progress;
}

async function openJob(db: Db, networkId: NetworkId, wanted: Wanted): Promise<Decision<Job, RefusedRelease>> {
  const inputs = await freezeYear(db, networkId, wanted);
  if (!inputs.ok) return refuse({ kind: inputs.refusal, disclosures: [] });
  return grant(startJob(inputs.value, await listEarlier(db, networkId, wanted.year)));
}

async function freezeYear(
  db: Db,
  networkId: NetworkId,
  { year, audience }: { readonly year: number; readonly audience: Audience },
): Promise<Decision<FrozenYear, ReleaseRefusal>> {
  const [[collected], thresholds] = await Promise.all([
    loadCollectedYears(db, networkId, [year]),
    findThresholds(db, networkId),
  ]);
  if (!collected) return refuse("year-unknown");
  if (!collected.isClosed) return refuse("campaign-open");
  const members = collected.members.filter(({ state }) => state === "validated");
  if (members.length === 0) return refuse("nothing-validated");
  const rulesFor = (circle: Audience): SecrecyRules => ({ ...defaultRules(circle), threshold: thresholds[circle] });
  return grant({
    year,
    audience,
    rules: rulesFor(audience),
    memberRules: rulesFor("members"),
    dictionary: collected.dictionary,
    population: collected.population,
    members: members.map(({ organizationId, shortName, inhabitants }) => ({
      id: organizationId,
      ...{ shortName, inhabitants },
    })),
    cells: collected.cells.map(({ organizationId, ref, content }) => ({
      member: organizationId,
      key: cellKeyOf(ref),
      content,
    })),
  });
}

/** The releases of a year so far, or those before a given one. */
export async function listEarlier(
  db: Db,
  networkId: NetworkId,
  year: number,
  before: number = Infinity,
): Promise<readonly EarlierRelease[]> {
  const rows = await db
    .selectFrom("release")
    .select(["sequence", "inputs", "reasons"])
    .where("networkId", "=", networkId)
    .where("dataYear", "=", year)
    .orderBy("sequence")
    .execute();
  return rows
    .filter(({ sequence }) => sequence < before)
    .map((row) => {
      const inputs = JSON.parse(row.inputs) as FrozenYear;
      const reasons = JSON.parse(row.reasons) as Reasons;
      const hidden = composeTables(inputs).figures.filter(({ scope, key }) => reasons[`${scope}|${key}`] !== undefined);
      return { year: inputs, hidden: new Set(hidden.map(({ quantity }) => quantity)) };
    });
}

/** A computation under way or done, by what goes into it: the page that publishes what another compared computes nothing again. */
type Job = {
  progress: Progress;
  readonly outcome: Promise<Decision<ComputedRelease, RefusedRelease>>;
};
export type Progress = { readonly done: number; readonly total: number };

const MOST_JOBS = 6;
const jobs = new Map<string, Job>();

function startJob(inputs: FrozenYear, earlier: readonly EarlierRelease[]): Job {
  const key = sha256Hex(JSON.stringify([inputs, earlier.map(({ year, hidden }) => [year, [...hidden]])]));
  const known = jobs.get(key);
  if (known) return known;
  const finish = async (): Promise<Decision<ComputedRelease, RefusedRelease>> => {
    const decision = await protectInThread(inputs, earlier, (done, total) => {
      job.progress = { done, total };
    });
    if (!decision.ok) return decision;
    // The same inputs always give the same outputs, so that what went in and what came out stand for all that was compared.
    const fingerprint = sha256Hex(key + JSON.stringify(decision.value.outputs));
    return grant({ inputs, ...decision.value, fingerprint });
  };
  const job: Job = { progress: { done: 0, total: 1 }, outcome: finish() };
  jobs.set(key, job);
  for (const oldest of jobs.keys()) {
    if (jobs.size <= MOST_JOBS) break;
    jobs.delete(oldest);
  }
  // A fault is not kept: the next one who asks tries again.
  job.outcome.catch(() => jobs.delete(key));
  return job;
}

/** From inputs to outputs, always the same: what `verifyRelease` does again. */
export function protectFrozen(
  inputs: FrozenYear,
  earlier: readonly EarlierRelease[],
): Promise<Decision<ComputedRelease, RefusedRelease>> {
  return startJob(inputs, earlier).outcome;
}
