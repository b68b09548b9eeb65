import { redirect } from "@remix-run/node";
import type { Actor, ActorRole, NetworkRole } from "~/domain/access/permissions";
import type { NetworkId, PersonId, SeatId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { readSessionId, validateSession } from "./auth.server";
import { systemClock, today } from "./clock.server";
import { getDb, type Db } from "./db.server";
import { onceUntilNextWrite } from "./kept-reads.server";
import { keepDraft } from "./form-draft.server";
import { oncePerRequest, type RequestContext } from "./request-context.server";

/** Who is signed in, with what they may act as today. */
export type Viewer = Actor & { readonly personId: PersonId; readonly displayName: string; readonly email: string };

export const VISITOR: Actor = { personId: null, isAdministrator: false, roles: [] };

/** The viewer of this request, or null; one look into the database per request. */
export function findViewer(request: Request, context: RequestContext): Promise<Viewer | null> {
  return oncePerRequest(context, "viewer", async () => {
    const sessionId = readSessionId(request.headers.get("Cookie"));
    const session = sessionId === null ? null : await validateSession(sessionId);
    return session === null ? null : loadViewer(getDb(), session.personId, today(systemClock));
  });
}

/**
 * The viewer, or a way to the sign-in page. What was typed into a form is kept aside and offered again after signing in.
 * @throws Response a redirection to /connexion
 */
export async function requireViewer(request: Request, context: RequestContext): Promise<Viewer> {
  const viewer = await findViewer(request, context);
  if (viewer) return viewer;
  const { pathname, search } = new URL(request.url);
  const draftCookie = request.method === "POST" ? await keepDraft(request) : null;
  const next = draftCookie ? "/reprise" : pathname.replace(/\.data$/, "") + search;
  throw redirect(
    `/connexion?suite=${encodeURIComponent(next)}`,
    draftCookie ? { headers: { "Set-Cookie": draftCookie } } : {},
  );
}

/** Roles given and seats held on a day, from one network or several. Null for an unknown or disabled account. */
export function loadViewer(db: Db, personId: string, on: PlainDate): Promise<Viewer | null> {
  return onceUntilNextWrite(db, `viewer ${personId} ${on}`, () => readViewer(db, personId, on));
}

async function readViewer(db: Db, personId: string, on: PlainDate): Promise<Viewer | null> {
  const person = await db
    .selectFrom("person")
    .select(["id", "email", "displayName", "isAdministrator", "disabledAt"])
    .where("id", "=", personId)
    .executeTakeFirst();
  if (!person || person.disabledAt !== null) return null;
  const [grants, mandates] = await Promise.all([
    db
      .selectFrom("roleGrant")
      .select(["networkId", "role"])
      .where("personId", "=", personId)
      .where("startsOn", "<=", on)
      .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", on)]))
      .execute(),
    db
      .selectFrom("mandate")
      .innerJoin("seat", "seat.id", "mandate.seatId")
      .select(["mandate.networkId", "mandate.seatId", "seat.kind"])
      .where("mandate.personId", "=", personId)
      .where("mandate.startsOn", "<=", on)
      .where((eb) => eb.or([eb("mandate.endsOn", "is", null), eb("mandate.endsOn", ">=", on)]))
      .execute(),
  ]);
  return {
    personId: person.id as PersonId,
    email: person.email,
    displayName: person.displayName,
    isAdministrator: person.isAdministrator === 1,
    roles: [
      ...grants.map((grant) => ({
        networkId: grant.networkId as NetworkId,
        role: grant.role as NetworkRole,
        seatIds: [],
      })),
      ...mandates.map((mandate): ActorRole => ({
        networkId: mandate.networkId as NetworkId,
        role: mandate.kind === "department" ? "department-officer" : "elected-official",
        seatIds: [mandate.seatId as SeatId],
      })),
    ],
  };
}
