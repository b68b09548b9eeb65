import type { NetworkId } from "~/domain/kernel/ids";
import type { Db } from "~/services/db.server";
import { toMeetingHead, type MeetingHead } from "~/services/meeting-record.server";

/** The network's meetings, the latest first. */
export async function listMeetings(db: Db, networkId: NetworkId): Promise<readonly MeetingHead[]> {
  const rows = await db
    .selectFrom("meeting")
    .selectAll()
    .where("networkId", "=", networkId)
    .orderBy("startsAt", "desc")
    .orderBy("id")
    .execute();
  return rows.map(toMeetingHead);
}
