import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import SQLite from "better-sqlite3";
import {
  CamelCasePlugin,
  CompiledQuery,
  Kysely,
  Migrator,
  SqliteDialect,
  SqliteDriver,
  sql,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
  type Transaction,
} from "kysely";
import { migrations } from "../../db/migrations";
import type { Database } from "../../db/schema";
import { getEnv } from "./env.server";
import { describeFault, log } from "./log.server";

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;
export type { Flag } from "../../db/schema";

/** How long a write waits for another process to end its own. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 20;
const MAX_REMEMBERED_STATEMENTS = 1_000;

/** Compiles each text of SQL once: the same few hundred come back at every request. SQLite compiles anew by itself when the schema changes. */
function rememberStatements(database: SQLite.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= MAX_REMEMBERED_STATEMENTS) statements.clear();
      const made = database.prepare(sql) as SqliteStatement;
      statements.set(sql, made);
      return made;
    },
  };
}

/**
 * Takes the write lock at the start: two processes can't both read, decide, and then find the other's write in their way.
 * SQLite would wait for the lock without letting the process do anything else: `writeTransaction` waits instead, and readers go on.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #isInTransaction: () => boolean;
  constructor(config: SqliteConfig) {
    super(config);
    this.#isInTransaction = config.isInTransaction;
  }
  /** A full disk makes SQLite roll back by itself; asking for it again would throw, and hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction()) await super.rollbackTransaction(connection);
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("pragma busy_timeout = 0"));
    try {
      await connection.executeQuery(CompiledQuery.raw("begin immediate"));
    } finally {
      await connection.executeQuery(CompiledQuery.raw(`pragma busy_timeout = ${PATIENCE_MS}`));
    }
  }
}

type SqliteConfig = { readonly database: SqliteDatabase; readonly isInTransaction: () => boolean };

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteConfig;
  constructor(config: SqliteConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

const stamps = new WeakMap<Db, () => string>();

/**
 * Changes with every row written: by this connection (`total_changes`) or, once committed, by another process (`data_version`). Two equal
 * stamps mean that nothing was written between them. Null inside a transaction, whose own reading is nobody else's.
 */
export function changeStamp(db: Db): string | null {
  return stamps.get(db)?.() ?? null;
}

function stampOf(database: SQLite.Database): () => string {
  const own = database.prepare("select total_changes()").pluck();
  const others = database.prepare("pragma data_version").pluck();
  return () => `${String(own.get())} ${String(others.get())}`;
}

/**
 * Opens the embedded database. `synchronous = FULL`: an act that was answered survives a power cut.
 * @param path a file, or « :memory: »
 * @param durable false only while a file is being made that would be made again after a power cut
 */
export function openDatabase(path: string, { durable = true }: { readonly durable?: boolean } = {}): Db {
  const database = new SQLite(path);
  database.pragma("journal_mode = WAL");
  database.pragma(`synchronous = ${durable ? "FULL" : "OFF"}`);
  database.pragma("foreign_keys = ON");
  database.pragma(`busy_timeout = ${PATIENCE_MS}`);
  const db = new Kysely<Database>({
    dialect: new ImmediateSqliteDialect({
      database: rememberStatements(database),
      isInTransaction: () => database.inTransaction,
    }),
    plugins: [new CamelCasePlugin()],
  });
  stamps.set(db, stampOf(database));
  return db;
}

function migratorOf(db: Db): Migrator {
  return new Migrator({ db: db.withoutPlugins(), provider: { getMigrations: async () => migrations } });
}

/** Applies what is missing; returns the names of the migrations applied now. @throws when one fails (the others stay). */
export async function migrateToLatest(db: Db): Promise<readonly string[]> {
  const { error, results = [] } = await migratorOf(db).migrateToLatest();
  if (error) throw error;
  return results.filter((result) => result.status === "Success").map((result) => result.migrationName);
}

export async function listPendingMigrations(db: Db): Promise<readonly string[]> {
  const known = await migratorOf(db).getMigrations();
  return known.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name);
}

/** The names of the migrations that this database went through, in order: two databases with the same list have the same tables. */
export async function listAppliedMigrations(db: Db): Promise<readonly string[]> {
  const known = await migratorOf(db).getMigrations();
  return known.flatMap(({ name, executedAt }) => (executedAt === undefined ? [] : [name]));
}

export type ColumnShape = { readonly name: string; readonly type: string; readonly isNullable: boolean };
/** A table as the database itself knows it; names are those of the database, in snake_case. */
export type TableShape = {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[];
  readonly references: readonly { readonly column: string; readonly table: string }[];
};

