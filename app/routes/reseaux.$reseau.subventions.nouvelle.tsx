import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { yearOf } from "~/domain/kernel/plain-date";
import { SUBSIDY_NATURES } from "~/domain/subsidy/subsidy";
import { requestSubsidy } from "~/features/subsidies/commands.server";
import { parseRequestSubsidy, type RequestSubsidyFields } from "~/features/subsidies/form";
import { NATURE_LABELS, requestMessage } from "~/features/subsidies/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, CheckboxField, ErrorSummary, RadioField, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Noter une demande de subvention" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "subsidy.record");
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const day = today(systemClock);
  return {
    root: `/reseaux/${network.slug}/subventions`,
    year: /^20\d\d$/.test(asked) ? Number(asked) : yearOf(day),
    day,
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "subsidy.record");
  const submission = parseRequestSubsidy(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await requestSubsidy(command, submission.value);
  if (!decision.ok) {
    const result = submission.reply({ fieldErrors: { requestedOn: [requestMessage(decision.refusal)] } });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/subventions/${decision.value.subsidyId}?fait=demande`, 303);
}

export default function RequestSubsidyPage() {
  const { root, year, day, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<RequestSubsidyFields>({
    id: "subvention",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { year: String(year), requestedOn: day, nature: "cash", conditions: "unique" },
  });
  return (
    <Page
      title="Noter une demande de subvention"
      lead="Demande au Département ou à un autre financeur. Sa réponse et le versement se notent ensuite."
      crumbs={[{ label: "Subventions", to: `${root}?annee=${year}` }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.year} label="Année" inputMode="numeric" data-width="short" autoComplete="off" />
        <TextField field={fields.funder} label="Financeur" autoComplete="off" />
        <TextField
          field={fields.funderSiret}
          label="SIRET du financeur"
          optional
          hint="14 chiffres. Sans lui, la subvention ne peut pas entrer dans les données publiées."
          inputMode="numeric"
          data-width="short"
          autoComplete="off"
        />
        <CheckboxField
          field={fields.isCofunding}
          label="Ce financeur n’est pas le Département"
          hint="Le Département doit alors être informé de la réponse."
        />
        <TextField field={fields.object} label="Objet de la demande" autoComplete="off" />
        <TextField
          field={fields.requested}
          label="Montant demandé, en euros"
          inputMode="decimal"
          data-width="short"
          autoComplete="off"
        />
        <TextField field={fields.requestedOn} label="Demandée le" type="date" data-width="short" />
        <RadioField
          field={fields.nature}
          label="Nature de l’aide"
          options={SUBSIDY_NATURES.map((nature) => ({ value: nature, label: NATURE_LABELS[nature] }))}
        />
        <TextField
          field={fields.conditions}
          label="Conditions de versement"
          hint="« unique », « échelonné », ou en quelques mots."
          autoComplete="off"
        />
        <Button>Noter la demande</Button>
      </Form>
    </Page>
  );
}
