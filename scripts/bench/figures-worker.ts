import { createWriteStream } from "node:fs";
import { parse } from "csv-parse";
import { importFigures } from "../../app/features/figures/import.server";
import { systemClock } from "../../app/services/clock.server";
import { migrateToLatest, openDatabase } from "../../app/services/db.server";
import { inspectSource, readSource } from "../../app/services/open-data/source-file.server";

/** One measure in a process of its own, so that its peak memory is its own: `ours`, `parser` or `unfold` (the bare table, for sqlite3). */
const [mode = "", kind = "", path = "", target = ""] = process.argv.slice(2);

async function measure(): Promise<number> {
  if (mode === "ours") {
    const db = openDatabase(target);
    await migrateToLatest(db);
    const options = { vintage: null, geographyOn: null, address: null, isSimulation: false, isExtract: false };
    const done = await importFigures({ db, clock: systemClock }, { kind, path, fileName: path, ...options });
    await db.destroy();
    if (!done.ok) throw new Error(JSON.stringify(done.refusal));
    return done.value.rows;
  }
  const source = await inspectSource(path, /\.(csv|txt)$/i);
  if (!source.ok) throw new Error(source.refusal);
  let rows = 0;
  if (mode === "unfold") {
    const file = createWriteStream(target);
    for await (const chunk of readSource(source.value)) file.write(chunk);
    await new Promise((resolve) => file.end(resolve));
    return 0;
  }
  const parser = parse({ delimiter: ";", relax_column_count: true });
  const feeding = (async () => {
    for await (const chunk of readSource(source.value)) {
      if (!parser.write(chunk)) await new Promise<void>((resolve) => parser.once("drain", resolve));
    }
    parser.end();
  })();
  for await (const _ of parser as AsyncIterable<string[]>) rows += 1;
  await feeding;
  return rows - 1;
}

const started = performance.now();
const rows = await measure();
const milliseconds = performance.now() - started;
process.stdout.write(JSON.stringify({ rows, milliseconds, peakKilobytes: process.resourceUsage().maxRSS }));
