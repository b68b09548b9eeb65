import { formatReading, type AgesData, type ChartModel } from "~/documents/chart-model";
import { CHART_WIDTH, INK, Label, TEXT_SIZE, type Drawn } from "./chart-parts";
import { AGE_ROW, layoutAges } from "./geometry/ages";

const KEY_HEIGHT = 20;

export function drawAges({ id, quantity }: ChartModel, data: AgesData): Drawn {
  const { rows, height, labelWidth } = layoutAges(data, CHART_WIDTH);
  const keyHeight = data.places.length > 1 ? KEY_HEIGHT * data.places.length + 6 : 0;
  return {
    height: height + keyHeight,
    content: (
      <>
        {data.places.length > 1 &&
          data.places.map((place, rank) => (
            <g key={place.key}>
              <rect x={0} y={rank * KEY_HEIGHT + 2} width={22} height={12} {...fillOf(id, rank)} />
              <Label x={30} y={rank * KEY_HEIGHT + 12} size={TEXT_SIZE.small} bold={rank === 0}>
                {place.label}
              </Label>
            </g>
          ))}
        <g transform={`translate(0 ${keyHeight})`}>
          {rows.map(({ label, y, bars }) => (
            <g key={label}>
              <Label x={labelWidth - 8} y={y + 12} anchor="end" bold>
                {label}
              </Label>
              {bars.map((bar) => (
                <g key={bar.place.key}>
                  <title>{`${label}, ${bar.place.label} : ${formatReading(bar.reading, quantity)}`}</title>
                  {bar.reading.status === "value" ? (
                    <rect
                      x={labelWidth}
                      y={bar.y}
                      width={Math.max(1, bar.length)}
                      height={AGE_ROW.bar}
                      {...fillOf(id, bar.rank)}
                    />
                  ) : (
                    <rect
                      x={labelWidth}
                      y={bar.y}
                      width={60}
                      height={AGE_ROW.bar}
                      fill={`url(#${id}-${bar.reading.status})`}
                    />
                  )}
                  <Label
                    x={labelWidth + (bar.reading.status === "value" ? bar.length : 60) + 5}
                    y={bar.y + 12}
                    size={TEXT_SIZE.small}
                    bold={bar.rank === 0}
                  >
                    {formatReading(bar.reading, quantity)}
                  </Label>
                </g>
              ))}
            </g>
          ))}
        </g>
      </>
    ),
  };
}

function fillOf(id: string, rank: number) {
  return rank === 0
    ? { fill: INK.accent, className: "chart-accent" }
    : { fill: `url(#${id}-reference)`, stroke: INK.warm, className: "chart-warm-line" };
}
