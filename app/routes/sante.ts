import { checkHealth, getDb } from "~/services/db.server";
import { describeFault, log } from "~/services/log.server";

/** 200 when the database answers and no migration is missing; else 503. */
export async function loader() {
  try {
    const { pendingMigrations } = await checkHealth(getDb());
    const ok = pendingMigrations === 0;
    return Response.json({ ok, pendingMigrations }, { status: ok ? 200 : 503 });
  } catch (fault) {
    log("error", "health.fault", describeFault(fault));
    return Response.json({ ok: false }, { status: 503 });
  }
}
