import type { ConvocationRefusal, ReplyCommandRefusal } from "./commands.server";

const CONVOCATION: Record<ConvocationRefusal, string> = {
  "meeting-unknown": "Cette séance n’existe pas dans ce réseau.",
  "wrong-state": "Cette séance n’est plus à convoquer : sa convocation est déjà partie, ou elle a été annulée.",
  stale:
    "La séance a changé depuis l’aperçu que vous avez lu. Rien n’est parti : relisez l’aperçu actuel ci-dessous, puis confirmez.",
  "agenda-empty": "L’ordre du jour est vide : ajoutez au moins un point avant de convoquer.",
  "date-missing": "La séance n’a pas de date : fixez-la avant de convoquer.",
  "meeting-date-passed": "La date de la séance est passée : changez-la avant de convoquer.",
  "notice-too-short":
    "Le délai de convocation n’est pas respecté : choisissez une date plus lointaine ou, si le règlement le permet, écrivez le motif de l’urgence.",
  "urgency-not-allowed":
    "Le délai de convocation n’est pas respecté et l’urgence ne peut pas l’abréger ici : choisissez une date plus lointaine.",
  "urgency-reason-too-short": "Expliquez l’urgence en 20 caractères au moins : le motif figure dans la convocation.",
  "nobody-to-convene": "Aucun siège n’est pourvu à cette date : enregistrez d’abord les désignations.",
};

const REPLY: Record<ReplyCommandRefusal, string> = {
  "meeting-unknown": "Cette séance n’existe pas dans ce réseau.",
  "meeting-not-convened":
    "La séance n’attend pas de réponse : elle est déjà ouverte, close ou annulée. Pour toute question, appelez le secrétariat.",
  "seat-not-in-office": "Ce siège n’est pas pourvu le jour de la séance : aucune réponse n’est attendue.",
  "seat-not-held": "Vous ne tenez pas ce siège le jour de la séance : la réponse revient à qui le tient.",
  "remote-not-allowed": "Le règlement de fonctionnement n’admet pas la visioconférence.",
  "proxies-not-allowed": "Le règlement de fonctionnement n’admet pas les pouvoirs.",
  "proxy-to-self": "Le pouvoir se donne à un autre siège que le vôtre.",
  "holder-not-in-office": "Le siège choisi n’est pas pourvu ce jour-là : choisissez-en un autre.",
  "holder-absent": "Le siège choisi a annoncé son absence : choisissez-en un autre.",
  "proxy-chain":
    "Un autre siège vous a donné pouvoir : vous ne pouvez pas en donner un à votre tour. Prévenez d’abord ce siège.",
  "holder-full": "Le siège choisi porte déjà autant de pouvoirs que le règlement le permet : choisissez-en un autre.",
  "too-many-meetings-in-a-row":
    "Ce siège a déjà donné pouvoir à autant de séances de suite que le règlement le permet : la présence est demandée.",
};

export function convocationMessage(refusal: ConvocationRefusal): string {
  return CONVOCATION[refusal];
}

export function replyMessage(refusal: ReplyCommandRefusal): string {
  return REPLY[refusal];
}
