import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Mandate } from "~/domain/committee/seats";
import { toId } from "~/domain/kernel/ids";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { toPlainDate } from "~/domain/kernel/plain-date";
import {
  attendanceOf,
  checkAttendanceEvent,
  foldAttendance,
  foldAttendanceUntil,
  isPresent,
  isWithdrawnFrom,
  listAttendancePeriods,
  listStandingEvents,
  listWithdrawnSeats,
  type AttendanceContext,
  type AttendanceEvent,
} from "~/domain/meeting/attendance";

const blain = toId<"seat">("blain");
const item = toId<"agenda-item">("item-1");
const at = (time: string) => toLocalDateTime(`2026-12-14T${time}`);

type Loose = Partial<Pick<AttendanceEvent, "kind" | "mode" | "voided">> & {
  n: number;
  time: string;
  seat?: string;
  person?: string;
  item?: string | null;
  corrects?: number;
};

function event({
  n,
  time,
  seat = "blain",
  person = "titulaire",
  item: about = null,
  corrects,
  ...rest
}: Loose): AttendanceEvent {
  return {
    kind: "arrival",
    mode: "in-person",
    voided: false,
    ...rest,
    id: toId(`event-${n}`),
    sequence: n,
    seatId: toId(seat),
    personId: toId(person),
    at: at(time),
    itemId: about === null ? null : toId(about),
    corrects: corrects === undefined ? null : toId(`event-${corrects}`),
  };
}

const mandate = (seat: string, person: string, role: Mandate["role"]): Mandate => ({
  id: toId(`mandate-${person}`),
  seatId: toId(seat),
  personId: toId(person),
  role,
  startsOn: toPlainDate("2026-01-01"),
  endsOn: toPlainDate("2026-12-31"),
  isMunicipalOfficial: true,
  isInChargeOfSocialAffairs: true,
});

const context = (events: readonly AttendanceEvent[], changes: Partial<AttendanceContext> = {}): AttendanceContext => ({
  events,
  mandates: [
    mandate("blain", "titulaire", "titular"),
    mandate("blain", "suppleante", "substitute"),
    mandate("bouvron", "voisin", "titular"),
  ],
  rules: { remoteAttendance: { allowed: true } },
  plannedAt: at("18:30"),
  openedAt: at("18:35"),
  closedAt: null,
  now: at("20:00"),
  ...changes,
});

describe("feuille de présence à la minute", () => {
  const events = [
    event({ n: 1, time: "18:20" }),
    event({ n: 2, time: "18:40", seat: "bouvron", person: "voisin", mode: "remote" }),
    event({ n: 3, time: "19:10", kind: "departure" }),
    event({ n: 4, time: "19:10", person: "suppleante" }),
  ];

  it.each([
    { case: "avant toute arrivée", time: "18:19", sitting: null },
    { case: "la minute de l’arrivée", time: "18:20", sitting: "titulaire" },
    { case: "juste avant le relais", time: "19:09", sitting: "titulaire" },
    { case: "la minute du relais : la suppléante siège", time: "19:10", sitting: "suppleante" },
  ])("$case", ({ time, sitting }) => {
    expect(attendanceOf(foldAttendanceUntil(events, at(time)), blain).sitting?.personId ?? null).toBe(sitting);
  });

  it("donne les périodes de chacun, dans l’ordre des arrivées", () => {
    expect(listAttendancePeriods(events)).toEqual([
      {
        seatId: "blain",
        personId: "titulaire",
        mode: "in-person",
        from: "2026-12-14T18:20",
        until: "2026-12-14T19:10",
      },
      { seatId: "bouvron", personId: "voisin", mode: "remote", from: "2026-12-14T18:40", until: null },
      { seatId: "blain", personId: "suppleante", mode: "in-person", from: "2026-12-14T19:10", until: null },
    ]);
  });

  it("une entrée écrite après coup reprend sa place dans le temps", () => {
    const late = event({ n: 5, time: "18:10", seat: "bouvron", person: "voisin" });
    expect(isPresent(foldAttendanceUntil([...events, late], at("18:15")), toId("bouvron"))).toBe(true);
  });
});

