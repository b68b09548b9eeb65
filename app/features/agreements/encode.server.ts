import { checkContent, durationOf, type AgreementContent, type Clause } from "~/domain/agreement/clause";
import { checkGuard } from "~/domain/agreement/guard";
import { checkSignature, type DelegationLink, type SignAnswer } from "~/domain/agreement/signature";
import { checkDuration } from "~/domain/agreement/terms";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { addDays, type PlainDate } from "~/domain/kernel/plain-date";
import type { ActKind } from "~/domain/register/act-kinds";
import type { JsonValue } from "~/domain/register/canonical";
import { listAgreements, type AgreementKind, type RecordedAgreement } from "~/services/agreement-record.server";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import { loadOwnFacts } from "./facts.server";
import type {
  DraftRefusal,
  EncodeRefusal,
  PartyLeavesRefusal,
  ReadingRefusal,
  RecordRefusal,
  RenewRefusal,
  ReplaceRefusal,
  SignCommandRefusal,
} from "./refusals";

export const record = (
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  kind: ActKind,
  payload: JsonValue,
): Promise<unknown> => recordAct(trx, clock, actingPerson(actor), { networkId, kind, payload });

export type PartyInput = {
  readonly organizationId: string | null;
  readonly label: string;
  readonly office: string;
  readonly board: string;
  readonly needsHabilitation: boolean;
  readonly deliberationNumber: string;
  readonly deliberationOn: PlainDate | null;
  readonly chain: readonly DelegationLink[];
};

export type EncodeInput = {
  readonly cle: string;
  readonly kind: AgreementKind;
  readonly title: string;
  readonly note: string;
  readonly effectOn: PlainDate;
  readonly place: string;
  readonly isSupposed: boolean;
  readonly parentId: string | null;
  readonly previousId: string | null;
  readonly content: AgreementContent;
  readonly parties: readonly PartyInput[];
};

/** The convention of the network that has this identifier, as it stands today; null for another network's. */
export async function findAgreement(
  trx: Trx,
  { clock, networkId }: Pick<CommandContext, "clock" | "networkId">,
  agreementId: string,
): Promise<RecordedAgreement | null> {
  const agreements = await listAgreements(trx, networkId, today(clock));
  return agreements.find(({ id }) => id === agreementId) ?? null;
}

function checkText(content: AgreementContent, effectOn: PlainDate): EncodeRefusal | null {
  const duration = durationOf(content.clauses);
  const [fault] = [...checkContent(content), ...(duration === null ? [] : checkDuration(duration, effectOn))];
  return fault ?? null;
}

/** Enters a text as a draft. Sent twice with the same key, it is entered once. */
export async function encodeAgreement(
  context: CommandContext,
  input: EncodeInput,
): Promise<Decision<{ readonly agreementId: string }, EncodeRefusal>> {
  return writeTransaction(context.db, (trx) => insertAgreement(trx, context, input, "agreement-encoded"));
}

async function insertAgreement(
  trx: Trx,
  context: CommandContext,
  input: EncodeInput,
  kind: "agreement-encoded" | "agreement-renewed",
): Promise<Decision<{ readonly agreementId: string }, EncodeRefusal>> {
  const { clock, networkId, actor } = context;
  const fault = checkText(input.content, input.effectOn);
  if (fault) return refuse(fault);
  const known = await listAgreements(trx, networkId, today(clock));
  if (known.some(({ id }) => id === input.cle)) return grant({ agreementId: input.cle });
  if (input.previousId !== null && !known.some(({ id }) => id === input.previousId)) return refuse("previous-unknown");
  if (input.previousId !== null && known.some(({ previousId }) => previousId === input.previousId))
    return refuse("previous-already-renewed");
  if (input.parentId !== null && !known.some(({ id }) => id === input.parentId)) return refuse("parent-unknown");
  if (await hasStranger(trx, input.parties)) return refuse("organization-unknown");
  const content = JSON.stringify(input.content);
  await trx
    .insertInto("agreement")
    .values({
      ...{ id: input.cle, networkId, kind: input.kind, title: input.title, parentId: input.parentId },
      ...{ previousId: input.previousId, isSupposed: input.isSupposed ? (1 as const) : (0 as const) },
      ...{ noteMd: input.note, effectOn: input.effectOn, signedOn: null, place: input.place, content, revision: 1 },
      ...{ createdBy: actor.personId, createdAt: clock.now().toISOString() },
    })
    .execute();
  await insertParties(trx, context, input.cle, input.parties);
  await record(trx, context, kind, {
    ...{ agreementId: input.cle, title: input.title, effectOn: input.effectOn, previousId: input.previousId },
    contentSha256: sha256Hex(content),
  });
  return grant({ agreementId: input.cle });
}

