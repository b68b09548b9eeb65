import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { OrganizationId } from "~/domain/kernel/ids";
import type { Clock } from "~/services/clock.server";
import { afterCommit, writeTransaction, type Db, type Trx } from "~/services/db.server";
import { announcePublicChange } from "~/services/live.server";
import type { OrganizationChoice, OrganizationInput } from "./form";
import { isOrganizationKind, type OrganizationKind } from "./organization";

export type OrganizationRefusal = "organization-unknown" | "organization-exists" | "siret-taken";

export type KnownOrganization = {
  readonly id: OrganizationId;
  readonly kind: OrganizationKind;
  readonly name: string;
};

export function toKind(text: string): OrganizationKind {
  return isOrganizationKind(text) ? text : "autre";
}

/** One organisation per kind and INSEE code, and per SIRET. */
async function findTwin(
  trx: Trx,
  organization: OrganizationInput,
  exceptId: string,
): Promise<OrganizationRefusal | null> {
  const others = await trx
    .selectFrom("organization")
    .select(["kind", "inseeCode", "siret"])
    .where("id", "!=", exceptId)
    .where((eb) => eb.or([eb("inseeCode", "=", organization.inseeCode), eb("siret", "=", organization.siret)]))
    .execute();
  const { kind, inseeCode, siret } = organization;
  if (inseeCode !== null && others.some((other) => other.kind === kind && other.inseeCode === inseeCode)) {
    return "organization-exists";
  }
  return siret !== null && others.some((other) => other.siret === siret) ? "siret-taken" : null;
}

/** The organisation chosen, created when it is new. @param id the identity of a new one */
export async function obtainOrganization(
  trx: Trx,
  clock: Clock,
  { choice, id }: { readonly choice: OrganizationChoice; readonly id: string },
): Promise<Decision<KnownOrganization, OrganizationRefusal>> {
  if (choice.kind === "known") {
    const row = await trx
      .selectFrom("organization")
      .select(["id", "kind", "name"])
      .where("id", "=", choice.id)
      .executeTakeFirst();
    if (!row) return refuse("organization-unknown");
    return grant({ id: row.id as OrganizationId, kind: toKind(row.kind), name: row.name });
  }
  const { organization } = choice;
  const twin = await findTwin(trx, organization, "");
  if (twin !== null) return refuse(twin);
  await trx
    .insertInto("organization")
    .values({ id, ...organization, createdAt: clock.now().toISOString() })
    .execute();
  return grant({ id: id as OrganizationId, kind: organization.kind, name: organization.name });
}

type Installation = { readonly db: Db; readonly clock: Clock };

/** Sent twice with the same key, it is created once. */
export async function createOrganization(
  { db, clock }: Installation,
  { cle, organization }: { readonly cle: string; readonly organization: OrganizationInput },
): Promise<Decision<{ readonly id: string }, OrganizationRefusal>> {
  return writeTransaction(db, async (trx) => {
    const already = await trx.selectFrom("organization").select("id").where("id", "=", cle).executeTakeFirst();
    if (already) return grant({ id: cle });
    return obtainOrganization(trx, clock, { choice: { kind: "new", organization }, id: cle });
  });
}

/** The kind stays: seats depend on it. */
export async function editOrganization(
  { db }: Installation,
  { id, organization }: { readonly id: string; readonly organization: OrganizationInput },
): Promise<Decision<null, OrganizationRefusal>> {
  return writeTransaction(db, async (trx) => {
    const twin = await findTwin(trx, organization, id);
    if (twin !== null) return refuse(twin);
    const { kind: _kind, ...changes } = organization;
    await trx.updateTable("organization").set(changes).where("id", "=", id).execute();
    afterCommit(trx, announcePublicChange);
    return grant(null);
  });
}
