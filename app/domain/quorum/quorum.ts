import type { RulesContent } from "../committee/rules";
import { isSimpleMajority, thresholdOf } from "../committee/threshold";
import { countOf, NO_BREAK_SPACE } from "./wording";

export type Convening = "first" | "second";

/** One seat as the quorum sees it for one item. Proxies have no place here: a represented seat is absent. */
export type QuorumSeat = {
  readonly label: string;
  readonly inOffice: boolean;
  readonly presence: "in-person" | "remote" | "absent";
  readonly consultative: boolean;
  /** Withdrawn from the item for a conflict of interest, whether or not the person stays in the room. */
  readonly withdrawn: boolean;
};

export type Room = {
  readonly rules: Pick<RulesContent, "quorum" | "secondConvening">;
  readonly convening: Convening;
  readonly seats: readonly QuorumSeat[];
};

export type Quorum = {
  readonly seats: number;
  readonly vacant: number;
  readonly inOffice: number;
  /** Seats that the share is taken of. */
  readonly base: number;
  /** Seats that must be present; 1 when the second convening asks for no quorum. */
  readonly needed: number;
  /** Seats that count as present. */
  readonly present: number;
  readonly reached: boolean;
  readonly isRequired: boolean;
  readonly sentence: string;
};

/**
 * Is the committee in number to decide, and the sentence that says so. In integers: more than 1/2 of 6 is 4, and exactly half is not enough.
 * A withdrawn seat never counts as present; `withdrawnLeaveBase` says whether it leaves the base as well (yes since the law of 22 December 2025,
 * no in the earlier reading). A vacant seat is never present. Consultative and remote seats count as the rules say; proxies never do.
 * On a second convening whose rules ask for no quorum, one seat present is enough.
 * Source: CASF art. R.123-17 (model); CGCT art. L.2121-17 (assessed for each item; rép. min., JO Sénat 01/03/2007 p. 473) and
 * art. L.2131-11 as amended by loi n° 2025-1249, art. 32.
 */
export function quorumFor({ rules, convening, seats }: Room): Quorum {
  const { quorum } = rules;
  const inOffice = seats.filter((seat) => seat.inOffice);
  const concerned = quorum.base === "all-seats" ? seats : inOffice;
  const base = concerned.filter(
    (seat) => mayCount(seat, quorum) && !(seat.withdrawn && quorum.withdrawnLeaveBase),
  ).length;
  const present = inOffice.filter((seat) => mayCount(seat, quorum) && isCountedPresent(seat, quorum)).length;
  const isRequired = convening === "first" || rules.secondConvening.quorum === "same";
  const needed = isRequired ? thresholdOf(base, quorum.share, quorum.comparison) : 1;
  const counts = {
    seats: seats.length,
    vacant: seats.length - inOffice.length,
    inOffice: inOffice.length,
    base,
    needed,
    present,
    reached: present >= needed,
    isRequired,
  };
  return { ...counts, sentence: composeSentence(counts, { rules, convening, seats }) };
}

/** « 3 sur 5 »: those who count, of those whom the share is taken of; a consultative seat that does not count is in neither. */
export function presentOutOf({ present, base }: Pick<Quorum, "present" | "base">): string {
  return `${present} sur ${base}`;
}

function mayCount(seat: QuorumSeat, quorum: RulesContent["quorum"]): boolean {
  return quorum.consultativeSeatsCount || !seat.consultative;
}

function isCountedPresent(seat: QuorumSeat, quorum: RulesContent["quorum"]): boolean {
  if (seat.withdrawn) return false;
  return seat.presence === "in-person" || (seat.presence === "remote" && quorum.remoteCounts);
}

function composeSentence(counts: Omit<Quorum, "sentence">, room: Room): string {
  const vacant = counts.vacant === 0 ? "aucun vacant" : countOf(counts.vacant, "vacant", "vacants");
  const parts = [`${countOf(counts.seats, "siège", "sièges")}, ${vacant}, ${counts.inOffice} en exercice`];
  const aside = describeAside(counts, room);
  if (aside !== "") parts.push(aside);
  if (room.convening === "second")
    parts.push(counts.isRequired ? "seconde convocation" : "seconde convocation, aucun quorum exigé");
  if (counts.isRequired) {
    const { share, comparison } = room.rules.quorum;
    parts.push(`${isSimpleMajority(share, comparison) ? "majorité" : "minimum"} ${counts.needed}`);
  }
  parts.push(describePresent(counts.present, room));
  return `${parts.join(`${NO_BREAK_SPACE}; `)}${NO_BREAK_SPACE}: ${describeOutcome(counts)}`;
}

/** Who is set aside, and the base when it is not simply the seats in office. */
function describeAside(counts: Omit<Quorum, "sentence">, { rules, seats }: Room): string {
  const parts: string[] = [];
  const consultative = seats.filter((seat) => seat.consultative && seat.inOffice).length;
  if (consultative > 0 && !rules.quorum.consultativeSeatsCount) {
    parts.push(countOf(consultative, "consultatif non compté", "consultatifs non comptés"));
  }
  const withdrawn = seats.filter((seat) => seat.withdrawn && seat.inOffice && mayCount(seat, rules.quorum)).length;
  if (withdrawn > 0) parts.push(countOf(withdrawn, "déport", "déports"));
  if (counts.isRequired && counts.base !== counts.inOffice) parts.push(`base ${counts.base}`);
  return parts.join(", ");
}

function describePresent(present: number, { rules, seats }: Room): string {
  const remote = seats.filter(
    (seat) => seat.inOffice && !seat.withdrawn && seat.presence === "remote" && mayCount(seat, rules.quorum),
  ).length;
  const count = `${present > 1 ? "présents" : "présent"} ${present}`;
  if (remote === 0) return count;
  return rules.quorum.remoteCounts
    ? `${count} (dont ${remote} en visio)`
    : `${count} (${countOf(remote, "en visio non compté", "en visio non comptés")})`;
}

function describeOutcome({ isRequired, reached }: Omit<Quorum, "sentence">): string {
  if (isRequired) return reached ? "quorum atteint" : "quorum non atteint";
  return reached ? "la séance peut se tenir" : "la séance ne peut pas se tenir";
}
