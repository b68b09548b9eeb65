import rewind from "@mapbox/geojson-rewind";
import { max, quantileSorted } from "d3-array";
import { geoConicConformal, geoMercator, geoPath, type GeoProjection } from "d3-geo";
import { scaleSqrt } from "d3-scale";
import type { Feature, FeatureCollection, MultiPolygon, Point } from "geojson";
import { valueOf, type ChartPlace, type MapData, type MapShape, type Reading } from "~/documents/chart-model";

export type MapArea = {
  readonly place: ChartPlace;
  readonly reading: Reading;
  readonly path: string;
  /** Rank of its class, from 0; null without a released value. */
  readonly shade: number | null;
};
export type MapSymbol = {
  readonly place: ChartPlace;
  readonly reading: Reading;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
};
export type MapLabel = {
  readonly place: ChartPlace;
  readonly reading: Reading;
  readonly x: number;
  readonly y: number;
  /** The place itself, when its label had to leave it: a line joins them. */
  readonly from?: { readonly x: number; readonly y: number };
};
/** From the smallest to the largest released value of the class. */
export type MapClass = { readonly from: number; readonly to: number; readonly places: number };

export type MapLayout = {
  readonly width: number;
  readonly height: number;
  readonly areas: readonly MapArea[];
  readonly symbols: readonly MapSymbol[];
  readonly labels: readonly MapLabel[];
  readonly classes: readonly MapClass[];
  /** Places that no outline or centroid shows. */
  readonly unplaced: readonly ChartPlace[];
};

export const MAP = {
  ratio: 0.92,
  margin: 14,
  largestRadius: 34,
  smallestRadius: 2,
  mostLabels: 12,
  classes: 4,
  /** Beyond so many communes, marks are thinner and outlines coarser: each is a few units wide. */
  crowd: 60,
  fineStep: 0.1,
  coarseStep: 0.5,
} as const;

/**
 * Areas where outlines are known, symbols where a centroid is; the projection is fitted to both. North is up.
 * @param markOf what is written under the name of a place: the wider of the two keeps its neighbours away
 */
export function layoutMap(data: MapData, width: number, markOf: (reading: Reading) => string = () => ""): MapLayout {
  const shapes = new Map(data.shapes.map((shape) => [shape.key, featureOf(shape)]));
  const points = new Map(data.points.map((point) => [point.key, point]));
  const known = data.rows.filter(({ place }) => shapes.has(place.key) || points.has(place.key));
  const features: FeatureCollection = {
    type: "FeatureCollection",
    features: known.flatMap(({ place }): Feature<MultiPolygon | Point>[] => {
      const point = points.get(place.key);
      const shape = shapes.get(place.key);
      return shape ? [shape] : point ? [pointFeature(point.longitude, point.latitude)] : [];
    }),
  };
  const drawn = Math.round(width * MAP.ratio);
  // The southernmost disc has its label under it.
  const height = drawn + (data.look === "symbols" ? LABEL.height : 0);
  const margin = data.look === "symbols" && shapes.size === 0 ? MAP.largestRadius + MAP.margin : MAP.margin;
  const projection = projectionFor(features, [
    [margin, margin],
    [width - margin, drawn - margin],
  ]);
  const draw = geoPath(projection);
  const step = shapes.size > MAP.crowd ? MAP.coarseStep : MAP.fineStep;
  const classes = data.look === "areas" ? classesOf(data.rows.flatMap(({ reading }) => valueOf(reading) ?? [])) : [];
  const areas = known.flatMap(({ place, reading }): MapArea[] => {
    const shape = shapes.get(place.key);
    if (!shape) return [];
    return [
      {
        place,
        reading,
        path: drawOutline(shape, projection, step),
        shade: data.look === "areas" ? shadeOf(reading, classes) : null,
      },
    ];
  });
  const anchors = known.flatMap(({ place, reading }) => {
    const point = points.get(place.key);
    const shape = shapes.get(place.key);
    const at = point ? projection([point.longitude, point.latitude]) : shape ? draw.centroid(shape) : null;
    return at && at.every(Number.isFinite) ? [{ place, reading, x: round(at[0]), y: round(at[1]) }] : [];
  });
  const symbols = data.look === "symbols" ? symbolsOf(anchors) : [];
  return {
    width,
    height,
    areas,
    symbols,
    labels:
      known.length <= MAP.mostLabels
        ? spreadLabels(symbols.length > 0 ? symbols.map(labelUnderSmall) : anchors, { width, height, markOf, symbols })
        : [],
    classes,
    unplaced: data.rows.filter((row) => !known.includes(row)).map(({ place }) => place),
  };
}

