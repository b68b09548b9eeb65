import { createHash } from "node:crypto";
import { composeCsvLine, type CsvCell } from "~/documents/csv";
import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { describeTables, type Db, type TableShape, type Trx } from "~/services/db.server";
import { listIds, readRows, type RawRow, type RowFilter } from "~/services/network-rows.server";
import { REDACTIONS, scopeOf, type TableScope } from "./scopes";

/** Pieces of a file of about this size are pushed at a time. */
const PIECE_BYTES = 64 * 1024;

export type ExportedTable = { readonly shape: TableShape; readonly scope: TableScope };

export type ExportPlan = {
  readonly tables: readonly ExportedTable[];
  readonly excluded: readonly { readonly table: string; readonly reason: string }[];
};

/**
 * Which tables an archive holds, in the order in which they are written: those that others name come last.
 * @throws Error for a table that nobody has decided about: it would be left behind in silence
 */
export async function planExport(db: Db): Promise<ExportPlan> {
  const excluded: { table: string; reason: string }[] = [];
  const tables: ExportedTable[] = [];
  for (const shape of await describeTables(db)) {
    const scope = scopeOf(shape);
    if (scope === null) throw new Error(`Nobody has said whether an archive holds the table ${shape.name}`);
    if (scope.kind === "excluded") excluded.push({ table: shape.name, reason: scope.reason });
    else tables.push({ shape, scope });
  }
  const isNamed = ({ scope }: ExportedTable): boolean => scope.kind === "named";
  return { tables: [...tables.filter((table) => !isNamed(table)), ...tables.filter(isNamed)], excluded };
}

/** A file that people added, told by a row. */
export type AttachedFile = {
  readonly table: string;
  readonly id: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly title: string;
  readonly byteSize: number;
};

/** A file that lies in the database itself. */
export type HeldFile = {
  readonly path: string;
  readonly sha256: string;
  readonly table: string;
  readonly row: RawRow;
  readonly column: string;
};

/** What the reading of the rows has brought to light so far. */
export type Findings = {
  readonly peopleIds: ReadonlySet<string>;
  readonly organizationIds: ReadonlySet<string>;
  readonly namedPeople: Set<string>;
  readonly namedOrganizations: Set<string>;
  /** People who hold a role or a seat today. */
  readonly serving: ReadonlySet<string>;
  readonly attached: AttachedFile[];
  readonly held: Map<string, HeldFile>;
};

export async function startFindings(db: Db | Trx, networkId: NetworkId, on: PlainDate): Promise<Findings> {
  const running = (table: "roleGrant" | "mandate") =>
    db
      .selectFrom(table)
      .select("personId")
      .where("networkId", "=", networkId)
      .where("startsOn", "<=", on)
      .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", on)]))
      .execute();
  const [grants, mandates] = [await running("roleGrant"), await running("mandate")];
  return {
    peopleIds: await listIds(db, "person"),
    organizationIds: await listIds(db, "organization"),
    ...{ namedPeople: new Set<string>(), namedOrganizations: new Set<string>() },
    serving: new Set([...grants, ...mandates].map(({ personId }) => personId)),
    ...{ attached: [], held: new Map() },
  };
}

export function filterOf({ shape, scope }: ExportedTable, networkId: NetworkId, findings: Findings): RowFilter {
  switch (scope.kind) {
    case "network":
      return { kind: "equals", column: "network_id", value: networkId };
    case "self":
      return { kind: "equals", column: "id", value: networkId };
    case "through":
      return { ...scope, where: { column: "network_id", value: networkId } };
    case "shared":
      return { kind: "all" };
    case "named": {
      const ids = shape.name === "person" ? findings.namedPeople : findings.namedOrganizations;
      return { kind: "ids", ids: [...ids].sort() };
    }
    case "excluded":
      throw new Error(`${shape.name} stays`);
  }
}

/** The rows of a table as the archive shows them: redacted, files set aside, and whoever they name noted. */
export async function* readExported(
  db: Db | Trx,
  table: ExportedTable,
  networkId: NetworkId,
  findings: Findings,
): AsyncGenerator<RawRow> {
  const redactions = REDACTIONS[table.shape.name] ?? {};
  for await (const row of readRows(db, table.shape, filterOf(table, networkId, findings))) {
    const shown: Record<string, unknown> = {};
    for (const { name } of table.shape.columns) {
      const redact = redactions[name];
      const value = redact ? redact(row, findings) : row[name];
      shown[name] =
        value instanceof Uint8Array ? setAside(value, { table: table.shape, row, column: name }, findings) : value;
      if (typeof value !== "string") continue;
      if (findings.peopleIds.has(value)) findings.namedPeople.add(value);
      else if (findings.organizationIds.has(value)) findings.namedOrganizations.add(value);
    }
    noteAttached(table.shape.name, row, findings);
    yield shown;
  }
}