async function hasStranger(trx: Trx, parties: readonly PartyInput[]): Promise<boolean> {
  const ids = [...new Set(parties.flatMap(({ organizationId }) => (organizationId === null ? [] : [organizationId])))];
  if (ids.length === 0) return false;
  const found = await trx.selectFrom("organization").select("id").where("id", "in", ids).execute();
  return found.length < ids.length;
}

async function insertParties(
  trx: Trx,
  { clock, networkId }: CommandContext,
  agreementId: string,
  parties: readonly PartyInput[],
): Promise<void> {
  if (parties.length === 0) return;
  await trx
    .insertInto("agreementParty")
    .values(
      parties.map(({ needsHabilitation, chain, ...party }, index) => ({
        ...{ id: clock.newId(), networkId, agreementId, position: index + 1, ...party, leftOn: null },
        needsHabilitation: needsHabilitation ? (1 as const) : (0 as const),
        chain: JSON.stringify(chain),
      })),
    )
    .execute();
}

export type DraftChange = {
  readonly revision: number;
  readonly title: string;
  readonly note: string;
  readonly effectOn: PlainDate;
  readonly place: string;
  readonly content: AgreementContent;
  readonly parties: readonly PartyInput[];
};

/** Rewrites a draft, whole. Once signed, only an amendment changes a text. */
export async function changeDraft(
  context: CommandContext,
  agreementId: string,
  change: DraftChange,
): Promise<Decision<null, DraftRefusal>> {
  const { db, networkId } = context;
  const fault = checkText(change.content, change.effectOn);
  if (fault) return refuse(fault);
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    if (!agreement) return refuse("agreement-unknown" as const);
    if (agreement.signedOn !== null) return refuse("already-signed" as const);
    if (agreement.revision !== change.revision) return refuse("stale" as const);
    if (await hasStranger(trx, change.parties)) return refuse("organization-unknown" as const);
    const content = JSON.stringify(change.content);
    await trx
      .updateTable("agreement")
      .set(({ eb }) => ({
        ...{ title: change.title, noteMd: change.note, effectOn: change.effectOn, place: change.place, content },
        revision: eb("revision", "+", 1),
      }))
      .where("networkId", "=", networkId)
      .where("id", "=", agreementId)
      .execute();
    await trx
      .deleteFrom("agreementParty")
      .where("networkId", "=", networkId)
      .where("agreementId", "=", agreementId)
      .execute();
    await insertParties(trx, context, agreementId, change.parties);
    await record(trx, context, "agreement-changed", {
      agreementId,
      title: change.title,
      contentSha256: sha256Hex(content),
    });
    return grant(null);
  });
}

/** Records the signature, once the habilitation of every party is on file. */
export async function signAgreement(
  context: CommandContext,
  agreementId: string,
  signedOn: PlainDate,
): Promise<Decision<SignAnswer, SignCommandRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    if (!agreement) return refuse({ kind: "agreement-unknown" } as const);
    const { parties, duration, effectOn } = agreement;
    const decision = checkSignature({
      ...{ isSigned: agreement.signedOn !== null, hasDuration: duration !== null, parties, signedOn, effectOn },
      today: today(clock),
    });
    if (!decision.ok) return decision;
    await trx
      .updateTable("agreement")
      .set(({ eb }) => ({ signedOn, revision: eb("revision", "+", 1) }))
      .where("networkId", "=", networkId)
      .where("id", "=", agreementId)
      .execute();
    await record(trx, context, "agreement-signed", { agreementId, title: agreement.title, signedOn, effectOn });
    return decision;
  });
}

