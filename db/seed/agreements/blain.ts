import type { AgreementModel, ModelParty } from "./model";
import { article, clause, standing } from "./model";

/** Convention de partenariat du « Réseau des acteurs sociaux », signed on 24 January 2014. */
const party = (organization: string, label: string, deliberationOn: string): ModelParty => ({
  ...{ organization, label, office: "Présidence du CCAS", board: "Conseil d’administration" },
  ...{ needsHabilitation: true, deliberationNumber: "sans numéro dans le texte", deliberationOn, chain: [] },
});

const ccas = (key: string, shortName: string, inseeCode: string, name = `CCAS de ${shortName}`) =>
  ({ key, kind: "ccas", name, shortName, inseeCode, isSeated: true }) as const;

export const BLAIN: AgreementModel = {
  key: "blain",
  networkName: "Réseau des acteurs sociaux",
  presentation: "Six CCAS partagent leurs moyens, un programme d’actions et l’observation sociale de leur territoire.",
  contact: "Mairie du CCAS pilote, pôle Solidarité et lien social.",
  lead: "blain",
  organizations: [
    ccas("blain", "Blain", "44015"),
    ccas("bouvron", "Bouvron", "44023"),
    ccas("le-gavre", "Le Gâvre", "44062", "CCAS du Gâvre"),
    ccas("la-chevallerais", "La Chevallerais", "44221"),
    ccas("fay-de-bretagne", "Fay-de-Bretagne", "44056"),
    ccas("notre-dame-des-landes", "Notre-Dame-des-Landes", "44111"),
    {
      ...{ key: "departement", kind: "departement", name: "Département de Loire-Atlantique" },
      ...{ shortName: "Département", inseeCode: "44", isSeated: true },
    },
  ],
  kind: "convention",
  title: "Convention de partenariat du Réseau des acteurs sociaux",
  note: "Texte signé à Fay-de-Bretagne le 24 janvier 2014, par les six CCAS. Le Département siège au comité sans être partie. Les articles sont redits avec nos mots.",
  effectOn: "2014-01-01",
  signedOn: "2014-01-24",
  place: "Fay-de-Bretagne",
  parties: [
    party("blain", "CCAS de Blain", "2013-12-11"),
    party("bouvron", "CCAS de Bouvron", "2013-12-19"),
    party("le-gavre", "CCAS du Gâvre", "2013-12-18"),
    party("la-chevallerais", "CCAS de La Chevallerais", "2013-10-28"),
    party("fay-de-bretagne", "CCAS de Fay-de-Bretagne", "2013-11-26"),
    party("notre-dame-des-landes", "CCAS de Notre-Dame-des-Landes", "2013-12-11"),
  ],
  articles: [
    article(
      "Préambule",
      "D’où vient le réseau",
      "Les six CCAS travaillent ensemble depuis 2010. Ils visent trois objectifs : que les partenaires se connaissent, que le travail des acteurs se nourrisse, que l’accompagnement soit bon et cohérent. Trois outils : un formulaire partagé pour l’aide facultative, une grille statistique annuelle anonymisée, une journée annuelle.",
    ),
    article(
      "1",
      "Objet",
      "Donner un cadre juridique et financier aux actions du réseau. Quatre buts : mettre en commun moyens humains et financiers ; rendre visible le travail des services ; simplifier l’engagement des dépenses ; répartir les charges avec équité.",
    ),
    article(
      "2",
      "Programme d’actions",
      "Onze objectifs de programme, parmi lesquels des groupes thématiques toute l’année, une journée annuelle et une réflexion sur un centre intercommunal. Deux axes : la dynamique inter-CCAS et l’observation sociale.",
    ),
    article(
      "3",
      "Comité de pilotage",
      "Un·e élu·e municipal·e par CCAS signataire, et un·e représentant·e de la délégation départementale : sept sièges.",
    ),
    article(
      "4.1",
      "Avance des fonds",
      "Le budget de fonctionnement est inscrit au CCAS de Blain : 4 000 € par an, révisables chaque année sur un prévisionnel du comité. L’imputation vise le « chapitre 62 » et le comptable est la trésorerie de Blain. Blain n’engage une dépense qu’une fois validée par le comité.",
    ),
    article(
      "4.2.1",
      "Rôle du CCAS de Blain",
      "Blain paie les factures des dépenses validées, puis en appelle le remboursement au prorata des habitants, selon les derniers chiffres connus de l’INSEE. L’appel se fait en une fois, après la journée annuelle.",
    ),
    article(
      "4.2.2",
      "Mise à disposition de personnel",
      "Blain aide selon les besoins, techniquement et administrativement. Cette aide est évaluée chaque année pour chacun des deux axes, afin d’être chiffrée et partagée.",
    ),
    article(
      "5.1",
      "Locaux et matériels",
      "Les CCAS prêtent sans frais salles de réunion et de réception, fluides compris, et le matériel courant.",
    ),
    article("5.2", "Durée du prêt", "Le prêt dure autant que la convention."),
    article("5.3", "Usage", "Locaux et matériels ne servent qu’à l’objet de la convention."),
    article(
      "5.4",
      "Conditions du prêt",
      "La demande est faite assez tôt, le bien est libre, la demande est raisonnable.",
    ),
    article(
      "6",
      "Exécution et contrôle",
      "Le comité remet au CCAS de Blain les justificatifs des actions. Blain peut contrôler à tout moment, pièces à l’appui.",
    ),
    article(
      "7",
      "Évaluation partenariale",
      "L’évaluation est chiffrée et qualitative, selon des conditions convenues entre le comité et le réseau. Les élu·es en charge des affaires sociales participent au comité, qui se réunit au moins quatre fois par an et fixe orientations et moyens. L’évaluation regarde la conformité aux articles 1 et 2 et l’utilité sociale, jusqu’à la conclusion d’une nouvelle convention.",
    ),
    article(
      "8",
      "Communication",
      "Le contact est en mairie de Blain. Les acteurs mentionnent le soutien financier des CCAS sur leurs supports et pendant leurs principaux événements ; les CCAS font connaître le réseau.",
    ),
    article(
      "9",
      "Avenant",
      "Toute modification est décidée d’un commun accord, et approuvée par les conseils d’administration des six CCAS. L’avenant dit ce qui change, sans remettre en cause les objectifs de l’article 1.",
    ),
    article(
      "10",
      "Résiliation",
      "En cas de manquement, la convention prend fin trois mois après l’envoi d’une lettre recommandée valant mise en demeure. Elle peut aussi finir d’un commun accord de toutes les parties. À la fin du préavis cessent avances et participations.",
    ),
    article(
      "11",
      "Durée et effet",
      "Trois ans à compter du 1er janvier 2014. Les partenaires renégocient au moins six mois avant l’expiration.",
    ),
  ],
  clauses: [
    standing(
      "objectifs",
      "Préambule",
      "Trois objectifs",
      "Chaque action sert au moins un des trois objectifs : connaissance des partenaires, appui aux acteurs, qualité et cohérence de l’accompagnement.",
    ),
    standing(
      "formulaire",
      "Préambule",
      "Formulaire partagé d’aide facultative",
      "Un modèle vierge est partagé ; aucun formulaire rempli n’est conservé.",
    ),
    clause(
      "grille",
      "Préambule",
      "Grille statistique annuelle",
      "Chaque année, les CCAS décrivent leur activité sur des critères communs, sans donnée nominative.",
      { kind: "frequency", count: 1, per: "civil-year", fact: "note" },
    ),
    clause("journee", "2", "Journée annuelle", "Le réseau organise une journée chaque année.", {
      kind: "frequency",
      count: 1,
      per: "civil-year",
      fact: "annual-day",
    }),
    standing(
      "programme",
      "2",
      "Onze objectifs de programme",
      "Les actions se rattachent aux onze objectifs et à l’un des deux axes, ou aux deux.",
    ),
    clause(
      "comite",
      "3",
      "Composition du comité",
      "Un·e élu·e municipal·e par CCAS signataire et un·e représentant·e du Département : sept sièges.",
      {
        ...{ kind: "composition", of: null, at: "each" },
        groups: [
          { key: "blain", label: "CCAS de Blain" },
          { key: "bouvron", label: "CCAS de Bouvron" },
          { key: "le-gavre", label: "CCAS du Gâvre" },
          { key: "la-chevallerais", label: "CCAS de La Chevallerais" },
          { key: "fay-de-bretagne", label: "CCAS de Fay-de-Bretagne" },
          { key: "notre-dame-des-landes", label: "CCAS de Notre-Dame-des-Landes" },
          { key: "departement", label: "Département" },
        ],
      },
    ),
    clause(
      "previsionnel",
      "4.1",
      "Prévisionnel de l’année",
      "Le comité établit chaque année le prévisionnel ; le budget de fonctionnement est de 4 000 €, révisable.",
      { kind: "frequency", count: 1, per: "civil-year", fact: "budget" },
    ),
    standing(
      "fonctionnement",
      "4.1",
      "Fonctionnement seulement",
      "Les fonds ne paient que du fonctionnement, sur le budget du CCAS de Blain.",
    ),
    clause(
      "validation",
      "4.1",
      "Validation avant engagement",
      "Aucune dépense n’est engagée avant que le comité l’ait validée.",
      { kind: "gate", act: "engage-expense", requires: "committee-meeting" },
    ),
    standing(
      "prorata",
      "4.2.1",
      "Prorata des habitants",
      "Les remboursements suivent la population INSEE la plus récente ; Blain garde sa propre part.",
    ),
    clause(
      "appel",
      "4.2.1",
      "Appel après la journée annuelle",
      "Blain regroupe les factures et appelle les remboursements une fois la journée annuelle passée.",
      { kind: "after", trigger: "annual-day", fact: "funding-call" },
    ),
    clause(
      "appel-condition",
      "4.2.1",
      "Pas d’appel avant la journée annuelle",
      "L’appel attend la fin de la journée annuelle.",
      { kind: "gate", act: "issue-call", requires: "annual-day" },
    ),
    clause(
      "temps",
      "4.2.2",
      "État annuel du temps de travail",
      "L’aide du CCAS de Blain est évaluée chaque année pour chacun des deux axes.",
      { kind: "frequency", count: 1, per: "civil-year", fact: "staff-time" },
    ),
    standing("prets", "5.1", "Prêts sans frais", "Salles, fluides et matériel courant sont prêtés gratuitement."),
    standing(
      "prets-duree",
      "5.2",
      "Prêts : durée de la convention",
      "Aucun prêt ne dépasse le dernier jour de la convention.",
    ),
    clause("prets-usage", "5.3", "Prêts : pas d’autre usage", "Un bien prêté ne sert qu’à l’objet de la convention.", {
      kind: "standing",
    }),
    clause(
      "prets-delai",
      "5.4",
      "Prêts : demander assez tôt",
      "La demande se fait avec un délai suffisant, pour un bien libre, de façon raisonnable.",
      { kind: "lead-time", length: "sufficient", event: "une réservation de salle ou de matériel" },
    ),
    standing(
      "justificatifs",
      "6",
      "Justificatifs à la disposition de Blain",
      "Le comité remet tout justificatif ; Blain contrôle quand il le souhaite.",
    ),
    clause("rythme", "7", "Quatre réunions du comité", "Le comité se réunit au moins quatre fois par an.", {
      kind: "frequency",
      count: 4,
      per: "civil-year",
      fact: "committee-meeting",
    }),
    standing(
      "affaires-sociales",
      "7",
      "Élu·es aux affaires sociales",
      "Les élu·es qui siègent sont en charge des affaires sociales.",
    ),
    clause(
      "evaluation",
      "7",
      "Évaluation avant la fin",
      "L’évaluation, chiffrée et qualitative, est faite avant la fin de la convention ; elle dit aussi s’il faut en conclure une nouvelle.",
      { kind: "deadline", before: { count: 0, unit: "months" }, fact: "bilan", alarms: [] },
    ),
    standing(
      "orientations",
      "7",
      "Orientations et moyens",
      "Le comité fixe les orientations des actions et les moyens qu’elles demandent.",
    ),
    standing(
      "contact",
      "8",
      "Contact en mairie de Blain",
      "Le comité se joint en mairie de Blain, pôle Solidarité et lien social.",
    ),
    standing(
      "mention",
      "8",
      "Mention du soutien des CCAS",
      "Supports et événements mentionnent le soutien financier des CCAS.",
    ),
    clause(
      "avenant",
      "9",
      "Approbation des six conseils",
      "Un avenant vaut quand les conseils d’administration des six CCAS l’ont approuvé.",
      { kind: "unanimity", of: "boards", act: "amendment" },
    ),
    clause(
      "article-1",
      "9",
      "L’article 1 ne se touche pas",
      "Aucun avenant ne remet en cause les objectifs de l’article 1.",
      { kind: "prohibition", act: "change-article", article: "1", months: [] },
    ),
    clause(
      "mise-en-demeure",
      "10",
      "Mise en demeure : trois mois depuis l’envoi",
      "En cas de manquement, la convention prend fin trois mois après l’envoi de la lettre recommandée, sauf si le manquement est réparé.",
      {
        kind: "notice",
        purpose: "breach",
        notice: { length: { count: 3, unit: "months" }, from: "sending" },
        curable: true,
        form: "registered-letter",
      },
    ),
    clause(
      "commun-accord",
      "10",
      "Fin d’un commun accord",
      "Toutes les parties peuvent mettre fin ensemble à la convention.",
      { kind: "unanimity", of: "parties", act: "termination" },
    ),
    standing(
      "fin-des-avances",
      "10",
      "Fin des avances",
      "À la fin du préavis, plus aucune avance ni participation nouvelle ; ce qui est engagé se règle.",
    ),
    clause(
      "duree",
      "11",
      "Trois ans, sans reconduction",
      "Trois ans à compter du premier jour ; rien ne se reconduit en silence.",
      { kind: "duration", duration: { first: { kind: "months", months: 36 }, renewal: { kind: "none" } } },
    ),
    clause(
      "renegociation",
      "11",
      "Renégocier six mois avant",
      "Les partenaires renégocient au moins six mois avant l’expiration.",
      { kind: "deadline", before: { count: 6, unit: "months" }, fact: "new-agreement", alarms: [270, 210, 180] },
    ),
  ],
  acts: [],
  annexes: [],
  clarifications: [
    {
      articles: "6",
      title: "Renvoi à l’article 3 au lieu de l’article 4",
      problem:
        "L’article 6 parle de la participation financière de l’article 3, qui ne fait que composer le comité. Les participations sont à l’article 4.",
      readings: ["Lire « article 4 »", "Lire « article 3 » comme écrit : sans objet"],
    },
    {
      articles: "4.2.1",
      title: "Appel aux communes ou aux CCAS",
      problem: "Le texte appelle les remboursements auprès des communes, alors que ce sont les CCAS qui ont signé.",
      readings: ["Les CCAS doivent", "Les communes doivent"],
    },
    {
      articles: "4.1",
      title: "« Chapitre 62 »",
      problem:
        "Le texte impute les dépenses au chapitre 62 ; 62 est une famille de comptes. L’imputation est à confirmer avec le comptable.",
      readings: ["Comptes 62x, à choisir par dépense", "Autre imputation indiquée par le comptable"],
    },
    {
      articles: "4.2.1",
      title: "Quelle population, connue quand",
      problem:
        "« Derniers chiffres connus de l’INSEE » ne dit ni quelle population (municipale ou totale), ni à quelle date la connaître : dépense, journée annuelle ou appel.",
      readings: [
        "Population municipale, à la date de l’appel",
        "Population totale, à la date de l’appel",
        "Une autre date, fixée par le comité",
      ],
    },
    {
      articles: "7",
      title: "Quorum, majorité et pouvoirs",
      problem:
        "Le texte ne dit pas comment le comité décide. Tant qu’il n’a pas adopté son règlement, des règles par défaut s’appliquent.",
      readings: ["Adopter un règlement de fonctionnement"],
    },
    {
      articles: "11",
      title: "Effet avant la signature",
      problem: "La convention prend effet le 1er janvier 2014, vingt-trois jours avant sa signature.",
      readings: ["Effet rétroactif voulu", "Effet au jour de la signature"],
      isOfItsDates: true,
    },
    {
      articles: "10",
      title: "Réparation du manquement",
      problem:
        "Le texte parle de mise en demeure sans dire ce qui l’arrête. Le portail retient que réparer avant la fin du préavis l’arrête.",
      readings: ["Réparer avant la fin du préavis arrête la résiliation", "Rien ne l’arrête"],
    },
  ],
};
