import { renderToStaticMarkup } from "react-dom/server";
import type { ChartModel } from "~/documents/chart-model";
import { StandaloneChart } from "./chart-svg";

/** A chart as a file of its own, or as the picture of a PDF. */
export function writeChartFile(model: ChartModel): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderToStaticMarkup(<StandaloneChart model={model} />)}`;
}

/** In a PDF the title and the sources are text of the page: the picture carries its marks alone. */
export function writeChartPicture(model: ChartModel): string {
  return renderToStaticMarkup(<StandaloneChart model={model} bare />);
}
