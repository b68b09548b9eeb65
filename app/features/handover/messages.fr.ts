import type { ClosingRefusal } from "~/domain/handover/closing";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { formatDate } from "~/documents/french";
import type { HandoverRefusal } from "./commands.server";
import type { ProduceRefusal } from "./production.server";
import type { HandoverKind } from "./queries.server";
import type { TakeOverRefusal } from "./take-over.server";

const PRODUCE: Record<ProduceRefusal, string> = {
  "poll-open":
    "Un scrutin est ouvert : deux archives faites avant et après un bulletin secret le trahiraient. Produisez l’archive quand il sera clos.",
  "member-unknown": "Cet organisme ne siège pas dans ce réseau : choisissez-le dans la liste.",
  busy: "Le réseau a changé pendant la production, plusieurs fois de suite. Recommencez dans un moment plus calme.",
};

export function produceMessage(refusal: ProduceRefusal): string {
  return PRODUCE[refusal];
}

const HANDOVER: Record<HandoverRefusal, string> = {
  "member-unknown": "Cet organisme ne siège pas dans ce réseau : choisissez-le dans la liste.",
  "same-organization": "Le CCAS qui remet et celui qui reçoit sont le même : choisissez-en deux.",
  "lead-does-not-leave": "Cet organisme est le CCAS pilote : changez d’abord de pilote, ou mettez fin au réseau.",
  "not-yet-lead":
    "Le CCAS qui reçoit n’est pas encore le pilote : l’administration du portail enregistre d’abord le changement.",
};

export function handoverMessage(refusal: HandoverRefusal): string {
  return HANDOVER[refusal];
}

const CLOSING: Record<ClosingRefusal, string> = {
  "already-closed": "Ce réseau a déjà pris fin.",
  "meeting-running": "Une séance est convoquée ou ouverte : tenez-la ou annulez-la d’abord.",
  "poll-open": "Un scrutin est ouvert : attendez sa clôture.",
  "end-in-future": "La fin ne s’enregistre pas d’avance : revenez ce jour-là.",
};

export function closingMessage(refusal: ClosingRefusal): string {
  return CLOSING[refusal];
}

export const HANDOVER_LABELS: Record<HandoverKind, string> = {
  "lead-change": "Changement de CCAS pilote",
  "member-exit": "Sortie d’un membre",
  "network-end": "Fin du réseau",
};

function dayWords(instant: string): string {
  const day = parsePlainDate(instant.slice(0, 10));
  return day === null ? "un jour inconnu" : formatDate(day);
}

/** What is wrong with an archive, and that nothing was written. */
export function takeOverMessage(refusal: TakeOverRefusal): string {
  switch (refusal.kind) {
    case "damaged":
      return `L’archive est abîmée ou incomplète (${refusal.detail}). Copiez-la de nouveau depuis le portail d’origine.`;
    case "unsafe-name":
      return `L’archive contient un nom de fichier qui sort de son dossier ou qui revient deux fois (${refusal.detail}). Elle ne vient pas d’un portail.`;
    case "too-large":
      return `L’archive annonce plus qu’une archive ne contient (${refusal.detail}) : elle n’est pas déballée.`;
    case "file-altered":
      return `Le fichier ${refusal.detail} n’est plus celui que l’archive annonce : il a été modifié.`;
    case "file-missing":
      return `Le fichier ${refusal.detail} manque dans l’archive.`;
    case "file-added":
      return `Le fichier ${refusal.detail} a été ajouté à l’archive : elle ne l’annonce pas.`;
    case "not-an-archive":
      return "Ce fichier n’est pas l’archive d’un réseau : il n’a pas de manifeste qui se lise.";
    case "extract-only":
      return "C’est l’extrait d’un membre : il se lit, il ne se reprend pas. Demandez l’archive complète.";
    case "other-version":
      return `L’archive vient d’une autre version du portail (${refusal.theirs.at(-1) ?? "aucune"} au lieu de ${refusal.ours.at(-1) ?? "aucune"}). Installez la même version, reprenez, puis mettez à jour.`;
    case "other-tables":
      return `L’archive vient d’une autre version du portail : elle a été produite le ${dayWords(refusal.producedAt)} par une version (${refusal.theirs}) dont les données ne se rangent pas comme ici (${refusal.detail}). Installez la version qui l’a produite, reprenez, puis mettez à jour.`;
    case "register-broken":
      return "La chaîne du registre est rompue : un acte a été modifié, retiré ou déplacé.";
    case "register-differs":
      return "Le registre des données n’est pas celui que l’archive annonce.";
    case "data-not-sealed":
      return "Les données ne sont pas celles que le registre a scellées : l’archive a été refaite.";
    case "fingerprint-differs":
      return "L’empreinte que vous donnez n’est pas celle de cette archive : ce n’est pas la même, ou elle a été refaite.";
    case "network-exists":
      return `Ce réseau est déjà sur cette installation, à l’adresse « ${refusal.detail} ».`;
    case "installation-not-empty":
      return `Cette installation porte déjà le réseau « ${refusal.detail} » : reprenez l’archive sur une installation vide.`;
    case "rows-refused":
      return `Des lignes de l’archive ne tiennent pas ensemble (${refusal.detail}).`;
  }
}
