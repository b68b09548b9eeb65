import { localDateTime, parisLocalAt, toPlainTime } from "../../app/domain/kernel/paris-time";
import { formatCents, formatDate } from "../../app/documents/french";
import { toCents } from "../../app/domain/kernel/money";
import { addDays, type PlainDate } from "../../app/domain/kernel/plain-date";
import { addSuggestedAccounts, recordAccount } from "../../app/features/budget/account-commands.server";
import { openForecast, writeForecast } from "../../app/features/budget/commands.server";
import { findBudgetVersion } from "../../app/features/budget/queries.server";
import { addDocument } from "../../app/features/documents/commands.server";
import { addInvoice, engage, pay } from "../../app/features/spending/commands.server";
import { listExpenseRecords } from "../../app/features/spending/queries.server";
import { budgetInForce, listBudgets } from "../../app/services/budget-record.server";
import { composePaper } from "./paper";
import { actAs, must, type Stage } from "./story";

const LINES = [
  { label: "Journée annuelle", axis: "commun", cents: 220_000 },
  { label: "Guide et actions partagées", axis: "inter-ccas", cents: 80_000 },
  { label: "Observation sociale", axis: "observation-sociale", cents: 100_000 },
] as const;

const secretary = (stage: Stage) => actAs(stage.db, stage.clock, stage.networkId, stage.secretaryId);

/** The forecast of the year, ready for the committee's vote. */
export async function draftBudget(stage: Stage, year: number): Promise<string> {
  const { clock, db, networkId } = stage;
  const { budgetId } = must(await openForecast(await secretary(stage), { cle: clock.newId(), year }));
  const known = (await findBudgetVersion(db, networkId, budgetId))?.fingerprint ?? "";
  const lines = LINES.map(({ label, axis, cents }) => ({
    ...{ id: clock.newId(), label, axis, amount: toCents(cents), nature: "operating" as const },
  }));
  const note = "Le montant de la convention, réparti entre la journée annuelle et les deux axes.";
  must(await writeForecast(await secretary(stage), { budgetId, known, note, lines }));
  return budgetId;
}

type Told = {
  readonly object: string;
  readonly account: string;
  readonly line: string;
  /** Days after the decision. */
  readonly engagedAfter: number;
  readonly invoices: readonly {
    readonly number: string;
    readonly cents: number;
    readonly after: number;
    readonly isFinal: boolean;
    readonly paid: { readonly mandate: string; readonly after: number } | null;
  }[];
};

/** References are invented. */
const SPENT: readonly Told[] = [
  {
    ...{ object: "Location de la salle", account: "6234", line: "Journée annuelle", engagedAfter: 6 },
    invoices: [
      { number: "EK-0117", cents: 35_000, after: 20, isFinal: false, paid: { mandate: "MD-0042", after: 41 } },
      { number: "EK-0294", cents: 83_040, after: 70, isFinal: true, paid: { mandate: "MD-0108", after: 92 } },
    ],
  },
  {
    ...{ object: "Impression du guide", account: "6236", line: "Guide et actions partagées", engagedAfter: 4 },
    invoices: [
      { number: "2026/381", cents: 64_280, after: 35, isFinal: true, paid: { mandate: "MD-0131", after: 58 } },
    ],
  },
  {
    ...{ object: "Intervention d’une sociologue", account: "6226", line: "Observation sociale", engagedAfter: 5 },
    invoices: [{ number: "BE-22", cents: 45_000, after: 48, isFinal: false, paid: null }],
  },
];

/** What the lead did with the expenses of the year: engaged, invoiced, paid; the last one validated still waits to be engaged. */
export async function tellMoney(stage: Stage, now: Date): Promise<void> {
  const { clock, db, networkId } = stage;
  const records = await listExpenseRecords(db, networkId, null);
  const first = records.find(({ object }) => object.startsWith("Location de la salle"))?.validation;
  if (!first) throw new Error("The committee did not validate the annual day");
  const moveTo = (date: PlainDate) => clock.moveTo(localDateTime(date, toPlainTime("10:30")));
  moveTo(addDays(first.decidedOn, 2));
  await addSuggestedAccounts(await secretary(stage));
  for (const { code, label } of [
    { code: "6234", label: "Réceptions" },
    { code: "6236", label: "Catalogues et imprimés" },
  ]) {
    const verified = { verifiedBy: "Comptable du CCAS pilote", verifiedOn: addDays(first.decidedOn, 1) };
    must(await recordAccount(await secretary(stage), { code, label, ...verified }));
  }
  for (const told of SPENT) {
    const record = records.find(({ object }) => object.startsWith(told.object));
    if (!record?.validation) throw new Error(`Not validated: ${told.object}`);
    const { decidedOn } = record.validation;
    const expenseId = record.id;
    const engagedOn = addDays(decidedOn, told.engagedAfter);
    const year = Number(decidedOn.slice(0, 4));
    const { version } = budgetInForce(await listBudgets(db, networkId, year), year, engagedOn);
    const line = version?.lines.find(({ label }) => label === told.line);
    moveTo(engagedOn);
    must(
      await engage(await secretary(stage), expenseId, {
        ...{ cle: clock.newId(), amount: record.requested, engagedOn, account: told.account },
        ...{ budgetLineId: line?.id, reference: `BC-${engagedOn.slice(0, 7)}-${told.account}` },
      }),
    );
    for (const { number, cents, after, isFinal, paid } of told.invoices) {
      const date = addDays(decidedOn, after);
      const invoiceId = clock.newId();
      moveTo(addDays(date, 2));
      const documentId = await attach(stage, expenseId, {
        ...{ fileName: `facture-${number.replace(/\W/g, "-")}.pdf`, title: `Facture n° ${number}` },
        lines: [
          ...[`Facture n° ${number} du ${formatDate(date)}`, record.supplier, "", record.object],
          `Montant TTC : ${formatCents(toCents(cents))}`,
        ],
      });
      must(
        await addInvoice(await secretary(stage), {
          ...{ cle: invoiceId, expenseId, supplier: record.supplier, number, date, amount: toCents(cents), isFinal },
          documentId,
        }),
      );
      if (!paid) continue;
      const paidOn = addDays(decidedOn, paid.after);
      moveTo(paidOn);
      must(await pay(await secretary(stage), { expenseId, invoiceId }, { mandate: paid.mandate, paidOn }));
    }
  }
  const quoted = records.find(({ object }) => object.startsWith("Conférence"));
  if (quoted) {
    moveTo(addDays(quoted.requestedOn, 1));
    await attach(stage, quoted.id, {
      ...{ fileName: "devis-conference.pdf", title: "Devis de l’association" },
      lines: ["Devis", quoted.supplier, "", quoted.object, `Montant TTC : ${formatCents(quoted.requested)}`],
    });
  }
  clock.moveTo(parisLocalAt(now));
}

type Paper = { readonly fileName: string; readonly title: string; readonly lines: readonly string[] };

/** Adds a paper to an expense; none where the story keeps no files. */
async function attach(stage: Stage, expenseId: string, { fileName, title, lines }: Paper): Promise<string | null> {
  if (stage.folder === null) return null;
  const paper = {
    key: stage.clock.newId(),
    fileName,
    bytes: composePaper(lines),
    title,
    visibility: "members",
  } as const;
  const target = { kind: "expense", expenseId } as const;
  return must(await addDocument(await secretary(stage), { ...paper, target }, stage.folder)).documentId;
}
