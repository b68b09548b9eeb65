import { type Kysely } from "kysely";
import { keyedTable, makeAppendOnly, strictTable } from "./strict-tables";

/** The shared grid of indicators, its yearly collection, and the blank forms that the network shares. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "dictionary_version")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("note_md", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("dictionary_version_network_id_version_unique", ["network_id", "version"])
    .execute();
  await keyedTable(db, "indicator_version")
    .addColumn("dictionary_id", "text", (column) => column.notNull().references("dictionary_version.id"))
    .addColumn("code", "text", (column) => column.notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("indicator_version_key", ["dictionary_id", "code"])
    .execute();
  await strictTable(db, "campaign")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("dictionary_id", "text", (column) => column.notNull().references("dictionary_version.id"))
    .addColumn("population_dataset_id", "text", (column) => column.references("population_dataset.id"))
    .addColumn("deadline", "text", (column) => column.notNull())
    .addColumn("opened_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("opened_at", "text", (column) => column.notNull())
    .addColumn("closed_by", "text", (column) => column.references("person.id"))
    .addColumn("closed_at", "text")
    .addUniqueConstraint("campaign_network_id_year_unique", ["network_id", "year"])
    .execute();
  await strictTable(db, "submission")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("campaign_id", "text", (column) => column.notNull().references("campaign.id"))
    .addColumn("organization_id", "text", (column) => column.notNull().references("organization.id"))
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("updated_by", "text", (column) => column.references("person.id"))
    .addColumn("updated_at", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("submission_campaign_id_organization_id_unique", ["campaign_id", "organization_id"])
    .execute();
  await keyedTable(db, "submission_cell")
    .addColumn("submission_id", "text", (column) => column.notNull().references("submission.id"))
    .addColumn("cell_key", "text", (column) => column.notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("typed", "text", (column) => column.notNull())
    .addColumn("state", "text")
    .addColumn("amount", "integer")
    .addColumn("comment", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("updated_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("updated_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("submission_cell_key", ["submission_id", "cell_key"])
    .execute();
  await strictTable(db, "submission_cell_history")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("submission_id", "text", (column) => column.notNull().references("submission.id"))
    .addColumn("cell_key", "text", (column) => column.notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("typed", "text", (column) => column.notNull())
    .addColumn("comment", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("written_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("written_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "submission_event")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("submission_id", "text", (column) => column.notNull().references("submission.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("salt", "text")
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("recorded_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "shared_form_version")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("form_code", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("body_md", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("published_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("published_at", "text", (column) => column.notNull())
    .addUniqueConstraint("shared_form_version_unique", ["network_id", "form_code", "version"])
    .execute();

  await db.schema.createIndex("submission_by_network_id").on("submission").columns(["network_id"]).execute();
  await db.schema
    .createIndex("submission_cell_history_by_submission_id")
    .on("submission_cell_history")
    .columns(["submission_id", "cell_key"])
    .execute();
  await db.schema
    .createIndex("submission_event_by_submission_id")
    .on("submission_event")
    .columns(["submission_id"])
    .execute();
  await makeAppendOnly(db, ["submission_cell_history", "submission_event", "shared_form_version"]);
}
