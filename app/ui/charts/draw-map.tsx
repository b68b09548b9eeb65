import {
  formatMark,
  formatNumber,
  formatQuantity,
  formatReading,
  type ChartModel,
  type MapData,
} from "~/documents/chart-model";
import { CHART_WIDTH, INK, Label, TEXT_SIZE, type Drawn } from "./chart-parts";
import { layoutMap, type MapArea } from "./geometry/map";

const KEY_ROW = 22;

/** Shaded areas with hatches that thicken, or discs; the value itself is written on each place when there are few. */
export function drawMap(model: ChartModel, data: MapData): Drawn {
  const { id, quantity } = model;
  const { areas, symbols, labels, classes, height } = layoutMap(data, CHART_WIDTH);
  const hasSecret = data.rows.some(({ reading }) => reading.status === "secret");
  const hasMissing = data.rows.some(({ reading }) => reading.status === "missing");
  const keys = [
    ...classes.map(({ from, to }, shade) => ({
      fill: `url(#${id}-classe-${shade})`,
      label:
        from === to
          ? formatQuantity(from, quantity)
          : `de ${formatNumber(from, quantity.decimals)} à ${formatQuantity(to, quantity)}`,
    })),
    ...(hasSecret ? [{ fill: `url(#${id}-secret)`, label: "secret statistique" }] : []),
    ...(hasMissing ? [{ fill: `url(#${id}-missing)`, label: "non disponible" }] : []),
  ];
  const rows = Math.ceil(keys.length / 2);
  return {
    height: height + rows * KEY_ROW + 4,
    content: (
      <>
        {areas.map((area) => (
          <path
            key={area.place.key}
            d={area.path}
            fill={fillOf(id, area, data.look)}
            fillRule="evenodd"
            stroke={INK.strong}
            className={data.look === "symbols" ? "chart-land" : "chart-strong-line"}
            strokeWidth={areas.length > 60 ? 0.4 : 1}
            strokeLinejoin="round"
          >
            <title>{`${area.place.label} : ${formatReading(area.reading, quantity)}`}</title>
          </path>
        ))}
        {symbols.map(({ place, reading, x, y, radius }) =>
          reading.status === "value" ? (
            <circle
              key={place.key}
              cx={x}
              cy={y}
              r={radius}
              fill={INK.accent}
              className="chart-disc"
              fillOpacity={0.3}
              stroke={INK.accent}
              strokeWidth={symbols.length > 60 ? 0.6 : 1.4}
              strokeDasharray={reading.value < 0 ? "3 2" : "none"}
            >
              <title>{`${place.label} : ${formatReading(reading, quantity)}`}</title>
            </circle>
          ) : (
            <rect
              key={place.key}
              x={x - 6}
              y={y - 6}
              width={12}
              height={12}
              fill={`url(#${id}-${reading.status})`}
              stroke={INK.soft}
              className="chart-soft-line"
            >
              <title>{`${place.label} : ${formatReading(reading, quantity)}`}</title>
            </rect>
          ),
        )}
        {labels.map(({ place, reading, x, y }) => (
          <g key={place.key}>
            <Label x={x} y={y - 2} anchor="middle" size={TEXT_SIZE.small} halo>
              {place.label}
            </Label>
            <Label x={x} y={y + 12} anchor="middle" size={12} bold halo>
              {reading.status === "secret"
                ? "secret"
                : formatMark(reading, { ...quantity, unit: quantity.unit.startsWith("%") ? "%" : "" })}
            </Label>
          </g>
        ))}
        {keys.map(({ fill, label }, index) => (
          <g
            key={label}
            transform={`translate(${(index % 2) * (CHART_WIDTH / 2)} ${height + Math.floor(index / 2) * KEY_ROW})`}
          >
            <rect
              x={0.5}
              y={0.5}
              width={26}
              height={14}
              fill={fill}
              stroke={INK.strong}
              className="chart-strong-line"
            />
            <Label x={34} y={12} size={TEXT_SIZE.small}>
              {label}
            </Label>
          </g>
        ))}
      </>
    ),
  };
}

function fillOf(id: string, { reading, shade }: MapArea, look: MapData["look"]): string {
  if (look === "symbols") return "#f2eee4";
  if (reading.status !== "value") return `url(#${id}-${reading.status})`;
  return `url(#${id}-classe-${shade ?? 0})`;
}
