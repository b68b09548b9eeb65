import type { NetworkId } from "~/domain/kernel/ids";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { cellKeyOf } from "~/domain/indicator/dictionary";
import { attackPattern, type Disclosure } from "~/domain/statistics/disclosure/attack";
import { EXACT_LIMIT, protectTables } from "~/domain/statistics/disclosure/protect";
import { defaultRules, type Audience, type SecrecyRules } from "~/domain/statistics/disclosure/sensitivity";
import { splitTask } from "~/domain/statistics/disclosure/threat";
import {
  composeTask,
  composeTables,
  type EarlierRelease,
  type Outcome,
} from "~/domain/statistics/release/compose-task";
import type { FrozenYear } from "~/domain/statistics/release/frozen-year";
import { publishYear, type PublishedYear } from "~/domain/statistics/release/published-year";
import type { Db } from "~/services/db.server";
import { loadCollectedYears } from "~/services/indicator-record.server";
import { loadSolver } from "~/services/solver.server";
import { sha256Hex } from "~/services/tokens.server";
import { findThresholds } from "./thresholds.server";
import type { ReleaseRefusal } from "./refusals";

/** Why a figure is hidden, by « member|cell »: for the lead only, readers who knew it would know too much. */
export type Reasons = Readonly<Record<string, Exclude<Outcome, "shown">>>;

export type ComputedRelease = {
  readonly inputs: FrozenYear;
  readonly outputs: PublishedYear;
  readonly reasons: Reasons;
  readonly isOptimal: boolean;
  /** Bounds that the attack looked for. */
  readonly bounds: number;
  /** Of what was compared on the screen: inputs, outputs, and the releases before it. */
  readonly fingerprint: string;
};

export type RefusedRelease = { readonly kind: ReleaseRefusal; readonly disclosures: readonly Disclosure[] };

/** What a release of this year would be today, attacked together with all earlier ones. Writes nothing. */
export async function computeRelease(
  db: Db,
  networkId: NetworkId,
  wanted: { readonly year: number; readonly audience: Audience },
): Promise<Decision<ComputedRelease, RefusedRelease>> {
  const inputs = await freezeYear(db, networkId, wanted);
  if (!inputs.ok) return refuse({ kind: inputs.refusal, disclosures: [] });
  const earlier = await listEarlier(db, networkId, wanted.year);
  return protectYear(inputs.value, earlier);
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

/** Between two pieces, others are served: a release may take seconds. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** From inputs to outputs, always the same: what `verifyRelease` does again. */
export async function protectYear(
  inputs: FrozenYear,
  earlier: readonly EarlierRelease[],
): Promise<Decision<ComputedRelease, RefusedRelease>> {
  const openProgram = await loadSolver();
  const { task, tables, reasons: primary } = composeTask(inputs, earlier);
  const hidden = new Set<string>();
  const disclosures: Disclosure[] = [];
  let [isOptimal, bounds] = [true, 0];
  for (const part of splitTask(task)) {
    const pattern = protectTables(part, openProgram, { exactCells: EXACT_LIMIT });
    await breathe();
    if (!pattern) return refuse({ kind: "no-pattern", disclosures: [] });
    if (!pattern.isOptimal) isOptimal = false;
    for (const id of pattern.hidden) hidden.add(id);
    const attack = attackPattern(part, pattern.hidden, openProgram);
    bounds += attack.bounds;
    disclosures.push(...attack.disclosures);
    await breathe();
  }
  if (disclosures.length > 0) return refuse({ kind: "attack-succeeds", disclosures });
  const outputs = publishYear(inputs, tables, hidden);
  const reasons: Record<string, Exclude<Outcome, "shown">> = {};
  for (const { scope, key, quantity } of tables.figures)
    if (hidden.has(quantity)) reasons[`${scope}|${key}`] = primary.get(quantity) ?? "complementary";
  const fingerprint = sha256Hex(
    JSON.stringify([inputs, outputs, earlier.map(({ year, hidden: before }) => [year, [...before]])]),
  );
  return grant({ inputs, outputs, reasons, isOptimal, bounds, fingerprint });
}
