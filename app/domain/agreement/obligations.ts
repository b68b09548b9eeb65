import {
  addDays,
  addMonths,
  daysBetween,
  daysInMonth,
  isWithin,
  plainDateOf,
  yearOf,
  type PlainDate,
} from "../kernel/plain-date";
import { clausesOf, type Clause, type ClauseOf, type FactSource } from "./clause";
import { addLength, type Length } from "./notice";
import { lastDayOfTerm, type Standing } from "./terms";

/** Something that happened, and where it can be seen. */
export type Fact = {
  readonly source: FactSource;
  /** Null: whatever clause looks for this source. */
  readonly clauseKey: string | null;
  readonly on: PlainDate;
  readonly label: string;
  readonly href: string | null;
  /** Groups present, for a meeting that a text composes. */
  readonly groups?: readonly string[];
};

export type Period = { readonly from: PlainDate; readonly to: PlainDate };

export type ObligationState = "met" | "due" | "late";

export type Obligation = {
  /** Stable from one day to the next: clause and period. */
  readonly key: string;
  readonly clauseKey: string;
  readonly article: string;
  readonly title: string;
  readonly sentence: string;
  readonly state: ObligationState;
  /** Null: as soon as possible. */
  readonly dueOn: PlainDate | null;
  readonly period: Period | null;
  readonly needed: number;
  readonly proofs: readonly Fact[];
  /** Days before `dueOn` on which people are reminded. */
  readonly alarms: readonly number[];
};

export type AssessedAgreement = {
  readonly clauses: readonly Clause[];
  readonly startsOn: PlainDate;
  readonly standing: Standing;
  /** Since when the portal sees what happens: nothing is said of a period that was over before. Null: since always. */
  readonly knownSince: PlainDate | null;
};

const USUAL_ALARMS = [30, 7] as const;
const LATE_PERIODS = 1;

/**
 * What the text asks of the network on a day: late first, then due, then met, each in order of date. Nothing is asked before the agreement starts
 * nor after it ends. Of the periods that are over, only the last one is told, and only when something is missing.
 */
export function listObligations(
  { clauses, startsOn, standing, knownSince }: AssessedAgreement,
  facts: readonly Fact[],
  today: PlainDate,
): readonly Obligation[] {
  if (standing.state === "not-started") return [];
  const lastDay = standing.state === "expired" || standing.state === "terminated" ? standing.endsOn : null;
  const day = lastDay ?? today;
  const known = facts.filter(({ on }) => on <= today);
  const scene = { clauses, startsOn, standing, knownSince, known, day, isOver: lastDay !== null };
  const obligations = clauses.flatMap((clause) => assessClause(scene, clause));
  const order: Record<ObligationState, number> = { late: 0, due: 1, met: 2 };
  return obligations.toSorted(
    (one, other) =>
      order[one.state] - order[other.state] ||
      (one.dueOn ?? "").localeCompare(other.dueOn ?? "") ||
      one.key.localeCompare(other.key),
  );
}

/** `day`: the day asked, or the last day of an agreement that is over. */
type Scene = AssessedAgreement & {
  readonly known: readonly Fact[];
  readonly day: PlainDate;
  readonly isOver: boolean;
};

/** Not met yet: still to be done as long as there is time. */
function pending(scene: Scene, dueOn: PlainDate): "due" | "late" {
  return scene.isOver || scene.day > dueOn ? "late" : "due";
}

function assessClause(scene: Scene, clause: Clause): readonly Obligation[] {
  const { rule } = clause;
  switch (rule.kind) {
    case "frequency":
      if (rule.count === 0) return [];
      return assessPeriods(scene, clause, rule.fact, rule.count, (day) =>
        rule.per === "civil-year" ? civilYearOf(day) : agreementYearOf(scene.startsOn, day),
      );
    case "monthly":
      return assessPeriods(scene, clause, rule.fact, rule.count, (day) => monthsOf(day, rule.everyMonths)).filter(
        ({ period }) => period !== null && !isLeftOut(period, rule),
      );
    case "every":
      return [assessEvery(scene, clause, rule.months, rule.fact)];
    case "deadline":
      return assessDeadline(scene, clause as ClauseOf<"deadline">);
    case "after":
      return assessAfter(scene, clause as ClauseOf<"after">);
    case "composition":
      return assessComposition(scene, clause as ClauseOf<"composition">);
    case "duration":
    case "lead-time":
    case "notice":
    case "gate":
    case "prohibition":
    case "unanimity":
    case "fallback":
    case "standing":
      return [];
  }
}

