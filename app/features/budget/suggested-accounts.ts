/** Accounts that a network may start from. They are suggestions: the accountant verifies each one. */
export const SUGGESTED_ACCOUNTS: readonly { readonly code: string; readonly label: string }[] = [
  { code: "6226", label: "Honoraires" },
  { code: "6232", label: "Fêtes et cérémonies" },
  { code: "6234", label: "Réceptions" },
  { code: "6236", label: "Catalogues et imprimés" },
  { code: "6238", label: "Divers" },
  { code: "6247", label: "Transports collectifs" },
  { code: "6281", label: "Concours divers" },
];
