import type { Kysely } from "kysely";
import { makeAppendOnly, strictTable } from "./strict-tables";

/** Published releases of the shared indicators: what each was computed from, what it tells, and why the rest is hidden. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "release")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("published_year", "integer", (column) => column.notNull())
    .addColumn("rank", "integer", (column) => column.notNull())
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("audience", "text", (column) => column.notNull())
    .addColumn("data_year", "integer", (column) => column.notNull())
    .addColumn("inputs", "text", (column) => column.notNull())
    .addColumn("salt", "text", (column) => column.notNull())
    .addColumn("inputs_hash", "text", (column) => column.notNull())
    .addColumn("outputs", "text", (column) => column.notNull())
    .addColumn("outputs_hash", "text", (column) => column.notNull())
    .addColumn("reasons", "text", (column) => column.notNull())
    .addColumn("solver", "text", (column) => column.notNull())
    .addColumn("seed", "integer", (column) => column.notNull())
    .addColumn("bounds", "integer", (column) => column.notNull())
    .addColumn("published_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("published_at", "text", (column) => column.notNull())
    .addUniqueConstraint("release_unique_rank", ["network_id", "published_year", "rank"])
    .addUniqueConstraint("release_unique_sequence", ["network_id", "sequence"])
    .execute();
  await strictTable(db, "secrecy_threshold")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("audience", "text", (column) => column.notNull())
    .addColumn("threshold", "integer", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("recorded_at", "text", (column) => column.notNull())
    .addUniqueConstraint("secrecy_threshold_unique", ["network_id", "audience", "threshold"])
    .execute();
  await makeAppendOnly(db, ["release", "secrecy_threshold"]);
}
