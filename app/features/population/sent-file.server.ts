import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isId } from "~/domain/kernel/ids";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { Clock } from "~/services/clock.server";
import type { Db } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import type { ActingPerson } from "~/services/register.server";
import { importMovements, importPopulations, type SentFileRefusal } from "./import.server";
import { movementLines, populationLines } from "./messages.fr";

export const SENT_KINDS = ["populations", "mouvements"] as const;

export type SentFile = {
  readonly kind: (typeof SENT_KINDS)[number];
  /** Null: the one that a simulation kept. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
  /** What a simulation gave back; null without one. */
  readonly keptId: string | null;
  /** Of a file of populations; null: the year in the name of the file. */
  readonly vintage: number | null;
  readonly address: string;
  readonly isSimulation: boolean;
};

export type SentFileReport = {
  readonly lines: readonly string[];
  /** What a simulation read and kept, to be imported as it was read; null when there is nothing to import. */
  readonly kept: { readonly id: string; readonly vintage: number | null } | null;
};

type Importer = {
  readonly db: Db;
  readonly clock: Clock;
  readonly actor: ActingPerson;
  /** Where simulated files wait; the installation's when left out. */
  readonly folder?: string;
};

const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Imports, or tries, a file of INSEE that a page sent: all of it or nothing. A file that a simulation read is kept for a day. */
export async function importSentFile(
  { db, clock, actor, folder = join(getEnv().dataDir, "imports", "simulations") }: Importer,
  { kind, file, keptId, vintage, address, isSimulation }: SentFile,
): Promise<Decision<SentFileReport, SentFileRefusal>> {
  if (file === null && keptId === null) return refuse({ kind: "file-not-sent" });
  const year = vintage ?? (file === null ? null : readVintage(file.name));
  if (kind === "populations" && year === null) return refuse({ kind: "vintage-unknown" });
  await dropOldFiles(folder, clock.now().getTime() - KEPT_MILLISECONDS);
  const id = file === null ? (keptId ?? "") : clock.newId();
  const path = join(folder, `${id}.csv`);
  if (file !== null) await writeFile(path, file.bytes);
  else if (!isId(id) || !(await exists(path))) return refuse({ kind: "kept-file-gone" });
  let isKept = false;
  try {
    const done =
      kind === "mouvements"
        ? await importMovements({ db, clock, actor }, { path, isSimulation })
        : await importPopulations({ db, clock, actor }, { path, vintage: year ?? 0, address, isSimulation });
    if (!done.ok) return done;
    isKept = done.value.outcome === "simulated";
    const lines = "added" in done.value ? movementLines(done.value) : populationLines(done.value);
    return grant({ lines, kept: isKept ? { id, vintage: kind === "populations" ? year : null } : null });
  } finally {
    if (!isKept) await rm(path, { force: true });
  }
}

/** Makes the folder, and empties it of what waited too long. */
async function dropOldFiles(folder: string, before: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The only year that a name of a file holds: « donnees_communes_2023.csv »; null with none or several. */
export function readVintage(name: string): number | null {
  const [year, ...others] = name.match(/(?<!\d)20\d{2}(?!\d)/g) ?? [];
  return year === undefined || others.length > 0 ? null : Number(year);
}
