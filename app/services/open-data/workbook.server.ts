import { readFile } from "node:fs/promises";
import { streamXlsxRows } from "hucre/xlsx";
import { plainName } from "./cells";
import type { TableLine } from "./table.server";

/** DREES publishes one workbook of about 10 MB: it is read whole, and a larger one is not its. */
export const MAX_WORKBOOK_BYTES = 60 * 1024 ** 2;

const FIRST_YEAR = 2010;
const LAST_YEAR = 2060;
const HEADING_MARK = "CODE COMMUNE INSEE";

/**
 * The sheets « APL 2022 », « APL 2023 »… one after the other, the year put before their cells under « ANNEE ». The heading stands a few
 * rows down, with a row of units below. Source: DREES, « 530_l-accessibilite-potentielle-localisee-apl ».
 */
export async function* readDoctorsWorkbook(path: string): AsyncGenerator<TableLine> {
  const bytes = new Uint8Array(await readFile(path));
  let isFirst = true;
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    let isHeaded = false;
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: `APL ${year}` })) {
      const cells = values.map((value) => (value === null || value === undefined ? "" : String(value)));
      if (!isHeaded) {
        isHeaded = cells.some((cell) => plainName(cell) === HEADING_MARK);
        if (isHeaded && isFirst) yield { line: index + 1, cells: ["ANNEE", ...cells] };
        if (isHeaded) isFirst = false;
      } else yield { line: index + 1, cells: [String(year), ...cells] };
    }
  }
}