/**
 * An outline on a grid of `step` units. Neighbours share the points of their border, and every point goes to the same knot of the grid
 * whoever owns it: no gap opens between two communes. Knots that repeat or lie on a straight line are left out.
 */
export function drawOutline({ geometry }: Feature<MultiPolygon>, project: GeoProjection, step: number): string {
  const write = (value: number): string => String(Math.round(value * step * 10) / 10).replace(/^(-?)0\./, "$1.");
  return geometry.coordinates
    .flatMap((rings) =>
      rings.map((ring) => {
        const knots = straighten(
          ring.slice(0, -1).map(([longitude = 0, latitude = 0]): Knot => {
            const [x, y] = project([longitude, latitude]) ?? [0, 0];
            return [Math.round(x / step), Math.round(y / step)];
          }),
        );
        const [start, ...others] = knots;
        if (start === undefined || others.length < 2) return "";
        let [x, y] = start;
        const lines = others.map(([toX, toY]) => {
          const [across, down] = [write(toX - x), write(toY - y)];
          [x, y] = [toX, toY];
          return `${across}${down.startsWith("-") ? "" : " "}${down}`;
        });
        return `M${write(start[0])} ${write(start[1])}l${lines.join(" ")}z`;
      }),
    )
    .join("");
}

type Knot = readonly [x: number, y: number];

function straighten(knots: readonly Knot[]): readonly Knot[] {
  const kept: Knot[] = [];
  for (const knot of knots) {
    const last = kept.at(-1);
    if (last && last[0] === knot[0] && last[1] === knot[1]) continue;
    const before = kept.at(-2);
    if (last && before && isStraight(before, last, knot)) kept.pop();
    kept.push(knot);
  }
  return kept;
}

function isStraight(from: Knot, by: Knot, to: Knot): boolean {
  const [ax, ay, bx, by_] = [by[0] - from[0], by[1] - from[1], to[0] - by[0], to[1] - by[1]];
  return ax * by_ === ay * bx && ax * bx + ay * by_ > 0;
}

/** Exterior rings clockwise and holes the other way, whatever the file did: d3-geo takes the other winding for the rest of the globe. */
export function featureOf({ key, polygons }: MapShape): Feature<MultiPolygon> {
  const coordinates = polygons.map((rings) =>
    rings.map((ring) => ring.map(([longitude, latitude]) => [longitude, latitude])),
  );
  return rewind<Feature<MultiPolygon>>(
    { type: "Feature", id: key, properties: {}, geometry: { type: "MultiPolygon", coordinates } },
    true,
  );
}

function pointFeature(longitude: number, latitude: number): Feature<Point> {
  return { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [longitude, latitude] } };
}

type Box = [[number, number], [number, number]];

/** Metropolitan France as its official maps draw it (Lambert's conic of 44° and 49° N, 3° E); elsewhere Mercator, true to angles too. */
function projectionFor(features: FeatureCollection, box: Box): GeoProjection {
  const path = geoPath();
  const [[west, south], [east, north]] = features.features.length > 0 ? path.bounds(features) : NOWHERE;
  const isMetropolitan = west > -6 && east < 11 && south > 41 && north < 52;
  const projection: GeoProjection = isMetropolitan
    ? geoConicConformal().parallels([44, 49]).rotate([-3, 0])
    : geoMercator();
  if (features.features.length === 0) return projection;
  // One lone point has no extent to fit.
  if (west === east && south === north)
    return projection
      .scale(20_000)
      .center(isMetropolitan ? [west - 3, south] : [west, south])
      .translate([(box[0][0] + box[1][0]) / 2, (box[0][1] + box[1][1]) / 2]);
  return projection.fitExtent(box, features);
}

const NOWHERE: Box = [
  [0, 0],
  [0, 0],
];

