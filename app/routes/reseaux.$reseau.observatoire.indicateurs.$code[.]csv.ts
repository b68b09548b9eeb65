import type { LoaderFunctionArgs } from "@remix-run/node";
import { tableOfChart } from "~/documents/chart-table";
import { composeCsv } from "~/documents/csv";
import { loadIndicatorView } from "~/features/observatory/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { readChartState } from "~/ui/observatory/chart-state";

/** The figures of the picture, one line per place, their unit and sources on each: a line that travels alone still says where it comes from. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const state = readChartState(args.request.url);
  const view = await loadIndicatorView(getDb(), network.id, args.params["code"] ?? "", state);
  if (!view?.chart) throw notFound();
  const { columns, rows } = tableOfChart(view.chart);
  const { subject, quantity, sources } = view.chart;
  const csv = composeCsv(
    ["Indicateur", "Unité", ...columns, "Source"],
    rows.map(({ label, values }) => [subject, quantity.unit, label, ...values, sources.join(" ; ")]),
  );
  return new Response(csv, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${view.indicator.code}-${state.view}.csv"`,
      ...publicCaching(viewer).headers,
    },
  });
}
