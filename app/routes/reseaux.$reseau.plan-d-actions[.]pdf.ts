import type { LoaderFunctionArgs } from "@remix-run/node";
import { can } from "~/domain/access/permissions";
import { writeTypst } from "~/documents/typst-writer";
import { composePlanFile, loadPlanFile, readPlanYear } from "~/features/action-plan/export.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { answerPdf } from "~/services/pdf.server";

/** The plan that runs in a year, as a tagged PDF: whole for members, its published part for everyone. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, actor } = await openPublicPage(args);
  const day = today(systemClock);
  const isMember = can(actor, "action-plan.read", { networkId: network.id });
  const year = readPlanYear(args.request, day);
  const file = await loadPlanFile(getDb(), network.id, { year, today: day, isMember });
  if (!file) throw notFound();
  const options = { network: network.name, today: day, isPublic: !isMember };
  const document = await composePlanFile(getDb(), network.id, file.plan.current, options);
  return answerPdf(writeTypst(document, { fingerprint: null }), `plan-d-actions-${network.slug}-${year}`);
}
