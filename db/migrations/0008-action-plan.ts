import { type Kysely } from "kysely";
import { makeAppendOnly, strictTable } from "./strict-tables";

/** The annual action plan: its versions, progress, the department's review, evaluation, who does what, good practices. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "action_plan")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("gap_count", "integer", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("action_plan_network_id_year_version_unique", ["network_id", "year", "version"])
    .execute();
  await strictTable(db, "action_plan_publication")
    .addColumn("plan_id", "text", (column) => column.primaryKey().notNull().references("action_plan.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("published_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("published_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "action_progress")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("action_key", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("delivered", "text", (column) => column.notNull())
    .addColumn("readings", "text", (column) => column.notNull())
    .addColumn("evidence", "text", (column) => column.notNull())
    .addColumn("cancels_id", "text", (column) => column.unique().references("action_progress.id"))
    .addColumn("recorded_on", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("recorded_by_label", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "review_rule")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("silence_days", "integer")
    .addColumn("late", "text", (column) => column.notNull())
    .addColumn("basis", "text")
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "review_round")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("plan_id", "text", (column) => column.notNull().references("action_plan.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("rank", "integer", (column) => column.notNull())
    .addColumn("message", "text", (column) => column.notNull())
    .addColumn("deadline", "text", (column) => column.notNull())
    .addColumn("rule", "text", (column) => column.notNull())
    .addColumn("snapshot", "text", (column) => column.notNull())
    .addColumn("opened_on", "text", (column) => column.notNull())
    .addColumn("opened_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("review_round_network_id_year_rank_unique", ["network_id", "year", "rank"])
    .execute();
  await strictTable(db, "review_opinion")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("round_id", "text", (column) => column.notNull().references("review_round.id"))
    .addColumn("action_key", "text", (column) => column.notNull())
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("opinion", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("comment", "text", (column) => column.notNull())
    .addColumn("is_late", "integer", (column) => column.notNull())
    .addColumn("reviewer_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("reviewer_label", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("review_opinion_round_id_sequence_unique", ["round_id", "sequence"])
    .execute();
  await strictTable(db, "review_visa")
    .addColumn("round_id", "text", (column) => column.primaryKey().notNull().references("review_round.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("comment", "text", (column) => column.notNull())
    .addColumn("is_late", "integer", (column) => column.notNull())
    .addColumn("given_on", "text", (column) => column.notNull())
    .addColumn("given_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("given_by_label", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "review_extension")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("round_id", "text", (column) => column.notNull().references("review_round.id"))
    .addColumn("deadline", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("recorded_by_label", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("review_extension_round_id_deadline_unique", ["round_id", "deadline"])
    .execute();
  await strictTable(db, "review_answer")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("opinion_id", "text", (column) => column.notNull().references("review_opinion.id"))
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("answered_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("answered_by_label", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "partnership_entry")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("theme_key", "text", (column) => column.notNull())
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("department", "text", (column) => column.notNull())
    .addColumn("towns", "text", (column) => column.notNull())
    .addColumn("together", "text", (column) => column.notNull())
    .addColumn("recorded_on", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("recorded_by_label", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("partnership_entry_network_id_sequence_unique", ["network_id", "sequence"])
    .execute();
  await strictTable(db, "evaluation_protocol")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("evaluation_protocol_network_id_version_unique", ["network_id", "version"])
    .execute();
  await strictTable(db, "evaluation_report")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("period", "text", (column) => column.notNull())
    .addColumn("protocol_id", "text", (column) => column.notNull().references("evaluation_protocol.id"))
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("evaluation_report_network_id_year_period_unique", ["network_id", "year", "period"])
    .execute();
  await strictTable(db, "evaluation_score")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("report_id", "text", (column) => column.notNull().references("evaluation_report.id"))
    .addColumn("criterion_key", "text", (column) => column.notNull())
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("score", "integer", (column) => column.notNull())
    .addColumn("narrative", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("evaluation_score_report_id_sequence_unique", ["report_id", "sequence"])
    .execute();
  await strictTable(db, "evaluation_closing")
    .addColumn("report_id", "text", (column) => column.primaryKey().notNull().references("evaluation_report.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("document", "text", (column) => column.notNull())
    .addColumn("closed_on", "text", (column) => column.notNull())
    .addColumn("closed_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "good_practice")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("action_key", "text")
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "good_practice_publication")
    .addColumn("practice_id", "text", (column) => column.primaryKey().notNull().references("good_practice.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("published_on", "text", (column) => column.notNull())
    .addColumn("published_by", "text", (column) => column.notNull().references("person.id"))
    .execute();
  await strictTable(db, "good_practice_channel")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("practice_id", "text", (column) => column.notNull().references("good_practice.id"))
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("used_on", "text", (column) => column.notNull())
    .addColumn("reference", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();

  const indexes: ReadonlyArray<readonly [string, readonly string[]]> = [
    ["action_progress", ["network_id", "year", "action_key"]],
    ["review_round", ["plan_id"]],
    ["review_opinion", ["round_id", "action_key"]],
    ["review_rule", ["network_id"]],
    ["review_answer", ["network_id"]],
    ["partnership_entry", ["network_id", "theme_key"]],
    ["evaluation_score", ["report_id"]],
    ["good_practice", ["network_id"]],
    ["good_practice_channel", ["practice_id"]],
  ];
  for (const [table, columns] of indexes)
    await db.schema
      .createIndex(`${table}_by_${columns.join("_")}`)
      .on(table)
      .columns([...columns])
      .execute();
  await makeAppendOnly(db, [
    ...["action_plan_publication", "action_progress", "review_rule", "review_round", "review_opinion", "review_visa"],
    ...["review_extension", "review_answer"],
    ...["partnership_entry", "evaluation_report", "evaluation_score", "evaluation_closing"],
    ...["good_practice_publication", "good_practice_channel"],
  ]);
}
