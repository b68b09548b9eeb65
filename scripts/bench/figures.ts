import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

type Measure = { readonly rows: number; readonly milliseconds: number; readonly peakKilobytes: number };

const WORKER = fileURLToPath(new URL("figures-worker.ts", import.meta.url));
const ROUNDS = 3;

function runWorker(...words: readonly string[]): Measure {
  const done = spawnSync(process.execPath, ["--import", "tsx", WORKER, ...words], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout) as Measure;
}

/** SQLite's own `.import`, into a table of texts: no check, no reading of numbers. */
async function runSqlite(table: string, target: string): Promise<Measure | null> {
  const started = performance.now();
  const child = spawn("sqlite3", [target, "-cmd", ".mode csv", "-cmd", ".separator ;", `.import ${table} brut`], {
    stdio: "ignore",
  });
  let peakKilobytes = 0;
  const watch = setInterval(() => {
    try {
      const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, "utf8"))?.[1];
      peakKilobytes = Math.max(peakKilobytes, Number(found ?? 0));
    } catch {
      /* It has ended. */
    }
  }, 5);
  const code = await new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(null));
    child.on("exit", resolve);
  });
  clearInterval(watch);
  return code === 0 ? { rows: 0, milliseconds: performance.now() - started, peakKilobytes } : null;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Imports of the national files against a bare streaming parser and SQLite's own `.import`, in turns. @param folder of the producers' files */
export async function measureFigures(folder: string): Promise<void> {
  const files = [
    ["comparateur", join(folder, "comparateur/base_cc_comparateur_csv.zip")],
    ["filosofi", join(folder, "filosofi/cc_filosofi_2021_COM.csv.gz")],
  ] as const;
  const work = mkdtempSync(join(tmpdir(), "portail-figures-"));
  console.log("\n### National files of figures\n");
  console.log("| file | rows/s | peak MB | seconds ÷ bare parser | seconds ÷ sqlite3 .import | MB ÷ bare parser |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  try {
    for (const [kind, path] of files) {
      if (!existsSync(path)) {
        console.log(`| ${kind}: absent | | | | | |`);
        continue;
      }
      const table = join(work, `${kind}.csv`);
      runWorker("unfold", kind, path, table);
      const [ours, parser, sqlite]: [Measure[], Measure[], Measure[]] = [[], [], []];
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(runWorker("ours", kind, path, join(work, `${kind}-${round}.sqlite`)));
        parser.push(runWorker("parser", kind, path));
        const bare = await runSqlite(table, join(work, `${kind}-${round}-brut.sqlite`));
        if (bare) sqlite.push(bare);
      }
      const time = (measures: readonly Measure[]) => median(measures.map(({ milliseconds }) => milliseconds));
      const peak = (measures: readonly Measure[]) => median(measures.map(({ peakKilobytes }) => peakKilobytes));
      const cells = [
        ...[kind, Math.round(((ours[0]?.rows ?? 0) / time(ours)) * 1000), Math.round(peak(ours) / 1000)],
        ...[
          (time(ours) / time(parser)).toFixed(1),
          sqlite.length > 0 ? (time(ours) / time(sqlite)).toFixed(1) : "sqlite3 absent",
        ],
        (peak(ours) / peak(parser)).toFixed(1),
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
