import type { PlainDate } from "../../../app/domain/kernel/plain-date";
import type { AgreementModel } from "./model";
import { article, clause, standing } from "./model";

const day = (text: string) => text as PlainDate;

/** Decision DEC04/2025 and the contract of practice analysis that it concludes, Dreux, 2025. */
export const DREUX: AgreementModel = {
  key: "dreux",
  networkName: "CCAS de Dreux : analyse des pratiques",
  presentation:
    "Le CCAS de Dreux confie à un praticien des groupes d’analyse des pratiques et des séances individuelles.",
  contact: "CCAS de Dreux, direction.",
  lead: "dreux",
  organizations: [
    { key: "dreux", kind: "ccas", name: "CCAS de Dreux", shortName: "Dreux", inseeCode: "28134", isSeated: true },
    {
      key: "praticien",
      kind: "autre",
      name: "Praticien en analyse des pratiques",
      shortName: "Praticien",
      inseeCode: null,
      isSeated: false,
    },
  ],
  kind: "contract",
  title: "Convention d’intervention en analyse des pratiques professionnelles",
  note: "Décision DEC04/2025 du 10 avril 2025 et convention signée le 21 février 2025, avec effet au 1er avril 2025. Un seul CCAS siège : le praticien est cocontractant. Les articles sont redits avec nos mots.",
  effectOn: "2025-04-01",
  signedOn: "2025-02-21",
  place: "Dreux",
  parties: [
    {
      ...{
        organization: "dreux",
        label: "CCAS de Dreux",
        office: "Présidence du CCAS",
        board: "Conseil d’administration",
      },
      ...{
        needsHabilitation: true,
        deliberationNumber: "délégation du 1er septembre 2020",
        deliberationOn: "2020-09-01",
      },
      chain: [
        {
          act: "Délibération du conseil d’administration : délégation à la présidence",
          on: day("2020-09-01"),
          from: "Conseil d’administration",
          to: "Présidence du CCAS",
          until: null,
        },
        {
          act: "Arrêté : délégation de fonction et de signature (vice-présidence élue le 1er septembre 2020)",
          on: day("2020-09-17"),
          from: "Présidence du CCAS",
          to: "Vice-présidence du CCAS",
          until: null,
        },
      ],
    },
    {
      organization: "praticien",
      label: "Praticien, prestataire",
      office: "Praticien",
      board: "",
      needsHabilitation: false,
      deliberationNumber: "",
      deliberationOn: null,
      chain: [],
    },
  ],
  articles: [
    article(
      "Décision 1",
      "Conclure",
      "Conclure la convention du 1er avril au 31 décembre 2025 : 150 € nets par intervention en groupe, 80 € par intervention individuelle.",
    ),
    article("Décision 2", "Reconduire", "La convention se reconduit en silence à la fin de la période."),
    article("Décision 3", "Crédits", "Crédits au budget principal et aux budgets annexes."),
    article(
      "Décision 4",
      "Exécution",
      "La direction du CCAS et le service de gestion comptable sont chargés de l’exécution.",
    ),
    article(
      "Décision 5",
      "Recours",
      "Recours devant le tribunal administratif d’Orléans, deux mois depuis la publication ou la notification, aussi par Télérecours citoyens.",
    ),
    article("1", "Objet", "Animer des groupes d’analyse des pratiques et, en cas de crise, des séances individuelles."),
    article(
      "1.1",
      "Le groupe",
      "Un espace d’échange entre agent·es, ni supervision hiérarchique, ni évaluation individuelle.",
    ),
    article(
      "1.2",
      "Les séances individuelles",
      "Un appui ponctuel sur une situation professionnelle ; pas une thérapie.",
    ),
    article(
      "2.1",
      "Les groupes",
      "Chaque mois, 1 h 30 : un groupe « Action sociale », cinq « Pôle seniors », un de chef·fes de service. Chaque trimestre, 1 h 30 pour les administratifs. Calendrier annuel convenu, tenant compte des vacances scolaires ; rien en juillet ni en août. Créneaux : 9 h, 10 h 30, 13 h 30, 15 h. Changer une date demande quinze jours et l’accord des deux.",
    ),
    article(
      "2.2",
      "Les séances individuelles : accès",
      "Sur demande de l’agent·e, de l’encadrement ou du praticien, par courriel, en confidence. Le praticien ne rapporte que des observations globales, sans nom.",
    ),
    article(
      "2.3",
      "Bilan et restitution",
      "Retours oraux à l’initiative du praticien ou de la direction. Un bilan annuel en quatre parties : thèmes récurrents, recommandations, dynamique des groupes, actions correctives et leur effet.",
    ),
    article("3", "Lieux", "Dans les structures du CCAS, indiquées avec le calendrier."),
    article(
      "4",
      "Honoraires",
      "150 € nets par groupe, 80 € nets par heure individuelle. Une séance annulée par le CCAS sans report possible est due. Facture mensuelle sur Chorus, code CCA4.",
    ),
    article(
      "5",
      "Engagements",
      "Le praticien met son savoir-faire au service de la mission ; le CCAS signale tout changement et toute difficulté.",
    ),
    article(
      "6",
      "Confidentialité",
      "Ce que le praticien apprend reste confidentiel ; les règles sont dites au démarrage.",
    ),
    article("7", "Propriété", "Le praticien n’utilise pas les résultats pour autre chose que ce que le CCAS décide."),
    article("8", "Responsabilité", "Obligation de moyens ; aucun mandat, aucune gestion de fait."),
    article("9.1", "Durée", "Du 1er avril au 31 décembre 2025, puis reconduction chaque année, en silence."),
    article("9.2", "Suspension", "Une facture impayée peut suspendre les interventions."),
    article(
      "9.3",
      "Résiliation",
      "Chacun peut y mettre fin à la fin de chaque mois, en prévenant un mois avant. Force majeure : quinze jours.",
    ),
    article("10", "Droit et litiges", "Droit français ; à défaut d’accord amiable, tribunal administratif d’Orléans."),
  ],
  clauses: [
    standing(
      "credits",
      "Décision 3",
      "Budgets principal et annexes",
      "La dépense se partage entre le budget principal et les budgets annexes.",
    ),
    standing("execution", "Décision 4", "Qui exécute", "La direction du CCAS et le service de gestion comptable."),
    standing(
      "cadre",
      "1.1",
      "Ni hiérarchie, ni évaluation",
      "Les groupes ne servent ni à superviser ni à évaluer une personne ; les séances individuelles ne sont pas une thérapie.",
    ),
    clause(
      "mensuelles",
      "2.1",
      "Sept séances par mois, sauf l’été",
      "Sept groupes d’une heure trente chaque mois ; aucun en juillet ni en août.",
      { kind: "monthly", count: 7, everyMonths: 1, without: [7, 8], fact: "note" },
    ),
    clause(
      "trimestrielles",
      "2.1",
      "Une séance par trimestre pour les administratifs",
      "Un groupe d’une heure trente chaque trimestre.",
      { kind: "monthly", count: 1, everyMonths: 3, without: [7, 8], fact: "note" },
    ),
    clause(
      "calendrier",
      "2.1",
      "Calendrier annuel",
      "Les parties conviennent d’un calendrier pour l’année, hors vacances scolaires.",
      { kind: "frequency", count: 1, per: "civil-year", fact: "note" },
    ),
    clause("ete", "2.1", "Rien en juillet ni en août", "Aucun groupe en juillet ni en août.", {
      kind: "prohibition",
      act: "hold-session",
      article: null,
      months: [7, 8],
    }),
    clause(
      "report",
      "2.1",
      "Quinze jours pour changer une date",
      "Une date change avec quinze jours de prévenance et l’accord des deux parties.",
      { kind: "lead-time", length: { count: 15, unit: "days" }, event: "une séance à déplacer" },
    ),
    clause("anonymat", "2.2", "Aucun nom", "Ce que le praticien rapporte est global, sans nom.", {
      kind: "prohibition",
      act: "name-people",
      article: null,
      months: [],
    }),
    standing(
      "acces",
      "2.2",
      "Accès aux séances individuelles",
      "Trois voies d’accès, par courriel, en confidence ; le portail ne compte que des séances.",
    ),
    clause(
      "bilan",
      "2.3",
      "Bilan annuel en quatre parties",
      "Un bilan est présenté chaque année à la direction et aux encadrant·es.",
      { kind: "frequency", count: 1, per: "civil-year", fact: "bilan" },
    ),
    standing(
      "lieux",
      "3",
      "Lieux",
      "Les séances se tiennent dans les structures du CCAS, annoncées avec le calendrier.",
    ),
    standing(
      "honoraires",
      "4",
      "150 € et 80 €",
      "150 € nets par groupe, 80 € nets par heure individuelle ; une séance annulée sans report est due.",
    ),
    clause("factures", "4", "Facture mensuelle sur Chorus", "Le praticien facture chaque mois sur Chorus, code CCA4.", {
      kind: "monthly",
      count: 1,
      everyMonths: 1,
      without: [7, 8],
      fact: "note",
    }),
    standing("changements", "5", "Signaler tout changement", "Le CCAS signale date, heure, lieu et difficultés."),
    standing(
      "discretion",
      "6",
      "Discrétion, règles dites au démarrage",
      "Le praticien garde confidentiel ce qu’il apprend ; il dit ses règles au démarrage.",
    ),
    standing("propriete", "7", "Résultats", "Les résultats ne servent qu’à ce que le CCAS décide."),
    standing("mandat", "8", "Aucun mandat", "Le praticien n’engage pas le CCAS et n’est pas gestionnaire de fait."),
    clause(
      "duree",
      "9.1",
      "Neuf mois, puis chaque année",
      "Jusqu’au 31 décembre 2025, puis reconduction annuelle en silence, sans nombre maximal.",
      {
        kind: "duration",
        duration: {
          first: { kind: "until", on: day("2025-12-31") },
          renewal: { kind: "tacit", months: 12, most: null, decided: null },
        },
      },
    ),
    standing("suspension", "9.2", "Suspension si impayé", "Une facture impayée peut suspendre les séances."),
    clause(
      "denonciation",
      "9.3",
      "Fin de mois, un mois de préavis",
      "Fin possible à chaque fin de mois, en prévenant un mois avant, sans autre forme.",
      {
        kind: "notice",
        purpose: "denunciation",
        notice: { length: { count: 1, unit: "months" }, from: "end-of-month" },
        curable: false,
        form: "free",
      },
    ),
    clause(
      "force-majeure",
      "9.3",
      "Force majeure : quinze jours",
      "En cas de force majeure, quinze jours de préavis, à tout moment.",
      {
        kind: "notice",
        purpose: "force-majeure",
        notice: { length: { count: 15, unit: "days" }, from: "sending" },
        curable: false,
        form: "free",
      },
    ),
    standing("litiges", "10", "Amiable d’abord", "À défaut d’accord amiable, tribunal administratif d’Orléans."),
  ],
  acts: [
    {
      ...{
        label: "Décision",
        number: "DEC04/2025",
        signedOn: "2025-04-10",
        transmittedOn: null,
        publishedOn: "2025-04-16",
      },
      grounds: [
        "Délibération du conseil d’administration du 1er septembre 2020 : délégation à la présidence",
        "Élection de la vice-présidence, 1er septembre 2020",
        "Article R.123-21 du code de l’action sociale et des familles, tel que la décision le cite",
        "Arrêté du 17 septembre 2020 : délégation de fonction et de signature à la vice-présidence",
        "Intérêt pour les agent·es de participer à des groupes d’analyse des pratiques",
      ],
      articles: [
        "Conclure la convention",
        "Reconduction en silence",
        "Crédits aux budgets principal et annexes",
        "Exécution : direction et service de gestion comptable",
        "Voies et délai de recours",
      ],
      appeal: { months: 2, court: "Tribunal administratif d’Orléans, aussi par Télérecours citoyens" },
    },
  ],
  annexes: [],
  clarifications: [
    {
      articles: "Décision 1, 4",
      title: "80 € par intervention ou par heure",
      problem: "La décision fixe 80 € par intervention individuelle ; la convention, 80 € par heure.",
      readings: ["80 € par intervention", "80 € par heure"],
    },
    {
      articles: "Décision, 9.1",
      title: "Signée avant la décision",
      problem:
        "La convention est signée le 21 février 2025 et court depuis le 1er avril ; la décision qui autorise à la conclure est du 10 avril.",
      readings: ["Régulariser par une nouvelle décision", "Tenir la décision pour une confirmation"],
      isOfItsDates: true,
    },
    {
      articles: "Décision",
      title: "Article cité pour la délégation",
      problem:
        "La décision cite l’article R.123-21 ; la délégation de la présidence à la vice-présidence relève de l’article R.123-23 du code de l’action sociale et des familles.",
      readings: ["Citer R.123-23 à l’avenir"],
    },
    {
      articles: "Décision",
      title: "Date de dépôt en sous-préfecture absente",
      problem:
        "La date de transmission est en blanc sur la copie : le portail ne peut pas dire la décision exécutoire.",
      readings: ["Retrouver la date de transmission"],
    },
    {
      articles: "9.1",
      title: "Reconduction sans nombre maximal",
      problem:
        "Une prestation payée, reconduite chaque année sans limite : un point à faire vérifier par le service des marchés.",
      readings: ["Fixer un nombre maximal de reconductions", "Remettre en concurrence"],
    },
    {
      articles: "9.3",
      title: "« À la fin de chaque mois »",
      problem:
        "Prévenir le 12 juin mène au 31 juillet (première fin de mois après un mois entier) ou au 12 juillet (un mois de date à date).",
      readings: ["Fin de mois suivant le préavis", "Un mois de date à date"],
    },
  ],
};
