import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { conveneMeeting, recordReply } from "~/features/convocations/commands.server";
import { convocationMessage, replyMessage } from "~/features/convocations/messages.fr";
import { findInvitation, listReplies, loadReplyBoard } from "~/features/convocations/queries.server";
import { addAgendaItem } from "~/features/meetings/agenda.server";
import { cancelMeeting, planMeeting } from "~/features/meetings/commands.server";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import type { CommandContext } from "~/services/gate.server";
import { findMeetingHead } from "~/services/meeting-record.server";
import { createCommittee, type Committee, type TownKey } from "../../support/database";

const HELD_ON = "2026-09-10T18:30" as LocalDateTime;

async function prepared(
  options: Parameters<typeof createCommittee>[0] = {},
  meetingId = "seance-1",
  startsAt = HELD_ON,
) {
  const committee = await createCommittee(options);
  const context = await committee.contextOf("secretary");
  await planMeeting(context, { cle: meetingId, title: "Comité de pilotage", startsAt, place: "Mairie de Blain" });
  const added = await addAgendaItem(context, meetingId, {
    cle: `point-${meetingId}`,
    kind: "discussion",
    title: "Bilan de l’été",
    descriptionMd: "",
    durationMinutes: 45,
  });
  if (!added.ok) throw new Error(added.refusal);
  return { committee, context, meetingId };
}

async function convene(context: CommandContext, meetingId = "seance-1", urgencyReason?: string, cle = "convocation-1") {
  const head = await findMeetingHead(context.db, context.networkId, meetingId);
  return conveneMeeting(context, meetingId, { cle, revision: head?.revision ?? 0, urgencyReason });
}

const countRows = async (
  { db }: Committee,
  table: "convocation" | "convocationRecipient" | "outboxMail" | "meetingTransition",
) =>
  Number(
    (
      await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow()
    ).n,
  );

/** The token in each addressee's mail, by address. */
async function tokensOf({ db }: Committee): Promise<ReadonlyMap<string, string>> {
  const mails = await db
    .selectFrom("outboxMail")
    .select(["toAddress", "bodyText"])
    .where("kind", "=", "convocation")
    .execute();
  return new Map(mails.map((mail) => [mail.toAddress, /\/reponse\/([A-Za-z0-9_-]+)/.exec(mail.bodyText)?.[1] ?? ""]));
}

