import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadIndicatorView } from "~/features/observatory/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { writeChartFile } from "~/ui/charts/chart-file";
import { readChartState } from "~/ui/observatory/chart-state";

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const state = readChartState(args.request.url);
  const view = await loadIndicatorView(getDb(), network.id, args.params["code"] ?? "", state);
  if (!view?.chart) throw notFound();
  return new Response(writeChartFile(view.chart), {
    headers: {
      "Content-Type": "image/svg+xml; charset=utf-8",
      "Content-Disposition": `attachment; filename="${view.indicator.code}-${state.view}.svg"`,
      ...publicCaching(viewer).headers,
    },
  });
}
