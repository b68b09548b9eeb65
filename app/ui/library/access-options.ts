/** Who may read a paper, as a choice. */
export const ACCESS_OPTIONS = [
  { value: "members", label: "Les membres du réseau" },
  { value: "public", label: "Tout le monde", hint: "Sur le site public, aussitôt." },
  { value: "lead", label: "Le secrétariat du CCAS pilote", hint: "Pour les pièces en préparation ou confidentielles." },
];
