import { mkdir, readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Clock } from "~/services/clock.server";
import { writeTransaction, type Db } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { describeFault, log } from "~/services/log.server";
import { recordAct } from "~/services/register.server";
import type { JobRefusal } from "./import-report";
import { DATASET_LABELS, importMessage } from "./messages.fr";
import { runImport, type ImportOrder } from "./run-import.server";

/** Imports asked for in a screen: another process does them, so that no page waits; their row tells how far they are. */

export type ImportState = "waiting" | "running" | "done" | "refused" | "failed";

export type ImportJob = {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly state: ImportState;
  readonly isSimulation: boolean;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly byteSize: number;
  readonly lines: readonly string[];
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly startedBy: string | null;
};

/** Where an operator puts the files that are too large to be sent by a page. */
export function importsFolder(): string {
  return join(getEnv().dataDir, "imports");
}

const SENT = "envoyes";

export type ReadyFile = { readonly name: string; readonly byteSize: number };

export async function listReadyFiles(folder = importsFolder()): Promise<readonly ReadyFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && /\.(csv|zip|gz|txt|xlsx|geojson|json)$/i.test(entry.name));
  const found = await Promise.all(
    files.map(async ({ name }) => ({ name, byteSize: (await stat(join(folder, name))).size })),
  );
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

export type NewImport = Omit<ImportOrder, "path"> & {
  readonly cle: string;
  readonly path: string;
  readonly byteSize: number;
};

/** Records that an import was asked for; the same key twice is one import. One at a time: they would only wait for each other. */
export async function requestImport(
  { db, clock, networkId, actor }: CommandContext,
  { cle, byteSize, ...order }: NewImport,
): Promise<Decision<{ readonly id: string; readonly isNew: boolean }, JobRefusal>> {
  if (DATASET_LABELS[order.kind] === undefined) return refuse({ kind: "dataset-unknown" });
  return writeTransaction(
    db,
    async (trx): Promise<Decision<{ readonly id: string; readonly isNew: boolean }, JobRefusal>> => {
      const known = await trx.selectFrom("figureImport").select("id").where("id", "=", cle).executeTakeFirst();
      if (known) return grant({ id: cle, isNew: false });
      const recent = new Date(clock.now().getTime() - STALE_MINUTES * 60_000).toISOString();
      const running = await trx
        .selectFrom("figureImport")
        .select("id")
        .where("state", "in", ["waiting", "running"])
        .where("startedAt", ">", recent)
        .executeTakeFirst();
      if (running) return refuse({ kind: "import-running" });
      await trx
        .insertInto("figureImport")
        .values({
          ...{ id: cle, networkId, kind: order.kind, fileName: order.fileName, content: JSON.stringify(order) },
          ...{ state: "waiting", rowsRead: 0, bytesRead: 0, byteSize, report: null },
          ...{ startedBy: actor.personId, startedAt: clock.now().toISOString(), endedAt: null },
        })
        .execute();
      if (!order.isSimulation) {
        await recordAct(trx, clock, actingPerson(actor), {
          ...{ networkId, kind: "figures-import-requested" },
          payload: { importId: cle, dataset: order.kind, fileName: order.fileName },
        });
      }
      return grant({ id: cle, isNew: true });
    },
  );
}

/** After so long without an end, an import is held for lost and another one may start. */
const STALE_MINUTES = 60;

/** Does what the row asks for, and writes there how it goes. @throws when there is no such row */
export async function performImport(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  id: string,
): Promise<void> {
  const row = await db
    .selectFrom("figureImport")
    .select(["content", "state"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  if (row.state !== "waiting") return;
  const order = JSON.parse(row.content) as ImportOrder;
  const save = (change: {
    state?: ImportState;
    rowsRead?: number;
    bytesRead?: number;
    report?: string;
    endedAt?: string;
  }) => db.updateTable("figureImport").set(change).where("id", "=", id).execute();
  await save({ state: "running" });
  const end = (state: ImportState, lines: readonly string[]) =>
    save({ state, report: JSON.stringify(lines), endedAt: clock.now().toISOString() });
  try {
    const done = await runImport({ db, clock }, order, async ({ rows, bytes }) => {
      await save({ rowsRead: rows, bytesRead: bytes });
    });
    if (done.ok) await end("done", done.value);
    else await end("refused", importMessage(done.refusal).split("\n"));
  } catch (fault) {
    log("error", "import.failed", describeFault(fault));
    await end("failed", [
      "L’import s’est arrêté sur une panne du portail. Rien n’est importé ; elle est notée au journal.",
    ]);
  } finally {
    if (!order.isSimulation && order.path.includes(`${SENT}/`)) await unlink(order.path).catch(() => undefined);
  }
}

/** A folder of its own for each file sent by a page. */
export async function prepareSentFile(id: string): Promise<string> {
  const folder = join(importsFolder(), SENT);
  await mkdir(folder, { recursive: true });
  return join(folder, id);
}

export async function listImports(db: Db, networkId: NetworkId): Promise<readonly ImportJob[]> {
  const rows = await db
    .selectFrom("figureImport")
    .leftJoin("person", "person.id", "figureImport.startedBy")
    .selectAll("figureImport")
    .select("person.displayName")
    .where("figureImport.networkId", "=", networkId)
    .orderBy("figureImport.startedAt", "desc")
    .limit(20)
    .execute();
  return rows.map(toJob);
}

export async function findImport(db: Db, networkId: NetworkId, id: string): Promise<ImportJob | null> {
  const row = await db
    .selectFrom("figureImport")
    .leftJoin("person", "person.id", "figureImport.startedBy")
    .selectAll("figureImport")
    .select("person.displayName")
    .where("figureImport.networkId", "=", networkId)
    .where("figureImport.id", "=", id)
    .executeTakeFirst();
  return row ? toJob(row) : null;
}

/** What the same import would be without « simulation », from a simulation that went well. */
export async function findOrder(db: Db, networkId: NetworkId, id: string): Promise<ImportOrder | null> {
  const row = await db
    .selectFrom("figureImport")
    .select("content")
    .where("networkId", "=", networkId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? (JSON.parse(row.content) as ImportOrder) : null;
}

type JobRow = {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly state: string;
  readonly content: string;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly byteSize: number;
  readonly report: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly displayName: string | null;
};

function toJob({ content, report, displayName, state, ...row }: JobRow): ImportJob {
  const { id, kind, fileName, rowsRead, bytesRead, byteSize, startedAt, endedAt } = row;
  return {
    ...{ id, kind, fileName, rowsRead, bytesRead, byteSize, startedAt, endedAt, startedBy: displayName },
    state: state as ImportState,
    isSimulation: (JSON.parse(content) as ImportOrder).isSimulation,
    lines: report === null ? [] : (JSON.parse(report) as readonly string[]),
  };
}
