import { CHART_VIEWS, type ChartView } from "~/documents/observatory-charts";

/** The state of a chart, as its address tells it; what can't be read is the first view. */
export function readChartState(url: string): {
  readonly view: ChartView;
  readonly period: string | null;
  readonly order: "network" | "value";
} {
  const { searchParams } = new URL(url);
  return {
    view: CHART_VIEWS.find((view) => view === searchParams.get("vue")) ?? "comparaison",
    period: searchParams.get("periode"),
    order: searchParams.get("ordre") === "valeur" ? "value" : "network",
  };
}
