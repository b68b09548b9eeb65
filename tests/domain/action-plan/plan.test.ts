import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carryOver } from "~/domain/action-plan/carry-over";
import { comparePlans, compareYears } from "~/domain/action-plan/changes";
import { checkProtocol, closeReport, PROTOCOL_MODELS, type CriterionEntry } from "~/domain/action-plan/evaluation";
import { FRAMES, startPlan } from "~/domain/action-plan/frames";
import {
  checkAction,
  listGaps,
  orderActions,
  publicPart,
  putAction,
  totalBudget,
  type PlanContent,
  type PlannedAction,
} from "~/domain/action-plan/plan";
import { checkCancelling, checkProgress, deriveProgress, type ProgressEntry } from "~/domain/action-plan/progress";
import type { OrganizationId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { toPlainDate } from "~/domain/kernel/plain-date";

const day = toPlainDate;
const BLAIN = "org-blain" as OrganizationId;

const action = (change: Partial<PlannedAction> = {}): PlannedAction => ({
  ...{ key: "a1", themeKey: "t01", title: "Interlocuteur pour les professionnels", objective: "" },
  owner: { organizationId: BLAIN, office: "direction" },
  ...{ partners: "", territory: "", budget: toCents(10_000), startsOn: day("2026-02-01"), endsOn: day("2026-06-30") },
  ...{ objectiveKeys: [], programmeKeys: [], markers: [], inclusion: { concerns: true, how: "Accueil adapté" } },
  deliverables: [{ key: "d1", label: "Convention d’accès", dueOn: day("2026-05-31") }],
  ...{ indicators: [], isInternal: false, carriedFrom: null },
  ...change,
});

const entry = (change: Partial<ProgressEntry> = {}): ProgressEntry => ({
  ...{ id: "e1", actionKey: "a1", recordedOn: day("2026-03-01"), state: "in-progress", note: "Rencontre tenue." },
  ...{ delivered: [], readings: [], evidence: [], cancelsId: null },
  ...change,
});
const PROOF = [{ kind: "reference", text: "pièce 3" }] as const;

const silent = (plan: PlanContent, reason: string | null): PlanContent => ({
  ...plan,
  themes: plan.themes.map((theme) => (theme.key === "t01" ? theme : { ...theme, withoutAction: reason })),
});

describe("le plan annuel — convention-cadre Nord, III-1", () => {
  it("treize thèmes, chacun avec une action ou une raison", () => {
    const started = startPlan("departmental-framework");
    expect(started.themes).toHaveLength(13);
    expect(listGaps(started).filter(({ kind }) => kind === "theme-silent")).toHaveLength(13);
    const plan = putAction(started, action());
    expect(listGaps(plan).map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => "theme-silent"));
    expect(listGaps(silent(plan, "Porté par un autre plan."))).toEqual([]);
    expect(listGaps(silent(plan, "  "))).toHaveLength(12);
  });

  it.each([
    { case: "sans porteur", change: { owner: null }, gap: "owner-missing" },
    { case: "porteur sans fonction", change: { owner: { organizationId: BLAIN, office: " " } }, gap: "owner-missing" },
    { case: "sans échéance", change: { endsOn: null }, gap: "deadline-missing" },
    { case: "sans mot sur le handicap", change: { inclusion: null }, gap: "inclusion-missing" },
    { case: "ni livrable ni indicateur", change: { deliverables: [] }, gap: "measure-missing" },
  ])("une action $case reste à compléter", ({ change, gap }) => {
    const plan = silent(putAction(startPlan("departmental-framework"), action(change)), "Rien.");
    expect(listGaps(plan)).toEqual([{ kind: gap, actionKey: "a1" }]);
  });

  it("le handicap n’est demandé que par le cadre du Nord, un objectif que là où la convention en nomme", () => {
    const plan = {
      ...startPlan("social-actors"),
      themes: [{ key: "t01", axisKey: "reseau", label: "T", withoutAction: null }],
    };
    const gaps = listGaps(putAction(plan, action({ inclusion: null })));
    expect(gaps).toEqual([{ kind: "objective-missing", actionKey: "a1" }]);
    expect(FRAMES["social-actors"].programme).toHaveLength(11);
    expect(FRAMES["social-actors"].objectives).toHaveLength(3);
  });

  it.each([
    { case: "sans intitulé", change: { title: " " }, fault: "title-missing" },
    { case: "terme avant le début", change: { startsOn: day("2026-07-01") }, fault: "ends-before-start" },
    {
      case: "échéance avant l’année",
      change: { startsOn: null, endsOn: day("2025-12-31") },
      fault: "ends-before-the-year",
    },
    { case: "thème inconnu", change: { themeKey: "zz" }, fault: "theme-unknown" },
    {
      case: "organisme d’ailleurs",
      change: { owner: { organizationId: "x" as OrganizationId, office: "y" } },
      fault: "organization-unknown",
    },
    { case: "budget négatif", change: { budget: toCents(-1) }, fault: "budget-negative" },
    { case: "29 février", change: { endsOn: day("2028-02-29") }, fault: null },
  ])("écrire une action $case", ({ change, fault }) =>
    expect(
      checkAction(startPlan("departmental-framework"), action(change), { year: 2026, organizations: [BLAIN] }),
    ).toEqual(fault === null ? [] : [fault]),
  );

  it("le public ne lit pas les actions internes ; les coûts s’additionnent", () => {
    const plan = putAction(
      putAction(startPlan("departmental-framework"), action()),
      action({ key: "a2", themeKey: "t02", isInternal: true, budget: null }),
    );
    expect(publicPart(plan).actions.map(({ key }) => key)).toEqual(["a1"]);
    expect(publicPart(plan).themes.some(({ key }) => key === "t02")).toBe(false);
    expect(totalBudget(plan)).toEqual({ total: 10_000, notCosted: 1 });
    expect(orderActions(plan).map(({ key }) => key)).toEqual(["a1", "a2"]);
  });
});

