type ActTraits = {
  /** Does the act change a page that the public reads, so that its stored bytes must be computed again? */
  readonly changesPublicPages: boolean;
};

const PUBLIC = { changesPublicPages: true };
const INTERNAL = { changesPublicPages: false };

/** Every kind of act that enters the register. */
export const ACT_KINDS = {
  "network-created": PUBLIC,
  "lead-changed": PUBLIC,
  "seat-created": PUBLIC,
  "mandate-recorded": PUBLIC,
  "mandate-ended": PUBLIC,
  "role-granted": INTERNAL,
  "role-ended": INTERNAL,
  "rules-adopted": PUBLIC,
  "meeting-planned": PUBLIC,
  "meeting-changed": PUBLIC,
  "meeting-convened": PUBLIC,
  "meeting-cancelled": PUBLIC,
  "meeting-opened": PUBLIC,
  "meeting-suspended": INTERNAL,
  "meeting-resumed": INTERNAL,
  "meeting-closed": PUBLIC,
  "agenda-changed": PUBLIC,
  "item-opened": INTERNAL,
  "reply-recorded": INTERNAL,
  "attendance-recorded": INTERNAL,
  "attendance-corrected": INTERNAL,
  "proxy-recorded": INTERNAL,
  "proxy-revoked": INTERNAL,
  "withdrawal-recorded": INTERNAL,
  "secret-ballot-requested": INTERNAL,
  "poll-opened": INTERNAL,
  "ballot-cast": INTERNAL,
  "ballot-recorded-by-secretary": INTERNAL,
  "secret-ballot-signed": INTERNAL,
  "poll-closed": INTERNAL,
  "casting-vote": INTERNAL,
  "decision-adopted": PUBLIC,
  "decision-rejected": PUBLIC,
  "consultation-opened": INTERNAL,
  "consultation-closed": INTERNAL,
  "minutes-submitted": INTERNAL,
  "minutes-correction-requested": INTERNAL,
  "minutes-correction-decided": INTERNAL,
  "minutes-adopted": INTERNAL,
  "minutes-signed": INTERNAL,
  "minutes-published": PUBLIC,
  "minutes-corrective-act": PUBLIC,
  "expense-requested": INTERNAL,
  "expense-withdrawn": INTERNAL,
  "budget-drafted": INTERNAL,
  "account-code-recorded": INTERNAL,
  "expense-engaged": INTERNAL,
  "invoice-recorded": INTERNAL,
  "invoice-paid": INTERNAL,
  "document-added": PUBLIC,
  "staff-time-recorded": INTERNAL,
  "staff-time-corrected": INTERNAL,
  "staff-time-contested": INTERNAL,
  "staff-time-contest-settled": INTERNAL,
  "staff-time-approved": INTERNAL,
  "resource-offered": INTERNAL,
  "resource-retired": INTERNAL,
  "booking-requested": INTERNAL,
  "booking-accepted": INTERNAL,
  "booking-refused": INTERNAL,
  "booking-cancelled": INTERNAL,
  "subsidy-requested": INTERNAL,
  "subsidy-answered": INTERNAL,
  "subsidy-paid": INTERNAL,
  "subsidy-informed": INTERNAL,
  "apportionment-chosen": INTERNAL,
  "event-recorded": INTERNAL,
  "event-registered": INTERNAL,
  "event-closed": INTERNAL,
  "funding-call-issued": INTERNAL,
  "funding-call-cancelled": INTERNAL,
  "statement-followed": INTERNAL,
  "library-document-added": PUBLIC,
  "library-version-added": PUBLIC,
  "library-document-changed": PUBLIC,
  "library-document-disposed": PUBLIC,
  "retention-decided": INTERNAL,
  "archive-produced": INTERNAL,
  "extract-produced": INTERNAL,
  "handover-recorded": INTERNAL,
  "network-closed": PUBLIC,
} as const satisfies Record<string, ActTraits>;

export type ActKind = keyof typeof ACT_KINDS;

export function isActKind(text: string): text is ActKind {
  return Object.hasOwn(ACT_KINDS, text);
}

export function changesPublicPages(kind: ActKind): boolean {
  return ACT_KINDS[kind].changesPublicPages;
}
