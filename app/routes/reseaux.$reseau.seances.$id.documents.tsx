import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { addDocument } from "~/features/documents/commands.server";
import { parseDocument, type DocumentFields } from "~/features/documents/form";
import { documentMessage } from "~/features/documents/messages.fr";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { listAgenda } from "~/services/meeting-record.server";
import { ACCEPTED_FILES, FILE_HINT } from "~/ui/documents";
import { ActKey, Button, ErrorSummary, RadioField, SelectField, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Ajouter un document" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting, isTimely } = await openMeetingPage(args, "agenda.edit");
  if (!isTimely) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const agenda = await listAgenda(getDb(), network.id, meeting.id);
  return {
    slug: network.slug,
    id: meeting.id,
    title: meeting.title,
    actKey: systemClock.newId(),
    items: agenda
      .filter((item) => item.status === "accepted")
      .map((item) => ({ value: item.id, label: `${item.position}. ${item.title}` })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "agenda.edit");
  const submission = parseDocument(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, file, title, visibility, agendaItemId } = submission.value;
  const decision = await addDocument(command, {
    key: cle,
    fileName: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    title,
    visibility,
    target: { kind: "meeting", meetingId: meeting.id, agendaItemId: agendaItemId ?? null },
  });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meeting.id}?fait=document`);
  const result = submission.reply({ fieldErrors: { file: [documentMessage(decision.refusal)] } });
  return data({ result }, { status: 409 });
}

export default function AddDocumentPage() {
  const view = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<DocumentFields>({
    id: "document",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { visibility: "members" },
  });
  const root = `/reseaux/${view.slug}/seances`;
  const fault = fields.file.errors;
  return (
    <Page
      title="Ajouter un document"
      lead="Un document ajouté ne change plus : une nouvelle version est un nouveau document."
      crumbs={[
        { label: "Séances", to: root },
        { label: view.title, to: `${root}/${view.id}` },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} encType="multipart/form-data" noValidate>
        <ActKey value={view.actKey} />
        <div className="field" data-invalid={fault ? "" : undefined}>
          <label htmlFor={fields.file.id}>Fichier</label>
          <p className="hint" id={fields.file.descriptionId}>
            {FILE_HINT}
          </p>
          {fault && (
            <p className="error" id={fields.file.errorId}>
              <span className="visually-hidden">Erreur : </span>
              {fault.join(" ")}
            </p>
          )}
          <input
            type="file"
            id={fields.file.id}
            name={fields.file.name}
            accept={ACCEPTED_FILES}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? `${fields.file.descriptionId} ${fields.file.errorId}` : fields.file.descriptionId}
          />
        </div>
        <TextField field={fields.title} label="Titre" optional hint="Sans titre, le nom du fichier." />
        <SelectField
          field={fields.agendaItemId}
          label="Point de l’ordre du jour"
          options={view.items}
          empty="La séance entière"
        />
        <RadioField
          field={fields.visibility}
          label="Qui peut le lire ?"
          options={[
            { value: "members", label: "Les membres du réseau" },
            { value: "public", label: "Tout le monde", hint: "Sur le site public, dès que la séance est convoquée." },
          ]}
        />
        <Button>Ajouter le document</Button>
      </Form>
    </Page>
  );
}
