import type { RulesContent } from "../committee/rules";
import { quorumFor, type Convening, type QuorumSeat } from "./quorum";
import { countOf, NO_BREAK_SPACE } from "./wording";

/** A proxy given is an absence announced; null: no answer yet. */
export type Reply = "present" | "remote" | "absent" | "proxy" | null;

export type ForecastSeat = Omit<QuorumSeat, "presence" | "withdrawn"> & { readonly reply: Reply };

export type QuorumForecast = {
  readonly announced: number;
  readonly unanswered: number;
  readonly needed: number;
  readonly outcome: "expected" | "possible" | "out-of-reach";
  readonly sentence: string;
};

/**
 * What the replies say of the quorum before the day: expected from the presences announced alone, possible if those who have not answered come,
 * else out of reach unless somebody changes their mind. Only seats that count for the quorum are counted as unanswered.
 */
export function forecastQuorum(before: {
  readonly rules: Pick<RulesContent, "quorum" | "secondConvening">;
  readonly convening: Convening;
  readonly seats: readonly ForecastSeat[];
}): QuorumForecast {
  const countWith = (silence: QuorumSeat["presence"]) =>
    quorumFor({
      ...before,
      seats: before.seats.map((seat) => ({ ...seat, withdrawn: false, presence: presenceOf(seat.reply, silence) })),
    });
  const announced = countWith("absent");
  const atBest = countWith("in-person");
  const outcome = announced.reached ? "expected" : atBest.reached ? "possible" : "out-of-reach";
  const counts = {
    announced: announced.present,
    unanswered: atBest.present - announced.present,
    needed: announced.needed,
    outcome,
  } as const;
  return { ...counts, sentence: composeSentence(counts, announced.isRequired) };
}

function presenceOf(reply: Reply, silence: QuorumSeat["presence"]): QuorumSeat["presence"] {
  if (reply === null) return silence;
  if (reply === "present") return "in-person";
  return reply === "remote" ? "remote" : "absent";
}

function composeSentence(counts: Omit<QuorumForecast, "sentence">, isRequired: boolean): string {
  const { announced, unanswered, needed, outcome } = counts;
  const silence = unanswered > 0 ? `, ${unanswered} sans réponse` : "";
  const presences =
    announced === 0 ? "aucune présence annoncée" : countOf(announced, "présence annoncée", "présences annoncées");
  if (!isRequired) {
    const verdict = {
      expected: "la séance pourra se tenir",
      possible: "la séance peut encore se tenir",
      "out-of-reach": "la séance ne pourra pas se tenir",
    };
    return `${presences}, aucun quorum exigé${silence}${NO_BREAK_SPACE}: ${verdict[outcome]}`;
  }
  const verdict = {
    expected: "quorum prévu",
    possible: "quorum possible",
    "out-of-reach": "quorum hors d’atteinte à ce jour",
  };
  return `${presences} sur ${countOf(needed, "nécessaire", "nécessaires")}${silence}${NO_BREAK_SPACE}: ${verdict[outcome]}`;
}
