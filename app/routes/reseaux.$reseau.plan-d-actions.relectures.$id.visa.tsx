import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { OPINIONS } from "~/domain/action-plan/review";
import { OPINION_LABELS, VISA_LABELS } from "~/documents/action-plan-words";
import { count, NBSP } from "~/documents/french";
import { parseVisa, type VisaFields } from "~/features/action-plan/form";
import { visaMessage } from "~/features/action-plan/messages.fr";
import { giveVisa } from "~/features/action-plan/review-commands.server";
import { loadRound } from "~/features/action-plan/review-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, CheckboxField, ErrorSummary, RadioField, TextArea } from "~/ui/forms";
import { Page } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";

export const meta: MetaFunction = () => [{ title: "Visa du Département" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.review");
  const round = await loadRound(command.db, network.id, requireParam(args.params, "id"), today(systemClock));
  if (!round) throw notFound();
  const root = `/reseaux/${network.slug}`;
  if (!round.mayAnswer) throw redirect(`${root}/plan-d-actions/relectures/${round.id}`);
  const given = [...round.current.values()];
  return {
    ...{ root, id: round.id, year: round.year, rank: round.rank, fingerprint: round.fingerprint },
    missing: round.snapshot.actions.length - given.length,
    counts: OPINIONS.map((opinion) => ({
      label: OPINION_LABELS[opinion],
      value: given.filter((each) => each.opinion === opinion).length,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.review");
  const roundId = requireParam(args.params, "id");
  const submission = parseVisa(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { kind, comment, fill, fingerprint } = submission.value;
  const decision = await giveVisa(command, { roundId, kind, comment, fillWithout: fill === "on", fingerprint });
  if (!decision.ok) {
    if (decision.refusal.kind === "round-unknown") throw notFound();
    const message = visaMessage(decision.refusal);
    const byField: Partial<Record<typeof decision.refusal.kind, string>> = {
      "comment-missing": "comment",
      "visa-contradicts-opinions": "kind",
      "opinions-missing": "fill",
    };
    const field = byField[decision.refusal.kind];
    const result = submission.reply(
      field === undefined ? { formErrors: [message] } : { fieldErrors: { [field]: [message] } },
    );
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions/relectures/${roundId}?fait=visa`, 303);
}

export default function VisaPage() {
  const { root, id, year, rank, fingerprint, missing, counts } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<VisaFields>({ id: "visa", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title={`Visa du Département sur le plan ${year}`}
      lead={`Le visa achève la relecture${NBSP}: aucun avis n’y changera plus. Il est inscrit au registre.`}
      crumbs={[{ label: `Relecture n° ${rank}`, to: `${root}/plan-d-actions/relectures/${id}` }]}
    >
      <PlanNav root={root} />
      <p>
        {counts.map(({ label, value }) => `${label} : ${value}`).join(" ; ")}
        {missing > 0 && ` ; ${count(missing, "action sans réponse", "actions sans réponse")}`}.
      </p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="fingerprint" defaultValue={fingerprint} />
        {missing > 0 && (
          <CheckboxField
            field={fields.fill}
            label={`Porter « sans avis » sur ${missing === 1 ? "l’action restante" : `les ${missing} actions restantes`}`}
          />
        )}
        <RadioField
          field={fields.kind}
          label="Réponse du Département"
          large
          options={[
            { value: "approved", label: VISA_LABELS.approved, hint: "Aucune action ne porte de réserve." },
            { value: "approved-with-reserves", label: VISA_LABELS["approved-with-reserves"] },
            { value: "refused", label: VISA_LABELS.refused, hint: "Le commentaire dit pourquoi." },
          ]}
        />
        <TextArea field={fields.comment} label="Commentaire d’ensemble" optional rows={4} />
        <Button>Donner le visa</Button>
      </Form>
    </Page>
  );
}
