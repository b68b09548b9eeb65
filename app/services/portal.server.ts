/** What the process around Remix (scripts/server.ts) needs of the application, from the one bundle that holds its state. */
export { today, systemClock } from "./clock.server";
export { getDb, migrateToLatest } from "./db.server";
export { NEVER_KEPT } from "./form-draft.server";
export { getEnv } from "./env.server";
export { log, describeFault } from "./log.server";
export { closeLiveStreams, currentPublicVersion } from "./live.server";
export { startOutbox } from "./mail.server";
export { readSessionId } from "./auth.server";
