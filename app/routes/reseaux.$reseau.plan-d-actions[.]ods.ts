import type { LoaderFunctionArgs } from "@remix-run/node";
import { can } from "~/domain/access/permissions";
import { loadPlanFile, planToOds, readPlanYear } from "~/features/action-plan/export.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ODS_TYPE } from "~/services/spreadsheet.server";

/** The plan of a year as a table: whole for members, its published part for everyone. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, viewer, actor } = await openPublicPage(args);
  const day = today(systemClock);
  const year = readPlanYear(args.request, day);
  const isMember = can(actor, "action-plan.read", { networkId: network.id });
  const file = await loadPlanFile(getDb(), network.id, { year, today: day, isMember });
  if (!file) throw notFound();
  return new Response(Buffer.from(await planToOds(file)), {
    headers: {
      "Content-Type": ODS_TYPE,
      "Content-Disposition": `attachment; filename="plan-d-actions-${network.slug}-${year}.ods"`,
      ...publicCaching(viewer).headers,
    },
  });
}
