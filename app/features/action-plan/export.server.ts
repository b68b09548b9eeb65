import type { PlanContent } from "~/domain/action-plan/plan";
import { currentOpinions, type Opinion } from "~/domain/action-plan/review";
import type { NetworkId } from "~/domain/kernel/ids";
import { yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { composePlanDocument } from "~/documents/action-plan";
import { MARKER_LABELS, OPINION_LABELS, STATE_LABELS } from "~/documents/action-plan-words";
import { composeCsv, type CsvCell } from "~/documents/csv";
import type { DocumentModel } from "~/documents/document-model";
import { formatDate, NBSP } from "~/documents/french";
import type { Db } from "~/services/db.server";
import { composeOds } from "~/services/spreadsheet.server";
import { listOrganizations, loadPlanYear, type PlanYear, type RecordedPlan } from "./plan-queries.server";
import { listRounds } from "./review-queries.server";

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

/** What the files of a year's plan hold for whoever asks: everything for a member, the published part for everyone else. Null without any. */
export async function loadPlanFile(
  db: Db,
  networkId: NetworkId,
  { year, today, isMember }: { readonly year: number; readonly today: PlainDate; readonly isMember: boolean },
): Promise<ExportInput | null> {
  const part = isMember ? "whole" : "public";
  const plan = await loadPlanYear(db, networkId, { year, today, mine: new Set(), part });
  if (plan === null) return null;
  if (!isMember) return { plan, opinions: null };
  const rounds = await listRounds(db, networkId, { year, today });
  const current = currentOpinions(rounds.flatMap(({ opinions }) => opinions));
  return { plan, opinions: new Map([...current].map(([key, { opinion }]) => [key, opinion])) };
}

/** « annee=2026 », or this year. */
export function readPlanYear(request: Request, today: PlainDate): number {
  const asked = new URL(request.url).searchParams.get("annee") ?? "";
  return /^20\d\d$/.test(asked) ? Number(asked) : yearOf(today);
}

/** A version of a plan as a document. @param isPublic budgets are for members */
export async function composePlanFile(
  db: Db,
  networkId: NetworkId,
  plan: RecordedPlan,
  { network, today, isPublic }: { readonly network: string; readonly today: PlainDate; readonly isPublic: boolean },
): Promise<DocumentModel> {
  const organizations = await listOrganizations(db, networkId);
  return composePlanDocument({
    ...{ network, year: plan.year, version: plan.version, content: plan.content, on: today, withBudgets: !isPublic },
    names: new Map(organizations.map(({ id, name }) => [id, name])),
    adoption:
      plan.decision === null
        ? null
        : `Adopté par le comité le ${formatDate(plan.decision.decidedOn)}, décision n°${NBSP}${plan.decision.number}`,
  });
}
