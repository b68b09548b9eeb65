import { describe, expect, it } from "vitest";
import { CASF_PRESET } from "~/domain/committee/rules";
import { toId, type AgendaItemId } from "~/domain/kernel/ids";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { toPlainDate } from "~/domain/kernel/plain-date";
import type { AgendaItem } from "~/domain/meeting/agenda";
import { isWithinFirstAgenda, prepareSecondConvening, type FirstMeeting } from "~/domain/meeting/second-convening";

const item = (id: string, position: number, title = `Point ${id}`): AgendaItem => ({
  id: toId(id),
  position,
  kind: "discussion",
  title,
  rapporteur: null,
  durationMinutes: 10,
  subjectId: null,
  copiedFromId: null,
});
const first: FirstMeeting = {
  id: toId("m1"),
  state: "closed",
  everQuorate: false,
  failureDeclared: true,
  isSecondConvening: false,
  secondMeetingId: null,
  agenda: [item("bb", 2), item("aa", 1)],
};
const prepare = (meeting: FirstMeeting, scheduledAt = "2026-12-18T18:30", rules = CASF_PRESET) => {
  let next = 0;
  return prepareSecondConvening(meeting, {
    scheduledAt: toLocalDateTime(scheduledAt),
    today: toPlainDate("2026-12-14"),
    rules,
    newItemId: (): AgendaItemId => toId(`copy${(next += 1)}`),
  });
};

describe("prepareSecondConvening — CASF art. R.123-17 (modèle)", () => {
  it("reprend le seul ordre du jour, avec un nouveau délai et sans condition de quorum", () => {
    expect(prepare(first)).toMatchObject({
      ok: true,
      value: {
        firstMeetingId: "m1",
        scheduledAt: "2026-12-18T18:30",
        quorum: "none",
        agenda: [
          { id: "copy1", position: 1, title: "Point aa", copiedFromId: "aa" },
          { id: "copy2", position: 2, title: "Point bb", copiedFromId: "bb" },
        ],
        notice: { days: 4, clearDays: 3, isMet: true },
        sendBy: "2026-12-15",
      },
    });
  });

  it.each([
    { case: "levée sans quorum, trois jours après", meeting: first, at: "2026-12-17T18:30", refusal: null },
    { case: "deux jours après", meeting: first, at: "2026-12-16T18:30", refusal: "second-meeting-too-soon" },
    { case: "avant la première", meeting: first, at: "2026-12-01T18:30", refusal: "second-meeting-too-soon" },
    {
      case: "quorum atteint un moment",
      meeting: { ...first, everQuorate: true },
      at: "2026-12-18T18:30",
      refusal: "quorum-was-reached",
    },
    { case: "constat à l’ouverture", meeting: { ...first, state: "open" }, at: "2026-12-18T18:30", refusal: null },
    {
      case: "constat, puis suspension",
      meeting: { ...first, state: "suspended" },
      at: "2026-12-18T18:30",
      refusal: null,
    },
    {
      case: "ouverte, sans constat",
      meeting: { ...first, state: "open", failureDeclared: false },
      at: "2026-12-18T18:30",
      refusal: "first-meeting-not-over",
    },
    {
      case: "pas encore ouverte",
      meeting: { ...first, state: "convened" },
      at: "2026-12-18T18:30",
      refusal: "first-meeting-not-over",
    },
    {
      case: "annulée",
      meeting: { ...first, state: "cancelled" },
      at: "2026-12-18T18:30",
      refusal: "first-meeting-cancelled",
    },
    {
      case: "déjà une seconde convocation",
      meeting: { ...first, isSecondConvening: true },
      at: "2026-12-18T18:30",
      refusal: "already-a-second-convening",
    },
    {
      case: "déjà reconvoquée (double clic)",
      meeting: { ...first, secondMeetingId: toId<"meeting">("m2") },
      at: "2026-12-18T18:30",
      refusal: "already-reconvened",
    },
    { case: "rien à reprendre", meeting: { ...first, agenda: [] }, at: "2026-12-18T18:30", refusal: "agenda-empty" },
  ] as const)("$case", ({ meeting, at, refusal }) => {
    const prepared = prepare(meeting, at);
    expect(prepared.ok ? null : prepared.refusal).toBe(refusal);
  });

  it("suit le règlement : même quorum, jours francs", () => {
    const rules = {
      ...CASF_PRESET,
      secondConvening: { quorum: "same" as const },
      notice: { ...CASF_PRESET.notice, counting: "clear-days" as const },
    };
    expect(prepare(first, "2026-12-17T18:30", rules)).toStrictEqual({ ok: false, refusal: "second-meeting-too-soon" });
    expect(prepare(first, "2026-12-18T18:30", rules)).toMatchObject({ ok: true, value: { quorum: "same" } });
  });
});

describe("isWithinFirstAgenda — même ordre du jour", () => {
  const copy = (id: string, from: string, title = `Point ${from}`) => ({
    ...item(id, 1, title),
    copiedFromId: toId<"agenda-item">(from),
  });
  it.each([
    { case: "copie entière", second: [copy("c1", "aa"), copy("c2", "bb")], within: true },
    { case: "un point retiré, ordre changé", second: [copy("c2", "bb")], within: true },
    { case: "vide", second: [], within: true },
    { case: "point ajouté", second: [copy("c1", "aa"), item("c9", 2)], within: false },
    { case: "point d’une autre séance", second: [copy("c1", "zz")], within: false },
    { case: "point doublé", second: [copy("c1", "aa"), copy("c2", "aa")], within: false },
    { case: "titre changé", second: [copy("c1", "aa", "Autre chose")], within: false },
  ])("$case", ({ second, within }) => expect(isWithinFirstAgenda(second, first.agenda)).toBe(within));
});
