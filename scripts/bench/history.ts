import { copyFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import SQLite from "better-sqlite3";

/** Which columns hold an identifier that the copy renames, per table, parents first. */
const COPIED: ReadonlyArray<readonly [table: string, own: readonly string[], years: readonly string[]]> = [
  ["meeting", ["id", "first_meeting_id", "current_item_id"], ["year"]],
  ["meeting_transition", ["id", "meeting_id"], []],
  ["agenda_item", ["id", "meeting_id", "copied_from_id"], []],
  ["item_discussion", ["id", "meeting_id", "agenda_item_id"], []],
  ["attendance_event", ["id", "meeting_id", "agenda_item_id", "corrects_id"], []],
  ["poll", ["id", "meeting_id", "agenda_item_id"], []],
  ["ballot", ["poll_id"], []],
  ["poll_result", ["poll_id"], ["decision_year"]],
  ["minutes", ["id", "meeting_id"], ["year"]],
  ["minutes_publication", ["minutes_id"], ["year"]],
];

/** A copy of a base with its closed meetings repeated for each of the years before: what a network would have after so long. */
export function copyWithHistory(source: string, target: string, years: number): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
  const database = new SQLite(target);
  database.pragma("foreign_keys = OFF");
  database.pragma("synchronous = OFF");
  const read = new Map(COPIED.map(([table]) => [table, listClosed(database, table)]));
  database.transaction(() => {
    for (let back = 1; back < years; back += 1) {
      for (const [table, own, yearColumns] of COPIED) {
        for (const row of read.get(table) ?? []) insert(database, table, movedBack(row, { own, yearColumns, back }));
      }
    }
  })();
  database.close();
}

type Row = Record<string, unknown>;

function listClosed(database: SQLite.Database, table: string): readonly Row[] {
  const closed = "select id from meeting where status = 'closed'";
  const of: Record<string, string> = {
    meeting: `id in (${closed})`,
    ballot: `poll_id in (select id from poll where meeting_id in (${closed}))`,
    poll_result: `poll_id in (select id from poll where meeting_id in (${closed}))`,
    minutes_publication: `minutes_id in (${closed})`,
  };
  return database.prepare(`select * from ${table} where ${of[table] ?? `meeting_id in (${closed})`}`).all() as Row[];
}

type Move = { readonly own: readonly string[]; readonly yearColumns: readonly string[]; readonly back: number };

function movedBack(row: Row, { own, yearColumns, back }: Move): Row {
  const moved: Row = { ...row };
  for (const column of own) if (typeof row[column] === "string") moved[column] = `${String(row[column])}-${back}`;
  for (const column of yearColumns) if (typeof row[column] === "number") moved[column] = row[column] - back;
  for (const column of ["starts_at", "meeting_date", "at"]) {
    const value = row[column];
    if (typeof value === "string") moved[column] = `${Number(value.slice(0, 4)) - back}${value.slice(4)}`;
  }
  return moved;
}

function insert(database: SQLite.Database, table: string, row: Row): void {
  const columns = Object.keys(row);
  database
    .prepare(`insert into ${table} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`)
    .run(...columns.map((column) => row[column]));
}

/** A copy of a base whose committee has `count` seats, each held. */
export function copyWithSeats(source: string, target: string, count: number): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
  const database = new SQLite(target);
  const { id: networkId } = database.prepare("select id from network where slug = 'blain'").get() as { id: string };
  const seats = (database.prepare("select count(*) as n from seat").get() as { n: number }).n;
  const at = new Date().toISOString();
  database.transaction(() => {
    for (let rank = seats + 1; rank <= count; rank += 1) {
      const name = `CCAS n° ${rank}`;
      database
        .prepare("insert into organization values (?, 'ccas', ?, ?, null, null, ?)")
        .run(`bench-org-${rank}`, name, name, at);
      database
        .prepare("insert into person values (?, ?, ?, '', 0, null, ?)")
        .run(`bench-person-${rank}`, `bench-${rank}@example.org`, `Élu·e référent·e, ${name}`, at);
      database
        .prepare("insert into seat values (?, ?, ?, 'signatory', ?, ?, '2020-01-01')")
        .run(`bench-seat-${rank}`, networkId, `bench-org-${rank}`, name, rank);
      database
        .prepare("insert into mandate values (?, ?, ?, ?, 'titular', '2020-01-01', null, 1, 1, 'bench', ?)")
        .run(`bench-mandate-${rank}`, networkId, `bench-seat-${rank}`, `bench-person-${rank}`, at);
    }
  })();
  database.close();
}
