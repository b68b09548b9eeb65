import { describe, expect, it } from "vitest";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { formatOf, formatOfPlace, formatPlannedAt } from "~/documents/french";

describe("l’élision", () => {
  it.each([
    { name: "Élu·e référent·e, CCAS de Bouvron", of: "d’Élu·e référent·e, CCAS de Bouvron" },
    { name: "Agent·e", of: "d’Agent·e" },
    { name: "Secrétariat", of: "de Secrétariat" },
    { name: "Le Gall", of: "de Le Gall" },
  ])("une personne ou une fonction : $of", ({ name, of }) => expect(formatOf(name)).toBe(of));
  it.each([
    { name: "Le Gâvre", of: "du Gâvre" },
    { name: "Les Touches", of: "des Touches" },
    { name: "La Grigonnais", of: "de La Grigonnais" },
    { name: "Erdeven", of: "d’Erdeven" },
  ])("un lieu : $of", ({ name, of }) => expect(formatOfPlace(name)).toBe(of));
});

describe("l’heure d’une séance, la nuit du changement d’heure d’automne", () => {
  it.each([
    { at: "2027-10-31T02:30", told: "dimanche 31 octobre 2027 à 2 h 30 (heure d’été)" },
    { at: "2027-10-31T03:00", told: "dimanche 31 octobre 2027 à 3 h" },
    { at: "2027-10-31T01:59", told: "dimanche 31 octobre 2027 à 1 h 59" },
  ])("$told", ({ at, told }) => expect(formatPlannedAt(toLocalDateTime(at)).replace(/\u00a0/g, " ")).toBe(told));
});
