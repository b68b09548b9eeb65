import type { DocumentRefusal } from "./commands.server";

const DOCUMENT: Record<DocumentRefusal, string> = {
  "file-empty": "Ce fichier est vide : choisissez-en un autre.",
  "file-too-large": "Ce fichier dépasse 10 Mo : réduisez-le ou découpez-le.",
  "file-type-not-allowed":
    "Ce contenu n’est pas d’un type accepté. Déposez un PDF, une image PNG ou JPEG, ou un document ODT, ODS, DOCX ou XLSX.",
  "file-name-differs-from-content":
    "Le nom du fichier annonce un autre type que son contenu : enregistrez-le de nouveau dans le bon format.",
  "target-unknown":
    "Ce que le document devait accompagner n’existe plus : revenez à la page de la séance ou de la dépense.",
};

export function documentMessage(refusal: DocumentRefusal): string {
  return DOCUMENT[refusal];
}
