import type { Indicator, Unit } from "~/domain/indicator/dictionary";
import type { Audience, PrimaryReason } from "~/domain/statistics/disclosure/sensitivity";
import { NETWORK } from "~/domain/statistics/release/frozen-year";
import {
  findCell,
  followCell,
  ratePerThousand,
  type CellStatus,
  type PublishedCell,
  type PublishedYear,
  type TrendPoint,
} from "~/domain/statistics/release/published-year";
import { toCents } from "~/domain/kernel/money";
import { enumerate, formatCents, formatInteger, NBSP } from "./french";

export const AUDIENCE_WORDS: Record<Audience, string> = { members: "les membres du réseau", public: "le public" };

export const STATUS_WORDS: Record<Exclude<CellStatus, "value" | "zero">, string> = {
  "not-applicable": "sans objet",
  "not-known": "non connu",
  "not-released": "non communiqué",
  suppressed: "masqué (secret statistique)",
  missing: "non renseigné",
};

/** Why a figure is hidden, for the lead: the codes are those of the French manual. */
export const REASON_WORDS: Record<PrimaryReason | "complementary", string> = {
  frequency: "trop peu de personnes (A)",
  dominance: "une seule situation pèse trop dans le montant (B)",
  complementary: "protège un autre chiffre, qui s’en déduirait (D)",
};

const UNIT_WORDS: Record<Unit, string> = {
  persons: "personnes",
  households: "ménages",
  requests: "demandes",
  files: "dossiers",
  actions: "actions",
  visits: "visites",
  meals: "repas",
  dwellings: "logements",
  euros: "euros",
};

export function unitWords(indicator: Indicator): string {
  const { formula, unit } = indicator;
  if (formula?.kind !== "ratio") return UNIT_WORDS[unit];
  return formula.per === 100 ? "%" : unit === "euros" ? "euros" : UNIT_WORDS[unit];
}

/** « 1 234 », « 12 500,00 € », « 63,4 % »; in words when there is no figure. */
export function writeCell(indicator: Indicator, cell: Pick<PublishedCell, "status" | "value"> | null): string {
  if (cell === null) return "sans publication";
  if (cell.status !== "value" && cell.status !== "zero") return STATUS_WORDS[cell.status];
  const value = cell.value ?? 0;
  const { formula, unit } = indicator;
  if (formula?.kind === "ratio") {
    const decimal = writeDecimal(value, unit === "euros" ? 2 : 1);
    if (formula.per === 100) return `${decimal}${NBSP}%`;
    return unit === "euros" ? `${decimal}${NBSP}€` : decimal;
  }
  return unit === "euros" ? formatCents(toCents(value)) : formatInteger(value);
}

/** A year of a trend, in the unit of that year. What was counted in another unit than the one shown names it, and is not drawn on the same scale. */
export function writePoint(
  { indicator, cell }: TrendPoint,
  shown: Indicator,
): { readonly value: number | null; readonly told: string } {
  if (cell?.status === "suppressed") return { value: null, told: "masqué" };
  const told = writeCell(indicator ?? shown, cell);
  if (indicator === null || unitWords(indicator) === unitWords(shown)) return { value: cell?.value ?? null, told };
  return {
    value: null,
    told: (cell?.value ?? null) === null || indicator.unit === "euros" ? told : `${told}${NBSP}${unitWords(indicator)}`,
  };
}

export function writeDecimal(value: number, decimals: number): string {
  const [whole = "0", part = ""] = value.toFixed(decimals).split(".");
  return part === "" ? formatInteger(Number(whole)) : `${formatInteger(Number(whole))},${part}`;
}

/** « 12,4 », an amount in euros; empty when it can't be told. */
export function writeRate(year: PublishedYear, indicator: Indicator, cell: PublishedCell | null): string {
  if (cell === null || indicator.formula?.kind === "ratio") return "";
  const rate = ratePerThousand(year, cell);
  if (rate === null) return "";
  return indicator.unit === "euros" ? `${writeDecimal(rate / 100, 2)}${NBSP}€` : writeDecimal(rate, 1);
}

/** The network's figure of a year in a sentence, with who it adds up and how it moved; no order among the CCAS. */
export function tellIndicator(years: readonly PublishedYear[], year: PublishedYear, indicator: Indicator): string {
  const cell = findCell(year, NETWORK, indicator.code);
  if (!cell || cell.status === "missing") return `En ${year.year}, aucun CCAS n’a renseigné cet indicateur.`;
  if (cell.status === "suppressed")
    return `En ${year.year}, le chiffre du réseau est masqué : il dirait trop de quelques personnes.`;
  if (cell.value === null)
    return `En ${year.year}, le chiffre du réseau est ${STATUS_WORDS[cell.status as "not-known"]}.`;
  const unit = indicator.formula?.kind === "ratio" || indicator.unit === "euros" ? "" : ` ${unitWords(indicator)}`;
  const told = `En ${year.year}, le réseau compte ${writeCell(indicator, cell)}${unit}`;
  const who = cell.members === null ? "" : `, pour ${cell.members} CCAS sur ${year.members.length}`;
  const trend = followCell(years, NETWORK, { indicator: indicator.code, dimension: null, category: null });
  const at = trend.findIndex((point) => point.year === year.year);
  const [before, now] = [trend[at - 1], trend[at]];
  if (!before?.cell || before.cell.value === null || !now) return `${told}${who}.`;
  if (now.isBreak) return `${told}${who}. La définition a changé : ${before.year} ne s’y compare pas.`;
  if (before.cell.members !== cell.members)
    return `${told}${who}. ${before.year} portait sur ${before.cell.members ?? 0} CCAS : les deux ne se comparent pas.`;
  return `${told}${who} ; ${writeCell(indicator, before.cell)} en ${before.year}.`;
}

/** What a reader has to know of hidden figures, with the rule. */
export function tellSecrecy(year: PublishedYear): string {
  return `Un chiffre qui porte sur moins de ${year.threshold} personnes est masqué, un zéro aussi quand il dit quelque chose de quelqu’un, et avec lui tous ceux dont il se déduirait. « Masqué » ne veut donc pas dire « petit ».`;
}

export function tellVintage(year: PublishedYear): string {
  if (year.population === null) return "Sans population de référence : pas de chiffre pour 1 000 habitants.";
  return `Pour 1 000 habitants : population municipale ${year.population.vintage}, ${year.population.producer}.`;
}

/** The members that a comparison leaves out, by reason, in words. */
export function tellGaps(year: PublishedYear, key: string): string {
  const byStatus = new Map<Exclude<CellStatus, "value" | "zero">, string[]>();
  for (const { id, shortName } of year.members) {
    const status = findCell(year, id, key)?.status ?? "missing";
    if (status === "value" || status === "zero") continue;
    byStatus.set(status, [...(byStatus.get(status) ?? []), shortName]);
  }
  if (byStatus.size === 0) return "Tous les CCAS sont représentés.";
  const groups = [...byStatus].map(([status, names]) =>
    names.length === year.members.length
      ? `${STATUS_WORDS[status]} pour tous les CCAS`
      : `${STATUS_WORDS[status]} pour ${enumerate(names)}`,
  );
  return `Chiffre ${groups.join(" ; ")}.`;
}
