import type { ExpenseStatus } from "~/domain/expense/expense";
import { sumCents, type Cents } from "~/domain/kernel/money";
import { composeCsv, type CsvCell } from "~/documents/csv";
import { AXIS_LABELS, STEP_LABELS } from "~/documents/money-words";
import { composeOds } from "~/services/spreadsheet.server";
import type { ExpenseRecord } from "./queries.server";

const STATUS_WORDS: Record<Exclude<ExpenseStatus, "validated">, string> = {
  requested: "Demandée",
  "on-agenda": "Inscrite à un ordre du jour",
  "to-vote": "À voter",
  rejected: "Rejetée",
  withdrawn: "Retirée",
};

function stateOf({ status, step }: ExpenseRecord): string {
  return status === "validated" ? (step === "not-engaged" ? "Validée" : STEP_LABELS[step]) : STATUS_WORDS[status];
}

const HEADING = [
  ...["Objet", "Fournisseur", "Axe", "État", "Demandée par", "Demandée le", "Montant demandé TTC (€)"],
  ...[
    "Décision",
    "Validée le",
    "Montant engagé (€)",
    "Engagée le",
    "Engagée par",
    "Référence de l’engagement",
    "Compte",
  ],
  ...["Factures", "Montant facturé (€)", "Montant payé (€)", "Mandats"],
];

const euros = (cents: Cents | null): number | null => (cents === null ? null : cents / 100);

export function expensesToCsv(records: readonly ExpenseRecord[]): string {
  return composeCsv(HEADING, tableOf(records));
}

export function expensesToOds(records: readonly ExpenseRecord[]): Promise<Uint8Array> {
  return composeOds("Dépenses", HEADING, tableOf(records));
}

function tableOf(records: readonly ExpenseRecord[]): readonly (readonly CsvCell[])[] {
  return records.map((record) => {
    const { validation, engagement, invoices } = record;
    const paid = invoices.filter(({ payment }) => payment !== null);
    return [
      ...[record.object, record.supplier, AXIS_LABELS[record.axis], stateOf(record), record.requestedBy],
      ...[record.requestedOn, euros(record.requested), validation?.decisionNumber ?? null],
      ...[validation?.decidedOn ?? null, euros(engagement?.amount ?? null), engagement?.engagedOn ?? null],
      ...[engagement?.engagedBy.name ?? null, engagement?.reference ?? null, engagement?.accountCode ?? null],
      invoices.map(({ supplier, number, date }) => `${supplier}, n° ${number} du ${date}`).join(" ; "),
      invoices.length === 0 ? null : euros(sumCents(invoices.map(({ amount }) => amount))),
      paid.length === 0 ? null : euros(sumCents(paid.map(({ amount }) => amount))),
      paid.map(({ payment }) => `${payment?.mandate ?? ""} du ${payment?.paidOn ?? ""}`).join(" ; "),
    ];
  });
}

export function expensesToJson(network: string, records: readonly ExpenseRecord[]): string {
  return JSON.stringify({
    reseau: network,
    depenses: records.map((record) => ({
      ...{ id: record.id, objet: record.object, fournisseur: record.supplier, axe: record.axis },
      etat: stateOf(record),
      demande: { par: record.requestedBy, le: record.requestedOn, montantCentimes: record.requested },
      validation: record.validation && {
        decision: record.validation.decisionNumber,
        le: record.validation.decidedOn,
        montantCentimes: record.requested,
      },
      engagement: record.engagement && {
        ...{ le: record.engagement.engagedOn, montantCentimes: record.engagement.amount },
        ...{ par: record.engagement.engagedBy.name, reference: record.engagement.reference },
        compte: record.engagement.accountCode,
      },
      factures: record.invoices.map(({ supplier, number, date, amount, isFinal, payment }) => ({
        ...{ fournisseur: supplier, numero: number, date, montantCentimes: amount, derniere: isFinal },
        paiement: payment && { mandat: payment.mandate, le: payment.paidOn },
      })),
    })),
  });
}
