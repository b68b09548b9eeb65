import { checkNewSeat, type Seat, type SeatRefusal } from "~/domain/committee/seats";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId, OrganizationId, SeatId } from "~/domain/kernel/ids";
import { addDays } from "~/domain/kernel/plain-date";
import { listSeats } from "~/services/committee-record.server";
import { today } from "~/services/clock.server";
import { afterCommit, writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { announcePublicChange } from "~/services/live.server";
import { recordAct } from "~/services/register.server";
import type { EditNetworkInput, NewNetworkInput, OrganizationChoice } from "./form";
import { isSignatoryKind } from "./organization";
import { obtainOrganization, type KnownOrganization, type OrganizationRefusal } from "./organization-commands.server";

export type NewNetworkRefusal = OrganizationRefusal | "slug-taken" | "lead-not-signatory";
export type NewSeatRefusal = OrganizationRefusal | SeatRefusal;
export type LeadRefusal = "already-lead" | "lead-not-seated";
type InstallationContext = Omit<CommandContext, "networkId">;

/** Creates a network with its lead, which takes the first seat. Sent twice with the same key, it is created once. */
export async function createNetwork(
  { db, clock, actor }: InstallationContext,
  { cle, name, slug, presentationMd, contactMd, lead }: NewNetworkInput,
): Promise<Decision<{ readonly slug: string }, NewNetworkRefusal>> {
  return writeTransaction(db, async (trx) => {
    const twin = await trx.selectFrom("network").select("id").where("slug", "=", slug).executeTakeFirst();
    if (twin) return twin.id === cle ? grant({ slug }) : refuse("slug-taken");
    if (lead.kind === "new" && !isSignatoryKind(lead.organization.kind)) return refuse("lead-not-signatory");
    const organization = await obtainOrganization(trx, clock, { choice: lead, id: clock.newId() });
    if (!organization.ok) return organization;
    if (!isSignatoryKind(organization.value.kind)) return refuse("lead-not-signatory");
    const networkId = cle as NetworkId;
    await trx
      .insertInto("network")
      .values({
        ...{ id: networkId, slug, name, leadOrganizationId: organization.value.id },
        ...{ presentationMd, contactMd, isDemo: 0, createdAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "network-created",
      payload: { networkId, slug, name, leadOrganizationId: organization.value.id, lead: organization.value.name },
    });
    await insertSeat(
      trx,
      { db, clock, actor, networkId },
      { id: clock.newId() as SeatId, organization: organization.value },
    );
    return grant({ slug });
  });
}

/** One more seat, after the others; the caller's transaction is undone when it is refused. */
export async function insertSeat(
  trx: Trx,
  { clock, actor, networkId }: CommandContext,
  { id, organization }: { readonly id: SeatId; readonly organization: KnownOrganization },
): Promise<Decision<Seat, SeatRefusal>> {
  const seats = await listSeats(trx, networkId);
  const seat: Seat = {
    id,
    organizationId: organization.id,
    label: organization.name,
    kind: organization.kind === "departement" ? "department" : "signatory",
    position: Math.max(0, ...seats.map((other) => other.position)) + 1,
  };
  const decision = checkNewSeat(seats, seat, isSignatoryKind(organization.kind) ? [organization.id] : []);
  if (!decision.ok) return decision;
  await trx
    .insertInto("seat")
    .values({ ...seat, networkId, createdOn: today(clock) })
    .execute();
  await recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: "seat-created",
    payload: { seatId: id, label: seat.label, organizationId: organization.id, seatKind: seat.kind },
  });
  return decision;
}

/** Thrown to undo what a refused command has already written; caught by the same command. */
class Undo extends Error {}

/** Adds a seat for an organisation, created on the way when it is new. Sent twice with the same key, it is added once. */
export async function addSeat(
  context: CommandContext,
  { cle, organization: choice }: { readonly cle: string; readonly organization: OrganizationChoice },
): Promise<Decision<{ readonly label: string }, NewSeatRefusal>> {
  const { db, clock, networkId } = context;
  let refusal: NewSeatRefusal | null = null;
  try {
    const label = await writeTransaction(db, async (trx) => {
      const already = await trx
        .selectFrom("seat")
        .select("label")
        .where("id", "=", cle)
        .where("networkId", "=", networkId)
        .executeTakeFirst();
      if (already) return already.label;
      const organization = await obtainOrganization(trx, clock, { choice, id: clock.newId() });
      const seat = organization.ok
        ? await insertSeat(trx, context, { id: cle as SeatId, organization: organization.value })
        : organization;
      if (seat.ok) return seat.value.label;
      refusal = seat.refusal;
      throw new Undo();
    });
    return grant({ label });
  } catch (fault) {
    if (fault instanceof Undo && refusal !== null) return refuse(refusal);
    throw fault;
  }
}

/** The name and the public texts; the address stays for good. */
export async function editNetwork({ db, networkId }: CommandContext, input: EditNetworkInput): Promise<void> {
  await writeTransaction(db, async (trx) => {
    await trx.updateTable("network").set(input).where("id", "=", networkId).execute();
    afterCommit(trx, announcePublicChange);
  });
}

/**
 * Hands the lead over to another CCAS of the committee, on the basis of an amendment. The secretaries of the former lead lose
 * their role the same day: only the lead's secretary publishes.
 */
export async function changeLead(
  { db, clock, networkId, actor }: CommandContext,
  { organizationId, basis }: { readonly organizationId: string; readonly basis: string },
): Promise<Decision<{ readonly endedRoles: number }, LeadRefusal>> {
  return writeTransaction(db, async (trx) => {
    const network = await trx
      .selectFrom("network")
      .select("leadOrganizationId")
      .where("id", "=", networkId)
      .executeTakeFirstOrThrow();
    if (network.leadOrganizationId === organizationId) return refuse("already-lead");
    const seats = await listSeats(trx, networkId);
    const isSeated = seats.some(
      (seat) => seat.kind === "signatory" && seat.organizationId === (organizationId as OrganizationId),
    );
    if (!isSeated) return refuse("lead-not-seated");
    await trx.updateTable("network").set({ leadOrganizationId: organizationId }).where("id", "=", networkId).execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "lead-changed",
      payload: { from: network.leadOrganizationId, to: organizationId, basis },
    });
    const day = today(clock);
    const secretaries = await trx
      .selectFrom("roleGrant")
      .select("id")
      .where("networkId", "=", networkId)
      .where("role", "=", "secretary")
      .where("organizationId", "!=", organizationId)
      .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", day)]))
      .execute();
    const endsOn = addDays(day, -1);
    const ids = secretaries.map(({ id }) => id);
    if (ids.length > 0) await trx.updateTable("roleGrant").set({ endsOn }).where("id", "in", ids).execute();
    for (const roleId of ids) {
      await recordAct(trx, clock, actingPerson(actor), { networkId, kind: "role-ended", payload: { roleId, endsOn } });
    }
    return grant({ endedRoles: ids.length });
  });
}
