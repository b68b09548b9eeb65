import { readFileSync } from "node:fs";
import type { Db } from "../../app/services/db.server";

/** Sizes of networks: the demonstration, the communes of Loire-Atlantique, those of the Nord. */
export const OBSERVATORY_SIZES = [6, 207, 647] as const;

const VARIABLES = [
  "PMUN",
  "POP",
  "POP0014",
  "POP1529",
  "POP3044",
  "POP4559",
  "POP6074",
  "POP7589",
  "POP90P",
  "MEN",
  "MENFAM",
  "FAMMONO",
  "LOG",
  "LOGVAC",
  "ACT1564",
  "CHOM1564",
  "MED",
  "TP60",
  "DEFM_ABC",
  "APL",
] as const;
const PERIODS = ["2013", "2018", "2021", "2022", "2023"] as const;

/** A network of so many communes on a grid, each with an outline of 64 corners, a figure per variable and period, one in seven secret. */
export async function layOutNetwork(db: Db, size: number): Promise<{ readonly slug: string }> {
  const slug = `banc-${size}`;
  const at = "2026-01-01T00:00:00.000Z";
  const codeOf = (index: number): string =>
    `${size < 300 ? "9" : "8"}${String(size % 10)}${String(index).padStart(3, "0")}`;
  const indexes = Array.from({ length: size }, (_, index) => index);
  const { id: datasetId } = await db
    .insertInto("figureDataset")
    .values({
      ...{
        slug,
        kind: "banc",
        producer: "Banc d’essai",
        title: `Chiffres du banc ${size}`,
        vintage: "2023",
        geographyOn: null,
      },
      ...{ address: "https://example.org/", licence: "aucune", retrievedOn: "2026-01-01", fileName: "", sha256: null },
      ...{ contentKey: slug, rounding: "exact", note: "", rowCount: size, importedAt: at, completedAt: null },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await inChunks(indexes, (chunk) =>
    db
      .insertInto("organization")
      .values(
        chunk.map((index) => ({
          ...{
            id: `${slug}-org-${index}`,
            kind: "ccas",
            name: `CCAS de Commune ${index}`,
            shortName: `Commune ${index}`,
          },
          ...{ inseeCode: codeOf(index), siret: null, createdAt: at },
        })),
      )
      .execute(),
  );
  await db
    .insertInto("network")
    .values({
      ...{ id: `${slug}-reseau`, slug, name: `Réseau de ${size} communes`, leadOrganizationId: `${slug}-org-0` },
      ...{ presentationMd: "", contactMd: "", isDemo: 0, createdAt: at },
    })
    .execute();
  await inChunks(indexes, async (chunk) => {
    await db
      .insertInto("seat")
      .values(
        chunk.map((index) => ({
          ...{ id: `${slug}-seat-${index}`, networkId: `${slug}-reseau`, organizationId: `${slug}-org-${index}` },
          ...{ kind: "signatory", label: `CCAS de Commune ${index}`, position: index + 1, createdOn: "2026-01-01" },
        })),
      )
      .execute();
    await db
      .insertInto("commune")
      .values(
        chunk.map((index) => ({
          code: codeOf(index),
          name: `Commune ${index}`,
          departmentCode: codeOf(0).slice(0, 2),
          datasetId,
        })),
      )
      .execute();
    await db
      .insertInto("communeOutline")
      .values(
        chunk.map((index) => ({
          communeCode: codeOf(index),
          datasetId,
          geometry: JSON.stringify(outlineOf(index, size)),
        })),
      )
      .execute();
    for (const period of PERIODS)
      await db
        .insertInto("figure")
        .values(
          chunk.flatMap((index) =>
            VARIABLES.map((variable, rank) => {
              const isSecret = variable === "TP60" && index % 7 === 0;
              return {
                ...{
                  datasetId,
                  territoryKind: "commune",
                  territoryCode: codeOf(index),
                  variable,
                  period,
                  basis: "published",
                },
                ...{
                  status: isSecret ? "secret" : "value",
                  value: isSecret ? null : 100 + ((index * 31 + rank * 7 + Number(period)) % 900),
                },
              };
            }),
          ),
        )
        .execute();
  });
  await db.updateTable("figureDataset").set({ completedAt: at }).where("id", "=", datasetId).execute();
  return { slug };
}

function outlineOf(index: number, size: number) {
  const side = Math.ceil(Math.sqrt(size));
  const [x, y] = [-3 + (index % side) * 0.08, 46 + Math.floor(index / side) * 0.06];
  const ring = Array.from({ length: 64 }, (_, corner) => {
    const angle = (corner / 64) * 2 * Math.PI;
    return [x + 0.038 * Math.cos(angle), y + 0.028 * Math.sin(angle)];
  });
  return { type: "Polygon", coordinates: [[...ring, ring[0]]] };
}

async function inChunks<One>(all: readonly One[], write: (chunk: readonly One[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < all.length; start += 40) await write(all.slice(start, start + 40));
}

export type PageMeasure = {
  readonly page: string;
  readonly p50: number;
  readonly p95: number;
  /** Of the portal for one page, in milliseconds: other work on the machine does not change it much. Null where it can't be read. */
  readonly processor: number | null;
  readonly bytes: number;
  readonly compressed: number;
};

/** Linux counts processor time by hundredths of a second. */
const TICK_MS = 10;

function processorOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return null;
  }
}

type Portal = { readonly address: string; readonly pid: number };

/** Each page computed anew `runs` times (the address changes, so that no kept copy answers), then its size. */
export async function measurePages(
  { address, pid }: Portal,
  slug: string,
  runs: number,
): Promise<readonly PageMeasure[]> {
  const home = `${address}/reseaux/${slug}/observatoire`;
  const pages = { portrait: `${home}?`, carte: `${home}/indicateurs/taux-de-pauvrete?vue=carte&` };
  const measures: PageMeasure[] = [];
  for (const [page, base] of Object.entries(pages)) {
    const times: number[] = [];
    let bytes = 0;
    const before = processorOf(pid);
    for (let run = 0; run < runs; run += 1) {
      const start = performance.now();
      const response = await fetch(`${base}n=${run}`, { headers: { "Accept-Encoding": "identity" } });
      bytes = (await response.arrayBuffer()).byteLength;
      times.push(performance.now() - start);
      if (response.status !== 200) throw new Error(`${base} answered ${response.status}`);
    }
    const after = processorOf(pid);
    const packed = await fetch(`${base}n=br`, { headers: { "Accept-Encoding": "br" } });
    await packed.arrayBuffer();
    const sorted = times.slice(2).toSorted((a, b) => a - b);
    const at = (share: number): number =>
      Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
    measures.push({
      page,
      p50: at(0.5),
      p95: at(0.95),
      processor: before === null || after === null ? null : Math.round((after - before) / runs),
      bytes,
      compressed: Number(packed.headers.get("content-length") ?? 0),
    });
  }
  return measures;
}
