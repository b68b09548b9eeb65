import type { FrameKey, PlanAxis, PlanContent, PlanObjective, PlanTheme } from "./plan";

/**
 * The frames that a plan starts from: axes, themes and objectives that a text names, restated in our words. A network may rename, add or remove
 * themes afterwards; what the frame asks of each action stays (see `listGaps`).
 */
export type Frame = {
  readonly key: FrameKey;
  readonly label: string;
  /** The text and its articles, or why there is none. */
  readonly source: string;
  readonly axes: readonly PlanAxis[];
  readonly themes: readonly PlanTheme[];
  readonly objectives: readonly PlanObjective[];
  readonly programme: readonly PlanObjective[];
};

const theme = (axisKey: string, key: string, label: string): PlanTheme => ({
  key,
  axisKey,
  label,
  withoutAction: null,
});
const item = (key: string, label: string): PlanObjective => ({ key, label });

/** Source: Convention « Réseau des acteurs sociaux », préambule (three objectives), art. 2 (eleven lines of programme and the two axes). */
const SOCIAL_ACTORS: Frame = {
  key: "social-actors",
  label: "Réseau des acteurs sociaux",
  source: "Convention, préambule, art. 1 et 2",
  axes: [
    { key: "inter-ccas", label: "Dynamique inter-CCAS" },
    { key: "observation", label: "Observation sociale" },
    { key: "reseau", label: "Vie du réseau" },
  ],
  themes: [
    theme("inter-ccas", "outils", "Outils communs des CCAS"),
    theme("inter-ccas", "pratiques", "Pratiques et politiques d’action sociale"),
    theme("observation", "besoins", "Connaissance des besoins"),
    theme("reseau", "groupes", "Groupes thématiques"),
    theme("reseau", "journee", "Journée annuelle"),
    theme("reseau", "cias", "Réflexion sur un CIAS"),
  ],
  objectives: [
    item("connaitre", "Faire connaître les partenaires de l’action sociale du territoire"),
    item("nourrir", "Nourrir le travail des acteurs sociaux"),
    item("accompagner", "Accompagner les usagers avec qualité et cohérence"),
  ],
  programme: [
    item("p1", "Interconnaissance des élus, professionnels et bénévoles"),
    item("p2", "Identité partagée de l’action sociale du territoire"),
    item("p3", "Réflexion collective sur les problématiques relevées par les acteurs"),
    item("p4", "Collecte organisée sur la population et ses besoins"),
    item("p5", "Actions collectives de réflexion thématique"),
    item("p6", "Outils adaptés aux évolutions du territoire"),
    item("p7", "Mobilisation collective des moyens"),
    item("p8", "Politiques adaptées et concertées"),
    item("p9", "Réflexion sur un centre intercommunal d’action sociale"),
    item("p10", "Groupes thématiques tout au long de l’année"),
    item("p11", "Journée annuelle"),
  ],
};

/** Source: Convention-cadre Nord 2019-2021, III-1: the eleven fields, then the two that run through them all. */
const DEPARTMENTAL_FRAMEWORK: Frame = {
  key: "departmental-framework",
  label: "Convention-cadre départementale, treize thèmes",
  source: "Convention-cadre Nord, III-1",
  axes: [
    { key: "droits", label: "Accueil et accès aux droits" },
    { key: "insertion", label: "Insertion, logement, famille" },
    { key: "autonomie", label: "Perte d’autonomie et santé" },
    { key: "transversal", label: "Thèmes transversaux" },
  ],
  themes: [
    theme("droits", "t01", "Accès aux droits"),
    theme("droits", "t02", "Collaboration intercommunale en matière sociale"),
    theme("droits", "t03", "Accueil et travail social"),
    theme("insertion", "t04", "Insertion des allocataires du RSA"),
    theme("insertion", "t05", "Logement (PDALHPD)"),
    theme("insertion", "t06", "Enfance et famille"),
    theme("insertion", "t07", "Lutte contre l’illettrisme"),
    theme("autonomie", "t08", "Accueil et orientation en cas de perte d’autonomie"),
    theme("autonomie", "t09", "Qualité et offre des établissements et services"),
    theme("autonomie", "t10", "Prévention de la perte d’autonomie"),
    theme("autonomie", "t11", "Prévention santé"),
    theme("transversal", "t12", "Inclusion des personnes en situation de handicap"),
    theme("transversal", "t13", "Valorisation et essaimage des pratiques"),
  ],
  objectives: [],
  programme: [],
};

/** Source: Protocole local de Sceaux, objectif du protocole (three aims) and art. 3 (ages of life, cross-cutting themes). */
const LOCAL_PROTOCOL: Frame = {
  key: "local-protocol",
  label: "Protocole local, âges de la vie et thèmes transversaux",
  source: "Protocole local de Sceaux, art. 3",
  axes: [
    { key: "ages", label: "Les âges de la vie" },
    { key: "transversal", label: "Thématiques transversales" },
  ],
  themes: [
    theme("ages", "a1", "Maternité et petite enfance"),
    theme("ages", "a2", "Enfance et jeunesse"),
    theme("ages", "a3", "Âge adulte et famille"),
    theme("ages", "a4", "Grand âge"),
    theme("transversal", "x1", "Accueil"),
    theme("transversal", "x2", "Accès aux droits"),
    theme("transversal", "x3", "Inclusion numérique"),
    theme("transversal", "x4", "Insertion"),
    theme("transversal", "x5", "Handicap"),
    theme("transversal", "x6", "Protection des personnes"),
    theme("transversal", "x7", "Santé"),
    theme("transversal", "x8", "Lutte contre les précarités"),
  ],
  objectives: [
    item("connaitre", "Connaître et faire connaître l’offre de solidarité"),
    item("qualite", "Simplifier les démarches et la qualité du service"),
    item("complementarite", "Mener des actions complémentaires et communes"),
  ],
  programme: [],
};

const FREE: Frame = {
  key: "free",
  label: "Plan libre",
  source: "Axes et thèmes choisis par le réseau",
  axes: [{ key: "axe-1", label: "Axe 1" }],
  themes: [theme("axe-1", "theme-1", "Thème 1")],
  objectives: [],
  programme: [],
};

export const FRAMES: Record<FrameKey, Frame> = {
  "social-actors": SOCIAL_ACTORS,
  "departmental-framework": DEPARTMENTAL_FRAMEWORK,
  "local-protocol": LOCAL_PROTOCOL,
  free: FREE,
};

/** A plan that has its frame and nothing else. */
export function startPlan(frame: FrameKey): PlanContent {
  const { axes, themes, objectives, programme } = FRAMES[frame];
  return {
    frame,
    presentation: "",
    axes,
    themes,
    objectives,
    programme,
    actions: [],
  };
}
