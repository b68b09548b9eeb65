import { describe, expect, it } from "vitest";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import {
  cancelMeeting,
  checkSchedule,
  closeMeeting,
  conveneMeeting,
  MEETING_STATES,
  meetingOutcome,
  nextState,
  openMeeting,
  resumeMeeting,
  suspendMeeting,
  type MeetingState,
  type MeetingTransition,
} from "~/domain/meeting/lifecycle";

const scheduledAt = toLocalDateTime("2026-12-14T18:30");
const noticeRules = { days: 3, counting: "days", urgencyAllowed: true } as const;
const refusalOf = (decision: { ok: boolean; refusal?: unknown }) => (decision.ok ? null : decision.refusal);

describe("nextState — les passages d’un état à l’autre, tous", () => {
  const expected: Record<MeetingState, Record<MeetingTransition, MeetingState | null>> = {
    planned: { convene: "convened", open: null, suspend: null, resume: null, close: null, cancel: "cancelled" },
    convened: { convene: null, open: "open", suspend: null, resume: null, close: null, cancel: "cancelled" },
    open: { convene: null, open: null, suspend: "suspended", resume: null, close: "closed", cancel: null },
    suspended: { convene: null, open: null, suspend: null, resume: "open", close: "closed", cancel: null },
    closed: { convene: null, open: null, suspend: null, resume: null, close: null, cancel: null },
    cancelled: { convene: null, open: null, suspend: null, resume: null, close: null, cancel: null },
  };
  const transitions = ["convene", "open", "suspend", "resume", "close", "cancel"] as const;
  const cases = MEETING_STATES.flatMap((state) => transitions.map((transition) => ({ state, transition })));
  it.each(cases)("$state, $transition", ({ state, transition }) => {
    const target = expected[state][transition];
    expect(nextState(state, transition)).toStrictEqual(
      target === null ? { ok: false, refusal: "wrong-state" } : { ok: true, value: target },
    );
  });
});

describe("checkSchedule — l’heure d’une séance", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  it.each([
    { case: "à venir", at: "2026-12-14T18:30", refusal: null },
    { case: "à l’instant", at: "2026-03-01T13:00", refusal: null },
    { case: "une minute trop tôt", at: "2026-03-01T12:59", refusal: "meeting-in-past" },
    { case: "l’an passé", at: "2025-12-14T18:30", refusal: "meeting-in-past" },
    { case: "heure sautée de mars", at: "2026-03-29T02:30", refusal: "time-does-not-exist" },
    { case: "heure doublée d’octobre", at: "2026-10-25T02:30", refusal: null },
  ])("$case", ({ at, refusal }) => expect(refusalOf(checkSchedule(toLocalDateTime(at), now))).toBe(refusal));
});

describe("conveneMeeting — CASF art. R.123-16 (modèle)", () => {
  const facts = {
    state: "planned",
    scheduledAt,
    agendaItemCount: 3,
    isSecondConvening: false,
    urgencyReason: null,
  } as const;
  const inTime = new Date("2026-12-10T09:00:00Z");
  const late = new Date("2026-12-13T09:00:00Z");
  const urgencyReason = "Facture à régler avant la fin de l’exercice";
  it.each([
    { case: "délai respecté", facts, now: inTime, refusal: null },
    {
      case: "déjà convoquée (double clic)",
      facts: { ...facts, state: "convened" },
      now: inTime,
      refusal: "wrong-state",
    },
    { case: "sans date", facts: { ...facts, scheduledAt: null }, now: inTime, refusal: "date-missing" },
    { case: "ordre du jour vide", facts: { ...facts, agendaItemCount: 0 }, now: inTime, refusal: "agenda-empty" },
    { case: "délai trop court", facts, now: late, refusal: "notice-too-short" },
    { case: "urgence motivée", facts: { ...facts, urgencyReason }, now: late, refusal: null },
    {
      case: "seconde convocation : l’urgence n’abrège rien",
      facts: { ...facts, urgencyReason, isSecondConvening: true },
      now: late,
      refusal: "urgency-not-allowed",
    },
    {
      case: "seconde convocation dans les délais",
      facts: { ...facts, isSecondConvening: true },
      now: inTime,
      refusal: null,
    },
    {
      case: "à l’heure de la séance, urgence comprise",
      facts: { ...facts, urgencyReason },
      now: new Date("2026-12-14T17:30:00Z"),
      refusal: "meeting-date-passed",
    },
    {
      case: "une minute avant, en urgence",
      facts: { ...facts, urgencyReason },
      now: new Date("2026-12-14T17:29:00Z"),
      refusal: null,
    },
  ] as const)("$case", ({ facts: given, now, refusal }) => {
    expect(refusalOf(conveneMeeting(given, noticeRules, now))).toBe(refusal);
  });

  it("le jour de l’envoi est celui de Paris : 23 h 30 UTC le 10 est déjà le 11", () => {
    const sent = conveneMeeting(facts, noticeRules, new Date("2026-12-10T23:30:00Z"));
    expect(sent.ok && sent.value.notice.count).toMatchObject({
      sentOn: "2026-12-11",
      days: 3,
      clearDays: 2,
      isMet: true,
    });
  });
});

