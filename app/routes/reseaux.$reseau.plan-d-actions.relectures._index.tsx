import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { currentOpinions } from "~/domain/action-plan/review";
import { ROUND_LABELS, VISA_LABELS } from "~/documents/action-plan-words";
import { formatDate, NBSP } from "~/documents/french";
import { parseRule, type RuleFields } from "~/features/action-plan/form";
import { ruleMessage } from "~/features/action-plan/messages.fr";
import { recordReviewRule } from "~/features/action-plan/review-commands.server";
import { findReviewRule, listAdoptedDecisions, listRounds } from "~/features/action-plan/review-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, SelectField, TextField } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { ReviewRuleSentence } from "~/ui/plan/review-rule";
import { ROUND_TONES } from "~/ui/plan/tones";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Relectures du Département" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const rounds = await listRounds(command.db, network.id, { year: null, today: today(systemClock) });
  const mayChange = can(viewer, "action-plan.draft", { networkId: network.id });
  return {
    ...{ root: `/reseaux/${network.slug}`, mayChange, actKey: systemClock.newId() },
    rule: await findReviewRule(command.db, network.id),
    decisions: mayChange ? await listAdoptedDecisions(command.db, network.id) : [],
    rounds: rounds
      .toReversed()
      .map(({ id, year, rank, openedOn, deadline, standing, tacitOn, visa, opinions, snapshot }) => ({
        ...{ id, year, rank, openedOn, deadline, standing, tacitOn },
        visa: visa?.kind ?? null,
        given: currentOpinions(opinions).size,
        total: snapshot.actions.length,
      })),
    done: new URL(args.request.url).searchParams.get("fait") === "regle",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const submission = parseRule(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordReviewRule(command, submission.value);
  if (!decision.ok) {
    const field = decision.refusal === "silence-out-of-range" ? "days" : "basis";
    return data(
      { result: submission.reply({ fieldErrors: { [field]: [ruleMessage(decision.refusal)] } }) },
      { status: 409 },
    );
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions/relectures?fait=regle#regle`, 303);
}

export default function RoundsPage() {
  const { root, rounds, rule, decisions, mayChange, actKey, done } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<RuleFields>({
    id: "regle-de-relecture",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      ...{ silence: rule.silenceDays === null ? "no" : "yes", days: String(rule.silenceDays ?? ""), late: rule.late },
      basis: rule.basis ?? "",
    },
  });
  return (
    <Page
      title="Relectures du Département"
      lead="Chaque relecture fige le plan, donne une date limite, reçoit un avis par action et s’achève par un visa."
    >
      <PlanNav root={root} />
      {done && (
        <Notice tone="reached" role="status">
          <p>La règle est enregistrée. Elle vaut pour les relectures ouvertes désormais.</p>
        </Notice>
      )}
      {rounds.length === 0 ? (
        <EmptyState>
          <p>Aucune relecture n’est ouverte. Le secrétariat l’ouvre depuis la page d’une version complète du plan.</p>
        </EmptyState>
      ) : (
        <Table
          caption="Relectures, la plus récente d’abord"
          captionHidden
          narrow="stack"
          columns={[
            {
              ...{ key: "round", label: "Relecture", heading: true },
              cell: ({ id, year, rank }) => (
                <Link to={`${root}/plan-d-actions/relectures/${id}`}>
                  Plan {year}, n°{NBSP}
                  {rank}
                </Link>
              ),
            },
            { key: "opened", label: "Ouverte le", cell: ({ openedOn }) => formatDate(openedOn) },
            { key: "deadline", label: "Échéance", cell: ({ deadline }) => formatDate(deadline) },
            { key: "given", label: "Avis", cell: ({ given, total }) => `${given} sur ${total}` },
            {
              ...{ key: "standing", label: "État" },
              cell: ({ standing, visa }) => (
                <Tag tone={ROUND_TONES[standing]}>{visa === null ? ROUND_LABELS[standing] : VISA_LABELS[visa]}</Tag>
              ),
            },
            {
              ...{ key: "tacit", label: "Approbation tacite" },
              cell: ({ tacitOn, visa, standing }) =>
                visa !== null || standing === "superseded"
                  ? "sans objet"
                  : tacitOn === null
                    ? "non prévue"
                    : `le ${formatDate(tacitOn)}`,
            },
          ]}
          rows={rounds}
          rowKey={({ id }) => id}
        />
      )}
      <Section title="La règle de relecture" id="regle">
        <ReviewRuleSentence rule={rule} />
        {mayChange && (
          <details open={lastResult !== undefined || undefined} className="screen-only">
            <summary>Enregistrer une autre règle</summary>
            <ErrorSummary form={form} />
            <Form method="post" {...getFormProps(form)} noValidate>
              <ActKey value={actKey} />
              <RadioField
                field={fields.silence}
                label="Le silence du Département"
                options={[
                  { value: "no", label: "ne vaut pas approbation" },
                  { value: "yes", label: "vaut approbation, si le comité l’a décidé" },
                ]}
              />
              <TextField
                field={fields.days}
                label="Jours de silence après l’échéance"
                hint="0 : le plan est réputé approuvé dès le lendemain de l’échéance."
                inputMode="numeric"
                data-width="short"
                optional
              />
              <RadioField
                field={fields.late}
                label="Un avis donné après l’échéance"
                options={[
                  { value: "marked", label: "est reçu et marqué hors délai" },
                  { value: "refused", label: "n’est plus reçu" },
                ]}
              />
              <SelectField
                field={fields.basis}
                label="Décision du comité qui le dit"
                empty="Aucune"
                options={decisions.map(({ number, title }) => ({ value: number, label: `n° ${number} : ${title}` }))}
              />
              <Button>Enregistrer la règle</Button>
            </Form>
          </details>
        )}
      </Section>
    </Page>
  );
}
