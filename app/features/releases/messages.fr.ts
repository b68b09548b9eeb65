import type { ReleaseRefusal, ThresholdRefusal } from "./refusals";

export const RELEASE_MESSAGES: Record<ReleaseRefusal, string> = {
  "year-unknown": "Aucun recueil n’a été ouvert pour cette année.",
  "campaign-open":
    "Le recueil de cette année est encore ouvert : ses chiffres peuvent changer. Closez-le d’abord, puis préparez la publication.",
  "nothing-validated": "Aucune saisie de cette année n’est validée : il n’y a rien à publier.",
  "no-pattern":
    "Publication refusée : même en masquant tout ce qui peut encore l’être, un chiffre protégé se déduirait de ce qui a déjà été publié pour cette année.",
  "attack-succeeds":
    "Publication refusée : en la rapprochant de ce qui est déjà publié, un lecteur cernerait un chiffre masqué de plus près que le seuil ne le permet.",
  "changed-meanwhile":
    "Les chiffres, les seuils ou les publications ont changé depuis la comparaison affichée. Relisez-la, puis publiez.",
};

export const THRESHOLD_MESSAGES: Record<ThresholdRefusal, string> = {
  "not-whole": "Écrivez un nombre entier de personnes, 1 000 au plus.",
  "below-lowest": "Ce seuil est sous le plancher : 5 pour les membres, 11 pour le public.",
  "below-standing": "Un seuil ne peut être que relevé : celui qui vaut aujourd’hui est plus haut.",
};
