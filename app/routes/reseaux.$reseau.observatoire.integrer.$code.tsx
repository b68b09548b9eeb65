import type { LoaderFunctionArgs } from "@remix-run/node";
import { renderToStaticMarkup } from "react-dom/server";
import { loadIndicatorView } from "~/features/observatory/queries.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import stylesheet from "~/styles/app.css?url";
import { EmbeddedChart } from "~/ui/charts/embedded-chart";
import { chartQuery } from "~/ui/observatory/chart-links";
import { readChartState } from "~/ui/observatory/chart-state";

/** Shown within another site, so this page alone may be framed; it has no form, no script and nothing of whoever is signed in. */
const POLICY = [
  ...["default-src 'none'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:", "base-uri 'none'"],
  ...["form-action 'none'", "frame-ancestors 'self' https: http:"],
].join("; ");

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const state = readChartState(args.request.url);
  const view = await loadIndicatorView(getDb(), network.id, args.params["code"] ?? "", state);
  if (!view) throw notFound();
  const query = chartQuery({ code: view.indicator.code, ...state });
  const page = renderToStaticMarkup(
    <EmbeddedChart
      chart={view.chart}
      why={view.why}
      title={view.indicator.label}
      stylesheet={stylesheet}
      networkName={network.name}
      home={`${getEnv().publicUrl}/reseaux/${network.slug}/observatoire/indicateurs/${view.indicator.code}${query}`}
    />,
  );
  return new Response(`<!doctype html>${page}`, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": POLICY,
      ...publicCaching(viewer).headers,
    },
  });
}
