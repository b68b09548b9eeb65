import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { Clock } from "~/services/clock.server";
import type { Db } from "~/services/db.server";
import { importMovements, importPopulations, type SentFileRefusal } from "./import.server";
import { movementLines, populationLines } from "./messages.fr";

export const SENT_KINDS = ["populations", "mouvements"] as const;

export type SentFile = {
  readonly kind: (typeof SENT_KINDS)[number];
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  /** Of a file of populations; null: the year in the name of the file. */
  readonly vintage: number | null;
  readonly address: string;
  readonly isSimulation: boolean;
};

/** Imports, or tries, a file of INSEE that a page sent: all of it or nothing. The file itself is not kept. */
export async function importSentFile(
  context: { readonly db: Db; readonly clock: Clock },
  { kind, file, vintage, address, isSimulation }: SentFile,
): Promise<Decision<readonly string[], SentFileRefusal>> {
  if (file.name === "") return refuse({ kind: "file-not-sent" });
  const year = vintage ?? readVintage(file.name);
  if (kind === "populations" && year === null) return refuse({ kind: "vintage-unknown" });
  const folder = await mkdtemp(join(tmpdir(), "portail-import-"));
  try {
    const path = join(folder, "fichier.csv");
    await writeFile(path, file.bytes);
    if (kind === "mouvements") {
      const done = await importMovements(context, { path, isSimulation });
      return done.ok ? grant(movementLines(done.value)) : done;
    }
    const done = await importPopulations(context, { path, vintage: year ?? 0, address, isSimulation });
    return done.ok ? grant(populationLines(done.value)) : done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The only year that a name of a file holds: « donnees_communes_2023.csv »; null with none or several. */
export function readVintage(name: string): number | null {
  const [year, ...others] = name.match(/(?<!\d)20\d{2}(?!\d)/g) ?? [];
  return year === undefined || others.length > 0 ? null : Number(year);
}
