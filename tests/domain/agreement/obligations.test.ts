import { describe, expect, it } from "vitest";
import type { Clause, ClauseRule } from "~/domain/agreement/clause";
import { listMilestones, listObligations, listRinging, type Fact } from "~/domain/agreement/obligations";
import { assessTerm } from "~/domain/agreement/terms";
import type { PlainDate } from "~/domain/kernel/plain-date";

const day = (text: string) => text as PlainDate;
const clause = (key: string, rule: ClauseRule): Clause => ({ key, article: "7", title: key, sentence: "…", rule });
const DURATION = clause("duree", {
  kind: "duration",
  duration: { first: { kind: "months", months: 36 }, renewal: { kind: "none" } },
});
const on = (text: string, more: Partial<Fact> = {}): Fact => ({
  ...{ source: "committee-meeting", clauseKey: null, on: day(text), label: "Séance", href: null, ...more },
});
const assess = (rule: ClauseRule, today: string, facts: readonly Fact[], start = "2014-01-01") => {
  const clauses = [DURATION, clause("clause", rule)];
  const duration = { first: { kind: "months", months: 36 }, renewal: { kind: "none" } } as const;
  const standing = assessTerm(duration, day(start), day(today));
  return listObligations({ clauses, startsOn: day(start), standing, knownSince: null }, facts, day(today));
};
const told = (rule: ClauseRule, today: string, facts: readonly Fact[]) =>
  assess(rule, today, facts).map(({ state, dueOn, proofs }) => [state, dueOn, proofs.length]);

const FOUR: ClauseRule = { kind: "frequency", count: 4, per: "civil-year", fact: "committee-meeting" };
const TWO: ClauseRule = { kind: "frequency", count: 2, per: "agreement-year", fact: "governance-meeting" };
const SIX_MONTHS: ClauseRule = { kind: "every", months: 6, fact: "note" };
const RENEGOTIATE: ClauseRule = {
  ...{ kind: "deadline", before: { count: 6, unit: "months" }, fact: "new-agreement", alarms: [270, 210, 180] },
};
const MONTHLY: ClauseRule = { kind: "monthly", count: 7, everyMonths: 1, without: [7, 8], fact: "note" };

it("un rythme que le texte laisse à définir n’est ni dû ni en retard (Sceaux, art. 5)", () => {
  expect(assess({ ...FOUR, count: 0 }, "2014-12-31", [])).toEqual([]);
});

describe("quatre réunions par an (Blain, art. 7)", () => {
  const before = ["2014-02-01", "2014-05-01", "2014-09-01", "2014-12-01"];
  const year = [...before, "2015-01-20", "2015-04-02", "2015-09-10"].map((text) => on(text));
  it.each([
    ["trois sur quatre en novembre : à faire", "2015-11-22", year, [["due", "2015-12-31", 3]]],
    ["la quatrième tient l’obligation", "2015-12-20", [...year, on("2015-12-15")], [["met", "2015-12-31", 4]]],
    [
      "l’année finie à trois est en retard, l’année neuve à faire",
      "2016-02-01",
      year,
      [
        ["late", "2015-12-31", 3],
        ["due", "2016-12-31", 0],
      ],
    ],
    ["une réunion à venir ne prouve rien", "2015-11-22", [...year, on("2015-12-15")], [["due", "2015-12-31", 3]]],
  ])("%s", (_, today, facts, expected) => expect(told(FOUR, today, facts)).toEqual(expected));
});

it("ne dit rien d’une période finie avant que le portail connaisse le réseau", () => {
  const standing = assessTerm(
    { first: { kind: "months", months: 36 }, renewal: { kind: "none" } },
    day("2014-01-01"),
    day("2016-03-10"),
  );
  const scene = { clauses: [DURATION, clause("clause", FOUR)], startsOn: day("2014-01-01"), standing };
  const years = (knownSince: string) =>
    listObligations({ ...scene, knownSince: day(knownSince) }, [], day("2016-03-10")).map(({ dueOn }) => dueOn);
  expect(years("2016-01-01")).toEqual(["2016-12-31"]);
  expect(years("2015-12-31")).toEqual(["2015-12-31", "2016-12-31"]);
});

