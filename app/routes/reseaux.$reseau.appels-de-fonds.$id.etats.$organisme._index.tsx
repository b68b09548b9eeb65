import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { isReminderDue, outstandingOf, voidStatementStep } from "~/domain/funding-call/lifecycle";
import { isId } from "~/domain/kernel/ids";
import { toCents } from "~/domain/kernel/money";
import { formatCents, formatDate, NBSP } from "~/documents/french";
import { callTitle, composeStatement, STATEMENT_LABELS } from "~/documents/funding-call";
import {
  followStatement,
  isStep,
  remindMember,
  REMINDER_DAYS,
  voidStep,
  wasReminded,
} from "~/features/funding/commands.server";
import { parseStep, type StepFields } from "~/features/funding/form";
import { followMessage, remindMessage, voidMessage } from "~/features/funding/messages.fr";
import { findCall } from "~/features/funding/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getEnv } from "~/services/env.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { DocumentView } from "~/ui/document-view";
import { ActKey, Button, ErrorSummary, TextField } from "~/ui/forms";
import { STATEMENT_TONES } from "~/ui/funding/statement-tones";
import { MoneyNav } from "~/ui/money-nav";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { VoidedNote, VoidEntry } from "~/ui/void-entry";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view?.document.title ?? "État liquidatif" },
];

const DONE: Readonly<Record<string, string>> = {
  title: "Le titre est noté.",
  deposit: "Le dépôt est noté.",
  payment: "Le paiement est noté, avec sa référence.",
  reminder: "La relance est partie vers la file d’envoi.",
  void: "L’entrée est annulée ; elle reste lisible, barrée. Notez maintenant la bonne.",
};

const STEP_LABELS: Readonly<Record<string, string>> = {
  title: "Titre",
  deposit: "Dépôt Chorus Pro",
  payment: "Paiement",
  reminder: "Relance envoyée",
};

/** Steps of one day, as they follow each other. */
const STEP_ORDER = Object.keys(STEP_LABELS);

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "funding.read");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  const memberId = requireParam(args.params, "organisme");
  const statement = call?.statements.find(({ member }) => member.organizationId === memberId);
  if (!call || !statement) throw notFound();
  const { snapshot, rank } = call;
  const { facts, status } = statement;
  const mayFollow = can(viewer, "funding.follow", { networkId: network.id });
  const outstanding = outstandingOf(facts);
  const on = today(systemClock);
  return {
    document: composeStatement({ snapshot, rank, memberId: statement.memberId, facts }),
    ...{ status, outstanding, memberId, callId: call.id, callTitle: callTitle(snapshot) },
    steps: call.events
      .filter(({ organizationId }) => organizationId === memberId)
      .filter(({ kind }) => STEP_ORDER.includes(kind))
      .map(({ id, kind, on, reference, amountCents, recordedBy, voidedBy }) => ({
        ...{ id, on, recordedBy, voidedBy },
        text: [
          `${STEP_LABELS[kind]} ${reference}`.trim(),
          ...(amountCents === null ? [] : [formatCents(toCents(amountCents))]),
          formatDate(on),
        ].join(", "),
        place: STEP_ORDER.indexOf(kind),
        mayVoid:
          mayFollow && isStep(kind) && voidStatementStep(facts, { kind, isVoided: voidedBy !== null }, "motif").ok,
        actKey: systemClock.newId(),
      }))
      .sort((one, other) => one.on.localeCompare(other.on) || one.place - other.place),
    open: {
      title: mayFollow && facts.title === null && outstanding > 0,
      deposit: mayFollow && facts.title !== null && facts.deposit === null && !facts.isCancelled && !facts.isLead,
      payment: mayFollow && facts.title !== null && outstanding > 0,
      reminder:
        mayFollow &&
        isReminderDue(facts, { today: on, afterDays: REMINDER_DAYS }) &&
        !wasReminded(call.events, { organizationId: memberId, on }),
    },
    reminderDays: REMINDER_DAYS,
    root: `/reseaux/${network.slug}`,
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    actKeys: [systemClock.newId(), systemClock.newId(), systemClock.newId(), systemClock.newId()],
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "funding.follow");
  const callId = requireParam(args.params, "id");
  const organizationId = requireParam(args.params, "organisme");
  const page = `/reseaux/${network.slug}/appels-de-fonds/${callId}/etats/${organizationId}`;
  const form = await args.request.formData();
  if (form.get("step") === "reminder") {
    const cle = String(form.get("cle") ?? "");
    if (!isId(cle)) throw notFound();
    const address = `${getEnv().publicUrl}${page}`;
    const decision = await remindMember(command, { callId, organizationId }, { cle, address });
    if (!decision.ok && decision.refusal === "statement-unknown") throw notFound();
    if (!decision.ok)
      return data(
        { step: "reminder", refusal: remindMessage(decision.refusal), result: null, voiding: null },
        { status: 409 },
      );
    return redirect(`${page}?fait=reminder`, 303);
  }
  if (form.get("step") === "void") {
    const cle = String(form.get("cle") ?? "");
    if (!isId(cle)) throw notFound();
    const entryId = String(form.get("entree") ?? "");
    const reason = String(form.get("motif") ?? "").slice(0, 1000);
    const decision = await voidStep(command, { callId, organizationId }, { cle, entryId, reason });
    if (!decision.ok && decision.refusal === "entry-unknown") throw notFound();
    if (!decision.ok) {
      const refusal = voidMessage(decision.refusal);
      return data({ step: "void", refusal, result: null, voiding: { entryId, reason } }, { status: 409 });
    }
    return redirect(`${page}?fait=void`, 303);
  }
  const submission = parseStep(form);
  const step = String(form.get("step") ?? "");
  if (submission.status !== "success")
    return data({ step, refusal: null, result: submission.reply(), voiding: null }, { status: 400 });
  const decision = await followStatement(command, { callId, organizationId }, submission.value);
  if (!decision.ok) {
    if (decision.refusal.kind === "statement-unknown") throw notFound();
    const message = followMessage(decision.refusal);
    const result = submission.reply({ formErrors: [message] });
    return data({ step, refusal: null, result, voiding: null }, { status: 409 });
  }
  return redirect(`${page}?fait=${submission.value.event.kind}`, 303);
}

