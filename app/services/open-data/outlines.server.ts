import rewind from "@mapbox/geojson-rewind";
import { geoArea, geoCentroid } from "d3-geo";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { indexNames, readCommuneCode } from "./cells";
import { readSource, type ReadProgress, type SourceFile } from "./source-file.server";

/** Outlines of communes as GeoJSON: features are cut out of the stream one by one, so that a national file is never held whole. */

export type OutlineRow = {
  readonly code: string;
  /** GeoJSON geometry, outer rings clockwise (as d3 wants them), whatever the file had. */
  readonly geometry: string;
  readonly longitude: number;
  readonly latitude: number;
};

export type OutlineFault = {
  readonly kind:
    | "feature-unreadable"
    | "code-absent"
    | "geometry-unknown"
    | "ring-open"
    | "coordinates-impossible"
    | "outline-empty";
  readonly detail: string;
};

const MAX_FEATURE_CHARACTERS = 20_000_000;

/** The file holds no « features », or one that never ends. */
export class UnreadableOutlines extends Error {
  override readonly name = "UnreadableOutlines";
}

/** Each feature's text with its rank, the first being 1. @throws UnreadableOutlines, DamagedFile */
export async function* readFeatures(
  source: SourceFile,
  progress: ReadProgress,
): AsyncGenerator<{ readonly rank: number; readonly text: string }> {
  const decoder = new TextDecoder("utf-8");
  let buffer = "";
  let [depth, at, start, rank] = [0, 0, -1, 0];
  let [isInText, isEscaped, isStarted, isEnded] = [false, false, false, false];
  for await (const chunk of readSource(source, progress)) {
    buffer += decoder.decode(chunk, { stream: true });
    if (!isStarted) {
      const found = /"features"\s*:\s*\[/.exec(buffer);
      if (!found) {
        if (buffer.length > 1_000_000) throw new UnreadableOutlines();
        continue;
      }
      isStarted = true;
      buffer = buffer.slice(found.index + found[0].length);
    }
    for (; at < buffer.length && !isEnded; at++) {
      const character = buffer.charCodeAt(at);
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (character === 92) isEscaped = true;
        else if (character === 34) isInText = false;
      } else if (character === 34) isInText = true;
      else if (character === 123) {
        if (depth === 0) start = at;
        depth += 1;
      } else if (character === 125) {
        depth -= 1;
        if (depth === 0) {
          rank += 1;
          yield { rank, text: buffer.slice(start, at + 1) };
          start = -1;
        }
      } else if (character === 93 && depth === 0) isEnded = true;
    }
    const keptFrom = start === -1 ? at : start;
    buffer = buffer.slice(keptFrom);
    at -= keptFrom;
    start = start === -1 ? -1 : 0;
    if (buffer.length > MAX_FEATURE_CHARACTERS) throw new UnreadableOutlines();
  }
  if (!isEnded) throw new UnreadableOutlines();
}

const CODE_NAMES = ["CODE", "INSEE_COM", "CODE_INSEE", "CODGEO", "INSEE", "COM"];

/**
 * One commune: a polygon or several (islands), with or without holes. Rings are closed, lie on the Earth, and are wound again, so that no
 * outline fills the rest of the world.
 */
export function readOutline(text: string): Decision<OutlineRow, OutlineFault> {
  let feature: { properties?: unknown; geometry?: { type?: unknown; coordinates?: unknown } | null };
  try {
    feature = JSON.parse(text) as typeof feature;
  } catch {
    return refuse({ kind: "feature-unreadable", detail: text.slice(0, 60) });
  }
  const properties = (feature.properties ?? {}) as Readonly<Record<string, unknown>>;
  const names = Object.keys(properties);
  const columns = indexNames(names);
  const column = CODE_NAMES.map((name) => columns.get(name)).find((found) => found !== undefined);
  const code = readCommuneCode(String(properties[names[column ?? -1] ?? ""] ?? ""));
  if (code === null) return refuse({ kind: "code-absent", detail: names.join(", ") });
  const { type, coordinates } = feature.geometry ?? {};
  if (type !== "Polygon" && type !== "MultiPolygon")
    return refuse({ kind: "geometry-unknown", detail: `${code} ${String(type)}` });
  const polygons = (type === "Polygon" ? [coordinates] : coordinates) as unknown;
  if (!Array.isArray(polygons) || polygons.length === 0) return refuse({ kind: "outline-empty", detail: code });
  for (const rings of polygons as unknown[]) {
    if (!Array.isArray(rings) || rings.length === 0) return refuse({ kind: "outline-empty", detail: code });
    for (const ring of rings as unknown[]) {
      const fault = checkRing(ring);
      if (fault !== null) return refuse({ kind: fault, detail: code });
    }
  }
  const geometry = { type, coordinates } as GeoJSON.Polygon | GeoJSON.MultiPolygon;
  rewind(geometry, true);
  if (geoArea(geometry) === 0) return refuse({ kind: "outline-empty", detail: code });
  const [longitude, latitude] = geoCentroid(geometry);
  return grant({ code, longitude, latitude, geometry: JSON.stringify(geometry) });
}

function checkRing(ring: unknown): OutlineFault["kind"] | null {
  if (!Array.isArray(ring) || ring.length < 4) return "ring-open";
  for (const point of ring as unknown[]) {
    if (!Array.isArray(point)) return "coordinates-impossible";
    const [longitude, latitude] = point as unknown[];
    if (typeof longitude !== "number" || typeof latitude !== "number") return "coordinates-impossible";
    if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) return "coordinates-impossible";
  }
  const [first, last] = [ring[0], ring.at(-1)] as readonly [readonly number[], readonly number[]];
  return first[0] === last[0] && first[1] === last[1] ? null : "ring-open";
}
