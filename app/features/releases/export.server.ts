import { isEntered, parseCellKey, type Indicator } from "~/domain/indicator/dictionary";
import { NETWORK } from "~/domain/statistics/release/frozen-year";
import { ratePerThousand, type PublishedCell, type PublishedYear } from "~/domain/statistics/release/published-year";
import { composeCsv } from "~/documents/csv";
import { STATUS_WORDS, unitWords } from "~/documents/release-words";
import { composeOds, type SheetCell } from "~/services/spreadsheet.server";
import type { Publication } from "./queries.server";

const HEADING = [
  ...["publication", "année", "public", "seuil", "version du dictionnaire", "population", "indicateur", "libellé"],
  ...["ventilation", "catégorie", "unité", "périmètre", "valeur", "statut", "pour 1 000 habitants", "CCAS additionnés"],
];

/** One line per cell: what is told, its status, and all that is needed to read it away from its page. */
function listLines(publications: readonly Publication[]): readonly (readonly SheetCell[])[] {
  return publications.flatMap(({ number, content }) =>
    content.cells.map((cell) => {
      const ref = parseCellKey(cell.key);
      const indicator = content.dictionary.indicators.find(({ code }) => code === ref?.indicator);
      const dimension = indicator?.dimensions.find(({ code }) => code === ref?.dimension);
      const category = dimension?.categories.find(({ code }) => code === ref?.category);
      return [
        ...[number, content.year, content.audience === "public" ? "public" : "membres", content.threshold],
        ...[content.dictionary.version, vintageOf(content), ref?.indicator ?? cell.key, indicator?.label ?? ""],
        ...[
          dimension?.label ?? "",
          category?.label ?? "",
          indicator ? unitWords(indicator) : "",
          scopeOf(content, cell),
        ],
        ...[
          indicator ? valueOf(indicator, cell) : null,
          statusOf(cell),
          rateOf(content, indicator, cell),
          cell.members,
        ],
      ];
    }),
  );
}

const statusOf = ({ status }: PublishedCell): string =>
  status === "value" ? "valeur" : status === "zero" ? "zéro" : STATUS_WORDS[status];
const vintageOf = ({ population }: PublishedYear): string =>
  population === null ? "" : `${population.producer} ${population.vintage}`;
const scopeOf = (year: PublishedYear, cell: PublishedCell): string =>
  cell.scope === NETWORK ? "réseau" : (year.members.find(({ id }) => id === cell.scope)?.shortName ?? cell.scope);

/** Amounts in euros, as people read them. */
function valueOf(indicator: Indicator, cell: PublishedCell): number | null {
  if (cell.value === null) return null;
  return indicator.unit === "euros" && indicator.formula?.kind !== "ratio" ? cell.value / 100 : cell.value;
}

function rateOf(year: PublishedYear, indicator: Indicator | undefined, cell: PublishedCell): number | null {
  if (!indicator || indicator.formula?.kind === "ratio") return null;
  const rate = ratePerThousand(year, cell);
  if (rate === null) return null;
  return Math.round(indicator.unit === "euros" ? rate : rate * 100) / 100;
}

export function releasesToCsv(publications: readonly Publication[]): string {
  return composeCsv(HEADING, listLines(publications));
}

export function releasesToOds(publications: readonly Publication[]): Promise<Uint8Array> {
  return composeOds("Indicateurs", HEADING, listLines(publications));
}

/** Each cell as `{ value, status }`, by indicator, then by whose it is; with the dictionary that says what it means. */
export function releasesToJson(networkName: string, publications: readonly Publication[]): string {
  return JSON.stringify({
    network: networkName,
    statuses: ["value", "zero", "not-applicable", "not-known", "not-released", "suppressed", "missing"],
    releases: publications.map(({ number, publishedAt, outputsHash, content }) => ({
      ...{ number, publishedAt, sha256: outputsHash, year: content.year, audience: content.audience },
      ...{ threshold: content.threshold, population: content.population },
      dictionary: {
        version: content.dictionary.version,
        indicators: content.dictionary.indicators.map((indicator) => ({
          ...{ code: indicator.code, section: indicator.section, label: indicator.label },
          ...{ definition: indicator.definition, unit: indicator.unit, period: indicator.period },
          ...{ dimensions: indicator.dimensions, formula: indicator.formula, isEntered: isEntered(indicator) },
          ...{ series: indicator.series, breakReason: indicator.breakReason },
        })),
      },
      members: content.members,
      cells: content.cells.map((cell) => {
        const indicator = content.dictionary.indicators.find(({ code }) => code === parseCellKey(cell.key)?.indicator);
        return {
          ...{ scope: cell.scope === NETWORK ? "network" : cell.scope, cell: cell.key },
          ...{ value: indicator ? valueOf(indicator, cell) : null, status: cell.status, members: cell.members },
        };
      }),
    })),
  });
}
