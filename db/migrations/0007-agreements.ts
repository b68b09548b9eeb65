import { type Kysely } from "kysely";
import { makeAppendOnly, strictTable } from "./strict-tables";

/** Conventions: their text, parties, amendments, notices, clarifications, and what proves that their obligations are met. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "agreement")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("parent_id", "text", (column) => column.references("agreement.id"))
    .addColumn("previous_id", "text", (column) => column.references("agreement.id"))
    .addColumn("is_supposed", "integer", (column) => column.notNull())
    .addColumn("note_md", "text", (column) => column.notNull())
    .addColumn("effect_on", "text", (column) => column.notNull())
    .addColumn("signed_on", "text")
    .addColumn("place", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "agreement_party")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("organization_id", "text", (column) => column.references("organization.id"))
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("office", "text", (column) => column.notNull())
    .addColumn("board", "text", (column) => column.notNull())
    .addColumn("needs_habilitation", "integer", (column) => column.notNull())
    .addColumn("deliberation_number", "text", (column) => column.notNull())
    .addColumn("deliberation_on", "text")
    .addColumn("chain", "text", (column) => column.notNull())
    .addColumn("left_on", "text")
    .execute();
  await strictTable(db, "annex_version")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
    .addColumn("annex_key", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("dated_on", "text", (column) => column.notNull())
    .addColumn("body_md", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("annex_version_agreement_id_annex_key_version_unique", [
      "agreement_id",
      "annex_key",
      "version",
    ])
    .execute();
  await strictTable(db, "agreement_bilan")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
    .addColumn("established_on", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("body_md", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "amendment")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("reason_md", "text", (column) => column.notNull())
    .addColumn("changes", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("submitted_on", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("amendment_agreement_id_number_unique", ["agreement_id", "number"])
    .execute();
  await strictTable(db, "amendment_vote")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("amendment_id", "text", (column) => column.notNull().references("amendment.id"))
    .addColumn("party_id", "text", (column) => column.notNull().references("agreement_party.id"))
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("deliberation_number", "text", (column) => column.notNull())
    .addColumn("deliberation_on", "text", (column) => column.notNull())
    .addColumn("transmitted_on", "text")
    .addColumn("votes", "text")
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("amendment_vote_amendment_id_party_id_unique", ["amendment_id", "party_id"])
    .execute();
  await strictTable(db, "agreement_notice")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
    .addColumn("clause_key", "text", (column) => column.notNull())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("party_id", "text", (column) => column.references("agreement_party.id"))
    .addColumn("sent_on", "text", (column) => column.notNull())
    .addColumn("reference", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("deemed", "text")
    .addColumn("consents", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "agreement_notice_event")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("notice_id", "text", (column) => column.notNull().references("agreement_notice.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("on_date", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "clarification")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
    .addColumn("articles", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("problem_md", "text", (column) => column.notNull())
    .addColumn("readings", "text", (column) => column.notNull())
    .addColumn("raised_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "clarification_settlement")
    .addColumn("clarification_id", "text", (column) => column.primaryKey().notNull().references("clarification.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("poll_id", "text", (column) => column.notNull().references("poll.id"))
    .addColumn("answer_md", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "obligation_evidence")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
    .addColumn("clause_key", "text", (column) => column.notNull())
    .addColumn("on_date", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("address", "text")
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "obligation_feed")
    .addColumn("token_hash", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addColumn("revoked_at", "text")
    .execute();
  await strictTable(db, "obligation_reminder")
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("milestone_key", "text", (column) => column.notNull())
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("mail_id", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("obligation_reminder_key", ["network_id", "milestone_key", "person_id"])
    .execute();
  await strictTable(db, "governance_meeting")
    .addColumn("meeting_id", "text", (column) => column.primaryKey().notNull().references("meeting.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
    .addColumn("clause_key", "text", (column) => column.notNull())
    .addColumn("presences", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("agreement_party_by_agreement_id")
    .on("agreement_party")
    .columns(["agreement_id"])
    .execute();
  await db.schema.createIndex("annex_version_by_agreement_id").on("annex_version").columns(["agreement_id"]).execute();
  await db.schema
    .createIndex("agreement_bilan_by_agreement_id")
    .on("agreement_bilan")
    .columns(["agreement_id"])
    .execute();
  await db.schema.createIndex("amendment_by_agreement_id").on("amendment").columns(["agreement_id"]).execute();
  await db.schema
    .createIndex("amendment_vote_by_amendment_id")
    .on("amendment_vote")
    .columns(["amendment_id"])
    .execute();
  await db.schema
    .createIndex("agreement_notice_by_agreement_id")
    .on("agreement_notice")
    .columns(["agreement_id"])
    .execute();
  await db.schema
    .createIndex("agreement_notice_event_by_notice_id")
    .on("agreement_notice_event")
    .columns(["notice_id"])
    .execute();
  await db.schema.createIndex("clarification_by_agreement_id").on("clarification").columns(["agreement_id"]).execute();
  await db.schema
    .createIndex("obligation_evidence_by_agreement_id")
    .on("obligation_evidence")
    .columns(["agreement_id"])
    .execute();
  await db.schema
    .createIndex("governance_meeting_by_agreement_id")
    .on("governance_meeting")
    .columns(["agreement_id"])
    .execute();
  await db.schema.createIndex("agreement_by_network_id").on("agreement").columns(["network_id"]).execute();
  await db.schema.createIndex("obligation_feed_by_person_id").on("obligation_feed").columns(["person_id"]).execute();
  await makeAppendOnly(db, [
    "annex_version",
    "agreement_bilan",
    "amendment_vote",
    "agreement_notice",
    "agreement_notice_event",
    "clarification",
    "clarification_settlement",
    "obligation_evidence",
    "obligation_reminder",
  ]);
}
