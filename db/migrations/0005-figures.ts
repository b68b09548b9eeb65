import { sql, type Kysely } from "kysely";
import { keyedTable, makeAppendOnly, strictTable } from "./strict-tables";

/** Official open data: what each producer published, territory by territory, and what names and draws the territories. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "figure_dataset")
    .addColumn("id", "integer", (column) => column.primaryKey().notNull())
    .addColumn("slug", "text", (column) => column.notNull().unique())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("producer", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("vintage", "text", (column) => column.notNull())
    .addColumn("geography_on", "text")
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("licence", "text", (column) => column.notNull())
    .addColumn("retrieved_on", "text", (column) => column.notNull())
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("sha256", "text")
    .addColumn("content_key", "text", (column) => column.notNull().unique())
    .addColumn("rounding", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("row_count", "integer", (column) => column.notNull())
    .addColumn("imported_at", "text", (column) => column.notNull())
    .addColumn("completed_at", "text")
    .execute();
  await keyedTable(db, "figure")
    .addColumn("dataset_id", "integer", (column) => column.notNull().references("figure_dataset.id"))
    .addColumn("territory_kind", "text", (column) => column.notNull())
    .addColumn("territory_code", "text", (column) => column.notNull())
    .addColumn("variable", "text", (column) => column.notNull())
    .addColumn("period", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("value", "real")
    .addColumn("basis", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("figure_key", ["dataset_id", "territory_kind", "territory_code", "variable", "period"])
    .addCheckConstraint(
      "figure_status_tells_value",
      sql`(status = 'value' and value is not null and value <> 0) or (status = 'zero' and value = 0) or (status in ('secret', 'missing') and value is null)`,
    )
    .execute();
  await keyedTable(db, "commune")
    .addColumn("code", "text", (column) => column.primaryKey().notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("department_code", "text", (column) => column.notNull())
    .addColumn("dataset_id", "integer", (column) => column.notNull().references("figure_dataset.id"))
    .execute();
  await keyedTable(db, "department")
    .addColumn("code", "text", (column) => column.primaryKey().notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("dataset_id", "integer", (column) => column.notNull().references("figure_dataset.id"))
    .execute();
  await keyedTable(db, "commune_centroid")
    .addColumn("commune_code", "text", (column) => column.primaryKey().notNull())
    .addColumn("longitude", "real", (column) => column.notNull())
    .addColumn("latitude", "real", (column) => column.notNull())
    .addColumn("dataset_id", "integer", (column) => column.notNull().references("figure_dataset.id"))
    .execute();
  await keyedTable(db, "commune_outline")
    .addColumn("commune_code", "text", (column) => column.notNull())
    .addColumn("dataset_id", "integer", (column) => column.notNull().references("figure_dataset.id"))
    .addColumn("geometry", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("commune_outline_key", ["commune_code", "dataset_id"])
    .execute();
  await strictTable(db, "figure_import")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.references("network.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("rows_read", "integer", (column) => column.notNull())
    .addColumn("bytes_read", "integer", (column) => column.notNull())
    .addColumn("byte_size", "integer", (column) => column.notNull())
    .addColumn("report", "text")
    .addColumn("started_by", "text", (column) => column.references("person.id"))
    .addColumn("started_at", "text", (column) => column.notNull())
    .addColumn("ended_at", "text")
    .execute();
  await db.schema
    .createIndex("figure_import_by_started_at")
    .on("figure_import")
    .columns(["network_id", "started_at"])
    .execute();
  await db.schema.createIndex("commune_by_department").on("commune").columns(["department_code"]).execute();
  await makeAppendOnly(db, ["commune_outline"]);
  await sql
    .raw(
      "create trigger figure_dataset_frozen_on_update before update on figure_dataset when old.completed_at is not null begin select raise(abort, 'figure_dataset is frozen'); end",
    )
    .execute(db);
  await sql
    .raw(
      "create trigger figure_dataset_frozen_on_delete before delete on figure_dataset when old.completed_at is not null begin select raise(abort, 'figure_dataset is frozen'); end",
    )
    .execute(db);
  for (const verb of ["update", "delete"]) {
    await sql
      .raw(
        `create trigger figure_frozen_on_${verb} before ${verb} on figure when (select completed_at from figure_dataset where id = old.dataset_id) is not null begin select raise(abort, 'figure is frozen'); end`,
      )
      .execute(db);
  }
}