describe("l’avancement, tiré de ce qui est noté", () => {
  it.each([
    {
      case: "rien de noté, avant l’échéance",
      entries: [],
      on: "2026-06-30",
      state: "not-started",
      late: false,
      percent: 0,
    },
    { case: "le lendemain de l’échéance", entries: [], on: "2026-07-01", state: "not-started", late: true, percent: 0 },
    { case: "en cours", entries: [entry()], on: "2026-04-01", state: "in-progress", late: false, percent: 0 },
    {
      case: "réalisée, l’échéance ne compte plus",
      entries: [entry({ state: "done", delivered: ["d1"], evidence: PROOF })],
      on: "2027-01-01",
      state: "done",
      late: false,
      percent: 100,
    },
    {
      case: "entrée annulée",
      entries: [
        entry({ state: "done", delivered: ["d1"], evidence: PROOF }),
        entry({ id: "e2", cancelsId: "e1", note: "Erreur." }),
      ],
      on: "2026-04-01",
      state: "not-started",
      late: false,
      percent: 0,
    },
  ] as const)("$case", ({ entries, on, state, late, percent }) => {
    const own = deriveProgress(action(), entries, day(on));
    expect({ state: own.state, late: own.isLate, percent: own.percent }).toEqual({ state, late, percent });
  });

  it("sans livrable, la part est celle des cibles, chacune plafonnée", () => {
    const measured = action({
      deliverables: [],
      indicators: [
        { key: "i1", label: "Réunions", unit: "", target: 4 },
        { key: "i2", label: "Personnes", unit: "", target: 10 },
        { key: "i3", label: "Observé", unit: "", target: null },
      ],
    });
    const readings = [
      { indicatorKey: "i1", value: 1 },
      { indicatorKey: "i2", value: 25 },
    ];
    expect(deriveProgress(measured, [entry({ readings })], day("2026-04-01")).percent).toBe(62);
    expect(deriveProgress({ ...measured, indicators: [] }, [], day("2026-04-01")).percent).toBeNull();
  });

  it.each([
    { case: "un livrable sans preuve", change: { delivered: ["d1"] }, refusal: "evidence-missing" },
    { case: "un livrable prouvé", change: { delivered: ["d1"], evidence: PROOF }, refusal: null },
    { case: "réalisée sans son livrable", change: { state: "done", evidence: PROOF }, refusal: "deliverables-missing" },
    { case: "abandonnée sans raison", change: { state: "abandoned", note: "" }, refusal: "reason-missing" },
    { case: "rien à dire", change: { note: " " }, refusal: "nothing-said" },
    {
      case: "un livrable d’une autre action",
      change: { delivered: ["zz"], evidence: PROOF },
      refusal: "unknown-measure",
    },
    { case: "notée d’avance", change: { recordedOn: day("2026-04-02") }, refusal: "in-the-future" },
  ] as const)("noter $case", ({ change, refusal }) => {
    const decision = checkProgress(action(), [], entry(change), day("2026-04-01"));
    expect(decision.ok ? null : decision.refusal.kind).toBe(refusal);
  });

  it("une entrée s’annule une fois, avec une raison", () => {
    expect(checkCancelling([entry()], "e1", "Erreur.").ok).toBe(true);
    expect(checkCancelling([entry()], "e1", " ")).toEqual({ ok: false, refusal: "reason-missing" });
    expect(checkCancelling([entry()], "e9", "Erreur.")).toEqual({ ok: false, refusal: "entry-unknown" });
    const cancelled = [entry(), entry({ id: "e2", cancelsId: "e1" })];
    expect(checkCancelling(cancelled, "e1", "Erreur.")).toEqual({ ok: false, refusal: "already-cancelled" });
    expect(checkCancelling(cancelled, "e2", "Erreur.")).toEqual({ ok: false, refusal: "entry-unknown" });
  });
});

