import type { LoaderFunctionArgs } from "@remix-run/node";
import { composeStatement } from "~/documents/funding-call";
import { writeTypst } from "~/documents/typst-writer";
import { findCall } from "~/features/funding/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { answerPdf } from "~/services/pdf.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, command } = await openMemberPage(args, "funding.read");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  const memberId = requireParam(args.params, "organisme");
  const statement = call?.statements.find(({ member }) => member.organizationId === memberId);
  if (!call || !statement) throw notFound();
  const { snapshot, rank, year } = call;
  const document = composeStatement({ snapshot, rank, memberId: statement.memberId, facts: statement.facts });
  return answerPdf(writeTypst(document, { fingerprint: null }), `etat-liquidatif-${year}-${rank}-${memberId}`);
}
