import type { ExpenseAxis } from "~/domain/expense/expense";
import type { AmountRefusal } from "~/domain/kernel/money";
import type { TimeEntry } from "~/domain/staff-time/staff-time";
import type { HoursRefusal } from "~/domain/staff-time/typed-hours";
import { formatInteger, NBSP } from "~/documents/french";
import type { ApproveRefusal, ContestRefusal, RecordTimeRefusal, SettleRefusal } from "./refusals";

const HOURS: Record<HoursRefusal, string> = {
  "hours-empty": "Indiquez le nombre d’heures de l’année.",
  "hours-malformed": "Ces heures ne se lisent pas : écrivez 12,5 ou 12 h 30.",
  "hours-not-whole-minutes": "Ces heures ne font pas un nombre entier de minutes : écrivez-les comme 12 h 20.",
  "hours-not-positive": "Indiquez une minute au moins : une ligne à zéro heure ne se note pas.",
};
export function hoursMessage(refusal: HoursRefusal): string {
  return HOURS[refusal];
}

const COST: Record<AmountRefusal, string> = {
  "amount-empty": "Indiquez le coût d’une heure.",
  "amount-malformed": "Ce coût ne se lit pas : écrivez-le en euros, comme 28,40.",
  "amount-too-precise": "Un coût a deux décimales au plus : arrondissez-le au centime.",
  "amount-too-large": "Ce coût dépasse 1 000 € de l’heure : vérifiez la saisie.",
};
export function costMessage(refusal: AmountRefusal): string {
  return COST[refusal];
}

const RECORD: Record<RecordTimeRefusal, string> = {
  "year-approved":
    "Le comité a approuvé l’état de cette année : il ne change plus. Une ligne contestée peut encore être tranchée par un vote.",
  "cost-differs":
    "Cette fonction a déjà un autre coût, ou un autre fondement, pour l’année. Reprenez le même, ou corrigez d’abord la ligne existante.",
  "line-unknown": "Cette ligne n’existe pas dans ce réseau.",
  "line-replaced": "Cette ligne a été corrigée entre-temps : ouvrez celle qui la remplace.",
  "total-too-large": "Le total de l’année dépasserait un milliard d’euros : vérifiez les heures et le coût.",
};
export function recordTimeMessage(refusal: RecordTimeRefusal): string {
  return RECORD[refusal];
}

const CONTEST: Record<ContestRefusal, string> = {
  "line-unknown": RECORD["line-unknown"],
  "line-replaced": RECORD["line-replaced"],
  "year-approved": "Le comité a approuvé l’état de cette année : ses lignes ne se contestent plus.",
  "no-seat": "Seul·e le ou la titulaire d’un siège peut contester une ligne, au nom de son organisme.",
  "already-contested": "Cette ligne a déjà été contestée : le comité en décide, ou en a décidé, par un vote.",
};
export function contestMessage(refusal: ContestRefusal): string {
  return CONTEST[refusal];
}

const SETTLE: Record<SettleRefusal, string> = {
  "line-unknown": RECORD["line-unknown"],
  "line-replaced": RECORD["line-replaced"],
  "not-contested": "Cette ligne n’est pas contestée, ou le comité l’a déjà tranchée.",
  "not-adopted-by-a-vote": "Choisissez un vote du comité : sans vote, la ligne reste contestée.",
  "poll-unknown": "Ce vote n’est pas une motion du comité de ce réseau, ou il a déjà servi : choisissez-en un autre.",
};
export function settleMessage(refusal: SettleRefusal): string {
  return SETTLE[refusal];
}

const APPROVE: Record<ApproveRefusal, string> = {
  "not-adopted-by-a-vote": "Le comité n’a pas adopté cette motion : l’état n’est pas approuvé.",
  "already-approved": "L’état de cette année est déjà approuvé par un autre vote : il ne s’approuve qu’une fois.",
  "nothing-agreed":
    "Cette année n’a aucune ligne admise : notez du temps de travail, ou faites trancher les lignes contestées.",
  "poll-unknown": SETTLE["poll-unknown"],
};
export function approveMessage(refusal: ApproveRefusal): string {
  return APPROVE[refusal];
}

export const AXIS_LABELS: Record<ExpenseAxis, string> = {
  "inter-ccas": "Dynamique inter-CCAS",
  "observation-sociale": "Observation sociale",
  commun: "Commun aux deux axes",
};

export const STANDING_LABELS: Record<TimeEntry["standing"], string> = {
  agreed: "Admise",
  contested: "Contestée, à voter",
  upheld: "Admise par un vote",
  rejected: "Écartée par un vote",
};

/** « 12 h 30 », « 12 h », « 45 min » */
export function formatMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest}${NBSP}min`;
  return `${formatInteger(hours)}${NBSP}h${rest === 0 ? "" : `${NBSP}${String(rest).padStart(2, "0")}`}`;
}

/** As the field of a form takes it back: « 12 h 30 ». */
export function typedMinutes(minutes: number): string {
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}