describe("ce qui a changé, ce qui est reporté", () => {
  const plan = putAction(startPlan("departmental-framework"), action());

  it("action par action, champ par champ", () => {
    const next = putAction(putAction(plan, action({ title: "Autre", budget: null })), action({ key: "a2" }));
    const { actions, unchanged } = comparePlans(plan, next);
    expect(actions).toMatchObject([
      { kind: "changed", fields: ["title", "budget"] },
      { kind: "added", after: { key: "a2" } },
    ]);
    expect(unchanged).toBe(0);
    expect(comparePlans(next, plan).actions.map(({ kind }) => kind)).toEqual(["changed", "removed"]);
  });

  it("propriété : un plan ne change pas de lui-même, quel que soit l’ordre de ses listes", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(["o1", "o2", "o3"]), fc.boolean(), (objectiveKeys, reverse) => {
        const one = putAction(plan, action({ objectiveKeys }));
        const other = putAction(plan, action({ objectiveKeys: reverse ? objectiveKeys.toReversed() : objectiveKeys }));
        expect(comparePlans(one, other)).toEqual({ actions: [], themes: [], unchanged: 1 });
      }),
    );
  });

  it("reporté d’un an, rien n’a changé que le calendrier ; le 29 février devient le 28", () => {
    const leap = putAction(startPlan("departmental-framework"), action({ startsOn: null, endsOn: day("2028-02-29") }));
    const carried = carryOver(leap, { fromYear: 2028, toYear: 2029, keys: ["a1"], progress: new Map() });
    const [moved] = carried.ok ? carried.value.actions : [];
    expect(moved).toMatchObject({ endsOn: "2029-02-28", carriedFrom: 2028, key: "a1" });
    expect(carried.ok && compareYears(leap, carried.value, 1).actions).toEqual([]);
    expect(carried.ok && comparePlans(leap, carried.value).actions).toMatchObject([
      { fields: ["endsOn", "deliverables"] },
    ]);
  });

  it("ce qui est remis n’est plus à remettre ; une action réalisée recommence entière ; le thème vide doit redire pourquoi", () => {
    const two = action({
      deliverables: [
        { key: "d1", label: "Un", dueOn: null },
        { key: "d2", label: "Deux", dueOn: null },
      ],
    });
    const started = silent(putAction(startPlan("departmental-framework"), two), "Rien.");
    const carry = (entries: readonly ProgressEntry[]) => {
      const progress = new Map([["a1", deriveProgress(two, entries, day("2026-12-01"))]]);
      return carryOver(started, { fromYear: 2026, toYear: 2027, keys: ["a1"], progress });
    };
    const going = carry([entry({ delivered: ["d1"], evidence: PROOF })]);
    expect(going.ok && going.value.actions[0]?.deliverables.map(({ key }) => key)).toEqual(["d2"]);
    const done = carry([entry({ state: "done", delivered: ["d1", "d2"], evidence: PROOF })]);
    expect(done.ok && done.value.actions[0]?.deliverables.map(({ key }) => key)).toEqual(["d1", "d2"]);
    expect(done.ok && done.value.themes.every(({ withoutAction }) => withoutAction === null)).toBe(true);
    const nothing = carryOver(started, { fromYear: 2026, toYear: 2027, keys: [], progress: new Map() });
    expect(nothing).toEqual({ ok: false, refusal: "nothing-chosen" });
    const back = carryOver(started, { fromYear: 2026, toYear: 2026, keys: ["a1"], progress: new Map() });
    expect(back).toEqual({ ok: false, refusal: "year-not-after" });
  });
});

describe("l’évaluation — convention, art. 7 ; protocole de Sceaux, art. 5", () => {
  it("cinq critères d’un côté, quatre de l’autre", () => {
    expect(PROTOCOL_MODELS["social-actors"]).toHaveLength(5);
    expect(PROTOCOL_MODELS["local-protocol"]).toHaveLength(4);
    expect(checkProtocol({ method: "", criteria: [] })).toEqual(["no-criterion"]);
    const twice = PROTOCOL_MODELS["local-protocol"].slice(0, 1);
    expect(checkProtocol({ method: "", criteria: [...twice, ...twice] })).toEqual(["criterion-given-twice"]);
  });

  it("propriété : aucun bilan ne se clôt avec un critère vide", () => {
    const criteria = PROTOCOL_MODELS["social-actors"];
    const entries = fc.array(
      fc.record({
        criterionKey: fc.constantFrom(...criteria.map(({ key }) => key)),
        score: fc.constantFrom(1, 2, 3, 4),
        narrative: fc.constantFrom("", "  trop court ", "Une appréciation qui dit quelque chose."),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(entries, (given) => {
        const told = given as readonly CriterionEntry[];
        const decision = closeReport({ isClosed: false, isProtocolAdopted: true, criteria, entries: told });
        const isFull = criteria.every(
          ({ key }) => (told.filter(({ criterionKey }) => criterionKey === key).at(-1)?.narrative ?? "").length > 20,
        );
        expect(decision.ok).toBe(isFull);
      }),
    );
    const facts = { isClosed: false, isProtocolAdopted: false, criteria, entries: [] };
    expect(closeReport(facts)).toMatchObject({ refusal: { kind: "protocol-not-adopted" } });
    expect(closeReport({ ...facts, isClosed: true })).toMatchObject({ refusal: { kind: "already-closed" } });
  });
});
