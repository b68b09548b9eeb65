import type { LoaderFunctionArgs } from "@remix-run/node";
import { listPublicPaths } from "~/features/public-site/queries.server";
import { findViewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { publicCaching } from "~/services/public-cache.server";

export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const { publicUrl } = getEnv();
  const places = (await listPublicPaths(getDb())).map((path) => `<url><loc>${publicUrl}${path}</loc></url>`);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${places.join("\n")}\n</urlset>\n`;
  return new Response(body, {
    headers: {
      ...publicCaching(await findViewer(request, context)).headers,
      "Content-Type": "application/xml; charset=utf-8",
    },
  });
}
