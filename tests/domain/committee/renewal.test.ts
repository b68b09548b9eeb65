import { describe, expect, it } from "vitest";
import { planRenewal, type RenewalRequest, type SeatRenewal } from "~/domain/committee/renewal";
import type { Designee } from "~/domain/committee/seats";
import { toId } from "~/domain/kernel/ids";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { mandate, SEATS } from "./committee-fixtures";

const elected = (person: string, flags: Partial<Designee> = {}): Designee => ({
  personId: toId(person),
  isMunicipalOfficial: true,
  isInChargeOfSocialAffairs: true,
  ...flags,
});

const TOWNS = ["blain", "bouvron", "le-gavre", "la-chevallerais", "fay-de-bretagne", "notre-dame-des-landes"];

const renewal = (seat: string, titular: Designee | null, substitute: Designee | null = null): SeatRenewal => ({
  seatId: toId(`seat-${seat}`),
  titular,
  substitute,
});

const ALL = TOWNS.map((town) => renewal(town, elected(`new-${town}`)));

function request(changes: Partial<RenewalRequest> = {}): RenewalRequest {
  return {
    date: toPlainDate("2026-04-10"),
    seats: SEATS,
    mandates: [
      mandate({ seat: "blain", person: "old-blain", from: "2020-07-01" }),
      mandate({ seat: "blain", person: "older-blain", from: "2014-04-01", to: "2020-06-30" }),
      mandate({ seat: "bouvron", person: "old-bouvron", from: "2020-07-01", to: "2026-12-31" }),
      mandate({ seat: "department", person: "delegate", from: "2020-07-01" }),
    ],
    renewals: ALL,
    ...changes,
  };
}

const replaced = (town: string, by: SeatRenewal) => ALL.map((one) => (one.seatId === `seat-${town}` ? by : one));

describe("renouvellement après les élections municipales", () => {
  it("termine la veille les mandats en cours des CCAS, laisse les échus et celui du département", () => {
    const plan = planRenewal(request());
    expect(plan.ok && plan.value.ends).toEqual([
      { mandateId: "mandate-old-blain", endsOn: "2026-04-09" },
      { mandateId: "mandate-old-bouvron", endsOn: "2026-04-09" },
    ]);
    expect(
      plan.ok && plan.value.starts.map(({ personId, startsOn, endsOn, role }) => [personId, startsOn, endsOn, role]),
    ).toEqual(TOWNS.map((town) => [`new-${town}`, "2026-04-10", null, "titular"]));
    expect(plan.ok && plan.value.vacantSeats).toEqual([]);
  });

  it("un CCAS qui n’a pas encore désigné laisse son siège vacant", () => {
    const plan = planRenewal(request({ renewals: replaced("le-gavre", renewal("le-gavre", null)) }));
    expect(plan.ok && plan.value.vacantSeats).toEqual(["seat-le-gavre"]);
    expect(plan.ok && plan.value.starts).toHaveLength(5);
  });

  it("une personne reconduite, une suppléante, une élue hors affaires sociales", () => {
    const blain = renewal("blain", elected("old-blain"), elected("second", { isInChargeOfSocialAffairs: false }));
    const plan = planRenewal(request({ renewals: replaced("blain", blain) }));
    expect(plan.ok && plan.value.starts.slice(0, 2).map(({ personId, role }) => [personId, role])).toEqual([
      ["old-blain", "titular"],
      ["second", "substitute"],
    ]);
    expect(plan.ok && plan.value.warnings).toEqual([{ kind: "not-in-charge-of-social-affairs", seatId: "seat-blain" }]);
  });

  it("le département change de déléguée s’il est nommé", () => {
    const department = renewal("department", elected("new-delegate", { isMunicipalOfficial: false }));
    const plan = planRenewal(request({ renewals: [...ALL, department] }));
    expect(plan.ok && plan.value.ends.map(({ mandateId }) => mandateId)).toContain("mandate-delegate");
  });

  it.each([
    {
      case: "siège inconnu",
      changes: { renewals: [...ALL, renewal("nozay", null)] },
      refusal: { kind: "seat-unknown", seatId: "seat-nozay" },
    },
    {
      case: "siège donné deux fois",
      changes: { renewals: [...ALL, ALL[0]!] },
      refusal: { kind: "seat-given-twice", seatId: "seat-blain" },
    },
    {
      case: "siège d’un CCAS oublié",
      changes: { renewals: ALL.slice(1) },
      refusal: { kind: "signatory-seat-missing", seatId: "seat-blain" },
    },
    {
      case: "suppléant sans titulaire",
      changes: { renewals: replaced("blain", renewal("blain", null, elected("second"))) },
      refusal: { kind: "substitute-without-titular", seatId: "seat-blain" },
    },
    {
      case: "pas élu municipal",
      changes: { renewals: replaced("blain", renewal("blain", elected("agent", { isMunicipalOfficial: false }))) },
      refusal: { kind: "not-municipal-official", seatId: "seat-blain", role: "titular" },
    },
    {
      case: "une personne sur deux sièges",
      changes: { renewals: replaced("blain", renewal("blain", elected("new-bouvron"))) },
      refusal: { kind: "person-designated-twice", personId: "new-bouvron" },
    },
    {
      case: "une personne qui garde le siège du département",
      changes: { renewals: replaced("blain", renewal("blain", elected("delegate"))) },
      refusal: { kind: "person-keeps-another-seat", personId: "delegate" },
    },
    {
      case: "un mandat qui commence le jour même",
      changes: { date: toPlainDate("2020-07-01") },
      refusal: { kind: "mandate-starts-too-late", mandateId: "mandate-old-blain", seatId: "seat-blain" },
    },
  ])("refuse : $case", ({ changes, refusal }) => {
    expect(planRenewal(request(changes))).toEqual({ ok: false, refusal });
  });
});
