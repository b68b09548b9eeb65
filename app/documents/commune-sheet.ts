import { THEMES, type ThemeCode } from "~/domain/observatory/indicator";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { formatReading, type ChartModel } from "./chart-model";
import { paragraph, type DocumentModel, type PlainBlock } from "./document-model";
import { formatDate, NBSP } from "./french";
import { latestPeriod, pointAt, quantityOf, readingOf, tellSource, type IndicatorReading } from "./observatory-charts";

export type SheetFacts = {
  readonly networkName: string;
  readonly communeName: string;
  readonly inseeCode: string;
  readonly readings: readonly IndicatorReading[];
  readonly charts: readonly ChartModel[];
  readonly today: PlainDate;
};

/** One commune in a few pages: what every board member receives. Nothing typed, all of it figures with their sources. */
export function composeCommuneSheet(facts: SheetFacts): DocumentModel {
  const { networkName, communeName, inseeCode, readings, charts, today } = facts;
  const known = readings.filter((reading) => latestPeriod(reading) !== null);
  const themes = (Object.keys(THEMES) as ThemeCode[]).flatMap((theme): readonly PlainBlock[] => {
    const own = known.filter(({ indicator }) => indicator.theme === theme);
    return own.length === 0
      ? []
      : [{ kind: "heading", level: 2, id: `theme-${theme}`, text: THEMES[theme] }, themeTable(theme, own)];
  });
  const sources = [...new Set(known.flatMap(({ datasets }) => datasets.map(tellSource)))].toSorted();
  return {
    language: "fr",
    title: `Fiche communale${NBSP}: ${communeName}`,
    subtitle: `Commune ${inseeCode}, ${networkName}`,
    issuer: networkName,
    reference: `Fiche communale ${inseeCode}`,
    date: formatDate(today),
    standing: null,
    blocks:
      known.length === 0
        ? [paragraph("Aucun chiffre n’a encore été importé pour cette commune.")]
        : [
            paragraph(
              `Les derniers chiffres connus au ${formatDate(today)}, d’après les statistiques publiques. «${NBSP}Secret statistique${NBSP}»${NBSP}: le producteur ne publie pas la valeur, qui n’est ni nulle ni estimée. Une médiane ou un rapport ne s’additionne pas d’une commune à l’autre.`,
            ),
            ...(charts.length === 0 ? [] : [EN_BREF]),
            ...charts.map((model): PlainBlock => ({ kind: "chart", model })),
            ...themes,
            { kind: "heading", level: 2, id: "sources", text: "Sources" },
            { kind: "list", ordered: false, items: sources },
          ],
  };
}

const EN_BREF: PlainBlock = { kind: "heading", level: 2, id: "en-bref", text: "En bref" };

function themeTable(theme: ThemeCode, readings: readonly IndicatorReading[]): PlainBlock {
  const places = readings[0]?.places.map(({ place }) => place) ?? [];
  return {
    kind: "table",
    caption: THEMES[theme],
    columns: [
      { label: "Indicateur", align: "start" },
      ...places.map(({ label }) => ({ label, align: "end" as const })),
    ],
    rows: readings.map((reading) => {
      const { indicator } = reading;
      const period = latestPeriod(reading) ?? "";
      return [
        `${indicator.label} (${period})`,
        ...places.map(({ key }) => {
          const entry = reading.places.find(({ place }) => place.key === key);
          return formatReading(readingOf(entry ? pointAt(entry, period) : undefined), quantityOf(indicator));
        }),
      ];
    }),
  };
}
