import type { NetworkRole } from "~/domain/access/permissions";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId, PersonId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { closeSessionsOf } from "~/services/auth.server";
import type { Clock } from "~/services/clock.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { createLink, linkAddress, mailLink } from "~/services/one-time-links.server";
import { recordAct } from "~/services/register.server";
import { recordSecurityEvent } from "~/services/security.server";
import type { MemberInput, NewPersonInput } from "./form";

export type InstallationContext = { readonly db: Db; readonly clock: Clock };
export type RoleRefusal =
  | "role-already-held"
  | "secretary-outside-lead"
  | "organization-not-in-network"
  | "person-unknown"
  | "role-ends-before-start";
export type PersonRefusal = "email-taken" | "person-disabled" | "own-account" | "person-unknown";

async function insertPerson(
  trx: Trx,
  clock: Clock,
  person: { readonly id: string; readonly email: string; readonly displayName: string; readonly functionLabel: string },
  isAdministrator: 0 | 1 = 0,
): Promise<void> {
  await trx
    .insertInto("person")
    .values({ ...person, isAdministrator, disabledAt: null, createdAt: clock.now().toISOString() })
    .execute();
}

/** Creates a person and invites them when asked. Sent twice with the same key, they are created once. */
export async function createPerson(
  { db, clock }: InstallationContext,
  { cle: id, email, displayName, functionLabel, invite }: NewPersonInput,
): Promise<Decision<{ readonly personId: string }, PersonRefusal>> {
  return writeTransaction(db, async (trx) => {
    const twin = await trx.selectFrom("person").select("id").where("email", "=", email).executeTakeFirst();
    if (twin) return twin.id === id ? grant({ personId: id }) : refuse("email-taken");
    await insertPerson(trx, clock, { id, email, displayName, functionLabel });
    if (invite) await mailLink(trx, clock, { person: { id, email }, link: "invitation" });
    return grant({ personId: id });
  });
}

/**
 * Adds somebody to a network: the person who has this address already, or a new one; with a role when one is chosen.
 * Sent twice with the same key, they are added once.
 */
export async function addMember(
  context: CommandContext,
  { person, role }: MemberInput,
): Promise<Decision<{ readonly personId: string; readonly wasKnown: boolean }, RoleRefusal | PersonRefusal>> {
  const { db, clock } = context;
  return writeTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom("person")
      .select(["id", "disabledAt"])
      .where("email", "=", person.email)
      .executeTakeFirst();
    if (known?.id === person.cle) return grant({ personId: known.id, wasKnown: false });
    if (known && known.disabledAt !== null) return refuse("person-disabled");
    if (known && role === null) return refuse("email-taken");
    const personId = known?.id ?? person.cle;
    const roleId = known ? person.cle : clock.newId();
    const given = role && { ...role, id: roleId, personId };
    const decision = given ? await checkRole(trx, context.networkId, given) : null;
    if (decision && !decision.ok) return decision;
    if (!known) {
      const { email, displayName, functionLabel } = person;
      await insertPerson(trx, clock, { id: personId, email, displayName, functionLabel });
      const { networkId } = context;
      if (person.invite) await mailLink(trx, clock, { person: { id: personId, email }, link: "invitation", networkId });
    }
    if (given) await insertRole(trx, context, given);
    return grant({ personId, wasKnown: known !== undefined });
  });
}

export type GivenRole = {
  readonly id: string;
  readonly personId: string;
  readonly role: NetworkRole;
  readonly organizationId: string;
  readonly startsOn: PlainDate;
};

/** A role is held on behalf of an organisation of the committee; the secretary's, of the lead. Held once at a time. */
async function checkRole(trx: Trx, networkId: NetworkId, given: GivenRole): Promise<Decision<null, RoleRefusal>> {
  const seat = await trx
    .selectFrom("seat")
    .innerJoin("network", "network.id", "seat.networkId")
    .select("network.leadOrganizationId")
    .where("seat.networkId", "=", networkId)
    .where("seat.organizationId", "=", given.organizationId)
    .executeTakeFirst();
  if (!seat) return refuse("organization-not-in-network");
  if (given.role === "secretary" && seat.leadOrganizationId !== given.organizationId) {
    return refuse("secretary-outside-lead");
  }
  const held = await trx
    .selectFrom("roleGrant")
    .select("id")
    .where("networkId", "=", networkId)
    .where("personId", "=", given.personId)
    .where("role", "=", given.role)
    .where("id", "!=", given.id)
    .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", given.startsOn)]))
    .executeTakeFirst();
  return held ? refuse("role-already-held") : grant(null);
}

async function insertRole(trx: Trx, { clock, actor, networkId }: CommandContext, given: GivenRole): Promise<void> {
  await trx
    .insertInto("roleGrant")
    .values({ ...given, networkId, endsOn: null, createdBy: actor.personId, createdAt: clock.now().toISOString() })
    .execute();
  const { id: roleId, ...rest } = given;
  await recordAct(trx, clock, actingPerson(actor), { networkId, kind: "role-granted", payload: { roleId, ...rest } });
}

