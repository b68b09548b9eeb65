import type { LoaderFunctionArgs } from "@remix-run/node";
import { listNetworkTerritories, listTidyRows, tidyToOds } from "~/features/figures/tidy.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ODS_TYPE } from "~/services/spreadsheet.server";

/** Every indicator of the network's territories, one line per figure, its source on each. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const rows = await listTidyRows(getDb(), await listNetworkTerritories(getDb(), network));
  return new Response(Buffer.from(await tidyToOds(rows)), {
    headers: {
      "Content-Type": ODS_TYPE,
      "Content-Disposition": `attachment; filename="chiffres-${network.slug}.ods"`,
      ...publicCaching(viewer).headers,
    },
  });
}