/** Every table but those of the migrations themselves, by name. */
export async function describeTables(db: Db | Trx): Promise<readonly TableShape[]> {
  const raw = db.withoutPlugins();
  const { rows: columns } = await sql<{
    readonly table: string;
    readonly name: string;
    readonly type: string;
    readonly notnull: number;
    readonly pk: number;
  }>`select m.name as "table", c.name, c.type, c."notnull", c.pk from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'kysely_%' order by m.name, c.cid`.execute(
    raw,
  );
  const { rows: references } = await sql<{
    readonly table: string;
    readonly column: string;
    readonly target: string;
  }>`select m.name as "table", f."from" as "column", f."table" as target from sqlite_master m, pragma_foreign_key_list(m.name) f
    where m.type = 'table' order by m.name, f.id, f.seq`.execute(raw);
  return [...new Set(columns.map(({ table }) => table))].map((name) => {
    const own = columns.filter(({ table }) => table === name);
    return {
      name,
      columns: own.map((column) => ({ name: column.name, type: column.type, isNullable: column.notnull === 0 })),
      key: own
        .filter(({ pk }) => pk > 0)
        .sort((one, other) => one.pk - other.pk)
        .map((column) => column.name),
      references: references
        .filter(({ table }) => table === name)
        .map(({ column, target }) => ({ column, table: target })),
    };
  });
}

/** Until the transaction ends, a row may point to one that comes after it. */
export async function deferReferences(trx: Trx): Promise<void> {
  await sql`pragma defer_foreign_keys = on`.execute(trx);
}

/** Is there a row that points to one that does not exist? */
export async function hasDanglingReference(trx: Trx): Promise<boolean> {
  const { rows } = await sql`pragma foreign_key_check`.execute(trx);
  return rows.length > 0;
}

/** Did the database refuse what a row holds? */
export function isConstraintFault(fault: unknown): boolean {
  return fault instanceof SQLite.SqliteError && fault.code.startsWith("SQLITE_CONSTRAINT");
}

/**
 * The database as it is at this very moment, to be read at leisure while others write. It is taken at once, without a pause in which
 * another act could slip in. To be closed with `destroy`.
 */
export function openSnapshot(dataDir: string): Db {
  const database = new SQLite(databasePath(dataDir), { readonly: true, fileMustExist: true });
  database.exec("begin");
  database.prepare("select count(*) from network").get();
  return new Kysely<Database>({
    dialect: new SqliteDialect({ database: rememberStatements(database) }),
    plugins: [new CamelCasePlugin()],
  });
}

/** Does the database answer, and how many migrations are missing? @throws when it does not answer */
export async function checkHealth(db: Db): Promise<{ readonly pendingMigrations: number }> {
  return { pendingMigrations: (await listPendingMigrations(db)).length };
}

export function databasePath(dataDir: string): string {
  return join(dataDir, "portail.sqlite");
}

let shared: Db | null = null;

/** The one connection of this process. */
export function getDb(): Db {
  if (shared === null) {
    const { dataDir } = getEnv();
    mkdirSync(dataDir, { recursive: true });
    shared = openDatabase(databasePath(dataDir));
  }
  return shared;
}

const pending = new WeakMap<object, Array<() => void>>();

/** Runs once the transaction has been committed, and never when it was rolled back. */
export function afterCommit(trx: Trx, work: () => void): void {
  const queue = pending.get(trx);
  if (!queue) throw new Error("afterCommit needs a transaction opened by writeTransaction");
  queue.push(work);
}

/** Begins as soon as no other process writes. Between two tries the connection is free for readers. @throws when it lasts too long */
async function whenUnlocked<Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  for (let waited = 0; ; waited += PAUSE_MS) {
    let isBegun = false;
    try {
      return await db.transaction().execute((trx) => {
        isBegun = true;
        return work(trx);
      });
    } catch (fault) {
      const isLocked = fault instanceof SQLite.SqliteError && fault.code.startsWith("SQLITE_BUSY");
      if (isBegun || !isLocked || waited >= PATIENCE_MS) throw fault;
    }
    await setTimeout(PAUSE_MS);
  }
}

/** One command, one transaction: load, decide, write, register, outbox; then what was deferred with `afterCommit`. */
export async function writeTransaction<Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  const queue: Array<() => void> = [];
  const result = await whenUnlocked(db, async (trx) => {
    pending.set(trx, queue);
    return work(trx);
  });
  for (const deferred of queue) deferred();
  return result;
}

/**
 * Rewrites the file in the order of its keys. Within a page of SQLite, rows lie where they were written: without this, whoever reads
 * the raw file of a closed secret poll could still tell which ballot came first. A fault here undoes nothing: it is logged, and the next closing
 * rewrites the same pages.
 */
export async function forgetWritingOrder(db: Db): Promise<void> {
  try {
    await sql`vacuum`.execute(db);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  } catch (fault) {
    log("error", "database.writing-order-kept", describeFault(fault));
  }
}
