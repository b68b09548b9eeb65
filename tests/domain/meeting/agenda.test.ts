import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toId, type AgendaItemId } from "~/domain/kernel/ids";
import {
  addPendingItems,
  checkAgendaChange,
  checkAgendaItem,
  decideProposal,
  moveAgendaItem,
  orderAgenda,
  proposeAgendaItem,
  totalDuration,
  type AgendaItem,
} from "~/domain/meeting/agenda";

const item = (id: string, position: number, rest: Partial<AgendaItem> = {}): AgendaItem => ({
  id: toId(id),
  position,
  kind: "discussion",
  title: `Point ${id}`,
  rapporteur: null,
  durationMinutes: null,
  subjectId: null,
  copiedFromId: null,
  ...rest,
});
const agenda = [item("aa", 1), item("bb", 2), item("cc", 3)];
const order = (items: readonly AgendaItem[]) => items.map(({ id, position }) => `${position}:${id}`).join(" ");
const refusalOf = (decision: { ok: boolean; refusal?: unknown }) => (decision.ok ? null : decision.refusal);

describe("checkAgendaItem — un point de l’ordre du jour", () => {
  const draft = {
    kind: "information",
    title: "Bilan de l’été",
    rapporteur: null,
    durationMinutes: 10,
    subjectId: null,
  } as const;
  it.each([
    { case: "complet", draft, refusals: [] },
    { case: "sans durée", draft: { ...draft, durationMinutes: null }, refusals: [] },
    {
      case: "titre de deux lettres et des espaces",
      draft: { ...draft, title: " ab  " },
      refusals: ["title-too-short"],
    },
    { case: "titre de 200 caractères", draft: { ...draft, title: "a".repeat(200) }, refusals: [] },
    { case: "titre de 201 caractères", draft: { ...draft, title: "a".repeat(201) }, refusals: ["title-too-long"] },
    {
      case: "rapporteur interminable",
      draft: { ...draft, rapporteur: "a".repeat(121) },
      refusals: ["rapporteur-too-long"],
    },
    { case: "durée nulle", draft: { ...draft, durationMinutes: 0 }, refusals: ["duration-out-of-range"] },
    { case: "durée négative", draft: { ...draft, durationMinutes: -5 }, refusals: ["duration-out-of-range"] },
    { case: "durée à virgule", draft: { ...draft, durationMinutes: 1.5 }, refusals: ["duration-out-of-range"] },
    { case: "neuf heures", draft: { ...draft, durationMinutes: 481 }, refusals: ["duration-out-of-range"] },
    { case: "dépense sans demande", draft: { ...draft, kind: "expense-validation" }, refusals: ["subject-missing"] },
    { case: "PV à approuver, lequel ?", draft: { ...draft, kind: "minutes-approval" }, refusals: ["subject-missing"] },
    { case: "dépense nommée", draft: { ...draft, kind: "expense-validation", subjectId: "exp1" }, refusals: [] },
    {
      case: "tout est faux",
      draft: { ...draft, kind: "ratification", title: "", durationMinutes: 0 },
      refusals: ["subject-missing", "title-too-short", "duration-out-of-range"],
    },
  ] as const)("$case", ({ draft: given, refusals }) => expect(checkAgendaItem(given)).toStrictEqual(refusals));
});

