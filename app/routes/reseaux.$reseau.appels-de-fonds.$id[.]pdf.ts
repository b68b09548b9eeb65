import type { LoaderFunctionArgs } from "@remix-run/node";
import { composeCallDocument } from "~/documents/funding-call";
import { writeTypst } from "~/documents/typst-writer";
import { findCall } from "~/features/funding/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { answerPdf } from "~/services/pdf.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, command } = await openMemberPage(args, "funding.read");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  if (!call) throw notFound();
  const document = composeCallDocument(call.snapshot, call.rank, call.cancellation !== null);
  const source = writeTypst(document, { fingerprint: null });
  return answerPdf(source, `appel-${network.slug}-${call.year}-${call.rank}`);
}