/** Prepares the convention that follows, with the same text; refused where the text asks for an assessment that is not on file. */
export async function renewAgreement(
  context: CommandContext,
  agreementId: string,
  input: { readonly cle: string; readonly isSupposed?: boolean; readonly note?: string },
): Promise<Decision<{ readonly agreementId: string }, RenewRefusal>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx): Promise<Decision<{ readonly agreementId: string }, RenewRefusal>> => {
    const agreements = await listAgreements(trx, networkId, today(clock));
    const agreement = agreements.find(({ id }) => id === agreementId);
    if (!agreement) return refuse("agreement-unknown");
    if (agreement.signedOn === null || agreement.standing === null) return refuse("not-signed");
    const facts = (await loadOwnFacts(trx, networkId, agreements, "")).get(agreementId) ?? [];
    const guard = checkGuard(agreement.content.clauses, agreement.standing, facts, { act: "renew", on: today(clock) });
    if (!guard.ok) return guard;
    const { endsOn, current } = agreement.standing;
    return insertAgreement(
      trx,
      context,
      {
        ...{ cle: input.cle, kind: agreement.kind, title: agreement.title, note: input.note ?? "" },
        effectOn: addDays(endsOn ?? current.startsOn, 1),
        ...{ place: "", isSupposed: input.isSupposed ?? false, parentId: agreement.parentId, previousId: agreementId },
        content: agreement.content,
        parties: agreement.parties
          .filter(({ leftOn }) => leftOn === null)
          .map(({ id: _id, leftOn: _leftOn, ...party }) => ({
            ...party,
            deliberationNumber: "",
            deliberationOn: null,
          })),
      },
      "agreement-renewed",
    );
  });
}

/** A party leaves: its board no longer counts for the amendments to come. */
export async function recordPartyLeft(
  context: CommandContext,
  agreementId: string,
  { partyId, leftOn }: { readonly partyId: string; readonly leftOn: PlainDate },
): Promise<Decision<null, PartyLeavesRefusal>> {
  const { db, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    const party = agreement?.parties.find(({ id }) => id === partyId);
    if (!agreement || !party) return refuse("party-unknown" as const);
    if (party.leftOn !== null) return refuse("party-already-left" as const);
    if (leftOn < agreement.effectOn) return refuse("leaves-before-start" as const);
    await trx
      .updateTable("agreementParty")
      .set({ leftOn })
      .where("networkId", "=", networkId)
      .where("id", "=", partyId)
      .execute();
    await record(trx, context, "party-left", { agreementId, partyId, label: party.label, leftOn });
    return grant(null);
  });
}