describe("moveAgendaItem — monter, descendre", () => {
  it.each([
    { case: "monter le deuxième", id: "bb", direction: "up", result: "1:bb 2:aa 3:cc" },
    { case: "descendre le deuxième", id: "bb", direction: "down", result: "1:aa 2:cc 3:bb" },
    { case: "monter le dernier", id: "cc", direction: "up", result: "1:aa 2:cc 3:bb" },
    { case: "monter le premier", id: "aa", direction: "up", result: "already-first" },
    { case: "descendre le dernier", id: "cc", direction: "down", result: "already-last" },
    { case: "point d’une autre séance", id: "zz", direction: "up", result: "item-unknown" },
  ] as const)("$case", ({ id, direction, result }) => {
    const moved = moveAgendaItem(agenda, toId(id), direction);
    expect(moved.ok ? order(moved.value) : moved.refusal).toBe(result);
  });

  it("normalise les positions trouées", () => {
    expect(order(orderAgenda([item("aa", 9), item("bb", -2), item("cc", 4)]))).toBe("1:bb 2:cc 3:aa");
  });

  it("ne perd aucun point, et défait ce qu’il fait", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 2, maxLength: 12 }), fc.nat(), (positions, pick) => {
        const items = orderAgenda(positions.map((position, index) => item(`item${index}`, position)));
        const chosen = items[pick % items.length]!;
        const down = moveAgendaItem(items, chosen.id, "down");
        if (!down.ok) {
          expect(down.refusal).toBe("already-last");
          return;
        }
        expect(down.value.map(({ position }) => position)).toStrictEqual(items.map((_, index) => index + 1));
        const back = moveAgendaItem(down.value, chosen.id, "up");
        expect(back.ok && order(back.value)).toBe(order(items));
      }),
    );
  });
});

describe("addPendingItems — CGCT art. L.2121-15 (modèle) : le PV précédent vient en premier, puis ce qui est à ratifier", () => {
  const pending = [
    { kind: "minutes-approval", subjectId: "pv1", title: "Approbation du procès-verbal n° 1" },
    { kind: "minutes-approval", subjectId: "pv2", title: "Approbation du procès-verbal n° 2" },
    { kind: "ratification", subjectId: "consultation1", title: "Ratification de la consultation écrite" },
  ] as const;
  const ids = () => {
    let next = 0;
    return (): AgendaItemId => toId(`new${(next += 1)}`);
  };

  it("ajoute en tête les PV en attente, dans l’ordre, puis les ratifications", () => {
    const full = addPendingItems(agenda, pending, ids());
    expect(order(full)).toBe("1:new1 2:new2 3:new3 4:aa 5:bb 6:cc");
    expect(full[0]).toMatchObject({
      kind: "minutes-approval",
      subjectId: "pv1",
      title: "Approbation du procès-verbal n° 1",
    });
    expect(full[2]).toMatchObject({ kind: "ratification", subjectId: "consultation1" });
  });

  it("une ratification qui vient après suit les approbations déjà inscrites", () => {
    const approvals = addPendingItems(agenda, pending.slice(0, 1), ids());
    expect(order(addPendingItems(approvals, pending.slice(2), () => toId("later")))).toBe(
      "1:new1 2:later 3:aa 4:bb 5:cc",
    );
  });

  it("n’ajoute rien deux fois", () => {
    const once = addPendingItems(agenda, pending, ids());
    expect(addPendingItems(once, pending, ids())).toStrictEqual(once);
  });

  it("laisse l’ordre du jour quand rien n’attend", () =>
    expect(addPendingItems(agenda, [], ids())).toStrictEqual(agenda));
});

describe("totalDuration", () => {
  it("compte les minutes annoncées et les points sans durée", () => {
    const items = [item("aa", 1, { durationMinutes: 20 }), item("bb", 2), item("cc", 3, { durationMinutes: 45 })];
    expect(totalDuration(items)).toStrictEqual({ minutes: 65, withoutDuration: 1 });
    expect(totalDuration([])).toStrictEqual({ minutes: 0, withoutDuration: 0 });
  });
});

