import type { RulesContent } from "../committee/rules";
import { grant, refuse, type Decision } from "../kernel/decision";
import type { AgendaItemId, SeatId } from "../kernel/ids";
import type { LocalDateTime } from "../kernel/paris-time";
import { isPresent, isWithdrawnFrom, type RoomState } from "../meeting/attendance";

/** A written proxy (« pouvoir ») for one meeting. Revocable at any time. */
export type Proxy = {
  readonly giver: SeatId;
  readonly holder: SeatId;
  readonly givenAt: LocalDateTime;
  readonly revokedAt: LocalDateTime | null;
};

export type ProxyRefusal =
  | "proxies-not-allowed"
  | "proxy-to-self"
  | "giver-not-in-office"
  | "holder-not-in-office"
  | "giver-already-represented"
  | "holder-full"
  | "proxy-chain"
  | "too-many-meetings-in-a-row";

export type ProxyContext = {
  readonly rules: Pick<RulesContent, "proxies">;
  /** Seats that somebody holds on the day of the meeting. */
  readonly seatsInOffice: readonly SeatId[];
  /** Proxies given for this meeting so far. */
  readonly proxies: readonly Proxy[];
  /** Meetings just before this one, in a row, for which the giver gave a proxy. */
  readonly previousMeetingsInARow: number;
};

function isStanding({ givenAt, revokedAt }: Proxy, at: LocalDateTime): boolean {
  return givenAt <= at && (revokedAt === null || revokedAt > at);
}

/**
 * May this proxy be recorded? One per giver, as many per holder as the rules say, to another seat in office.
 * No chain: who has given a proxy holds none, and who holds one gives none.
 * Source: CASF art. R.123-16 (one mandate per holder, always revocable); the limit of consecutive meetings follows CGCT art. L.2121-20.
 */
export function checkProxy(context: ProxyContext, proxy: Proxy): Decision<Proxy, ProxyRefusal> {
  const { allowed, perHolder, consecutiveMeetings } = context.rules.proxies;
  if (!allowed) return refuse("proxies-not-allowed");
  if (proxy.giver === proxy.holder) return refuse("proxy-to-self");
  if (!context.seatsInOffice.includes(proxy.giver)) return refuse("giver-not-in-office");
  if (!context.seatsInOffice.includes(proxy.holder)) return refuse("holder-not-in-office");
  const standing = context.proxies.filter((other) => isStanding(other, proxy.givenAt));
  if (standing.some(({ giver }) => giver === proxy.giver)) return refuse("giver-already-represented");
  const isChain = standing.some(({ giver, holder }) => giver === proxy.holder || holder === proxy.giver);
  if (isChain) return refuse("proxy-chain");
  if (standing.filter(({ holder }) => holder === proxy.holder).length >= perHolder) return refuse("holder-full");
  if (consecutiveMeetings !== null && context.previousMeetingsInARow >= consecutiveMeetings) {
    return refuse("too-many-meetings-in-a-row");
  }
  return grant(proxy);
}

export type ProxySuspension =
  "not-allowed" | "not-given-yet" | "revoked" | "giver-present" | "holder-absent" | "holder-withdrawn" | "holder-full";

export type ProxyStatus = { readonly proxy: Proxy; readonly suspendedBy: ProxySuspension | null };

export type ProxyMoment = {
  readonly rules: Pick<RulesContent, "proxies">;
  readonly proxies: readonly Proxy[];
  readonly room: RoomState;
  readonly at: LocalDateTime;
  /** The item under discussion; null between items. */
  readonly itemId: AgendaItemId | null;
};

/**
 * What each proxy is worth at a moment. It carries a voice only while its giver is out of the room and its holder is in it: void when the
 * giver arrives, it resumes when the giver leaves. A holder who withdraws from an item carries no voice for it.
 * Beyond the number per holder, the first given prevail (ties: ascending giver).
 */
export function assessProxies(moment: ProxyMoment): readonly ProxyStatus[] {
  const { allowed, perHolder } = moment.rules.proxies;
  const carried = new Map<SeatId, number>();
  return [...moment.proxies].sort(compareProxies).map((proxy) => {
    const suspendedBy = allowed ? findSuspension(proxy, moment) : "not-allowed";
    if (suspendedBy !== null) return { proxy, suspendedBy };
    const load = carried.get(proxy.holder) ?? 0;
    if (load >= perHolder) return { proxy, suspendedBy: "holder-full" };
    carried.set(proxy.holder, load + 1);
    return { proxy, suspendedBy: null };
  });
}

function compareProxies(one: Proxy, other: Proxy): number {
  if (one.givenAt !== other.givenAt) return one.givenAt < other.givenAt ? -1 : 1;
  return one.giver < other.giver ? -1 : one.giver > other.giver ? 1 : 0;
}

function findSuspension(proxy: Proxy, { room, at, itemId }: ProxyMoment): ProxySuspension | null {
  if (proxy.givenAt > at) return "not-given-yet";
  if (!isStanding(proxy, at)) return "revoked";
  if (isPresent(room, proxy.giver)) return "giver-present";
  if (!isPresent(room, proxy.holder)) return "holder-absent";
  return itemId !== null && isWithdrawnFrom(room, proxy.holder, itemId) ? "holder-withdrawn" : null;
}
