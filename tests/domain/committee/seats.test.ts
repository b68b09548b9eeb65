import { describe, expect, it } from "vitest";
import {
  checkComposition,
  checkNewSeat,
  findHolders,
  findMandateOf,
  isSeatInOffice,
  listVacantSeats,
  type Seat,
} from "~/domain/committee/seats";
import { toId } from "~/domain/kernel/ids";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { mandate, SEATS, SIGNATORIES } from "./committee-fixtures";

const day = toPlainDate;
const blain = toId<"seat">("seat-blain");

describe("qui siège à une date", () => {
  const mandates = [
    mandate({ seat: "blain", person: "titulaire", from: "2026-04-01", to: "2026-06-30" }),
    mandate({ seat: "blain", person: "suppleant", role: "substitute", from: "2026-05-01" }),
  ];

  it.each([
    { case: "la veille du mandat : vacant", date: "2026-03-31", titular: null, substitute: null, inOffice: false },
    {
      case: "premier jour du mandat : en exercice",
      date: "2026-04-01",
      titular: "titulaire",
      substitute: null,
      inOffice: true,
    },
    {
      case: "les deux mandats courent",
      date: "2026-05-01",
      titular: "titulaire",
      substitute: "suppleant",
      inOffice: true,
    },
    {
      case: "dernier jour du titulaire",
      date: "2026-06-30",
      titular: "titulaire",
      substitute: "suppleant",
      inOffice: true,
    },
    {
      case: "suppléant seul : le siège reste en exercice",
      date: "2026-07-01",
      titular: null,
      substitute: "suppleant",
      inOffice: true,
    },
  ])("$case", ({ date, titular, substitute, inOffice }) => {
    const holders = findHolders(blain, mandates, day(date));
    expect(holders.titular?.personId ?? null).toBe(titular);
    expect(holders.substitute?.personId ?? null).toBe(substitute);
    expect(isSeatInOffice(blain, mandates, day(date))).toBe(inOffice);
  });

  it("six sièges sur sept sont vacants quand seul Blain a désigné", () => {
    const vacant = listVacantSeats(SEATS, mandates, day("2026-05-15"));
    expect(vacant.map(({ id }) => id)).toEqual([
      "seat-bouvron",
      "seat-le-gavre",
      "seat-la-chevallerais",
      "seat-fay-de-bretagne",
      "seat-notre-dame-des-landes",
      "seat-department",
    ]);
  });

  it.each([
    { case: "le titulaire pendant son mandat", person: "titulaire", date: "2026-06-01", found: true },
    { case: "le titulaire après son mandat", person: "titulaire", date: "2026-07-01", found: false },
    { case: "une personne étrangère au siège", person: "autre", date: "2026-06-01", found: false },
  ])("mandat pour siéger : $case", ({ person, date, found }) => {
    const request = { seatId: blain, personId: toId<"person">(person) };
    expect(findMandateOf(request, mandates, day(date)) !== null).toBe(found);
  });
});

describe("composition du comité — convention, art. 3", () => {
  const seat = (organization: string, kind: Seat["kind"]): Seat => ({
    id: toId("seat-new"),
    organizationId: toId(organization),
    label: organization,
    kind,
    position: 8,
  });

  it.each([
    {
      case: "huitième siège : second siège du CCAS de Blain",
      seats: SEATS,
      seat: seat("blain", "signatory"),
      refusal: "organization-already-seated",
    },
    {
      case: "second siège pour le département",
      seats: SEATS,
      seat: seat("region", "department"),
      refusal: "department-already-seated",
    },
    {
      case: "CCAS non signataire",
      seats: SEATS,
      seat: seat("nozay", "signatory"),
      refusal: "organization-not-signatory",
    },
  ])("refuse : $case", ({ seats, seat: added, refusal }) => {
    expect(checkNewSeat(seats, added, SIGNATORIES)).toEqual({ ok: false, refusal });
  });

  it("accepte le siège d’un CCAS signataire qui n’en a pas, et celui du département", () => {
    expect(checkNewSeat(SEATS.slice(1), seat("blain", "signatory"), SIGNATORIES).ok).toBe(true);
    expect(checkNewSeat(SEATS.slice(0, 6), seat("department", "department"), SIGNATORIES).ok).toBe(true);
  });

  it("sept sièges, un par CCAS signataire et un pour le département : rien à redire", () => {
    expect(checkComposition(SEATS, SIGNATORIES)).toEqual([]);
  });

  it("nomme tout ce qui manque et tout ce qui est en trop", () => {
    const seats = [...SEATS.slice(1, 6), { ...SEATS[1]!, id: toId<"seat">("seat-twin") }, seat("nozay", "signatory")];
    expect(checkComposition(seats, SIGNATORIES)).toEqual([
      { kind: "signatory-without-seat", organizationId: "blain" },
      { kind: "organization-with-several-seats", organizationId: "bouvron" },
      { kind: "seat-of-a-stranger", seatId: "seat-new" },
      { kind: "department-without-seat" },
    ]);
  });

  it("deux sièges du département", () => {
    expect(checkComposition([...SEATS, seat("region", "department")], SIGNATORIES)).toEqual([
      { kind: "several-department-seats" },
    ]);
  });
});
