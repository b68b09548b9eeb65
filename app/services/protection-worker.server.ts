import { parentPort } from "node:worker_threads";
import { protectYear } from "../domain/statistics/release/protect-year";
import type { ProtectionAnswer, ProtectionRequest } from "./protection.server";
import { loadSolver } from "./solver.server";

/** The thread where releases are computed: it holds no database and writes nothing. Started by `scripts/protection-thread.js`, imports by relative paths only. */
const port = parentPort;
if (!port) throw new Error("Started outside a thread");
const answer = (message: ProtectionAnswer): void => port.postMessage(message);

async function compute({ id, inputs, earlier }: ProtectionRequest): Promise<void> {
  try {
    const openProgram = await loadSolver();
    const decision = protectYear(inputs, earlier, openProgram, (done, total) =>
      answer({ id, kind: "progress", done, total }),
    );
    answer({ id, kind: "done", decision });
  } catch (fault) {
    answer({ id, kind: "fault", message: fault instanceof Error ? fault.message : String(fault) });
  }
}

port.on("message", (request: ProtectionRequest) => void compute(request));
