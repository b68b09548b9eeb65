import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { parse } from "csv-parse";
import { importPopulations } from "../../app/features/population/import.server";
import { systemClock } from "../../app/services/clock.server";
import { databasePath, migrateToLatest, openDatabase } from "../../app/services/db.server";
import { must } from "../../db/seed/story";
import type { Reading } from "./money";

/** One way of reading a file, in a process of its own, so that its peak memory is its own. */
type Order = { readonly kind: "import" | "parse"; readonly path: string; readonly work: string };

process.once("message", async ({ kind, path, work }: Order) => {
  const reading = kind === "parse" ? await split(path) : await importFile(path, work);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  process.send?.({ ...reading, peakMegabytes } satisfies Reading, () => process.exit(0));
});

async function split(path: string): Promise<Omit<Reading, "peakMegabytes">> {
  const started = performance.now();
  let rows = -1;
  for await (const _cells of createReadStream(path).pipe(parse({ delimiter: ";", relax_column_count: true })))
    rows += 1;
  return { rows, milliseconds: performance.now() - started };
}

async function importFile(path: string, work: string): Promise<Omit<Reading, "peakMegabytes">> {
  const db = openDatabase(databasePath(work));
  await migrateToLatest(db);
  const started = performance.now();
  const vintage = Number(/20\d{2}/.exec(basename(path))?.[0] ?? "2023");
  const report = must(
    await importPopulations({ db, clock: systemClock }, { path, vintage, address: "", isSimulation: false }),
  );
  const milliseconds = performance.now() - started;
  await db.destroy();
  return { rows: report.rows, milliseconds };
}
