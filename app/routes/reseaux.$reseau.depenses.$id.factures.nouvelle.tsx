import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { sumCents, toCents } from "~/domain/kernel/money";
import { formatCents, NBSP } from "~/documents/french";
import { addDocument } from "~/features/documents/commands.server";
import { documentMessage } from "~/features/documents/messages.fr";
import { addInvoice, checkInvoice } from "~/features/spending/commands.server";
import { parseInvoice, type InvoiceFields } from "~/features/spending/form";
import { invoiceMessage } from "~/features/spending/messages.fr";
import { findSpendingFacts } from "~/features/spending/queries.server";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ACCEPTED_FILES, FILE_HINT } from "~/ui/documents";
import { ActKey, Button, CheckboxField, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Enregistrer une facture" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "invoice.record");
  const id = requireParam(args.params, "id");
  const found = await findSpendingFacts(command.db, network.id, id);
  if (!found) throw notFound();
  const invoiced = sumCents(found.invoices.map(({ amount }) => amount));
  return {
    ...{ id, object: found.object, supplier: found.supplier, invoiced },
    engaged: found.engagement?.amount ?? null,
    root: `/reseaux/${network.slug}`,
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "invoice.record");
  const expenseId = requireParam(args.params, "id");
  const submission = parseInvoice(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { file, ...input } = submission.value;
  const request = { ...input, expenseId };
  const checked = await checkInvoice(command, request);
  let documentId: string | null = null;
  if (checked.ok && file !== undefined) {
    const stored = await addDocument(command, {
      // One file per invoice: the same form sent twice keeps one document.
      key: `${input.cle}-d`,
      fileName: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      title: `Facture ${input.number}, ${input.supplier}`.slice(0, 160),
      visibility: "members",
      target: { kind: "expense", expenseId },
    });
    if (!stored.ok && stored.refusal === "target-unknown") throw notFound();
    if (!stored.ok)
      return data(
        { result: submission.reply({ fieldErrors: { file: [documentMessage(stored.refusal)] } }) },
        { status: 409 },
      );
    documentId = stored.value.documentId;
  }
  const decision = checked.ok ? await addInvoice(command, { ...request, documentId }) : checked;
  if (!decision.ok) {
    if (decision.refusal.kind === "expense-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [invoiceMessage(decision.refusal)] }) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/depenses/${expenseId}?fait=facture`, 303);
}

export default function NewInvoicePage() {
  const { root, id, object, supplier, engaged, invoiced, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<InvoiceFields>({
    id: "facture",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { supplier },
  });
  return (
    <Page
      title="Enregistrer une facture"
      lead={
        engaged === null
          ? `${object}${NBSP}: cette dépense n’est pas engagée.`
          : `${object}${NBSP}: ${formatCents(engaged)} engagés, ${formatCents(invoiced)} facturés, ${formatCents(toCents(engaged - invoiced))} à facturer au plus.`
      }
      crumbs={[
        { label: "Dépenses", to: `${root}/depenses` },
        { label: object, to: `${root}/depenses/${id}` },
      ]}
    >
      {engaged === null && (
        <Notice tone="missed" title="Pas de facture avant l’engagement">
          <p>{invoiceMessage({ kind: "not-engaged" })}</p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Form method="post" encType="multipart/form-data" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.supplier} label="Fournisseur" />
        <TextField field={fields.number} label="Numéro de la facture" autoComplete="off" />
        <TextField field={fields.date} label="Date de la facture" type="date" data-width="short" />
        <TextField
          field={fields.amount}
          label="Montant TTC, en euros"
          inputMode="decimal"
          autoComplete="off"
          data-width="short"
        />
        <CheckboxField
          field={fields.isFinal}
          label="C’est la dernière facture de cette dépense"
          hint="Ce qui reste de l’engagement retourne alors au budget."
        />
        <TextField
          field={fields.file}
          label="La facture"
          type="file"
          optional
          hint={FILE_HINT}
          accept={ACCEPTED_FILES}
        />
        <Button>Enregistrer la facture</Button>
      </Form>
    </Page>
  );
}
