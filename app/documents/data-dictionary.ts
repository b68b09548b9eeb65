import { SCDL_COLUMNS } from "./subsidies";

/** What a column of an export holds: unit, form of dates, what an empty cell means. */
export type DescribedColumn = { readonly name: string; readonly meaning: string };

export type DescribedExport = {
  readonly key: string;
  readonly title: string;
  /** Below the address of the network; « : » marks what identifies one thing. */
  readonly path: string;
  readonly formats: readonly ("CSV" | "ODS" | "JSON" | "ZIP")[];
  readonly readers: "everyone" | "members";
  /** What one row is. */
  readonly row: string;
  readonly columns: readonly DescribedColumn[];
};

const columns = (...described: readonly (readonly [name: string, meaning: string])[]): readonly DescribedColumn[] =>
  described.map(([name, meaning]) => ({ name, meaning }));

const DECISIONS: DescribedExport = {
  ...{ key: "decisions", title: "Décisions du comité", path: "decisions", formats: ["CSV", "ODS", "JSON"] },
  ...{ readers: "everyone", row: "un vote du comité, adopté ou rejeté" },
  columns: columns(
    ["Numéro", "année et rang de la décision (« 2026-3 ») ; vide pour un rejet, qui ne porte pas de numéro"],
    ["Date", "jour du vote, à l’heure de Paris"],
    ["Objet", "question posée au comité"],
    ["Montant TTC (€)", "de la dépense votée ; vide quand le vote ne porte pas sur une dépense"],
    ["Fournisseur", "de la dépense votée ; vide sinon"],
    ["Résultat", "adoptée ou rejetée"],
    ["Détail", "phrase du résultat : voix, base de calcul, voix prépondérante"],
    ["Mode", "scrutin public ou secret, en séance ou par consultation écrite"],
    ["Votes", "sens du vote de chaque siège, seulement pour un scrutin public"],
  ),
};

const EXPENSES: DescribedExport = {
  ...{ key: "depenses", title: "Dépenses", path: "depenses", formats: ["CSV", "ODS", "JSON"], readers: "members" },
  row: "une dépense demandée, avec toute sa vie jusqu’au paiement ; « ?annee=2026 » ne garde qu’une année",
  columns: columns(
    ["Objet", "ce qui est acheté"],
    ["Fournisseur", "tel que la demande le nomme"],
    ["Axe", "axe de la convention : Dynamique inter-CCAS, Observation sociale, ou commun aux deux"],
    ["État", "où en est la dépense, déduit des votes, de l’engagement, des factures et des paiements"],
    ["Demandée par", "nom de la personne ou de la fonction qui demande"],
    ["Demandée le", "jour de la demande, AAAA-MM-JJ"],
    ["Montant demandé TTC (€)", "en euros, toutes taxes comprises : ce que le comité vote"],
    ["Décision", "numéro de la décision qui valide ; vide tant que le comité n’a pas validé"],
    ["Validée le", "jour de cette décision, AAAA-MM-JJ ; vide sinon"],
    ["Montant engagé (€)", "au plus le montant validé ; vide tant que rien n’est engagé"],
    ["Engagée le", "jour de l’engagement, AAAA-MM-JJ"],
    ["Engagée par", "qui a engagé, pour le CCAS pilote"],
    ["Référence de l’engagement", "bon de commande ou référence de l’ordonnateur, telle que saisie"],
    ["Compte", "compte d’imputation choisi à l’engagement ; le comptable le vérifie"],
    ["Factures", "fournisseur, numéro et date de chaque facture, séparés par « ; »"],
    ["Montant facturé (€)", "somme des factures ; vide sans facture"],
    ["Montant payé (€)", "somme des factures dont un mandat est enregistré ; vide sinon"],
    ["Mandats", "référence et date de chaque mandat enregistré"],
  ),
};

