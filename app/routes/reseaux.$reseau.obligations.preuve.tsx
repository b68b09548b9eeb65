import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { articleWords } from "~/documents/agreement-words";
import { noteProof } from "~/features/agreements/follow-up.server";
import { parseForm, proofSchema, type ProofFields } from "~/features/agreements/form";
import { proofMessage } from "~/features/agreements/messages.fr";
import { listAgreements } from "~/services/agreement-record.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Noter une preuve" }];

async function requireClause(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const opened = await openMemberPage(args, "agreement.record");
  const query = new URL(args.request.url).searchParams;
  const agreements = await listAgreements(opened.command.db, opened.network.id, today(systemClock));
  const agreement = agreements.find(({ id }) => id === query.get("convention"));
  const clause = agreement?.content.clauses.find(({ key }) => key === query.get("clause"));
  if (!agreement || !clause) throw notFound();
  return { ...opened, agreement, clause };
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, clause } = await requireClause(args);
  const { article, title, sentence } = clause;
  return {
    root: `/reseaux/${network.slug}`,
    article,
    title,
    sentence,
    day: today(systemClock),
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command, agreement, clause } = await requireClause(args);
  const submission = parseForm(await args.request.formData(), proofSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await noteProof(command, agreement.id, { clauseKey: clause.key, ...submission.value });
  if (!decision.ok) {
    const field = decision.refusal === "address-not-ours" ? "address" : "on";
    return data(
      { result: submission.reply({ fieldErrors: { [field]: [proofMessage(decision.refusal)] } }) },
      { status: 409 },
    );
  }
  return redirect(`/reseaux/${network.slug}/obligations?fait=preuve`, 303);
}

export default function ProofPage() {
  const { root, article, title, sentence, day, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ProofFields>({
    id: "preuve",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { on: day },
  });
  return (
    <Page
      title="Noter une preuve"
      lead={`${title} (${articleWords(article)})`}
      crumbs={[{ label: "Obligations", to: `${root}/obligations` }]}
    >
      <p>{sentence}</p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.on} label="Fait le" type="date" data-width="short" />
        <TextField
          field={fields.label}
          label="Ce qui a été fait"
          hint="Par exemple : bilan avec le superviseur. Sans nom de personne."
          autoComplete="off"
        />
        <TextField
          field={fields.address}
          label="Où le voir"
          optional
          hint="Une page de ce portail (/reseaux/…) ou une adresse https://"
          autoComplete="off"
        />
        <Button>Noter la preuve</Button>
      </Form>
    </Page>
  );
}
