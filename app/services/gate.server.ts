import { can, type Action, type Actor, type ResourceState } from "~/domain/access/permissions";
import { isId, type NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { findViewer, requireViewer, VISITOR, type Viewer } from "./actor.server";
import { systemClock, type Clock } from "./clock.server";
import { getDb, type Db } from "./db.server";
import { onceUntilNextWrite } from "./kept-reads.server";
import type { ActingPerson } from "./register.server";
import { oncePerRequest, type RequestContext } from "./request-context.server";
import { recordSecurityEvent } from "./security.server";

/** What a route knows of the network in its address. */
export type NetworkHead = {
  readonly id: NetworkId;
  readonly slug: string;
  readonly name: string;
  readonly leadOrganizationId: string;
  readonly isDemo: boolean;
  /** The day the network ended; null while it lives. From then on it is read, and nothing is written in it. */
  readonly closedOn: PlainDate | null;
};

type RouteArguments = {
  readonly request: Request;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly context: RequestContext;
};

/** What every command needs: the database, time and identity, and who acts. */
export type CommandContext = {
  readonly db: Db;
  readonly clock: Clock;
  readonly networkId: NetworkId;
  readonly actor: Viewer;
};

/** The actor as the register writes them down. */
export function actingPerson(viewer: Viewer): ActingPerson {
  return { personId: viewer.personId, displayName: viewer.displayName };
}

/** @throws Response 404 when no network has this address */
export function requireNetwork({ params, context }: Pick<RouteArguments, "params" | "context">): Promise<NetworkHead> {
  const slug = params["reseau"] ?? "";
  return oncePerRequest(context, `network:${slug}`, async () => {
    const row = await onceUntilNextWrite(getDb(), `network ${slug}`, () =>
      getDb()
        .selectFrom("network")
        .leftJoin("handoverRecord", (join) =>
          join.onRef("handoverRecord.networkId", "=", "network.id").on("handoverRecord.kind", "=", "network-end"),
        )
        .select(["network.id", "slug", "name", "leadOrganizationId", "isDemo", "handoverRecord.onDate as closedOn"])
        .where("slug", "=", slug)
        .executeTakeFirst(),
    );
    if (!row) throw notFound();
    const closedOn = row.closedOn as PlainDate | null;
    return { ...row, id: row.id as NetworkId, isDemo: row.isDemo === 1, closedOn };
  });
}

/** The network of the address and whoever looks at it, signed in or not. */
export async function openPublicPage(
  args: RouteArguments,
): Promise<{ readonly network: NetworkHead; readonly viewer: Viewer | null; readonly actor: Actor }> {
  const network = await requireNetwork(args);
  const viewer = await findViewer(args.request, args.context);
  return { network, viewer, actor: viewer ?? VISITOR };
}

/** What is still done in a network that has ended: it is archived, and handed over. */
const AFTER_THE_END: ReadonlySet<Action> = new Set(["archive.produce", "archive.extract", "handover.record"]);

/**
 * The network of the address, for somebody who may do `action` there.
 * @param state of the resource, for the actions that depend on it
 * @throws Response to /connexion without a session; 404 for an unknown network, and for one where the viewer is nobody; 403, noted, without the right;
 *   409 for a write into a network that has ended
 */
export async function openMemberPage(
  args: RouteArguments,
  action: Action,
  state?: ResourceState,
): Promise<{ readonly network: NetworkHead; readonly viewer: Viewer; readonly command: CommandContext }> {
  const network = await requireNetwork(args);
  const viewer = await requireViewer(args.request, args.context);
  await requirePermission(args, viewer, action, network.id, state);
  const isWriting = args.request.method !== "GET" && args.request.method !== "HEAD";
  if (isWriting && network.closedOn !== null && !AFTER_THE_END.has(action)) {
    throw new Response(
      "Ce réseau a pris fin : il se lit et s’archive, rien ne s’y écrit plus. Rien n’a été enregistré.",
      {
        ...{ status: 409, statusText: "Conflict", headers: { "Content-Type": "text/plain; charset=utf-8" } },
      },
    );
  }
  return {
    network,
    viewer,
    command: { db: getDb(), clock: systemClock, networkId: network.id, actor: viewer },
  };
}

/** @throws Response 403, noted in the security journal: once, when several loaders of one page refuse it */
export async function requirePermission(
  { request, context }: Pick<RouteArguments, "request" | "context">,
  viewer: Viewer,
  action: Action,
  networkId: NetworkId | null,
  state?: ResourceState,
): Promise<void> {
  if (can(viewer, action, { networkId, ...(state === undefined ? {} : { state }) })) return;
  await oncePerRequest(context, "access-refused", () =>
    recordSecurityEvent(getDb(), systemClock, {
      kind: "access-refused",
      personId: viewer.personId,
      networkId,
      detail: `${action} ${request.method} ${new URL(request.url).pathname}`,
    }),
  );
  throw new Response("", { status: 403, statusText: "Forbidden" });
}

/** Notes in the security journal that somebody spoke for a seat that is not theirs; the answer, with its reason, is a 403. */
export function noteForeignSeat(
  { request, context }: Pick<RouteArguments, "request" | "context">,
  { actor, networkId }: Pick<CommandContext, "actor" | "networkId">,
  seatId: string,
): Promise<void> {
  return oncePerRequest(context, "access-refused", () =>
    recordSecurityEvent(getDb(), systemClock, {
      ...{ kind: "access-refused", personId: actor.personId, networkId },
      detail: `not-your-seat ${seatId} ${request.method} ${new URL(request.url).pathname}`,
    }),
  );
}

/** For an identifier that leads nowhere, or into another network: the two are told the same way. */
export function notFound(): Response {
  return new Response("", { status: 404, statusText: "Not Found" });
}

/** The identifier in the address. @throws Response 404 when it can't be one */
export function requireParam(params: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = params[name];
  if (value === undefined || !isId(value)) throw notFound();
  return value;
}
