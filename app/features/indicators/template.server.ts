import { today } from "~/services/clock.server";
import type { CommandContext } from "~/services/gate.server";
import { answerWorkbook, composeWorkbook, type WorkbookFormat } from "~/services/workbook.server";
import { findSubmission, speaksFor } from "./queries.server";
import type { Target } from "./submission-commands.server";
import { composeTemplate, TEMPLATE_WIDTHS } from "./template";

/** The template of a submission with what is typed already; null outside of one's own CCAS. */
export async function composeTemplateFile(
  { db, clock, networkId, actor }: CommandContext,
  target: Target,
  format: WorkbookFormat,
): Promise<{ readonly bytes: Uint8Array; readonly name: string } | null> {
  const view = await findSubmission(db, networkId, target.year, target.organizationId);
  if (!view || !(await speaksFor(db, networkId, { viewer: actor, on: today(clock) }, target.organizationId)))
    return null;
  const { submission, dictionary, cells, yearBefore } = view;
  const identity = {
    ...{ year: target.year, organizationId: target.organizationId, organizationName: submission.name },
    ...{ version: dictionary.version, madeAt: clock.now().toISOString() },
  };
  const rows = composeTemplate(identity, dictionary, cells, yearBefore?.cells ?? new Map());
  const bytes = await composeWorkbook(format, { name: "Recueil", rows }, TEMPLATE_WIDTHS);
  const slug = submission.shortName
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z0-9]+/g, "-");
  return { bytes, name: `recueil-${target.year}-${slug}` };
}

export async function answerTemplate(
  context: CommandContext,
  target: Target,
  format: WorkbookFormat,
): Promise<Response | null> {
  const file = await composeTemplateFile(context, target, format);
  return file && answerWorkbook(file.bytes, format, file.name);
}
