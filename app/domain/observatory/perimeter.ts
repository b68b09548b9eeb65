import { grant, refuse, type Decision } from "../kernel/decision";
import type { PlainDate } from "../kernel/plain-date";

/** One line of the « mouvements » between communes proper. */
export type CommuneEvent = {
  readonly date: PlainDate;
  readonly codeBefore: string;
  readonly codeAfter: string;
};

export type PerimeterRefusal = {
  readonly kind: "commune-split";
  readonly communeCode: string;
  readonly date: PlainDate;
};

/**
 * The communes that, on the day `geographyOn`, covered what a commune of today covers: itself, or the ones that merged into it since,
 * merger after merger. When one of them was shared out between several communes, no sum gives back today's commune: refused, never estimated.
 * Source: INSEE, code officiel géographique, fichier des mouvements.
 */
export function perimeterOn(
  communeCode: string,
  geographyOn: PlainDate,
  events: readonly CommuneEvent[],
): Decision<readonly string[], PerimeterRefusal> {
  const later = [...new Set(events.filter(({ date }) => date > geographyOn).map(({ date }) => date))].sort().reverse();
  let codes: ReadonlySet<string> = new Set([communeCode]);
  for (const date of later) {
    const ofDay = events.filter((event) => event.date === date);
    const before = new Set<string>();
    for (const code of codes) {
      const origins = ofDay.filter(({ codeAfter }) => codeAfter === code).map(({ codeBefore }) => codeBefore);
      if (origins.length === 0) before.add(code);
      for (const origin of origins) before.add(origin);
    }
    const isShared = ofDay.some(({ codeBefore, codeAfter }) => before.has(codeBefore) && !codes.has(codeAfter));
    if (isShared) return refuse({ kind: "commune-split", communeCode, date });
    codes = before;
  }
  return grant([...codes].sort());
}
