import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NetworkId } from "~/domain/kernel/ids";
import { tableLabel } from "~/features/handover/dictionary";
import { produceArchive, type ProductionPlace, type Produced } from "~/features/handover/production.server";
import { REDACTIONS, TABLE_SCOPES } from "~/features/handover/scopes";
import { takeOver, type TakenOver } from "~/features/handover/take-over.server";
import type { Db } from "~/services/db.server";
import { loadDemonstration } from "../../../db/seed/demonstration";
import { createTestDatabase, TestClock } from "../../support/database";

/** The demonstration's year leaves for an installation that has nothing. */

let folder: string;
let here: Db;
let there: Db;
let archive: Produced;
let taken: TakenOver;
let files: Record<string, Uint8Array>;
let networkId: string;
const clock = new TestClock("2026-11-22T10:00:00Z");

const rowsOf = async (db: Db, table: string): Promise<readonly Record<string, unknown>[]> => {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db.withoutPlugins());
  return rows.map((row) => row);
};
const oneOf = async (db: Db, query: string): Promise<unknown> => {
  const { rows } = await sql.raw<Record<string, unknown>>(query).execute(db.withoutPlugins());
  return Object.values(rows[0] ?? {})[0];
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "passation-"));
  here = await createTestDatabase();
  await loadDemonstration(here, new Date("2026-11-20T09:00:00Z"), "http://localhost", join(folder, "documents"));
  const network = await here.selectFrom("network").select("id").where("slug", "=", "blain").executeTakeFirstOrThrow();
  networkId = network.id;
  const place: ProductionPlace = {
    documents: join(folder, "documents"),
    archives: join(folder, "archives"),
    openSource: () => ({ db: here, close: async () => undefined }),
  };
  const secretary = await here
    .selectFrom("person")
    .select(["id", "displayName"])
    .where("email", "=", "secretariat@blain.demo")
    .executeTakeFirstOrThrow();
  const acting = { personId: secretary.id, displayName: secretary.displayName };
  const made = await produceArchive(
    { db: here, clock, networkId: network.id as NetworkId, acting },
    { key: "archive-1" },
    place,
  );
  if (!made.ok) throw new Error(made.refusal);
  archive = made.value;
  files = unzipSync(new Uint8Array(await readFile(archive.path)));
  there = await createTestDatabase();
  const done = await takeOver(there, archive.path, {
    ...{ expectedHash: archive.registerHash, isRehearsal: false, folder: join(folder, "ailleurs") },
  });
  if (!done.ok) throw new Error(JSON.stringify(done.refusal));
  taken = done.value;
}, 60_000);
afterAll(async () => {
  await Promise.all([here.destroy(), there.destroy(), rm(folder, { recursive: true })]);
});

describe("une archive reprise sur une installation vide", () => {
  it("donne la même empreinte du registre", async () => {
    const last = "select hash from register_entry order by sequence desc limit 1";
    expect(await oneOf(there, last)).toBe(await oneOf(here, last));
    expect(taken.register.lastHash).toBe(archive.registerHash);
  });

  it("a autant de lignes dans chaque table, et les mêmes là où rien n’est retiré", async () => {
    const { rows: tables } = await sql<{
      name: string;
    }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'`.execute(
      here,
    );
    const redacted = new Set(Object.keys(REDACTIONS));
    const lines = (rows: readonly Record<string, unknown>[]) => new Set(rows.map((row) => JSON.stringify(row)));
    for (const { name } of tables) {
      const theirs = await rowsOf(there, name);
      const all = await rowsOf(here, name);
      const scope = TABLE_SCOPES[name] ?? { kind: "network" };
      if (scope.kind === "excluded") expect(theirs, name).toHaveLength(0);
      else if (scope.kind === "shared") expect(lines(theirs), name).toEqual(lines(all));
      else if (scope.kind === "self") expect(lines(theirs)).toEqual(lines(all.filter(({ id }) => id === networkId)));
      else if (scope.kind === "network") {
        const ours = all.filter((row) => row["network_id"] === networkId);
        expect(theirs, name).toHaveLength(ours.length);
        if (!redacted.has(name)) expect(lines(theirs), name).toEqual(lines(ours));
      } else if (name === "organization") for (const line of lines(theirs)) expect(lines(all)).toContain(line);
      else if (name === "secret_ballot") expect(lines(theirs)).toEqual(lines(all));
      else expect(theirs.length, name).toBeLessThanOrEqual(all.length);
    }
    const seated = "select count(*) from organization where id in (select organization_id from seat)";
    expect(await oneOf(there, seated)).toBe(7);
  });

  it("n’emporte ni mot de passe, ni jeton, ni lien personnel, ni administrateur", async () => {
    const everything = Object.entries(files)
      .filter(([path]) => !path.startsWith("pieces/") && !path.endsWith(".pdf"))
      .map(([, bytes]) => strFromU8(bytes))
      .join("\n");
    for (const { password_hash: hash } of await rowsOf(here, "credential")) expect(everything).not.toContain(hash);
    for (const { reply_token_hash: hash } of await rowsOf(here, "convocation_recipient"))
      expect(everything).not.toContain(hash);
    expect(everything).not.toMatch(/\/reponse\/(?!lien-personnel-retire)[A-Za-z0-9_-]{8}/);
    expect(await oneOf(there, "select count(*) from person where is_administrator = 1")).toBe(0);
    expect(await oneOf(there, "select count(*) from outbox_mail where status = 'queued'")).toBe(0);
  });

  it("ne relie aucun bulletin secret à un siège : rien n’y est plus que dans la base, et dans aucun ordre d’arrivée", async () => {
    const ballots = JSON.parse(strFromU8(files["donnees/secret_ballot.json"]!)) as Record<string, string>[];
    expect(ballots.length).toBe((await rowsOf(here, "secret_ballot")).length);
    for (const ballot of ballots) expect(Object.keys(ballot).sort()).toEqual(["choice", "id", "poll_id"]);
    expect(ballots.map(({ id }) => id)).toEqual(ballots.map(({ id }) => id).toSorted());
    const signatures = JSON.parse(strFromU8(files["donnees/ballot_signature.json"]!)) as Record<string, string>[];
    for (const signature of signatures) expect(Object.keys(signature)).not.toContain("at");
  });

  it("se lit sans le portail : une page par séance, les procès-verbaux en PDF, chaque table en CSV et en JSON", async () => {
    const names = Object.keys(files);
    for (const { year, rank } of (await rowsOf(here, "meeting")).filter((row) => row["network_id"] === networkId))
      expect(names).toContain(`seances/${String(year)}-${String(rank)}.html`);
    for (const { year, number } of await rowsOf(here, "minutes_publication"))
      expect(names).toContain(`proces-verbaux/${String(year)}-${String(number)}.pdf`);
    for (const name of [
      "index.html",
      "conventions.html",
      "plan-d-actions.html",
      "verifier.html",
      "registre.jsonl",
      "dictionnaire.html",
      "LISEZMOI.txt",
    ])
      expect(names).toContain(name);
    for (const table of taken.tables.keys()) {
      expect(tableLabel(table), table).not.toBe(table.replaceAll("_", " "));
      expect(names).toContain(`donnees/${table}.csv`);
      expect(names).toContain(`donnees/${table}.json`);
    }
    const links = [...strFromU8(files["index.html"]!).matchAll(/href="([^"#]+)"/g)].map(([, href = ""]) =>
      decodeURIComponent(href),
    );
    for (const href of links) expect(names).toContain(href);
  });
});
