import type { SessionRefusal } from "./session.server";

const SESSION: Record<SessionRefusal, string> = {
  "wrong-state":
    "La séance n’est plus dans l’état que montrait votre page : rien n’a été changé. La page ci-dessous est à jour.",
  "too-early":
    "La séance s’ouvre au plus tôt deux heures avant l’heure prévue. Revenez à ce moment-là, ou changez l’heure de la séance.",
  "chair-missing": "Indiquez qui préside la séance : elle ne s’ouvre pas sans présidence.",
  "secretary-missing": "Indiquez qui est secrétaire de séance : la séance ne s’ouvre pas sans secrétaire.",
  "chair-not-a-holder":
    "La présidence revient à une personne qui occupe un siège ce jour-là. Choisissez-la dans la liste.",
  "secretary-unknown": "Cette personne ne peut pas être secrétaire de séance. Choisissez-la dans la liste.",
  "chair-is-secretary":
    "La même personne ne peut pas présider et tenir le secrétariat : toutes deux signent le procès-verbal. Choisissez deux personnes.",
  "poll-open": "Un scrutin est encore ouvert : closez-le d’abord, puis recommencez.",
  "item-unknown": "Ce point ne figure pas, ou plus, à l’ordre du jour. Choisissez-en un dans la liste.",
  "meeting-suspended": "La séance est suspendue : reprenez-la avant de passer à un autre point.",
  "meeting-not-found": "Cette séance n’existe pas dans ce réseau.",
};

export function sessionMessage(refusal: SessionRefusal): string {
  return SESSION[refusal];
}
