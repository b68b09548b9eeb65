import { formatNumber, formatQuantity, type ChartModel, type DistributionData } from "~/documents/chart-model";
import { CHART_WIDTH, INK, Label, TEXT_SIZE, type Drawn } from "./chart-parts";
import { DISTRIBUTION, layoutDistribution } from "./geometry/distribution";

export function drawDistribution({ quantity }: ChartModel, data: DistributionData): Drawn {
  const layout = layoutDistribution(
    data,
    CHART_WIDTH,
    (place, value) => `${place.label} ${formatNumber(value, quantity.decimals)}`,
  );
  const { baseline } = layout;
  const marksTop = baseline + DISTRIBUTION.axis + 6;
  const median = layout.quartiles[1];
  return {
    height: layout.height,
    content: (
      <>
        {layout.columns.map(({ x, y, width, height }) => (
          <rect key={x} x={x} y={y} width={width} height={height} fill={INK.rule} className="chart-rule" />
        ))}
        <path d={`M0 ${baseline + 0.5}H${CHART_WIDTH}`} stroke={INK.strong} className="chart-strong-line" />
        {median && (
          <>
            <path
              d={`M${median.x} 18V${baseline}`}
              stroke={INK.warm}
              className="chart-warm-line"
              strokeWidth="1.6"
              strokeDasharray="4 3"
            />
            <Label
              x={median.x}
              y={12}
              anchor={median.x < 90 ? "start" : median.x > CHART_WIDTH - 90 ? "end" : "middle"}
              size={TEXT_SIZE.small}
              soft
            >
              {`médiane des communes : ${formatQuantity(median.value, quantity)}`}
            </Label>
          </>
        )}
        {layout.ticks.map(({ x, value }) => (
          <Label
            key={value}
            x={x}
            y={baseline + 15}
            anchor={x < 20 ? "start" : x > CHART_WIDTH - 20 ? "end" : "middle"}
            size={TEXT_SIZE.small}
            soft
          >
            {formatNumber(value, quantity.decimals)}
          </Label>
        ))}
        {layout.marks.map(({ place, value, x, lane, labelX, anchor }) => {
          const y = marksTop + lane * DISTRIBUTION.lane + 9;
          const isOurs = place.kind === "commune" || place.kind === "network";
          return (
            <g key={place.key}>
              <title>{`${place.label} : ${formatQuantity(value, quantity)}`}</title>
              <path
                d={`M${x} ${baseline - 8}V${y - 4}`}
                stroke={isOurs ? INK.accent : INK.warm}
                className={isOurs ? "chart-accent-line" : "chart-warm-line"}
                strokeWidth="1.2"
              />
              <circle
                cx={x}
                cy={y - 4}
                r={4}
                fill={isOurs ? INK.accent : INK.warm}
                className={isOurs ? "chart-accent" : "chart-warm"}
              />
              <Label x={labelX} y={y} anchor={anchor} size={TEXT_SIZE.small} bold={place.kind !== "commune"} halo>
                {`${place.label} ${formatNumber(value, quantity.decimals)}`}
              </Label>
            </g>
          );
        })}
      </>
    ),
  };
}
