import { geoArea } from "d3-geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChartPlace, MapShape, Reading, TrendPoint } from "~/documents/chart-model";
import { layoutAges } from "~/ui/charts/geometry/ages";
import { layoutComparison } from "~/ui/charts/geometry/comparison";
import { layoutDistribution, placeInLanes } from "~/ui/charts/geometry/distribution";
import type { geoMercator } from "d3-geo";
import { classesOf, drawOutline, featureOf, layoutMap } from "~/ui/charts/geometry/map";
import { breaksOf, layoutTrend, segmentsOf } from "~/ui/charts/geometry/trend";

const place = (key: string, kind: ChartPlace["kind"] = "commune"): ChartPlace => ({ key, label: key, kind });
const value = (number: number): Reading => ({ status: "value", value: number });
const secret: Reading = { status: "secret" };
const point = (year: number, reading: Reading, scheme = "a"): TrendPoint => ({
  period: String(year),
  year,
  reading,
  scheme,
});

describe("évolution — rien ne relie ce qui ne se compare pas", () => {
  const points = [
    point(2019, value(8)),
    point(2020, secret),
    point(2021, value(9)),
    point(2022, value(9.5)),
    point(2023, value(12), "b"),
  ];

  it("un secret et une rupture coupent la ligne", () => {
    expect(segmentsOf(points).map((run) => run.map(({ year }) => year))).toEqual([[2019], [2021, 2022], [2023]]);
    expect(breaksOf(points)).toEqual([{ after: 2022, before: 2023 }]);
  });

  it("un tracé par suite d’au moins deux points, un point par valeur, une hachure par secret", () => {
    const [panel] = layoutTrend(
      { kind: "trend", scale: "shared", series: [{ place: place("a"), points }] },
      380,
    ).panels;
    expect(panel?.paths).toHaveLength(1);
    expect(panel?.dots.map(({ period }) => period)).toEqual(["2019", "2021", "2022", "2023"]);
    expect(panel?.secrets.map(({ period }) => period)).toEqual(["2020"]);
    expect(panel?.breaks).toHaveLength(1);
    expect(panel?.ends.map(({ value: number }) => number)).toEqual([8, 12]);
  });

  it("les comptes partent de zéro, chacun à son échelle ; les taux ont la même", () => {
    const series = [
      { place: place("grand"), points: [point(2010, value(9000)), point(2020, value(10_000))] },
      { place: place("petit"), points: [point(2010, value(90)), point(2020, value(100))] },
    ];
    const own = layoutTrend({ kind: "trend", scale: "own", series }, 380).panels;
    expect(own.map(({ floor }) => floor)).toEqual([0, 0]);
    expect(own[0]?.dots[1]?.y).toBe(own[1]?.dots[1]?.y);
    const shared = layoutTrend({ kind: "trend", scale: "shared", series }, 380).panels;
    expect(shared[0]?.ceiling).toBe(shared[1]?.ceiling);
    expect(shared[0]?.dots[1]?.y).toBeLessThan(shared[1]?.dots[1]?.y ?? 0);
  });

  it.each([
    ["aucune série", []],
    ["aucun point", [{ place: place("a"), points: [] }]],
    ["que des secrets", [{ place: place("a"), points: [point(2020, secret)] }]],
    ["un seul point", [{ place: place("a"), points: [point(2020, value(3))] }]],
  ])("%s : une image finie", (_, series) => {
    const layout = layoutTrend({ kind: "trend", scale: "shared", series }, 380);
    expect(JSON.stringify(layout)).not.toMatch(/NaN|null,null|Infinity/);
  });
});