/** Up to four classes of as many places each; equal values never part, so there may be fewer. */
export function classesOf(values: readonly number[]): readonly MapClass[] {
  const sorted = values.toSorted((a, b) => a - b);
  const count = Math.min(MAP.classes, new Set(sorted).size);
  const limits = Array.from(
    { length: Math.max(0, count - 1) },
    (_, index) => quantileSorted(sorted, (index + 1) / count) ?? 0,
  );
  const groups: number[][] = Array.from({ length: count }, () => []);
  for (const value of sorted) groups[limits.filter((limit) => value > limit).length]?.push(value);
  return groups.flatMap((group) => {
    const [from] = group;
    const to = group.at(-1);
    return from === undefined || to === undefined ? [] : [{ from, to, places: group.length }];
  });
}

function shadeOf(reading: Reading, classes: readonly MapClass[]): number | null {
  const value = valueOf(reading);
  return value === null ? null : classes.findIndex(({ from, to }) => value >= from && value <= to);
}

type Anchor = { readonly place: ChartPlace; readonly reading: Reading; readonly x: number; readonly y: number };

/** The surface of a disc is proportional to its value. Large ones first, so that small ones lie on top. */
function symbolsOf(anchors: readonly Anchor[]): readonly MapSymbol[] {
  const largest = max(anchors, ({ reading }) => Math.abs(valueOf(reading) ?? 0)) ?? 0;
  const scale = scaleSqrt()
    .domain([0, largest || 1])
    .range([0, MAP.largestRadius]);
  return anchors
    .map((anchor) => ({
      ...anchor,
      radius: Math.max(MAP.smallestRadius, round(scale(Math.abs(valueOf(anchor.reading) ?? 0)))),
    }))
    .toSorted((a, b) => b.radius - a.radius);
}

/** A small disc would vanish under its label: the label stands under it instead. */
function labelUnderSmall({ place, reading, x, y, radius }: MapSymbol): Anchor {
  return { place, reading, x, y: radius < SMALL_DISC ? round(y + radius + 15) : y };
}

const SMALL_DISC = 26;
const LABEL = { height: 32, letter: 6.4, gap: 2 } as const;

type Sheet = {
  readonly width: number;
  readonly height: number;
  readonly markOf: (reading: Reading) => string;
  readonly symbols: readonly MapSymbol[];
};

/**
 * Labels two lines high, kept inside the picture and pushed down or up until none covers another, nor the disc of another place when
 * that can be had close by.
 */
function spreadLabels(anchors: readonly Anchor[], { width, height, markOf, symbols }: Sheet): readonly MapLabel[] {
  const placed: (MapLabel & { readonly half: number })[] = [];
  for (const anchor of anchors.toSorted((a, b) => a.y - b.y)) {
    const { place, reading, y } = anchor;
    const half = (Math.max(place.label.length, markOf(reading).length) * LABEL.letter) / 2 + LABEL.gap;
    const x = round(Math.min(Math.max(anchor.x, half), Math.max(half, width - half)));
    const collides = (at: number): boolean =>
      placed.some((other) => Math.abs(other.y - at) < LABEL.height && Math.abs(other.x - x) < half + other.half);
    const isFree = (step: number): boolean => y + step > 14 && y + step < height - 18 && !collides(y + step);
    const isClear = (step: number): boolean =>
      Math.abs(step) < LABEL.height &&
      isFree(step) &&
      symbols.every(
        (other) =>
          other.place.key === place.key ||
          Math.abs(other.x - x) >= half + other.radius ||
          Math.abs(other.y - y - step) >= LABEL.height / 2 + other.radius,
      );
    const shift = SHIFTS.find(isClear) ?? SHIFTS.find(isFree) ?? 0;
    const symbol = symbols.find((one) => one.place.key === place.key);
    const from = Math.abs(shift) < LABEL.height ? {} : { from: { x: anchor.x, y: symbol?.y ?? y } };
    placed.push({ place, reading, x, y: y + shift, ...from, half });
  }
  return placed.map(({ half: _, ...label }) => label);
}

/** 0, 10, -10, 20, -20… */
const SHIFTS = Array.from({ length: 21 }, (_, rank) => Math.ceil(rank / 2) * (rank % 2 === 0 ? -10 : 10));

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
