import { formatMark, formatReading, type ChartModel, type ComparisonData } from "~/documents/chart-model";
import { CHART_WIDTH, INK, Label, type Drawn } from "./chart-parts";
import { COMPARISON_ROW, layoutComparison, type ComparisonBar } from "./geometry/comparison";

/** Our communes full, what they are compared with hatched: the shape tells before the colour does. */
export function drawComparison({ id, quantity }: ChartModel, data: ComparisonData): Drawn {
  const { bars, height, zero } = layoutComparison(data, CHART_WIDTH);
  return {
    height,
    content: (
      <>
        {bars.map((bar) => (
          <g key={bar.place.key}>
            <title>{`${bar.place.label} : ${formatReading(bar.reading, quantity)}`}</title>
            <Label x={0} y={bar.y + 13} bold={bar.place.kind !== "commune"}>
              {bar.place.label}
            </Label>
            <Label x={CHART_WIDTH} y={bar.y + 13} anchor="end" bold soft={bar.reading.status !== "value"}>
              {formatMark(bar.reading, quantity)}
            </Label>
            <Bar id={id} bar={bar} />
          </g>
        ))}
        <path d={`M${zero} 0V${height - 6}`} stroke={INK.strong} className="chart-strong-line" strokeWidth="1" />
      </>
    ),
  };
}

function Bar({ id, bar: { place, reading, x, y, length } }: { readonly id: string; readonly bar: ComparisonBar }) {
  const top = y + COMPARISON_ROW.label + 3;
  if (reading.status !== "value")
    return (
      <rect
        x={0.5}
        y={top + 0.5}
        width={CHART_WIDTH - 1}
        height={COMPARISON_ROW.bar - 1}
        fill={`url(#${id}-${reading.status})`}
        stroke={INK.rule}
        className="chart-rule-line"
      />
    );
  const isOurs = place.kind === "commune" || place.kind === "network";
  return (
    <rect
      x={x}
      y={top}
      width={Math.max(1.5, length)}
      height={COMPARISON_ROW.bar}
      fill={isOurs ? INK.accent : `url(#${id}-reference)`}
      {...(isOurs ? { className: "chart-accent" } : { stroke: INK.warm, className: "chart-warm-line" })}
      fillOpacity={place.kind === "network" ? 0.6 : 1}
    />
  );
}
