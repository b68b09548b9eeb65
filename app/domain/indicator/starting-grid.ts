import type { Category, CellRef, Dimension, Indicator } from "./dictionary";

/**
 * The grid that a new network starts from: the activity of a CCAS in a civil year, on common criteria. It is a proposal, that the network edits and its
 * committee votes. Source: Convention, preamble (« grille de recueil statistique anonymisée »).
 */

const category = (code: string, label: string, parent: string | null = null): Category => ({ code, label, parent });

const REASON: Dimension = {
  code: "motif",
  label: "Motif principal",
  categories: [
    category("logement", "Logement et charges"),
    category("energie", "Énergie", "logement"),
    category("loyer", "Loyer et dette locative", "logement"),
    category("eau", "Eau et autres charges", "logement"),
    category("alimentation", "Alimentation"),
    category("mobilite", "Mobilité"),
    category("sante", "Santé"),
    category("enfance", "Enfance et scolarité"),
    category("autre", "Autre motif"),
  ],
};
const DECISION: Dimension = {
  code: "decision",
  label: "Décision",
  categories: [
    category("accord", "Accord"),
    category("accord-total", "Accord total", "accord"),
    category("accord-partiel", "Accord partiel", "accord"),
    category("refus", "Refus"),
    category("sans-suite", "Ajournée ou sans suite"),
  ],
};
const HOUSEHOLD: Dimension = {
  code: "menage",
  label: "Type de ménage",
  categories: [
    category("seule", "Personne seule"),
    category("monoparentale", "Famille monoparentale"),
    category("couple-sans-enfant", "Couple sans enfant"),
    category("couple-avec-enfants", "Couple avec enfants"),
    category("autre", "Autre ménage"),
  ],
};
const ADULT_AGE: Dimension = {
  code: "age",
  label: "Âge au 31 décembre",
  categories: [
    category("moins-25", "Moins de 25 ans"),
    category("25-34", "25 à 34 ans"),
    category("35-44", "35 à 44 ans"),
    category("45-54", "45 à 54 ans"),
    category("55-64", "55 à 64 ans"),
    category("65-plus", "65 ans et plus"),
  ],
};
const BROAD_AGE: Dimension = {
  code: "age",
  label: "Âge au 31 décembre",
  categories: [
    category("moins-25", "Moins de 25 ans"),
    category("25-59", "25 à 59 ans"),
    category("60-plus", "60 ans et plus"),
  ],
};
const OLD_AGE: Dimension = {
  code: "age",
  label: "Âge au 31 décembre",
  categories: [
    category("moins-75", "Moins de 75 ans"),
    category("75-84", "75 à 84 ans"),
    category("85-plus", "85 ans et plus"),
  ],
};
const URGENT_KIND: Dimension = {
  code: "nature",
  label: "Nature du secours",
  categories: [
    category("alimentaire", "Alimentaire"),
    category("bons", "Bons ou chèques", "alimentaire"),
    category("colis", "Colis", "alimentaire"),
    category("numeraire", "Numéraire"),
    category("autre", "Autre secours"),
  ],
};

const total = (indicator: string): CellRef => ({ indicator, dimension: null, category: null });

const OFFICE = "Accueil du CCAS";
const SOCIAL = "Travail social du CCAS";
const MANAGEMENT = "Direction du CCAS";

type Sketch = Pick<Indicator, "code" | "section" | "label" | "definition" | "unit"> & Partial<Indicator>;

const sketch = (given: Sketch): Indicator => ({
  period: "flow",
  measure: { kind: "count" },
  formula: null,
  dimensions: [],
  direction: "none",
  filledBy: OFFICE,
  isZeroInformative: true,
  isBoundedByPopulation: given.unit === "persons" || given.unit === "households",
  isPublished: true,
  series: 1,
  breakReason: "",
  ...given,
});

const DOMICILE = [
  sketch({
    ...{ code: "DOM-DEM", section: "Domiciliation", label: "Demandes d’élection de domicile", unit: "requests" },
    definition:
      "Premières demandes et renouvellements reçus dans l’année, comptés à la date de réception. Une demande par personne, ses ayants droit compris.",
    dimensions: [
      {
        ...{ code: "decision", label: "Suite donnée" },
        categories: [
          category("accord", "Accord"),
          category("refus", "Refus"),
          category("sans-suite", "Sans suite ou en attente"),
        ],
      },
    ],
  }),
  sketch({
    ...{ code: "DOM-ACT", section: "Domiciliation", label: "Personnes domiciliées", unit: "persons", period: "stock" },
    definition:
      "Personnes dont l’attestation d’élection de domicile est en cours au 31 décembre, ayants droit compris.",
    dimensions: [BROAD_AGE],
  }),
  sketch({
    ...{ code: "DOM-FIN", section: "Domiciliation", label: "Fins de domiciliation", unit: "files" },
    definition: "Domiciliations qui ont pris fin dans l’année, à la demande de la personne ou par décision du CCAS.",
  }),
];