describe("convoquer — CASF, art. R.123-16 (modèle)", () => {
  it("un courriel par destinataire, sièges vacants exceptés, chacun avec son lien et le calendrier", async () => {
    const { committee, context } = await prepared({ vacant: ["le-gavre"] });
    expect(await convene(context)).toEqual({ ok: true, value: { mailCount: 6 } });
    const mails = await committee.db.selectFrom("outboxMail").selectAll().execute();
    expect(mails.map((mail) => mail.toAddress).sort()).toEqual([
      "blain@blain.example",
      "bouvron@blain.example",
      "departement@blain.example",
      "fay-de-bretagne@blain.example",
      "la-chevallerais@blain.example",
      "notre-dame-des-landes@blain.example",
    ]);
    expect(new Set((await tokensOf(committee)).values()).size).toBe(6);
    expect(mails.every((mail) => mail.attachments.includes("BEGIN:VCALENDAR"))).toBe(true);
    const recipients = await committee.db
      .selectFrom("convocationRecipient")
      .select(["mailId", "replyTokenHash"])
      .execute();
    expect(new Set(recipients.map((row) => row.mailId))).toEqual(new Set(mails.map((mail) => mail.id)));
    const tokens = [...(await tokensOf(committee)).values()];
    expect(recipients.some((row) => tokens.includes(row.replyTokenHash))).toBe(false);
  });

  it("un double clic convoque une fois", async () => {
    const { committee, context } = await prepared();
    const results = await Promise.all([convene(context), convene(context)]);
    expect(results.every((result) => result.ok)).toBe(true);
    expect(await countRows(committee, "convocation")).toBe(1);
    expect(await countRows(committee, "outboxMail")).toBe(7);
    expect(await countRows(committee, "meetingTransition")).toBe(1);
    expect(await convene(context, "seance-1", undefined, "convocation-2")).toEqual({
      ok: false,
      refusal: "wrong-state",
    });
  });

  it.each([
    { case: "sans motif : délai non respecté", reason: undefined, refusal: "notice-too-short" },
    { case: "motif de moins de 20 caractères", reason: "C’est urgent", refusal: "urgency-reason-too-short" },
  ] as const)("deux jours avant, $case : refusé, rien n’est écrit", async ({ reason, refusal }) => {
    const { committee, context } = await prepared();
    committee.clock.moveTo("2026-09-08T08:00:00Z");
    expect(await convene(context, "seance-1", reason)).toEqual({ ok: false, refusal });
    expect(convocationMessage(refusal).length).toBeGreaterThan(30);
    expect(await countRows(committee, "convocation")).toBe(0);
    expect(await countRows(committee, "outboxMail")).toBe(0);
    expect((await findMeetingHead(committee.db, committee.networkId, "seance-1"))?.status).toBe("planned");
  });

  it("deux jours avant, avec un motif écrit : partie, le motif est dans le courriel", async () => {
    const { committee, context } = await prepared();
    committee.clock.moveTo("2026-09-08T08:00:00Z");
    const reason = "Fermeture de l’épicerie sociale à la fin de la semaine";
    expect((await convene(context, "seance-1", reason)).ok).toBe(true);
    const mail = await committee.db.selectFrom("outboxMail").select("bodyText").executeTakeFirstOrThrow();
    expect(mail.bodyText).toContain(reason);
  });

  it("la séance a changé depuis l’aperçu : rien ne part", async () => {
    const { committee, context } = await prepared();
    const before = await findMeetingHead(committee.db, committee.networkId, "seance-1");
    await addAgendaItem(context, "seance-1", { cle: "ajout", kind: "information", title: "Ajout", descriptionMd: "" });
    const stale = { cle: "convocation-1", revision: before?.revision ?? 0 };
    expect(await conveneMeeting(context, "seance-1", stale)).toEqual({ ok: false, refusal: "stale" });
    expect(await countRows(committee, "outboxMail")).toBe(0);
  });

  it("ordre du jour vide, ou séance d’un autre réseau : refusé", async () => {
    const committee = await createCommittee();
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const context = await committee.contextOf("secretary");
    await planMeeting(context, { cle: "vide", title: "Comité", startsAt: HELD_ON, place: "Blain" });
    expect(await convene(context, "vide")).toEqual({ ok: false, refusal: "agenda-empty" });
    expect(await convene(await other.contextOf("secretary"), "vide")).toEqual({
      ok: false,
      refusal: "meeting-unknown",
    });
  });

  it("l’annulation écrit à chaque personne convoquée", async () => {
    const { committee, context } = await prepared();
    await convene(context);
    expect(await cancelMeeting(context, "seance-1", { reason: "Alerte météo" })).toEqual({
      ok: true,
      value: { mailCount: 7 },
    });
    const mails = await committee.db
      .selectFrom("outboxMail")
      .select(["bodyText", "attachments"])
      .where("kind", "=", "cancellation")
      .execute();
    expect(mails).toHaveLength(7);
    const [first] = JSON.parse(mails[0]!.attachments) as Array<{ content: string }>;
    const calendar = new ICAL.Component(ICAL.parse(first!.content) as never[]);
    expect(calendar.getFirstPropertyValue("method")).toBe("CANCEL");
    const event = calendar.getFirstSubcomponent("vevent")!;
    expect(event.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(event.getFirstPropertyValue("sequence")).toBe(1);
  });
});

describe("le fichier de calendrier — RFC 5545", () => {
  it.each([
    { case: "été : 18 h 30 à Paris est 16 h 30 UTC", startsAt: "2026-09-10T18:30", start: "2026-09-10T16:30:00.000Z" },
    {
      case: "hiver : 18 h 30 à Paris est 17 h 30 UTC",
      startsAt: "2026-12-14T18:30",
      start: "2026-12-14T17:30:00.000Z",
    },
  ])("$case", async ({ startsAt, start }) => {
    const { committee, context } = await prepared({}, "seance-1", startsAt as LocalDateTime);
    await convene(context);
    const { attachments } = await committee.db.selectFrom("outboxMail").select("attachments").executeTakeFirstOrThrow();
    const [file] = JSON.parse(attachments) as Array<{ content: string; contentType: string }>;
    expect(file!.contentType).toBe("text/calendar; charset=utf-8; method=PUBLISH");
    const event = new ICAL.Event(
      new ICAL.Component(ICAL.parse(file!.content) as never[]).getFirstSubcomponent("vevent")!,
    );
    expect(event.startDate.toJSDate().toISOString()).toBe(start);
    expect(event.endDate.toJSDate().getTime() - event.startDate.toJSDate().getTime()).toBe(45 * 60_000);
    expect(event.uid).toMatch(/^seance-seance-1@/);
    expect(event.sequence).toBe(0);
    expect(event.location).toBe("Mairie de Blain");
    expect(event.description).toContain("1. Bilan de l’été (45\u00a0min)");
    expect(file!.content.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });
});

describe("répondre", () => {
  async function convened() {
    const ready = await prepared();
    await convene(ready.context);
    const reply = (key: TownKey, input: Parameters<typeof recordReply>[2], holder: TownKey = key) =>
      recordReply(
        {
          ...ready.context,
          recordedBy: { personId: ready.committee.personOf(holder), displayName: "x" },
          source: "link",
        },
        { meetingId: "seance-1", seatId: ready.committee.seatOf(key), personId: ready.committee.personOf(holder) },
        input,
      );
    return { ...ready, reply };
  }

  it("le lien mène au siège de son destinataire ; un lien inventé ne mène nulle part", async () => {
    const { committee } = await convened();
    const token = (await tokensOf(committee)).get("bouvron@blain.example") ?? "";
    expect(await findInvitation(committee.db, token)).toMatchObject({
      meetingId: "seance-1",
      seatId: committee.seatOf("bouvron"),
      personId: committee.personOf("bouvron"),
    });
    expect(await findInvitation(committee.db, `${token}x`)).toBeNull();
  });

  it("le lien d’une autre séance ne répond que pour la sienne", async () => {
    const { committee, context } = await convened();
    const first = (await tokensOf(committee)).get("bouvron@blain.example") ?? "";
    await planMeeting(context, {
      cle: "seance-2",
      title: "Comité",
      startsAt: "2026-10-10T18:30" as LocalDateTime,
      place: "Blain",
    });
    await addAgendaItem(context, "seance-2", {
      cle: "point-2",
      kind: "information",
      title: "Rentrée",
      descriptionMd: "",
    });
    expect((await convene(context, "seance-2", undefined, "convocation-2")).ok).toBe(true);
    expect((await findInvitation(committee.db, first))?.meetingId).toBe("seance-1");
  });

  it("la dernière réponse l’emporte ; la même envoyée deux fois ne compte qu’un acte", async () => {
    const { committee, reply } = await convened();
    await reply("bouvron", { choice: "absent", comment: "" });
    await reply("bouvron", { choice: "present", comment: "" });
    await reply("bouvron", { choice: "present", comment: "" });
    expect(await listReplies(committee.db, committee.networkId, "seance-1")).toHaveLength(2);
    const acts = await committee.db
      .selectFrom("registerEntry")
      .select("kind")
      .where("kind", "=", "reply-recorded")
      .execute();
    expect(acts).toHaveLength(2);
  });

  it.each([
    { case: "pouvoir à soi-même", holder: "bouvron", refusal: "proxy-to-self" },
    { case: "pouvoir à un siège qui a annoncé son absence", holder: "blain", refusal: "holder-absent" },
    { case: "pouvoir à un siège qui en porte déjà un", holder: "le-gavre", refusal: "holder-full" },
  ] as const)("$case : refusé, rien n’est écrit", async ({ holder, refusal }) => {
    const { committee, reply } = await convened();
    await reply("blain", { choice: "absent", comment: "" });
    await reply("departement", {
      choice: "absent-with-proxy",
      holderSeatId: committee.seatOf("le-gavre"),
      comment: "",
    });
    const before = await listReplies(committee.db, committee.networkId, "seance-1");
    expect(before).toHaveLength(2);
    const input = { choice: "absent-with-proxy" as const, holderSeatId: committee.seatOf(holder), comment: "" };
    expect(await reply("bouvron", input)).toEqual({ ok: false, refusal });
    expect(replyMessage(refusal).length).toBeGreaterThan(20);
    expect(await listReplies(committee.db, committee.networkId, "seance-1")).toEqual(before);
  });

  it("qui ne tient pas le siège ne répond pas pour lui ; après l’ouverture personne ne répond", async () => {
    const { committee, reply } = await convened();
    expect(await reply("bouvron", { choice: "present", comment: "" }, "blain")).toEqual({
      ok: false,
      refusal: "seat-not-held",
    });
    await committee.db.updateTable("meeting").set({ status: "open" }).where("id", "=", "seance-1").execute();
    expect(await reply("bouvron", { choice: "present", comment: "" })).toEqual({
      ok: false,
      refusal: "meeting-not-convened",
    });
  });

  it("la prévision du quorum suit les réponses : 4 présents annoncés sur 7 sièges", async () => {
    const { committee, reply } = await convened();
    for (const key of ["blain", "bouvron", "le-gavre"] as const) await reply(key, { choice: "present", comment: "" });
    const before = await loadReplyBoard(committee.db, committee.networkId, "seance-1");
    expect(before?.forecast).toMatchObject({ announced: 3, needed: 4, unanswered: 4, outcome: "possible" });
    await reply("fay-de-bretagne", { choice: "remote", comment: "" });
    const after = await loadReplyBoard(committee.db, committee.networkId, "seance-1");
    expect(after?.forecast).toMatchObject({ announced: 4, outcome: "expected" });
  });
});