export async function addAnnexVersion(
  context: CommandContext,
  agreementId: string,
  input: {
    readonly cle: string;
    readonly annexKey: string;
    readonly title: string;
    readonly datedOn: PlainDate;
    readonly body: string;
    readonly reason: string;
  },
): Promise<Decision<null, RecordRefusal>> {
  const { db, clock, networkId, actor } = context;
  if (input.datedOn > today(clock)) return refuse("date-in-the-future");
  return writeTransaction(db, async (trx) => {
    if (!(await findAgreement(trx, context, agreementId))) return refuse("agreement-unknown" as const);
    const versions = await trx
      .selectFrom("annexVersion")
      .select(["id", "version"])
      .where("networkId", "=", networkId)
      .where("agreementId", "=", agreementId)
      .where("annexKey", "=", input.annexKey)
      .execute();
    if (versions.some(({ id }) => id === input.cle)) return grant(null);
    const version = Math.max(0, ...versions.map((one) => one.version)) + 1;
    const { cle: id, annexKey, title, datedOn, body: bodyMd, reason } = input;
    await trx
      .insertInto("annexVersion")
      .values({
        ...{ id, networkId, agreementId, annexKey, title, version, datedOn, bodyMd, reason },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "annex-versioned", {
      agreementId,
      annexKey,
      title,
      version,
      contentSha256: sha256Hex(bodyMd),
    });
    return grant(null);
  });
}

export async function recordBilan(
  context: CommandContext,
  agreementId: string,
  input: { readonly cle: string; readonly title: string; readonly establishedOn: PlainDate; readonly body: string },
): Promise<Decision<null, RecordRefusal>> {
  const { db, clock, networkId, actor } = context;
  if (input.establishedOn > today(clock)) return refuse("date-in-the-future");
  return writeTransaction(db, async (trx) => {
    if (!(await findAgreement(trx, context, agreementId))) return refuse("agreement-unknown" as const);
    const twin = await trx.selectFrom("agreementBilan").select("id").where("id", "=", input.cle).executeTakeFirst();
    if (twin) return grant(null);
    const { cle: id, title, establishedOn, body: bodyMd } = input;
    await trx
      .insertInto("agreementBilan")
      .values({
        ...{ id, networkId, agreementId, establishedOn, title, bodyMd },
        ...{ recordedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "bilan-recorded", {
      agreementId,
      title,
      establishedOn,
      contentSha256: sha256Hex(bodyMd),
    });
    return grant(null);
  });
}

/** Puts a clause of a signed text in accord with the effective amendment of its article; no other clause of it changes. */
export async function replaceClause(
  context: CommandContext,
  agreementId: string,
  clause: Clause,
): Promise<Decision<null, ReplaceRefusal>> {
  const { db, networkId } = context;
  return writeTransaction(db, async (trx): Promise<Decision<null, ReplaceRefusal>> => {
    const agreement = await findAgreement(trx, context, agreementId);
    if (!agreement) return refuse("agreement-unknown");
    const { clauses } = agreement.original;
    const before = clauses.find(({ key, article }) => key === clause.key && article === clause.article);
    if (!before) return refuse("clause-unknown");
    if (!amendedArticles(agreement).includes(clause.article)) return refuse("article-not-amended");
    const changed = { ...agreement.original, clauses: clauses.map((one) => (one === before ? clause : one)) };
    const fault = checkText({ ...changed, articles: agreement.content.articles }, agreement.effectOn);
    if (fault) return refuse(fault);
    await trx
      .updateTable("agreement")
      .set(({ eb }) => ({ content: JSON.stringify(changed), revision: eb("revision", "+", 1) }))
      .where("networkId", "=", networkId)
      .where("id", "=", agreementId)
      .execute();
    const told = (one: Clause) => ({ title: one.title, sentence: one.sentence, rule: JSON.stringify(one.rule) });
    await record(trx, context, "agreement-changed", {
      ...{ agreementId, article: clause.article, clauseKey: clause.key, from: told(before), to: told(clause) },
    });
    return grant(null);
  });
}

/** The articles that an effective amendment has changed. */
export function amendedArticles({ amendments }: Pick<RecordedAgreement, "amendments">): readonly string[] {
  return amendments.flatMap(({ standing, changes }) =>
    standing.state === "effective" ? changes.map(({ article }) => article) : [],
  );
}

/** Is this an adopted decision of the network? */
export async function isAdopted(trx: Trx, networkId: string, pollId: string): Promise<boolean> {
  const row = await trx
    .selectFrom("pollResult")
    .select("outcome")
    .where("networkId", "=", networkId)
    .where("pollId", "=", pollId)
    .executeTakeFirst();
  return row?.outcome === "adopted";
}

/** The committee decides how a silent renewal without a length is read. Source: Code civil, art. 1214 and 1215, unless the parties say otherwise. */
export async function chooseReading(
  context: CommandContext,
  agreementId: string,
  { decided, pollId }: { readonly decided: "indefinite" | "same-term"; readonly pollId: string },
): Promise<Decision<null, ReadingRefusal>> {
  const { db, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const agreement = await findAgreement(trx, context, agreementId);
    if (!agreement) return refuse("agreement-unknown" as const);
    const renewal = agreement.duration?.renewal;
    if (renewal?.kind !== "tacit" || renewal.months !== null) return refuse("nothing-to-read" as const);
    if (!(await isAdopted(trx, networkId, pollId))) return refuse("poll-not-adopted" as const);
    const clauses = agreement.original.clauses.map((clause) =>
      clause.rule.kind === "duration"
        ? {
            ...clause,
            rule: { ...clause.rule, duration: { ...clause.rule.duration, renewal: { ...renewal, decided } } },
          }
        : clause,
    );
    await trx
      .updateTable("agreement")
      .set(({ eb }) => ({
        content: JSON.stringify({ ...agreement.original, clauses }),
        revision: eb("revision", "+", 1),
      }))
      .where("networkId", "=", networkId)
      .where("id", "=", agreementId)
      .execute();
    await record(trx, context, "agreement-reading-chosen", { agreementId, decided, pollId });
    return grant(null);
  });
}
