import { Notice } from "./status";

/** Shown wherever a demonstration network could be taken for the real one. */
export function DemoNotice() {
  return (
    <Notice tone="pending" title="Ceci est une démonstration">
      <p>
        Le réseau et les communes existent. Sa convention de 2014 à 2016 est supposée renouvelée pour la démonstration.
        Les fonctions tiennent lieu de noms : personne n’est nommé. Les réunions, les votes et les montants sont
        inventés.
      </p>
    </Notice>
  );
}

/** Beside figures that a demonstration invented: nobody should quote them. */
export function InventedFigures() {
  return (
    <Notice tone="pending">
      <p>Démonstration : tous les chiffres d’activité de ce réseau sont inventés.</p>
    </Notice>
  );
}
