import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { awaited, type SpendingStep } from "~/domain/budget/progress";
import type { ExpenseStatus } from "~/domain/expense/expense";
import { sumCents, type Cents } from "~/domain/kernel/money";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { formatCents, formatDate, NBSP } from "~/documents/french";
import { ButtonLink } from "./forms";

type Invoice = {
  readonly id: string;
  readonly supplier: string;
  readonly number: string;
  readonly date: PlainDate;
  readonly amount: Cents;
  readonly isFinal: boolean;
  readonly documentId: string | null;
  readonly recordedBy: string;
  readonly payment: { readonly mandate: string; readonly paidOn: PlainDate } | null;
  readonly paidBy: string | null;
};

type SpendingStepsProps = {
  readonly root: string;
  readonly expense: {
    readonly id: string;
    readonly amount: Cents;
    readonly status: ExpenseStatus;
    readonly requesterName: string;
    readonly requestedOn: PlainDate;
  };
  readonly spending: {
    readonly validation: { readonly decisionNumber: string; readonly decidedOn: PlainDate } | null;
    readonly awaitsRatification: boolean;
    readonly engagement: {
      readonly amount: Cents;
      readonly accountCode: string;
      readonly reference: string;
      readonly engagedBy: { readonly name: string };
      readonly engagedOn: PlainDate;
    } | null;
    readonly invoices: readonly Invoice[];
    readonly step: SpendingStep;
  };
  readonly may: { readonly engage: boolean; readonly invoice: boolean; readonly pay: boolean };
};

/** The life of an expense: who asked, who validated, who ordered, who paid, who controls; and the next step for whoever may take it. */
export function SpendingSteps({ root, expense, spending, may }: SpendingStepsProps) {
  const { validation, engagement, invoices, step, awaitsRatification } = spending;
  const page = `${root}/depenses/${expense.id}`;
  const invoiced = sumCents(invoices.map(({ amount }) => amount));
  const stillAwaited = awaited({
    engaged: engagement?.amount ?? null,
    invoices: invoices.map(({ amount, isFinal, payment }) => ({ amount, isFinal, isPaid: payment !== null })),
  });
  const isReady = validation !== null && !awaitsRatification;
  const isStopped = expense.status === "rejected" || expense.status === "withdrawn";
  return (
    <ol className="spending-steps">
      <Step name="Demandée" state="done">
        {formatCents(expense.amount)}, par {expense.requesterName}, {formatDate(expense.requestedOn)}
      </Step>
      <Step name="Validée par le comité" state={isReady ? "done" : isStopped ? "to-come" : "current"}>
        {validation === null
          ? isStopped
            ? "Le comité ne l’a pas validée : rien ne peut être engagé."
            : "Le comité se prononce à une séance. Rien n’est engagé avant (convention, art. 4.1)."
          : `Décision n°${NBSP}${validation.decisionNumber}, ${formatDate(validation.decidedOn)}, pour ${formatCents(expense.amount)}${
              awaitsRatification ? `${NBSP}; à ratifier à la prochaine séance avant l’engagement` : ""
            }`}
      </Step>
      {!isStopped && (
        <>
          <Step name="Engagée par le CCAS pilote" state={engagement ? "done" : isReady ? "current" : "to-come"}>
            {engagement
              ? `${formatCents(engagement.amount)}, compte ${engagement.accountCode}, référence ${engagement.reference}, par ${engagement.engagedBy.name}, ${formatDate(engagement.engagedOn)}`
              : "Par une autre personne que celle qui a demandé la dépense."}
            {isReady && !engagement && may.engage && (
              <p className="row screen-only">
                <ButtonLink to={`${page}/engager`}>Engager la dépense</ButtonLink>
              </p>
            )}
          </Step>
          <Step
            name="Facturée"
            state={engagement === null ? "to-come" : step === "engaged" || step === "partly-paid" ? "current" : "done"}
          >
            {invoices.length === 0
              ? "Aucune facture n’est enregistrée."
              : `${formatCents(invoiced)} facturés${
                  stillAwaited > 0 ? `, ${formatCents(stillAwaited)} attendus au plus` : ""
                }`}
            <ul>
              {invoices.map((invoice) => (
                <li key={invoice.id}>
                  {invoice.supplier}, facture n°{NBSP}
                  {invoice.number} du {formatDate(invoice.date)}
                  {NBSP}: {formatCents(invoice.amount)}
                  {invoice.isFinal && ", la dernière"}, enregistrée par {invoice.recordedBy}
                  {invoice.documentId === null ? (
                    <span className="soft"> (sans pièce jointe)</span>
                  ) : (
                    <>
                      {" "}
                      (
                      <a href={`${root}/documents/${invoice.documentId}`} download>
                        la facture
                      </a>
                      )
                    </>
                  )}
                </li>
              ))}
            </ul>
            {engagement && may.invoice && stillAwaited > 0 && (
              <p className="screen-only">
                {step === "engaged" ? (
                  <ButtonLink to={`${page}/factures/nouvelle`}>Enregistrer une facture</ButtonLink>
                ) : (
                  <Link to={`${page}/factures/nouvelle`}>Enregistrer une autre facture</Link>
                )}
              </p>
            )}
          </Step>
          <Step
            name="Payée par le CCAS pilote"
            state={step === "paid" ? "done" : step === "invoiced" ? "current" : "to-come"}
          >
            {invoices.length === 0 && "Jamais dite payée sans la référence du mandat."}
            <ul>
              {invoices.map((invoice) => (
                <li key={invoice.id}>
                  {invoice.payment ? (
                    `Facture n°${NBSP}${invoice.number}${NBSP}: mandat ${invoice.payment.mandate}, ${formatDate(invoice.payment.paidOn)}, enregistré par ${invoice.paidBy ?? ""}`
                  ) : (
                    <>
                      Facture n°{NBSP}
                      {invoice.number}
                      {NBSP}: {formatCents(invoice.amount)} à payer{" "}
                      {may.pay && (
                        <span className="screen-only">
                          <ButtonLink to={`${page}/factures/${invoice.id}/payer`} look="small">
                            Enregistrer le paiement
                          </ButtonLink>
                        </span>
                      )}
                    </>
                  )}
                </li>
              ))}
            </ul>
          </Step>
        </>
      )}
      <Step name="Contrôle" state="to-come">
        À tout moment par le CCAS pilote (convention, art. 6){NBSP}: décision, engagement, factures et justificatifs
        sont réunis ici, et chaque acte est au <Link to={`${root}/parametres/registre`}>registre</Link>.
      </Step>
    </ol>
  );
}

const STATE_WORDS = { done: "Fait", current: "Prochaine étape", "to-come": "" };

function Step({
  name,
  state,
  children,
}: {
  readonly name: string;
  readonly state: keyof typeof STATE_WORDS;
  readonly children: ReactNode;
}) {
  const marks = {
    ...(state === "done" ? { "data-done": "" } : {}),
    ...(state === "current" ? { "data-current": "" } : {}),
  };
  return (
    <li {...marks}>
      <p>
        <span className="step-name">{name}</span>
        {STATE_WORDS[state] !== "" && <span className="soft"> · {STATE_WORDS[state]}</span>}
      </p>
      <div>{children}</div>
    </li>
  );
}
