/** A chapter to fill: what to look at (said to whoever writes), and a first text whose figures follow the data. */
export type ChapterTemplate = { readonly title: string; readonly guidance: string; readonly markdown: string };

/** The plan proposed for the analysis that follows the renewal: the whole population, then those whom the article names. No sentence claims a trend. */
export const TEMPLATE_2027: readonly ChapterTemplate[] = [
  {
    title: "Le territoire et sa population",
    guidance: "Combien d’habitants, où, depuis quand. Dire ce qui a changé et ce que cela demande aux communes.",
    markdown: `Le réseau compte {{ind:population-municipale}}.

{{graph:population-municipale/evolution}}

La densité y est de {{ind:densite}}.`,
  },
  {
    title: "Les familles, les enfants et les jeunes",
    guidance:
      "Enfants, familles monoparentales, personnes seules. Que disent les écoles et les services de la petite enfance ?",
    markdown: `Les moins de 15 ans forment {{ind:part-moins-15-ans}} de la population du réseau.

{{graph:part-familles-monoparentales}}

On compte {{ind:familles-monoparentales}} monoparentales, soit {{ind:part-familles-monoparentales}} des ménages formés d’une famille.`,
  },
  {
    title: "Les personnes âgées et l’autonomie",
    guidance:
      "Vieillissement, isolement, maintien à domicile. Croiser avec ce que voient les services d’aide à domicile.",
    markdown: `Les personnes de 60 ans ou plus forment {{ind:part-60-ans-ou-plus}} de la population, celles de 75 ans ou plus {{ind:part-75-ans-ou-plus}}.

{{graph:part-75-ans-ou-plus}}`,
  },
  {
    title: "Les personnes handicapées",
    guidance:
      "Peu de chiffres publics à cette échelle : s’appuyer sur les partenaires et dire ce que l’on ne sait pas.",
    markdown: `Les foyers qui perçoivent l’allocation aux adultes handicapés : {{ind:caf-aah}}.`,
  },
  {
    title: "Les revenus et les difficultés",
    guidance:
      "Niveau de vie, pauvreté, droits. Rappeler que la plupart des taux de pauvreté sont sous secret statistique.",
    markdown: `{{graph:niveau-de-vie-median}}

Les foyers qui perçoivent le RSA : {{ind:caf-rsa}}.

{{graph:taux-de-pauvrete}}`,
  },
  {
    title: "L’emploi",
    guidance: "Chômage, demandeurs d’emploi, emplois sur place et trajets.",
    markdown: `{{graph:demandeurs-emploi/evolution}}

Au recensement, le taux de chômage des 15 à 64 ans est de {{ind:taux-de-chomage}}.`,
  },
  {
    title: "Le logement",
    guidance: "Logements vacants, sociaux, aides au logement. Que demandent les habitants à l’accueil des mairies ?",
    markdown: `Les logements vacants forment {{ind:part-logements-vacants}} du parc.

{{graph:part-logements-vacants}}`,
  },
  {
    title: "L’accès aux soins et aux droits",
    guidance: "Médecins, pharmacies, France Services, numérique.",
    markdown: `{{graph:accessibilite-medecins/evolution}}`,
  },
  {
    title: "Ce que le réseau en retient",
    guidance:
      "Trois à cinq priorités, chacune reliée à un chiffre ou à une observation, et ce que le réseau se propose d’en faire.",
    markdown: "",
  },
];