type Cell = { readonly table: TableShape; readonly row: RawRow; readonly column: string };

/** What stands in a row for a file that the database holds. */
export type FileReference = { readonly $fichier: string; readonly sha256: string };

export function isFileReference(value: unknown): value is FileReference {
  return typeof value === "object" && value !== null && "$fichier" in value && "sha256" in value;
}

function setAside(bytes: Uint8Array, { table, row, column }: Cell, findings: Findings): FileReference {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const key = table.key.map((name) => String(row[name])).join("-");
  const path =
    table.name === "minutes_publication"
      ? `proces-verbaux/${String(row["year"])}-${String(row["number"])}.pdf`
      : `fichiers/${table.name}/${key}-${column}.bin`;
  const kept = Object.fromEntries(table.key.map((name) => [name, row[name]]));
  findings.held.set(path, { path, sha256, table: table.name, row: kept, column });
  return { $fichier: path, sha256 };
}

/** A table whose rows bear the name of a file and its fingerprint tells of files kept beside the database. */
function noteAttached(table: string, row: RawRow, findings: Findings): void {
  const { sha256, file_name: fileName } = row;
  if (typeof sha256 !== "string" || typeof fileName !== "string") return;
  const title = row["title"];
  findings.attached.push({
    ...{ table, id: String(row["id"] ?? ""), sha256, fileName, title: typeof title === "string" ? title : fileName },
    byteSize: Number(row["byte_size"] ?? 0),
  });
}

export type TableFacts = { readonly name: string; readonly rows: number; readonly sha256: string };

/** A table as a JSON array, one row on each line, so that it is read line by line. `facts` are known once it was read to its end. */
export function tableAsJson(rows: AsyncIterable<RawRow>, name: string) {
  const hash = createHash("sha256");
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    yield "[";
    for await (const row of rows) {
      yield `${count === 0 ? "" : ","}\n${JSON.stringify(row)}`;
      count += 1;
    }
    yield "\n]\n";
  }
  return {
    pieces: inPieces(lines(), (piece) => hash.update(piece)),
    facts: (): TableFacts => ({ name, rows: count, sha256: hash.digest("hex") }),
  };
}

export function tableAsCsv(rows: AsyncIterable<RawRow>, shape: TableShape): AsyncGenerator<Uint8Array> {
  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${composeCsvLine(shape.columns.map(({ name }) => name))}`;
    for await (const row of rows) yield composeCsvLine(shape.columns.map(({ name }) => csvCellOf(row[name])));
  }
  return inPieces(lines());
}

function csvCellOf(value: unknown): CsvCell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string") return value;
  return isFileReference(value) ? value.$fichier : JSON.stringify(value);
}

export async function* inPieces(
  lines: AsyncIterable<string>,
  seen: (piece: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let waiting = "";
  const flush = (): Uint8Array => {
    const piece = encoder.encode(waiting);
    waiting = "";
    seen(piece);
    return piece;
  };
  for await (const line of lines) {
    waiting += line;
    if (waiting.length >= PIECE_BYTES) yield flush();
  }
  if (waiting !== "") yield flush();
}

/** The register seals the data, so it is not part of what it seals. */
export const SEALING_TABLE = "register_entry";

/** One fingerprint for the data of every table but the register. */
export function dataFingerprint(tables: readonly TableFacts[]): string {
  const lines = tables
    .filter(({ name }) => name !== SEALING_TABLE)
    .map(({ name, rows, sha256 }) => `${name} ${rows} ${sha256}\n`)
    .sort();
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** Reads all that an archive would hold, and keeps its fingerprint only. @param actorId who is about to enter the register */
export async function fingerprintData(
  trx: Trx,
  plan: ExportPlan,
  {
    networkId,
    on,
    actorId,
  }: { readonly networkId: NetworkId; readonly on: PlainDate; readonly actorId: string | null },
): Promise<string> {
  const findings = await startFindings(trx, networkId, on);
  if (actorId !== null) findings.namedPeople.add(actorId);
  const facts: TableFacts[] = [];
  for (const table of plan.tables) {
    const json = tableAsJson(readExported(trx, table, networkId, findings), table.shape.name);
    for await (const _piece of json.pieces);
    facts.push(json.facts());
  }
  return dataFingerprint(facts);
}
