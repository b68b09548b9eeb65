import type { LoaderFunctionArgs } from "@remix-run/node";
import { composeStatementCsv } from "~/documents/funding-call";
import { findCall } from "~/features/funding/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, command } = await openMemberPage(args, "funding.read");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  const memberId = requireParam(args.params, "organisme");
  const statement = call?.statements.find(({ member }) => member.organizationId === memberId);
  if (!call || !statement) throw notFound();
  return new Response(composeStatementCsv(call.snapshot, call.rank, statement.memberId), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="etat-liquidatif-${call.year}-${call.rank}-${memberId}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
}
