import { describe, expect, it } from "vitest";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { findMergedMembers, followCommune, restateFigures, type CommuneMovement } from "~/domain/population/movements";

const line = (date: string, before: string, after: string): CommuneMovement => {
  const [typeBefore = "", codeBefore = ""] = before.split(" ");
  const [typeAfter = "", codeAfter = ""] = after.split(" ");
  return { date: toPlainDate(date), typeBefore, codeBefore, typeAfter, codeAfter };
};
/** Real events: Loireauxence (2016), Vallons-de-l'Erdre (2018), Ancenis-Saint-Géréon (2019); then a chain and a split that are made up. */
const MOVEMENTS = [
  line("2016-01-01", "COM 44011", "COM 44213"),
  line("2016-01-01", "COM 44011", "COMD 44011"),
  line("2016-01-01", "COM 44034", "COM 44213"),
  line("2016-01-01", "COM 44147", "COM 44213"),
  line("2016-01-01", "COM 44213", "COM 44213"),
  line("2016-01-01", "COM 44213", "COMD 44213"),
  line("2018-01-01", "COM 44017", "COM 44180"),
  line("2018-01-01", "COM 44180", "COM 44180"),
  line("2019-01-01", "COM 44160", "COM 44003"),
  line("2017-01-01", "COM 99001", "COM 99002"),
  line("2019-01-01", "COM 99002", "COM 99003"),
  line("2020-01-01", "COM 99010", "COM 99010"),
  line("2020-01-01", "COM 99010", "COM 99011"),
];
const period = (from: string, to: string) => ({ from: toPlainDate(from), to: toPlainDate(to) });

describe("communes fusionnées — code officiel géographique, mouvements", () => {
  it.each([
    { case: "rien n’est arrivé", code: "44015", from: "2010-01-01", to: "2026-01-01", becomes: "44015" },
    { case: "fusion en une commune nouvelle", code: "44011", from: "2015-01-01", to: "2026-01-01", becomes: "44213" },
    {
      case: "la commune qui donne son code à la nouvelle",
      code: "44213",
      from: "2015-01-01",
      to: "2026-01-01",
      becomes: "44213",
    },
    {
      case: "Saint-Géréon devient Ancenis-Saint-Géréon",
      code: "44160",
      from: "2018-01-01",
      to: "2019-01-01",
      becomes: "44003",
    },
    { case: "la veille de la fusion", code: "44160", from: "2018-01-01", to: "2018-12-31", becomes: "44160" },
    { case: "déjà dans la géographie du jour", code: "44160", from: "2019-01-01", to: "2026-01-01", becomes: "44160" },
    { case: "deux fusions de suite", code: "99001", from: "2016-01-01", to: "2026-01-01", becomes: "99003" },
    { case: "entre les deux fusions", code: "99001", from: "2016-01-01", to: "2018-01-01", becomes: "99002" },
  ])("$case", ({ code, from, to, becomes }) => {
    expect(followCommune(MOVEMENTS, code, period(from, to))).toEqual({ ok: true, value: becomes });
    expect(followCommune([...MOVEMENTS].reverse(), code, period(from, to))).toEqual({ ok: true, value: becomes });
  });

  it("une commune qui se scinde n’a pas de successeur deviné", () => {
    expect(followCommune(MOVEMENTS, "99010", period("2019-01-01", "2026-01-01"))).toEqual({
      ok: false,
      refusal: { kind: "commune-split", communeCode: "99010", date: "2020-01-01", successors: ["99010", "99011"] },
    });
  });

  it("les populations des communes fusionnées s’additionnent ; une inconnue rend la somme inconnue", () => {
    const figures = [
      { communeCode: "44003", vintage: 2015, municipal: 7_500, total: 7_700 },
      { communeCode: "44160", vintage: 2015, municipal: 3_000, total: null },
      { communeCode: "44015", vintage: 2015, municipal: 9_638, total: null },
    ];
    expect(restateFigures(figures, MOVEMENTS, period("2018-01-01", "2026-01-01"))).toEqual({
      ok: true,
      value: [
        { communeCode: "44003", vintage: 2015, municipal: 10_500, total: null },
        { communeCode: "44015", vintage: 2015, municipal: 9_638, total: null },
      ],
    });
    const split = [{ communeCode: "99010", vintage: 2015, municipal: 1, total: 1 }];
    expect(restateFigures(split, MOVEMENTS, period("2018-01-01", "2026-01-01"))).toMatchObject({
      ok: false,
      refusal: [{ kind: "commune-split" }],
    });
  });

  it("deux membres dont les communes n’en font plus qu’une sont signalés", () => {
    const members = [
      { id: "saint-gereon", communeCode: "44160" },
      { id: "ancenis", communeCode: "44003" },
      { id: "blain", communeCode: "44015" },
    ];
    expect(findMergedMembers(members, MOVEMENTS, period("2018-01-01", "2026-01-01"))).toEqual({
      ok: true,
      value: [{ communeCode: "44003", memberIds: ["ancenis", "saint-gereon"] }],
    });
    expect(findMergedMembers(members, MOVEMENTS, period("2019-01-01", "2026-01-01"))).toEqual({ ok: true, value: [] });
    expect(
      findMergedMembers([{ id: "x", communeCode: "99010" }], MOVEMENTS, period("2018-01-01", "2026-01-01")),
    ).toMatchObject({ ok: false, refusal: [{ kind: "commune-split" }] });
  });
});