const CALL: DescribedExport = {
  ...{ key: "appel", title: "Appel de fonds", path: "appels-de-fonds/:appel", formats: ["CSV", "ODS"] },
  ...{ readers: "members", row: "un CCAS qui partage, dans un appel émis" },
  columns: columns(
    ["appel", "année et rang de l’appel (« 2026-1 »)"],
    ["nature", "« annuel », ou « complémentaire » pour les factures tardives"],
    ["emis_le", "jour de l’émission, AAAA-MM-JJ"],
    ["ccas", "nom du CCAS, tel qu’au jour de l’émission"],
    ["siret", "quatorze chiffres ; vide s’il n’est pas connu"],
    ["code_commune", "code officiel géographique de l’INSEE, cinq caractères"],
    ["poids", "nombre entier qui a servi à répartir : habitants, effectif, ou part"],
    ["part_euros", "part du CCAS dans le total, en euros"],
    ["appele_euros", "ce que l’appel demande, en euros ; 0 pour le pilote, qui garde sa part"],
    ["etat", "état du recouvrement, déduit des références enregistrées"],
    ["debiteur", "qui doit la part, selon le choix du réseau : le CCAS ou sa commune ; vide quand rien n’est appelé"],
    ["debiteur_nature", "« CCAS » ou « Commune »"],
    ["debiteur_siret", "SIRET du débiteur ; vide s’il n’est pas connu"],
    ["objet_du_titre", "objet à porter sur le projet de titre"],
    ["titre_numero", "numéro du titre de recettes du comptable ; vide tant qu’il n’est pas enregistré"],
    ["titre_date", "date de ce titre, AAAA-MM-JJ"],
    ["chorus_reference", "référence du dépôt sur Chorus Pro ; vide tant qu’elle n’est pas enregistrée"],
    ["paye_euros", "somme des paiements dont la référence est enregistrée"],
    ["reste_euros", "ce qui reste à payer, en euros"],
    ["source_des_poids", "d’où viennent les poids : producteur, millésime, date d’entrée en vigueur, empreinte"],
  ),
};

const CALLS: DescribedExport = {
  ...CALL,
  ...{ key: "appels", title: "Appels de fonds d’une année", path: "donnees/appels", formats: ["CSV", "ODS", "JSON"] },
  row: "un CCAS qui partage, dans un appel émis ; « ?annee=2026 » choisit l’année",
};

const STATEMENT: DescribedExport = {
  ...{ key: "etat", title: "État liquidatif d’un CCAS", path: "appels-de-fonds/:appel/etats/:organisme" },
  ...{ formats: ["CSV"], readers: "members", row: "une dépense de l’appel, pour un CCAS" },
  columns: columns(
    ["appel", "année et rang de l’appel"],
    ["ccas", "nom du CCAS"],
    ["debiteur", "qui doit la part : le CCAS, ou sa commune si le réseau l’a choisi"],
    ["debiteur_siret", "SIRET du débiteur ; vide s’il n’est pas connu"],
    ["depense", "objet de la dépense"],
    ["factures", "fournisseur et numéro de chaque facture"],
    ["decisions", "numéro de la décision qui a validé la dépense"],
    ["mandats", "références des paiements faits par le pilote"],
    ["montant_euros", "montant appelé de la dépense, tous CCAS ensemble"],
    ["part_euros", "part de ce CCAS ; la colonne fait exactement sa part annuelle"],
  ),
};

const PROOF: DescribedExport = {
  ...{ key: "preuve", title: "Feuille de preuve d’un appel", path: "appels-de-fonds/:appel/preuve" },
  ...{ formats: ["CSV"], readers: "members", row: "un CCAS qui partage, puis le total" },
  columns: columns(
    ["membre", "nom du CCAS"],
    ["identifiant", "identifiant du CCAS dans le portail : à restes égaux, le plus petit passe d’abord"],
    ["poids", "nombre entier du CCAS"],
    ["somme_des_poids", "diviseur commun"],
    ["total_centimes", "montant à répartir, en centimes"],
    ["quotient_centimes", "fraction exacte : total × poids / somme des poids"],
    ["entier_centimes", "partie entière du quotient, en centimes"],
    ["reste", "reste de la division, sur la somme des poids"],
    ["rang", "rang du reste, du plus grand au plus petit"],
    ["centime_de_plus", "1 quand le CCAS reçoit un des centimes restants, −1 pour un avoir, 0 sinon"],
    ["part_centimes", "part du CCAS, en centimes"],
    ["part_euros", "la même, en euros"],
    ["source_des_poids", "producteur, millésime et empreinte du fichier des poids"],
  ),
};

