import type { LoaderFunctionArgs } from "@remix-run/node";
import { findDocument } from "~/features/documents/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, openPublicPage, requireParam } from "~/services/gate.server";
import { downloadUpload } from "~/services/uploads.server";

/** Always saved, never shown: what people add is not a page of the portal. */
export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openPublicPage(args);
  const file = await findDocument(getDb(), network.id, requireParam(args.params, "id"));
  if (!file) throw notFound();
  if (!file.isPublic) await openMemberPage(args, "document.read");
  return downloadUpload(file);
}
