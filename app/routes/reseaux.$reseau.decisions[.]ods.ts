import type { LoaderFunctionArgs } from "@remix-run/node";
import { decisionsToOds, readDecisionFilter } from "~/features/decisions/export.server";
import { listDecisions } from "~/features/decisions/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ODS_TYPE } from "~/services/spreadsheet.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const filter = readDecisionFilter(new URL(args.request.url).searchParams);
  const sheet = await decisionsToOds(await listDecisions(getDb(), network.id, filter, null));
  return new Response(Buffer.from(sheet), {
    headers: {
      "Content-Type": ODS_TYPE,
      "Content-Disposition": `attachment; filename="decisions-${network.slug}.ods"`,
      ...publicCaching(viewer).headers,
    },
  });
}