const SUBSIDY_MEANINGS: Record<(typeof SCDL_COLUMNS)[number], string> = {
  nomAttribuant: "nom du financeur",
  idAttribuant: "SIRET du financeur",
  dateConvention: "jour de l’accord, AAAA-MM-JJ",
  referenceDecision: "référence de la convention ou de la notification",
  nomBeneficiaire: "nom du CCAS pilote, qui reçoit l’aide pour le réseau",
  idBeneficiaire: "SIRET du CCAS pilote",
  rnaBeneficiaire: "vide : un CCAS n’est pas une association",
  objet: "ce que l’aide finance, 256 caractères au plus",
  montant: "montant accordé, en euros, point décimal",
  nature: "aide en numéraire, aide en nature, ou les deux",
  conditionsVersement: "« unique », « échelonné », ou en quelques mots",
  datesPeriodeVersement: "jour du versement ; tant qu’il n’est pas noté, de l’accord à la fin de l’année",
  idRAE: "vide : ne s’applique pas",
  notificationUE: "« non » : l’aide n’est pas notifiée à l’Union européenne",
  pourcentageSubvention: "part de l’aide qui va à ce bénéficiaire : « 1.00 », la totalité",
  dispositifAide: "vide",
};

const SUBSIDIES: DescribedExport = {
  ...{ key: "subventions", title: "Subventions accordées", path: "subventions", formats: ["CSV"], readers: "members" },
  row: "une subvention accordée dans l’année, selon le schéma SCDL « Subventions » 2.1.1 : virgules, UTF-8 sans marque, dates ISO",
  columns: SCDL_COLUMNS.map((name) => ({ name, meaning: SUBSIDY_MEANINGS[name] })),
};

const YEAR_FILE: DescribedExport = {
  ...{ key: "justificatifs", title: "Dossier de justificatifs d’une année", path: "justificatifs", formats: ["ZIP"] },
  ...{ readers: "members", row: "un fichier de l’archive, décrit par « index.csv »" },
  columns: columns(
    ["Nature", "tableau, registre ou document"],
    ["Intitulé", "ce que le fichier contient"],
    ["Fichier", "chemin dans l’archive ; vide quand la pièce n’est plus conservée"],
    ["Contrôle", "« intact » quand l’empreinte SHA-256 est celle du dépôt ; sinon ce qui manque ou diffère"],
  ),
};

const QUORUM: DescribedExport = {
  ...{ key: "quorum", title: "Suivi du quorum", path: "quorum", formats: ["CSV"], readers: "members" },
  row: "un siège, à une séance levée ; « ?annee=2026 » choisit l’année",
  columns: columns(
    ["Année", "année civile de la séance"],
    ["Trimestre", "T1 à T4, trimestre civil"],
    ["Date", "jour de la séance, JJ/MM/AAAA"],
    ["Séance", "numéro de la séance dans l’année"],
    ["Intitulé", "titre de la séance"],
    ["Convocation", "« première », ou « seconde » avec le même ordre du jour"],
    ["Quorum", "« atteint », « non atteint », ou « non exigé » après une seconde convocation"],
    ["Présents", "sièges qui comptent, à la minute où le plus d’entre eux siégeaient ensemble ; vide si la séance ne s’est pas ouverte"],
    ["Nécessaires", "sièges nécessaires ; vide quand le quorum n’est pas exigé"],
    ["Siège", "nom du siège"],
    ["Présence du siège", "« présent » s’il a siégé, même une partie de la séance, « absent » ou « vacant » (personne n’y est désigné)"],
  ),
};

/** A list of the network's money for one year: « ?annee=2026 » chooses it. */
function moneyTable(key: string, title: string, row: string, ...meanings: readonly (readonly [string, string])[]) {
  return {
    ...{ key, title, path: `donnees/${key}`, formats: ["CSV", "ODS", "JSON"], readers: "members" },
    row: `${row} ; « ?annee=2026 » choisit l’année`,
    columns: columns(...meanings),
  } as const satisfies DescribedExport;
}

const YEAR = ["annee", "année civile"] as const;

