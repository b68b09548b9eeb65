import type { Criterion, CriterionEntry } from "~/domain/action-plan/evaluation";
import type { PlanContent, PlannedAction } from "~/domain/action-plan/plan";
import { orderActions, totalBudget } from "~/domain/action-plan/plan";
import { countProgress, type ActionProgress } from "~/domain/action-plan/progress";
import type { Opinion } from "~/domain/action-plan/review";
import type { PlainDate } from "~/domain/kernel/plain-date";
import {
  describeBudget,
  describeDeliverable,
  describeInclusion,
  describeIndicator,
  formatReading,
  MARKER_LABELS,
  OPINION_LABELS,
  SCORE_LABELS,
  STATE_LABELS,
} from "./action-plan-words";
import { paragraph, strongParagraph, type DocumentModel, type PlainBlock } from "./document-model";
import { count, enumerate, formatCents, formatDate, formatShortDate, NBSP } from "./french";

export type PlanDocumentInput = {
  readonly network: string;
  readonly year: number;
  readonly version: number;
  readonly content: PlanContent;
  /** Names of the organizations that answer for actions. */
  readonly names: ReadonlyMap<string, string>;
  /** The decision that adopted it, in words; null for a draft. */
  readonly adoption: string | null;
  readonly on: PlainDate;
  /** Left out of what everyone reads. */
  readonly withBudgets: boolean;
};

/** The plan as it is read at the meeting, sent, printed and kept: axes, themes, actions. */
export function composePlanDocument(input: PlanDocumentInput): DocumentModel {
  const { content, year, version, network } = input;
  const { total, notCosted } = totalBudget(content);
  return {
    ...{ language: "fr", title: `Plan d’actions ${year}`, issuer: network },
    subtitle: input.adoption ?? "Projet, pas encore adopté par le comité",
    reference: `Plan d’actions ${year}, version ${version}`,
    date: formatDate(input.on),
    standing: input.adoption === null ? "PROJET" : null,
    blocks: [
      ...(content.presentation.trim() === ""
        ? []
        : content.presentation
            .trim()
            .split(/\n\s*\n/)
            .map(paragraph)),
      strongParagraph(
        `${count(content.actions.length, "action", "actions")}, ${count(content.themes.length, "thème", "thèmes")}${input.withBudgets ? `${NBSP}; budget des actions chiffrées${NBSP}: ${formatCents(total)}${notCosted === 0 ? "" : `, ${count(notCosted, "action non chiffrée", "actions non chiffrées")}`}` : ""}.`,
      ),
      ...content.axes.flatMap((axis) => composeAxis(input, axis)),
    ],
  };
}

function composeAxis(
  { content, names, withBudgets }: PlanDocumentInput,
  axis: PlanContent["axes"][number],
): PlainBlock[] {
  const ordered = orderActions(content);
  const themes = content.themes.filter(({ axisKey }) => axisKey === axis.key);
  if (themes.length === 0) return [];
  return [
    { kind: "heading", level: 2, id: `axe-${axis.key}`, text: axis.label },
    ...themes.flatMap((theme): PlainBlock[] => {
      const actions = ordered.filter(({ themeKey }) => themeKey === theme.key);
      const heading = {
        kind: "heading" as const,
        level: 3 as const,
        id: `theme-${theme.key}`,
        text: theme.label,
      };
      if (actions.length === 0)
        return [
          heading,
          paragraph(`Sans action${NBSP}: ${(theme.withoutAction ?? "raison à préciser").replace(/\.$/, "")}.`),
        ];
      return [heading, ...actions.flatMap((action) => composeAction(content, action, { names, withBudgets }))];
    }),
  ];
}

