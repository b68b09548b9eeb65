import type { LoaderFunctionArgs } from "@remix-run/node";
import { tabulateCall } from "~/documents/funding-call";
import { findCall } from "~/features/funding/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { composeOds, ODS_TYPE } from "~/services/spreadsheet.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, command } = await openMemberPage(args, "funding.read");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  if (!call) throw notFound();
  const { heading, rows } = tabulateCall(call.snapshot, call.rank, call.statements);
  return new Response(Buffer.from(await composeOds("Appel de fonds", heading, rows)), {
    headers: {
      "Content-Type": ODS_TYPE,
      "Content-Disposition": `attachment; filename="appel-${network.slug}-${call.year}-${call.rank}.ods"`,
      "Cache-Control": "private, no-store",
    },
  });
}
