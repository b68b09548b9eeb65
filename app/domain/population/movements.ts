import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";
import type { PopulationFigure } from "./population";

/** One line of the « mouvements » of the official geographic code: an event has several, one for each commune before and after. */
export type CommuneMovement = {
  readonly date: PlainDate;
  /** COM for a commune, COMD and COMA for the delegated and associated ones that outlive it. */
  readonly typeBefore: string;
  readonly codeBefore: string;
  readonly typeAfter: string;
  readonly codeAfter: string;
};

export type MovementRefusal = {
  readonly kind: "commune-split";
  readonly communeCode: string;
  readonly date: PlainDate;
  readonly successors: readonly string[];
};

/** Where a commune went, by day: only lines between communes proper count. */
type Successors = ReadonlyMap<string, ReadonlyMap<PlainDate, ReadonlySet<string>>>;

function indexSuccessors(movements: readonly CommuneMovement[]): Successors {
  const byCode = new Map<string, Map<PlainDate, Set<string>>>();
  for (const { date, typeBefore, codeBefore, typeAfter, codeAfter } of movements) {
    if (typeBefore !== "COM" || typeAfter !== "COM") continue;
    const byDate = byCode.get(codeBefore) ?? new Map<PlainDate, Set<string>>();
    const successors = byDate.get(date) ?? new Set<string>();
    byCode.set(codeBefore, byDate.set(date, successors.add(codeAfter)));
  }
  return byCode;
}

function follow(
  successors: Successors,
  communeCode: string,
  from: PlainDate,
  to: PlainDate,
): Decision<string, MovementRefusal> {
  let [code, since] = [communeCode, from];
  for (;;) {
    const events = [...(successors.get(code) ?? [])].filter(([date]) => date > since && date <= to);
    const next = events.sort(([one], [other]) => (one < other ? -1 : 1))[0];
    if (next === undefined) return grant(code);
    const [date, targets] = next;
    const [only, ...others] = [...targets].sort();
    if (only === undefined || others.length > 0) {
      return refuse({ kind: "commune-split", communeCode: code, date, successors: [...targets].sort() });
    }
    [code, since] = [only, date];
  }
}

/**
 * The code under which a commune of the geography of `from` is found in that of `to`, merger after merger; itself when nothing happened.
 * An event on the day `from` already belongs to its geography. A commune that was split has no single successor: refused, never guessed.
 * Source: INSEE, code officiel géographique, fichier des mouvements.
 */
export function followCommune(
  movements: readonly CommuneMovement[],
  communeCode: string,
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): Decision<string, MovementRefusal> {
  return follow(indexSuccessors(movements), communeCode, from, to);
}

/**
 * The figures of a vintage brought to the communes of another day: those of communes that merged are added up. A sum with an unpublished figure
 * is unpublished.
 */
export function restateFigures(
  figures: readonly PopulationFigure[],
  movements: readonly CommuneMovement[],
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): Decision<readonly PopulationFigure[], readonly MovementRefusal[]> {
  const successors = indexSuccessors(movements);
  const restated = new Map<string, PopulationFigure>();
  const refusals: MovementRefusal[] = [];
  for (const figure of figures) {
    const followed = follow(successors, figure.communeCode, from, to);
    if (!followed.ok) {
      refusals.push(followed.refusal);
      continue;
    }
    const communeCode = followed.value;
    const key = `${communeCode} ${figure.vintage}`;
    const before = restated.get(key);
    restated.set(
      key,
      before === undefined
        ? { ...figure, communeCode }
        : {
            ...before,
            municipal: addKnown(before.municipal, figure.municipal),
            total: addKnown(before.total, figure.total),
          },
    );
  }
  return refusals.length > 0 ? refuse(refusals) : grant([...restated.values()]);
}

function addKnown(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

/** Members whose communes have become one since `from`: their boards must say who takes over the share before any call. */
export function findMergedMembers<Id extends string>(
  members: readonly { readonly id: Id; readonly communeCode: string }[],
  movements: readonly CommuneMovement[],
  period: { readonly from: PlainDate; readonly to: PlainDate },
): Decision<
  readonly { readonly communeCode: string; readonly memberIds: readonly Id[] }[],
  readonly MovementRefusal[]
> {
  const successors = indexSuccessors(movements);
  const byCommune = new Map<string, Id[]>();
  const refusals: MovementRefusal[] = [];
  for (const { id, communeCode } of members) {
    const followed = follow(successors, communeCode, period.from, period.to);
    if (!followed.ok) refusals.push(followed.refusal);
    else byCommune.set(followed.value, [...(byCommune.get(followed.value) ?? []), id]);
  }
  if (refusals.length > 0) return refuse(refusals);
  return grant(
    [...byCommune]
      .filter(([, memberIds]) => memberIds.length > 1)
      .map(([communeCode, memberIds]) => ({ communeCode, memberIds: memberIds.sort() })),
  );
}