function composeAction(
  content: PlanContent,
  action: PlannedAction,
  { names, withBudgets }: Pick<PlanDocumentInput, "names" | "withBudgets">,
): PlainBlock[] {
  const objectives = content.objectives.filter(({ key }) => action.objectiveKeys.includes(key));
  const entries: { term: string; detail: string }[] = [
    {
      term: "Qui porte l’action",
      detail:
        action.owner === null
          ? "À désigner"
          : `${names.get(action.owner.organizationId) ?? "Organisme parti"}, ${action.owner.office}`,
    },
    {
      term: "Échéance",
      detail: action.endsOn === null ? "À fixer" : formatDate(action.endsOn),
    },
    ...(withBudgets ? [{ term: "Budget", detail: describeBudget(action.budget) }] : []),
  ];
  const add = (term: string, detail: string) => {
    if (detail.trim() !== "") entries.push({ term, detail });
  };
  add("Partenaires", action.partners);
  add("Territoire", action.territory);
  add("Objectifs", objectives.map(({ label }) => label).join(" ; "));
  add("Livrables", action.deliverables.map(describeDeliverable).join(" ; "));
  add("Indicateurs", action.indicators.map(describeIndicator).join(" ; "));
  add("Repères", action.markers.map((marker) => MARKER_LABELS[marker]).join(", "));
  if (action.inclusion !== null) add("Inclusion handicap", describeInclusion(action.inclusion));
  return [
    { kind: "heading", level: 4, id: `action-${action.key}`, text: action.title },
    ...(action.objective.trim() === "" ? [] : [paragraph(action.objective)]),
    { kind: "definitions", entries },
  ];
}

export type ReportInput = {
  readonly network: string;
  readonly year: number;
  readonly period: "half-year" | "year";
  readonly content: PlanContent;
  readonly progress: ReadonlyMap<string, ActionProgress>;
  readonly notes: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlyMap<string, string>;
  /** The department's last answer, in one sentence; null when it was not asked. */
  readonly review: string | null;
  readonly opinions: ReadonlyMap<string, Opinion>;
  readonly criteria: readonly Criterion[];
  readonly scores: ReadonlyMap<string, CriterionEntry>;
  readonly protocol: string;
  readonly practices: readonly string[];
  readonly on: PlainDate;
  readonly isClosed: boolean;
};

/** « Bilan du premier semestre 2026 », « Bilan 2026 » */
export function reportTitle({ year, period }: Pick<ReportInput, "year" | "period">): string {
  return period === "year" ? `Bilan ${year} du plan d’actions` : `Bilan du premier semestre ${year}`;
}

/** The half-year or yearly report, drafted from what was recorded: nothing of it is typed but the words of the evaluation. */
export function composeReport(input: ReportInput): DocumentModel {
  const title = reportTitle(input);
  return {
    ...{
      language: "fr",
      title,
      issuer: input.network,
      date: formatDate(input.on),
    },
    subtitle: input.isClosed ? `Clos le ${formatDate(input.on)}` : `Rédigé des données au ${formatDate(input.on)}`,
    reference: title,
    standing: input.isClosed ? null : "PROJET",
    blocks: [
      { kind: "heading", level: 2, id: "ensemble", text: "En bref" },
      strongParagraph(summarize(input)),
      ...(input.review === null ? [] : [paragraph(input.review)]),
      ...composeObjectives(input),
      ...composeActions(input),
      ...composeCriteria(input),
      ...(input.practices.length === 0
        ? []
        : [
            {
              kind: "heading" as const,
              level: 2 as const,
              id: "pratiques",
              text: "Bonnes pratiques publiées",
            },
            { kind: "list" as const, ordered: false, items: input.practices },
          ]),
    ],
  };
}

/** « Sur 9 actions : 3 réalisées, 4 en cours, 1 à lancer et 1 abandonnée ; 2 en retard. » */
function summarize({ progress }: ReportInput): string {
  const { total, byState, late, percent } = countProgress([...progress.values()]);
  const words = [
    count(byState.done, "réalisée", "réalisées"),
    `${byState["in-progress"]}${NBSP}en cours`,
    `${byState["not-started"]}${NBSP}à lancer`,
    count(byState.abandoned, "abandonnée", "abandonnées"),
  ];
  const share = percent === null ? "" : ` En moyenne, ce qui se mesure est fait à ${percent}${NBSP}%.`;
  return `Sur ${count(total, "action", "actions")}${NBSP}: ${enumerate(words)}${NBSP}; ${late}${NBSP}en retard.${share}`;
}

