import { composeCsv, type CsvCell } from "~/documents/csv";
import { CHOICE_LABELS, MODE_LABELS } from "~/documents/voting-words";
import { composeOds } from "~/services/spreadsheet.server";
import type { PublicDecision } from "./queries.server";

const HEADING = ["Numéro", "Date", "Objet", "Montant TTC (€)", "Fournisseur", "Résultat", "Détail", "Mode", "Votes"];

const STANDINGS: Record<NonNullable<PublicDecision["standing"]>, string> = {
  rejected: "Rejetée",
  "to-be-ratified": "Adoptée, à ratifier",
  ratified: "Adoptée, ratifiée",
  "not-ratified": "Non ratifiée",
};

export function decisionsToCsv(decisions: readonly PublicDecision[]): string {
  return composeCsv(HEADING, tableOf(decisions));
}

export function decisionsToOds(decisions: readonly PublicDecision[]): Promise<Uint8Array> {
  return composeOds("Décisions", HEADING, tableOf(decisions));
}

function tableOf(decisions: readonly PublicDecision[]): readonly (readonly CsvCell[])[] {
  return decisions.map((decision) => [
    decision.number,
    decision.decidedOn,
    decision.title,
    decision.amount === null ? null : decision.amount / 100,
    decision.supplier,
    resultOf(decision),
    decision.sentence,
    MODE_LABELS[decision.mode],
    decision.votes?.map(({ label, choice }) => `${label} : ${CHOICE_LABELS[choice].toLowerCase()}`).join(", ") ?? "",
  ]);
}

function resultOf({ standing, isAdopted }: PublicDecision): string {
  if (standing !== null) return STANDINGS[standing];
  return isAdopted ? "Adoptée" : "Rejetée";
}

export function decisionsToJson(network: string, decisions: readonly PublicDecision[]): string {
  return JSON.stringify({
    reseau: network,
    decisions: decisions.map((decision) => ({
      numero: decision.number,
      date: decision.decidedOn,
      objet: decision.title,
      montantCentimes: decision.amount,
      fournisseur: decision.supplier,
      resultat: resultOf(decision),
      detail: decision.sentence,
      mode: decision.mode === "secret" ? "secret" : "public",
      votes: decision.votes?.map(({ label, choice }) => ({ siege: label, vote: CHOICE_LABELS[choice] })) ?? null,
      seance: decision.meeting,
      procesVerbal: decision.minutesNumber,
    })),
  });
}

/** What the address asks for: « annee=2026 », « q=mots ». Anything else is every year. */
export function readDecisionFilter(params: URLSearchParams): { readonly year: number | null; readonly words: string } {
  const year = params.get("annee") ?? "";
  return {
    year: /^\d{4}$/.test(year) ? Number(year) : null,
    words: (params.get("q") ?? "").trim().slice(0, 100),
  };
}
