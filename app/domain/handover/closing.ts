import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";

/** What still runs in a network on the day somebody wants to end it. */
export type RunningBusiness = {
  readonly isClosed: boolean;
  /** Meetings convened, open or suspended. */
  readonly meetings: number;
  readonly openPolls: number;
  /** Validated expenses engaged and not yet fully paid. */
  readonly unpaidInvoices: number;
};

export type ClosingRefusal = "already-closed" | "meeting-running" | "poll-open" | "end-in-future";

/**
 * May the network end? Nothing that somebody still waits for may be cut off: a convened meeting is held or cancelled first, a vote is closed.
 * Unpaid invoices do not prevent the end; they are told in the record, as whoever takes over must settle them.
 * Source: Convention, art. 10 (« Effets de la résiliation ») and 11.
 */
export function endNetwork(
  business: RunningBusiness,
  { onDate, today }: { readonly onDate: PlainDate; readonly today: PlainDate },
): Decision<null, ClosingRefusal> {
  if (business.isClosed) return refuse("already-closed");
  if (business.meetings > 0) return refuse("meeting-running");
  if (business.openPolls > 0) return refuse("poll-open");
  return onDate > today ? refuse("end-in-future") : grant(null);
}

export type ProductionRefusal = "poll-open";

/**
 * May an archive be made now? Not while a vote is open: two archives made before and after one secret ballot would tell it.
 * Source: CASF R.123-18, secret vote.
 */
export function mayProduceArchive({
  openPolls,
}: Pick<RunningBusiness, "openPolls">): Decision<null, ProductionRefusal> {
  return openPolls > 0 ? refuse("poll-open") : grant(null);
}