/** Gives a role to somebody whom the portal knows. Sent twice with the same key, it is given once. */
export async function grantRole(context: CommandContext, given: GivenRole): Promise<Decision<null, RoleRefusal>> {
  return writeTransaction(context.db, async (trx) => {
    const already = await trx
      .selectFrom("roleGrant")
      .select("id")
      .where("id", "=", given.id)
      .where("networkId", "=", context.networkId)
      .executeTakeFirst();
    if (already) return grant(null);
    const person = await trx.selectFrom("person").select("id").where("id", "=", given.personId).executeTakeFirst();
    if (!person) return refuse("person-unknown");
    const decision = await checkRole(trx, context.networkId, given);
    if (decision.ok) await insertRole(trx, context, given);
    return decision;
  });
}

/** Ends a role after its last day, included; nothing is erased. */
export async function endRole(
  { db, clock, networkId, actor }: CommandContext,
  { roleId, endsOn }: { readonly roleId: string; readonly endsOn: PlainDate },
): Promise<Decision<null, RoleRefusal>> {
  return writeTransaction(db, async (trx) => {
    const role = await trx
      .selectFrom("roleGrant")
      .select(["startsOn", "endsOn"])
      .where("id", "=", roleId)
      .where("networkId", "=", networkId)
      .executeTakeFirst();
    if (!role) return refuse("person-unknown");
    if (role.endsOn === endsOn) return grant(null);
    if (endsOn < role.startsOn) return refuse("role-ends-before-start");
    await trx.updateTable("roleGrant").set({ endsOn }).where("id", "=", roleId).execute();
    await recordAct(trx, clock, actingPerson(actor), { networkId, kind: "role-ended", payload: { roleId, endsOn } });
    return grant(null);
  });
}

export async function editPerson(
  { db }: InstallationContext,
  {
    personId,
    ...changes
  }: {
    readonly personId: string;
    readonly email: string;
    readonly displayName: string;
    readonly functionLabel: string;
  },
): Promise<Decision<null, PersonRefusal>> {
  return writeTransaction(db, async (trx) => {
    const twin = await trx
      .selectFrom("person")
      .select("id")
      .where("email", "=", changes.email)
      .where("id", "!=", personId)
      .executeTakeFirst();
    if (twin) return refuse("email-taken");
    await trx.updateTable("person").set(changes).where("id", "=", personId).execute();
    return grant(null);
  });
}

/** Suspends an account, which closes its sessions at once, or restores it. Nobody suspends their own. */
export async function setAccountEnabled(
  { db, clock }: InstallationContext,
  { personId, enabled, by }: { readonly personId: string; readonly enabled: boolean; readonly by: PersonId },
): Promise<Decision<null, PersonRefusal>> {
  if (personId === by) return refuse("own-account");
  return writeTransaction(db, async (trx) => {
    await trx
      .updateTable("person")
      .set({ disabledAt: enabled ? null : clock.now().toISOString() })
      .where("id", "=", personId)
      .execute();
    if (!enabled) await closeSessionsOf(trx, personId);
    const kind = enabled ? "account-enabled" : "account-disabled";
    await recordSecurityEvent(trx, clock, { kind, personId, detail: `by ${by}` });
    return grant(null);
  });
}

/** Mails a new invitation; the one before no longer serves. */
export async function inviteAgain(
  { db, clock }: InstallationContext,
  personId: string,
): Promise<Decision<null, PersonRefusal>> {
  return writeTransaction(db, async (trx) => {
    const person = await trx
      .selectFrom("person")
      .select(["id", "email", "disabledAt"])
      .where("id", "=", personId)
      .executeTakeFirst();
    if (!person) return refuse("person-unknown");
    if (person.disabledAt !== null) return refuse("person-disabled");
    await mailLink(trx, clock, { person, link: "invitation" });
    return grant(null);
  });
}

/**
 * Creates the installation's administrator, or makes one of the person who has this address, with an invitation to hand over.
 * @returns the address of the one-time link, shown once
 */
export async function createAdministrator(
  { db, clock }: InstallationContext,
  { email, displayName }: { readonly email: string; readonly displayName: string },
): Promise<{ readonly link: string; readonly wasKnown: boolean }> {
  return writeTransaction(db, async (trx) => {
    const known = await trx.selectFrom("person").select("id").where("email", "=", email).executeTakeFirst();
    const id = known?.id ?? clock.newId();
    if (known) {
      await trx.updateTable("person").set({ isAdministrator: 1, disabledAt: null }).where("id", "=", id).execute();
    } else {
      await insertPerson(trx, clock, { id, email, displayName, functionLabel: "Administration du portail" }, 1);
    }
    const token = await createLink(trx, clock, { personId: id, purpose: "invitation" });
    return { link: linkAddress(token), wasKnown: known !== undefined };
  });
}
