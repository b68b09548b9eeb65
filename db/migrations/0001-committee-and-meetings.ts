import { type Kysely } from "kysely";
import { freezeWhen, keyedTable, makeAppendOnly, strictTable } from "./strict-tables";

/** The committee and its meetings: people, seats, rules, meetings, votes, minutes, register. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, "organization")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("short_name", "text", (column) => column.notNull())
    .addColumn("insee_code", "text")
    .addColumn("siret", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "network")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("slug", "text", (column) => column.notNull().unique())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("lead_organization_id", "text", (column) => column.notNull().references("organization.id"))
    .addColumn("presentation_md", "text", (column) => column.notNull())
    .addColumn("contact_md", "text", (column) => column.notNull())
    .addColumn("is_demo", "integer", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "person")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("email", "text", (column) => column.notNull().unique())
    .addColumn("display_name", "text", (column) => column.notNull())
    .addColumn("function_label", "text", (column) => column.notNull())
    .addColumn("is_administrator", "integer", (column) => column.notNull())
    .addColumn("disabled_at", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "role_grant")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("organization_id", "text", (column) => column.notNull().references("organization.id"))
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("starts_on", "text", (column) => column.notNull())
    .addColumn("ends_on", "text")
    .addColumn("created_by", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "credential")
    .addColumn("person_id", "text", (column) => column.primaryKey().notNull().references("person.id"))
    .addColumn("password_hash", "text")
    .addColumn("password_changed_at", "text")
    .addColumn("totp_secret", "text")
    .addColumn("totp_confirmed_at", "text")
    .addColumn("totp_last_step", "integer")
    .execute();
  await strictTable(db, "session")
    .addColumn("id_hash", "text", (column) => column.primaryKey().notNull())
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("expires_at", "integer", (column) => column.notNull())
    .addColumn("persistent", "integer", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "one_time_link")
    .addColumn("token_hash", "text", (column) => column.primaryKey().notNull())
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("expires_at", "text", (column) => column.notNull())
    .addColumn("used_at", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "sign_in_attempt")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("subject_hash", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "form_draft")
    .addColumn("token_hash", "text", (column) => column.primaryKey().notNull())
    .addColumn("person_id", "text")
    .addColumn("path", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("expires_at", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "security_event")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("person_id", "text")
    .addColumn("network_id", "text")
    .addColumn("detail", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "seat")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("organization_id", "text", (column) => column.notNull().references("organization.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("created_on", "text", (column) => column.notNull())
    .addUniqueConstraint("seat_network_id_organization_id_unique", ["network_id", "organization_id"])
    .execute();
  await strictTable(db, "mandate")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("starts_on", "text", (column) => column.notNull())
    .addColumn("ends_on", "text")
    .addColumn("is_municipal_official", "integer", (column) => column.notNull())
    .addColumn("in_charge_of_social_affairs", "integer", (column) => column.notNull())
    .addColumn("basis", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "rules_version")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("effective_from", "text")
    .addColumn("adopted_poll_id", "text")
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("rules_version_network_id_version_unique", ["network_id", "version"])
    .execute();
  await strictTable(db, "meeting")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("rank", "integer", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("convening", "text", (column) => column.notNull())
    .addColumn("first_meeting_id", "text")
    .addColumn("starts_at", "text", (column) => column.notNull())
    .addColumn("planned_end_at", "text")
    .addColumn("place", "text", (column) => column.notNull())
    .addColumn("remote_link", "text", (column) => column.notNull())
    .addColumn("urgency_reason", "text")
    .addColumn("chair_seat_id", "text")
    .addColumn("chair_person_id", "text")
    .addColumn("secretary_person_id", "text")
    .addColumn("current_item_id", "text")
    .addColumn("rules_content", "text")
    .addColumn("rules_version", "integer")
    .addColumn("seats_snapshot", "text")
    .addColumn("outcome", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("meeting_network_id_year_rank_unique", ["network_id", "year", "rank"])
    .execute();
  await strictTable(db, "meeting_transition")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("from_status", "text", (column) => column.notNull())
    .addColumn("to_status", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("actor_person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("reason", "text")
    .execute();
  await strictTable(db, "agenda_item")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("description_md", "text", (column) => column.notNull())
    .addColumn("rapporteur", "text", (column) => column.notNull())
    .addColumn("duration_minutes", "integer")
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("proposed_by", "text")
    .addColumn("refusal_reason", "text")
    .addColumn("subject_id", "text")
    .addColumn("copied_from_id", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "item_discussion")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("agenda_item_id", "text", (column) => column.notNull().references("agenda_item.id"))
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("quorum_reached", "integer", (column) => column.notNull())
    .addColumn("quorum_sentence", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("recorded_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "document")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text")
    .addColumn("agenda_item_id", "text")
    .addColumn("expense_id", "text")
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("media_type", "text", (column) => column.notNull())
    .addColumn("byte_size", "integer", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("visibility", "text", (column) => column.notNull())
    .addColumn("uploaded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "convocation")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("sent_at", "text", (column) => column.notNull())
    .addColumn("agenda", "text", (column) => column.notNull())
    .addColumn("notice", "text", (column) => column.notNull())
    .addColumn("sent_by", "text", (column) => column.notNull().references("person.id"))
    .execute();
  await strictTable(db, "convocation_recipient")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("convocation_id", "text", (column) => column.notNull().references("convocation.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("reply_token_hash", "text", (column) => column.notNull().unique())
    .addColumn("mail_id", "text")
    .execute();
  await strictTable(db, "reply")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("choice", "text", (column) => column.notNull())
    .addColumn("proxy_to_seat_id", "text")
    .addColumn("comment", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("sequence", "integer", (column) => column.notNull())
    .execute();
  await strictTable(db, "outbox_mail")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text")
    .addColumn("meeting_id", "text")
    .addColumn("person_id", "text")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("to_address", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("body_text", "text", (column) => column.notNull())
    .addColumn("attachments", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("next_attempt_at", "text")
    .addColumn("last_error", "text")
    .addColumn("message_id", "text")
    .addColumn("sent_at", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "mail_event")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("mail_id", "text", (column) => column.notNull().references("outbox_mail.id"))
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("detail", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "attendance_event")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("person_id", "text")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("agenda_item_id", "text")
    .addColumn("corrects_id", "text")
    .addColumn("voided", "integer", (column) => column.notNull())
    .addColumn("reason", "text")
    .addColumn("recorded_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("recorded_at", "text", (column) => column.notNull())
    .addUniqueConstraint("attendance_event_meeting_id_sequence_unique", ["meeting_id", "sequence"])
    .execute();
  await strictTable(db, "proxy")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("giver_seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("holder_seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("given_at", "text", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text")
    .addColumn("recorded_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "proxy_revocation")
    .addColumn("proxy_id", "text", (column) => column.primaryKey().notNull().references("proxy.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("revoked_at", "text", (column) => column.notNull())
    .addColumn("recorded_by", "text")
    .addColumn("recorded_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "poll")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text")
    .addColumn("agenda_item_id", "text")
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("subject_id", "text")
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("body_md", "text", (column) => column.notNull())
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("opened_at", "text")
    .addColumn("closes_on", "text")
    .addColumn("closed_at", "text")
    .addColumn("opened_by", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "secret_request")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().references("meeting.id"))
    .addColumn("agenda_item_id", "text", (column) => column.notNull().references("agenda_item.id"))
    .addColumn("seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("at", "text", (column) => column.notNull())
    .addUniqueConstraint("secret_request_agenda_item_id_seat_id_unique", ["agenda_item_id", "seat_id"])
    .execute();
  await keyedTable(db, "ballot")
    .addColumn("poll_id", "text", (column) => column.notNull().references("poll.id"))
    .addColumn("seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("choice", "text", (column) => column.notNull())
    .addColumn("holder_seat_id", "text")
    .addColumn("cast_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("ballot_key", ["poll_id", "seat_id"])
    .execute();
  await keyedTable(db, "ballot_signature")
    .addColumn("poll_id", "text", (column) => column.notNull().references("poll.id"))
    .addColumn("seat_id", "text", (column) => column.notNull().references("seat.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("cast_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("source", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("ballot_signature_key", ["poll_id", "seat_id"])
    .execute();
  await keyedTable(db, "secret_ballot")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("poll_id", "text", (column) => column.notNull().references("poll.id"))
    .addColumn("choice", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "poll_result")
    .addColumn("poll_id", "text", (column) => column.primaryKey().notNull().references("poll.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("tally", "text", (column) => column.notNull())
    .addColumn("entitled", "text", (column) => column.notNull())
    .addColumn("quorum", "text", (column) => column.notNull())
    .addColumn("casting_vote", "text")
    .addColumn("sentence", "text", (column) => column.notNull())
    .addColumn("decision_year", "integer")
    .addColumn("decision_number", "integer")
    .addColumn("closed_at", "text", (column) => column.notNull())
    .addUniqueConstraint("poll_result_network_id_decision_year_decision_number_unique", [
      "network_id",
      "decision_year",
      "decision_number",
    ])
    .execute();
  await strictTable(db, "expense")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("object", "text", (column) => column.notNull())
    .addColumn("supplier", "text", (column) => column.notNull())
    .addColumn("amount_cents", "integer", (column) => column.notNull())
    .addColumn("axis", "text", (column) => column.notNull())
    .addColumn("justification_md", "text", (column) => column.notNull())
    .addColumn("requested_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("organization_id", "text")
    .addColumn("withdrawn_at", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "minutes")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("meeting_id", "text", (column) => column.notNull().unique().references("meeting.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("submitted_at", "text")
    .addColumn("adopted_at", "text")
    .addColumn("adoption_poll_id", "text")
    .addColumn("signed_at", "text")
    .addColumn("published_at", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addUniqueConstraint("minutes_network_id_year_number_unique", ["network_id", "year", "number"])
    .execute();
  await strictTable(db, "minutes_block")
    .addColumn("minutes_id", "text", (column) => column.notNull().references("minutes.id"))
    .addColumn("block_key", "text", (column) => column.notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("markdown", "text", (column) => column.notNull())
    .addColumn("internal", "integer", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("updated_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("updated_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("minutes_block_key", ["minutes_id", "block_key"])
    .execute();
  await strictTable(db, "minutes_block_history")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("minutes_id", "text", (column) => column.notNull().references("minutes.id"))
    .addColumn("block_key", "text", (column) => column.notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("markdown", "text", (column) => column.notNull())
    .addColumn("internal", "integer", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("written_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("written_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "minutes_correction")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("minutes_id", "text", (column) => column.notNull().references("minutes.id"))
    .addColumn("block_key", "text", (column) => column.notNull())
    .addColumn("original_md", "text", (column) => column.notNull())
    .addColumn("proposed_md", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("requested_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("requested_seat_id", "text")
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("decision_reason", "text")
    .addColumn("decided_by", "text")
    .addColumn("decided_at", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .execute();
  await strictTable(db, "minutes_signature")
    .addColumn("minutes_id", "text", (column) => column.notNull().references("minutes.id"))
    .addColumn("capacity", "text", (column) => column.notNull())
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
    .addColumn("text_sha256", "text", (column) => column.notNull())
    .addColumn("signed_content", "text", (column) => column.notNull())
    .addColumn("signed_at", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("minutes_signature_key", ["minutes_id", "capacity"])
    .execute();
  await strictTable(db, "minutes_publication")
    .addColumn("minutes_id", "text", (column) => column.primaryKey().notNull().references("minutes.id"))
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("meeting_date", "text", (column) => column.notNull())
    .addColumn("public_document", "text", (column) => column.notNull())
    .addColumn("full_document", "text", (column) => column.notNull())
    .addColumn("markdown", "text", (column) => column.notNull())
    .addColumn("pdf", "blob")
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("published_by", "text", (column) => column.notNull().references("person.id"))
    .addColumn("published_at", "text", (column) => column.notNull())
    .addUniqueConstraint("minutes_publication_network_id_year_number_unique", ["network_id", "year", "number"])
    .execute();
  await strictTable(db, "register_entry")
    .addColumn("network_id", "text", (column) => column.notNull().references("network.id"))
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("actor_label", "text", (column) => column.notNull())
    .addColumn("payload", "text", (column) => column.notNull())
    .addColumn("previous_hash", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("register_entry_key", ["network_id", "sequence"])
    .addUniqueConstraint("register_entry_network_id_year_number_unique", ["network_id", "year", "number"])
    .execute();

  await db.schema
    .createIndex("role_grant_by_network_id_and_person_id")
    .on("role_grant")
    .columns(["network_id", "person_id"])
    .execute();
  await db.schema.createIndex("role_grant_by_person_id").on("role_grant").columns(["person_id"]).execute();
  await db.schema.createIndex("session_by_person_id").on("session").columns(["person_id"]).execute();
  await db.schema.createIndex("session_by_expires_at").on("session").columns(["expires_at"]).execute();
  await db.schema.createIndex("one_time_link_by_person_id").on("one_time_link").columns(["person_id"]).execute();
  await db.schema
    .createIndex("sign_in_attempt_by_subject_hash_and_at")
    .on("sign_in_attempt")
    .columns(["subject_hash", "at"])
    .execute();
  await db.schema.createIndex("form_draft_by_expires_at").on("form_draft").columns(["expires_at"]).execute();
  await db.schema.createIndex("security_event_by_at").on("security_event").columns(["at"]).execute();
  await db.schema
    .createIndex("mandate_by_network_id_and_seat_id")
    .on("mandate")
    .columns(["network_id", "seat_id"])
    .execute();
  await db.schema.createIndex("mandate_by_person_id").on("mandate").columns(["person_id"]).execute();
  await db.schema
    .createIndex("meeting_by_network_id_and_starts_at")
    .on("meeting")
    .columns(["network_id", "starts_at"])
    .execute();
  await db.schema
    .createIndex("meeting_transition_by_meeting_id")
    .on("meeting_transition")
    .columns(["meeting_id"])
    .execute();
  await db.schema
    .createIndex("agenda_item_by_meeting_id_and_position")
    .on("agenda_item")
    .columns(["meeting_id", "position"])
    .execute();
  await db.schema.createIndex("agenda_item_by_subject_id").on("agenda_item").columns(["subject_id"]).execute();
  await db.schema.createIndex("item_discussion_by_meeting_id").on("item_discussion").columns(["meeting_id"]).execute();
  await db.schema.createIndex("document_by_network_id").on("document").columns(["network_id"]).execute();
  await db.schema.createIndex("document_by_meeting_id").on("document").columns(["meeting_id"]).execute();
  await db.schema.createIndex("document_by_expense_id").on("document").columns(["expense_id"]).execute();
  await db.schema.createIndex("document_by_agenda_item_id").on("document").columns(["agenda_item_id"]).execute();
  await db.schema.createIndex("convocation_by_meeting_id").on("convocation").columns(["meeting_id"]).execute();
  await db.schema
    .createIndex("convocation_recipient_by_meeting_id")
    .on("convocation_recipient")
    .columns(["meeting_id"])
    .execute();
  await db.schema.createIndex("reply_by_meeting_id").on("reply").columns(["meeting_id"]).execute();
  await db.schema
    .createIndex("outbox_mail_by_status_and_next_attempt_at")
    .on("outbox_mail")
    .columns(["status", "next_attempt_at"])
    .execute();
  await db.schema
    .createIndex("outbox_mail_by_network_id_and_created_at")
    .on("outbox_mail")
    .columns(["network_id", "created_at"])
    .execute();
  await db.schema.createIndex("outbox_mail_by_meeting_id").on("outbox_mail").columns(["meeting_id"]).execute();
  await db.schema.createIndex("mail_event_by_mail_id").on("mail_event").columns(["mail_id"]).execute();
  await db.schema.createIndex("proxy_by_meeting_id").on("proxy").columns(["meeting_id"]).execute();
  await db.schema.createIndex("poll_by_network_id_and_status").on("poll").columns(["network_id", "status"]).execute();
  await db.schema.createIndex("poll_by_meeting_id").on("poll").columns(["meeting_id"]).execute();
  await db.schema.createIndex("poll_by_agenda_item_id").on("poll").columns(["agenda_item_id"]).execute();
  await db.schema.createIndex("poll_by_subject_id").on("poll").columns(["subject_id"]).execute();
  await db.schema
    .createIndex("expense_by_network_id_and_created_at")
    .on("expense")
    .columns(["network_id", "created_at"])
    .execute();
  await db.schema
    .createIndex("minutes_block_history_by_minutes_id_and_block_key")
    .on("minutes_block_history")
    .columns(["minutes_id", "block_key"])
    .execute();
  await db.schema
    .createIndex("minutes_correction_by_minutes_id")
    .on("minutes_correction")
    .columns(["minutes_id"])
    .execute();
  await db.schema
    .createIndex("register_entry_by_network_id_and_kind")
    .on("register_entry")
    .columns(["network_id", "kind"])
    .execute();

  await makeAppendOnly(db, [
    "security_event",
    "meeting_transition",
    "item_discussion",
    "document",
    "convocation",
    "convocation_recipient",
    "reply",
    "mail_event",
    "attendance_event",
    "proxy",
    "proxy_revocation",
    "secret_request",
    "ballot",
    "ballot_signature",
    "secret_ballot",
    "poll_result",
    "minutes_block_history",
    "minutes_signature",
    "minutes_publication",
    "register_entry",
  ]);
  await freezeWhen(db, "rules_version", "status", "adopted");
  await freezeWhen(db, "minutes", "status", "published");
  await freezeWhen(db, "poll", "status", "closed");
}
