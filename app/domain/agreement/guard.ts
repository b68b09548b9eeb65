import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";
import { clausesOf, type Clause, type GuardedAct } from "./clause";
import type { Fact } from "./obligations";
import type { Standing } from "./terms";

/** Why a text stops an act, with the article that says so. */
export type Block =
  | { readonly kind: "prohibited"; readonly article: string; readonly sentence: string }
  | { readonly kind: "condition-missing"; readonly article: string; readonly sentence: string }
  | { readonly kind: "agreement-over"; readonly endedOn: PlainDate; readonly article: string };

export type GuardedRequest = {
  readonly act: GuardedAct;
  readonly on: PlainDate;
  /** For the acts on one article. */
  readonly article?: string;
};

/** Not once the text is over; what was open is still settled. Source: Blain, art. 10 and 11. */
const ENDED_WITH_THE_TEXT: readonly GuardedAct[] = ["engage-expense", "decide", "book-resource"];

/**
 * Does the text let this be done on that day? Prohibitions first, then conditions; after the last day of the agreement nothing new is decided,
 * engaged nor booked. `standing` null: no text says how long it runs.
 */
export function checkGuard(
  clauses: readonly Clause[],
  standing: Standing | null,
  facts: readonly Fact[],
  request: GuardedRequest,
): Decision<null, Block> {
  for (const { article, sentence, rule } of clausesOf(clauses, "prohibition")) {
    if (rule.act !== request.act) continue;
    if (rule.article !== null && rule.article !== request.article) continue;
    if (rule.months.length > 0 && !rule.months.includes(Number(request.on.slice(5, 7)))) continue;
    return refuse({ kind: "prohibited", article, sentence });
  }
  for (const { article, sentence, rule } of clausesOf(clauses, "gate")) {
    if (rule.act !== request.act) continue;
    const isOpen = facts.some(({ source, on }) => source === rule.requires && on <= request.on);
    if (!isOpen) return refuse({ kind: "condition-missing", article, sentence });
  }
  const endsOn = standing?.endsOn ?? null;
  if (ENDED_WITH_THE_TEXT.includes(request.act) && endsOn !== null && request.on > endsOn) {
    const article = clausesOf(clauses, "duration")[0]?.article ?? "";
    return refuse({ kind: "agreement-over", endedOn: endsOn, article });
  }
  return grant(null);
}
