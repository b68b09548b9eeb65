import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PersonId } from "~/domain/kernel/ids";
import { dateOf } from "~/domain/kernel/paris-time";
import { checkMinutes, missingElements } from "~/domain/minutes/checklist";
import {
  decideCorrection as decide,
  LONGEST_PROSE,
  requestCorrection as request,
  type CorrectionVerdict,
} from "~/domain/minutes/corrections";
import {
  MINUTES_TEXT_FREEDOM,
  publishMinutes as publish,
  signMinutes as sign,
  submitMinutes as submit,
  type PublishRefusal,
  type SigningCapacity,
  type SubmitRefusal,
} from "~/domain/minutes/lifecycle";
import { minutesOutline, type MinutesFacts } from "~/domain/minutes/structure";
import { formatDateTime } from "~/documents/french";
import { writeMarkdown } from "~/documents/markdown-writer";
import { minutesTitle } from "~/documents/minutes";
import { cleanText } from "~/documents/prose";
import { writeTypst } from "~/documents/typst-writer";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { describeFault, log } from "~/services/log.server";
import { enqueueMails } from "~/services/mail.server";
import { compilePdf, PdfUnavailable } from "~/services/pdf.server";
import { recordAct } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import type { CorrectionProblem, RectifyRefusal, SignProblem, WriteRefusal } from "./messages.fr";
import {
  composeDraft,
  composePublicVersion,
  isLeadSecretary,
  listAttendees,
  listCorrections,
  loadMinutes,
  textToSign,
  type MinutesRecord,
} from "./queries.server";

/** One slot as the secretary sends it back, with the revision that they had before them (0: nothing was written yet). */
export type TypedBlock = {
  readonly key: string;
  readonly markdown: string;
  readonly internal: boolean;
  readonly revision: number;
};

/** Somebody else wrote the same slot meanwhile: both texts are given back, and nothing of either is lost. */
export type WriteConflict = {
  readonly key: string;
  readonly mine: string;
  readonly mineInternal: boolean;
  readonly theirs: string;
  readonly theirRevision: number;
  readonly theirName: string;
};

export type WriteOutcome = { readonly saved: readonly string[]; readonly conflicts: readonly WriteConflict[] };

/**
 * Saves the slots that were changed. A slot that somebody else changed meanwhile is left as it is and comes back as a conflict,
 * unless the secretary had not touched it.
 */
export async function writeProse(
  { db, clock, networkId, actor }: CommandContext,
  minutesId: string,
  typed: readonly TypedBlock[],
): Promise<Decision<WriteOutcome, WriteRefusal>> {
  const blocks = typed.map((block) => ({ ...block, markdown: cleanText(block.markdown).trim() }));
  return writeTransaction(db, async (trx) => {
    const minutes = await loadMinutes(trx, networkId, minutesId);
    if (!minutes) return refuse("meeting-not-open");
    if (MINUTES_TEXT_FREEDOM[minutes.state] !== "free") return refuse("not-a-draft");
    const keys = proseKeys(minutes.facts);
    const changed = blocks.filter((block) => !isSame(minutes.blocks[block.key], block));
    if (changed.some(({ key }) => !keys.includes(key))) return refuse("block-unknown");
    if (changed.some(({ markdown }) => markdown.length > LONGEST_PROSE)) return refuse("text-too-long");
    const bases = await listRevisions(trx, networkId, minutesId);
    const touched = changed.filter(({ key, revision, ...block }) => !isSame(bases.get(`${key}@${revision}`), block));
    const isCurrent = ({ key, revision }: TypedBlock) => (minutes.blocks[key]?.revision ?? 0) === revision;
    const toSave = touched.filter(isCurrent);
    const stale = touched.filter((block) => !isCurrent(block));
    await startMinutes(trx, { clock, networkId }, minutes);
    await saveBlocks(trx, { clock, networkId, actor }, minutes, toSave);
    const writers = stale.length === 0 ? new Map<string, string>() : await listWriters(trx, networkId, minutesId);
    return grant({
      saved: toSave.map(({ key }) => key),
      conflicts: stale.map(({ key, markdown, internal }) => ({
        key,
        mine: markdown,
        mineInternal: internal,
        theirs: minutes.blocks[key]?.markdown ?? "",
        theirRevision: minutes.blocks[key]?.revision ?? 0,
        theirName: writers.get(key) ?? "",
      })),
    });
  });
}

