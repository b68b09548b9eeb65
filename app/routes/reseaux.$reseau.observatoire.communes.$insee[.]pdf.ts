import type { LoaderFunctionArgs } from "@remix-run/node";
import { writeTypst } from "~/documents/typst-writer";
import { loadSheetDocument } from "~/features/observatory/sheet.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { answerPdf } from "~/services/pdf.server";
import { writeChartPicture } from "~/ui/charts/chart-file";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network } = await openPublicPage(args);
  const code = args.params["insee"] ?? "";
  const document = await loadSheetDocument(getDb(), network, code, today(systemClock));
  if (!document) throw notFound();
  const source = writeTypst(document, { fingerprint: null, drawChart: writeChartPicture });
  return answerPdf(source, `fiche-communale-${code}`);
}
