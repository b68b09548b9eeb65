import type { NetworkId } from "~/domain/kernel/ids";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { listMandates, listSeats, seatsOnDay, type SeatOnDay } from "~/services/committee-record.server";
import type { Db } from "~/services/db.server";
import { listLatestDecisions, type TakenDecision } from "~/services/decision-record.server";
import { renderMarkdown } from "~/services/markdown.server";

export type NetworkSummary = {
  readonly id: NetworkId;
  readonly slug: string;
  readonly name: string;
  readonly isDemo: boolean;
  readonly lead: string;
  /** Organisations that sit, in the order of their seats. */
  readonly members: readonly string[];
};

/** Every network that the portal carries, by name. */
export async function listNetworks(db: Db): Promise<readonly NetworkSummary[]> {
  const [networks, members] = await Promise.all([
    db
      .selectFrom("network")
      .innerJoin("organization", "organization.id", "network.leadOrganizationId")
      .select(["network.id", "network.slug", "network.name", "network.isDemo", "organization.name as lead"])
      .orderBy("network.name")
      .execute(),
    db.selectFrom("seat").select(["networkId", "label"]).orderBy("position").orderBy("id").execute(),
  ]);
  return networks.map(({ id, slug, name, isDemo, lead }) => ({
    id: id as NetworkId,
    slug,
    name,
    isDemo: isDemo === 1,
    lead,
    members: members.filter(({ networkId }) => networkId === id).map(({ label }) => label),
  }));
}

export type PublicNetwork = {
  readonly lead: string;
  readonly presentationHtml: string;
  readonly contactHtml: string;
  readonly seats: readonly SeatOnDay[];
  readonly nextMeeting: {
    readonly id: string;
    readonly title: string;
    readonly startsAt: LocalDateTime;
    readonly place: string;
  } | null;
  readonly minutes: readonly { readonly number: string; readonly title: string; readonly heldOn: PlainDate }[];
  readonly decisions: readonly TakenDecision[];
};

const LATEST = 5;

/** What anybody may read of a network on its first page. Convened meetings only: a planned one is still a project. */
export async function loadPublicNetwork(db: Db, networkId: NetworkId, today: PlainDate): Promise<PublicNetwork> {
  const [head, seats, mandates, next, minutes, decisions] = await Promise.all([
    db
      .selectFrom("network")
      .innerJoin("organization", "organization.id", "network.leadOrganizationId")
      .select(["network.presentationMd", "network.contactMd", "organization.name as lead"])
      .where("network.id", "=", networkId)
      .executeTakeFirstOrThrow(),
    listSeats(db, networkId),
    listMandates(db, networkId),
    db
      .selectFrom("meeting")
      .select(["id", "title", "startsAt", "place"])
      .where("networkId", "=", networkId)
      .where("status", "in", ["convened", "open", "suspended"])
      .where("startsAt", ">=", today)
      .orderBy("startsAt")
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom("minutesPublication")
      .select(["year", "number", "title", "meetingDate"])
      .where("networkId", "=", networkId)
      .orderBy("meetingDate", "desc")
      .orderBy("number", "desc")
      .limit(LATEST)
      .execute(),
    listLatestDecisions(db, networkId, LATEST),
  ]);
  return {
    lead: head.lead,
    presentationHtml: renderMarkdown(head.presentationMd),
    contactHtml: renderMarkdown(head.contactMd),
    seats: seatsOnDay(seats, mandates, today),
    nextMeeting: next ? { ...next, startsAt: next.startsAt as LocalDateTime } : null,
    minutes: minutes.map(({ year, number, title, meetingDate }) => ({
      number: `${year}-${number}`,
      title,
      heldOn: meetingDate as PlainDate,
    })),
    decisions,
  };
}

const PATHS = [
  "/",
  "/droits",
  "/accessibilite",
  "/mentions-legales",
  "/donnees-personnelles",
  "/plan-du-site",
] as const;
const NETWORK_PATHS = ["", "/seances", "/proces-verbaux", "/decisions", "/membres"] as const;

/** Addresses for search engines. Slugs and numbers need no escaping: letters, digits and dashes. */
export async function listPublicPaths(db: Db): Promise<readonly string[]> {
  const [networks, minutes] = await Promise.all([
    db.selectFrom("network").select("slug").orderBy("name").execute(),
    db
      .selectFrom("minutesPublication")
      .innerJoin("network", "network.id", "minutesPublication.networkId")
      .select(["network.slug", "minutesPublication.year", "minutesPublication.number"])
      .orderBy("minutesPublication.meetingDate", "desc")
      .limit(10_000)
      .execute(),
  ]);
  return [
    ...PATHS,
    ...networks.flatMap(({ slug }) => NETWORK_PATHS.map((path) => `/reseaux/${slug}${path}`)),
    ...minutes.map(({ slug, year, number }) => `/reseaux/${slug}/proces-verbaux/${year}-${number}`),
  ];
}
