import type { AgreementModel } from "./model";
import { article, clause, standing } from "./model";

const GROUPS = [
  { key: "dst", label: "Direction des solidarités territoriales" },
  { key: "sst", label: "Responsable du service des solidarités territoriales et son équipe" },
  { key: "dgs", label: "Direction générale des services de la Ville, ou sa représentation" },
  { key: "ccas", label: "Direction du CCAS et secteur social" },
] as const;

/** Protocole local de partenariat, Département des Hauts-de-Seine / Ville de Sceaux. */
export const SCEAUX: AgreementModel = {
  key: "sceaux",
  networkName: "Sceaux et le Département 92",
  presentation:
    "La Ville de Sceaux, son CCAS et le Département des Hauts-de-Seine coordonnent leurs actions de solidarité.",
  contact: "CCAS de Sceaux, direction.",
  lead: "sceaux",
  organizations: [
    {
      key: "sceaux",
      kind: "ccas",
      name: "Ville et CCAS de Sceaux",
      shortName: "Sceaux",
      inseeCode: "92071",
      isSeated: true,
    },
    {
      key: "departement",
      kind: "departement",
      name: "Département des Hauts-de-Seine",
      shortName: "Département",
      inseeCode: "92",
      isSeated: true,
    },
  ],
  kind: "local",
  title: "Protocole local de partenariat Département 92 – Ville de Sceaux",
  note: "Le texte source (intitulé « PROTCOLE » dans la copie) n’est pas daté : la démonstration suppose une signature le 15 janvier 2024 et une délibération du conseil municipal de décembre 2023. Les articles sont redits avec nos mots.",
  effectOn: "2024-01-15",
  signedOn: "2024-01-15",
  place: "Sceaux",
  parties: [
    {
      organization: "departement",
      label: "Département des Hauts-de-Seine",
      office: "Présidence du conseil départemental",
      board: "Conseil départemental",
      needsHabilitation: false,
      deliberationNumber: "",
      deliberationOn: null,
      chain: [],
    },
    {
      organization: "sceaux",
      label: "Ville de Sceaux",
      office: "Maire, présidence du CCAS",
      board: "Conseil municipal",
      needsHabilitation: true,
      deliberationNumber: "supposée",
      deliberationOn: "2023-12-14",
      chain: [],
    },
  ],
  articles: [
    article(
      "Préambule",
      "Cadre",
      "Mieux répondre aux habitant·es, chacun dans sa compétence. À Sceaux, le CCAS est au sein des services de la Ville.",
    ),
    article(
      "1",
      "Connaître et faire connaître l’offre",
      "Faire connaître l’offre de solidarité : côté Département, le service territorial et ses trois unités ; côté Ville, le CCAS et les services municipaux.",
    ),
    article(
      "2",
      "Simplifier",
      "Rapprocher le service de ses usagers : des travailleurs sociaux viennent dans le quartier des Blagis.",
    ),
    article(
      "3",
      "Agir ensemble",
      "Deux familles d’axes : les âges de la vie, et des thèmes transversaux (accueil, droits, inclusion numérique, insertion, handicap, protection, santé, précarités). Une annexe évolutive dit ce que chacun fait déjà et ce qui se fait ensemble.",
    ),
    article(
      "4",
      "Mise en œuvre",
      "Trois garants : la responsable du service territorial, le directeur général des services, la directrice du CCAS. Ils coordonnent, assurent la continuité, font vivre le partenariat et organisent l’échange d’informations, avec l’accord de la personne et dans le respect du RGPD.",
    ),
    article(
      "5",
      "Suivi et évaluation",
      "Un bilan annuel avec quatre groupes de participants. Trois types de rencontres, au rythme à définir : entre cadres, sur des situations individuelles, et une rencontre annuelle des professionnels à l’ordre du jour construit ensemble. Les deux élu·es référents sont toujours informés. L’évaluation porte sur quatre points : processus, diagnostics partagés, cohérence, effets sur le service rendu.",
    ),
    article("6", "Effet et durée", "À la signature des deux parties, pour trois ans, avec reconduction tacite."),
    article("7", "Modification", "Toute modification passe par un avenant signé."),
    article(
      "8",
      "Résiliation",
      "Chaque partie peut dénoncer, par lettre recommandée avec accusé de réception aux partenaires concernés, avec trois mois de préavis.",
    ),
    article(
      "9",
      "Litiges",
      "Solution amiable d’abord, y compris sur le partage de données ; sinon le tribunal administratif que le texte désigne à Nanterre.",
    ),
  ],
  clauses: [
    standing(
      "offre",
      "1",
      "Faire connaître l’offre",
      "Un répertoire des services des deux parties est tenu à jour et public.",
    ),
    standing(
      "blagis",
      "2",
      "Présence aux Blagis",
      "Des travailleurs sociaux tiennent une présence dans le quartier des Blagis.",
    ),
    standing(
      "annexe",
      "3",
      "Annexe évolutive",
      "L’annexe dit, axe par axe, ce que chacun fait et ce qui se fait ensemble ; elle évolue sans avenant.",
    ),
    standing(
      "garants",
      "4",
      "Trois garants",
      "Les garants coordonnent, assurent la continuité et diffusent la volonté de coopérer.",
    ),
    clause(
      "personnes",
      "4",
      "Pas de situation individuelle sans accord",
      "Rien ne s’échange sur une personne sans son accord ; le portail ne garde aucune situation individuelle.",
      { kind: "prohibition", act: "name-people", article: null, months: [] },
    ),
    clause(
      "bilan",
      "5",
      "Réunion annuelle de bilan",
      "Les parties font chaque année le bilan du protocole en réunion.",
      { kind: "frequency", count: 1, per: "civil-year", fact: "governance-meeting" },
    ),
    clause(
      "bilan-groupes",
      "5",
      "Quatre groupes au bilan",
      "La réunion de bilan réunit quatre groupes, présents ou notés absents.",
      { kind: "composition", of: "bilan", at: "each", groups: [...GROUPS] },
    ),
    clause(
      "cadres",
      "5",
      "Temps régulier entre cadres",
      "Les cadres se voient régulièrement ; le rythme reste à définir.",
      { kind: "frequency", count: 0, per: "civil-year", fact: "governance-meeting" },
    ),
    standing(
      "situations",
      "5",
      "Situations individuelles : hors du portail",
      "Les temps sur des situations se tiennent hors du portail ; seule leur date peut être notée.",
    ),
    clause(
      "collective",
      "5",
      "Rencontre annuelle des professionnels",
      "Une fois par an, CCAS et service territorial se rencontrent, sur un ordre du jour construit ensemble.",
      { kind: "frequency", count: 1, per: "civil-year", fact: "governance-meeting" },
    ),
    clause(
      "collective-groupes",
      "5",
      "Professionnels des deux services",
      "La rencontre réunit les professionnels du CCAS et du service territorial.",
      {
        kind: "composition",
        of: "collective",
        at: "each",
        groups: [
          { key: "pro-ccas", label: "Professionnel·les du CCAS" },
          { key: "pro-sst", label: "Professionnel·les du service des solidarités territoriales" },
        ],
      },
    ),
    clause(
      "information",
      "5",
      "Informer les élu·es référents",
      "Après chaque suivi, la vice-présidence du Département et l’élu·e référent·e de la commune sont informés.",
      { kind: "after", trigger: "governance-meeting", fact: "note" },
    ),
    clause(
      "evaluation",
      "5",
      "Évaluation sur quatre points",
      "Processus, diagnostics partagés, cohérence, effets pour les usagers : évalués avant la fin de la période.",
      { kind: "deadline", before: { count: 0, unit: "months" }, fact: "bilan", alarms: [] },
    ),
    clause(
      "duree",
      "6",
      "Trois ans, reconduction tacite",
      "Trois ans depuis la signature, puis reconduction en silence ; le texte ne dit pas pour quelle durée.",
      {
        kind: "duration",
        duration: {
          first: { kind: "months", months: 36 },
          renewal: { kind: "tacit", months: null, most: null, decided: null },
        },
      },
    ),
    clause(
      "avenant",
      "7",
      "Avenant signé des deux parties",
      "Une modification vaut par un avenant signé des deux parties.",
      { kind: "unanimity", of: "boards", act: "amendment" },
    ),
    clause(
      "denonciation",
      "8",
      "Dénonciation : trois mois, départ non précisé",
      "Trois mois de préavis, par lettre recommandée ; le texte ne dit pas depuis quand les compter.",
      {
        kind: "notice",
        purpose: "denunciation",
        notice: { length: { count: 3, unit: "months" }, from: "unspecified" },
        curable: false,
        form: "registered-letter",
      },
    ),
    standing(
      "litiges",
      "9",
      "Amiable d’abord",
      "Un litige, y compris sur les données, cherche d’abord une solution amiable.",
    ),
  ],
  acts: [],
  annexes: [
    {
      ...{ key: "strategies", title: "Annexe : stratégies par axe", datedOn: "2024-01-15" },
      body: "Le texte source annonce cette annexe sans la reproduire. Trame : pour chaque axe, ce que fait le Département, ce que fait la Ville, ce qui se fait ensemble.\n\n- Âges de la vie : de la maternité au grand âge\n- Thèmes : accueil, accès aux droits, inclusion numérique, insertion, handicap, protection, santé, précarités",
    },
  ],
  clarifications: [
    {
      articles: "4, 5",
      title: "Service territorial n° 2 ou n° 13",
      problem: "L’article 4 nomme le service des solidarités territoriales n° 2, l’article 5 le n° 13.",
      readings: ["Service n° 2", "Service n° 13"],
    },
    {
      articles: "8",
      title: "Départ du préavis",
      problem: "Les trois mois ne disent pas s’ils partent de l’envoi ou de la réception.",
      readings: ["Depuis l’envoi", "Depuis la réception"],
    },
    {
      articles: "6",
      title: "Durée après trois ans",
      problem:
        "La reconduction tacite ne dit pas sa durée. Articles 1214 et 1215 du Code civil : la durée devient indéterminée.",
      readings: ["Durée indéterminée après trois ans", "Trois ans à chaque reconduction"],
    },
    {
      articles: "5",
      title: "Rythme des rencontres à définir",
      problem: "Trois types de rencontres sont prévus, avec un rythme laissé à définir.",
      readings: ["Le comité fixe le rythme de chaque type"],
    },
    {
      articles: "9",
      title: "Tribunal désigné à Nanterre",
      problem:
        "Le texte désigne le tribunal administratif de Nanterre : la compétence est à vérifier avant de citer un tribunal.",
      readings: ["Faire vérifier le tribunal compétent"],
    },
    {
      articles: "5",
      title: "Renvoi aux axes de l’article 2",
      problem: "L’évaluation renvoie aux axes de l’article 2, alors que les axes sont à l’article 3.",
      readings: ["Lire « article 3 »"],
    },
  ],
};
