import { canonicalJson } from "~/domain/register/canonical";
import { verifyChain } from "~/domain/register/chain";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId } from "~/domain/kernel/ids";
import {
  deferReferences,
  describeTables,
  hasDanglingReference,
  isConstraintFault,
  listAppliedMigrations,
  writeTransaction,
  type Db,
  type TableShape,
  type Trx,
} from "~/services/db.server";
import { insertRows, type RawRow } from "~/services/network-rows.server";
import { listRegister } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import { isStored, storeUpload } from "~/services/uploads.server";
import { openZip, readWhole, sha256Of, ZipRefused, type OpenZip, type ZipLimits } from "~/services/zip-reader.server";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { dataFingerprint, isFileReference } from "./data.server";
import { manifestSchema, type Manifest } from "./manifest";
import { scopeOf } from "./scopes";

export type TakeOverRefusal =
  | { readonly kind: "damaged" | "unsafe-name" | "too-large"; readonly detail: string }
  /** A file is not the one that the manifest tells, is missing, or was added. */
  | { readonly kind: "file-altered" | "file-missing" | "file-added"; readonly detail: string }
  | { readonly kind: "not-an-archive" }
  | { readonly kind: "extract-only" }
  | { readonly kind: "other-version"; readonly theirs: readonly string[]; readonly ours: readonly string[] }
  /** The same migrations, but not the same tables: `detail` names the table or the column, `producedAt` when the archive was made. */
  | { readonly kind: "other-tables"; readonly detail: string; readonly theirs: string; readonly producedAt: string }
  /** The register is broken, or does not seal these data, or is not the one that was noted elsewhere. */
  | { readonly kind: "register-broken" | "register-differs" | "data-not-sealed" | "fingerprint-differs" }
  | { readonly kind: "network-exists" | "installation-not-empty"; readonly detail: string }
  | { readonly kind: "rows-refused"; readonly detail: string };

export type TakenOver = {
  readonly network: { readonly id: string; readonly slug: string; readonly name: string };
  readonly tables: ReadonlyMap<string, number>;
  readonly files: number;
  readonly missing: number;
  readonly register: { readonly count: number; readonly lastHash: string };
};

export type TakeOverOptions = {
  /** The last fingerprint of the register as somebody else noted it. Without it, an archive remade from end to end can't be told. */
  readonly expectedHash: string | null;
  readonly isRehearsal: boolean;
  readonly folder: string;
  readonly limits?: ZipLimits;
};

const LIMITS: ZipLimits = { maxEntries: 65_000, maxTotalBytes: 8 * 1024 ** 3, maxRatio: 250 };
const MAX_MANIFEST_BYTES = 64 * 1024 ** 2;
const MAX_LINE = 64 * 1024 ** 2;
const BATCH_ROWS = 200;
const MAX_VARIABLES = 30_000;

/** Ends the transaction without a trace: a refusal found on the way, or a rehearsal that went well. */
class Undone extends Error {
  constructor(readonly decision: Decision<TakenOver, TakeOverRefusal>) {
    super("Undone");
  }
}

/**
 * Puts the network of an archive into an installation that has none of its own: all of it or nothing. Every file is proved before the first row
 * is written; the register must be whole, end where the archive says, and seal these very data.
 * @param source the path of the ZIP, or its bytes
 */
export async function takeOver(
  db: Db,
  source: string | Buffer,
  options: TakeOverOptions,
): Promise<Decision<TakenOver, TakeOverRefusal>> {
  const { limits = LIMITS } = options;
  let zip: OpenZip;
  try {
    zip = await openZip(source, limits);
  } catch (fault) {
    if (fault instanceof ZipRefused) return refuse({ kind: fault.refusal, detail: fault.detail });
    throw fault;
  }
  try {
    const manifest = await readManifest(zip);
    if (!manifest.ok) return manifest;
    const trusted = (await proveFiles(zip, manifest.value)) ?? (await checkManifest(db, manifest.value, options));
    if (trusted !== null) return refuse(trusted);
    return await restore(db, zip, manifest.value, options);
  } catch (fault) {
    if (fault instanceof ZipRefused) return refuse({ kind: fault.refusal, detail: fault.detail });
    throw fault;
  } finally {
    zip.close();
  }
}

async function readManifest(zip: OpenZip): Promise<Decision<Manifest, TakeOverRefusal>> {
  if (!zip.sizes.has("MANIFEST.json")) return refuse({ kind: "not-an-archive" });
  const text = (await readWhole(zip, "MANIFEST.json", MAX_MANIFEST_BYTES)).toString("utf8");
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success) return refuse({ kind: "not-an-archive" });
  return parsed.data.kind === "archive" ? grant(parsed.data) : refuse({ kind: "extract-only" });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const UNLISTED = new Set(["MANIFEST.json", "SHA256SUMS"]);

