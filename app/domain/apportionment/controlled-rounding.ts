import { toCents, sumCents, type Cents } from "../kernel/money";
import { apportion, byId, type Apportionment, type Weighted } from "./split-by-weight";

export type DetailRow<RowId extends string = string> = { readonly id: RowId; readonly amount: Cents };

export type DetailCell<Id extends string = string> = {
  readonly memberId: Id;
  readonly cents: Cents;
  /** Cents beyond the two whole numbers around the exact quotient; 0 except where the annual shares leave no other way. */
  readonly centsBeyond: number;
};

export type DetailTable<RowId extends string = string, Id extends string = string> = {
  /** What each member owes in all: the largest remainder on the total of the rows. */
  readonly annual: Apportionment<Id>;
  /** Rows in ascending id, cells in ascending member id. */
  readonly rows: readonly {
    readonly id: RowId;
    readonly amount: Cents;
    readonly cells: readonly DetailCell<Id>[];
  }[];
  readonly centsBeyond: number;
};

/** A table of whole cents under repair: rows are always exact, columns become so one cent after the other. */
type Grid = {
  readonly rows: number;
  readonly columns: number;
  readonly cents: Float64Array;
  readonly floor: Float64Array;
  readonly ceiling: Float64Array;
  /** How far a cell may go before it costs more than a whole table of first cents: one cent beyond, never across zero. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Cells of an empty row or of a member without weight: they stay at zero. */
  readonly isLocked: Uint8Array;
  /** What each column still lacks; negative for a surplus. */
  readonly need: Int32Array;
};

/**
 * Details annual shares by expense so that every row and every column adds up: the cells of an expense make its amount, the cells of a member make
 * its annual share, and each cell is its exact quotient (amount x weight / sum of the weights) rounded up or down to the cent.
 *
 * The annual shares come first, since they are what is owed: `apportion` on the total. A table rounded with both margins free always exists
 * (Bacharach 1966; Cox 1987), but these margins are not free, and seldom they forbid it: 0,06 EUR and 0,04 EUR on weights 3, 3, 2, 2, 2 give
 * 2 cents to each, of which the last three can find only 5 in all in rounded cells. Then the nearest table is taken: the fewest cents beyond the
 * two whole numbers around the quotients. One cent in a cell is always enough when no amount is negative, and no cell need be negative: amount x annual
 * share / total is within one cent of each quotient, it has whole margins, hence it has a rounded table with the same margins, within
 * [max(0, floor - 1), ceiling + 1].
 *
 * Rows are exact from the start; then cents move along the cheapest path of cells from a column in surplus to a column in need (minimum-cost flow),
 * so the result is optimal, and the same whatever the order of rows and members. Cells of a zero amount or of a zero weight are zero.
 * @throws RangeError when an id comes twice or weights are refused by `apportion`
 */
export function detailShares<RowId extends string, Id extends string>(
  rows: readonly DetailRow<RowId>[],
  members: readonly Weighted<Id>[],
): DetailTable<RowId, Id> {
  const expenses = [...rows].sort(byId);
  if (new Set(expenses.map(({ id }) => id)).size !== expenses.length) throw new RangeError("Two rows have one id");
  const annual = apportion(sumCents(expenses.map(({ amount }) => amount)), members);
  const grid = openGrid(expenses, annual);
  const remainders = roundQuotientsDown(grid, expenses, annual);
  completeRows(grid, expenses, remainders);
  for (let path = findCheapestPath(grid); path !== null; path = findCheapestPath(grid)) moveOneCent(grid, path);
  const table = expenses.map(({ id, amount }, row) => ({
    id,
    amount,
    cells: annual.shares.map(({ id: memberId }, column): DetailCell<Id> => {
      const at = row * grid.columns + column;
      return { memberId, cents: toCents((grid.cents[at] ?? 0) + 0), centsBeyond: distanceBeyond(grid, at) };
    }),
  }));
  const centsBeyond = table.reduce((sum, { cells }) => cells.reduce((part, cell) => part + cell.centsBeyond, sum), 0);
  return { annual, rows: table, centsBeyond };
}

function openGrid(expenses: readonly DetailRow[], annual: Apportionment): Grid {
  const [rows, columns] = [expenses.length, annual.shares.length];
  const grid: Grid = {
    rows,
    columns,
    cents: new Float64Array(rows * columns),
    floor: new Float64Array(rows * columns),
    ceiling: new Float64Array(rows * columns),
    low: new Float64Array(rows * columns),
    high: new Float64Array(rows * columns),
    isLocked: new Uint8Array(rows * columns),
    need: new Int32Array(columns),
  };
  return grid;
}