/** Facts that count for a clause: of its source, or noted for it by hand. */
function proofsFor(scene: Scene, clause: Clause, source: FactSource): readonly Fact[] {
  return scene.known.filter(
    (fact) =>
      (fact.source === source && (fact.clauseKey === null || fact.clauseKey === clause.key)) ||
      (fact.source === "note" && fact.clauseKey === clause.key),
  );
}

function civilYearOf(day: PlainDate): Period {
  return { from: plainDateOf(yearOf(day), 1, 1), to: plainDateOf(yearOf(day), 12, 31) };
}

function agreementYearOf(startsOn: PlainDate, day: PlainDate): Period {
  let years = Math.max(0, yearOf(day) - yearOf(startsOn));
  if (addMonths(startsOn, 12 * years) > day) years = Math.max(0, years - 1);
  return { from: addMonths(startsOn, 12 * years), to: lastDayOfTerm(startsOn, 12 * (years + 1)) };
}

function monthsOf(day: PlainDate, every: 1 | 3): Period {
  const [year, month] = [yearOf(day), Number(day.slice(5, 7))];
  const first = month - ((month - 1) % every);
  const last = first + every - 1;
  return { from: plainDateOf(year, first, 1), to: plainDateOf(year, last, daysInMonth(year, last)) };
}

/** A month left out asks for nothing; a quarter does as long as one of its months is not left out. */
function isLeftOut({ from, to }: Period, { without }: { readonly without: readonly number[] }): boolean {
  const [first, last] = [Number(from.slice(5, 7)), Number(to.slice(5, 7))];
  for (let month = first; month <= last; month += 1) if (!without.includes(month)) return false;
  return true;
}

function assessPeriods(
  scene: Scene,
  clause: Clause,
  source: FactSource,
  needed: number,
  periodOf: (day: PlainDate) => Period,
): readonly Obligation[] {
  const current = periodOf(scene.day);
  const past: Period[] = [];
  for (let at = current; past.length < LATE_PERIODS;) {
    const before = addDays(at.from, -1);
    if (before < scene.startsOn || (scene.knownSince !== null && before < scene.knownSince)) break;
    at = periodOf(before);
    past.push(at);
  }
  const proofs = proofsFor(scene, clause, source);
  const told = [current, ...past].map((period): Obligation => {
    const inside = proofs.filter(({ on }) => isWithin(on, period.from, period.to));
    const state = inside.length >= needed ? "met" : pending(scene, period.to);
    return { ...describe(clause, period.from), state, dueOn: period.to, period, needed, proofs: inside };
  });
  return told.filter(({ state, period }) => period === current || state === "late");
}

function describe(clause: Clause, mark: string) {
  const { key: clauseKey, article, title, sentence } = clause;
  return { key: `${clauseKey}.${mark}`, clauseKey, article, title, sentence, alarms: USUAL_ALARMS } as const;
}

function latestOf(facts: readonly Fact[]): Fact | null {
  return facts.reduce<Fact | null>((latest, fact) => (latest === null || fact.on > latest.on ? fact : latest), null);
}

function assessEvery(scene: Scene, clause: Clause, months: number, source: FactSource): Obligation {
  const last = latestOf(proofsFor(scene, clause, source).filter(({ on }) => on >= scene.startsOn));
  const from = last?.on ?? scene.startsOn;
  const dueOn = addMonths(from, months);
  const state = last === null || scene.day > dueOn ? pending(scene, dueOn) : "met";
  return {
    ...describe(clause, from),
    ...{ state, dueOn, period: { from, to: dueOn }, needed: 1, proofs: last === null ? [] : [last] },
  };
}

/** The last day to act, so long before the last day of the term. */
export function deadlineBefore(endsOn: PlainDate, { count, unit }: Length): PlainDate {
  return addLength(endsOn, { count: -count, unit });
}

function assessDeadline(scene: Scene, clause: ClauseOf<"deadline">): readonly Obligation[] {
  const { endsOn, startsOn } = scene.standing.current;
  if (endsOn === null) return [];
  const dueOn = deadlineBefore(endsOn, clause.rule.before);
  const proofs = proofsFor(scene, clause, clause.rule.fact).filter(({ on }) => isWithin(on, startsOn, endsOn));
  const state = proofs.length > 0 ? "met" : pending(scene, dueOn);
  const shift = daysBetween(dueOn, endsOn);
  const alarms = clause.rule.alarms.length > 0 ? clause.rule.alarms.map((days) => days - shift) : USUAL_ALARMS;
  return [
    { ...describe(clause, endsOn), alarms, state, dueOn, period: { from: startsOn, to: endsOn }, needed: 1, proofs },
  ];
}

