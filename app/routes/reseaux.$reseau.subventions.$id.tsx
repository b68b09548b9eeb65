import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatCents, formatDate } from "~/documents/french";
import { recordAnswer, recordInformation, recordPayment } from "~/features/subsidies/commands.server";
import {
  parseAnswer,
  parseInformation,
  parsePayment,
  type AnswerFields,
  type InformationFields,
  type PaymentFields,
} from "~/features/subsidies/form";
import {
  answerMessage,
  informMessage,
  NATURE_LABELS,
  paymentMessage,
  STATUS_LABELS,
} from "~/features/subsidies/messages.fr";
import { findSubsidy } from "~/features/subsidies/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, RadioField, TextField } from "~/ui/forms";
import { SUBSIDY_TONES } from "~/ui/means/tones";
import { MoneyNav } from "~/ui/money-nav";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.subsidy.object ?? "Subvention" }];

const DONE: Readonly<Record<string, string>> = {
  demande: "La demande est notée.",
  reponse: "La réponse du financeur est notée. Celle d’un autre financeur part aussitôt par courriel au Département.",
  versement: "Le versement est noté, avec sa référence.",
  information: "L’information du Département est notée.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "subsidy.read");
  const subsidy = await findSubsidy(command.db, network.id, requireParam(args.params, "id"));
  if (!subsidy) throw notFound();
  return {
    subsidy,
    day: today(systemClock),
    root: `/reseaux/${network.slug}/subventions`,
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    mayRecord: can(viewer, "subsidy.record", { networkId: network.id }),
  };
}

type Outcome = { readonly ok: true } | { readonly result: SubmissionResult; readonly status: 400 | 409 };

