import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LIBRARY_ACCESSES } from "~/domain/library/library";
import { addVersion } from "~/features/library/commands.server";
import { parseForm, versionSchema, type VersionFields } from "~/features/library/form";
import { libraryMessage } from "~/features/library/messages.fr";
import { findPaper } from "~/features/library/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, TextArea } from "~/ui/forms";
import { FileField } from "~/ui/library/file-field";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Ajouter une version" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "library.write");
  const id = requireParam(args.params, "id");
  const paper = await findPaper(command.db, network.id, id, LIBRARY_ACCESSES, today(systemClock));
  if (!paper || paper.disposal) throw notFound();
  const root = `/reseaux/${network.slug}/documents`;
  return {
    root,
    here: `${root}/fiches/${id}`,
    title: paper.title,
    version: paper.version,
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "library.write");
  const id = requireParam(args.params, "id");
  const submission = parseForm(await args.request.formData(), versionSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, file, note } = submission.value;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const decision = await addVersion(command, id, { key: cle, file: { name: file.name, bytes }, note });
  if (!decision.ok) {
    if (decision.refusal === "document-unknown") throw notFound();
    const result = submission.reply({ fieldErrors: { file: [libraryMessage(decision.refusal)] } });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/documents/fiches/${id}?fait=version`, 303);
}

export default function NewVersionPage() {
  const { root, here, title, version, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<VersionFields>({ id: "version", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title={`Version ${version + 1}`}
      lead="Les versions précédentes restent lisibles, avec leur empreinte."
      crumbs={[
        { label: "Documents", to: root },
        { label: title, to: here },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} encType="multipart/form-data" noValidate>
        <ActKey value={actKey} />
        <FileField field={fields.file} />
        <TextArea field={fields.note} label="Ce qui change" rows={3} />
        <Button>Ajouter la version</Button>
      </Form>
    </Page>
  );
}
