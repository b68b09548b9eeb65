import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { findFormat } from "~/services/open-data/formats";
import { importFigures, type FigureFile, type ImportContext } from "./import.server";
import type { ImportRefusal } from "./import-report";
import { reportLines } from "./messages.fr";
import { importOfficialCode, importOutlines } from "./territories.server";

export type ImportOrder = Omit<FigureFile, "onProgress">;

/** Imports whatever dataset the order names. @returns what was done, in French sentences */
export async function runImport(
  context: ImportContext,
  order: ImportOrder,
  onProgress?: NonNullable<FigureFile["onProgress"]>,
): Promise<Decision<readonly string[], ImportRefusal>> {
  const { kind, path, fileName, address, isSimulation } = order;
  const territories = { path, fileName, address, isSimulation, geographyOn: parsePlainDate(order.geographyOn ?? "") };
  if (kind === "communes" || kind === "departements" || kind === "contours") {
    const done =
      kind === "contours"
        ? await importOutlines(context, territories)
        : await importOfficialCode(context, kind, territories);
    return done.ok ? grant(reportLines(done.value)) : done;
  }
  if (findFormat(kind) === undefined) return refuse({ kind: "unknown-dataset", asked: kind });
  const done = await importFigures(context, { ...order, ...(onProgress ? { onProgress } : {}) });
  return done.ok ? grant(reportLines(done.value)) : done;
}
