import type { ActKind } from "~/domain/register/act-kinds";
import type { JsonValue } from "~/domain/register/canonical";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Db } from "~/services/db.server";
import type { SecurityEventKind } from "~/services/security.server";

export const PAGE_SIZE = 20;

export type RegisterFilter = { readonly year: number | null; readonly kind: ActKind | null };

export type ListedAct = {
  readonly sequence: number;
  readonly year: number;
  readonly number: number;
  readonly kind: ActKind;
  readonly at: string;
  readonly actorLabel: string;
  readonly payload: JsonValue;
  readonly hash: string;
};

export type RegisterPage = {
  readonly acts: readonly ListedAct[];
  /** Of the filter, not of the page. */
  readonly total: number;
};

function filtered(db: Db, networkId: NetworkId, { year, kind }: RegisterFilter) {
  let query = db.selectFrom("registerEntry").where("networkId", "=", networkId);
  if (year !== null) query = query.where("year", "=", year);
  if (kind !== null) query = query.where("kind", "=", kind);
  return query;
}

/** One page of the register, the latest act first. @param page from 1 */
export async function listActs(
  db: Db,
  networkId: NetworkId,
  { filter, page }: { readonly filter: RegisterFilter; readonly page: number },
): Promise<RegisterPage> {
  const [counted, rows] = await Promise.all([
    filtered(db, networkId, filter)
      .select(({ fn }) => fn.countAll().as("total"))
      .executeTakeFirst(),
    filtered(db, networkId, filter)
      .select(["sequence", "year", "number", "kind", "at", "actorLabel", "payload", "hash"])
      .orderBy("sequence", "desc")
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE)
      .execute(),
  ]);
  return {
    total: Number(counted?.total ?? 0),
    acts: rows.map((row) => ({
      ...row,
      kind: row.kind as ActKind,
      payload: JSON.parse(row.payload) as JsonValue,
    })),
  };
}

/** The years and the kinds that the register holds, for its filters. */
export async function listRegisterFacets(
  db: Db,
  networkId: NetworkId,
): Promise<{ readonly years: readonly number[]; readonly kinds: readonly ActKind[] }> {
  const [years, kinds] = await Promise.all([
    db
      .selectFrom("registerEntry")
      .select("year")
      .distinct()
      .where("networkId", "=", networkId)
      .orderBy("year", "desc")
      .execute(),
    db.selectFrom("registerEntry").select("kind").distinct().where("networkId", "=", networkId).execute(),
  ]);
  return { years: years.map(({ year }) => year), kinds: kinds.map(({ kind }) => kind as ActKind) };
}

/** What the identifiers in an act stand for today: seats, people, meetings, items, polls, expenses. */
export async function listNames(db: Db, networkId: NetworkId): Promise<ReadonlyMap<string, string>> {
  const [seats, people, meetings, organizations, items, polls, expenses] = await Promise.all([
    db.selectFrom("seat").select(["id", "label as name"]).where("networkId", "=", networkId).execute(),
    db
      .selectFrom("person")
      .select(["id", "displayName as name"])
      .where((eb) =>
        eb.or([
          eb("id", "in", eb.selectFrom("roleGrant").select("personId").where("networkId", "=", networkId)),
          eb("id", "in", eb.selectFrom("mandate").select("personId").where("networkId", "=", networkId)),
        ]),
      )
      .execute(),
    db.selectFrom("meeting").select(["id", "title", "year", "rank"]).where("networkId", "=", networkId).execute(),
    db
      .selectFrom("organization")
      .select(["id", "name"])
      .where("id", "in", db.selectFrom("seat").select("organizationId").where("networkId", "=", networkId))
      .execute(),
    db.selectFrom("agendaItem").select(["id", "title as name"]).where("networkId", "=", networkId).execute(),
    db.selectFrom("poll").select(["id", "title as name"]).where("networkId", "=", networkId).execute(),
    db.selectFrom("expense").select(["id", "object as name"]).where("networkId", "=", networkId).execute(),
  ]);
  return new Map([
    ...[...seats, ...people, ...organizations, ...items, ...polls, ...expenses].map(
      ({ id, name }) => [id, name] as const,
    ),
    ...meetings.map(({ id, title, year, rank }) => [id, `${title} (${year}-${rank})`] as const),
  ]);
}

export type JournalEntry = {
  readonly id: string;
  readonly at: string;
  readonly kind: SecurityEventKind;
  readonly displayName: string | null;
  readonly detail: string;
};

/** One page of what the security journal holds about this network, the latest first. @param page from 1 */
export async function listJournal(
  db: Db,
  networkId: NetworkId,
  page: number,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly total: number }> {
  const [counted, rows] = await Promise.all([
    db
      .selectFrom("securityEvent")
      .select(({ fn }) => fn.countAll().as("total"))
      .where("networkId", "=", networkId)
      .executeTakeFirst(),
    db
      .selectFrom("securityEvent")
      .leftJoin("person", "person.id", "securityEvent.personId")
      .select(["securityEvent.id", "securityEvent.at", "securityEvent.kind", "securityEvent.detail"])
      .select("person.displayName")
      .where("securityEvent.networkId", "=", networkId)
      .orderBy("securityEvent.at", "desc")
      .orderBy("securityEvent.id")
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE)
      .execute(),
  ]);
  return {
    total: Number(counted?.total ?? 0),
    entries: rows.map((row) => ({ ...row, kind: row.kind as SecurityEventKind })),
  };
}