/** Fills each cell with the floor of its quotient; hands back what is left of each quotient, over the sum of the weights. */
function roundQuotientsDown(grid: Grid, expenses: readonly DetailRow[], annual: Apportionment): readonly bigint[] {
  const totalWeight = BigInt(annual.totalWeight);
  const remainders: bigint[] = [];
  const columnSums = new Float64Array(grid.columns);
  expenses.forEach(({ amount }, row) => {
    annual.shares.forEach(({ weight }, column) => {
      const at = row * grid.columns + column;
      const numerator = BigInt(amount) * BigInt(weight);
      const remainder = ((numerator % totalWeight) + totalWeight) % totalWeight;
      const floor = Number((numerator - remainder) / totalWeight);
      remainders.push(remainder);
      grid.floor[at] = floor;
      const ceiling = remainder === 0n ? floor : floor + 1;
      grid.ceiling[at] = ceiling;
      grid.low[at] = amount < 0 ? floor - 1 : Math.max(0, floor - 1);
      grid.high[at] = amount < 0 ? Math.min(0, ceiling + 1) : ceiling + 1;
      grid.cents[at] = floor;
      grid.isLocked[at] = amount === 0 || weight === 0 ? 1 : 0;
      columnSums[column] = (columnSums[column] ?? 0) + floor;
    });
  });
  annual.shares.forEach(({ cents }, column) => {
    grid.need[column] = cents - (columnSums[column] ?? 0);
  });
  return remainders;
}

/** Gives the cents that each row lacks to the rounded-down cells whose column needs them most; then to the largest remainder, then to the first id. */
function completeRows(grid: Grid, expenses: readonly DetailRow[], remainders: readonly bigint[]): void {
  expenses.forEach(({ amount }, row) => {
    const cells = Array.from({ length: grid.columns }, (_, column) => ({ column, at: row * grid.columns + column }));
    let missing: number = amount;
    for (const { at } of cells) missing -= grid.floor[at] ?? 0;
    const candidates = cells
      .filter(({ at }) => (grid.ceiling[at] ?? 0) > (grid.floor[at] ?? 0))
      .sort((one, other) => {
        const byNeed = (grid.need[other.column] ?? 0) - (grid.need[one.column] ?? 0);
        if (byNeed !== 0) return byNeed;
        const [mine, theirs] = [remainders[one.at] ?? 0n, remainders[other.at] ?? 0n];
        return mine === theirs ? one.column - other.column : mine > theirs ? -1 : 1;
      });
    for (const { at, column } of candidates.slice(0, missing)) addCent(grid, at, column, 1);
  });
}

function addCent(grid: Grid, at: number, column: number, cent: 1 | -1): void {
  grid.cents[at] = (grid.cents[at] ?? 0) + cent;
  grid.need[column] = (grid.need[column] ?? 0) - cent;
}

const distanceTo = (cents: number, low = 0, high = 0): number => Math.max(0, low - cents, cents - high);

function distanceBeyond(grid: Grid, at: number): number {
  return distanceTo(grid.cents[at] ?? 0, grid.floor[at], grid.ceiling[at]);
}

/** What a cell costs at so many cents: one for each cent beyond floor and ceiling, a whole table more for each cent past its limits. Convex. */
function priceOf(grid: Grid, at: number, cents: number): number {
  const past = distanceTo(cents, grid.low[at], grid.high[at]);
  return distanceTo(cents, grid.floor[at], grid.ceiling[at]) + past * (grid.cents.length + 1);
}

/** What one more cent (or one less) in a cell costs; below zero when it comes nearer. Shortest paths stay optimal, since prices are convex. */
function costOf(grid: Grid, at: number, cent: 1 | -1): number {
  if (grid.isLocked[at] === 1) return Number.POSITIVE_INFINITY;
  const cents = grid.cents[at] ?? 0;
  return priceOf(grid, at, cents + cent) - priceOf(grid, at, cents);
}

type Step = { readonly row: number; readonly from: number; readonly to: number };

/** The cheapest way to carry one cent from a column in surplus to a column in need (Bellman-Ford; ties to the first row and column), or null. */
function findCheapestPath(grid: Grid): readonly Step[] | null {
  const distance = Array.from(grid.need, (need) => (need < 0 ? 0 : Number.POSITIVE_INFINITY));
  if (!distance.includes(0)) return null;
  const arrival = new Array<Step | null>(grid.columns).fill(null);
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (let row = 0; row < grid.rows; row++) isChanged = relaxRow(grid, row, distance, arrival) || isChanged;
  }
  let end = -1;
  grid.need.forEach((need, column) => {
    if (need > 0 && (end === -1 || (distance[column] ?? 0) < (distance[end] ?? 0))) end = column;
  });
  const path: Step[] = [];
  for (let step = arrival[end] ?? null; step !== null; step = arrival[step.from] ?? null) path.push(step);
  return path;
}

/** Shortens the ways that cross one row: a cent leaves its cheapest cell and enters any other. */
function relaxRow(grid: Grid, row: number, distance: number[], arrival: (Step | null)[]): boolean {
  const start = row * grid.columns;
  let [from, cheapest] = [-1, Number.POSITIVE_INFINITY];
  for (let column = 0; column < grid.columns; column++) {
    const cost = (distance[column] ?? 0) + costOf(grid, start + column, -1);
    if (cost < cheapest) [from, cheapest] = [column, cost];
  }
  if (from === -1) return false;
  let isChanged = false;
  for (let to = 0; to < grid.columns; to++) {
    const cost = cheapest + costOf(grid, start + to, 1);
    if (cost >= (distance[to] ?? 0)) continue;
    distance[to] = cost;
    arrival[to] = { row, from, to };
    isChanged = true;
  }
  return isChanged;
}

function moveOneCent(grid: Grid, path: readonly Step[]): void {
  for (const { row, from, to } of path) {
    addCent(grid, row * grid.columns + from, from, -1);
    addCent(grid, row * grid.columns + to, to, 1);
  }
}
