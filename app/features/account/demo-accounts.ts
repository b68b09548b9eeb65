export type DemoAccount = { readonly email: string; readonly displayName: string; readonly purpose: string };

/** Known to everyone: the demonstration shows it, and a real installation has no such accounts. */
export const DEMO_PASSWORD = "demonstration-2026";

/** One account for each way of using the portal, offered on the sign-in page in demo mode only. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    email: "elu@blain.demo",
    displayName: "Élu·e référent·e, CCAS de Bouvron",
    purpose: "Répondre à la convocation, voter, relire le procès-verbal",
  },
  {
    email: "secretariat@blain.demo",
    displayName: "Secrétariat, CCAS de Blain (pilote)",
    purpose: "Convoquer, tenir la séance, rédiger et publier le procès-verbal",
  },
  {
    email: "departement@blain.demo",
    displayName: "Délégation départementale",
    purpose: "Siéger pour le Département, suivre le quorum",
  },
  {
    email: "agent@blain.demo",
    displayName: "Agent·e, CCAS de Fay-de-Bretagne",
    purpose: "Demander une dépense, lire l’annuaire",
  },
  {
    email: "admin@blain.demo",
    displayName: "Administration du portail",
    purpose: "Créer un réseau, ses sièges et ses comptes",
  },
  ...[
    { key: "garde", place: "CCAS de La Garde" },
    { key: "dreux", place: "CCAS de Dreux" },
    { key: "nord", place: "UDCCAS du Nord" },
    { key: "sceaux", place: "Ville et CCAS de Sceaux" },
  ].map(({ key, place }) => ({
    email: `secretariat@${key}.demo`,
    displayName: `Secrétariat, ${place}`,
    purpose: "Ouvrir un autre réseau : sa convention, ses clauses, ses obligations du jour",
  })),
];
