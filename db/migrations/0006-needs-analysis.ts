import { type Kysely } from "kysely";
import { freezeWhen, makeAppendOnly, strictTable } from "./strict-tables";

/** What the network itself says of its territory: observations of the field, and the analysis of social needs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "observation")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("observed_on", "text", (column) => column.notNull())
    .addColumn("partner_kind", "text", (column) => column.notNull())
    .addColumn("office", "text", (column) => column.notNull())
    .addColumn("theme", "text", (column) => column.notNull())
    .addColumn("commune_code", "text")
    .addColumn("text_md", "text", (column) => column.notNull())
    .addColumn("written_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "observation_decision")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("observation_id", "text", (column) => column.notNull().references("observation.id"))
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("decided_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "needs_report")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("renewal_year", "integer", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "needs_chapter")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("report_id", "text", (column) => column.notNull().references("needs_report.id"))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("guidance", "text", (column) => column.notNull())
    .addColumn("markdown", "text", (column) => column.notNull())
    .addColumn("witness", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("updated_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("updated_at", "text", (column) => column.notNull())
    .addColumn("removed_at", "text")
    .execute();
  await strictTable(db, "needs_chapter_history")
    .addColumn("chapter_id", "text", (column) => column.notNull().references("needs_chapter.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("markdown", "text", (column) => column.notNull())
    .addColumn("written_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("needs_chapter_history_key", ["chapter_id", "revision"])
    .execute();
  await strictTable(db, "needs_partner")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("report_id", "text", (column) => column.notNull().references("needs_report.id"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("consulted_on", "text", (column) => column.notNull())
    .addColumn("manner", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "needs_presentation")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("report_id", "text", (column) => column.notNull().references("needs_report.id"))
    .addColumn("seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("on_date", "text", (column) => column.notNull())
    .addColumn("reference", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "needs_adoption")
    .addColumn("report_id", "text", (column) => column.primaryKey().notNull().references("needs_report.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("act_reference", "text", (column) => column.notNull())
    .addColumn("adopted_on", "text", (column) => column.notNull())
    .addColumn("poll_id", "text", (column) => column.references("poll.id"))
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  for (const table of ["observation", "needs_report", "needs_partner", "needs_presentation", "needs_chapter"])
    await db.schema
      .createIndex(`${table}_by_network`)
      .on(table)
      .columns(table === "observation" || table === "needs_report" ? ["network_id"] : ["report_id"])
      .execute();
  await makeAppendOnly(db, [
    "observation",
    "observation_decision",
    "needs_chapter_history",
    "needs_partner",
    "needs_presentation",
    "needs_adoption",
  ]);
  await freezeWhen(db, "needs_report", "status", "adopted");
}
