import type { ReactNode } from "react";
import { formatReading, type ChartModel } from "~/documents/chart-model";
import { CHART_WIDTH, INK, type Drawn } from "./chart-parts";
import { drawAges } from "./draw-ages";
import { drawComparison } from "./draw-comparison";
import { drawDistribution } from "./draw-distribution";
import { drawMap } from "./draw-map";
import { drawTrend } from "./draw-trend";

type ChartSvgProps = {
  readonly model: ChartModel;
  /** Ids of the texts that name and describe the picture; left out in a file of its own, which carries them. */
  readonly labelledBy?: string;
};

/**
 * The picture alone. Its colours are attributes, so that it stands in a file of its own; the stylesheet of a page has the last word, for
 * the dark mode and the print. A place's own tooltip is a `title` of its mark: the browser shows it, no script is needed.
 */
export function ChartSvg({ model, labelledBy }: ChartSvgProps) {
  const { height, content } = draw(model);
  return (
    <svg
      className="chart-picture"
      viewBox={`0 0 ${CHART_WIDTH} ${height}`}
      role="img"
      {...(labelledBy === undefined ? { "aria-label": model.finding } : { "aria-labelledby": labelledBy })}
    >
      <Patterns id={model.id} />
      {content}
    </svg>
  );
}

function draw(model: ChartModel): Drawn {
  switch (model.data.kind) {
    case "trend":
      return drawTrend(model, model.data);
    case "comparison":
      return drawComparison(model, model.data);
    case "distribution":
      return drawDistribution(model, model.data);
    case "ages":
      return drawAges(model, model.data);
    case "map":
      return drawMap(model, model.data);
  }
}

/** Hatches tell apart what colour would: what is secret, and the classes of a map, each denser than the one before. */
function Patterns({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={`${id}-secret`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill={INK.sheet} className="chart-ground" />
        <path d="M0 0v6" stroke={INK.soft} className="chart-soft-line" strokeWidth="1.6" />
      </pattern>
      <pattern id={`${id}-missing`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill={INK.sheet} className="chart-ground" />
        <circle cx="3" cy="3" r="0.8" fill={INK.soft} className="chart-soft" />
      </pattern>
      <pattern id={`${id}-unsummable`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill={INK.sheet} className="chart-ground" />
        <path d="M1 4h3" stroke={INK.soft} className="chart-soft-line" strokeWidth="1" />
      </pattern>
      <pattern id={`${id}-reference`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="5" height="5" fill={INK.sheet} className="chart-ground" />
        <path d="M0 0v5" stroke={INK.warm} className="chart-warm-line" strokeWidth="2" />
      </pattern>
      {SHADES.map(({ tint, line }, shade) => (
        <pattern
          key={shade}
          id={`${id}-classe-${shade}`}
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform={`rotate(${shade % 2 === 0 ? 0 : 90})`}
        >
          <rect width="7" height="7" fill={INK.sheet} className="chart-ground" />
          <rect width="7" height="7" fill={INK.accent} className="chart-accent" fillOpacity={tint} />
          <path d="M0 3.5h7" stroke={INK.accent} className="chart-accent-line" strokeWidth={line} strokeOpacity="0.6" />
        </pattern>
      ))}
    </defs>
  );
}

/** Each class darker than the one before, and its lines thicker: either is enough. */
const SHADES = [
  { tint: 0.05, line: 0 },
  { tint: 0.18, line: 1 },
  { tint: 0.36, line: 2 },
  { tint: 0.6, line: 3.5 },
] as const;

type StandaloneChartProps = {
  readonly model: ChartModel;
  /** Without title nor sources, where the text around gives them. */
  readonly bare?: boolean;
};

/** A file of its own carries its title, unit and sources: it may travel without the page. */
export function StandaloneChart({ model, bare = false }: StandaloneChartProps) {
  const { height, content } = draw(model);
  if (bare)
    return (
      <svg
        xmlns="http://www.w3.org/2000/svg"
        width={CHART_WIDTH}
        height={height}
        viewBox={`-4 -4 ${CHART_WIDTH + 8} ${height + 8}`}
        fontFamily="Libertinus Serif, DejaVu Sans Mono"
      >
        <Patterns id={model.id} />
        {content}
      </svg>
    );
  const title = wrap(model.finding, 46);
  const foot = [...model.sources.map((source) => `Source : ${source}.`), ...model.notes].flatMap((line) =>
    wrap(line, 74),
  );
  const [margin, titleHeight] = [16, title.length * 19 + 24];
  const total = margin + titleHeight + height + 14 + foot.length * 12 + margin;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={(CHART_WIDTH + 2 * margin) * 2}
      height={total * 2}
      viewBox={`0 0 ${CHART_WIDTH + 2 * margin} ${total}`}
      fontFamily="'Atkinson Hyperlegible Next', 'Segoe UI', sans-serif"
      role="img"
      aria-labelledby={`${model.id}-t ${model.id}-d`}
    >
      <title id={`${model.id}-t`}>{model.finding}</title>
      <desc id={`${model.id}-d`}>{describeRows(model)}</desc>
      <rect width="100%" height="100%" fill={INK.sheet} />
      <Patterns id={model.id} />
      <Lines lines={title} x={margin} y={margin + 15} step={19} size={15} weight={700} />
      <Lines
        lines={[`${model.subject}${model.quantity.unit === "" ? "" : `, en ${model.quantity.unit}`}, ${model.period}`]}
        x={margin}
        y={margin + titleHeight - 10}
        step={14}
        size={11}
        soft
      />
      <g transform={`translate(${margin} ${margin + titleHeight})`}>{content}</g>
      <Lines lines={foot} x={margin} y={margin + titleHeight + height + 20} step={12} size={9} soft />
    </svg>
  );
}

type LinesProps = {
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly step: number;
  readonly size: number;
  readonly weight?: number;
  readonly soft?: boolean;
};

function Lines({ lines, x, y, step, size, weight = 400, soft = false }: LinesProps): ReactNode {
  return lines.map((line, index) => (
    <text key={index} x={x} y={y + index * step} fontSize={size} fontWeight={weight} fill={soft ? INK.soft : INK.text}>
      {line}
    </text>
  ));
}

/** Lines of at most so many letters, broken between words. */
export function wrap(text: string, letters: number): readonly string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
    return lines;
  }, []);
}

function describeRows({ data, quantity }: ChartModel): string {
  switch (data.kind) {
    case "comparison":
    case "map":
      return data.rows.map(({ place, reading }) => `${place.label} : ${formatReading(reading, quantity)}`).join(" ; ");
    case "distribution":
      return data.marks.map(({ place, reading }) => `${place.label} : ${formatReading(reading, quantity)}`).join(" ; ");
    case "trend":
      return data.series
        .map(({ place, points }) => {
          const told = points.map(({ period, reading }) => `${formatReading(reading, quantity)} (${period})`);
          return `${place.label} : ${told.join(", ")}`;
        })
        .join(" ; ");
    case "ages":
      return data.bands
        .map(
          ({ label, shares }) =>
            `${label} : ${data.places.map((place, rank) => `${place.label} ${formatReading(shares[rank] ?? { status: "missing" }, quantity)}`).join(", ")}`,
        )
        .join(" ; ");
  }
}
