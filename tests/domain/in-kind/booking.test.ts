import { describe, expect, it } from "vitest";
import { answerBooking, cancelBooking, checkBooking, overlaps, valueLoans, type Lent } from "~/domain/in-kind/booking";
import { toCents } from "~/domain/kernel/money";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { toPlainDate } from "~/domain/kernel/plain-date";

const at = toLocalDateTime;
const slot = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) });
const lent: Lent = { kind: "meeting-room", noticeDays: 15, lentUntil: toPlainDate("2026-12-31") };
const request = {
  ...slot("2026-10-16T09:00", "2026-10-16T12:00"),
  quantity: 3,
  purpose: "Atelier du formulaire unique",
  axis: "inter-ccas" as const,
};
const room = { today: toPlainDate("2026-10-01"), accepted: [] };

describe("checkBooking — convention, art. 5.2 à 5.4", () => {
  it("quinze jours exactement : le délai est tenu", () => expect(checkBooking(request, lent, room)).toEqual([]));

  it.each([
    ["quatorze jours", request, { ...room, today: toPlainDate("2026-10-02") }, lent, ["notice-too-short"]],
    [
      "le jour même, délai nul du propriétaire",
      request,
      { ...room, today: toPlainDate("2026-10-16") },
      { ...lent, noticeDays: 0 },
      [],
    ],
    ["sans but", { ...request, purpose: "  " }, room, lent, ["purpose-missing"]],
    [
      "fin avant début",
      { ...request, ...slot("2026-10-16T12:00", "2026-10-16T12:00") },
      room,
      lent,
      ["ends-before-start"],
    ],
    ["quantité nulle", { ...request, quantity: 0 }, room, lent, ["quantity-not-positive"]],
    [
      "plus d’un mois",
      { ...request, ...slot("2026-10-16T09:00", "2026-11-17T09:00") },
      room,
      lent,
      ["longer-than-a-month"],
    ],
    ["dernier jour de la convention", { ...request, ...slot("2026-12-31T09:00", "2026-12-31T12:00") }, room, lent, []],
    [
      "lendemain de la convention",
      { ...request, ...slot("2027-01-01T09:00", "2027-01-01T12:00") },
      room,
      lent,
      ["beyond-agreement"],
    ],
    [
      "déjà promise",
      request,
      { ...room, accepted: [slot("2026-10-16T11:59", "2026-10-16T14:00")] },
      lent,
      ["already-taken"],
    ],
    [
      "libérée à la minute où l’on arrive",
      request,
      { ...room, accepted: [slot("2026-10-16T08:00", "2026-10-16T09:00")] },
      lent,
      [],
    ],
    [
      "des fluides servent plusieurs usages",
      request,
      { ...room, accepted: [slot("2026-10-16T08:00", "2026-10-16T18:00")] },
      { ...lent, kind: "utilities" as const },
      [],
    ],
  ])("%s", (_case, asked, when, thing, refusals) => expect(checkBooking(asked, thing, when)).toEqual(refusals));
});

describe("overlaps", () => {
  it("deux créneaux qui se touchent ne se gênent pas", () => {
    expect(overlaps(slot("2026-10-16T08:00", "2026-10-16T09:00"), slot("2026-10-16T09:00", "2026-10-16T10:00"))).toBe(
      false,
    );
    expect(overlaps(slot("2026-10-16T08:00", "2026-10-16T12:00"), slot("2026-10-16T09:00", "2026-10-16T10:00"))).toBe(
      true,
    );
  });
});

describe("answerBooking — le propriétaire répond", () => {
  const booking = {
    ...slot("2026-10-16T09:00", "2026-10-16T12:00"),
    status: "requested" as const,
    kind: "meeting-room" as const,
  };
  const owner = { actsForOwner: true, now: at("2026-10-02T10:00"), accepted: [] };
  it.each([
    ["un autre CCAS", booking, { isAccepted: true, reason: "" }, { ...owner, actsForOwner: false }, "not-the-owner"],
    [
      "déjà répondue",
      { ...booking, status: "accepted" as const },
      { isAccepted: true, reason: "" },
      owner,
      "already-answered",
    ],
    ["refus sans motif", booking, { isAccepted: false, reason: " " }, owner, "reason-missing"],
    ["passée", booking, { isAccepted: true, reason: "" }, { ...owner, now: at("2026-10-16T12:00") }, "already-past"],
    [
      "prise entre-temps",
      booking,
      { isAccepted: true, reason: "" },
      { ...owner, accepted: [slot("2026-10-16T10:00", "2026-10-16T11:00")] },
      "already-taken",
    ],
  ])("%s", (_case, asked, answer, when, refusal) =>
    expect(answerBooking(asked, answer, when)).toEqual({ ok: false, refusal }),
  );
  it("accepte, ou refuse avec un motif", () => {
    expect(answerBooking(booking, { isAccepted: true, reason: "" }, owner)).toEqual({ ok: true, value: "accepted" });
    expect(answerBooking(booking, { isAccepted: false, reason: "Salle en travaux" }, owner)).toEqual({
      ok: true,
      value: "refused",
    });
  });
});

describe("cancelBooking", () => {
  const booking = { ...slot("2026-10-16T09:00", "2026-10-16T12:00"), status: "accepted" as const };
  it.each([
    ["pas la sienne", booking, { mayCancel: false, now: at("2026-10-02T10:00") }, "not-yours"],
    [
      "déjà annulée",
      { ...booking, status: "cancelled" as const },
      { mayCancel: true, now: at("2026-10-02T10:00") },
      "already-over",
    ],
    ["commencée", booking, { mayCancel: true, now: at("2026-10-16T09:00") }, "already-started"],
  ])("%s", (_case, one, when, refusal) => expect(cancelBooking(one, when)).toEqual({ ok: false, refusal }));
});

describe("valueLoans — valeur pour mémoire, jamais facturée (art. 5.1)", () => {
  it("additionne ce qui a une valeur et compte à part ce qui n’en a pas", () => {
    expect(
      valueLoans([
        { quantity: 3, unitValue: toCents(1250) },
        { quantity: 2, unitValue: null },
        { quantity: 1, unitValue: toCents(1) },
      ]),
    ).toEqual({ value: 3751, withoutValue: 1 });
  });
});
