import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { today } from "~/services/clock.server";
import type { CommandContext } from "~/services/gate.server";
import { readWorkbook, type WorkbookRefusal } from "~/services/workbook.server";
import { findSubmission, speaksFor } from "./queries.server";
import type { SaveRefusal } from "./refusals";
import { saveCells, type SaveReport, type Target, type TypedEntry } from "./submission-commands.server";
import { readTemplate, type SheetFault } from "./template";

/** A cell of the file that would replace what somebody wrote after the template was made. */
export type Overwrite = {
  readonly cellKey: string;
  readonly stored: string;
  readonly typed: string;
  readonly by: string;
};

export type UploadReport = {
  /** « refused »: nothing of it can be kept. « to-confirm »: nothing is written; `entries` are the right cells, to send again. */
  readonly outcome: "written" | "to-confirm" | "refused";
  readonly faults: readonly SheetFault[];
  readonly overwrites: readonly Overwrite[];
  readonly entries: readonly TypedEntry[];
  readonly missing: number;
  readonly saved: SaveReport | null;
};

/**
 * Takes back a template that somebody filled. All of it is right and overwrites nothing newer than itself: it is written. Else nothing is, and the report says why
 * cell by cell; the right cells can be written after a confirmation. A blank cell of the file changes nothing.
 */
export async function receiveTemplate(
  context: CommandContext,
  target: Target,
  bytes: Uint8Array,
): Promise<Decision<UploadReport, WorkbookRefusal | SaveRefusal>> {
  const { db, clock, networkId, actor } = context;
  const view = await findSubmission(db, networkId, target.year, target.organizationId);
  if (!view) return refuse("unknown-submission");
  if (!(await speaksFor(db, networkId, { viewer: actor, on: today(clock) }, target.organizationId)))
    return refuse("not-own-organization");
  const sheet = await readWorkbook(bytes);
  if (!sheet.ok) return sheet;
  const expected = {
    ...{ year: target.year, organizationId: target.organizationId, version: view.dictionary.version },
    inhabitants: view.submission.inhabitants,
  };
  const reading = readTemplate(sheet.value, expected, view.dictionary);
  const entries = reading.entries.map(({ cellKey, typed, comment }): TypedEntry => {
    const stored = view.cells.get(cellKey);
    return {
      cellKey,
      typed: typed === "" ? (stored?.typed ?? "") : typed,
      comment: comment === "" ? (stored?.comment ?? "") : comment,
      known: stored?.revision ?? 0,
    };
  });
  const overwrites = entries.flatMap(({ cellKey, typed }): readonly Overwrite[] => {
    const stored = view.cells.get(cellKey);
    const isNewer = stored !== undefined && (reading.madeAt === null || stored.updatedAt > reading.madeAt);
    return isNewer && stored.typed !== "" && stored.typed !== typed
      ? [{ cellKey, stored: stored.typed, typed, by: stored.updatedBy }]
      : [];
  });
  const report = { faults: reading.faults, overwrites, entries, missing: reading.missing };
  if (entries.length === 0 && reading.faults.length > 0) return grant({ ...report, outcome: "refused", saved: null });
  if (reading.faults.length > 0 || overwrites.length > 0)
    return grant({ ...report, outcome: "to-confirm", saved: null });
  const saved = await saveCells(context, target, entries);
  return saved.ok ? grant({ ...report, outcome: "written", saved: saved.value }) : saved;
}
