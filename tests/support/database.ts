import type { NetworkId, OrganizationId, PersonId, SeatId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { loadViewer, type Viewer } from "~/services/actor.server";
import type { Clock } from "~/services/clock.server";
import { today } from "~/services/clock.server";
import { migrateToLatest, openDatabase, type Db } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";

/** A real database, in memory and migrated: about five milliseconds. */
export async function createTestDatabase(): Promise<Db> {
  const db = openDatabase(":memory:");
  await migrateToLatest(db);
  return db;
}

/** A clock that stands still until it is moved, and identities that can be told apart in a failure. */
export class TestClock implements Clock {
  #now: Date;
  #made = 0;
  constructor(instant: string) {
    this.#now = new Date(instant);
  }
  readonly now = (): Date => this.#now;
  readonly newId = (): string => `id-${String((this.#made += 1)).padStart(6, "0")}`;
  moveTo(instant: string): void {
    this.#now = new Date(instant);
  }
  advanceMinutes(minutes: number): void {
    this.#now = new Date(this.#now.getTime() + minutes * 60_000);
  }
}

const TOWNS = [
  { key: "blain", name: "Blain", insee: "44015" },
  { key: "bouvron", name: "Bouvron", insee: "44023" },
  { key: "la-chevallerais", name: "La Chevallerais", insee: "44221" },
  { key: "fay-de-bretagne", name: "Fay-de-Bretagne", insee: "44056" },
  { key: "le-gavre", name: "Le Gâvre", insee: "44062" },
  { key: "notre-dame-des-landes", name: "Notre-Dame-des-Landes", insee: "44111" },
] as const;

export type TownKey = (typeof TOWNS)[number]["key"] | "departement";

export type Committee = {
  readonly db: Db;
  readonly clock: TestClock;
  readonly networkId: NetworkId;
  readonly slug: string;
  /** seat:blain … seat:departement */
  readonly seatOf: (key: TownKey) => SeatId;
  /** The titular of a seat; « secretary », « agent », « administrator » for the others. */
  readonly personOf: (key: TownKey | "secretary" | "agent" | "administrator") => PersonId;
  /** What a command needs when this person acts, with the rights of that day. */
  readonly contextOf: (key: TownKey | "secretary" | "agent" | "administrator") => Promise<CommandContext>;
};

type CommitteeOptions = {
  readonly db?: Db;
  readonly clock?: TestClock;
  /** Tells two networks apart in one database. */
  readonly slug?: string;
  /** Seats that nobody holds. */
  readonly vacant?: readonly TownKey[];
};

/** The six CCAS of the Blain network and the department's delegate, each seat held since 2026-04-01 by a titular. */
export async function createCommittee(options: CommitteeOptions = {}): Promise<Committee> {
  const db = options.db ?? (await createTestDatabase());
  const clock = options.clock ?? new TestClock("2026-09-01T08:00:00Z");
  const slug = options.slug ?? "blain";
  const at = clock.now().toISOString();
  const id = (kind: string, key: string): string => `${kind}-${slug}-${key}`;
  const vacant = new Set<string>(options.vacant ?? []);
  const places = [...TOWNS, { key: "departement" as const, name: "Loire-Atlantique", insee: "44" }];
  const people = [...places.map(({ key }) => key), "secretary", "agent", "administrator"];

  await db
    .insertInto("organization")
    .values(
      places.map(({ key, name, insee }) => ({
        id: id("org", key),
        kind: key === "departement" ? "departement" : "ccas",
        name: key === "departement" ? `Département de ${name}` : `CCAS de ${name}`,
        shortName: name,
        inseeCode: insee,
        siret: null,
        createdAt: at,
      })),
    )
    .execute();
  await db
    .insertInto("network")
    .values({
      id: id("network", "main"),
      slug,
      name: "Réseau des acteurs sociaux",
      leadOrganizationId: id("org", "blain"),
      presentationMd: "",
      contactMd: "",
      isDemo: 0,
      createdAt: at,
    })
    .execute();
  await db
    .insertInto("person")
    .values(
      people.map((key) => ({
        id: id("person", key),
        email: `${key}@${slug}.example`,
        displayName: `Élu·e référent·e, ${key}`,
        functionLabel: "",
        isAdministrator: (key === "administrator" ? 1 : 0) as 0 | 1,
        disabledAt: null,
        createdAt: at,
      })),
    )
    .execute();
  await db
    .insertInto("roleGrant")
    .values(
      (["secretary", "agent"] as const).map((role) => ({
        id: id("role", role),
        networkId: id("network", "main"),
        personId: id("person", role),
        organizationId: id("org", "blain"),
        role,
        startsOn: "2026-04-01",
        endsOn: null,
        createdBy: null,
        createdAt: at,
      })),
    )
    .execute();
  await db
    .insertInto("seat")
    .values(
      places.map(({ key, name }, index) => ({
        id: id("seat", key),
        networkId: id("network", "main"),
        organizationId: id("org", key),
        kind: key === "departement" ? "department" : "signatory",
        label: key === "departement" ? `Département de ${name}` : `CCAS de ${name}`,
        position: index + 1,
        createdOn: "2026-04-01",
      })),
    )
    .execute();
  await db
    .insertInto("mandate")
    .values(
      places
        .filter(({ key }) => !vacant.has(key))
        .map(({ key }) => ({
          id: id("mandate", key),
          networkId: id("network", "main"),
          seatId: id("seat", key),
          personId: id("person", key),
          role: "titular",
          startsOn: "2026-04-01",
          endsOn: null,
          isMunicipalOfficial: (key === "departement" ? 0 : 1) as 0 | 1,
          inChargeOfSocialAffairs: 1 as const,
          basis: "Délibération du 1er avril 2026",
          createdAt: at,
        })),
    )
    .execute();

  const networkId = id("network", "main") as NetworkId;
  const viewerOf = async (key: string): Promise<Viewer> => {
    const viewer = await loadViewer(db, id("person", key), today(clock));
    if (!viewer) throw new Error(`No such person: ${key}`);
    return viewer;
  };
  return {
    db,
    clock,
    networkId,
    slug,
    seatOf: (key) => id("seat", key) as SeatId,
    personOf: (key) => id("person", key) as PersonId,
    contextOf: async (key) => ({ db, clock, networkId, actor: await viewerOf(key) }),
  };
}

export const organizationOf = (slug: string, key: TownKey): OrganizationId => `org-${slug}-${key}` as OrganizationId;
export const dayOf = (text: string): PlainDate => text as PlainDate;
