import { formatNumber, formatQuantity, type ChartModel, type TrendData } from "~/documents/chart-model";
import { CHART_WIDTH, INK, Label, TEXT_SIZE, type Drawn } from "./chart-parts";
import { layoutTrend, TREND_PANEL, type TrendLayout, type TrendPanel } from "./geometry/trend";

export function drawTrend(model: ChartModel, data: TrendData): Drawn {
  const layout = layoutTrend(data, CHART_WIDTH);
  return {
    height: layout.height,
    content: layout.panels.map((panel) => <Panel key={panel.place.key} model={model} panel={panel} layout={layout} />),
  };
}

type PanelProps = { readonly model: ChartModel; readonly panel: TrendPanel; readonly layout: TrendLayout };

function Panel({ model: { id, quantity }, panel, layout }: PanelProps) {
  const { panelWidth, plotHeight, years } = layout;
  const top = TREND_PANEL.top;
  const isOurs = panel.place.kind === "commune" || panel.place.kind === "network";
  const line = isOurs
    ? { stroke: INK.accent, className: "chart-accent-line" }
    : { stroke: INK.warm, className: "chart-warm-line" };
  return (
    <g transform={`translate(${panel.x} ${panel.y})`}>
      <Label x={0} y={13} size={TEXT_SIZE.label} bold>
        {panel.place.label}
      </Label>
      <path d={`M0 ${panel.baseline + 0.5}H${panelWidth}`} stroke={INK.strong} className="chart-strong-line" />
      {panel.secrets.map(({ x, period }) => (
        <rect
          key={period}
          x={x - 4}
          y={top}
          width={8}
          height={plotHeight}
          fill={`url(#${id}-secret)`}
          stroke={INK.rule}
          className="chart-rule-line"
        >
          <title>{`${panel.place.label}, ${period} : secret statistique`}</title>
        </rect>
      ))}
      {panel.breaks.map(({ x, after }) => (
        <g key={after}>
          <path
            d={`M${x} ${top - 6}V${panel.baseline}`}
            stroke={INK.soft}
            className="chart-soft-line"
            strokeWidth="1.4"
            strokeDasharray="3 3"
          />
          <Label x={x} y={panel.baseline - 4} anchor="middle" size={10.5} soft halo>
            rupture
          </Label>
        </g>
      ))}
      {panel.paths.map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          strokeWidth="2.4"
          strokeLinejoin="round"
          {...line}
          {...(isOurs ? {} : { strokeDasharray: "6 3" })}
        />
      ))}
      {panel.dots.map(({ x, y, period, value }) => (
        <circle
          key={period}
          cx={x}
          cy={y}
          r={3}
          fill={isOurs ? INK.accent : INK.warm}
          className={isOurs ? "chart-accent" : "chart-warm"}
        >
          <title>{`${panel.place.label}, ${period} : ${formatQuantity(value, quantity)}`}</title>
        </circle>
      ))}
      {panel.ends.map(({ x, y, value, anchor }) => (
        <Label
          key={anchor}
          x={anchor === "start" ? Math.max(0, x - 4) : anchor === "end" ? Math.min(panelWidth, x + 4) : x}
          y={Math.max(top - 8, y - 8)}
          anchor={anchor}
          size={12}
          bold
          halo
        >
          {formatNumber(value, quantity.decimals)}
        </Label>
      ))}
      {panel.dots.length === 0 && (
        <Label x={panelWidth / 2} y={top + plotHeight / 2} anchor="middle" size={12} soft halo>
          {panel.secrets.length > 0 ? "secret statistique" : "non disponible"}
        </Label>
      )}
      <Label x={0} y={panel.baseline + 15} size={TEXT_SIZE.small} soft>
        {String(years[0])}
      </Label>
      {years[1] !== years[0] ? (
        <Label x={panelWidth} y={panel.baseline + 15} anchor="end" size={TEXT_SIZE.small} soft>
          {String(years[1])}
        </Label>
      ) : (
        <></>
      )}
      <Label x={panelWidth / 2} y={panel.baseline + 15} anchor="middle" size={10.5} soft>
        {`de ${formatNumber(panel.floor, quantity.decimals)} à ${formatNumber(panel.ceiling, quantity.decimals)}`}
      </Label>
    </g>
  );
}
