import { spawn } from "node:child_process";
import { join } from "node:path";
import { log } from "./log.server";

/** Starts an import in a process of its own: a national file takes seconds of computing, which no visitor waits for. */
export function startImportProcess(id: string): void {
  const child = spawn(process.execPath, ["--import", "tsx", join(process.cwd(), "scripts/import.ts"), "--tache", id], {
    env: process.env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  child.on("error", (fault) => log("error", "import.not-started", { message: fault.message }));
}
