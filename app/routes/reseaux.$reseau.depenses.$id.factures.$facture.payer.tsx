import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { formatCents, formatDate, NBSP } from "~/documents/french";
import { pay } from "~/features/spending/commands.server";
import { parsePayment, type PaymentFields } from "~/features/spending/form";
import { paymentMessage } from "~/features/spending/messages.fr";
import { findSpendingFacts } from "~/features/spending/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Enregistrer un paiement" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "invoice.pay");
  const id = requireParam(args.params, "id");
  const found = await findSpendingFacts(command.db, network.id, id);
  const invoiceId = requireParam(args.params, "facture");
  const invoice = found?.invoices.find((each) => each.id === invoiceId);
  if (!found || !invoice) throw notFound();
  return { id, object: found.object, invoice, date: today(systemClock), root: `/reseaux/${network.slug}` };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "invoice.pay");
  const target = { expenseId: requireParam(args.params, "id"), invoiceId: requireParam(args.params, "facture") };
  const submission = parsePayment(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await pay(command, target, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/depenses/${target.expenseId}?fait=paiement`, 303);
  const { kind } = decision.refusal;
  if (kind === "expense-unknown" || kind === "invoice-unknown") throw notFound();
  return data({ result: submission.reply({ formErrors: [paymentMessage(decision.refusal)] }) }, { status: 409 });
}

export default function PayInvoicePage() {
  const { root, id, object, invoice, date } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<PaymentFields>({
    id: "paiement",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { paidOn: date },
  });
  return (
    <Page
      title="Enregistrer le paiement"
      lead={`Facture n°${NBSP}${invoice.number} du ${formatDate(invoice.date)}, ${invoice.supplier}${NBSP}: ${formatCents(invoice.amount)}.`}
      crumbs={[
        { label: "Dépenses", to: `${root}/depenses` },
        { label: object, to: `${root}/depenses/${id}` },
      ]}
    >
      {invoice.payment !== null && (
        <Notice tone="info" title="Ce paiement est déjà enregistré">
          <p>
            Mandat {invoice.payment.mandate}, {formatDate(invoice.payment.paidOn)}.
          </p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextField
          field={fields.mandate}
          label="Référence du mandat"
          hint="Celle du mandat de paiement du CCAS pilote. Sans elle, rien n’est dit payé."
          autoComplete="off"
        />
        <TextField field={fields.paidOn} label="Payée le" type="date" data-width="short" />
        <p>Le paiement entre au registre et ne se reprend pas. Le portail ne paie rien{NBSP}: il garde la référence.</p>
        <Button>Enregistrer le paiement</Button>
      </Form>
    </Page>
  );
}
