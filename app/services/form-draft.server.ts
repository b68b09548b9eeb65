import { createCookie } from "@remix-run/node";
import { systemClock } from "./clock.server";
import { getDb } from "./db.server";
import { getEnv } from "./env.server";
import { hashToken, newSecretToken } from "./tokens.server";

/** A form that could not be sent because the session had ended, kept for a day behind a cookie of the same browser. */
export type FormDraft = { readonly path: string; readonly fields: ReadonlyArray<readonly [string, string]> };

const MAX_DRAFT_CHARACTERS = 400_000;
/** Above it the form carries a file, which would be held in memory only to be dropped. */
const MAX_DRAFT_BYTES = 12 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** Names of fields that no page and no table ever gives back. */
export const NEVER_KEPT = /mot-?de-?passe|password|^code$/i;

const cookie = createCookie("portail_reprise", { httpOnly: true, sameSite: "lax", path: "/", maxAge: DAY_MS / 1000 });

function cookieOptions() {
  return { secure: getEnv().publicUrl.startsWith("https:") };
}

/** @returns the Set-Cookie header, or null when nothing could be kept (a file, or nothing typed) */
export async function keepDraft(request: Request): Promise<string | null> {
  const type = request.headers.get("Content-Type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded") && !type.startsWith("multipart/form-data")) return null;
  if (Number(request.headers.get("Content-Length") ?? 0) > MAX_DRAFT_BYTES) return null;
  const form = await request.clone().formData();
  const fields = [...form.entries()].flatMap(([name, value]) =>
    typeof value === "string" && !NEVER_KEPT.test(name) ? [[name, value] as const] : [],
  );
  const body = JSON.stringify(fields);
  if (fields.length === 0 || body.length > MAX_DRAFT_CHARACTERS) return null;
  const token = newSecretToken();
  const now = systemClock.now();
  const url = new URL(request.url);
  await getDb().deleteFrom("formDraft").where("expiresAt", "<=", now.toISOString()).execute();
  await getDb()
    .insertInto("formDraft")
    .values({
      tokenHash: hashToken(token),
      personId: null,
      path: url.pathname.replace(/\.data$/, "") + url.search,
      body,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + DAY_MS).toISOString(),
    })
    .execute();
  return cookie.serialize(token, cookieOptions());
}

/** The draft of this browser. The first person who sees it keeps it: nobody else who signs in there finds it. */
export async function findDraft(request: Request, personId: string): Promise<FormDraft | null> {
  const token: unknown = await cookie.parse(request.headers.get("Cookie"));
  if (typeof token !== "string") return null;
  const tokenHash = hashToken(token);
  await getDb()
    .updateTable("formDraft")
    .set({ personId })
    .where("tokenHash", "=", tokenHash)
    .where("personId", "is", null)
    .execute();
  const row = await getDb()
    .selectFrom("formDraft")
    .select(["path", "body"])
    .where("tokenHash", "=", tokenHash)
    .where("personId", "=", personId)
    .where("expiresAt", ">", systemClock.now().toISOString())
    .executeTakeFirst();
  return row ? { path: row.path, fields: JSON.parse(row.body) as Array<[string, string]> } : null;
}

/** @returns the Set-Cookie header that forgets the draft */
export async function dropDraft(request: Request): Promise<string> {
  const token: unknown = await cookie.parse(request.headers.get("Cookie"));
  if (typeof token === "string") {
    await getDb().deleteFrom("formDraft").where("tokenHash", "=", hashToken(token)).execute();
  }
  return cookie.serialize("", { ...cookieOptions(), maxAge: 0 });
}