type Text = { readonly markdown: string; readonly internal: boolean };

function isSame(known: Text | undefined, typed: Text): boolean {
  if (!known) return typed.markdown === "" && !typed.internal;
  return known.markdown === typed.markdown && known.internal === typed.internal;
}

function proseKeys(facts: MinutesFacts): readonly string[] {
  return minutesOutline(facts).flatMap((block) => (block.kind === "prose" ? [block.key] : []));
}

async function listRevisions(trx: Trx, networkId: string, minutesId: string): Promise<ReadonlyMap<string, Text>> {
  const rows = await trx
    .selectFrom("minutesBlockHistory")
    .select(["blockKey", "revision", "markdown", "internal"])
    .where("networkId", "=", networkId)
    .where("minutesId", "=", minutesId)
    .execute();
  return new Map(
    rows.map(({ blockKey, revision, markdown, internal }) => [
      `${blockKey}@${revision}`,
      { markdown, internal: internal === 1 },
    ]),
  );
}

async function listWriters(trx: Trx, networkId: string, minutesId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await trx
    .selectFrom("minutesBlock")
    .innerJoin("person", "person.id", "minutesBlock.updatedBy")
    .select(["minutesBlock.blockKey", "person.displayName"])
    .where("minutesBlock.networkId", "=", networkId)
    .where("minutesBlock.minutesId", "=", minutesId)
    .execute();
  return new Map(rows.map(({ blockKey, displayName }) => [blockKey, displayName]));
}

