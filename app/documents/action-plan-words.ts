import type { ComparedField } from "~/domain/action-plan/changes";
import type { Score } from "~/domain/action-plan/evaluation";
import type { Inclusion, Marker, PlanContent, PlannedAction } from "~/domain/action-plan/plan";
import type { Channel } from "~/domain/action-plan/practice";
import type { DerivedState } from "~/domain/action-plan/progress";
import type { Opinion, RoundStanding, VisaKind } from "~/domain/action-plan/review";
import { formatCents, formatDate, NBSP } from "./french";

/** The words of the action plan, the same on every page and in every document. */
export const STATE_LABELS: Record<DerivedState, string> = {
  "not-started": "À lancer",
  "in-progress": "En cours",
  done: "Réalisée",
  abandoned: "Abandonnée",
};

export const OPINION_LABELS: Record<Opinion, string> = {
  favourable: "Favorable",
  reserve: "Réserve",
  unfavourable: "Défavorable",
  "no-opinion": "Sans avis",
};

export const VISA_LABELS: Record<VisaKind, string> = {
  approved: "Visa",
  "approved-with-reserves": "Visa avec réserves",
  refused: "Visa refusé",
};

export const ROUND_LABELS: Record<RoundStanding, string> = {
  open: "En attente du Département",
  overdue: "Échéance passée",
  lapsed: "Close sans réponse",
  "tacitly-approved": "Approbation tacite",
  visa: "Visée",
  superseded: "Remplacée par une autre relecture",
};

export const MARKER_LABELS: Record<Marker, string> = {
  "access-to-rights": "Accès aux droits",
  "digital-inclusion": "Inclusion numérique",
  illiteracy: "Lutte contre l’illettrisme",
  participation: "Participation des personnes",
  prevention: "Prévention",
};

export const SCORE_LABELS: Record<Score, string> = {
  1: "Insuffisant",
  2: "À améliorer",
  3: "Satisfaisant",
  4: "Très satisfaisant",
};

export const CHANNEL_LABELS: Record<Channel, string> = {
  website: "Site internet",
  newsletter: "Lettre d’information",
  "county-paper": "Journal du Département",
  meeting: "Réunion de professionnels",
  "annual-day": "Journée annuelle",
  other: "Autre",
};

export const FIELD_LABELS: Record<ComparedField, string> = {
  title: "Intitulé",
  themeKey: "Thème",
  objective: "Ce qui est visé",
  owner: "Qui porte l’action",
  partners: "Partenaires",
  territory: "Territoire",
  budget: "Budget",
  startsOn: "Début",
  endsOn: "Échéance",
  objectiveKeys: "Objectifs servis",
  programmeKeys: "Lignes du programme",
  markers: "Repères transversaux",
  inclusion: "Inclusion handicap",
  deliverables: "Livrables",
  indicators: "Indicateurs",
};

export function describeBudget(budget: PlannedAction["budget"]): string {
  if (budget === null) return "Non chiffré";
  return budget === 0 ? "Sans dépense" : formatCents(budget);
}

export function describeInclusion(inclusion: Inclusion | null): string {
  if (inclusion === null) return "Non renseignée";
  return inclusion.concerns ? inclusion.how : `Sans objet${NBSP}: ${inclusion.how}`;
}

/** « 12 », « 12,5 » */
export function formatReading(value: number): string {
  return String(value).replace(".", ",");
}

export function describeIndicator({ label, unit, target }: PlannedAction["indicators"][number]): string {
  const what = unit === "" ? label : `${label} (${unit})`;
  return target === null ? what : `${what}, cible ${formatReading(target)}`;
}

export function describeDeliverable({ label, dueOn }: PlannedAction["deliverables"][number]): string {
  return dueOn === null ? label : `${label}, pour le ${formatDate(dueOn)}`;
}

/** One field of an action as a reader compares it. @param names of the organizations */
export function describeField(
  plan: PlanContent,
  action: PlannedAction,
  field: ComparedField,
  names: ReadonlyMap<string, string>,
): string {
  const labelsOf = (keys: readonly string[]) => {
    const known = new Map([...plan.objectives, ...plan.programme].map(({ key, label }) => [key, label]));
    return keys.map((key) => known.get(key) ?? key).join(" ; ");
  };
  switch (field) {
    case "title":
    case "objective":
    case "partners":
    case "territory":
      return action[field];
    case "themeKey":
      return plan.themes.find(({ key }) => key === action.themeKey)?.label ?? "";
    case "owner":
      return action.owner === null
        ? ""
        : `${names.get(action.owner.organizationId) ?? "Organisme parti"}, ${action.owner.office}`;
    case "budget":
      return describeBudget(action.budget);
    case "startsOn":
    case "endsOn": {
      const date = action[field];
      return date === null ? "" : formatDate(date);
    }
    case "objectiveKeys":
    case "programmeKeys":
      return labelsOf(action[field]);
    case "markers":
      return action.markers.map((marker) => MARKER_LABELS[marker]).join(", ");
    case "inclusion":
      return describeInclusion(action.inclusion);
    case "deliverables":
      return action.deliverables.map(describeDeliverable).join(" ; ");
    case "indicators":
      return action.indicators.map(describeIndicator).join(" ; ");
  }
}