export default function StatementPage() {
  const view = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { root, callId, memberId, document, status, open, steps } = view;
  const own = `${root}/appels-de-fonds/${callId}`;
  const resultOf = (step: string) => (answered?.step === step ? answered.result : null);
  return (
    <Page
      title={document.title}
      lead={view.outstanding > 0 ? `Reste à payer${NBSP}: ${formatCents(view.outstanding)}.` : STATEMENT_LABELS[status]}
      crumbs={[
        { label: "Appels de fonds", to: `${root}/appels-de-fonds` },
        { label: view.callTitle, to: own },
      ]}
      actions={
        <>
          <a className="button" data-look="quiet" href={`${own}/etats/${memberId}.pdf`}>
            PDF
          </a>
          <a className="button" data-look="quiet" href={`${own}/etats/${memberId}.csv`}>
            CSV
          </a>
        </>
      }
    >
      <MoneyNav />
      {answered?.refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {view.done !== null && !answered && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      <p>
        <Tag tone={STATEMENT_TONES[status]}>{STATEMENT_LABELS[status]}</Tag>
      </p>
      <DocumentView document={document} />
      <Section title="Suivi" id="suivi-ccas">
        {steps.length === 0 ? (
          <p className="soft">
            Rien n’est encore noté. Le portail ne dit «{NBSP}payé{NBSP}» qu’avec la référence d’un paiement.
          </p>
        ) : (
          <ul>
            {steps.map((step) => (
              <li key={step.id}>
                {step.voidedBy === null ? step.text : <del>{step.text}</del>}{" "}
                <span className="soft">(noté par {step.recordedBy})</span>
                {step.voidedBy !== null && <VoidedNote voided={step.voidedBy} />}
                {step.mayVoid && (
                  <VoidEntry
                    entryId={step.id}
                    actKey={step.actKey}
                    label={step.text}
                    refused={answered?.voiding ?? null}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
        {open.title && (
          <StepForm
            step="title"
            label="Noter le titre de recettes"
            actKey={view.actKeys[0] ?? ""}
            result={resultOf("title")}
            referenceLabel="Numéro du titre"
            dateLabel="Date du titre"
          />
        )}
        {open.deposit && (
          <StepForm
            step="deposit"
            label="Noter le dépôt sur Chorus Pro"
            actKey={view.actKeys[1] ?? ""}
            result={resultOf("deposit")}
            referenceLabel="Référence Chorus Pro"
            dateLabel="Date du dépôt"
          />
        )}
        {open.payment && (
          <StepForm
            step="payment"
            label="Noter un paiement reçu"
            actKey={view.actKeys[2] ?? ""}
            result={resultOf("payment")}
            referenceLabel="Référence du paiement"
            dateLabel="Reçu le"
          />
        )}
        {open.reminder && (
          <Form method="post">
            <input type="hidden" name="step" value="reminder" />
            <ActKey value={view.actKeys[3] ?? ""} />
            <p>
              Plus de {view.reminderDays} jours ont passé : un courriel peut rappeler la somme aux personnes de ce CCAS.
            </p>
            <Button look="quiet">Relancer ce CCAS</Button>
          </Form>
        )}
      </Section>
    </Page>
  );
}

type StepFormProps = {
  readonly step: StepFields["step"];
  readonly label: string;
  readonly actKey: string;
  readonly referenceLabel: string;
  readonly dateLabel: string;
  readonly result: SubmissionResult<string[]> | null;
};

function StepForm({ step, label, actKey, referenceLabel, dateLabel, result }: StepFormProps) {
  const [form, fields] = useForm<StepFields>({ id: `suivi-${step}`, ...(result ? { lastResult: result } : {}) });
  return (
    <details open={result !== null}>
      <summary>{label}</summary>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="step" value={step} />
        <ActKey value={actKey} />
        <TextField field={fields.reference} label={referenceLabel} data-width="short" />
        <TextField field={fields.date} label={dateLabel} type="date" data-width="short" />
        {step === "payment" && (
          <TextField field={fields.amount} label="Montant reçu, en euros" inputMode="decimal" data-width="short" />
        )}
        <Button>{label}</Button>
      </Form>
    </details>
  );
}
