import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LIBRARY_ACCESSES, LIBRARY_KINDS } from "~/domain/library/library";
import { changePaper } from "~/features/library/commands.server";
import { parseForm, sheetSchema, toDate, type SheetFields } from "~/features/library/form";
import { KIND_LABELS, libraryMessage } from "~/features/library/messages.fr";
import { findPaper } from "~/features/library/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, RadioField, SelectField, TextField } from "~/ui/forms";
import { ACCESS_OPTIONS } from "~/ui/library/access-options";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Modifier la fiche" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "library.write");
  const id = requireParam(args.params, "id");
  const paper = await findPaper(command.db, network.id, id, LIBRARY_ACCESSES, today(systemClock));
  if (!paper || paper.disposal) throw notFound();
  const root = `/reseaux/${network.slug}/documents`;
  return { root, here: `${root}/fiches/${id}`, paper };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "library.write");
  const id = requireParam(args.params, "id");
  const submission = parseForm(await args.request.formData(), sheetSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { revision, title, kind, access, dutyStartsOn } = submission.value;
  const decision = await changePaper(command, id, {
    revision,
    title,
    kind,
    access,
    dutyStartsOn: toDate(dutyStartsOn),
  });
  if (!decision.ok) {
    if (decision.refusal === "document-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [libraryMessage(decision.refusal)] }) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/documents/fiches/${id}?fait=fiche`, 303);
}

export default function EditPaperPage() {
  const { root, here, paper } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<SheetFields>({
    id: "fiche",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      ...{ title: paper.title, kind: paper.kind, access: paper.access },
      ...(paper.dutyStartsOn === null ? {} : { dutyStartsOn: paper.dutyStartsOn }),
    },
  });
  return (
    <Page
      title="Modifier la fiche"
      lead="Le fichier ne change pas : pour cela, ajoutez une version. La modification est inscrite au registre."
      crumbs={[
        { label: "Documents", to: root },
        { label: paper.title, to: here },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="revision" value={paper.revision} />
        <TextField field={fields.title} label="Titre" />
        <SelectField
          field={fields.kind}
          label="Sorte"
          options={LIBRARY_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] }))}
        />
        <RadioField field={fields.access} label="Qui peut le lire ?" options={ACCESS_OPTIONS} />
        <TextField
          field={fields.dutyStartsOn}
          type="date"
          data-width="short"
          label="Durée de conservation comptée depuis"
          optional
        />
        <Button>Enregistrer la fiche</Button>
      </Form>
    </Page>
  );
}
