import { getFormProps, useForm } from "@conform-to/react";
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { vintageInForce } from "~/domain/population/population";
import { formatInteger, formatShortDate } from "~/documents/french";
import { INSEE_PAGE, parseSentFile, type SentFileFields } from "~/features/population/form";
import { sentFileMessage } from "~/features/population/messages.fr";
import { listDatasets } from "~/features/population/queries.server";
import { importSentFile } from "~/features/population/sent-file.server";
import { listNetworks } from "~/features/public-site/queries.server";
import { requireViewer } from "~/services/actor.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { actingPerson, requirePermission } from "~/services/gate.server";
import { signalImport } from "~/services/import-signal.server";
import { Button, ErrorSummary, RadioField, TextField } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Populations — Administration" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "figures.import", null);
  const [datasets, networks] = await Promise.all([listDatasets(getDb()), listNetworks(getDb())]);
  const first = networks[0];
  const otherFiles = first ? `/reseaux/${first.slug}/observatoire/donnees/importer` : null;
  return { datasets, inForce: vintageInForce(today(systemClock)), otherFiles };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "figures.import", null);
  const form = await request.formData();
  const file = form.get("fichier");
  form.delete("fichier");
  const submission = parseSentFile(form);
  if (submission.status !== "success") return data({ result: submission.reply(), done: null }, { status: 400 });
  const { jeu, millesime, adresse, acte, garde } = submission.value;
  const isSent = file instanceof File && file.name !== "";
  const decision = await importSentFile(
    { db: getDb(), clock: systemClock, actor: actingPerson(viewer) },
    {
      ...{ kind: jeu, keptId: garde ?? null },
      file: isSent ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null,
      vintage: millesime === undefined ? null : Number(millesime),
      ...{ address: adresse ?? INSEE_PAGE, isSimulation: acte === "simuler" },
    },
  );
  if (!decision.ok) {
    const result = submission.reply({ formErrors: sentFileMessage(decision.refusal).split("\n") });
    return data({ result, done: null }, { status: 409 });
  }
  if (acte === "importer") signalImport(systemClock.now().toISOString());
  const { lines, kept } = decision.value;
  const order = kept && {
    ...{ garde: kept.id, jeu, millesime: kept.vintage === null ? "" : String(kept.vintage), adresse: adresse ?? "" },
    name: isSent ? file.name : "",
  };
  return data({ result: submission.reply(), done: { lines, order } });
}

export default function PopulationImportPage() {
  const { datasets, inForce, otherFiles } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const [form, fields] = useForm<SentFileFields>({
    id: "populations",
    ...(answered ? { lastResult: answered.result } : {}),
    defaultValue: { jeu: "populations" },
  });
  return (
    <Page
      title="Populations et communes"
      lead="Les fichiers de l’INSEE, tels qu’il les publie : les populations de référence, et les mouvements de communes du code officiel géographique."
    >
      <p>
        Les autres fichiers officiels (comparateur, Filosofi, code géographique, contours…) s’importent une fois pour
        tous les réseaux, par l’observatoire de l’un d’eux
        {otherFiles && (
          <>
            &nbsp;: <Link to={otherFiles}>importer un autre fichier</Link>
          </>
        )}
        .
      </p>
      {answered?.done && (
        <Notice tone="reached" role="status" title="Le fichier se lit">
          {answered.done.lines.map((line) => (
            <p key={line} className="source-line">
              {line}
            </p>
          ))}
          {answered.done.order && (
            <Form method="post" encType="multipart/form-data">
              {(["garde", "jeu", "millesime", "adresse"] as const).map((name) => (
                <input key={name} type="hidden" name={name} value={answered.done.order?.[name] ?? ""} />
              ))}
              <p>Le fichier simulé est gardé un jour : il n’est pas à choisir de nouveau.</p>
              <p className="actions">
                <Button name="acte" value="importer">
                  Importer {answered.done.order.name}
                </Button>
              </p>
            </Form>
          )}
        </Notice>
      )}
      {!datasets.some(({ vintage }) => vintage === inForce) && (
        <Notice tone="pending" title={`Le millésime ${inForce} n’est pas importé`}>
          <p>Un appel de fonds l’attend : un millésime plus ancien n’est jamais pris à sa place.</p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} encType="multipart/form-data" noValidate>
        <RadioField
          field={fields.jeu}
          label="Ce que le fichier contient"
          options={[
            { value: "populations", label: "Populations de référence, fichier national des communes" },
            { value: "mouvements", label: "Mouvements de communes (fusions, partages, changements de code)" },
          ]}
        />
        <div className="field">
          <label htmlFor="fichier">Fichier CSV</label>
          <p className="hint" id="fichier-aide">
            Extrait de l’archive de l’INSEE, jusqu’à 10 Mo. Séparateur et encodage sont reconnus. Tout le fichier est
            pris, ou rien.
          </p>
          <input type="file" id="fichier" name="fichier" accept=".csv,text/csv" aria-describedby="fichier-aide" />
        </div>
        <TextField
          field={fields.millesime}
          label="Millésime"
          hint="Année de référence du recensement ; sans elle, l’année écrite dans le nom du fichier."
          inputMode="numeric"
          data-width="short"
          optional
        />
        <TextField
          field={fields.adresse}
          label="Page où le fichier a été pris"
          hint={`Sans elle : ${INSEE_PAGE}`}
          optional
        />
        <p className="actions">
          <Button name="acte" value="simuler">
            Simuler l’import
          </Button>{" "}
          <Button name="acte" value="importer" look="quiet">
            Importer
          </Button>
        </p>
      </Form>
      <Section title="Millésimes en base" id="jeux">
        {datasets.length === 0 ? (
          <EmptyState>
            <p>Aucun fichier n’est importé.</p>
          </EmptyState>
        ) : (
          <Table
            narrow="stack"
            caption="Jeux de populations, le millésime le plus récent d’abord"
            captionHidden
            columns={[
              { key: "vintage", label: "Millésime", heading: true, cell: (row) => row.vintage },
              { key: "title", label: "Jeu", cell: (row) => row.title },
              { key: "rows", label: "Communes", number: true, cell: (row) => formatInteger(row.rowCount) },
              { key: "force", label: "En vigueur le", cell: (row) => formatShortDate(row.inForceOn) },
              { key: "imported", label: "Importé le", cell: (row) => formatShortDate(row.retrievedOn) },
            ]}
            rows={datasets}
            rowKey={(row) => row.id}
          />
        )}
      </Section>
    </Page>
  );
}
