import type { LoaderFunctionArgs } from "@remix-run/node";
import { writeMarkdown } from "~/documents/markdown-writer";
import { composeDraft, findDownloads, findFullPublication } from "~/features/minutes/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { addressOf, openMinutes, requireNumber } from "./reseaux.$reseau.proces-verbaux.$numero._index/open-minutes.server";

/** The published file, byte for byte, or with the acts that corrected it since; for members, the draft as it stands or the whole text. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, viewer } = await openPublicPage(args);
  const number = requireNumber(args.params);
  const { searchParams } = new URL(args.request.url);
  const address = addressOf(network, number);
  const files = searchParams.has("complet")
    ? null
    : await findDownloads(getDb(), network.id, number, { address, asPublished: searchParams.has("publie") });
  const name = `proces-verbal-${network.slug}-${number.year}-${number.rank}`;
  if (files) return markdownFile(files.markdown, name, publicCaching(viewer).headers ?? {});
  const { minutes } = await openMinutes(args, "minutes.read-draft");
  const document = (await findFullPublication(getDb(), network.id, minutes.id, address)) ?? composeDraft(minutes);
  return markdownFile(writeMarkdown(document), `${name}-interne`, { "Cache-Control": "no-store" });
}

function markdownFile(text: string, name: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(text, {
    headers: {
      "Content-Type": "text/markdown; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.md"`,
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
  });
}
