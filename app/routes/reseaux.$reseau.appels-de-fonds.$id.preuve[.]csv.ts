import type { LoaderFunctionArgs } from "@remix-run/node";
import { proofSheetOf } from "~/documents/funding-call";
import { composeProofCsv } from "~/documents/proof-sheet";
import { findCall } from "~/features/funding/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, command } = await openMemberPage(args, "funding.read");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  if (!call) throw notFound();
  return new Response(composeProofCsv(proofSheetOf(call.snapshot)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="preuve-${network.slug}-${call.year}-${call.rank}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
}
