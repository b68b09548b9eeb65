import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { formatDate, NBSP } from "~/documents/french";
import { recordPartnership } from "~/features/action-plan/evaluation-commands.server";
import { loadMatrix } from "~/features/action-plan/evaluation-queries.server";
import { parsePartnership, type PartnershipFields } from "~/features/action-plan/form";
import { partnershipMessage } from "~/features/action-plan/messages.fr";
import { listPlans } from "~/features/action-plan/plan-queries.server";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, TextArea, seenVersion } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Qui fait quoi : ${view.label}` : "Qui fait quoi" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.share");
  const key = requireParam(args.params, "theme");
  const plans = await listPlans(command.db, network.id, null);
  const theme = plans.flatMap(({ content }) => content.themes).findLast((each) => each.key === key);
  if (!theme) throw notFound();
  const { entries, current } = await loadMatrix(command.db, network.id);
  return {
    ...{ root: `/reseaux/${network.slug}`, label: theme.label, actKey: systemClock.newId() },
    current: current.get(key) ?? null,
    history: entries.filter(({ themeKey }) => themeKey === key).toReversed(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.share");
  const themeKey = requireParam(args.params, "theme");
  const submission = parsePartnership(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { known, ...texts } = submission.value;
  const decision = await recordPartnership(command, { ...texts, themeKey, knownId: known ?? null });
  if (!decision.ok) {
    if (decision.refusal === "theme-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [partnershipMessage(decision.refusal)] }) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions/qui-fait-quoi?fait=theme`, 303);
}

export default function MatrixThemePage() {
  const { root, label, current, history, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<PartnershipFields>({
    id: "qui-fait-quoi",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      ...{ department: current?.department ?? "", towns: current?.towns ?? "", together: current?.together ?? "" },
    },
  });
  return (
    <Page
      title={label}
      lead="Des missions et des services, jamais la situation d’une personne."
      crumbs={[{ label: "Qui fait quoi", to: `${root}/plan-d-actions/qui-fait-quoi` }]}
    >
      <PlanNav root={root} />
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <input type="hidden" name="known" defaultValue={seenVersion(lastResult, "known", current?.id ?? "")} />
        <TextArea field={fields.department} label="Le Département assure déjà" optional rows={4} />
        <TextArea field={fields.towns} label="Les CCAS assurent déjà" optional rows={4} />
        <TextArea field={fields.together} label="Ce qui se fait ensemble" optional rows={4} />
        <Button>Mettre à jour le thème</Button>
      </Form>
      {history.length > 0 && (
        <Section title="Versions">
          <ul className="change-list">
            {history.map((entry) => (
              <li key={entry.id}>
                {formatDate(entry.recordedOn)}, {entry.by}
                <span className="line">
                  Département{NBSP}: {entry.department || "—"}
                </span>
                <span className="line">
                  CCAS{NBSP}: {entry.towns || "—"}
                </span>
                <span className="line">
                  Ensemble{NBSP}: {entry.together || "—"}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
