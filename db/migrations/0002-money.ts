import { type Kysely } from "kysely";
import { keyedTable, makeAppendOnly, strictTable } from "./strict-tables";

/** The network's money: budget, spending, population, calls for funds, staff time, in kind, subsidies. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "budget_version")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("note_md", "text", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("budget_version_network_id_year_version_unique", ["network_id", "year", "version"])
    .execute();
  await keyedTable(db, "budget_line")
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("budget_id", "text", (column) => column.notNull().references("budget_version.id"))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("axis", "text", (column) => column.notNull())
    .addColumn("amount_cents", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("budget_line_key", ["budget_id", "id"])
    .execute();
  await strictTable(db, "account_code")
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("code", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("verified_by", "text")
    .addColumn("verified_on", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("account_code_key", ["network_id", "code"])
    .execute();
  await strictTable(db, "engagement")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("expense_id", "text", (column) => column.notNull().unique().references("expense.id"))
    .addColumn("amount_cents", "integer", (column) => column.notNull())
    .addColumn("account_code", "text", (column) => column.notNull())
    .addColumn("budget_line_id", "text")
    .addColumn("reference", "text", (column) => column.notNull())
    .addColumn("engaged_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("engaged_on", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "invoice")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("expense_id", "text", (column) => column.notNull().references("expense.id"))
    .addColumn("supplier", "text", (column) => column.notNull())
    .addColumn("number", "text", (column) => column.notNull())
    .addColumn("dated_on", "text", (column) => column.notNull())
    .addColumn("identity_key", "text", (column) => column.notNull())
    .addColumn("amount_cents", "integer", (column) => column.notNull())
    .addColumn("is_final", "integer", (column) => column.notNull())
    .addColumn("document_id", "text", (column) => column.references("document.id"))
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("invoice_network_id_identity_key_unique", ["network_id", "identity_key"])
    .execute();
  await strictTable(db, "invoice_payment")
    .addColumn("invoice_id", "text", (column) => column.primaryKey().notNull().references("invoice.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("paid_on", "text", (column) => column.notNull())
    .addColumn("warrant_reference", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "population_dataset")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("producer", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("vintage", "integer", (column) => column.notNull())
    .addColumn("in_force_on", "text", (column) => column.notNull())
    .addColumn("geography_on", "text")
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("licence", "text", (column) => column.notNull())
    .addColumn("retrieved_on", "text", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull().unique())
    .addColumn("row_count", "integer", (column) => column.notNull())
    .addColumn("imported_at", "text", (column) => column.notNull())
    .execute();
  await keyedTable(db, "population")
    .addColumn("dataset_id", "text", (column) => column.notNull().references("population_dataset.id"))
    .addColumn("commune_code", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("municipal", "integer", (column) => column.notNull())
    .addColumn("counted_apart", "integer")
    .addColumn("total", "integer")
    .addPrimaryKeyConstraint("population_key", ["dataset_id", "commune_code"])
    .execute();
  await keyedTable(db, "commune_movement")
    .addColumn("code_before", "text", (column) => column.notNull())
    .addColumn("code_after", "text", (column) => column.notNull())
    .addColumn("effective_on", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("dataset_sha256", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("commune_movement_key", ["code_before", "code_after", "effective_on"])
    .execute();
  await strictTable(db, "apportionment_choice")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("basis_poll_id", "text")
    .addColumn("effective_from", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "network_event")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("held_on", "text")
    .addColumn("place", "text", (column) => column.notNull())
    .addColumn("host_organization_id", "text")
    .addColumn("programme_md", "text", (column) => column.notNull())
    .addColumn("cost_cents", "integer")
    .addColumn("closed_at", "text")
    .addColumn("closed_by", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("network_event_network_id_kind_year_unique", ["network_id", "kind", "year"])
    .execute();
  await strictTable(db, "event_registration")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("event_id", "text", (column) => column.notNull().references("network_event.id"))
    .addColumn("actor_type", "text", (column) => column.notNull())
    .addColumn("organization_label", "text", (column) => column.notNull())
    .addColumn("headcount", "integer", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "funding_call")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("rank", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("total_cents", "integer", (column) => column.notNull())
    .addColumn("snapshot", "text", (column) => column.notNull())
    .addColumn("issued_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("issued_at", "text", (column) => column.notNull())
    .addUniqueConstraint("funding_call_network_id_year_rank_unique", ["network_id", "year", "rank"])
    .execute();
  await keyedTable(db, "funding_call_share")
    .addColumn("call_id", "text", (column) => column.notNull().references("funding_call.id"))
    .addColumn("organization_id", "text", (column) => column.notNull().references("organization.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("weight", "text", (column) => column.notNull())
    .addColumn("cents", "integer", (column) => column.notNull())
    .addColumn("is_lead", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("funding_call_share_key", ["call_id", "organization_id"])
    .execute();
  await keyedTable(db, "funding_call_expense")
    .addColumn("call_id", "text", (column) => column.notNull().references("funding_call.id"))
    .addColumn("invoice_id", "text", (column) => column.notNull().references("invoice.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("amount_cents", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("funding_call_expense_key", ["call_id", "invoice_id"])
    .execute();
  await strictTable(db, "funding_call_event")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("call_id", "text", (column) => column.notNull().references("funding_call.id"))
    .addColumn("organization_id", "text")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("on_date", "text", (column) => column.notNull())
    .addColumn("reference", "text", (column) => column.notNull())
    .addColumn("amount_cents", "integer")
    .addColumn("cancels_id", "text", (column) => column.unique().references("funding_call_event.id"))
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "staff_time")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("axis", "text", (column) => column.notNull())
    .addColumn("function_label", "text", (column) => column.notNull())
    .addColumn("minutes", "integer", (column) => column.notNull())
    .addColumn("hourly_cost_cents", "integer", (column) => column.notNull())
    .addColumn("cost_basis", "text", (column) => column.notNull())
    .addColumn("corrects_id", "text")
    .addColumn("voided", "integer", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "staff_time_contest")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("staff_time_id", "text", (column) => column.notNull().references("staff_time.id"))
    .addColumn("organization_id", "text", (column) => column.notNull().references("organization.id"))
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("poll_id", "text")
    .addColumn("outcome", "text")
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "staff_time_state")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("approved_poll_id", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("staff_time_state_network_id_year_unique", ["network_id", "year"])
    .execute();
  await strictTable(db, "resource")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("organization_id", "text", (column) => column.notNull().references("organization.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("notice_days", "integer", (column) => column.notNull())
    .addColumn("unit", "text", (column) => column.notNull())
    .addColumn("unit_value_cents", "integer")
    .addColumn("value_basis", "text", (column) => column.notNull())
    .addColumn("retired_on", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "resource_booking")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("resource_id", "text", (column) => column.notNull().references("resource.id"))
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("axis", "text", (column) => column.notNull())
    .addColumn("meeting_id", "text")
    .addColumn("starts_at", "text", (column) => column.notNull())
    .addColumn("ends_at", "text", (column) => column.notNull())
    .addColumn("quantity", "integer", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("decision_reason", "text")
    .addColumn("requested_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("decided_by", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "subsidy")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("funder", "text", (column) => column.notNull())
    .addColumn("funder_siret", "text")
    .addColumn("object", "text", (column) => column.notNull())
    .addColumn("requested_cents", "integer", (column) => column.notNull())
    .addColumn("requested_on", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("granted_cents", "integer")
    .addColumn("answered_on", "text")
    .addColumn("agreement_reference", "text")
    .addColumn("paid_cents", "integer")
    .addColumn("paid_on", "text")
    .addColumn("payment_reference", "text")
    .addColumn("nature", "text", (column) => column.notNull())
    .addColumn("conditions", "text", (column) => column.notNull())
    .addColumn("is_cofunding", "integer", (column) => column.notNull())
    .addColumn("informed_on", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();

  await db.schema.createIndex("budget_line_by_budget_id").on("budget_line").columns(["budget_id"]).execute();
  await db.schema.createIndex("invoice_by_expense_id").on("invoice").columns(["expense_id"]).execute();
  await db.schema.createIndex("population_dataset_by_vintage").on("population_dataset").columns(["vintage"]).execute();
  await db.schema
    .createIndex("apportionment_choice_by_network_id_and_effective_from")
    .on("apportionment_choice")
    .columns(["network_id", "effective_from"])
    .execute();
  await db.schema
    .createIndex("event_registration_by_event_id")
    .on("event_registration")
    .columns(["event_id"])
    .execute();
  await db.schema
    .createIndex("funding_call_expense_by_invoice_id")
    .on("funding_call_expense")
    .columns(["invoice_id"])
    .execute();
  await db.schema.createIndex("funding_call_event_by_call_id").on("funding_call_event").columns(["call_id"]).execute();
  await db.schema
    .createIndex("staff_time_by_network_id_and_year")
    .on("staff_time")
    .columns(["network_id", "year"])
    .execute();
  await db.schema
    .createIndex("staff_time_contest_by_staff_time_id")
    .on("staff_time_contest")
    .columns(["staff_time_id"])
    .execute();
  await db.schema.createIndex("resource_by_network_id").on("resource").columns(["network_id"]).execute();
  await db.schema
    .createIndex("resource_booking_by_resource_id")
    .on("resource_booking")
    .columns(["resource_id"])
    .execute();
  await db.schema
    .createIndex("resource_booking_by_network_id")
    .on("resource_booking")
    .columns(["network_id"])
    .execute();
  await db.schema.createIndex("subsidy_by_network_id_and_year").on("subsidy").columns(["network_id", "year"]).execute();
  await makeAppendOnly(db, [
    "engagement",
    "invoice",
    "invoice_payment",
    "population_dataset",
    "population",
    "commune_movement",
    "apportionment_choice",
    "event_registration",
    "funding_call",
    "funding_call_share",
    "funding_call_expense",
    "funding_call_event",
    "staff_time",
    "staff_time_contest",
    "staff_time_state",
  ]);
}