describe("autres rythmes", () => {
  it("deux par année de convention, comptée depuis la date d’effet", () => {
    const own = { source: "governance-meeting", clauseKey: "clause" } as const;
    const facts = [on("2014-01-05", own), on("2014-12-31", own), on("2015-01-05", own), on("2015-12-01", own)];
    expect(told(TWO, "2015-12-20", facts)).toEqual([["met", "2015-12-31", 2]]);
    expect(told(TWO, "2015-12-20", [on("2015-01-05", { source: "governance-meeting", clauseKey: "autre" })])).toEqual([
      ["late", "2014-12-31", 0],
      ["due", "2015-12-31", 0],
    ]);
  });
  it.each([
    ["rien encore, dans les six mois", "2014-06-30", [], [["due", "2014-07-01", 0]]],
    ["rien encore, un jour après", "2014-07-02", [], [["late", "2014-07-01", 0]]],
    [
      "tenu fin août : le suivant fin février",
      "2014-10-01",
      [on("2014-08-31", { source: "note", clauseKey: "clause" })],
      [["met", "2015-02-28", 1]],
    ],
  ] as const)("tous les six mois (La Garde, art. 3) : %s", (_, today, facts, expected) =>
    expect(told(SIX_MONTHS, today, facts)).toEqual(expected),
  );
  it.each([
    [
      "novembre",
      "2014-11-22",
      [
        ["late", "2014-10-31", 0],
        ["due", "2014-11-30", 0],
      ],
    ],
    ["août : rien n’est demandé", "2014-08-15", []],
    ["septembre : juillet et août ne sont pas en retard", "2014-09-10", [["due", "2014-09-30", 0]]],
  ])("chaque mois sauf juillet et août (Dreux, art. 2.1) : %s", (_, today, expected) =>
    expect(told(MONTHLY, today, [])).toEqual(expected),
  );
});

describe("renégocier six mois avant la fin (Blain, art. 11)", () => {
  it.each([
    ["à faire jusqu’au 30 juin 2016", "2016-03-10", [], [["due", "2016-06-30", 0]]],
    ["en retard le 1er juillet", "2016-07-01", [], [["late", "2016-06-30", 0]]],
    [
      "tenu quand la suivante est préparée",
      "2016-03-10",
      [on("2016-02-01", { source: "new-agreement" })],
      [["met", "2016-06-30", 1]],
    ],
  ] as const)("%s", (_, today, facts, expected) => expect(told(RENEGOTIATE, today, facts)).toEqual(expected));

  it("sonne 270 et 210 jours avant le 31 décembre 2016 ; à 180 jours, l’échéance du 30 juin est passée", () => {
    const today = day("2016-03-10");
    const clauses = [DURATION, clause("clause", RENEGOTIATE)];
    const duration = { first: { kind: "months", months: 36 }, renewal: { kind: "none" } } as const;
    const agreement = {
      clauses,
      startsOn: day("2014-01-01"),
      knownSince: null,
      standing: assessTerm(duration, day("2014-01-01"), today),
    };
    const milestones = listMilestones(agreement, listObligations(agreement, [], today), today);
    expect(milestones.map(({ kind, on: date }) => [kind, date])).toEqual([
      ["alarm", "2016-04-05"],
      ["alarm", "2016-06-04"],
      ["obligation", "2016-06-30"],
      ["term", "2016-12-31"],
    ]);
    expect(listRinging(milestones, day("2016-04-07")).map(({ on: date }) => date)).toEqual(["2016-04-05"]);
    const [alarm] = milestones;
    const lastDay = { ...alarm!, key: "dernier-jour", kind: "obligation", on: day("2016-04-12") } as const;
    expect(listRinging([alarm!, lastDay], day("2016-04-12"))).toEqual([lastDay]);
  });
});

describe("participants d’une rencontre (Sceaux, art. 5)", () => {
  const groups = [
    { key: "dst", label: "Direction des solidarités territoriales" },
    { key: "ccas", label: "CCAS" },
  ];
  const composed = (present: readonly string[]) => {
    const clauses = [
      DURATION,
      clause("bilan", { kind: "frequency", count: 1, per: "civil-year", fact: "governance-meeting" }),
      clause("groupes", { kind: "composition", of: "bilan", at: "each", groups }),
    ];
    const duration = { first: { kind: "months", months: 36 }, renewal: { kind: "none" } } as const;
    const standing = assessTerm(duration, day("2014-01-01"), day("2014-11-22"));
    const fact = on("2014-05-05", { source: "governance-meeting", clauseKey: "bilan", groups: present });
    return listObligations(
      { clauses, startsOn: day("2014-01-01"), standing, knownSince: null },
      [fact],
      day("2014-11-22"),
    ).map(({ clauseKey, state }) => [clauseKey, state]);
  };
  it("la rencontre compte, mais pas sa composition si un groupe manque", () => {
    expect(composed(["dst"])).toEqual([
      ["groupes", "due"],
      ["bilan", "met"],
    ]);
    expect(composed(["dst", "ccas"])).toEqual([
      ["bilan", "met"],
      ["groupes", "met"],
    ]);
  });
});

describe("fin de la convention", () => {
  it("rien n’est demandé avant le premier jour, ni après le dernier", () => {
    expect(assess(FOUR, "2013-12-31", [])).toEqual([]);
    expect(assess(FOUR, "2020-06-01", []).map(({ dueOn, state }) => [dueOn, state])).toEqual([
      ["2015-12-31", "late"],
      ["2016-12-31", "late"],
    ]);
  });
});