const MONEY_TABLES: readonly DescribedExport[] = [
  moneyTable(
    ...(["budget", "Budget d’une année", "une ligne du prévisionnel en vigueur, puis le total de l’année"] as const),
    YEAR,
    ["ligne", "nom de la ligne ; « Hors ligne » pour les dépenses qui n’en ont pas"],
    ["axe", "axe de la convention, ou commun aux deux ; vide pour un total"],
    ["prevu_euros", "montant voté par le comité"],
    ["propose_euros", "demandé, pas encore décidé : ne prend rien au budget"],
    ["valide_euros", "validé par le comité, pas encore engagé"],
    ["engage_euros", "engagé par le pilote, pas encore facturé"],
    ["facture_euros", "facturé au pilote, pas encore payé"],
    ["paye_euros", "payé par le pilote, avec la référence du mandat"],
    ["reste_euros", "prévu moins validé, engagé, facturé et payé ; négatif au-delà du prévu"],
  ),
  moneyTable(
    ...(["temps-de-travail", "Temps de travail", "une ligne de temps, telle qu’elle vaut aujourd’hui"] as const),
    YEAR,
    ["fonction", "fonction de la personne, jamais son nom"],
    ["axe", "axe de la convention, ou commun aux deux"],
    ["minutes", "temps passé, en minutes entières"],
    ["cout_horaire_euros", "coût d’une heure"],
    ["fondement_du_cout", "d’où vient ce coût"],
    ["situation", "admise, contestée, admise ou écartée par un vote"],
    ["contestee_par", "organisme qui conteste ; vide sinon"],
    ["motif_de_la_contestation", "en ses mots ; vide sinon"],
  ),
  moneyTable(
    ...(["prets", "Prêts de l’année, pour mémoire", "ce qu’un CCAS a prêté, bien par bien"] as const),
    YEAR,
    ["ccas", "nom du CCAS qui prête"],
    ["bien", "salle, fluide ou matériel"],
    ["nature", "salle de réunion, salle de réception, fluides ou matériel"],
    ["usages", "réservations acceptées qui commencent dans l’année"],
    ["quantite", "somme des quantités, dans l’unité"],
    ["unite", "heure, jour, usage…"],
    ["valeur_pour_memoire_euros", "ni facturée ni répartie ; vide quand rien n’est valorisé"],
    ["usages_sans_valeur", "nombre d’usages que personne n’a valorisés"],
  ),
  moneyTable(
    ...([
      "inscriptions",
      "Inscriptions à la journée annuelle",
      "une inscription, pour une ou plusieurs personnes",
    ] as const),
    YEAR,
    ["journee", "intitulé de la journée"],
    ["date", "jour de la journée, AAAA-MM-JJ ; vide tant qu’il n’est pas fixé"],
    ["public", "élu·es, bénévoles ou professionnel·les"],
    ["organisme", "tel que noté à l’inscription"],
    ["personnes", "nombre de personnes"],
  ),
  moneyTable(
    ...(["demandes-de-subvention", "Demandes de subvention", "une demande, quelle qu’en soit la suite"] as const),
    YEAR,
    ["objet", "ce que l’aide finance"],
    ["financeur", "à qui l’aide est demandée"],
    ["siret_financeur", "quatorze chiffres ; vide s’il n’est pas connu"],
    ["cofinancement", "« oui » pour un autre financeur que le Département"],
    ["demandee_le", "jour de la demande, AAAA-MM-JJ"],
    ["demande_euros", "montant demandé"],
    ["etat", "demandée, accordée, refusée ou versée"],
    ["reponse_le", "jour de la réponse ; vide tant qu’elle n’est pas venue"],
    ["accorde_euros", "montant accordé ; vide sinon"],
    ["convention", "référence de la convention ou de la notification"],
    ["verse_euros", "montant reçu ; vide sinon"],
    ["verse_le", "jour du versement"],
    ["reference_du_versement", "telle que saisie"],
    ["departement_informe_le", "jour où le Département a été informé de cette réponse"],
  ),
];

/** Every table that a network gives out, with the meaning of its columns, in their order. */
export const DATA_DICTIONARY: readonly DescribedExport[] = [
  ...[DECISIONS, QUORUM, EXPENSES, CALL, CALLS, STATEMENT, PROOF, SUBSIDIES, ...MONEY_TABLES, YEAR_FILE],
];
