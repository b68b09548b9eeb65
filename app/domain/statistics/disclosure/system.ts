/**
 * Tables as one system: cells with whole values, tied by sums. A cross table with its margins, a hierarchy, the same cell in two tables, two years that
 * share a total, two releases of the same year: all are cells and sums, so one method protects them together.
 * Source: J.-J. Salazar-Gonzalez and M. Fischetti, « linked tables » as a single linear system; Hundepool et al., Statistical Disclosure Control, ch. 4.
 */
export type Cell = {
  readonly id: string;
  /** A whole number: people, acts, or cents. */
  readonly value: number;
  /** The least that anybody knows it can be: 0, or 1 where a zero is always shown. */
  readonly floor: number;
};

/** `total` = the sum of `parts`. */
export type Sum = { readonly total: string; readonly parts: readonly string[] };

type Member = { readonly cell: number; readonly sign: 1 | -1 };

/** The same tables, by rank: what the algorithms walk through. */
export type System = {
  readonly ids: readonly string[];
  readonly rankOf: ReadonlyMap<string, number>;
  readonly values: readonly number[];
  readonly floors: readonly number[];
  /** Each sum as « Σ sign · x = 0 ». */
  readonly sums: readonly (readonly Member[])[];
  /** Of each cell, the sums where it stands. */
  readonly placesOf: readonly (readonly Place[])[];
  /** By `keyOf` of the sums where they stand, the cells: found at once where a search has to close. */
  readonly cellsAt: ReadonlyMap<string | number, readonly number[]>;
};

export type Place = { readonly sum: number; readonly sign: 1 | -1 };

/** @throws RangeError when a value is no whole number, a cell is given twice or is unknown, or a sum is wrong: a fault, never a person's doing. */
export function compileSystem(cells: readonly Cell[], sums: readonly Sum[]): System {
  const rankOf = new Map<string, number>();
  for (const [rank, cell] of cells.entries()) {
    if (!Number.isSafeInteger(cell.value) || cell.value < cell.floor) throw new RangeError(`Not a count: ${cell.id}`);
    if (rankOf.has(cell.id)) throw new RangeError(`Given twice: ${cell.id}`);
    rankOf.set(cell.id, rank);
  }
  const findRank = (id: string): number => {
    const rank = rankOf.get(id);
    if (rank === undefined) throw new RangeError(`No such cell: ${id}`);
    return rank;
  };
  const values = cells.map((cell) => cell.value);
  const members = sums.map(({ total, parts }) => [
    { cell: findRank(total), sign: -1 as const },
    ...parts.map((part) => ({ cell: findRank(part), sign: 1 as const })),
  ]);
  const placesOf: Place[][] = cells.map(() => []);
  for (const [sum, row] of members.entries()) {
    if (row.reduce((balance, { cell, sign }) => balance + sign * pick(values, cell), 0) !== 0)
      throw new RangeError(`Not the sum of its parts: ${sums[sum]?.total ?? ""}`);
    for (const { cell, sign } of row) pick(placesOf, cell).push({ sum, sign });
  }
  return {
    ids: cells.map((cell) => cell.id),
    rankOf,
    values,
    floors: cells.map((cell) => cell.floor),
    sums: members,
    placesOf,
    cellsAt: indexPlaces(placesOf),
  };
}

export function indexPlaces(placesOf: System["placesOf"]): System["cellsAt"] {
  const cellsAt = new Map<string | number, number[]>();
  for (const [cell, places] of placesOf.entries()) {
    if (places.length === 0) continue;
    const key = keyOf(places.map(({ sum }) => sum));
    const cells = cellsAt.get(key);
    if (cells) cells.push(cell);
    else cellsAt.set(key, [cell]);
  }
  return cellsAt;
}

/** The same for the same sums, whatever their order. */
export function keyOf(sums: readonly number[]): string | number {
  const [one = 0, other = 0] = sums;
  if (sums.length === 2) return Math.min(one, other) * 4_194_304 + Math.max(one, other);
  return [...sums].sort((a, b) => a - b).join(" ");
}

/** An element that is there. @throws RangeError when it is not: a fault of the caller. */
export function pick<Value>(list: { readonly [rank: number]: Value | undefined }, rank: number): Value {
  const value = list[rank];
  if (value === undefined) throw new RangeError(`Nothing at ${rank}`);
  return value;
}

/**
 * The pieces that no sum ties together, each to be protected alone. Cells of `settled` tie nothing: their value is known to all, so nothing moves through them.
 */
export function splitSystem(system: System, settled: (cell: number) => boolean): readonly (readonly number[])[] {
  const parent = system.ids.map((_, rank) => rank);
  const find = (rank: number): number => {
    let root = rank;
    while (pick(parent, root) !== root) root = pick(parent, root);
    for (let at = rank; at !== root;) {
      const next = pick(parent, at);
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (const sum of system.sums) {
    let first = -1;
    for (const { cell } of sum) {
      if (settled(cell)) continue;
      if (first < 0) first = cell;
      else parent[find(cell)] = find(first);
    }
  }
  const pieces = new Map<number, number[]>();
  for (const rank of parent.keys()) {
    if (settled(rank)) continue;
    const root = find(rank);
    const piece = pieces.get(root);
    if (piece) piece.push(rank);
    else pieces.set(root, [rank]);
  }
  return [...pieces.values()];
}