function assessAfter(scene: Scene, clause: ClauseOf<"after">): readonly Obligation[] {
  const trigger = latestOf(
    scene.known.filter(({ source, on }) => source === clause.rule.trigger && on >= scene.startsOn),
  );
  if (trigger === null) return [];
  const proofs = proofsFor(scene, clause, clause.rule.fact).filter(({ on }) => on >= trigger.on);
  const period = { from: trigger.on, to: plainDateOf(yearOf(trigger.on), 12, 31) };
  const state = proofs.length > 0 ? "met" : pending(scene, period.to);
  return [{ ...describe(clause, trigger.on), state, dueOn: period.to, period, needed: 1, proofs }];
}

/** One meeting of the year at least gathers every group that the text lists; met by the meeting that did. */
function assessComposition(scene: Scene, clause: ClauseOf<"composition">): readonly Obligation[] {
  const { of, groups } = clause.rule;
  const rhythm = of === null ? undefined : clausesOf(scene.clauses, "frequency").find(({ key }) => key === of);
  if (!rhythm) return [];
  const period = rhythm.rule.per === "civil-year" ? civilYearOf(scene.day) : agreementYearOf(scene.startsOn, scene.day);
  const complete = proofsFor(scene, rhythm, rhythm.rule.fact)
    .filter(({ on }) => isWithin(on, period.from, period.to))
    .filter((fact) => missingGroups(groups, fact.groups ?? []).length === 0);
  const noted = scene.known.filter(
    ({ source, clauseKey, on }) =>
      source === "note" && clauseKey === clause.key && isWithin(on, period.from, period.to),
  );
  const proofs = [...complete, ...noted];
  const state = proofs.length > 0 ? "met" : pending(scene, period.to);
  return [{ ...describe(clause, period.from), state, dueOn: period.to, period, needed: 1, proofs }];
}

/** The groups that a text lists and that were not there. */
export function missingGroups(
  groups: readonly { readonly key: string; readonly label: string }[],
  present: readonly string[],
): readonly string[] {
  return groups.filter(({ key }) => !present.includes(key)).map(({ label }) => label);
}

export type Milestone = {
  readonly key: string;
  readonly on: PlainDate;
  readonly kind: "obligation" | "alarm" | "term" | "notice-end";
  readonly title: string;
  readonly article: string;
  readonly obligationKey: string | null;
};

/**
 * What the calendar shows from a day on: deadlines that still stand, their alarms, the last day of the agreement. In order of date.
 * An alarm on or after its own deadline serves nobody and is left out.
 */
export function listMilestones(
  agreement: AssessedAgreement,
  obligations: readonly Obligation[],
  from: PlainDate,
): readonly Milestone[] {
  const recurs = new Set(clausesOf(agreement.clauses, "every").map(({ key }) => key));
  const open = obligations.filter(({ state, clauseKey }) => state !== "met" || recurs.has(clauseKey));
  const milestones = open.flatMap(({ key, title, article, dueOn, alarms, state }): readonly Milestone[] => {
    if (dueOn === null) return [];
    const common = { title, article, obligationKey: key } as const;
    const rings = state === "met" ? [] : alarms.filter((days) => days > 0);
    return [
      { ...common, key, kind: "obligation", on: dueOn },
      ...rings.map((days): Milestone => ({
        ...common,
        key: `${key}.j-${days}`,
        kind: "alarm",
        on: addDays(dueOn, -days),
      })),
    ];
  });
  const { endsOn, current } = agreement.standing;
  const duration = clausesOf(agreement.clauses, "duration")[0];
  const end: readonly Milestone[] =
    endsOn === null
      ? []
      : [
          {
            ...{ key: `term.${current.rank}`, kind: endsOn === current.endsOn ? "term" : "notice-end", on: endsOn },
            ...{ title: "", article: duration?.article ?? "", obligationKey: null },
          },
        ];
  return [...milestones, ...end]
    .filter(({ on }) => on >= from)
    .toSorted((one, other) => one.on.localeCompare(other.on) || one.key.localeCompare(other.key));
}

/** What has rung by a day and not longer than a week ago, the latest only for one obligation: its last day silences its alarms. */
export function listRinging(milestones: readonly Milestone[], today: PlainDate): readonly Milestone[] {
  const rung = milestones.filter(
    ({ kind, on }) => (kind === "alarm" || kind === "obligation") && isWithin(today, on, addDays(on, 7)),
  );
  return rung.filter(
    ({ obligationKey, on }) => !rung.some((other) => other.obligationKey === obligationKey && other.on > on),
  );
}