const OPTIONAL_AID_NAME = "Aides facultatives";
const OPTIONAL_AID = [
  sketch({
    ...{ code: "AF-DEM", section: OPTIONAL_AID_NAME, label: "Demandes d’aide facultative", unit: "requests" },
    definition:
      "Demandes reçues dans l’année, comptées une fois chacune, quelle que soit la suite. Le motif est celui qui pèse le plus ; la décision est celle de l’année, ou « ajournée ou sans suite » si aucune n’est prise au 31 décembre.",
    dimensions: [REASON, DECISION, HOUSEHOLD],
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "AF-MEN", section: OPTIONAL_AID_NAME, label: "Ménages aidés", unit: "households" },
    definition:
      "Ménages différents qui ont reçu au moins une aide facultative dans l’année. L’âge est celui de la personne qui demande.",
    dimensions: [ADULT_AGE],
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "AF-NB", section: OPTIONAL_AID_NAME, label: "Aides facultatives accordées", unit: "actions" },
    definition: "Aides accordées dans l’année, en tout ou en partie, comptées à la date de la décision.",
    dimensions: [REASON],
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "AF-MNT", section: OPTIONAL_AID_NAME, label: "Montant des aides accordées", unit: "euros" },
    definition:
      "Somme des montants accordés dans l’année, avances remboursables comprises, remboursements non déduits.",
    dimensions: [REASON],
    measure: { kind: "magnitude", contributors: "AF-NB", largest: "AF-MAX" },
    filledBy: MANAGEMENT,
  }),
  sketch({
    ...{ code: "AF-MAX", section: OPTIONAL_AID_NAME, label: "Plus forte aide accordée", unit: "euros" },
    definition:
      "Montant de l’aide la plus forte. Il sert au seul contrôle du secret des montants et n’est montré à personne d’autre que le CCAS et le pilote.",
    measure: { kind: "magnitude", contributors: null, largest: null },
    isPublished: false,
    filledBy: MANAGEMENT,
  }),
  sketch({
    ...{ code: "AF-TX", section: OPTIONAL_AID_NAME, label: "Part des demandes accordées", unit: "requests" },
    definition: "Demandes qui ont reçu un accord total ou partiel, pour cent demandes reçues.",
    formula: {
      kind: "ratio",
      numerator: { indicator: "AF-DEM", dimension: "decision", category: "accord" },
      denominator: total("AF-DEM"),
      per: 100,
    },
  }),
  sketch({
    ...{ code: "AF-MOY", section: OPTIONAL_AID_NAME, label: "Montant moyen d’une aide", unit: "euros" },
    definition: "Montant accordé divisé par le nombre d’aides accordées.",
    measure: { kind: "magnitude", contributors: "AF-NB", largest: null },
    formula: { kind: "ratio", numerator: total("AF-MNT"), denominator: total("AF-NB"), per: 1 },
  }),
];

const URGENT_AID = [
  sketch({
    ...{ code: "SU-NB", section: "Secours d’urgence", label: "Secours d’urgence accordés", unit: "actions" },
    definition: "Secours remis sans attendre une commission, comptés un par remise.",
    dimensions: [URGENT_KIND],
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "SU-MNT", section: "Secours d’urgence", label: "Montant des secours d’urgence", unit: "euros" },
    definition: "Valeur des secours remis dans l’année ; un colis compte pour son coût d’achat, zéro s’il est donné.",
    dimensions: [URGENT_KIND],
    measure: { kind: "magnitude", contributors: "SU-NB", largest: null },
    filledBy: MANAGEMENT,
  }),
];

const MEALS = [
  sketch({
    ...{ code: "PR-PER", section: "Portage de repas", label: "Personnes livrées à domicile", unit: "persons" },
    definition: "Personnes différentes qui ont reçu au moins un repas à domicile dans l’année.",
    dimensions: [OLD_AGE],
  }),
  sketch({
    ...{ code: "PR-REP", section: "Portage de repas", label: "Repas livrés", unit: "meals", isZeroInformative: false },
    definition: "Repas livrés à domicile dans l’année, midi et soir comptés chacun.",
    measure: { kind: "magnitude", contributors: "PR-PER", largest: null },
  }),
];