describe("comparaison — des barres qui partent de zéro", () => {
  it("un nombre : la France n’écrase pas les communes, le tableau seul la montre", () => {
    const rows = [
      { place: place("a"), reading: value(30) },
      { place: place("reseau", "network"), reading: value(60) },
      { place: place("france", "country"), reading: value(700_000) },
    ];
    const { bars } = layoutComparison({ rows, drawsOwnOnly: true }, 380);
    expect(bars.map(({ place: { key }, length }) => [key, length])).toEqual([
      ["a", 190],
      ["reseau", 380],
    ]);
  });

  it("les longueurs sont proportionnelles aux valeurs", () => {
    const { bars } = layoutComparison(
      { rows: [10, 5, 0].map((one) => ({ place: place(String(one)), reading: value(one) })) },
      380,
    );
    expect(bars.map(({ x, length }) => [x, length])).toEqual([
      [0, 380],
      [0, 190],
      [0, 0],
    ]);
  });

  it("une valeur négative va de l’autre côté de zéro", () => {
    const { bars, zero } = layoutComparison(
      { rows: [3, -1].map((one) => ({ place: place(String(one)), reading: value(one) })) },
      400,
    );
    expect(zero).toBe(100);
    expect(bars.map(({ x, length }) => [x, length])).toEqual([
      [100, 300],
      [0, 100],
    ]);
  });

  it("un secret n’a pas de longueur", () => {
    expect(layoutComparison({ rows: [{ place: place("a"), reading: secret }] }, 380).bars[0]?.length).toBe(0);
  });
});

