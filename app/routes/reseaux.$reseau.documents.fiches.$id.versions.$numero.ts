import type { LoaderFunctionArgs } from "@remix-run/node";
import { findPaper, listVersions, readableAccesses } from "~/features/library/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage, requireParam } from "~/services/gate.server";
import { downloadUpload } from "~/services/uploads.server";

/** Always saved, never shown: what people add is not a page of the portal. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  const id = requireParam(args.params, "id");
  const accesses = readableAccesses(actor, network.id);
  const paper = await findPaper(getDb(), network.id, id, accesses, today(systemClock));
  if (!paper || paper.disposal?.outcome === "eliminated") throw notFound();
  const versions = await listVersions(getDb(), network.id, id);
  const version = versions.find(({ number }) => String(number) === args.params["numero"]);
  if (!version) throw notFound();
  return downloadUpload(version);
}