const LEGAL_AID_NAME = "Instruction de l’aide sociale";
const LEGAL_AID = [
  sketch({
    ...{ code: "APA-DOS", section: LEGAL_AID_NAME, label: "Dossiers d’APA constitués", unit: "files" },
    definition:
      "Dossiers d’allocation personnalisée d’autonomie que le CCAS a aidé à constituer ou a transmis au Département.",
    dimensions: [
      {
        ...{ code: "nature", label: "Nature du dossier" },
        categories: [category("premiere", "Première demande"), category("revision", "Révision ou renouvellement")],
      },
    ],
  }),
  sketch({
    ...{ code: "AS-DOS", section: LEGAL_AID_NAME, label: "Dossiers d’aide sociale transmis", unit: "files" },
    definition: "Dossiers d’aide sociale légale, hors APA, constitués par le CCAS et transmis dans l’année.",
    dimensions: [
      {
        ...{ code: "nature", label: "Nature de l’aide" },
        categories: [
          category("hebergement", "Hébergement"),
          category("personnes-agees", "Personnes âgées", "hebergement"),
          category("handicap", "Personnes handicapées", "hebergement"),
          category("domicile", "Aide à domicile"),
          category("autre", "Autre aide"),
        ],
      },
    ],
  }),
];

const SUPPORT_NAME = "Accompagnement et visites";
const SUPPORT = [
  sketch({
    ...{ code: "ACC-MEN", section: SUPPORT_NAME, label: "Ménages accompagnés", unit: "households" },
    definition: "Ménages différents suivis par le CCAS dans l’année : au moins deux entretiens sur une même situation.",
    dimensions: [HOUSEHOLD],
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "ACC-ENT", section: SUPPORT_NAME, label: "Entretiens", unit: "actions", isZeroInformative: false },
    definition: "Entretiens individuels tenus dans l’année, au CCAS, à domicile ou au téléphone.",
    measure: { kind: "magnitude", contributors: "ACC-MEN", largest: null },
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "VIS-NB", section: SUPPORT_NAME, label: "Visites à domicile", unit: "visits", isZeroInformative: false },
    definition: "Visites rendues à domicile par des agents ou des bénévoles du CCAS, comptées une par passage.",
    measure: { kind: "magnitude", contributors: "VIS-PER", largest: null },
  }),
  sketch({
    ...{ code: "VIS-PER", section: SUPPORT_NAME, label: "Personnes visitées", unit: "persons" },
    definition: "Personnes différentes visitées à domicile dans l’année.",
    dimensions: [OLD_AGE],
  }),
];

const HOUSING = [
  sketch({
    ...{ code: "LOG-DEM", section: "Logement", label: "Demandes de logement social accompagnées", unit: "files" },
    definition: "Demandes de logement social que le CCAS a aidé à remplir, à renouveler ou à appuyer dans l’année.",
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "LOG-TMP", section: "Logement", label: "Ménages hébergés temporairement", unit: "households" },
    definition: "Ménages logés dans l’année dans un logement d’urgence ou temporaire de la commune ou du CCAS.",
    dimensions: [HOUSEHOLD],
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "LOG-EXP", section: "Logement", label: "Ménages suivis pour impayés ou expulsion", unit: "households" },
    definition: "Ménages suivis par le CCAS dans l’année au titre d’une dette locative ou d’une procédure d’expulsion.",
    filledBy: SOCIAL,
  }),
];

const RSA_NAME = "Référence RSA";
const RSA = [
  sketch({
    ...{ code: "RSA-REF", section: RSA_NAME, label: "Bénéficiaires dont le CCAS est référent", unit: "persons" },
    definition:
      "Personnes bénéficiaires du revenu de solidarité active dont le CCAS est l’organisme référent au 31 décembre.",
    period: "stock",
    dimensions: [ADULT_AGE, HOUSEHOLD],
    filledBy: SOCIAL,
  }),
  sketch({
    ...{ code: "RSA-CER", section: RSA_NAME, label: "Contrats d’engagement signés", unit: "files" },
    definition: "Contrats d’engagement conclus ou renouvelés dans l’année avec les personnes suivies.",
    filledBy: SOCIAL,
  }),
];

export const STARTING_GRID: readonly Indicator[] = [
  ...DOMICILE,
  ...OPTIONAL_AID,
  ...URGENT_AID,
  ...MEALS,
  ...LEGAL_AID,
  ...SUPPORT,
  ...HOUSING,
  ...RSA,
];
