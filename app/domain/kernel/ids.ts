/** Identifiers are opaque strings, branded so that a seat can never be passed for a person. */
declare const idBrand: unique symbol;
export type Id<Kind extends string> = string & { readonly [idBrand]: Kind };

export type OrganizationId = Id<"organization">;
export type NetworkId = Id<"network">;
export type SeatId = Id<"seat">;
export type PersonId = Id<"person">;
export type MandateId = Id<"mandate">;
export type RulesId = Id<"rules">;
export type MeetingId = Id<"meeting">;
export type AgendaItemId = Id<"agenda-item">;
export type PollId = Id<"poll">;
export type ExpenseId = Id<"expense">;
export type MinutesId = Id<"minutes">;

/** 2 to 64 characters, letters, digits, dash and underscore: what `newId` makes and what an address may carry. */
const ID_SHAPE = /^[A-Za-z0-9_-]{2,64}$/;

export function isId(text: string): boolean {
  return ID_SHAPE.test(text);
}

/** @throws RangeError when the text can't be an identifier (a fault: addresses are checked with `isId` first). */
export function toId<Kind extends string>(text: string): Id<Kind> {
  if (!ID_SHAPE.test(text)) throw new RangeError(`Not an identifier: ${JSON.stringify(text)}`);
  return text as Id<Kind>;
}
