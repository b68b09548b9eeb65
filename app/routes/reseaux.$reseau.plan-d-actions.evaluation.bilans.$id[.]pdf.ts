import type { LoaderFunctionArgs } from "@remix-run/node";
import { writeTypst } from "~/documents/typst-writer";
import { findReport } from "~/features/action-plan/evaluation-queries.server";
import { composeYearReport } from "~/features/action-plan/report.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { answerPdf } from "~/services/pdf.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, command } = await openMemberPage(args, "action-plan.read");
  const report = await findReport(command.db, network.id, requireParam(args.params, "id"));
  const document =
    report?.closed?.document ??
    (report && (await composeYearReport(command.db, network.id, report, today(systemClock), false)));
  if (!report || !document) throw notFound();
  return answerPdf(
    writeTypst(document, { fingerprint: null }),
    `bilan-${network.slug}-${report.year}${report.period === "year" ? "" : "-semestre"}`,
  );
}
