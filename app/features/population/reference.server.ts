import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { plainDateOf } from "~/domain/kernel/plain-date";
import { inForceFrom } from "~/domain/population/population";
import { today, type Clock } from "~/services/clock.server";
import { writeTransaction, type Db } from "~/services/db.server";
import { AT_THE_TERMINAL, LICENCE, recordImport } from "./import.server";

type Origin = {
  readonly address: string;
  readonly sources: readonly { readonly id: string; readonly producer: string; readonly file: string }[];
};

export type ReferenceReport = { readonly added: readonly number[]; readonly known: readonly number[] };

/**
 * Loads the table of figures that the project carries (`populations.csv` and its sources), a dataset for each vintage. What is loaded stays, and
 * leaves the same act as a file that is imported.
 * @param folder of the two files
 */
export async function importReference(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  folder: string,
): Promise<ReferenceReport> {
  const origin = JSON.parse(await readFile(join(folder, "populations.source.json"), "utf8")) as Origin;
  const table = await readFile(join(folder, "populations.csv"), "utf8");
  const [, ...lines] = table.trimEnd().split("\n");
  const byVintage = new Map<number, string[]>();
  for (const line of lines) {
    const vintage = Number(line.split(";")[2]);
    byVintage.set(vintage, [...(byVintage.get(vintage) ?? []), line]);
  }
  return writeTransaction(db, async (trx) => {
    const held = await trx.selectFrom("populationDataset").select("sha256").execute();
    const known = new Set(held.map(({ sha256 }) => sha256));
    const report = { added: [] as number[], known: [] as number[] };
    for (const [vintage, rows] of byVintage) {
      const sha256 = createHash("sha256")
        .update(`${rows.join("\n")}\n`)
        .digest("hex");
      report[known.has(sha256) ? "known" : "added"].push(vintage);
      if (known.has(sha256)) continue;
      const source = origin.sources.find(({ id }) => id === rows[0]?.split(";")[6]?.trim());
      const datasetId = clock.newId();
      const inForceOn = inForceFrom(vintage);
      await trx
        .insertInto("populationDataset")
        .values({
          ...{ id: datasetId, vintage, inForceOn, sha256, licence: LICENCE, address: origin.address },
          ...{ producer: source?.producer ?? "INSEE", rowCount: rows.length },
          title: `Populations de référence ${vintage}, extrait du projet (d’après ${source?.file ?? "INSEE"})`,
          geographyOn: plainDateOf(vintage + 2, 1, 1),
          retrievedOn: today(clock),
          importedAt: clock.now().toISOString(),
        })
        .execute();
      await trx
        .insertInto("population")
        .values(
          rows.map((row) => {
            const [communeCode = "", label = "", , , municipal = "", total = ""] = row.split(";");
            const [inhabitants, whole] = [Number(municipal), total === "" ? null : Number(total)];
            const countedApart = whole === null ? null : whole - inhabitants;
            return { datasetId, communeCode, label, municipal: inhabitants, countedApart, total: whole };
          }),
        )
        .execute();
    }
    if (report.added.length > 0) {
      const sha256 = createHash("sha256").update(table).digest("hex");
      const payload = { dataset: "project-table", vintage: null, sha256, rowCount: lines.length } as const;
      await recordImport(trx, { clock, actor: AT_THE_TERMINAL }, payload);
    }
    return report;
  });
}
