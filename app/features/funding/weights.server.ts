import { keyOf, readsPopulation, type ApportionmentChoice } from "~/domain/apportionment/choice";
import { weighMembers, type KeyRefusal } from "~/domain/apportionment/keys";
import type { Weighted } from "~/domain/apportionment/split-by-weight";
import type { PopulationTable } from "~/domain/funding-call/snapshot";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId, OrganizationId } from "~/domain/kernel/ids";
import { toPlainDate, yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { followCommune, restateFigures, type CommuneMovement } from "~/domain/population/movements";
import { vintageInForce, type PopulationFigure } from "~/domain/population/population";
import type { Db, Trx } from "~/services/db.server";
import { listMembers, type Signatory } from "./members.server";

export type WeightObstacle =
  | { readonly kind: "no-member" }
  /** It joined in the year, and the committee has not said whether it shares. */
  | { readonly kind: "member-undecided"; readonly name: string; readonly joinedOn: PlainDate }
  | { readonly kind: "leaving-undecided"; readonly name: string; readonly leftOn: PlainDate }
  | { readonly kind: "commune-missing"; readonly name: string }
  | { readonly kind: "vintage-not-imported"; readonly vintage: number; readonly latest: number | null }
  | {
      readonly kind: "population-not-published";
      readonly name: string;
      readonly communeCode: string;
      readonly vintage: number;
    }
  | { readonly kind: "members-merged"; readonly names: readonly string[]; readonly communeCode: string }
  | { readonly kind: "commune-split"; readonly name: string; readonly communeCode: string; readonly date: PlainDate }
  | {
      readonly kind: "key-faulty";
      readonly faults: readonly KeyRefusal[];
      readonly names: Readonly<Record<string, string>>;
    };

export type WeighedNetwork = {
  readonly members: readonly Signatory[];
  readonly weights: readonly Weighted<OrganizationId>[];
  readonly population: PopulationTable | null;
};

export type WeightRequest = {
  readonly choice: ApportionmentChoice;
  /** Day of the geography, and of the vintage unless one is named. */
  readonly referenceDate: PlainDate;
  /** A vintage to compare with. */
  readonly vintage?: number;
};

/**
 * The weights of the members under a choice, from the official figures of one vintage, brought to the communes of the day by the official
 * movements. Whoever left before the year shares no more; whoever comes or goes within it waits for the committee's choice. Everything that stands in the way is told, member by member; nothing is guessed.
 */
export async function weighNetwork(
  db: Db | Trx,
  networkId: NetworkId,
  request: WeightRequest,
): Promise<Decision<WeighedNetwork, readonly WeightObstacle[]>> {
  const { choice, referenceDate } = request;
  const all = await listMembers(db, networkId);
  const chosen = new Map(choice.members.map((member) => [member.organizationId, member]));
  const newYear = `${yearOf(referenceDate)}-01-01`;
  const members = all.filter(
    ({ organizationId, leftOn }) =>
      chosen.get(organizationId)?.isSharing !== false && (leftOn === null || leftOn >= newYear),
  );
  if (members.length === 0) return refuse([{ kind: "no-member" }]);
  const founded = all.reduce((first, { joinedOn }) => (joinedOn < first ? joinedOn : first), referenceDate);
  const undecided = members.filter(
    ({ organizationId, joinedOn }) => !chosen.has(organizationId) && joinedOn > founded && joinedOn > newYear,
  );
  const leaving = members.flatMap(({ organizationId, name, leftOn }) =>
    leftOn === null || leftOn > referenceDate || chosen.has(organizationId) ? [] : [{ name, leftOn }],
  );
  if (undecided.length + leaving.length > 0) {
    return refuse([
      ...undecided.map(({ name, joinedOn }) => ({ kind: "member-undecided", name, joinedOn }) as const),
      ...leaving.map(({ name, leftOn }) => ({ kind: "leaving-undecided", name, leftOn }) as const),
    ]);
  }
  const read = readsPopulation(choice) ? await readPopulations(db, members, request) : grant(null);
  if (!read.ok) return read;
  const population = read.value;
  const inhabitants = new Map(population?.figures.map((figure) => [figure.organizationId, figure.inhabitants]));
  const weighed = weighMembers(
    keyOf(choice),
    members.map(({ organizationId }) => ({
      id: organizationId,
      population: inhabitants.get(organizationId) ?? null,
      headcount: chosen.get(organizationId)?.headcount ?? null,
    })),
  );
  const names = Object.fromEntries(members.map(({ organizationId, name }) => [organizationId, name]));
  if (!weighed.ok) return refuse([{ kind: "key-faulty", faults: weighed.refusal, names }]);
  return grant({ members, weights: weighed.value, population });
}

type Located = { readonly member: Signatory; readonly communeCode: string };

async function readPopulations(
  db: Db | Trx,
  members: readonly Signatory[],
  { choice, referenceDate, vintage = vintageInForce(referenceDate) }: WeightRequest,
): Promise<Decision<PopulationTable, readonly WeightObstacle[]>> {
  const dataset = await findDataset(db, vintage);
  if (dataset === null) {
    const last = await db
      .selectFrom("populationDataset")
      .select(({ fn }) => fn.max("vintage").as("vintage"))
      .executeTakeFirst();
    return refuse([{ kind: "vintage-not-imported", vintage, latest: last?.vintage ?? null }]);
  }
  const located = await locateMembers(db, members, dataset, referenceDate);
  if (!located.ok) return located;
  const { figures, places } = located.value;
  const obstacles: WeightObstacle[] = [];
  const found: PopulationTable["figures"][number][] = [];
  for (const { member, communeCode } of places) {
    const inhabitants = figures.get(communeCode)?.[choice.populationKind] ?? null;
    if (inhabitants === null) {
      obstacles.push({ kind: "population-not-published", name: member.name, communeCode, vintage });
    } else found.push({ organizationId: member.organizationId, communeCode, inhabitants });
  }
  obstacles.push(...findMerged(places));
  if (obstacles.length > 0) return refuse(obstacles);
  const { producer, title, address, licence, sha256, inForceOn, retrievedOn } = dataset;
  return grant({
    ...{ kind: choice.populationKind, vintage, referenceDate, inForceOn: inForceOn as PlainDate, figures: found },
    dataset: { producer, title, address, licence, sha256, retrievedOn: retrievedOn as PlainDate },
  });
}

/** Two members in one commune: their boards must say who takes over the share. */
function findMerged(places: readonly Located[]): readonly WeightObstacle[] {
  const byCommune = new Map<string, string[]>();
  for (const { member, communeCode } of places) {
    byCommune.set(communeCode, [...(byCommune.get(communeCode) ?? []), member.name]);
  }
  return [...byCommune].flatMap(([communeCode, names]) =>
    names.length > 1 ? [{ kind: "members-merged", names, communeCode } as const] : [],
  );
}

/** The edition of a vintage that holds the most communes; of two equal ones, the one imported last. */
async function findDataset(db: Db | Trx, vintage: number) {
  const row = await db
    .selectFrom("populationDataset")
    .selectAll()
    .where("vintage", "=", vintage)
    .orderBy("rowCount", "desc")
    .orderBy("importedAt", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

type Dataset = NonNullable<Awaited<ReturnType<typeof findDataset>>>;
/** The official movements begin there. */
const FIRST_MOVEMENT = toPlainDate("1943-01-01");
/** Under what a statement may bind. */
const MOST_CODES = 10_000;

/** Where each member is found on the reference day, and the figures of those communes. */
async function locateMembers(
  db: Db | Trx,
  members: readonly Signatory[],
  dataset: Dataset,
  referenceDate: PlainDate,
): Promise<
  Decision<
    { readonly places: readonly Located[]; readonly figures: ReadonlyMap<string, PopulationFigure> },
    readonly WeightObstacle[]
  >
> {
  const geography = (dataset.geographyOn ?? dataset.inForceOn) as PlainDate;
  const recent = await listMovements(db, geography, referenceDate);
  const period = { from: geography, to: referenceDate };
  const wanted = new Set([
    ...members.flatMap(({ communeCode }) => communeCode ?? []),
    ...recent.map(({ codeBefore }) => codeBefore),
  ]);
  const published = await listFigures(db, dataset, [...wanted]);
  const codes = new Set(published.map(({ communeCode }) => communeCode));
  // A commune that merged before the geography of the vintage is known under another code there.
  const lost = members.filter(({ communeCode }) => communeCode !== null && !codes.has(communeCode));
  const older = lost.length === 0 ? [] : await listMovements(db, FIRST_MOVEMENT, geography);
  const moved = new Set(recent.map(({ codeBefore }) => codeBefore));
  const follow = (code: string) => (moved.has(code) ? followCommune(recent, code, period) : grant(code));
  const obstacles: WeightObstacle[] = [];
  const places: Located[] = [];
  for (const member of members) {
    const { communeCode: code, name } = member;
    if (code === null) {
      obstacles.push({ kind: "commune-missing", name });
      continue;
    }
    const then = codes.has(code) ? grant(code) : followCommune(older, code, { from: FIRST_MOVEMENT, to: geography });
    const now = then.ok ? follow(then.value) : then;
    if (now.ok) places.push({ member, communeCode: now.value });
    else {
      const { communeCode, date } = now.refusal;
      obstacles.push({ kind: "commune-split", name, communeCode, date });
    }
  }
  if (obstacles.length > 0) return refuse(obstacles);
  const arrived = new Set(places.map(({ communeCode }) => communeCode));
  const missing = [...arrived].filter((code) => !codes.has(code));
  const known = [...published, ...(missing.length === 0 ? [] : await listFigures(db, dataset, missing))];
  const leading = known.filter(({ communeCode }) => {
    const followed = follow(communeCode);
    return followed.ok && arrived.has(followed.value);
  });
  const restated = restateFigures(leading, recent, period);
  if (!restated.ok) throw new Error("A commune that could be followed can be restated");
  return grant({ places, figures: new Map(restated.value.map((figure) => [figure.communeCode, figure])) });
}

async function listMovements(db: Db | Trx, after: PlainDate, to: PlainDate): Promise<readonly CommuneMovement[]> {
  const rows = await db
    .selectFrom("communeMovement")
    .select(["codeBefore", "codeAfter", "effectiveOn"])
    .where("effectiveOn", ">", after)
    .where("effectiveOn", "<=", to)
    .execute();
  return rows.map(({ codeBefore, codeAfter, effectiveOn }) => ({
    ...{ typeBefore: "COM", codeBefore, typeAfter: "COM", codeAfter, date: effectiveOn as PlainDate },
  }));
}

async function listFigures(
  db: Db | Trx,
  dataset: Dataset,
  codes: readonly string[],
): Promise<readonly PopulationFigure[]> {
  const every = db
    .selectFrom("population")
    .select(["communeCode", "municipal", "total"])
    .where("datasetId", "=", dataset.id);
  if (codes.length === 0) return [];
  const rows = await (codes.length > MOST_CODES ? every : every.where("communeCode", "in", codes)).execute();
  return rows.map((row) => ({ ...row, vintage: dataset.vintage }));
}
