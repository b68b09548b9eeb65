import {
  formatMark,
  formatNumber,
  formatQuantity,
  formatReading,
  valueOf,
  type ChartModel,
  type ChartPlace,
  type MapData,
  type Quantity,
  type Reading,
} from "~/documents/chart-model";
import { CHART_WIDTH, INK, Label, TEXT_SIZE, type Drawn } from "./chart-parts";
import { layoutMap, MAP, type MapArea } from "./geometry/map";

const KEY_ROW = 22;
/** Letters of a key that leave room for another one on its line. */
const SHORT_KEY = 22;

/** Shaded areas with hatches that thicken, or discs; the value itself is written on each place when there are few. */
export function drawMap(model: ChartModel, data: MapData): Drawn {
  const { id, quantity } = model;
  const markOf = (reading: Reading): string =>
    reading.status === "secret"
      ? "secret"
      : formatMark(reading, { ...quantity, unit: quantity.unit.startsWith("%") ? "%" : "" });
  const { areas, symbols, labels, classes, height } = layoutMap(data, CHART_WIDTH, markOf);
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
  const isCrowded = Math.max(areas.length, symbols.length) > MAP.crowd;
  const discs = symbols.filter(({ reading }) => reading.status === "value");
  const unknown = symbols.filter(({ reading }) => reading.status !== "value");
  // In a crowd, the tooltip of the disc is enough.
  const hasDisc = new Set(isCrowded ? symbols.map(({ place }) => place.key) : []);
  const columns = keys.every(({ label }) => label.length <= SHORT_KEY) ? 2 : 1;
  const rows = Math.ceil(keys.length / columns);
  return {
    height: height + rows * KEY_ROW + 4,
    content: (
      <>
        <g
          fillRule="evenodd"
          stroke={INK.strong}
          className={data.look === "symbols" ? "chart-land" : "chart-strong-line"}
          strokeWidth={isCrowded ? 0.4 : 1}
          strokeLinejoin="round"
          {...(data.look === "symbols" ? { fill: "#f2eee4" } : {})}
        >
          {areas.map((area) => (
            <path key={area.place.key} d={area.path} {...(data.look === "areas" ? { fill: fillOf(id, area) } : {})}>
              {hasDisc.has(area.place.key) ? null : <Told {...area} quantity={quantity} />}
            </path>
          ))}
        </g>
        <g
          fill={INK.accent}
          className="chart-disc"
          fillOpacity={0.3}
          stroke={INK.accent}
          strokeWidth={isCrowded ? 0.6 : 1.4}
        >
          {discs.map(({ place, reading, x, y, radius }) => (
            <circle
              key={place.key}
              cx={x}
              cy={y}
              r={radius}
              {...((valueOf(reading) ?? 0) < 0 ? { strokeDasharray: "3 2" } : {})}
            >
              <Told place={place} reading={reading} quantity={quantity} />
            </circle>
          ))}
        </g>
        <g stroke={INK.soft} className="chart-soft-line">
          {unknown.map(({ place, reading, x, y }) => (
            <rect key={place.key} x={x - 6} y={y - 6} width={12} height={12} fill={`url(#${id}-${reading.status})`}>
              <Told place={place} reading={reading} quantity={quantity} />
            </rect>
          ))}
        </g>
        <g stroke={INK.strong} className="chart-strong-line" strokeWidth={1}>
          {labels.map(({ place, from, x, y }) =>
            from ? <line key={place.key} x1={from.x} y1={from.y} x2={x} y2={y} /> : null,
          )}
        </g>
        {labels.map(({ place, reading, x, y }) => (
          <g key={place.key}>
            <Label x={x} y={y - 2} anchor="middle" size={TEXT_SIZE.small} halo>
              {place.label}
            </Label>
            <Label x={x} y={y + 12} anchor="middle" size={12} bold halo>
              {markOf(reading)}
            </Label>
          </g>
        ))}
        {keys.map(({ fill, label }, index) => (
          <g
            key={label}
            transform={`translate(${(index % columns) * (CHART_WIDTH / 2)} ${height + Math.floor(index / columns) * KEY_ROW})`}
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

type ToldProps = { readonly place: ChartPlace; readonly reading: Reading; readonly quantity: Quantity };

/** What the browser shows when the pointer rests on a place. */
function Told({ place, reading, quantity }: ToldProps) {
  return <title>{`${place.label} : ${formatReading(reading, quantity)}`}</title>;
}

function fillOf(id: string, { reading, shade }: MapArea): string {
  if (reading.status !== "value") return `url(#${id}-${reading.status})`;
  return `url(#${id}-classe-${shade ?? 0})`;
}