/** Source: Convention, art. 7 and preamble: the evaluation is told by objective. */
function composeObjectives({ content, progress }: ReportInput): PlainBlock[] {
  if (content.objectives.length === 0) return [];
  const rowOf = (label: string, keys: readonly string[]) => {
    const counted = countProgress(keys.flatMap((key) => progress.get(key) ?? []));
    return [
      label,
      String(counted.total),
      String(counted.byState.done),
      String(counted.late),
      counted.percent === null ? "—" : `${counted.percent}${NBSP}%`,
    ];
  };
  const keysOf = (field: "objectiveKeys" | "programmeKeys", key: string) =>
    content.actions.filter((action) => action[field].includes(key)).map((action) => action.key);
  const columns = [
    { label: "Objectif", align: "start" as const },
    ...["Actions", "Réalisées", "En retard", "Avancement"].map((label) => ({
      label,
      align: "end" as const,
    })),
  ];
  const programme: PlainBlock[] =
    content.programme.length === 0
      ? []
      : [
          {
            kind: "table",
            caption: "Par ligne du programme",
            columns: columns.map((column, index) => (index === 0 ? { ...column, label: "Programme" } : column)),
            rows: content.programme.map(({ key, label }) => rowOf(label, keysOf("programmeKeys", key))),
          },
        ];
  return [
    { kind: "heading", level: 2, id: "objectifs", text: "Par objectif" },
    paragraph("Une action qui sert deux objectifs est comptée dans les deux."),
    {
      kind: "table",
      caption: "Par objectif de la convention",
      columns,
      rows: content.objectives.map(({ key, label }) => rowOf(label, keysOf("objectiveKeys", key))),
    },
    ...programme,
  ];
}

function composeActions(input: ReportInput): PlainBlock[] {
  const { content, progress, names, notes, opinions } = input;
  return [
    { kind: "heading", level: 2, id: "actions", text: "Action par action" },
    ...orderActions(content).flatMap((action): PlainBlock[] => {
      const own = progress.get(action.key);
      const handedOver = action.deliverables.filter(({ key }) => own?.deliveredKeys.has(key));
      const missing = action.deliverables.filter(({ key }) => !own?.deliveredKeys.has(key));
      const readings = action.indicators.flatMap(({ key, label, unit, target }) => {
        const value = own?.readings.get(key);
        if (value === undefined) return [];
        const goal = target === null ? "" : ` pour ${formatReading(target)}`;
        return [`${label}${NBSP}: ${formatReading(value)}${goal}${unit === "" ? "" : ` (${unit})`}`];
      });
      const opinion = opinions.get(action.key);
      const entries: { term: string; detail: string }[] = [
        {
          term: "Où elle en est",
          detail: `${STATE_LABELS[own?.state ?? "not-started"]}${own?.isLate ? ", en retard" : ""}${own?.percent === null || own === undefined ? "" : `, ${own.percent}${NBSP}%`}`,
        },
        {
          term: "Portée par",
          detail:
            action.owner === null
              ? "À désigner"
              : `${names.get(action.owner.organizationId) ?? "Organisme parti"}, ${action.owner.office}`,
        },
        {
          term: "Échéance",
          detail: action.endsOn === null ? "Non fixée" : formatShortDate(action.endsOn),
        },
      ];
      const add = (term: string, detail: string) => {
        if (detail !== "") entries.push({ term, detail });
      };
      add("Remis", handedOver.map(({ label }) => label).join(" ; "));
      add("Reste à remettre", missing.map(({ label }) => label).join(" ; "));
      add("Relevés", readings.join(" ; "));
      add("Preuves", own === undefined || own.evidenceCount === 0 ? "" : count(own.evidenceCount, "pièce", "pièces"));
      add("Ce qui est dit", (notes.get(action.key) ?? []).join(" "));
      add("Avis du Département", opinion === undefined ? "" : OPINION_LABELS[opinion]);
      return [strongParagraph(action.title), { kind: "definitions", entries }];
    }),
    ...content.themes
      .filter(({ key }) => content.actions.every(({ themeKey }) => themeKey !== key))
      .map(({ label, withoutAction }) => paragraph(`${label}${NBSP}: sans action. ${withoutAction ?? ""}`.trim())),
  ];
}

function composeCriteria({ criteria, scores, protocol }: ReportInput): PlainBlock[] {
  return [
    { kind: "heading", level: 2, id: "evaluation", text: "Évaluation" },
    paragraph(protocol),
    ...criteria.flatMap(({ key, label, question, source }): PlainBlock[] => {
      const entry = scores.get(key);
      const asked = source === "" ? question : `${question} (${source})`;
      if (entry === undefined)
        return [strongParagraph(label), paragraph(asked), paragraph("Critère vide : le bilan ne peut pas être clos.")];
      return [
        strongParagraph(`${label}${NBSP}: ${entry.score} sur 4, ${SCORE_LABELS[entry.score].toLowerCase()}`),
        paragraph(asked),
        ...entry.narrative
          .trim()
          .split(/\n\s*\n/)
          .map(paragraph),
      ];
    }),
  ];
}
