import type { LoaderFunctionArgs } from "@remix-run/node";
import type { DocumentModel } from "~/documents/document-model";
import { writeTypst } from "~/documents/typst-writer";
import { composeDraft, findDownloads, findFullPublication } from "~/features/minutes/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { compilePdf, PdfUnavailable } from "~/services/pdf.server";
import { publicCaching } from "~/services/public-cache.server";
import { addressOf, openMinutes, requireNumber } from "./reseaux.$reseau.proces-verbaux.$numero._index/open-minutes.server";

/** The published file, byte for byte, or with the acts that corrected it since; for members, the draft as it stands or the whole text. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, viewer } = await openPublicPage(args);
  const number = requireNumber(args.params);
  const { searchParams } = new URL(args.request.url);
  const isFull = searchParams.has("complet");
  const address = addressOf(network, number);
  const name = `proces-verbal-${network.slug}-${number.year}-${number.rank}`;
  const files = isFull
    ? null
    : await findDownloads(getDb(), network.id, number, { address, asPublished: searchParams.has("publie") });
  if (files) {
    const bytes = files.pdf ?? (await setDocument(files.document, files.sha256));
    return pdfFile(bytes, name, publicCaching(viewer).headers ?? {});
  }
  const { minutes } = await openMinutes(args, "minutes.read-draft");
  const document = (await findFullPublication(getDb(), network.id, minutes.id, address)) ?? composeDraft(minutes);
  return pdfFile(await setDocument(document, null), `${name}-interne`, { "Cache-Control": "no-store" });
}

/** @throws Response 503 with a sentence when this portal has no PDF engine */
async function setDocument(document: DocumentModel, fingerprint: string | null): Promise<Uint8Array> {
  try {
    return await compilePdf(writeTypst(document, { fingerprint }));
  } catch (fault) {
    if (!(fault instanceof PdfUnavailable)) throw fault;
    throw new Response(
      "Le moteur PDF n’est pas installé sur ce portail. La page et le fichier Markdown (.md) contiennent le même texte.",
      { status: 503, statusText: "Service Unavailable", headers: { "Content-Type": "text/plain; charset=utf-8" } },
    );
  }
}

function pdfFile(bytes: Uint8Array, name: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": `inline; filename="${name}.pdf"`,
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
  });
}
