import { hash, verify } from "@node-rs/argon2";
import {
  Cookie,
  Lucia,
  TimeSpan,
  generateIdFromEntropySize,
  type Adapter,
  type DatabaseSession,
  type DatabaseUser,
} from "lucia";
import { getDb, type Db, type Trx } from "./db.server";
import { getEnv } from "./env.server";
import { hashToken } from "./tokens.server";

/** The only file that knows lucia. Sessions are stored under the hash of their identifier: a stolen database opens none. */

declare module "lucia" {
  interface Register {
    Lucia: Lucia;
    DatabaseSessionAttributes: { persistent: boolean; createdAt: string };
    DatabaseUserAttributes: { disabledAt: string | null };
  }
}

export const SESSION_COOKIE = "portail_session";

function adapterOver(db: () => Db): Adapter {
  const toSession = (
    row: { personId: string; expiresAt: number; persistent: number; createdAt: string },
    id: string,
  ): DatabaseSession => ({
    id,
    userId: row.personId,
    expiresAt: new Date(row.expiresAt * 1000),
    attributes: { persistent: row.persistent === 1, createdAt: row.createdAt },
  });
  return {
    async getSessionAndUser(sessionId): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const row = await db()
        .selectFrom("session")
        .innerJoin("person", "person.id", "session.personId")
        .select([
          "session.personId",
          "session.expiresAt",
          "session.persistent",
          "session.createdAt",
          "person.disabledAt",
        ])
        .where("session.idHash", "=", hashToken(sessionId))
        .executeTakeFirst();
      if (!row) return [null, null];
      return [toSession(row, sessionId), { id: row.personId, attributes: { disabledAt: row.disabledAt } }];
    },
    async getUserSessions(userId) {
      const rows = await db().selectFrom("session").selectAll().where("personId", "=", userId).execute();
      return rows.map((row) => toSession(row, row.idHash));
    },
    async setSession(session) {
      await db()
        .insertInto("session")
        .values({
          idHash: hashToken(session.id),
          personId: session.userId,
          expiresAt: Math.floor(session.expiresAt.getTime() / 1000),
          persistent: session.attributes.persistent ? 1 : 0,
          createdAt: session.attributes.createdAt,
        })
        .execute();
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      await db()
        .updateTable("session")
        .set({ expiresAt: Math.floor(expiresAt.getTime() / 1000) })
        .where("idHash", "=", hashToken(sessionId))
        .execute();
    },
    async deleteSession(sessionId) {
      await db().deleteFrom("session").where("idHash", "=", hashToken(sessionId)).execute();
    },
    async deleteUserSessions(userId) {
      await db().deleteFrom("session").where("personId", "=", userId).execute();
    },
    async deleteExpiredSessions() {
      await db()
        .deleteFrom("session")
        .where("expiresAt", "<=", Math.floor(Date.now() / 1000))
        .execute();
    },
  };
}

const PERSISTENT_MARK = "p";

function luciaFor(persistent: boolean): Lucia {
  return new Lucia(adapterOver(getDb), {
    sessionExpiresIn: persistent ? new TimeSpan(30, "d") : new TimeSpan(12, "h"),
    sessionCookie: {
      name: SESSION_COOKIE,
      expires: persistent,
      attributes: { secure: getEnv().publicUrl.startsWith("https:"), sameSite: "lax", path: "/" },
    },
    getUserAttributes: ({ disabledAt }) => ({ disabledAt }),
    getSessionAttributes: ({ persistent: kept }) => ({ persistent: kept }),
  });
}

const instances = new Map<boolean, Lucia>();

function luciaOf(sessionId: string): Lucia {
  return luciaKept(sessionId.startsWith(PERSISTENT_MARK));
}

function luciaKept(persistent: boolean): Lucia {
  const known = instances.get(persistent);
  if (known) return known;
  const made = luciaFor(persistent);
  instances.set(persistent, made);
  return made;
}

export function readSessionId(cookieHeader: string | null): string | null {
  return luciaKept(false).readSessionCookie(cookieHeader ?? "");
}

export type SessionCheck = {
  readonly personId: string;
  /** Set when the cookie must be sent again, because the session was prolonged. */
  readonly renewedCookie: string | null;
};

/** Who holds this session, or null when it is unknown, expired, or of a disabled account. */
export async function validateSession(sessionId: string): Promise<SessionCheck | null> {
  const lucia = luciaOf(sessionId);
  const { session, user } = await lucia.validateSession(sessionId);
  if (!session || !user) return null;
  if ("disabledAt" in user && user.disabledAt) return null;
  return { personId: user.id, renewedCookie: session.fresh ? sessionCookie(session.id) : null };
}

/** Unless the person asked to stay signed in, the cookie goes with the browser: lucia would keep it for 400 days. */
function sessionCookie(sessionId: string): string {
  const { name, value, attributes } = luciaOf(sessionId).createSessionCookie(sessionId);
  const { maxAge, ...others } = attributes;
  const isKept = sessionId.startsWith(PERSISTENT_MARK) && maxAge !== undefined;
  return new Cookie(name, value, isKept ? { ...others, maxAge } : others).serialize();
}

/** Opens a session. @returns the Set-Cookie header */
export async function openSession(personId: string, { persistent }: { readonly persistent: boolean }): Promise<string> {
  const lucia = luciaKept(persistent);
  const sessionId = `${persistent ? PERSISTENT_MARK : "s"}${generateIdFromEntropySize(25)}`;
  await lucia.deleteExpiredSessions();
  await lucia.createSession(personId, { persistent, createdAt: new Date().toISOString() }, { sessionId });
  return sessionCookie(sessionId);
}

/** @returns the Set-Cookie header that removes the cookie */
export async function closeSession(sessionId: string | null): Promise<string> {
  const lucia = luciaKept(false);
  if (sessionId) await lucia.invalidateSession(sessionId);
  return lucia.createBlankSessionCookie().serialize();
}

/** After a change of password or for a disabled account: everywhere at once, but for the session where it was asked. */
export async function closeSessionsOf(
  trx: Trx,
  personId: string,
  { except = null }: { readonly except?: string | null } = {},
): Promise<void> {
  await trx
    .deleteFrom("session")
    .where("personId", "=", personId)
    .where("idHash", "!=", except === null ? "" : hashToken(except))
    .execute();
}

export type OpenSession = {
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly isPersistent: boolean;
  readonly isCurrent: boolean;
};

/** The account's running sessions, the latest first. */
export async function listSessions(
  db: Db,
  personId: string,
  currentId: string | null,
): Promise<readonly OpenSession[]> {
  const currentHash = currentId === null ? null : hashToken(currentId);
  const rows = await db
    .selectFrom("session")
    .select(["idHash", "createdAt", "expiresAt", "persistent"])
    .where("personId", "=", personId)
    .where("expiresAt", ">", Math.floor(Date.now() / 1000))
    .orderBy("createdAt", "desc")
    .execute();
  return rows.map((row) => ({
    openedAt: row.createdAt,
    expiresAt: new Date(row.expiresAt * 1000).toISOString(),
    isPersistent: row.persistent === 1,
    isCurrent: row.idHash === currentHash,
  }));
}

/** argon2id with OWASP's minimum: 19 MiB, 2 passes, 1 lane. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

let decoy: Promise<string> | null = null;

/** Takes the same time whether or not the account has a password: a stopwatch must not tell who has an account. */
export async function isPasswordRight(storedHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("an account that does not exist");
  const matches = await verify(storedHash ?? (await decoy), password);
  return storedHash !== null && matches;
}
