import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { addMonths, yearOf } from "~/domain/kernel/plain-date";
import { NBSP } from "~/documents/french";
import { openCampaign } from "~/features/indicators/campaign-commands.server";
import { parseOpening, type OpenFields } from "~/features/indicators/form";
import { campaignMessage } from "~/features/indicators/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { dictionaryInForce, listCampaigns, listDictionaries } from "~/services/indicator-record.server";
import { ActKey, Button, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Ouvrir une campagne" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "campaign.manage");
  const day = today(systemClock);
  const taken = (await listCampaigns(command.db, network.id)).map(({ year }) => year);
  const dictionary = dictionaryInForce(await listDictionaries(command.db, network.id));
  const last = day.slice(5) >= "10-01" ? yearOf(day) : yearOf(day) - 1;
  return {
    root: `/reseaux/${network.slug}`,
    years: Array.from({ length: 5 }, (_, back) => last - back).filter((year) => !taken.includes(year)),
    deadline: addMonths(day, 2),
    version: dictionary?.version ?? null,
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "campaign.manage");
  const submission = parseOpening(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await openCampaign(command, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/recueil/${decision.value.year}?fait=ouverte`, 303);
  const field = decision.refusal === "deadline-past" ? "deadline" : "year";
  const result = submission.reply({ fieldErrors: { [field]: [campaignMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function OpenCampaignPage() {
  const { root, years, deadline, version, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<OpenFields>({
    id: "campagne",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { year: years[0] === undefined ? "" : String(years[0]), deadline },
  });
  return (
    <Page
      title="Ouvrir une campagne"
      lead="Chaque CCAS signataire reçoit une saisie à remplir pour l’année choisie."
      crumbs={[{ label: "Recueil", to: `${root}/recueil` }]}
    >
      <IndicatorsNav isMember />
      {version === null ? (
        <Notice tone="missed">
          <p>{campaignMessage("dictionary-not-adopted")}</p>
        </Notice>
      ) : (
        <>
          <ErrorSummary form={form} />
          <p>
            La campagne suivra la version{NBSP}
            {version} de la grille, la dernière que le comité a votée, jusqu’à sa clôture. Le dernier millésime de
            population en vigueur aujourd’hui y est attaché.
          </p>
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={actKey} />
            <SelectField
              field={fields.year}
              label="Année décrite"
              empty="Choisir"
              options={years.map((year) => ({ value: String(year), label: String(year) }))}
            />
            <TextField
              field={fields.deadline}
              type="date"
              label="Échéance"
              hint="Elle se rappelle aux CCAS, elle ne ferme rien : une saisie en retard reste possible jusqu’à la clôture."
            />
            <Button>Ouvrir la campagne</Button>
          </Form>
        </>
      )}
    </Page>
  );
}
