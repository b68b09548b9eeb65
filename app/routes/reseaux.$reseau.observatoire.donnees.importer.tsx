import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatInteger } from "~/documents/french";
import { parseImport, type ImportFields } from "~/features/figures/form";
import { importsFolder, listImports, listReadyFiles, requestImport } from "~/features/figures/import-jobs.server";
import { discardSentFile, locateReadyFile, receiveImport } from "~/features/figures/import-files.server";
import { DATASET_LABELS, jobMessage, uploadMessage } from "~/features/figures/messages.fr";
import { systemClock } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { BrokenUpload } from "~/services/large-file.server";
import { startImportProcess } from "~/services/import-process.server";
import { ActKey, Button, CheckboxField, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page, Section } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Importer des chiffres" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command, viewer } = await openMemberPage(args, "figures.import");
  const [ready, jobs] = await Promise.all([listReadyFiles(), listImports(command.db, network.id)]);
  return {
    root: `/reseaux/${network.slug}`,
    actKey: systemClock.newId(),
    mayAdminister: can(viewer, "network.create", { networkId: null }),
    datasets: Object.entries(DATASET_LABELS).map(([value, label]) => ({ value, label })),
    ready: ready.map(({ name, byteSize }) => ({
      value: name,
      label: `${name} (${formatInteger(Math.ceil(byteSize / 1000))} ko)`,
    })),
    jobs: jobs.map(({ id, kind, fileName, state, isSimulation, startedAt }) => ({
      ...{ id, fileName, state, isSimulation, startedAt, dataset: DATASET_LABELS[kind] ?? kind },
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "figures.import");
  const received = await receiveImport(args.request).catch((fault: unknown) => {
    if (fault instanceof BrokenUpload) return null;
    throw fault;
  });
  if (received === null) return data({ result: { error: { fichier: [uploadMessage()] } } }, { status: 400 });
  const submission = parseImport(received.form);
  if (submission.status !== "success") {
    await discardSentFile(received.file);
    return data({ result: submission.reply() }, { status: 400 });
  }
  const { cle, jeu, depose, millesime, geographie, adresse, extrait, acte } = submission.value;
  const file = received.file ?? (await locateReadyFile(importsFolder(), depose ?? ""));
  if (file === null) {
    const result = submission.reply({ fieldErrors: { fichier: [jobMessage({ kind: "file-not-ready" })] } });
    return data({ result }, { status: 409 });
  }
  const decision = await requestImport(command, {
    ...{ cle, kind: jeu, ...file, vintage: millesime ?? null, geographyOn: geographie ?? null },
    ...{ address: adresse ?? null, isExtract: extrait === "on", isSimulation: acte === "simuler" },
  });
  if (!decision.ok) {
    await discardSentFile(received.file);
    const result = submission.reply({ formErrors: [jobMessage(decision.refusal)] });
    return data({ result }, { status: 409 });
  }
  if (!decision.value.isNew) await discardSentFile(received.file);
  if (decision.value.isNew) startImportProcess(decision.value.id);
  return redirect(`/reseaux/${network.slug}/observatoire/donnees/imports/${decision.value.id}`);
}

export default function ImportPage() {
  const { root, actKey, mayAdminister, datasets, ready, jobs } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ImportFields>({ id: "import", ...(lastResult ? { lastResult } : {}) });
  const fault = fields.fichier.errors;
  return (
    <Page
      title="Importer des chiffres"
      lead="Le fichier est lu tel que son producteur le publie. La simulation dit ce qui changerait, sans rien écrire ; l’import prend tout le fichier, ou rien."
      crumbs={[
        { label: "Observatoire", to: `${root}/observatoire` },
        { label: "Sources", to: `${root}/observatoire/donnees` },
      ]}
    >
      <ObservatoryNav root={root} />
      <p>
        Les populations de référence et les mouvements de communes s’importent à part, par l’administration du portail
        {mayAdminister ? (
          <>
            &nbsp;: <Link to="/administration/populations">les importer</Link>
          </>
        ) : (
          ""
        )}
        .
      </p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} encType="multipart/form-data" noValidate>
        <ActKey value={actKey} />
        <SelectField field={fields.jeu} label="Jeu de données" options={datasets} empty="Choisir un jeu" />
        <div className="field" data-invalid={fault ? "" : undefined}>
          <label htmlFor={fields.fichier.id}>Fichier</label>
          <p className="hint" id={fields.fichier.descriptionId}>
            CSV, ZIP, GZ, XLSX ou GeoJSON, jusqu’à 800 Mo. Un fichier déjà sur le serveur se dépose dans le dossier
            « imports » du portail, où il apparaît ci-dessous.
          </p>
          {fault && (
            <p className="error" id={fields.fichier.errorId}>
              <span className="visually-hidden">Erreur : </span>
              {fault.join(" ")}
            </p>
          )}
          <input
            type="file"
            id={fields.fichier.id}
            name={fields.fichier.name}
            aria-invalid={fault ? true : undefined}
            aria-describedby={
              fault ? `${fields.fichier.descriptionId} ${fields.fichier.errorId}` : fields.fichier.descriptionId
            }
          />
        </div>
        {ready.length > 0 && (
          <SelectField field={fields.depose} label="Ou un fichier déposé" options={ready} empty="Aucun" optional />
        )}
        <TextField
          field={fields.millesime}
          label="Millésime"
          hint="À donner seulement quand le fichier ne le dit pas."
          optional
        />
        <TextField
          field={fields.geographie}
          label="Communes au"
          hint="Jour de la géographie du fichier, 2024-01-01 : les communes fusionnées depuis sont suivies."
          optional
        />
        <TextField field={fields.adresse} label="Adresse de la page du producteur" optional />
        <CheckboxField
          field={fields.extrait}
          label="Ce fichier n’est qu’un extrait du fichier national, et c’est voulu"
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
      {jobs.length > 0 && (
        <Section title="Derniers imports" id="derniers">
          <Table
            caption="Derniers imports, le plus récent d’abord"
            captionHidden
            narrow="stack"
            columns={[
              {
                key: "file",
                label: "Fichier",
                heading: true,
                cell: (row) => <Link to={`${root}/observatoire/donnees/imports/${row.id}`}>{row.fileName}</Link>,
              },
              { key: "dataset", label: "Jeu", cell: (row) => row.dataset },
              { key: "act", label: "Acte", cell: (row) => (row.isSimulation ? "Simulation" : "Import") },
              { key: "state", label: "État", cell: (row) => <JobTag state={row.state} /> },
            ]}
            rows={jobs}
            rowKey={(row) => row.id}
          />
        </Section>
      )}
    </Page>
  );
}

const STATES = {
  waiting: ["pending", "en attente"],
  running: ["pending", "en cours"],
  done: ["reached", "fait"],
  refused: ["missed", "refusé"],
  failed: ["missed", "en panne"],
} as const;

function JobTag({ state }: { readonly state: keyof typeof STATES }) {
  const [tone, word] = STATES[state];
  return <Tag tone={tone}>{word}</Tag>;
}
