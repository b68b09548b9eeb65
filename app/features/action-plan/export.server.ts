import type { PlanContent } from "~/domain/action-plan/plan";
import { composeCsv, type CsvCell } from "~/documents/csv";
import { MARKER_LABELS, OPINION_LABELS, STATE_LABELS } from "~/documents/action-plan-words";
import type { Opinion } from "~/domain/action-plan/review";
import { composeOds } from "~/services/spreadsheet.server";
import type { PlanYear } from "./plan-queries.server";

const PUBLIC_HEADING = [
  ...["Année", "Axe", "Thème", "Action", "Objectif de l’action", "Porteur", "Fonction", "Partenaires", "Territoire"],
  ...["Début", "Échéance", "État", "En retard", "Avancement (%)", "Livrables remis", "Livrables prévus"],
];
const MEMBER_HEADING = [...PUBLIC_HEADING, "Budget (€)", "Repères", "Pièces", "Avis du Département", "Interne"];

/** The plan of a year as a table, a row per action, then a row per theme without any. Opinions and budgets are for members. */
export type ExportInput = {
  readonly plan: PlanYear;
  readonly opinions: ReadonlyMap<string, Opinion> | null;
};

export function planToCsv(input: ExportInput): string {
  return composeCsv(headingOf(input), rowsOf(input));
}

export function planToOds(input: ExportInput): Promise<Uint8Array> {
  return composeOds(`Plan ${input.plan.year}`, headingOf(input), rowsOf(input));
}

const headingOf = ({ opinions }: ExportInput) => (opinions === null ? PUBLIC_HEADING : MEMBER_HEADING);

function rowsOf({ plan, opinions }: ExportInput): readonly (readonly CsvCell[])[] {
  const { content } = plan.current;
  const actions = new Map(content.actions.map((action) => [action.key, action]));
  const rows = plan.lines.map((line): readonly CsvCell[] => {
    const action = actions.get(line.key);
    const shared = [
      ...[plan.year, line.axisLabel, line.themeLabel, line.title, action?.objective ?? "", line.ownerName ?? ""],
      ...[line.office, line.partners, line.territory, line.startsOn ?? "", line.endsOn ?? ""],
      ...[STATE_LABELS[line.state], line.isLate ? "oui" : "non", line.percent, line.delivered, line.deliverables],
    ];
    if (opinions === null) return shared;
    const opinion = opinions.get(line.key);
    return [
      ...shared,
      ...[line.budget === null ? null : line.budget / 100],
      ...[(action?.markers ?? []).map((marker) => MARKER_LABELS[marker]).join(", "), line.evidence],
      ...[opinion === undefined ? "" : OPINION_LABELS[opinion], line.isInternal ? "oui" : "non"],
    ];
  });
  return [...rows, ...silentThemes(content, plan.year, opinions === null)];
}

function silentThemes(content: PlanContent, year: number, isPublic: boolean): readonly (readonly CsvCell[])[] {
  const axes = new Map(content.axes.map(({ key, label }) => [key, label]));
  const width = isPublic ? PUBLIC_HEADING.length : MEMBER_HEADING.length;
  return content.themes
    .filter(({ key }) => content.actions.every(({ themeKey }) => themeKey !== key))
    .map((theme) => {
      const start = [year, axes.get(theme.axisKey) ?? "", theme.label, "Sans action", theme.withoutAction ?? ""];
      return [...start, ...Array.from({ length: width - start.length }, () => "")];
    });
}