/** The minutes exist from the first text on, or from their submission. */
async function startMinutes(
  trx: Trx,
  { clock, networkId }: Pick<CommandContext, "clock" | "networkId">,
  { id, meeting }: MinutesRecord,
): Promise<void> {
  await trx
    .insertInto("minutes")
    .values({
      id,
      networkId,
      meetingId: meeting.id,
      year: meeting.year,
      number: meeting.rank,
      status: "draft",
      submittedAt: null,
      adoptedAt: null,
      adoptionPollId: null,
      signedAt: null,
      publishedAt: null,
      revision: 1,
      createdAt: clock.now().toISOString(),
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

async function saveBlocks(
  trx: Trx,
  { clock, networkId, actor }: Pick<CommandContext, "clock" | "networkId" | "actor">,
  minutes: MinutesRecord,
  blocks: readonly (Text & { readonly key: string })[],
): Promise<void> {
  if (blocks.length === 0) return;
  const at = clock.now().toISOString();
  const rows = blocks.map(({ key, markdown, internal }) => ({
    minutesId: minutes.id,
    blockKey: key,
    networkId,
    markdown,
    internal: internal ? (1 as const) : (0 as const),
    revision: (minutes.blocks[key]?.revision ?? 0) + 1,
  }));
  await trx
    .insertInto("minutesBlock")
    .values(rows.map((row) => ({ ...row, updatedBy: actor.personId, updatedAt: at })))
    .onConflict((conflict) =>
      conflict.columns(["minutesId", "blockKey"]).doUpdateSet((eb) => ({
        markdown: eb.ref("excluded.markdown"),
        internal: eb.ref("excluded.internal"),
        revision: eb.ref("excluded.revision"),
        updatedBy: eb.ref("excluded.updatedBy"),
        updatedAt: eb.ref("excluded.updatedAt"),
      })),
    )
    .execute();
  await trx
    .insertInto("minutesBlockHistory")
    .values(rows.map((row) => ({ ...row, id: clock.newId(), writtenBy: actor.personId, writtenAt: at })))
    .execute();
}

/**
 * Opens the corrections and writes to everybody who attended. Refused while an element that minutes must hold is missing.
 * @param pageUrl of the minutes, for the mail
 */
export async function submitMinutes(
  { db, clock, networkId, actor }: CommandContext,
  minutesId: string,
  pageUrl: string,
): Promise<Decision<{ readonly informed: number }, SubmitRefusal | "elements-missing">> {
  return writeTransaction(db, async (trx) => {
    const minutes = await loadMinutes(trx, networkId, minutesId);
    if (!minutes) return refuse("meeting-not-closed");
    const next = submit({ state: minutes.state, meetingState: minutes.meeting.status });
    if (!next.ok) return next;
    if (missingElements(minutes.checklist).length > 0) return refuse("elements-missing");
    await startMinutes(trx, { clock, networkId }, minutes);
    await trx
      .updateTable("minutes")
      .set((eb) => ({ status: next.value, submittedAt: clock.now().toISOString(), revision: eb("revision", "+", 1) }))
      .where("networkId", "=", networkId)
      .where("id", "=", minutes.id)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "minutes-submitted",
      meetingId: minutes.meeting.id,
      payload: { minutesId: minutes.id, number: minutes.number, textSha256: textToSign(minutes).sha256 },
    });
    const attendees = await listAttendees(trx, networkId, minutes);
    await enqueueMails(
      trx,
      clock,
      attendees.map((attendee) => ({
        networkId,
        meetingId: minutes.meeting.id,
        personId: attendee.personId,
        kind: "minutes" as const,
        to: attendee.email,
        subject: `Procès-verbal n° ${minutes.number} : vos corrections`,
        text: submissionMail(minutes, attendee.displayName, pageUrl),
      })),
    );
    return grant({ informed: attendees.length });
  });
}

function submissionMail({ facts, number }: MinutesRecord, name: string, pageUrl: string): string {
  return [
    `Bonjour ${name},`,
    "",
    `Le projet de procès-verbal n° ${number} de la séance du ${formatDateTime(facts.scheduledAt)} est prêt.`,
    "Vous avez assisté à cette séance : relisez-le et, si besoin, demandez une correction ici :",
    pageUrl,
    "",
    "Sans demande de votre part, il sera soumis au vote du comité à sa prochaine séance.",
    "",
    facts.networkName,
  ].join("\n");
}

export type CorrectionInput = {
  /** Identity of the request: sent twice, it is one. */
  readonly id: string;
  readonly blockKey: string;
  readonly proposedMarkdown: string;
  readonly comment: string;
};

export async function requestCorrection(
  { db, clock, networkId, actor }: CommandContext,
  minutesId: string,
  input: CorrectionInput,
): Promise<Decision<null, CorrectionProblem>> {
  return writeTransaction(db, async (trx) => {
    const minutes = await loadMinutes(trx, networkId, minutesId);
    if (!minutes) return refuse("not-in-review");
    const known = await listCorrections(trx, networkId, minutesId);
    if (known.some(({ id }) => id === input.id)) return grant(null);
    if (minutes.isBeingVoted) return refuse("vote-running");
    const attendees = await listAttendees(trx, networkId, minutes);
    const decision = request(
      {
        state: minutes.state,
        attendeeIds: attendees.map(({ personId }) => personId),
        proseKeys: proseKeys(minutes.facts),
        prose: minutes.prose,
      },
      {
        blockKey: input.blockKey,
        authorId: actor.personId,
        proposedMarkdown: cleanText(input.proposedMarkdown).trim(),
        comment: cleanText(input.comment).trim(),
      },
    );
    if (!decision.ok) return decision;
    const { blockKey, baseMarkdown, proposedMarkdown, comment } = decision.value;
    await trx
      .insertInto("minutesCorrection")
      .values({
        id: input.id,
        networkId,
        minutesId: minutes.id,
        blockKey,
        originalMd: baseMarkdown,
        proposedMd: proposedMarkdown,
        reason: comment,
        requestedBy: actor.personId,
        requestedSeatId: null,
        status: "pending",
        decisionReason: null,
        decidedBy: null,
        decidedAt: null,
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "minutes-correction-requested",
      meetingId: minutes.meeting.id,
      payload: { minutesId: minutes.id, number: minutes.number, correctionId: input.id, blockKey },
    });
    return grant(null);
  });
}

export async function decideCorrection(
  { db, clock, networkId, actor }: CommandContext,
  minutesId: string,
  correctionId: string,
  verdict: CorrectionVerdict,
): Promise<Decision<null, CorrectionProblem>> {
  return writeTransaction(db, async (trx) => {
    const minutes = await loadMinutes(trx, networkId, minutesId);
    if (!minutes) return refuse("not-in-review");
    const correction = (await listCorrections(trx, networkId, minutesId)).find(({ id }) => id === correctionId);
    if (!correction) return refuse("correction-unknown");
    if (minutes.isBeingVoted) return refuse("vote-running");
    const decision = decide({ state: minutes.state, prose: minutes.prose }, correction, verdict);
    if (!decision.ok) return decision;
    const { correction: decided, prose } = decision.value;
    if (decided.state === "accepted") {
      if (missingElements(checkMinutes(minutes.facts, prose)).length > missingElements(minutes.checklist).length)
        return refuse("elements-lost");
      const text = prose[decided.blockKey] ?? { markdown: "", internal: false };
      await saveBlocks(trx, { clock, networkId, actor }, minutes, [{ key: decided.blockKey, ...text }]);
    }
    await trx
      .updateTable("minutesCorrection")
      .set({
        status: decided.state,
        decisionReason: decided.decisionReason,
        decidedBy: actor.personId,
        decidedAt: clock.now().toISOString(),
      })
      .where("networkId", "=", networkId)
      .where("id", "=", correctionId)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "minutes-correction-decided",
      meetingId: minutes.meeting.id,
      payload: { minutesId: minutes.id, number: minutes.number, correctionId, decision: decided.state },
    });
    return grant(null);
  });
}

