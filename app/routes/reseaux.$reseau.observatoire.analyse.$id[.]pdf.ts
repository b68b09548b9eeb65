import type { LoaderFunctionArgs } from "@remix-run/node";
import { writeTypst } from "~/documents/typst-writer";
import { readReport } from "~/features/needs-analysis/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { answerPdf } from "~/services/pdf.server";
import { writeChartPicture } from "~/ui/charts/chart-file";
import { openReport } from "./reseaux.$reseau.observatoire.analyse.$id._index/open-report.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, report } = await openReport(args);
  const document =
    report.adoption?.document ?? (await readReport(getDb(), network, report, today(systemClock))).document;
  const fingerprint = report.adoption?.fingerprint ?? null;
  return answerPdf(
    writeTypst(document, { fingerprint, drawChart: writeChartPicture }),
    `analyse-des-besoins-sociaux-${network.slug}`,
  );
}
