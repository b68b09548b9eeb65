import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Decision } from "~/domain/kernel/decision";
import type { EarlierRelease } from "~/domain/statistics/release/compose-task";
import type { FrozenYear } from "~/domain/statistics/release/frozen-year";
import type { ProtectedYear, Unprotected } from "~/domain/statistics/release/protect-year";

export type ProtectionRequest = {
  readonly id: number;
  readonly inputs: FrozenYear;
  readonly earlier: readonly EarlierRelease[];
};

export type ProtectionAnswer =
  | { readonly id: number; readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly id: number; readonly kind: "done"; readonly decision: Decision<ProtectedYear, Unprotected> }
  | { readonly id: number; readonly kind: "fault"; readonly message: string };

type Waiting = {
  readonly resolve: (decision: Decision<ProtectedYear, Unprotected>) => void;
  readonly reject: (fault: Error) => void;
  readonly tellProgress: (done: number, total: number) => void;
};

const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let lastId = 0;

/**
 * Protects and attacks a year in a thread of its own: it takes seconds of computing, during which everybody else is served. One thread, one year after the
 * other. It is started with the first year and does not keep an idle process alive.
 */
export function protectInThread(
  inputs: FrozenYear,
  earlier: readonly EarlierRelease[],
  tellProgress: (done: number, total: number) => void,
): Promise<Decision<ProtectedYear, Unprotected>> {
  const thread = (worker ??= startThread());
  lastId += 1;
  const request: ProtectionRequest = { id: lastId, inputs, earlier };
  return new Promise((resolve, reject) => {
    waiting.set(request.id, { resolve, reject, tellProgress });
    thread.ref();
    thread.postMessage(request);
  });
}

function startThread(): Worker {
  const thread = new Worker(join(process.cwd(), "scripts/protection-thread.js"));
  thread.on("message", (answer: ProtectionAnswer) => {
    const asked = waiting.get(answer.id);
    if (answer.kind === "progress") return asked?.tellProgress(answer.done, answer.total);
    waiting.delete(answer.id);
    if (waiting.size === 0) thread.unref();
    if (answer.kind === "done") asked?.resolve(answer.decision);
    else asked?.reject(new Error(answer.message));
  });
  const giveUp = (fault: Error): void => {
    if (worker === thread) worker = null;
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  thread.on("error", giveUp);
  thread.on("exit", (code) => giveUp(new Error(`The thread that protects figures ended (${code})`)));
  return thread;
}
