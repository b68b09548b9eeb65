import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { count, NBSP } from "~/documents/french";
import { CELL_FIELDS, readEntries } from "~/features/indicators/form";
import { sheetMessage, stepMessage, workbookMessage } from "~/features/indicators/messages.fr";
import { findSubmission, speaksFor } from "~/features/indicators/queries.server";
import { splitTyped } from "~/features/indicators/section-view";
import { saveCells } from "~/features/indicators/submission-commands.server";
import { receiveTemplate } from "~/features/indicators/upload-commands.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound } from "~/services/gate.server";
import { openSubmissionPage } from "~/services/submission-gate.server";
import { Button } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Envoyer un modèle rempli" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command, target } = await openSubmissionPage(args, "submission.fill");
  const view = await findSubmission(command.db, network.id, target.year, target.organizationId);
  const on = today(systemClock);
  if (!view || !(await speaksFor(command.db, network.id, { viewer, on }, target.organizationId))) throw notFound();
  return {
    ...{ year: target.year, name: view.submission.name },
    root: `/reseaux/${network.slug}`,
    page: `/reseaux/${network.slug}/recueil/${target.year}/${target.organizationId}`,
  };
}

const SHOWN = 100;

export async function action(args: ActionFunctionArgs) {
  const { network, command, target } = await openSubmissionPage(args, "submission.fill");
  const form = await args.request.formData();
  const page = `/reseaux/${network.slug}/recueil/${target.year}/${target.organizationId}`;
  if (form.get("acte") === "confirmer") {
    const decision = await saveCells(command, target, readEntries(form));
    if (!decision.ok) return data({ refusal: stepMessage(decision.refusal), report: null }, { status: 409 });
    if (decision.value.conflicts.length === 0) return redirect(`${page}?fait=partiel`, 303);
    const refusal = "Quelqu’un d’autre a saisi en même temps : ces cases sont mises de côté, sous leur champ.";
    return data({ refusal, report: null }, { status: 409 });
  }
  const file = form.get("fichier");
  if (!(file instanceof File) || file.size === 0)
    return data({ refusal: "Choisissez le fichier à envoyer.", report: null }, { status: 400 });
  const decision = await receiveTemplate(command, target, new Uint8Array(await file.arrayBuffer()));
  if (!decision.ok) {
    const { refusal } = decision;
    if (refusal === "unknown-submission" || refusal === "not-own-organization") throw notFound();
    const isAboutFile =
      refusal === "file-empty" ||
      refusal === "file-too-large" ||
      refusal === "file-not-a-sheet" ||
      refusal === "too-many-rows";
    const message = isAboutFile ? workbookMessage(refusal) : stepMessage(refusal);
    return data({ refusal: message, report: null }, { status: 409 });
  }
  const { outcome, faults, overwrites, entries, missing } = decision.value;
  if (outcome === "written") return redirect(`${page}?fait=fichier`, 303);
  const report = {
    ...{ outcome, overwrites, missing, faultCount: faults.length },
    entries: entries.map(({ cellKey, typed, comment, known }) => ({ cellKey, comment, known, ...splitTyped(typed) })),
    faults: faults.slice(0, SHOWN).map((fault) => ({
      place: fault.column === null ? `ligne ${fault.line}` : `${fault.column}${fault.line}`,
      mark: "cellKey" in fault ? fault.cellKey : "",
      text: sheetMessage(fault),
    })),
  };
  return data({ refusal: null, report }, { status: 409 });
}

