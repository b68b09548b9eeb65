import type { OrganizationInput } from "../../app/features/networks/form";

/**
 * The network of the demonstration: the six CCAS of the « Réseau des acteurs sociaux » and the department's delegation.
 * Communes and network are real (convention of 24 January 2014, art. 3); that the convention was renewed is supposed.
 * Offices stand for persons. INSEE codes: code officiel géographique. SIRET: made up, of nobody, only where an export asks for one.
 */
export const LEAD = "blain";

export type PlaceKey =
  "blain" | "bouvron" | "la-chevallerais" | "fay-de-bretagne" | "le-gavre" | "notre-dame-des-landes" | "departement";

const ccas = (shortName: string, inseeCode: string, article = "de "): OrganizationInput => ({
  kind: "ccas",
  name: `CCAS ${article}${shortName}`,
  shortName,
  inseeCode,
  siret: null,
});

export const ORGANIZATIONS: Readonly<Record<PlaceKey, OrganizationInput>> = {
  blain: { ...ccas("Blain", "44015"), siret: "00000000000018" },
  bouvron: ccas("Bouvron", "44023"),
  "la-chevallerais": ccas("La Chevallerais", "44221"),
  "fay-de-bretagne": ccas("Fay-de-Bretagne", "44056"),
  "le-gavre": { ...ccas("Le Gâvre", "44062"), name: "CCAS du Gâvre" },
  "notre-dame-des-landes": ccas("Notre-Dame-des-Landes", "44111"),
  departement: {
    kind: "departement",
    name: "Département de Loire-Atlantique",
    shortName: "Département",
    inseeCode: "44",
    siret: "00000000000026",
  },
};

export const PLACES = Object.keys(ORGANIZATIONS) as readonly PlaceKey[];

export const PRESENTATION = `Six centres communaux d’action sociale (CCAS) travaillent ensemble : Blain, Bouvron, La Chevallerais, Fay-de-Bretagne, Le Gâvre et Notre-Dame-des-Landes. Le Département de Loire-Atlantique siège avec eux.

Le réseau poursuit deux actions :

- **la dynamique inter-CCAS** : des outils communs, comme un formulaire d’aide facultative et une grille d’activité ;
- **l’observation sociale** : connaître les besoins des habitants du bassin de vie.

Chaque année, une journée réunit élus, bénévoles et professionnels. Le CCAS de Blain avance les dépenses ; les six CCAS les partagent selon leur population.`;

export const CONTACT = `Mairie de Blain, pôle Solidarité et lien social, CCAS de Blain.`;

/** Who sits in office for a place, as an office and not as a person. */
export function officeOf(place: PlaceKey, role: "titular" | "substitute"): string {
  const name = ORGANIZATIONS[place].name;
  if (place === "departement")
    return role === "titular" ? "Délégation départementale" : "Délégation départementale, suppléance";
  return role === "titular" ? `Élu·e référent·e, ${name}` : `Élu·e suppléant·e, ${name}`;
}
