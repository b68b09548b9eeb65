import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { NetworkId, PersonId } from "~/domain/kernel/ids";
import type { Clock } from "~/services/clock.server";
import type { Db, Trx } from "~/services/db.server";
import type { PersonChoice } from "./form";

export type PersonRefusal =
  { readonly kind: "person-unknown" } | { readonly kind: "person-disabled"; readonly displayName: string };

export type FoundPerson = {
  /** Null: nobody has this address yet. */
  readonly personId: PersonId | null;
  readonly displayName: string;
};

/** Who have, or had, a role or a mandate in the network, and whose account is not suspended. */
export async function listNetworkPeople(
  db: Db | Trx,
  networkId: NetworkId,
): Promise<readonly { readonly personId: PersonId; readonly displayName: string; readonly functionLabel: string }[]> {
  const rows = await db
    .selectFrom("person")
    .select(["id", "displayName", "functionLabel"])
    .where("disabledAt", "is", null)
    .where((eb) =>
      eb.or([
        eb("id", "in", eb.selectFrom("roleGrant").select("personId").where("networkId", "=", networkId)),
        eb("id", "in", eb.selectFrom("mandate").select("personId").where("networkId", "=", networkId)),
      ]),
    )
    .orderBy("displayName")
    .orderBy("id")
    .execute();
  return rows.map(({ id, ...row }) => ({ personId: id as PersonId, ...row }));
}

/**
 * Who is meant. A known person belongs to the network; an address that somebody has already designates that person,
 * whose name is left as it is.
 */
export async function findChosenPerson(
  db: Db | Trx,
  networkId: NetworkId,
  choice: PersonChoice,
): Promise<Decision<FoundPerson, PersonRefusal>> {
  if (choice.kind === "known") {
    const person = (await listNetworkPeople(db, networkId)).find(({ personId }) => personId === choice.personId);
    return person ? grant(person) : refuse({ kind: "person-unknown" });
  }
  const person = await db
    .selectFrom("person")
    .select(["id", "displayName", "disabledAt"])
    .where("email", "=", choice.email)
    .executeTakeFirst();
  if (!person) return grant({ personId: null, displayName: choice.displayName });
  if (person.disabledAt !== null) return refuse({ kind: "person-disabled", displayName: person.displayName });
  return grant({ personId: person.id as PersonId, displayName: person.displayName });
}

/** The person chosen, entered if nobody has this address. They get no account by it: an invitation gives one. */
export async function obtainPerson(
  trx: Trx,
  clock: Clock,
  networkId: NetworkId,
  choice: PersonChoice,
): Promise<Decision<PersonId, PersonRefusal>> {
  const found = await findChosenPerson(trx, networkId, choice);
  if (!found.ok) return found;
  if (found.value.personId !== null) return grant(found.value.personId);
  if (choice.kind === "known") return refuse({ kind: "person-unknown" });
  const personId = clock.newId() as PersonId;
  await trx
    .insertInto("person")
    .values({
      id: personId,
      email: choice.email,
      displayName: choice.displayName,
      functionLabel: choice.functionLabel,
      isAdministrator: 0,
      disabledAt: null,
      createdAt: clock.now().toISOString(),
    })
    .execute();
  return grant(personId);
}
