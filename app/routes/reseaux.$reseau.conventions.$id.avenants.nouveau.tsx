import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { draftAmendment, factsOf } from "~/features/agreements/amendments.server";
import { checkAmendable } from "~/domain/agreement/amendment";
import { amendmentSchema, parseForm, type AmendmentFields } from "~/features/agreements/form";
import { amendableMessage } from "~/features/agreements/messages.fr";
import { loadAgreementPage } from "~/features/agreements/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Préparer un avenant" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.record");
  const id = requireParam(args.params, "id");
  const view = await loadAgreementPage(command.db, network.id, id, today(systemClock));
  if (!view) throw notFound();
  const amendable = checkAmendable(factsOf(view.agreement));
  return {
    root: `/reseaux/${network.slug}`,
    refusal: amendable.ok ? null : amendableMessage(amendable.refusal),
    isDraft: view.agreement.signedOn === null,
    page: `/reseaux/${network.slug}/conventions/${id}`,
    title: view.agreement.title,
    protectedArticles: view.protectedArticles,
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.record");
  const id = requireParam(args.params, "id");
  const submission = parseForm(await args.request.formData(), amendmentSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await draftAmendment(command, id, submission.value);
  if (!decision.ok) {
    if (decision.refusal === "agreement-unknown") throw notFound();
    const result = submission.reply({ formErrors: [amendableMessage(decision.refusal)] });
    return data({ result }, { status: 409 });
  }
  return redirect(
    `/reseaux/${network.slug}/conventions/${id}/avenants/${decision.value.amendmentId}?fait=prepare`,
    303,
  );
}

export default function NewAmendmentPage() {
  const { root, page, title, protectedArticles, actKey, refusal, isDraft } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<AmendmentFields>({ id: "avenant", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title="Préparer un avenant"
      lead="Son titre et ses motifs d’abord ; les articles qui changent viennent ensuite, en deux colonnes."
      crumbs={[
        { label: "Conventions", to: `${root}/conventions` },
        { label: title, to: page },
      ]}
    >
      {refusal !== null ? (
        <EmptyState>
          <p>{refusal}</p>
          <p>
            <Link to={isDraft ? `${page}/modifier` : page}>
              {isDraft ? "Modifier le projet" : "Voir la convention"}
            </Link>
          </p>
        </EmptyState>
      ) : (
        <>
          {protectedArticles.length > 0 && (
            <p>Le texte protège l’article {protectedArticles.join(", ")} : aucun avenant ne peut y toucher.</p>
          )}
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={actKey} />
            <TextField field={fields.title} label="Titre de l’avenant" autoComplete="off" />
            <TextArea
              field={fields.reason}
              label="Pourquoi la convention change"
              hint="Repris dans le modèle de délibération de chaque conseil."
            />
            <Button>Préparer l’avenant</Button>
          </Form>
        </>
      )}
    </Page>
  );
}
