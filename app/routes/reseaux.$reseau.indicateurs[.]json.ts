import type { LoaderFunctionArgs } from "@remix-run/node";
import { releasesToJson } from "~/features/releases/export.server";
import { loadConsolidatedView } from "~/features/releases/view.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const view = await loadConsolidatedView(getDb(), network.id, actor, new URL(args.request.url).searchParams);
  return new Response(releasesToJson(network.name, view.publications), {
    headers: { "Content-Type": "application/json; charset=utf-8", ...publicCaching(viewer).headers },
  });
}
