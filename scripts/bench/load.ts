import { Agent, request } from "node:http";

export type Load = { readonly perSecond: number; readonly p50: number; readonly p95: number; readonly bytes: number };

type Target = { readonly url: string; readonly headers?: Record<string, string> };

/** One request over a kept connection. @returns status and size received */
export function hit(agent: Agent, { url, headers = {} }: Target): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers: { "accept-encoding": "br", ...headers } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, bytes }));
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** As many requests as `users` can make one after the other during `milliseconds`. @throws when an answer is no 200 */
export async function measureLoad(target: Target, users: number, milliseconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: users });
  const times: number[] = [];
  let bytes = 0;
  const end = performance.now() + milliseconds;
  const user = async (): Promise<void> => {
    while (performance.now() < end) {
      const started = performance.now();
      const answer = await hit(agent, target);
      if (answer.status !== 200) throw new Error(`${target.url}: ${answer.status}`);
      bytes = answer.bytes;
      times.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: users }, user));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95), bytes };
}

/** The middle of several measures of each side, taken in turns so that both meet the same machine. */
export async function compare(
  sides: readonly Target[],
  users: number,
  milliseconds: number,
  rounds: number,
): Promise<readonly Load[]> {
  const taken: Load[][] = sides.map(() => []);
  for (const target of sides) await measureLoad(target, users, milliseconds / 4);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, target] of sides.entries()) taken[index]?.push(await measureLoad(target, users, milliseconds));
  }
  return taken.map((loads) => {
    const sorted = [...loads].sort((a, b) => a.perSecond - b.perSecond);
    const middle = sorted[Math.floor(sorted.length / 2)];
    if (!middle) throw new Error("Nothing was measured");
    return middle;
  });
}
