import type { LoaderFunctionArgs } from "@remix-run/node";
import { can, type Action } from "~/domain/access/permissions";
import { findReport, type Report } from "~/features/needs-analysis/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, openPublicPage, requireParam } from "~/services/gate.server";

/** The report of the address: the adopted one for everyone, a draft for members alone. @throws Response 404 for whoever may not */
export async function openReport(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const report = await findReport(getDb(), network.id, requireParam(args.params, "id"));
  if (!report) throw notFound();
  const mayReadDraft = can(actor, "analysis.read", { networkId: network.id });
  if (report.status === "draft" && !mayReadDraft) throw notFound();
  return { network, viewer, actor, report, isMember: mayReadDraft, ...addresses(network.slug, report) };
}

/** The report of the address, for somebody who may do `action`. */
export async function openReportFor(args: LoaderFunctionArgs, action: Action) {
  const { network, viewer, command } = await openMemberPage(args, action);
  const report = await findReport(command.db, network.id, requireParam(args.params, "id"));
  if (!report) throw notFound();
  return { network, viewer, command, report, ...addresses(network.slug, report) };
}

function addresses(slug: string, { id }: Report) {
  const root = `/reseaux/${slug}`;
  return { root, home: `${root}/observatoire/analyse/${id}` };
}
