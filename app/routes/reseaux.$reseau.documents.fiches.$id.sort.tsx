import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LIBRARY_ACCESSES } from "~/domain/library/library";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { disposePaper } from "~/features/library/commands.server";
import { disposalSchema, parseForm, type DisposalFields } from "~/features/library/form";
import { libraryMessage, standingSentence } from "~/features/library/messages.fr";
import { findPaper } from "~/features/library/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ButtonLink, CheckboxField, ErrorSummary, RadioField, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Sort final d’un document" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "library.retain");
  const id = requireParam(args.params, "id");
  const paper = await findPaper(command.db, network.id, id, LIBRARY_ACCESSES, today(systemClock));
  if (!paper || paper.disposal) throw notFound();
  const root = `/reseaux/${network.slug}/documents`;
  const { standing } = paper;
  return {
    ...{ root, here: `${root}/fiches/${id}`, title: paper.title, versions: paper.version, today: today(systemClock) },
    retention: standingSentence(standing),
    isDue: standing.kind === "due",
    mayEliminate: standing.kind === "due" && standing.rule.fate !== "keep",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "library.retain");
  const id = requireParam(args.params, "id");
  const submission = parseForm(await args.request.formData(), disposalSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { outcome, visaReference, visaOn, reason } = submission.value;
  const decision = await disposePaper(command, id, { outcome, visaReference, reason, visaOn: toPlainDate(visaOn) });
  if (!decision.ok) {
    if (decision.refusal === "document-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [libraryMessage(decision.refusal)] }) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/documents/fiches/${id}?fait=sort`, 303);
}

export default function DisposePaperPage() {
  const { root, here, title, versions, today: day, retention, isDue, mayEliminate } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<DisposalFields>({
    id: "sort",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { visaOn: day },
  });
  return (
    <Page
      title="Sort final"
      lead={retention}
      crumbs={[
        { label: "Documents", to: root },
        { label: title, to: here },
      ]}
    >
      {!isDue ? (
        <Notice tone="info">
          <p>La durée de conservation de ce document n’est pas arrivée à son terme : il n’y a rien à enregistrer.</p>
        </Notice>
      ) : (
        <>
          <Notice tone="pending" title="Ce qui va se passer">
            <p>
              Une élimination retire du portail les fichiers de{" "}
              {versions === 1 ? "l’unique version" : `ses ${versions} versions`}, sans retour. La fiche, les empreintes
              et l’acte restent. Un versement garde les fichiers ici aussi. Il faut, dans les deux cas, le visa des
              Archives départementales : le portail n’élimine jamais de lui-même.
            </p>
          </Notice>
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <RadioField
              field={fields.outcome}
              label="Ce qui est fait"
              options={[
                { value: "transferred", label: "Versé aux Archives départementales" },
                {
                  value: "eliminated",
                  label: "Éliminé",
                  disabled: !mayEliminate,
                  ...(mayEliminate ? {} : { hint: "La règle du réseau conserve ce document." }),
                },
              ]}
            />
            <TextField field={fields.visaReference} label="Référence du visa des archives" />
            <TextField field={fields.visaOn} type="date" data-width="short" label="Date du visa" max={day} />
            <TextArea field={fields.reason} label="Motif" rows={3} />
            <CheckboxField field={fields.confirm} label="Je confirme, et j’ai le visa sous les yeux." />
            <div className="row">
              <Button look="danger">Enregistrer le sort final</Button>
              <ButtonLink to={here} look="quiet">
                Ne rien changer
              </ButtonLink>
            </div>
          </Form>
        </>
      )}
    </Page>
  );
}
