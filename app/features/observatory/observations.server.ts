import { can, type Actor } from "~/domain/access/permissions";
import type { NetworkId } from "~/domain/kernel/ids";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { PlainDate } from "~/domain/kernel/plain-date";
import {
  checkObservation,
  type Observation,
  type ObservationOutcome,
  type ObservationRefusal,
  type ObservationStanding,
  type PartnerKind,
} from "~/domain/needs-analysis/observation";
import type { ThemeCode } from "~/domain/observatory/indicator";
import { today } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { listNetworkCommunes } from "~/services/figures-record.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { DecisionInput, ObservationInput } from "./form";
import type { DecisionRefusal } from "./refusals";

/** What a partner observed. Nobody but its author and the secretariat reads it before the lead has decided. The same key records once. */
export async function recordObservation(
  { db, clock, networkId, actor }: CommandContext,
  input: ObservationInput,
): Promise<Decision<{ readonly observationId: string }, ObservationRefusal>> {
  const communes = (await listNetworkCommunes(db, networkId)).map(({ code }) => code);
  const { cle: id, observedOn, partnerKind, office, theme, text } = input;
  const communeCode = input.communeCode === undefined || input.communeCode === "" ? null : input.communeCode;
  const decision = checkObservation({ observedOn, communeCode, text, office }, { today: today(clock), communes });
  if (!decision.ok) return decision;
  return writeTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom("observation")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (known) return grant({ observationId: id });
    const facts = { observedOn, partnerKind, office, theme, communeCode };
    await trx
      .insertInto("observation")
      .values({
        id,
        networkId,
        ...facts,
        textMd: text,
        writtenBy: actor.personId,
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "observation-recorded",
      payload: { observationId: id, ...facts },
    });
    return grant({ observationId: id });
  });
}

/** The lead's decision; a later one replaces it, and both stay in the register. */
export async function decideObservation(
  { db, clock, networkId, actor }: CommandContext,
  observationId: string,
  { cle: id, outcome, note }: DecisionInput,
): Promise<Decision<null, DecisionRefusal>> {
  if (outcome === "rejected" && note.length < 3) return refuse("reason-missing");
  return writeTransaction(db, async (trx) => {
    const known = await findStanding(trx, networkId, observationId);
    if (!known) return refuse("observation-unknown");
    if (known.decisionIds.includes(id)) return grant(null);
    if (known.standing === outcome) return refuse("same-outcome");
    await trx
      .insertInto("observationDecision")
      .values({
        ...{ id, networkId, observationId, outcome, note },
        ...{ decidedBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "observation-decided",
      payload: { observationId, outcome, note },
    });
    return grant(null);
  });
}

async function findStanding(db: Db | Trx, networkId: NetworkId, observationId: string) {
  const found = await db
    .selectFrom("observation")
    .select("id")
    .where("networkId", "=", networkId)
    .where("id", "=", observationId)
    .executeTakeFirst();
  if (!found) return null;
  const decisions = await db
    .selectFrom("observationDecision")
    .select(["id", "outcome"])
    .where("networkId", "=", networkId)
    .where("observationId", "=", observationId)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return {
    standing: (decisions.at(-1)?.outcome ?? "proposed") as ObservationStanding,
    decisionIds: decisions.map(({ id }) => id),
  };
}

export type StoredObservation = Observation & {
  readonly standing: ObservationStanding;
  readonly note: string;
  readonly writtenBy: string;
};

/** Whatever this person may read, the latest first: the public one for everyone, members' for members, all for the secretariat. */
export async function listObservations(
  db: Db,
  networkId: NetworkId,
  actor: Actor,
): Promise<readonly StoredObservation[]> {
  const rows = await db
    .selectFrom("observation")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("observedOn", "desc")
    .orderBy("id")
    .execute();
  const decisions = await db
    .selectFrom("observationDecision")
    .select(["observationId", "outcome", "note"])
    .where("networkId", "=", networkId)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  const latest = new Map(decisions.map((decision) => [decision.observationId, decision]));
  const isMember = can(actor, "observation.read", { networkId });
  const decides = can(actor, "observation.decide", { networkId });
  const mayRead = ({ standing, writtenBy }: StoredObservation): boolean =>
    standing === "public" ||
    (standing === "members" && isMember) ||
    decides ||
    (isMember && actor.personId !== null && writtenBy === actor.personId);
  return rows
    .map((row): StoredObservation => ({
      ...{ id: row.id, office: row.office, communeCode: row.communeCode, text: row.textMd, writtenBy: row.writtenBy },
      observedOn: row.observedOn as PlainDate,
      partnerKind: row.partnerKind as PartnerKind,
      theme: row.theme as ThemeCode,
      standing: (latest.get(row.id)?.outcome ?? "proposed") as ObservationOutcome | "proposed",
      note: latest.get(row.id)?.note ?? "",
    }))
    .filter(mayRead);
}

/** What anybody may find beyond the figures. */
export async function countPublicAdditions(
  db: Db,
  networkId: NetworkId,
): Promise<{ readonly observations: number; readonly reports: number }> {
  const observations = await listObservations(db, networkId, { personId: null, isAdministrator: false, roles: [] });
  const { reports } = await db
    .selectFrom("needsAdoption")
    .select(({ fn }) => fn.countAll<number>().as("reports"))
    .where("networkId", "=", networkId)
    .executeTakeFirstOrThrow();
  return { observations: observations.length, reports };
}

export type NetworkOccasion = { readonly title: string; readonly heldOn: PlainDate; readonly place: string };

/** The annual days of the network, the latest first. */
export async function listOccasions(db: Db, networkId: NetworkId): Promise<readonly NetworkOccasion[]> {
  const rows = await db
    .selectFrom("networkEvent")
    .select(["title", "heldOn", "place"])
    .where("networkId", "=", networkId)
    .orderBy("heldOn", "desc")
    .execute();
  return rows.map(({ title, heldOn, place }) => ({ title, heldOn: heldOn as PlainDate, place }));
}