/** Each file of the ZIP is in the manifest with its size and its fingerprint, and the reverse. */
async function proveFiles(zip: OpenZip, manifest: Manifest): Promise<TakeOverRefusal | null> {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  for (const path of zip.sizes.keys())
    if (!listed.has(path) && !UNLISTED.has(path)) return { kind: "file-added", detail: path };
  for (const { path, bytes, sha256 } of listed.values()) {
    const size = zip.sizes.get(path);
    if (size === undefined) return { kind: "file-missing", detail: path };
    if (size !== bytes || (await sha256Of(zip, path)) !== sha256) return { kind: "file-altered", detail: path };
  }
  const sums = manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("");
  const written = zip.sizes.has("SHA256SUMS") ? await readWhole(zip, "SHA256SUMS", MAX_MANIFEST_BYTES) : null;
  if (written?.toString("utf8") !== sums) return { kind: "file-altered", detail: "SHA256SUMS" };
  for (const { path, sha256 } of manifest.tables)
    if (listed.get(path)?.sha256 !== sha256) return { kind: "file-altered", detail: path };
  return null;
}

async function checkManifest(db: Db, manifest: Manifest, options: TakeOverOptions): Promise<TakeOverRefusal | null> {
  const ours = await listAppliedMigrations(db);
  if (ours.join() !== manifest.migrations.join()) return { kind: "other-version", theirs: manifest.migrations, ours };
  if (dataFingerprint(manifest.tables) !== manifest.dataSha256) return { kind: "data-not-sealed" };
  const { expectedHash } = options;
  if (expectedHash !== null && expectedHash !== manifest.register.lastHash) return { kind: "fingerprint-differs" };
  const { id, slug } = manifest.network;
  const twin = await db
    .selectFrom("network")
    .select("slug")
    .where((eb) => eb.or([eb("id", "=", id), eb("slug", "=", slug)]))
    .executeTakeFirst();
  if (twin) return { kind: "network-exists", detail: twin.slug };
  const other = await db.selectFrom("network").select("slug").executeTakeFirst();
  return other ? { kind: "installation-not-empty", detail: other.slug } : null;
}

async function restore(
  db: Db,
  zip: OpenZip,
  manifest: Manifest,
  options: TakeOverOptions,
): Promise<Decision<TakenOver, TakeOverRefusal>> {
  const shapes = new Map((await describeTables(db)).map((shape) => [shape.name, shape]));
  const added: string[] = [];
  try {
    return await writeTransaction(db, async (trx) => {
      await deferReferences(trx);
      const tables = new Map<string, number>();
      for (const table of manifest.tables) {
        const shape = shapes.get(table.name);
        if (shape === undefined) throw new Undone(refuse(otherTables(manifest, table.name)));
        const scope = scopeOf(shape);
        if (scope === null || scope.kind === "excluded") refuseRows(table.name);
        else
          tables.set(
            table.name,
            await restoreTable(trx, zip, { ...table, shape, isShared: scope.kind === "shared" }, manifest),
          );
      }
      const told = new Set([...tables.keys(), ...manifest.excluded.map(({ table }) => table)]);
      const untold = [...shapes.keys()].find((name) => !told.has(name));
      if (untold !== undefined) throw new Undone(refuse(otherTables(manifest, untold)));
      if (await hasDanglingReference(trx)) refuseRows("références");
      const register = await proveRegister(trx, zip, manifest);
      if (!options.isRehearsal) await storeFiles(zip, manifest, options.folder, added);
      const result = grant({
        ...{ network: manifest.network, tables, register, missing: manifest.missing.length },
        files: manifest.files.filter(({ path }) => path.startsWith("pieces/")).length,
      });
      if (options.isRehearsal) throw new Undone(result);
      return result;
    });
  } catch (fault) {
    await Promise.all(added.map((sha256) => unlink(join(options.folder, sha256)).catch(() => undefined)));
    if (fault instanceof Undone) return fault.decision;
    if (isConstraintFault(fault))
      return refuse({ kind: "rows-refused", detail: fault instanceof Error ? fault.message : "" });
    throw fault;
  }
}

function otherTables({ migrations, producedAt }: Manifest, detail: string): TakeOverRefusal {
  return { kind: "other-tables", detail, theirs: migrations.at(-1) ?? "", producedAt };
}

function refuseRows(detail: string): never {
  throw new Undone(refuse({ kind: "rows-refused", detail }));
}

type RestoredTable = Manifest["tables"][number] & { readonly shape: TableShape; readonly isShared: boolean };

