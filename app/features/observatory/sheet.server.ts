import { composeCommuneSheet } from "~/documents/commune-sheet";
import type { DocumentModel } from "~/documents/document-model";
import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { Db } from "~/services/db.server";
import { loadCommuneSheet } from "./queries.server";

/** The communal sheet as a document of that day; null for a commune that is not of the network. */
export async function loadSheetDocument(
  db: Db,
  network: { readonly id: NetworkId; readonly name: string },
  code: string,
  today: PlainDate,
): Promise<DocumentModel | null> {
  const sheet = await loadCommuneSheet(db, network.id, code);
  if (!sheet) return null;
  return composeCommuneSheet({
    ...{ networkName: network.name, communeName: sheet.commune.name, inseeCode: code, today },
    readings: sheet.readings,
    charts: [sheet.trend, sheet.ages].filter((chart) => chart !== null),
  });
}
