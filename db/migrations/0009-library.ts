import { type Kysely } from "kysely";
import { keyedTable, makeAppendOnly, strictTable } from "./strict-tables";

/** The network's library, the words that its search finds, and what is handed over: archives, transfers, the end of a network. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "library_document")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("access", "text", (column) => column.notNull())
    .addColumn("duty_starts_on", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "library_version")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("document_id", "text", (column) => column.notNull().references("library_document.id"))
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("media_type", "text", (column) => column.notNull())
    .addColumn("byte_size", "integer", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("uploaded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("library_version_document_id_number_unique", ["document_id", "number"])
    .execute();
  await strictTable(db, "retention_rule")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("years", "integer")
    .addColumn("fate", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("retention_rule_network_id_kind_sequence_unique", ["network_id", "kind", "sequence"])
    .execute();
  await strictTable(db, "library_disposal")
    .addColumn("document_id", "text", (column) => column.primaryKey().notNull().references("library_document.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("visa_reference", "text", (column) => column.notNull())
    .addColumn("visa_on", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "search_entry")
    .addColumn("id", "integer", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("subject_id", "text", (column) => column.notNull())
    .addColumn("access", "text", (column) => column.notNull())
    .addColumn("dated_on", "text", (column) => column.notNull())
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("path", "text", (column) => column.notNull())
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addUniqueConstraint("search_entry_network_id_kind_subject_id_unique", ["network_id", "kind", "subject_id"])
    .execute();
  await keyedTable(db, "search_word")
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("word", "text", (column) => column.notNull())
    .addColumn("entry_id", "integer", (column) => column.notNull().references("search_entry.id"))
    .addColumn("weight", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("search_word_key", ["network_id", "word", "entry_id"])
    .execute();
  await strictTable(db, "search_state")
    .addColumn("network_id", "text", (column) => column.primaryKey().notNull().references("network.id"))
    .addColumn("sequence", "integer", (column) => column.notNull())
    .execute();
  await strictTable(db, "archive_production")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("organization_id", "text", (column) => column.references("organization.id"))
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("byte_size", "integer", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("act_count", "integer", (column) => column.notNull())
    .addColumn("register_hash", "text", (column) => column.notNull())
    .addColumn("produced_by", "text", (column) => column.references("person.id"))
    .addColumn("produced_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "handover_record")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("from_organization_id", "text", (column) => column.notNull().references("organization.id"))
    .addColumn("to_organization_id", "text", (column) => column.references("organization.id"))
    .addColumn("on_date", "text", (column) => column.notNull())
    .addColumn("basis", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();

  await db.schema
    .createIndex("library_document_by_network_id")
    .on("library_document")
    .columns(["network_id", "kind"])
    .execute();
  await db.schema.createIndex("library_version_by_network_id").on("library_version").columns(["network_id"]).execute();
  await db.schema.createIndex("library_version_by_sha256").on("library_version").columns(["sha256"]).execute();
  await db.schema.createIndex("search_word_by_entry_id").on("search_word").columns(["entry_id"]).execute();
  await db.schema
    .createIndex("archive_production_by_network_id")
    .on("archive_production")
    .columns(["network_id", "produced_at"])
    .execute();
  await db.schema.createIndex("handover_record_by_network_id").on("handover_record").columns(["network_id"]).execute();
  await makeAppendOnly(db, [
    "library_version",
    "retention_rule",
    "library_disposal",
    "archive_production",
    "handover_record",
  ]);
}
