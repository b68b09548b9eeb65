import type { RulesContent } from "../committee/rules";
import { grant, refuse, type Decision } from "../kernel/decision";
import type { PersonId, SeatId } from "../kernel/ids";
import type { MeetingState } from "./lifecycle";

/** What a seat announces before the meeting. It is a forecast: attendance is recorded on the day. */
export type Reply =
  | { readonly kind: "present" }
  | { readonly kind: "remote" }
  | { readonly kind: "absent" }
  | { readonly kind: "absent-with-proxy"; readonly holderSeatId: SeatId };

/** `at` is an ISO instant in UTC. Entries are only added, in the order they arrive. */
export type ReplyEntry = {
  readonly seatId: SeatId;
  readonly personId: PersonId;
  readonly at: string;
  readonly reply: Reply;
};

/** The reply that counts for each seat: its last one. At the same instant, the later entry. */
export function lastReplies(entries: readonly ReplyEntry[]): ReadonlyMap<SeatId, ReplyEntry> {
  const last = new Map<SeatId, ReplyEntry>();
  for (const entry of entries) {
    const known = last.get(entry.seatId);
    if (known === undefined || entry.at >= known.at) last.set(entry.seatId, entry);
  }
  return last;
}

export type ReplyContext = {
  readonly meetingState: MeetingState;
  readonly rules: Pick<RulesContent, "proxies" | "remoteAttendance">;
  readonly seatId: SeatId;
  readonly seatsInOffice: readonly SeatId[];
  readonly replies: ReadonlyMap<SeatId, ReplyEntry>;
  /** Meetings in a row, just before this one, for which the seat gave a proxy. */
  readonly previousMeetingsInARow: number;
};

export type ReplyRefusal =
  | "meeting-not-convened"
  | "seat-not-in-office"
  | "remote-not-allowed"
  | "proxies-not-allowed"
  | "proxy-to-self"
  | "holder-not-in-office"
  | "holder-absent"
  | "proxy-chain"
  | "holder-full"
  | "too-many-meetings-in-a-row";

/**
 * May the seat answer so? Only while the meeting is convened: before it nothing was sent, after it attendance is recorded instead.
 * A proxy goes to another seat in office that did not announce its absence and holds fewer proxies than the rules allow; the seat's own
 * earlier reply does not count against it. Who was given a proxy gives none.
 * Source: CASF, art. R.123-16 (model): written proxy, one per holder, always revocable.
 */
export function decideReply(context: ReplyContext, reply: Reply): Decision<Reply, ReplyRefusal> {
  if (context.meetingState !== "convened") return refuse("meeting-not-convened");
  if (!context.seatsInOffice.includes(context.seatId)) return refuse("seat-not-in-office");
  if (reply.kind === "remote" && !context.rules.remoteAttendance.allowed) return refuse("remote-not-allowed");
  if (reply.kind !== "absent-with-proxy") return grant(reply);
  const obstacle = findProxyObstacle(context, reply.holderSeatId);
  return obstacle === null ? grant(reply) : refuse(obstacle);
}

function findProxyObstacle(context: ReplyContext, holder: SeatId): ReplyRefusal | null {
  const { proxies } = context.rules;
  if (!proxies.allowed) return "proxies-not-allowed";
  if (holder === context.seatId) return "proxy-to-self";
  if (!context.seatsInOffice.includes(holder)) return "holder-not-in-office";
  if (isAnnouncedAbsent(context.replies.get(holder))) return "holder-absent";
  if (countProxiesHeld(context.replies, context.seatId, context.seatId) > 0) return "proxy-chain";
  if (countProxiesHeld(context.replies, holder, context.seatId) >= proxies.perHolder) return "holder-full";
  const limit = proxies.consecutiveMeetings;
  return limit !== null && context.previousMeetingsInARow >= limit ? "too-many-meetings-in-a-row" : null;
}

function isAnnouncedAbsent(entry: ReplyEntry | undefined): boolean {
  return entry !== undefined && (entry.reply.kind === "absent" || entry.reply.kind === "absent-with-proxy");
}

function countProxiesHeld(replies: ReadonlyMap<SeatId, ReplyEntry>, holder: SeatId, except: SeatId): number {
  let held = 0;
  for (const { seatId, reply } of replies.values()) {
    if (seatId !== except && reply.kind === "absent-with-proxy" && reply.holderSeatId === holder) held += 1;
  }
  return held;
}

/** How many seats announced what; seats in office that did not answer are « silent ». */
export type ReplyCount = Record<Reply["kind"] | "silent", number>;

export function countReplies(seatsInOffice: readonly SeatId[], replies: ReadonlyMap<SeatId, ReplyEntry>): ReplyCount {
  const count: ReplyCount = { present: 0, remote: 0, absent: 0, "absent-with-proxy": 0, silent: 0 };
  for (const seatId of seatsInOffice) count[replies.get(seatId)?.reply.kind ?? "silent"] += 1;
  return count;
}