describe("openMeeting — pas plus de deux heures avant l’heure", () => {
  const facts = { state: "convened", scheduledAt, isChairNamed: true, isSecretaryNamed: true } as const;
  it.each([
    { case: "à l’heure", facts, utc: "2026-12-14T17:30:00Z", refusal: null },
    { case: "deux heures avant, juste", facts, utc: "2026-12-14T15:30:00Z", refusal: null },
    { case: "une seconde plus tôt", facts, utc: "2026-12-14T15:29:59Z", refusal: "too-early" },
    { case: "en retard", facts, utc: "2026-12-14T19:00:00Z", refusal: null },
    {
      case: "non convoquée",
      facts: { ...facts, state: "planned" },
      utc: "2026-12-14T17:30:00Z",
      refusal: "wrong-state",
    },
    { case: "déjà ouverte", facts: { ...facts, state: "open" }, utc: "2026-12-14T17:30:00Z", refusal: "wrong-state" },
    {
      case: "sans présidence",
      facts: { ...facts, isChairNamed: false },
      utc: "2026-12-14T17:30:00Z",
      refusal: "chair-missing",
    },
    {
      case: "sans secrétaire (CGCT art. L.2121-15)",
      facts: { ...facts, isSecretaryNamed: false },
      utc: "2026-12-14T17:30:00Z",
      refusal: "secretary-missing",
    },
  ] as const)("$case", ({ facts: given, utc, refusal }) =>
    expect(refusalOf(openMeeting(given, new Date(utc)))).toBe(refusal),
  );
});

describe("suspendMeeting, resumeMeeting, closeMeeting, cancelMeeting", () => {
  it.each([
    { case: "suspendre", decision: suspendMeeting({ state: "open", openPollCount: 0 }), refusal: null },
    {
      case: "suspendre pendant un vote",
      decision: suspendMeeting({ state: "open", openPollCount: 1 }),
      refusal: "poll-open",
    },
    {
      case: "suspendre deux fois",
      decision: suspendMeeting({ state: "suspended", openPollCount: 0 }),
      refusal: "wrong-state",
    },
    { case: "reprendre", decision: resumeMeeting("suspended"), refusal: null },
    { case: "reprendre une séance ouverte", decision: resumeMeeting("open"), refusal: "wrong-state" },
    { case: "lever", decision: closeMeeting({ state: "open", openPollCount: 0 }), refusal: null },
    {
      case: "lever une séance suspendue",
      decision: closeMeeting({ state: "suspended", openPollCount: 0 }),
      refusal: null,
    },
    {
      case: "lever pendant un vote",
      decision: closeMeeting({ state: "open", openPollCount: 2 }),
      refusal: "poll-open",
    },
    { case: "lever deux fois", decision: closeMeeting({ state: "closed", openPollCount: 0 }), refusal: "wrong-state" },
    { case: "annuler avec un motif", decision: cancelMeeting("convened", "Salle indisponible"), refusal: null },
    { case: "annuler sans motif", decision: cancelMeeting("planned", "  "), refusal: "reason-missing" },
    {
      case: "annuler une séance ouverte",
      decision: cancelMeeting("open", "Salle indisponible"),
      refusal: "wrong-state",
    },
  ])("$case", ({ decision, refusal }) => expect(refusalOf(decision)).toBe(refusal));
});

describe("meetingOutcome — procès-verbal de carence (CASF art. R.123-17, modèle)", () => {
  it.each([
    { case: "levée, quorum atteint au moins un instant", state: "closed", everQuorate: true, outcome: "held" },
    { case: "levée sans quorum", state: "closed", everQuorate: false, outcome: "inquorate" },
    { case: "encore ouverte", state: "open", everQuorate: false, outcome: null },
    { case: "annulée", state: "cancelled", everQuorate: false, outcome: null },
  ] as const)("$case", ({ state, everQuorate, outcome }) => expect(meetingOutcome(state, everQuorate)).toBe(outcome));
});