describe("corrections par de nouvelles entrées", () => {
  const arrival = event({ n: 1, time: "18:30" });

  it("remplace l’heure sans effacer la première entrée", () => {
    const correction = event({ n: 2, time: "18:45", corrects: 1 });
    expect(isPresent(foldAttendanceUntil([arrival, correction], at("18:40")), blain)).toBe(false);
    expect(isPresent(foldAttendance([arrival, correction]), blain)).toBe(true);
  });

  it("la correction d’une correction l’emporte, l’annulation efface l’effet", () => {
    const second = event({ n: 2, time: "18:45", corrects: 1 });
    const third = event({ n: 3, time: "18:50", corrects: 2 });
    expect(listStandingEvents([third, arrival, second]).map(({ id }) => id)).toEqual(["event-3"]);
    const voided = event({ n: 4, time: "18:50", corrects: 3, voided: true });
    expect(listStandingEvents([arrival, second, third, voided])).toEqual([]);
  });

  it("dans la même minute, la correction garde le rang de l’entrée corrigée", () => {
    const departure = event({ n: 2, time: "18:30", kind: "departure" });
    const correction = event({ n: 3, time: "18:30", mode: "remote", corrects: 1 });
    expect(isPresent(foldAttendance([arrival, departure, correction]), blain)).toBe(false);
    expect(isPresent(foldAttendance([departure, correction, arrival]), blain)).toBe(false);
  });

  it("une correction d’une entrée inconnue est un registre abîmé", () => {
    expect(() => foldAttendance([event({ n: 2, time: "18:30", corrects: 1 })])).toThrow("corrects no earlier entry");
  });
});

describe("déport par point", () => {
  const arrival = event({ n: 1, time: "18:30" });
  const withdrawal = event({ n: 2, time: "18:50", kind: "withdrawal", item: "item-1" });

  it("vaut pour le point, et tombe au retour", () => {
    const room = foldAttendance([arrival, withdrawal]);
    expect(listWithdrawnSeats(room, item)).toEqual(["blain"]);
    expect(isWithdrawnFrom(room, blain, toId("item-2"))).toBe(false);
    const back = event({ n: 3, time: "19:00", kind: "return", item: "item-1" });
    expect(isWithdrawnFrom(foldAttendance([arrival, withdrawal, back]), blain, item)).toBe(false);
  });

  it("reste après le départ de la personne, mais pas pour sa suppléante", () => {
    const departure = event({ n: 3, time: "18:55", kind: "departure" });
    const relay = event({ n: 4, time: "18:56", person: "suppleante" });
    expect(isWithdrawnFrom(foldAttendance([arrival, withdrawal, departure]), blain, item)).toBe(true);
    expect(isWithdrawnFrom(foldAttendance([arrival, withdrawal, departure, relay]), blain, item)).toBe(false);
  });
});

