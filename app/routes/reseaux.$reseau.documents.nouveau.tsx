import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LIBRARY_KINDS } from "~/domain/library/library";
import { addPaper } from "~/features/library/commands.server";
import { documentSchema, parseForm, toDate, type DocumentFields } from "~/features/library/form";
import { KIND_LABELS, libraryMessage } from "~/features/library/messages.fr";
import { systemClock } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, SelectField, TextArea, TextField } from "~/ui/forms";
import { ACCESS_OPTIONS } from "~/ui/library/access-options";
import { FileField } from "~/ui/library/file-field";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Ranger un document" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "library.write");
  return { root: `/reseaux/${network.slug}/documents`, actKey: systemClock.newId() };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "library.write");
  const submission = parseForm(await args.request.formData(), documentSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, title, kind, access, dutyStartsOn, note, file } = submission.value;
  const decision = await addPaper(command, {
    key: cle,
    sheet: { title, kind, access, dutyStartsOn: toDate(dutyStartsOn) },
    file: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
    note: note ?? "",
  });
  if (!decision.ok)
    return data(
      { result: submission.reply({ fieldErrors: { file: [libraryMessage(decision.refusal)] } }) },
      { status: 409 },
    );
  return redirect(`/reseaux/${network.slug}/documents/fiches/${decision.value.documentId}?fait=range`, 303);
}

export default function NewPaperPage() {
  const { root, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<DocumentFields>({
    id: "document",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { access: "members" },
  });
  return (
    <Page
      title="Ranger un document"
      lead="Une version déposée ne change plus : la suivante s’ajoute à côté."
      crumbs={[{ label: "Documents", to: root }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} encType="multipart/form-data" noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.title} label="Titre" hint="Par exemple : Convention de partenariat 2026-2028" />
        <SelectField
          field={fields.kind}
          label="Sorte"
          options={LIBRARY_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] }))}
          empty="Choisir"
        />
        <FileField field={fields.file} />
        <TextArea
          field={fields.note}
          label="Note"
          optional
          rows={3}
          hint="Ce que le document est, en une phrase : elle se trouve aussi par la recherche."
        />
        <RadioField field={fields.access} label="Qui peut le lire ?" options={ACCESS_OPTIONS} />
        <TextField
          field={fields.dutyStartsOn}
          type="date"
          data-width="short"
          label="Durée de conservation comptée depuis"
          optional
          hint="Le jour où le document cesse de servir, ou celui de sa signature : c’est la règle du réseau qui le dit."
        />
        <Button>Ranger le document</Button>
      </Form>
    </Page>
  );
}