describe("checkAgendaChange — l’ordre du jour après la convocation (CASF art. R.123-16, modèle)", () => {
  const request = {
    meetingState: "planned",
    isSecondConvening: false,
    change: "add",
    reason: "",
    itemHasPoll: false,
  } as const;
  it.each([
    { case: "ajouter avant la convocation", request, refusal: null },
    { case: "modifier avant la convocation", request: { ...request, change: "edit" }, refusal: null },
    {
      case: "ajouter après la convocation, même motivé",
      request: { ...request, meetingState: "convened", reason: "Oubli" },
      refusal: "agenda-frozen",
    },
    {
      case: "modifier en séance",
      request: { ...request, meetingState: "open", change: "edit", reason: "Oubli" },
      refusal: "agenda-frozen",
    },
    {
      case: "retirer après la convocation, motivé",
      request: { ...request, meetingState: "convened", change: "remove", reason: "Devis non reçu" },
      refusal: null,
    },
    {
      case: "retirer sans motif",
      request: { ...request, meetingState: "convened", change: "remove", reason: " " },
      refusal: "change-reason-missing",
    },
    {
      case: "déplacer en séance, motivé",
      request: { ...request, meetingState: "open", change: "reorder", reason: "Départ anticipé" },
      refusal: null,
    },
    {
      case: "déplacer pendant la suspension",
      request: { ...request, meetingState: "suspended", change: "reorder", reason: "Départ" },
      refusal: null,
    },
    {
      case: "retirer un point déjà mis aux voix",
      request: { ...request, meetingState: "open", change: "remove", reason: "Non", itemHasPoll: true },
      refusal: "item-has-poll",
    },
    {
      case: "séance levée",
      request: { ...request, meetingState: "closed", change: "reorder", reason: "Trop tard" },
      refusal: "agenda-frozen",
    },
    { case: "séance annulée", request: { ...request, meetingState: "cancelled" }, refusal: "agenda-frozen" },
    {
      case: "seconde convocation : rien ne s’ajoute",
      request: { ...request, isSecondConvening: true },
      refusal: "second-convening-adds-nothing",
    },
    {
      case: "seconde convocation : rien ne se modifie",
      request: { ...request, isSecondConvening: true, change: "edit" },
      refusal: "second-convening-adds-nothing",
    },
    {
      case: "seconde convocation : retirer",
      request: { ...request, isSecondConvening: true, change: "remove" },
      refusal: null,
    },
  ] as const)("$case", ({ request: given, refusal }) => expect(refusalOf(checkAgendaChange(given))).toBe(refusal));
});

describe("proposeAgendaItem, decideProposal — points proposés par les membres", () => {
  it.each([
    { case: "proposer", decision: proposeAgendaItem("planned"), refusal: null },
    { case: "proposer après la convocation", decision: proposeAgendaItem("convened"), refusal: "agenda-frozen" },
    {
      case: "accepter",
      decision: decideProposal({ state: "proposed", meetingState: "planned" }, { kind: "accept" }),
      refusal: null,
    },
    {
      case: "accepter trop tard",
      decision: decideProposal({ state: "proposed", meetingState: "convened" }, { kind: "accept" }),
      refusal: "agenda-frozen",
    },
    {
      case: "refuser avec un motif",
      decision: decideProposal(
        { state: "proposed", meetingState: "convened" },
        { kind: "refuse", reason: "Hors objet" },
      ),
      refusal: null,
    },
    {
      case: "refuser sans motif",
      decision: decideProposal({ state: "proposed", meetingState: "planned" }, { kind: "refuse", reason: " " }),
      refusal: "refusal-reason-missing",
    },
    {
      case: "reporter à une séance qui se prépare",
      decision: decideProposal(
        { state: "proposed", meetingState: "convened" },
        { kind: "carry", to: { meetingState: "planned" } },
      ),
      refusal: null,
    },
    {
      case: "reporter sans séance qui se prépare",
      decision: decideProposal({ state: "proposed", meetingState: "convened" }, { kind: "carry", to: null }),
      refusal: "no-meeting-to-carry-to",
    },
    {
      case: "reporter à une séance déjà convoquée",
      decision: decideProposal(
        { state: "proposed", meetingState: "convened" },
        { kind: "carry", to: { meetingState: "convened" } },
      ),
      refusal: "no-meeting-to-carry-to",
    },
    {
      case: "décider deux fois",
      decision: decideProposal({ state: "refused", meetingState: "planned" }, { kind: "accept" }),
      refusal: "proposal-already-decided",
    },
  ])("$case", ({ decision, refusal }) => expect(refusalOf(decision)).toBe(refusal));
});
