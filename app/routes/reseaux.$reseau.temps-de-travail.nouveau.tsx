import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { EXPENSE_AXES } from "~/domain/expense/expense";
import { yearOf } from "~/domain/kernel/plain-date";
import { recordTime } from "~/features/staff-time/commands.server";
import { parseRecordTime, readYear, type RecordTimeFields } from "~/features/staff-time/form";
import { AXIS_LABELS, recordTimeMessage } from "~/features/staff-time/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Noter du temps de travail" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "staff-time.record");
  return {
    root: `/reseaux/${network.slug}/temps-de-travail`,
    year: readYear(new URL(args.request.url).searchParams.get("annee"), yearOf(today(systemClock))),
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "staff-time.record");
  const submission = parseRecordTime(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordTime(command, submission.value);
  if (!decision.ok) {
    return data({ result: submission.reply({ formErrors: [recordTimeMessage(decision.refusal)] }) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/temps-de-travail?annee=${submission.value.year}&fait=ligne`, 303);
}

export default function RecordTimePage() {
  const { root, year, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<RecordTimeFields>({
    id: "temps",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { year: String(year), axis: "inter-ccas" },
  });
  return (
    <Page
      title="Noter du temps de travail"
      lead="Les heures d’une fonction, sur un axe, pour une année. Une fonction, jamais un nom de personne."
      crumbs={[{ label: "Temps de travail", to: `${root}?annee=${year}` }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.year} label="Année" inputMode="numeric" data-width="short" autoComplete="off" />
        <TextField
          field={fields.staffFunction}
          label="Fonction"
          hint="Par exemple : secrétariat du réseau, animation, comptabilité."
          autoComplete="off"
        />
        <RadioField
          field={fields.axis}
          label="Axe de la convention"
          options={EXPENSE_AXES.map((axis) => ({ value: axis, label: AXIS_LABELS[axis] }))}
        />
        <TextField
          field={fields.minutes}
          label="Heures de l’année"
          hint="Par exemple : 42 h 30, ou 42,5."
          data-width="short"
          autoComplete="off"
        />
        <TextField
          field={fields.hourlyCost}
          label="Coût d’une heure, en euros"
          hint="Le même pour toutes les lignes de cette fonction dans l’année."
          inputMode="decimal"
          data-width="short"
          autoComplete="off"
        />
        <TextField
          field={fields.basis}
          label="Fondement de ce coût"
          hint="Par exemple : coût chargé moyen du service en 2026, délibération du 12 mars."
          autoComplete="off"
        />
        <Button>Noter cette ligne</Button>
      </Form>
    </Page>
  );
}
