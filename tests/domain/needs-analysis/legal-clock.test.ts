import { describe, expect, it } from "vitest";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { presentationStanding, presentationWindow } from "~/domain/needs-analysis/legal-clock";

const day = (text: string | null) => (text === null ? null : toPlainDate(text));

describe("analyse des besoins sociaux — CASF, art. R.123-1 : l’année civile qui suit le renouvellement général", () => {
  it("un renouvellement en 2026 ouvre l’année 2027", () => {
    expect(presentationWindow(2026)).toEqual({ from: "2027-01-01", until: "2027-12-31" });
  });

  it.each([
    ["rien de prévu", null, null, "2027-03-01", "to-plan"],
    ["prévue plus tard", "2027-06-01", null, "2027-03-01", "planned"],
    ["prévue ce jour même", "2027-06-01", null, "2027-06-01", "planned"],
    ["prévue avant l’année", "2026-12-31", null, "2026-11-22", "planned-early"],
    ["prévue le premier jour", "2027-01-01", null, "2026-11-22", "planned"],
    ["prévue le dernier jour", "2027-12-31", null, "2026-11-22", "planned"],
    ["prévue après l’année", "2028-01-01", null, "2026-11-22", "planned-late"],
    ["prévue et non tenue : à prévoir de nouveau", "2027-02-01", null, "2027-03-01", "to-plan"],
    ["présentée le premier jour", null, "2027-01-01", "2027-03-01", "presented"],
    ["présentée le dernier jour", null, "2027-12-31", "2028-01-05", "presented"],
    ["présentée la veille de l’année", null, "2026-12-31", "2027-01-05", "presented-early"],
    ["présentée le lendemain", null, "2028-01-01", "2028-01-05", "presented-late"],
    ["le dernier jour, sans présentation", null, null, "2027-12-31", "to-plan"],
    ["l’année est passée", "2028-02-01", null, "2028-01-01", "overdue"],
  ])("%s", (_, plannedOn, presentedOn, today, expected) =>
    expect(
      presentationStanding({ plannedOn: day(plannedOn), presentedOn: day(presentedOn) }, 2026, toPlainDate(today)),
    ).toBe(expected),
  );
});