/** What the person may sign as, or null. Somebody who held both offices signs for the chair; the other signature must be another's. */
export function signingCapacityOf({ facts }: Pick<MinutesRecord, "facts">, personId: PersonId): SigningCapacity | null {
  if (facts.chair?.personId === personId) return "chair";
  return facts.secretary?.personId === personId ? "secretary" : null;
}

/**
 * Signs the text that the person had before them, and no other: its SHA-256 comes back with the form.
 * The first signature keeps the facts and texts as they are, so that the second bears on the same.
 */
export async function signMinutes(
  { db, clock, networkId, actor }: CommandContext,
  minutesId: string,
  textSha256: string,
): Promise<Decision<null, SignProblem>> {
  return writeTransaction(db, async (trx) => {
    const minutes = await loadMinutes(trx, networkId, minutesId);
    if (!minutes) return refuse("not-adopted");
    const capacity = signingCapacityOf(minutes, actor.personId);
    const { chair, secretary } = minutes.facts;
    if (capacity === null || !chair || !secretary) return refuse("not-an-officer");
    const at = clock.now().toISOString();
    const decision = sign(
      {
        state: minutes.state,
        chairId: chair.personId,
        secretaryId: secretary.personId,
        signatures: minutes.signatures.map(({ signedAt, ...signature }) => ({ ...signature, at: signedAt })),
      },
      { personId: actor.personId, capacity, at },
    );
    if (!decision.ok) return decision;
    const text = textToSign(minutes);
    if (text.sha256 !== textSha256) return refuse("text-changed");
    await trx
      .insertInto("minutesSignature")
      .values({
        minutesId: minutes.id,
        capacity,
        networkId,
        personId: actor.personId,
        textSha256: text.sha256,
        signedContent: JSON.stringify({ facts: minutes.facts, prose: minutes.prose }),
        signedAt: at,
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "minutes-signed",
      meetingId: minutes.meeting.id,
      payload: { minutesId: minutes.id, number: minutes.number, capacity, textSha256: text.sha256 },
    });
    return grant(null);
  });
}