export async function action(args: ActionFunctionArgs) {
  const id = requireParam(args.params, "id");
  const { network, command } = await openMemberPage(args, "subsidy.record");
  if (!(await findSubsidy(command.db, network.id, id))) throw notFound();
  const form = await args.request.formData();
  const act = String(form.get("acte"));
  const outcome = await dispatch(act, form);
  if (outcome === null) throw new Response("", { status: 400 });
  if ("result" in outcome) return data({ act, result: outcome.result }, { status: outcome.status });
  return redirect(`/reseaux/${network.slug}/subventions/${id}?fait=${act}`, 303);

  async function dispatch(kind: string, fields: FormData): Promise<Outcome | null> {
    if (kind === "reponse") {
      const submission = parseAnswer(fields);
      if (submission.status !== "success") return { result: submission.reply(), status: 400 };
      const decision = await recordAnswer(command, id, submission.value);
      return decision.ok
        ? { ok: true }
        : { result: submission.reply({ formErrors: [answerMessage(decision.refusal)] }), status: 409 };
    }
    if (kind === "versement") {
      const submission = parsePayment(fields);
      if (submission.status !== "success") return { result: submission.reply(), status: 400 };
      const decision = await recordPayment(command, id, submission.value);
      return decision.ok
        ? { ok: true }
        : { result: submission.reply({ formErrors: [paymentMessage(decision.refusal)] }), status: 409 };
    }
    if (kind !== "information") return null;
    const submission = parseInformation(fields);
    if (submission.status !== "success") return { result: submission.reply(), status: 400 };
    const decision = await recordInformation(command, id, submission.value.on);
    return decision.ok
      ? { ok: true }
      : { result: submission.reply({ formErrors: [informMessage(decision.refusal)] }), status: 409 };
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Answered = ReturnType<typeof useActionData<typeof action>>;
type FormPartProps = { readonly view: Loaded; readonly answered: Answered };

const resultOf = (answered: Answered, act: string) => (answered?.act === act ? { lastResult: answered.result } : {});

export default function SubsidyPage() {
  const view = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { subsidy, root, done, mayRecord } = view;
  const { granted, answeredOn, paid, paidOn } = subsidy;
  return (
    <Page
      title={subsidy.object}
      lead={`${subsidy.funder}, ${formatCents(subsidy.requested)} demandés`}
      crumbs={[{ label: "Subventions", to: `${root}?annee=${subsidy.year}` }]}
    >
      <MoneyNav />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {subsidy.mustInform && (
        <Notice tone="pending" title="Le Département doit être informé de cette réponse">
          <p>Personne ne siège pour le Département : aucun courriel n’est parti.</p>
        </Notice>
      )}
      <p>
        <Tag tone={SUBSIDY_TONES[subsidy.status]}>{STATUS_LABELS[subsidy.status]}</Tag>
      </p>
      <Definitions
        entries={[
          { term: "Demandée le", detail: formatDate(subsidy.requestedOn) },
          { term: "Nature", detail: NATURE_LABELS[subsidy.nature] },
          { term: "Conditions de versement", detail: subsidy.conditions },
          ...(subsidy.funderSiret === null ? [] : [{ term: "SIRET du financeur", detail: subsidy.funderSiret }]),
          ...(answeredOn === null ? [] : [{ term: "Réponse du", detail: formatDate(answeredOn) }]),
          ...(granted === null
            ? []
            : [{ term: "Accordé", detail: `${formatCents(granted)}, ${subsidy.agreementReference ?? ""}` }]),
          ...(paid === null || paidOn === null
            ? []
            : [
                {
                  term: "Versé",
                  detail: `${formatCents(paid)} le ${formatDate(paidOn)}, référence ${subsidy.paymentReference ?? ""}`,
                },
              ]),
          ...(subsidy.informedOn === null
            ? []
            : [{ term: "Département informé le", detail: formatDate(subsidy.informedOn) }]),
        ]}
      />
      {mayRecord && subsidy.status === "requested" && <AnswerForm view={view} answered={answered} />}
      {mayRecord && subsidy.status === "agreed" && <PaymentForm view={view} answered={answered} />}
      {mayRecord && subsidy.mustInform && <InformationForm view={view} answered={answered} />}
    </Page>
  );
}

function AnswerForm({ view, answered }: FormPartProps) {
  const [form, fields] = useForm<AnswerFields>({
    id: "reponse",
    ...resultOf(answered, "reponse"),
    defaultValue: { on: view.day },
  });
  return (
    <Section title="Réponse du financeur">
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="acte" value="reponse" />
        <RadioField
          field={fields.answer}
          label="Réponse"
          options={[
            { value: "agreed", label: "Accordée" },
            { value: "declined", label: "Refusée" },
          ]}
        />
        <TextField field={fields.on} label="Datée du" type="date" data-width="short" />
        <TextField
          field={fields.granted}
          label="Montant accordé, en euros"
          optional
          hint="Nécessaire pour un accord ; il peut différer du montant demandé."
          inputMode="decimal"
          data-width="short"
          autoComplete="off"
        />
        <TextField
          field={fields.reference}
          label="Référence de la convention ou de la notification"
          optional
          hint="Nécessaire pour un accord."
          autoComplete="off"
        />
        <Button>Noter la réponse</Button>
      </Form>
    </Section>
  );
}

function PaymentForm({ view, answered }: FormPartProps) {
  const [form, fields] = useForm<PaymentFields>({
    id: "versement",
    ...resultOf(answered, "versement"),
    defaultValue: { on: view.day },
  });
  return (
    <Section title="Versement reçu">
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="acte" value="versement" />
        <TextField field={fields.on} label="Versée le" type="date" data-width="short" />
        <TextField
          field={fields.paid}
          label="Montant versé, en euros"
          inputMode="decimal"
          data-width="short"
          autoComplete="off"
        />
        <TextField field={fields.reference} label="Référence du versement" autoComplete="off" />
        <Button>Noter le versement</Button>
      </Form>
    </Section>
  );
}

function InformationForm({ view, answered }: FormPartProps) {
  const [form, fields] = useForm<InformationFields>({
    id: "information",
    ...resultOf(answered, "information"),
    defaultValue: { on: view.day },
  });
  return (
    <Section title="Information du Département">
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="acte" value="information" />
        <TextField field={fields.on} label="Département informé le" type="date" data-width="short" />
        <Button>Noter cette information</Button>
      </Form>
    </Section>
  );
}
