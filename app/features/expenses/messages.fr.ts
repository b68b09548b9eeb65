import { blockWords } from "~/documents/agreement-words";
import type { Block } from "~/domain/agreement/guard";
import type { ExpenseProposalRefusal, ExpenseStatus, WithdrawExpenseRefusal } from "~/domain/expense/expense";

const EXPENSE: Record<ExpenseProposalRefusal, string> = {
  "object-too-short": "L’objet compte au moins 3 caractères : dites ce que l’on achète.",
  "object-too-long": "L’objet compte au plus 200 caractères : mettez le reste dans la justification.",
  "supplier-missing": "Indiquez le fournisseur.",
  "supplier-too-long": "Le nom du fournisseur compte au plus 120 caractères.",
  "amount-not-positive": "Le montant est d’un centime au moins : zéro et les montants négatifs ne se demandent pas.",
  "investment-not-allowed":
    "La convention n’ouvre que le budget de fonctionnement : une dépense d’investissement ne peut pas être proposée.",
  "justification-too-long": "La justification compte au plus 10 000 caractères : joignez un document.",
};
export function expenseMessage(refusal: ExpenseProposalRefusal | Block): string {
  if (typeof refusal !== "string") return blockWords(refusal);
  return EXPENSE[refusal];
}

const WITHDRAW: Record<WithdrawExpenseRefusal | "expense-unknown", string> = {
  "expense-unknown": "Cette demande de dépense n’existe pas dans ce réseau.",
  "not-the-author": "Seul l’auteur de la demande, ou le secrétariat, peut la retirer.",
  "already-decided": "Le comité s’est déjà prononcé sur cette dépense : elle ne peut plus être retirée.",
  "vote-under-way": "Cette dépense est soumise à la séance ou au scrutin en cours : attendez le résultat.",
  "already-withdrawn": "Cette demande est déjà retirée.",
};
export function withdrawMessage(refusal: WithdrawExpenseRefusal | "expense-unknown"): string {
  return WITHDRAW[refusal];
}

export const STATUS_LABELS: Record<ExpenseStatus, string> = {
  requested: "Demandée",
  "on-agenda": "Inscrite à un ordre du jour",
  "to-vote": "À voter",
  validated: "Validée",
  rejected: "Rejetée",
  withdrawn: "Retirée",
};