async function restoreTable(trx: Trx, zip: OpenZip, table: RestoredTable, manifest: Manifest): Promise<number> {
  const { shape, isShared } = table;
  const batch = Math.max(1, Math.min(BATCH_ROWS, Math.floor(MAX_VARIABLES / shape.columns.length)));
  let waiting: RawRow[] = [];
  let rows = 0;
  const flush = async (): Promise<void> => {
    await insertRows(trx, shape.name, waiting, { skipKnown: isShared });
    waiting = [];
  };
  for await (const line of rowLines(zip, table.path)) {
    waiting.push(await toRow(zip, shape, parseJson(line), manifest));
    rows += 1;
    if (waiting.length >= batch) await flush();
  }
  await flush();
  if (rows !== table.rows) refuseRows(`${table.name} : ${rows} lignes au lieu de ${table.rows}`);
  return rows;
}

/** The rows of a table as they were written: « [ », then one on each line with the comma of the one before, then « ] ». */
async function* rowLines(zip: OpenZip, path: string): AsyncGenerator<string> {
  for await (const line of textLines(zip.read(path))) {
    const text = line.endsWith(",") ? line.slice(0, -1) : line;
    if (text !== "[" && text !== "]" && text !== "") yield text;
  }
}

async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: false });
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > MAX_LINE) throw new ZipRefused("too-large", "ligne");
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** Exactly the columns of the table; of this network; nobody comes in as administrator. */
async function toRow(zip: OpenZip, shape: TableShape, value: unknown, manifest: Manifest): Promise<RawRow> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuseRows(shape.name);
  const given = new Map(Object.entries(value));
  const unknown = [...given.keys()].find((key) => !shape.columns.some(({ name }) => name === key));
  const absent = shape.columns.find(({ name }) => !given.has(name))?.name;
  const unlike = unknown ?? absent;
  if (unlike !== undefined) throw new Undone(refuse(otherTables(manifest, `${shape.name}.${unlike}`)));
  const row: Record<string, unknown> = {};
  for (const { name } of shape.columns) {
    const cell = given.get(name);
    if (isFileReference(cell)) {
      const bytes = await readWhole(zip, cell.$fichier, MAX_MANIFEST_BYTES);
      if (sha256Hex(bytes) !== cell.sha256) refuseRows(`${shape.name}.${name}`);
      row[name] = bytes;
    } else if (cell === null || typeof cell === "string" || typeof cell === "number") row[name] = cell;
    else refuseRows(`${shape.name}.${name}`);
  }
  const isOurs = !("network_id" in row) || row["network_id"] === manifest.network.id || row["network_id"] === null;
  if (!isOurs || (shape.name === "network" && row["id"] !== manifest.network.id)) refuseRows(shape.name);
  if (shape.name === "person") row["is_administrator"] = 0;
  return row;
}

/** The register that was written is whole, ends where the archive says, is the one that people can read, and seals the data. */
async function proveRegister(trx: Trx, zip: OpenZip, manifest: Manifest): Promise<TakenOver["register"]> {
  const acts = await listRegister(trx, manifest.network.id as NetworkId);
  const report = verifyChain(acts, sha256Hex);
  const undo = (kind: "register-broken" | "register-differs" | "data-not-sealed"): never => {
    throw new Undone(refuse({ kind }));
  };
  if (!report.ok) return undo("register-broken");
  if (report.lastHash !== manifest.register.lastHash || report.count !== manifest.register.count)
    return undo("register-differs");
  let index = 0;
  for await (const line of textLines(zip.read("registre.jsonl"))) {
    const act = acts[index];
    if (act === undefined) return undo("register-differs");
    const { actorLabel: _label, ...sealed } = act;
    if (canonicalJson(sealed) !== line) return undo("register-differs");
    index += 1;
  }
  if (index !== acts.length) return undo("register-differs");
  const last = acts.at(-1);
  const seal =
    last?.kind === "archive-produced" ? (last.payload as { readonly dataSha256?: unknown }).dataSha256 : null;
  if (seal !== manifest.dataSha256) return undo("data-not-sealed");
  return { count: report.count, lastHash: report.lastHash };
}

/** @param added fingerprints of the files that were not there before, as they come */
async function storeFiles(zip: OpenZip, manifest: Manifest, folder: string, added: string[]): Promise<void> {
  for (const { path } of manifest.files) {
    const sha256 = /^pieces\/([0-9a-f]{64})-/.exec(path)?.[1];
    if (sha256 === undefined || (await isStored(sha256, folder))) continue;
    const bytes = await readWhole(zip, path, MAX_MANIFEST_BYTES);
    if (sha256Hex(bytes) !== sha256) throw new Undone(refuse({ kind: "file-altered", detail: path }));
    added.push(sha256);
    await storeUpload(bytes, folder);
  }
}
