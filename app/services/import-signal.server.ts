import { mkdirSync, watchFile, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getEnv } from "./env.server";
import { announcePublicChange } from "./live.server";

/** An import is done by another process: a file tells the portal that its public pages must be computed again. */

const EVERY_MILLISECONDS = 2_000;
let isWatching = false;

const signalPath = (dataDir: string): string => join(dataDir, "imports", ".dernier-import");

/** From the first page that shows figures on, pages kept in memory are dropped once an import has ended. */
export function noticeImports(): void {
  const { dataDir, nodeEnv } = getEnv();
  if (isWatching || nodeEnv !== "production") return;
  isWatching = true;
  watchFile(signalPath(dataDir), { interval: EVERY_MILLISECONDS, persistent: false }, announcePublicChange);
}

export function signalImport(instant: string): void {
  const { dataDir } = getEnv();
  mkdirSync(join(dataDir, "imports"), { recursive: true });
  writeFileSync(signalPath(dataDir), instant);
}
