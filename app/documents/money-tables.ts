import type { Gauge } from "~/domain/budget/gauge";
import type { ExpenseAxis } from "~/domain/expense/expense";
import type { Cents } from "~/domain/kernel/money";
import type { CsvCell } from "./csv";
import { AXIS_LABELS } from "./money-words";

/** A list of the network's money, for any spreadsheet. Amounts are in euros, in columns that end in « _euros ». */
export type MoneyTable = { readonly heading: readonly string[]; readonly rows: readonly (readonly CsvCell[])[] };

const euros = (cents: Cents | null): number | null => (cents === null ? null : cents / 100);

export const BUDGET_HEADING = [
  ...["annee", "ligne", "axe", "prevu_euros", "propose_euros", "valide_euros", "engage_euros", "facture_euros"],
  ...["paye_euros", "reste_euros"],
] as const;

/** A line of the forecast in force, then what no line holds, then the whole year. */
export function tabulateBudget(
  year: number,
  lines: readonly {
    readonly line: { readonly label: string; readonly axis: ExpenseAxis } | null;
    readonly gauge: Gauge;
  }[],
  whole: Gauge,
): MoneyTable {
  const amounts = (gauge: Gauge): readonly CsvCell[] =>
    [gauge.ceiling, gauge.proposed, gauge.validated, gauge.engaged, gauge.invoiced, gauge.paid, gauge.remaining].map(
      euros,
    );
  return {
    heading: BUDGET_HEADING,
    rows: [
      ...lines.map(({ line, gauge }) => [
        ...[year, line?.label ?? "Hors ligne", line === null ? null : AXIS_LABELS[line.axis]],
        ...amounts(gauge),
      ]),
      [year, "Total de l’année", null, ...amounts(whole)],
    ],
  };
}

export const TIME_HEADING = [
  ...["annee", "fonction", "axe", "minutes", "cout_horaire_euros", "fondement_du_cout", "situation", "contestee_par"],
  ...["motif_de_la_contestation"],
] as const;

/** A line of staff time as it stands; what was corrected or withdrawn is left out. */
export function tabulateStaffTime(
  lines: readonly {
    readonly year: number;
    readonly staffFunction: string;
    readonly axis: ExpenseAxis;
    readonly minutes: number;
    readonly centsPerHour: Cents;
    readonly basis: string;
    readonly standing: string;
    readonly contest: { readonly by: string; readonly reason: string } | null;
  }[],
): MoneyTable {
  return {
    heading: TIME_HEADING,
    rows: lines.map((line) => [
      ...[line.year, line.staffFunction, AXIS_LABELS[line.axis], line.minutes, euros(line.centsPerHour), line.basis],
      ...[line.standing, line.contest?.by ?? null, line.contest?.reason ?? null],
    ]),
  };
}

export const LOANS_HEADING = [
  ...["annee", "ccas", "bien", "nature", "usages", "quantite", "unite", "valeur_pour_memoire_euros"],
  ...["usages_sans_valeur"],
] as const;

/** What each CCAS lent in the year, by thing; for memory, never billed. */
export function tabulateLoans(
  year: number,
  loans: readonly {
    readonly ownerName: string;
    readonly resourceLabel: string;
    readonly kind: string;
    readonly uses: number;
    readonly quantity: number;
    readonly unit: string;
    readonly value: Cents;
    readonly withoutValue: number;
  }[],
): MoneyTable {
  return {
    heading: LOANS_HEADING,
    rows: loans.map((loan) => [
      ...[year, loan.ownerName, loan.resourceLabel, loan.kind, loan.uses, loan.quantity, loan.unit],
      loan.withoutValue === loan.uses ? null : euros(loan.value),
      loan.withoutValue,
    ]),
  };
}

export const REGISTRATIONS_HEADING = ["annee", "journee", "date", "public", "organisme", "personnes"] as const;

/** Who is registered for the annual day, an entry a row. */
export function tabulateRegistrations(
  day: { readonly year: number; readonly title: string; readonly heldOn: string | null } | null,
  registrations: readonly {
    readonly actor: string;
    readonly organizationLabel: string;
    readonly headcount: number;
  }[],
): MoneyTable {
  return {
    heading: REGISTRATIONS_HEADING,
    rows: day
      ? registrations.map(({ actor, organizationLabel, headcount }) => [
          ...[day.year, day.title, day.heldOn, actor, organizationLabel, headcount],
        ])
      : [],
  };
}

export const SUBSIDY_REQUESTS_HEADING = [
  ...["annee", "objet", "financeur", "siret_financeur", "cofinancement", "demandee_le", "demande_euros", "etat"],
  ...["reponse_le", "accorde_euros", "convention", "verse_euros", "verse_le", "reference_du_versement"],
  ...["departement_informe_le"],
] as const;

/** Every request of the year, whatever became of it. */
export function tabulateSubsidies(
  requests: readonly {
    readonly year: number;
    readonly object: string;
    readonly funder: string;
    readonly funderSiret: string | null;
    readonly isCofunding: boolean;
    readonly requestedOn: string;
    readonly requested: Cents;
    readonly state: string;
    readonly answeredOn: string | null;
    readonly granted: Cents | null;
    readonly agreementReference: string | null;
    readonly paid: Cents | null;
    readonly paidOn: string | null;
    readonly paymentReference: string | null;
    readonly informedOn: string | null;
  }[],
): MoneyTable {
  return {
    heading: SUBSIDY_REQUESTS_HEADING,
    rows: requests.map((one) => [
      ...[one.year, one.object, one.funder, one.funderSiret, one.isCofunding ? "oui" : "non", one.requestedOn],
      ...[euros(one.requested), one.state, one.answeredOn, euros(one.granted), one.agreementReference],
      ...[euros(one.paid), one.paidOn, one.paymentReference, one.informedOn],
    ]),
  };
}

/** The rows as objects, amounts in whole cents: « part_euros » becomes « part_centimes ». */
export function nameCells({ heading, rows }: MoneyTable): readonly Readonly<Record<string, CsvCell>>[] {
  return rows.map((cells) =>
    Object.fromEntries(
      heading.map((name, index) => {
        const cell = cells[index] ?? null;
        if (!name.endsWith("_euros")) return [name, cell];
        return [name.replace(/_euros$/, "_centimes"), typeof cell === "number" ? Math.round(cell * 100) : cell];
      }),
    ),
  );
}
