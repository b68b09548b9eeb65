import type { LoaderFunctionArgs } from "@remix-run/node";
import { writeTypst } from "~/documents/typst-writer";
import { composePlanFile } from "~/features/action-plan/export.server";
import { findPlan } from "~/features/action-plan/plan-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { answerPdf } from "~/services/pdf.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, command } = await openMemberPage(args, "action-plan.read");
  const plan = await findPlan(command.db, network.id, requireParam(args.params, "id"));
  if (!plan) throw notFound();
  const options = { network: network.name, today: today(systemClock), isPublic: false };
  const document = await composePlanFile(command.db, network.id, plan, options);
  return answerPdf(
    writeTypst(document, { fingerprint: null }),
    `plan-d-actions-${network.slug}-${plan.year}-${plan.version}`,
  );
}
