import type { BookingRefusal } from "~/domain/in-kind/booking";

/** What the commands of this feature refuse, apart from the rules' own reasons. */
export type OfferRefusal = "not-the-owner" | "owner-not-signatory";

export type RetireRefusal = "resource-unknown" | "not-the-owner" | "day-past" | "bookings-after";

export type BookRefusal = BookingRefusal | "resource-unknown" | "meeting-unknown" | "agreement-over";
