import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { count, enumerate, formatDate } from "~/documents/french";
import { adoptReport, fingerprintOf } from "~/features/needs-analysis/commands.server";
import { parseAdoption, type AdoptionFields } from "~/features/needs-analysis/form";
import { adoptMessage } from "~/features/needs-analysis/messages.fr";
import { readReport } from "~/features/needs-analysis/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { listLatestDecisions } from "~/services/decision-record.server";
import { Button, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";
import { openReportFor } from "./reseaux.$reseau.observatoire.analyse.$id._index/open-report.server";

export const meta: MetaFunction = () => [{ title: "Enregistrer l’adoption" }];

const SHOWN_DECISIONS = 60;

export async function loader(args: LoaderFunctionArgs) {
  const { root, home, report, network, command } = await openReportFor(args, "analysis.adopt");
  if (report.status === "adopted") throw redirect(home);
  const { document, checks, cited } = await readReport(command.db, network, report, today(systemClock));
  const decisions = await listLatestDecisions(command.db, network.id, SHOWN_DECISIONS);
  return {
    ...{ root, home, reportTitle: report.title, cited: cited.length, lastDay: today(systemClock) },
    unwritten: report.chapters.filter(({ markdown }) => markdown.trim() === "").map(({ title }) => title),
    fingerprint: fingerprintOf(document),
    falseClaims: checks.flatMap(({ claims }) => claims).filter(({ verdict }) => verdict === "false").length,
    absent: checks.flatMap((chapter) => chapter.absent),
    openedOn: formatDate(report.openedOn),
    decisions: decisions
      .filter(({ isAdopted, decidedOn }) => isAdopted && decidedOn >= report.openedOn)
      .map(({ pollId, number, title, decidedOn }) => ({
        value: pollId,
        label: `n° ${number}, ${formatDate(decidedOn)} : ${title}`,
      })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { command, home, report, network } = await openReportFor(args, "analysis.adopt");
  const submission = parseAdoption(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await adoptReport(command, network.name, report.id, submission.value);
  if (!decision.ok)
    return data({ result: submission.reply({ formErrors: [adoptMessage(decision.refusal)] }) }, { status: 409 });
  return redirect(`${home}?fait=adoptee`);
}

export default function AdoptReportPage() {
  const { root, home, reportTitle, cited, lastDay, unwritten, fingerprint, falseClaims, absent, openedOn, decisions } =
    useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<AdoptionFields>({ id: "adoption", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title="Enregistrer l’adoption"
      lead={`Le rapport sera figé tel qu’il se lit aujourd’hui, avec ses ${count(cited, "chiffre cité", "chiffres cités")} et leurs sources, et il deviendra public. Son texte ne changera plus.`}
      crumbs={[{ label: reportTitle, to: home }]}
    >
      <ObservatoryNav root={root} />
      {falseClaims > 0 && (
        <Notice
          tone="missed"
          title={`${count(falseClaims, "phrase est contredite", "phrases sont contredites")} par les chiffres`}
        >
          <p>
            <a href={`${home}#a-relire`}>{falseClaims === 1 ? "Relisez-la" : "Relisez-les"}</a> avant d’enregistrer
            l’adoption.
          </p>
        </Notice>
      )}
      {absent.length > 0 && (
        <Notice
          tone="pending"
          title={`${count(absent.length, "référence n’a", "références n’ont")} pas de chiffre : le rapport dira « non disponible »`}
        >
          <p>{enumerate(absent)}.</p>
        </Notice>
      )}
      {unwritten.length > 0 && (
        <Notice
          tone="pending"
          title={`${count(unwritten.length, "chapitre n’est pas écrit", "chapitres ne sont pas écrits")} : le rapport paraîtra sans`}
        >
          <p>{enumerate(unwritten.map((title) => `« ${title} »`))}.</p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="fingerprint" value={fingerprint} />
        <SelectField
          field={fields.decision}
          label="Décision du comité"
          options={decisions}
          hint={
            decisions.length === 0
              ? `Le comité n’a rien adopté depuis l’ouverture de l’analyse (${openedOn}) : mettez son adoption à l’ordre du jour d’une séance.`
              : `Les décisions adoptées depuis l’ouverture de l’analyse (${openedOn}).`
          }
          empty="Aucune : c’est l’acte d’un conseil d’administration"
        />
        <fieldset className="field">
          <legend>Ou l’acte d’un conseil d’administration</legend>
          <TextField
            field={fields.body}
            label="Organe"
            optional
            hint="Par exemple : le conseil d’administration du CCAS de Blain"
          />
          <TextField field={fields.actReference} label="Référence de l’acte" optional />
          <TextField
            field={fields.adoptedOn}
            label="Date de l’acte"
            type="date"
            max={lastDay}
            optional
            data-width="short"
          />
        </fieldset>
        <Button>Figer le rapport et le publier</Button>
      </Form>
    </Page>
  );
}
