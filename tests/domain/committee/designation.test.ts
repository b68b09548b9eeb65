import { describe, expect, it } from "vitest";
import { checkDesignation } from "~/domain/committee/designation";
import { designation, mandate, SEATS } from "./committee-fixtures";

const MANDATES = [
  mandate({ seat: "blain", person: "titulaire", to: "2026-06-30" }),
  mandate({ seat: "blain", person: "suppleant", role: "substitute" }),
];

describe("désignation d’un représentant — convention, art. 3 et 7", () => {
  it.each([
    { case: "siège inconnu", given: designation({ seat: "nozay", person: "nouveau" }), refusal: "seat-unknown" },
    {
      case: "fin avant le début",
      given: designation({ seat: "bouvron", person: "nouveau", to: "2026-03-31" }),
      refusal: "ends-before-start",
    },
    {
      case: "pas élu municipal",
      given: designation({ seat: "bouvron", person: "nouveau", isMunicipalOfficial: false }),
      refusal: "not-municipal-official",
    },
    {
      case: "deux titulaires le même jour",
      given: designation({ seat: "blain", person: "nouveau", from: "2026-06-30" }),
      refusal: "titular-already-designated",
    },
    {
      case: "titulaire dont le dernier jour est le premier du suivant",
      given: designation({ seat: "blain", person: "nouveau", from: "2026-03-01", to: "2026-04-01" }),
      refusal: "titular-already-designated",
    },
    {
      case: "deux suppléants",
      given: designation({ seat: "blain", person: "nouveau", role: "substitute" }),
      refusal: "substitute-already-designated",
    },
    {
      case: "titulaire d’un autre siège",
      given: designation({ seat: "bouvron", person: "titulaire" }),
      refusal: "person-on-another-seat",
    },
    {
      case: "titulaire et suppléant du même siège",
      given: designation({ seat: "blain", person: "suppleant", from: "2026-07-01" }),
      refusal: "person-already-on-this-seat",
    },
  ])("refuse : $case", ({ given, refusal }) => {
    expect(checkDesignation(SEATS, MANDATES, given)).toEqual({ ok: false, refusal });
  });

  it.each([
    {
      case: "titulaire dès le lendemain de la fin du précédent",
      given: designation({ seat: "blain", person: "nouveau", from: "2026-07-01" }),
    },
    {
      case: "ancien titulaire, sur un autre siège après son mandat",
      given: designation({ seat: "bouvron", person: "titulaire", from: "2026-07-01" }),
    },
    { case: "mandat d’un seul jour", given: designation({ seat: "bouvron", person: "nouveau", to: "2026-04-01" }) },
    {
      case: "déléguée du département, ni élue ni chargée des affaires sociales",
      given: designation({
        seat: "department",
        person: "deleguee",
        isMunicipalOfficial: false,
        isInChargeOfSocialAffairs: false,
      }),
    },
  ])("accepte sans réserve : $case", ({ given }) => {
    expect(checkDesignation(SEATS, MANDATES, given)).toEqual({ ok: true, value: { designation: given, warnings: [] } });
  });

  it("accepte avec un avertissement l’élu qui n’est pas chargé des affaires sociales", () => {
    const given = designation({ seat: "bouvron", person: "nouveau", isInChargeOfSocialAffairs: false });
    const warnings = [{ kind: "not-in-charge-of-social-affairs", seatId: "seat-bouvron" }];
    expect(checkDesignation(SEATS, MANDATES, given)).toEqual({ ok: true, value: { designation: given, warnings } });
  });
});