describe("distribution — où sont les nôtres parmi les autres", () => {
  it("chaque commune est dans une colonne, les étiquettes ne se recouvrent pas", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e4, max: 1e5, noNaN: true }), { minLength: 5, maxLength: 200 }),
        fc.array(fc.double({ min: -1e4, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (values, ours) => {
          const layout = layoutDistribution(
            {
              ...{ kind: "distribution", populationLabel: "", undisclosed: 0, values },
              marks: ours.map((one, index) => ({ place: place(String(index)), reading: value(one) })),
            },
            380,
            () => "Une commune",
          );
          for (const { x } of layout.marks) expect(x).toBeGreaterThanOrEqual(0);
          for (const { x } of layout.marks) expect(x).toBeLessThanOrEqual(380);
          for (const { height, width } of layout.columns) expect(height > 0 && width > 0).toBe(true);
          expect(JSON.stringify(layout)).not.toMatch(/NaN|Infinity/);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("deux marques au même endroit prennent deux rangs, deux éloignées un seul", () => {
    const mark = (key: string, x: number) => ({ place: place(key), value: x, x, text: "Bouvron 12" });
    expect(placeInLanes([mark("a", 100), mark("b", 102)], 380).map(({ lane }) => lane)).toEqual([1, 0]);
    expect(placeInLanes([mark("a", 10), mark("b", 200)], 380).map(({ lane }) => lane)).toEqual([0, 0]);
    expect(placeInLanes([mark("a", 375)], 380)[0]?.anchor).toBe("end");
  });

  it("aucun trait ne traverse une étiquette", () => {
    const text = "Bouvron 12";
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 6, max: 300 }), { minLength: 1, maxLength: 12 }), (places) => {
        const placed = placeInLanes(
          places.map((x) => ({ place: place(String(x)), value: x, x, text })),
          380,
        );
        for (const label of placed)
          for (const { lane, x } of placed)
            expect(lane > label.lane && x > label.x && x < label.labelX + text.length * 6.6).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

it("âges — les plus âgés en haut, la longueur suit la part", () => {
  const { rows } = layoutAges(
    {
      kind: "ages",
      places: [place("a")],
      bands: [
        { label: "0 à 14 ans", shares: [value(20)] },
        { label: "15 ans ou plus", shares: [value(80)] },
      ],
    },
    380,
  );
  expect(rows.map(({ label }) => label)).toEqual(["15 ans ou plus", "0 à 14 ans"]);
  expect((rows[0]?.bars[0]?.length ?? 0) / (rows[1]?.bars[0]?.length ?? 1)).toBeCloseTo(4, 1);
});

describe("carte — trous, îles, sens de rotation", () => {
  const square = (west: number, south: number, size: number): [number, number][] => [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ];
  const counter = square(-2, 47, 0.1);
  const clockwise = counter.toReversed();
  const shape = (polygons: MapShape["polygons"], key = "a"): MapShape => ({ key, polygons });

  it.each([
    ["sens de la RFC 7946", [[counter]]],
    ["sens inverse", [[clockwise]]],
    ["avec un trou, mal tourné lui aussi", [[counter, square(-1.98, 47.02, 0.02)]]],
    ["avec une île", [[counter], [square(-1.5, 47, 0.05).toReversed()]]],
  ])("%s : une petite surface, pas le reste du globe", (_, polygons) => {
    expect(geoArea(featureOf(shape(polygons)))).toBeLessThan(0.0001);
  });

  it("ne change pas les contours reçus", () => {
    const polygons = [[counter]];
    const before = JSON.stringify(polygons);
    featureOf(shape(polygons));
    expect(JSON.stringify(polygons)).toBe(before);
  });

  it("le trou est retiré de la surface", () => {
    const whole = geoArea(featureOf(shape([[counter]])));
    const holed = geoArea(featureOf(shape([[counter, square(-1.98, 47.02, 0.05)]])));
    expect(holed / whole).toBeCloseTo(0.75, 1);
  });

  it("le nord est en haut, l’est à droite, tout tient dans l’image", () => {
    const rows = ["so", "ne"].map((key) => ({ place: place(key), reading: value(5) }));
    const points = [
      { key: "so", longitude: -1.8, latitude: 47.3 },
      { key: "ne", longitude: -1.6, latitude: 47.5 },
    ];
    const layout = layoutMap({ kind: "map", look: "symbols", rows, shapes: [], points }, 380);
    const [southWest, northEast] = ["so", "ne"].map((key) => layout.symbols.find((one) => one.place.key === key));
    expect((northEast?.x ?? 0) > (southWest?.x ?? 0) && (northEast?.y ?? 0) < (southWest?.y ?? 0)).toBe(true);
    for (const { x, y, radius } of layout.symbols)
      expect(x - radius >= 0 && x + radius <= 380 && y - radius >= 0 && y + radius <= layout.height).toBe(true);
  });

  it("le nom du disque le plus au sud tient dessous", () => {
    const keys = ["nord", "sud"];
    const rows = keys.map((key, rank) => ({ place: place(key), reading: value(rank === 0 ? 100 : 10) }));
    const points = keys.map((key, rank) => ({ key, longitude: -1.7, latitude: 47.5 - rank * 0.2 }));
    const { labels, symbols } = layoutMap({ kind: "map", look: "symbols", rows, shapes: [], points }, 380);
    const [label, disc] = [labels, symbols].map((marks) => marks.find((mark) => mark.place.key === "sud"));
    expect((label?.y ?? 0) > (disc?.y ?? 999)).toBe(true);
  });

  it("la surface d’un disque suit la valeur, pas son rayon", () => {
    const rows = [
      { place: place("a"), reading: value(400) },
      { place: place("b"), reading: value(100) },
    ];
    const points = [
      { key: "a", longitude: 2, latitude: 48 },
      { key: "b", longitude: 3, latitude: 48 },
    ];
    const { symbols } = layoutMap({ kind: "map", look: "symbols", rows, shapes: [], points }, 380);
    expect(symbols.map(({ radius }) => radius)).toEqual([34, 17]);
  });

  it("des noms serrés par une commune lointaine : chacun touche son disque, ou une ligne l’y mène", () => {
    const keys = ["Saint-Aubin", "Saint-Martin", "Saint-Jean", "Saint-Pierre", "Saint-Paul", "Au loin"];
    const rows = keys.map((key) => ({ place: place(key), reading: value(5) }));
    const points = keys.map((key, rank) => ({
      ...{ key, longitude: key === "Au loin" ? 6 : -1.7 + rank * 0.01 },
      latitude: key === "Au loin" ? 44 : 47.4,
    }));
    const { labels, symbols } = layoutMap({ kind: "map", look: "symbols", rows, shapes: [], points }, 380);
    for (const { place: own, x, y, from } of labels) {
      const disc = symbols.find((symbol) => symbol.place.key === own.key);
      if (!disc) throw new Error(own.key);
      if (from) expect(from).toEqual({ x: disc.x, y: disc.y });
      else expect([Math.abs(y - disc.y) < 66, Math.abs(x - disc.x) < 66]).toEqual([true, true]);
    }
    expect(labels.some(({ from }) => from !== undefined)).toBe(true);
  });

  it("ce qu’aucun contour ne montre est dit, un secret n’a pas de classe", () => {
    const rows = [
      { place: place("a"), reading: secret },
      { place: place("sans-contour"), reading: value(1) },
    ];
    const layout = layoutMap({ kind: "map", look: "areas", rows, shapes: [shape([[counter]])], points: [] }, 380);
    expect(layout.unplaced.map(({ key }) => key)).toEqual(["sans-contour"]);
    expect(layout.areas[0]?.shade).toBeNull();
  });

  it.each([
    ["outre-mer", 55.5, -21.1],
    ["un seul point", -1.7, 47.4],
  ])("%s : se dessine", (_, longitude, latitude) => {
    const rows = [{ place: place("a"), reading: value(1) }];
    const layout = layoutMap(
      { kind: "map", look: "symbols", rows, shapes: [], points: [{ key: "a", longitude, latitude }] },
      380,
    );
    expect(layout.symbols).toHaveLength(1);
    expect(JSON.stringify(layout)).not.toMatch(/NaN|null/);
  });
});

describe("tracé d’un contour — une grille commune, donc pas de jour entre deux voisines", () => {
  // A projection of its own: one degree is ten units, y down.
  const project = Object.assign(([x, y]: [number, number]): [number, number] => [x * 10, -y * 10]) as ReturnType<
    typeof geoMercator
  >;
  const square = (x: number): readonly (readonly [number, number])[] => [
    ...([
      [x, 0],
      [x, 0.5],
      [x, 1],
    ] as const),
    ...([
      [x + 1, 1],
      [x + 1, 0.503],
      [x + 1, 0],
      [x, 0],
    ] as const),
  ];
  it.each([
    ["points alignés et doublons s’en vont", [[square(0)]], 0.5, "M0 0l0-10 10 0 0 10z"],
    ["la voisine part du même nœud", [[square(1)]], 0.5, "M10 0l0-10 10 0 0 10z"],
    [
      "un trou et une île sont gardés",
      [[square(0), square(0)], [square(3)]],
      0.5,
      "M0 0l0-10 10 0 0 10zM0 0l0-10 10 0 0 10zM30 0l0-10 10 0 0 10z",
    ],
    [
      "un demi s’écrit sans zéro",
      [
        [
          [
            [0, 0],
            [0.05, 0],
            [0.05, 1],
            [0, 0],
          ] as const,
        ],
      ],
      0.5,
      "M0 0l.5 0 0-10z",
    ],
    [
      "ce qui tient dans une case ne se dessine pas",
      [
        [
          [
            [0, 0],
            [0.001, 0],
            [0.001, 0.001],
            [0, 0],
          ] as const,
        ],
      ],
      0.5,
      "",
    ],
  ])("%s", (_, polygons, step, path) => expect(drawOutline(rawFeature(polygons), project, step)).toBe(path));
});

/** As imported: the winding of the rings does not matter to the path. */
function rawFeature(polygons: readonly (readonly (readonly (readonly [number, number])[])[])[]) {
  const coordinates = polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x, y])));
  return { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates } } as const;
}

describe("classes — autant de communes que possible dans chacune, jamais deux valeurs égales séparées", () => {
  it.each([
    [
      "huit valeurs",
      [1, 2, 3, 4, 5, 6, 7, 8],
      [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
    ],
    [
      "deux valeurs",
      [3, 9],
      [
        [3, 3],
        [9, 9],
      ],
    ],
    ["toutes égales", [4, 4, 4], [[4, 4]]],
    ["aucune", [], []],
  ])("%s", (_, values, expected) => expect(classesOf(values).map(({ from, to }) => [from, to])).toEqual(expected));

  it("toute valeur a une classe et une seule", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }), (values) => {
        const classes = classesOf(values);
        for (const one of values) expect(classes.filter(({ from, to }) => one >= from && one <= to)).toHaveLength(1);
        expect(classes.reduce((sum, { places }) => sum + places, 0)).toBe(values.length);
      }),
    );
  });
});
