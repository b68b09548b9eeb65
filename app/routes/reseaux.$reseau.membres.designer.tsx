import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { parseDesignation, type DesignationFields } from "~/features/people/form";
import { recordMandate } from "~/features/people/mandates.server";
import { designationMessage } from "~/features/people/messages.fr";
import { listNetworkPeople } from "~/features/people/persons.server";
import { systemClock, today } from "~/services/clock.server";
import { listSeats } from "~/services/committee-record.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, SelectField, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { PersonFields } from "~/ui/person-fields";

export const meta: MetaFunction = () => [{ title: "Enregistrer une désignation" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "mandate.record");
  const [seats, people] = await Promise.all([listSeats(getDb(), network.id), listNetworkPeople(getDb(), network.id)]);
  const asked = new URL(args.request.url).searchParams.get("siege");
  return {
    slug: network.slug,
    actKey: systemClock.newId(),
    today: today(systemClock),
    chosenSeat: seats.find(({ id }) => id === asked)?.id ?? "",
    seats: seats.map(({ id, label }) => ({ value: id, label })),
    people: people.map(({ personId, displayName, functionLabel }) => ({
      value: personId,
      label: functionLabel ? `${displayName}, ${functionLabel}` : displayName,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "mandate.record");
  const submission = parseDesignation(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordMandate(command, submission.value);
  if (!decision.ok) {
    const { field, text } = designationMessage(decision.refusal);
    return data({ result: submission.reply({ fieldErrors: { [field]: [text] } }) }, { status: 409 });
  }
  const done = decision.value.warnings.length > 0 ? "designe-reserve" : "designe";
  return redirect(`/reseaux/${network.slug}/membres/sieges/${decision.value.seatId}?fait=${done}`);
}

const ROLES = [
  { value: "titular", label: "Titulaire" },
  { value: "substitute", label: "Suppléant·e", hint: "Siège quand le ou la titulaire est empêché·e." },
];

export default function DesignatePage() {
  const { slug, actKey, today: firstDay, chosenSeat, seats, people } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<DesignationFields>({
    id: "designation",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { seatId: chosenSeat, role: "titular", startsOn: firstDay },
  });
  return (
    <Page
      title="Enregistrer une désignation"
      lead="L’organisme désigne, le portail l’enregistre : qui, pour quel siège, à partir de quel jour, par quel acte."
      crumbs={[{ label: "Comité", to: `/reseaux/${slug}/membres` }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <SelectField field={fields.seatId} label="Siège" options={seats} empty="Choisissez un siège" />
        <RadioField field={fields.role} label="Place" options={ROLES} />
        <PersonFields fields={fields} people={people} />
        <p className="hint">
          Les sièges des CCAS reviennent à une personne élue au conseil municipal (convention, art. 3), en charge des
          affaires sociales (art. 7).
        </p>
        <TextField field={fields.startsOn} label="Premier jour du mandat" type="date" data-width="short" />
        <TextField
          field={fields.endsOn}
          label="Dernier jour du mandat"
          type="date"
          data-width="short"
          optional
          hint="Vide : le mandat court jusqu’à nouvel ordre."
        />
        <TextField
          field={fields.basis}
          label="Acte de désignation"
          hint="Par exemple : délibération n° 2026-12 du 14 avril 2026"
        />
        <Button>Enregistrer la désignation</Button>
      </Form>
    </Page>
  );
}