/** Publishes signed minutes for good: their page, their Markdown and their PDF are kept as they are that day. */
export async function publishMinutes(
  { db, clock, networkId, actor }: CommandContext,
  minutesId: string,
): Promise<Decision<{ readonly sha256: string }, PublishRefusal>> {
  const prepared = await loadMinutes(db, networkId, minutesId);
  const files = prepared?.state === "signed" ? await preparePublication(prepared) : null;
  return writeTransaction(db, async (trx) => {
    const minutes = await loadMinutes(trx, networkId, minutesId);
    if (!minutes) return refuse("not-signed");
    const actorIsLeadSecretary = await isLeadSecretary(trx, networkId, actor.personId, today(clock));
    const decision = publish({ state: minutes.state, actorIsLeadSecretary });
    if (!decision.ok) return decision;
    if (files === null) return refuse("not-signed");
    const at = clock.now().toISOString();
    await trx
      .insertInto("minutesPublication")
      .values({
        minutesId: minutes.id,
        networkId,
        year: minutes.meeting.year,
        number: minutes.meeting.rank,
        title: minutesTitle(minutes.facts),
        meetingDate: dateOf(minutes.facts.scheduledAt),
        publicDocument: files.publicDocument,
        fullDocument: files.fullDocument,
        markdown: files.markdown,
        pdf: files.pdf,
        sha256: files.sha256,
        publishedBy: actor.personId,
        publishedAt: at,
      })
      .execute();
    await trx
      .updateTable("minutes")
      .set((eb) => ({
        status: decision.value,
        adoptionPollId: minutes.adoption?.pollId ?? null,
        signedAt: minutes.signatures.at(-1)?.signedAt ?? null,
        publishedAt: at,
        revision: eb("revision", "+", 1),
      }))
      .where("networkId", "=", networkId)
      .where("id", "=", minutes.id)
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "minutes-published",
      meetingId: minutes.meeting.id,
      payload: {
        minutesId: minutes.id,
        number: minutes.number,
        markdownSha256: files.sha256,
        pdfSha256: files.pdf === null ? null : sha256Hex(files.pdf),
        signedTextSha256: minutes.signatures[0]?.textSha256 ?? null,
      },
    });
    return grant({ sha256: files.sha256 });
  });
}

/** Signed content never changes, so the files may be made before the transaction that keeps them. */
async function preparePublication(minutes: MinutesRecord): Promise<{
  readonly publicDocument: string;
  readonly fullDocument: string;
  readonly markdown: string;
  readonly pdf: Uint8Array | null;
  readonly sha256: string;
}> {
  const document = composePublicVersion(minutes);
  const markdown = writeMarkdown(document);
  const sha256 = sha256Hex(markdown);
  return {
    publicDocument: JSON.stringify(document),
    fullDocument: JSON.stringify({ ...composeDraft(minutes), standing: null }),
    markdown,
    pdf: await compilePdf(writeTypst(document, { fingerprint: sha256 })).catch((fault: unknown) => {
      if (!(fault instanceof PdfUnavailable)) throw fault;
      log("warn", "minutes.published-without-pdf", describeFault(fault));
      return null;
    }),
    sha256,
  };
}

/** Corrects published minutes by a new act that stands beside them: they do not change. */
export async function recordCorrectiveAct(
  { db, clock, networkId, actor }: CommandContext,
  minutesId: string,
  input: { readonly id: string; readonly text: string },
): Promise<Decision<null, RectifyRefusal>> {
  return writeTransaction(db, async (trx) => {
    const minutes = await loadMinutes(trx, networkId, minutesId);
    if (!minutes || minutes.state !== "published") return refuse("not-published");
    if (!(await isLeadSecretary(trx, networkId, actor.personId, today(clock)))) return refuse("not-the-lead-secretary");
    const acts = await trx
      .selectFrom("registerEntry")
      .select("payload")
      .where("networkId", "=", networkId)
      .where("kind", "=", "minutes-corrective-act")
      .execute();
    if (acts.some(({ payload }) => (JSON.parse(payload) as { key?: unknown }).key === input.id)) return grant(null);
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "minutes-corrective-act",
      meetingId: minutes.meeting.id,
      payload: { key: input.id, minutesId: minutes.id, number: minutes.number, text: cleanText(input.text).trim() },
    });
    return grant(null);
  });
}
