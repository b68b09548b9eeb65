import { describe, expect, it } from "vitest";
import { planExport } from "~/features/handover/data.server";
import { REDACTIONS, SECRET_COLUMN, scopeOf, TABLE_SCOPES } from "~/features/handover/scopes";
import { describeTables } from "~/services/db.server";
import { createTestDatabase } from "../../support/database";

describe("ce que tient une archive", () => {
  it("chaque table est emportée, ou laissée pour une raison écrite", async () => {
    const db = await createTestDatabase();
    const tables = await describeTables(db);
    expect(tables.filter((table) => scopeOf(table) === null).map(({ name }) => name)).toEqual([]);
    const { excluded } = await planExport(db);
    for (const { table, reason } of excluded) expect(reason.length, table).toBeGreaterThan(20);
    const names = new Set(tables.map(({ name }) => name));
    expect(Object.keys(TABLE_SCOPES).filter((name) => !names.has(name))).toEqual([]);
    await db.destroy();
  });

  it("une table nouvelle que rien ne rattache au réseau arrête la production", () => {
    expect(scopeOf({ name: "later", columns: [{ name: "id" }] })).toBeNull();
    expect(scopeOf({ name: "later", columns: [{ name: "id" }, { name: "network_id" }] })).toEqual({ kind: "network" });
  });

  it("aucune colonne emportée ne tient un secret", async () => {
    const db = await createTestDatabase();
    const { tables } = await planExport(db);
    const secrets = tables.flatMap(({ shape }) =>
      shape.columns
        .map(({ name }) => `${shape.name}.${name}`)
        .filter((name) => SECRET_COLUMN.test(name.split(".")[1] ?? ""))
        .filter((name) => {
          const [table = "", column = ""] = name.split(".");
          return REDACTIONS[table]?.[column] === undefined;
        }),
    );
    expect(secrets).toEqual([]);
    await db.destroy();
  });
});