describe("refus d’une entrée", () => {
  const arrival = event({ n: 1, time: "18:30" });

  it.each([
    { case: "arrive deux fois", given: event({ n: 2, time: "18:40" }), refusal: "already-present" },
    {
      case: "titulaire et suppléante à la fois",
      given: event({ n: 2, time: "18:40", person: "suppleante" }),
      refusal: "other-holder-present",
    },
    {
      case: "part sans être là",
      given: event({ n: 2, time: "18:40", kind: "departure", seat: "bouvron", person: "voisin" }),
      refusal: "not-present",
    },
    {
      case: "le départ de l’autre titulaire du siège",
      given: event({ n: 2, time: "18:40", kind: "departure", person: "suppleante" }),
      refusal: "not-present",
    },
    {
      case: "ni titulaire ni suppléante",
      given: event({ n: 2, time: "18:40", person: "voisin" }),
      refusal: "person-not-a-holder",
    },
    {
      case: "plus de deux heures avant",
      given: event({ n: 2, time: "16:29", seat: "bouvron", person: "voisin" }),
      refusal: "too-early",
    },
    {
      case: "dans le futur",
      given: event({ n: 2, time: "20:01", seat: "bouvron", person: "voisin" }),
      refusal: "in-the-future",
    },
    {
      case: "déport avant l’ouverture",
      given: event({ n: 2, time: "18:34", kind: "withdrawal", item: "item-1" }),
      refusal: "meeting-not-open",
    },
    { case: "déport sans point", given: event({ n: 2, time: "18:40", kind: "withdrawal" }), refusal: "item-missing" },
    {
      case: "retour sans déport",
      given: event({ n: 2, time: "18:40", kind: "return", item: "item-1" }),
      refusal: "not-withdrawn",
    },
    {
      case: "annule sans rien nommer",
      given: event({ n: 2, time: "18:40", voided: true }),
      refusal: "nothing-to-void",
    },
    {
      case: "corrige une entrée inconnue",
      given: event({ n: 3, time: "18:40", corrects: 2 }),
      refusal: "corrected-entry-unknown",
    },
    {
      case: "corrige l’entrée d’un autre siège",
      given: event({ n: 2, time: "18:40", seat: "bouvron", person: "voisin", corrects: 1 }),
      refusal: "corrects-another-seat",
    },
  ])("$case", ({ given, refusal }) => {
    expect(checkAttendanceEvent(context([arrival]), given)).toEqual({ ok: false, refusal });
  });

  it.each([
    {
      case: "visio quand le règlement la refuse",
      events: [],
      given: event({ n: 1, time: "18:40", mode: "remote" }),
      changes: { rules: { remoteAttendance: { allowed: false } } },
      refusal: "remote-not-allowed",
    },
    {
      case: "après la clôture",
      events: [],
      given: event({ n: 1, time: "19:31" }),
      changes: { closedAt: at("19:30") },
      refusal: "after-closing",
    },
    {
      case: "déport deux fois",
      events: [arrival, event({ n: 2, time: "18:40", kind: "withdrawal", item: "item-1" })],
      given: event({ n: 3, time: "18:41", kind: "withdrawal", item: "item-1" }),
      changes: {},
      refusal: "already-withdrawn",
    },
    {
      case: "mandat fini la veille",
      events: [],
      given: event({ n: 1, time: "18:40" }),
      changes: { mandates: [{ ...mandate("blain", "titulaire", "titular"), endsOn: toPlainDate("2026-12-13") }] },
      refusal: "person-not-a-holder",
    },
    {
      case: "page périmée : l’entrée est déjà corrigée",
      events: [arrival, event({ n: 2, time: "18:45", corrects: 1 })],
      given: event({ n: 3, time: "18:50", corrects: 1 }),
      changes: {},
      refusal: "corrected-entry-superseded",
    },
    {
      case: "corrige une annulation",
      events: [arrival, event({ n: 2, time: "18:30", corrects: 1, voided: true })],
      given: event({ n: 3, time: "18:50", corrects: 2 }),
      changes: {},
      refusal: "corrected-entry-superseded",
    },
    {
      case: "annule une arrivée suivie d’un départ",
      events: [arrival, event({ n: 2, time: "19:00", kind: "departure" })],
      given: event({ n: 3, time: "18:30", corrects: 1, voided: true }),
      changes: {},
      refusal: "contradicts-another-entry",
    },
  ])("$case", ({ events, given, changes, refusal }) => {
    expect(checkAttendanceEvent(context(events, changes), given)).toEqual({ ok: false, refusal });
  });

  it.each([
    { case: "arrivée deux heures avant, tout juste", events: [], given: event({ n: 1, time: "16:30" }) },
    { case: "la minute présente", events: [], given: event({ n: 1, time: "20:00" }) },
    {
      case: "relais dans la même minute",
      events: [arrival, event({ n: 2, time: "19:00", kind: "departure" })],
      given: event({ n: 3, time: "19:00", person: "suppleante" }),
    },
    {
      case: "revient après être partie",
      events: [arrival, event({ n: 2, time: "19:00", kind: "departure" })],
      given: event({ n: 3, time: "19:30" }),
    },
    {
      case: "déport déclaré par une absente",
      events: [],
      given: event({ n: 1, time: "18:40", kind: "withdrawal", item: "item-1" }),
    },
    {
      case: "annule une arrivée entrée par erreur",
      events: [arrival],
      given: event({ n: 2, time: "18:30", corrects: 1, voided: true }),
    },
    {
      case: "corrige la personne : c’était la suppléante",
      events: [arrival],
      given: event({ n: 2, time: "18:30", person: "suppleante", corrects: 1 }),
    },
  ])("accepte : $case", ({ events, given }) => {
    expect(checkAttendanceEvent(context(events), given)).toEqual({ ok: true, value: given });
  });
});

describe("propriétés de la présence", () => {
  const attempt = fc.record({
    kind: fc.constantFrom("arrival" as const, "departure" as const),
    person: fc.constantFrom("titulaire", "suppleante"),
    minute: fc.integer({ min: 0, max: 59 }),
    corrects: fc.option(fc.nat({ max: 10 }), { nil: undefined }),
    voided: fc.boolean(),
  });

  it("d’entrées acceptées, jamais deux personnes à la fois sur un siège ; l’ordre de lecture ne change rien", () => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 15 }), (attempts) => {
        const events: AttendanceEvent[] = [];
        attempts.forEach(({ minute, corrects, ...rest }, n) => {
          const time = `18:${String(minute).padStart(2, "0")}`;
          const given = event({ n, time, ...rest, ...(corrects === undefined ? {} : { corrects }) });
          if (checkAttendanceEvent(context(events), given).ok) events.push(given);
        });
        const periods = listAttendancePeriods(events);
        periods.slice(1).forEach((period, index) => {
          expect(periods[index]!.until).not.toBeNull();
          expect(period.from >= periods[index]!.until!).toBe(true);
        });
        expect(foldAttendance([...events].reverse())).toEqual(foldAttendance(events));
      }),
    );
  });
});