export default function UploadPage() {
  const { year, name, root, page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const report = answer?.report ?? null;
  return (
    <Page
      title="Envoyer un modèle rempli"
      lead={`${name}, année ${year}. Rien n’est enregistré tant qu’une case du fichier est fausse, sauf si vous le confirmez.`}
      crumbs={[
        { label: `Recueil ${year}`, to: `${root}/recueil/${year}` },
        { label: name, to: page },
      ]}
    >
      <IndicatorsNav isMember />
      {answer?.refusal && (
        <Notice tone="missed" role="alert">
          <p>{answer.refusal}</p>
        </Notice>
      )}
      {report && <UploadReport report={report} page={page} />}
      <Section title={report ? "Envoyer un fichier corrigé" : "Le fichier"}>
        <Form method="post" encType="multipart/form-data">
          <div className="field">
            <label htmlFor="fichier">Modèle rempli</label>
            <p className="hint" id="fichier-aide">
              CSV, ODS ou XLSX, 2 Mo au plus. Une case vide du fichier ne change rien à ce qui est déjà saisi.
            </p>
            <input type="file" id="fichier" name="fichier" accept=".csv,.ods,.xlsx" aria-describedby="fichier-aide" />
          </div>
          <Button>Envoyer le fichier</Button>
        </Form>
      </Section>
    </Page>
  );
}

type Report = NonNullable<NonNullable<ReturnType<typeof useActionData<typeof action>>>["report"]>;

function UploadReport({ report, page }: { readonly report: Report; readonly page: string }) {
  const { faults, faultCount, overwrites, entries } = report;
  return (
    <>
      <Notice tone="missed" role="alert" title="Rien n’est enregistré">
        <p>
          {faultCount > 0 &&
            `${count(faultCount, "case du fichier est à corriger", "cases du fichier sont à corriger")}. `}
          {overwrites.length > 0 &&
            `${count(overwrites.length, "case a changé", "cases ont changé")} sur le portail depuis que ce modèle a été téléchargé. `}
          {report.missing > 0 &&
            `${count(report.missing, "ligne manque", "lignes manquent")} : elles ne changeront pas.`}
        </p>
      </Notice>
      {faults.length > 0 && (
        <Table
          narrow="stack"
          caption={faults.length < faultCount ? `Les ${faults.length} premières erreurs` : "Les erreurs, case par case"}
          columns={[
            { key: "place", label: "Case", heading: true, cell: ({ place }) => place },
            { key: "mark", label: "Repère", cell: ({ mark }) => mark },
            { key: "text", label: "Ce qui ne va pas", cell: ({ text }) => text },
          ]}
          rows={faults}
          rowKey={({ place, text }) => `${place} ${text}`}
        />
      )}
      {overwrites.length > 0 && (
        <Table
          narrow="stack"
          caption="Saisies plus récentes que le modèle"
          columns={[
            { key: "key", label: "Repère", heading: true, cell: ({ cellKey }) => cellKey },
            { key: "stored", label: "Sur le portail", cell: ({ stored, by }) => `${stored} (${by})` },
            { key: "typed", label: "Dans le fichier", cell: ({ typed }) => typed },
          ]}
          rows={overwrites}
          rowKey={({ cellKey }) => cellKey}
        />
      )}
      {entries.length > 0 && (
        <Form method="post">
          {entries.map((entry) => (
            <span key={entry.cellKey}>
              <input type="hidden" name={CELL_FIELDS.value + entry.cellKey} value={entry.value} />
              <input type="hidden" name={CELL_FIELDS.state + entry.cellKey} value={entry.state} />
              <input type="hidden" name={CELL_FIELDS.comment + entry.cellKey} value={entry.comment} />
              <input type="hidden" name={CELL_FIELDS.known + entry.cellKey} value={entry.known} />
            </span>
          ))}
          <p>
            Les cases fausses restent comme elles sont sur le portail
            {overwrites.length > 0 &&
              `${NBSP}; celles du fichier remplacent les saisies plus récentes, qui restent dans l’historique`}
            .
          </p>
          <div className="row">
            <Button name="acte" value="confirmer" look="quiet">
              Enregistrer les {entries.length} cases justes
            </Button>
            <a href={page}>Ne rien enregistrer</a>
          </div>
        </Form>
      )}
    </>
  );
}
