import type { LoaderFunctionArgs } from "@remix-run/node";
import { decisionsToCsv, readDecisionFilter } from "~/features/decisions/export.server";
import { listDecisions } from "~/features/decisions/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const filter = readDecisionFilter(new URL(args.request.url).searchParams);
  return new Response(decisionsToCsv(await listDecisions(getDb(), network.id, filter, null)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="decisions-${network.slug}.csv"`,
      ...publicCaching(viewer).headers,
    },
  });
}
