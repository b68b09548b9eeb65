import type { LoaderFunctionArgs } from "@remix-run/node";
import { releasesToOds } from "~/features/releases/export.server";
import { loadConsolidatedView } from "~/features/releases/view.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ODS_TYPE } from "~/services/spreadsheet.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const view = await loadConsolidatedView(getDb(), network.id, actor, new URL(args.request.url).searchParams);
  return new Response(Buffer.from(await releasesToOds(view.publications)), {
    headers: {
      "Content-Type": ODS_TYPE,
      "Content-Disposition": `attachment; filename="indicateurs-${network.slug}.ods"`,
      ...publicCaching(viewer).headers,
    },
  });
}
