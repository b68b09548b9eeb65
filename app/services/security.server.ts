import type { Clock } from "./clock.server";
import type { Db, Trx } from "./db.server";
import { log } from "./log.server";

export type SecurityEventKind =
  | "sign-in"
  | "sign-in-refused"
  | "sign-in-limited"
  | "sign-out"
  | "password-changed"
  | "totp-enabled"
  | "totp-disabled"
  | "access-refused"
  | "account-disabled"
  | "account-enabled"
  | "export";

type SecurityEvent = {
  readonly kind: SecurityEventKind;
  readonly personId?: string | null;
  readonly networkId?: string | null;
  /** What was asked for; never a password, a token or a typed text. */
  readonly detail: string;
};

/** Notes in the security journal who signed in, what was refused, what was taken out. */
export async function recordSecurityEvent(db: Db | Trx, clock: Clock, event: SecurityEvent): Promise<void> {
  await db
    .insertInto("securityEvent")
    .values({
      id: clock.newId(),
      at: clock.now().toISOString(),
      kind: event.kind,
      personId: event.personId ?? null,
      networkId: event.networkId ?? null,
      detail: event.detail.slice(0, 300),
    })
    .execute();
  log("info", `security.${event.kind}`, { personId: event.personId ?? null, detail: event.detail.slice(0, 300) });
}
