import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { yearOf } from "~/domain/kernel/plain-date";
import { formatCents, formatDate, formatDateTime, NBSP } from "~/documents/french";
import { AXIS_LABELS, STEP_LABELS } from "~/documents/money-words";
import { loadBudgetYear } from "~/features/budget/queries.server";
import { addDocument } from "~/features/documents/commands.server";
import { parseDocument, type DocumentFields } from "~/features/documents/form";
import { documentMessage } from "~/features/documents/messages.fr";
import { withdrawRequest } from "~/features/expenses/commands.server";
import { STATUS_LABELS, withdrawMessage } from "~/features/expenses/messages.fr";
import { findExpensePage } from "~/features/expenses/queries.server";
import { findLineLabel, findSpendingFacts } from "~/features/spending/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ACCEPTED_FILES, DocumentList, FILE_HINT } from "~/ui/documents";
import { ActKey, Button, ErrorSummary, RadioField, TextField } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { Definitions, EmptyState, Page, Prose, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { SpendingSteps } from "~/ui/spending-steps";
import { STATUS_TONES } from "~/ui/voting/expense-status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.expense.object ?? "Dépense" }];

const DONE: Readonly<Record<string, string>> = {
  demande: "La demande est enregistrée. Joignez ses justificatifs, devis ou estimation.",
  retrait: "La demande est retirée.",
  document: "Le document est joint.",
  engagement: "La dépense est engagée. Les factures se reçoivent maintenant.",
  "engagement-depassement":
    "La dépense est engagée. Attention : ce qui est validé dépasse le budget de l’année ; le comité peut le réviser.",
  facture: "La facture est enregistrée.",
  paiement: "Le paiement est enregistré, avec la référence du mandat.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "expense.read");
  const expense = await findExpensePage(command.db, network.id, requireParam(args.params, "id"));
  if (!expense) throw notFound();
  const scope = { networkId: network.id, state: expense.status };
  const isTheirs = expense.requestedBy === viewer.personId;
  const isSecretary = can(viewer, "poll.open", { networkId: network.id, state: "open" });
  const spending = await findSpendingFacts(command.db, network.id, expense.id);
  if (!spending) throw notFound();
  const within = { networkId: network.id };
  const date = today(systemClock);
  const isUndecided = ["requested", "on-agenda", "to-vote"].includes(expense.status);
  const budget = isUndecided ? await loadBudgetYear(command.db, network.id, { year: yearOf(date), date }) : null;
  return {
    excess:
      budget !== null && expense.amount > budget.gauge.remaining
        ? { year: budget.year, remaining: budget.gauge.remaining }
        : null,
    expense,
    spending: {
      ...{ validation: spending.validation, engagement: spending.engagement, step: spending.step },
      ...{ invoices: spending.invoices, awaitsRatification: spending.awaitsRatification },
      lineLabel: await findLineLabel(command.db, network.id, spending.engagement?.budgetLineId ?? null),
    },
    may: {
      engage: !isTheirs && can(viewer, "expense.engage", within),
      invoice: can(viewer, "invoice.record", within),
      pay: can(viewer, "invoice.pay", within),
    },
    slug: network.slug,
    actKey: systemClock.newId(),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    mayWithdraw: (isTheirs || isSecretary) && can(viewer, "expense.withdraw", scope),
    mayUpload: can(viewer, "document.upload", { networkId: network.id }) && expense.status !== "withdrawn",
  };
}

export async function action(args: ActionFunctionArgs) {
  const expenseId = requireParam(args.params, "id");
  const form = await args.request.clone().formData();
  if (form.get("acte") === "retirer") {
    const { network, command } = await openMemberPage(args, "expense.withdraw", "requested");
    const decision = await withdrawRequest(command, expenseId);
    if (!decision.ok && decision.refusal === "expense-unknown") throw notFound();
    if (!decision.ok) return data({ refusal: withdrawMessage(decision.refusal), result: null }, { status: 409 });
    return redirect(`/reseaux/${network.slug}/depenses/${expenseId}?fait=retrait`, 303);
  }
  const { network, command } = await openMemberPage(args, "document.upload");
  const submission = parseDocument(form);
  if (submission.status !== "success") return data({ refusal: null, result: submission.reply() }, { status: 400 });
  const { cle, file, title, visibility } = submission.value;
  const decision = await addDocument(command, {
    key: cle,
    fileName: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    title,
    visibility,
    target: { kind: "expense", expenseId },
  });
  if (!decision.ok) {
    if (decision.refusal === "target-unknown") throw notFound();
    const result = submission.reply({ fieldErrors: { file: [documentMessage(decision.refusal)] } });
    return data({ refusal: null, result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/depenses/${expenseId}?fait=document`, 303);
}

export default function ExpensePage() {
  const view = useLoaderData<typeof loader>();
  const { expense, spending, may, slug, actKey, done, excess, mayWithdraw, mayUpload } = view;
  const answered = useActionData<typeof action>();
  const root = `/reseaux/${slug}`;
  return (
    <Page
      title={expense.object}
      lead={`${formatCents(expense.amount)}, ${expense.supplier}`}
      crumbs={[{ label: "Dépenses", to: `${root}/depenses` }]}
    >
      <MoneyNav />
      {answered?.refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      <p>
        <Tag tone={STATUS_TONES[expense.status]}>
          {spending.step === "not-engaged" ? STATUS_LABELS[expense.status] : STEP_LABELS[spending.step]}
        </Tag>
        {expense.awaitsRatification && (
          <span className="soft"> sous réserve de ratification à la prochaine séance</span>
        )}
      </p>
      <Definitions
        entries={[
          { term: "Montant TTC", detail: formatCents(expense.amount) },
          { term: "Fournisseur", detail: expense.supplier },
          { term: "Axe", detail: AXIS_LABELS[expense.axis] },
          {
            term: "Demandée par",
            detail: `${expense.requesterName}${expense.organizationName === null ? "" : `, ${expense.organizationName}`}`,
          },
          { term: "Demandée le", detail: formatDate(expense.requestedOn) },
          ...(spending.lineLabel === null ? [] : [{ term: "Ligne du budget", detail: spending.lineLabel }]),
          ...(expense.withdrawnOn === null ? [] : [{ term: "Retirée le", detail: formatDate(expense.withdrawnOn) }]),
        ]}
      />
      {excess !== null && (
        <Notice tone="pending" title="Cette dépense dépasse ce qui reste au budget">
          <p>
            Il reste {formatCents(excess.remaining)} au budget {excess.year}. Le comité peut réviser le budget, ou ne
            pas valider la dépense.
          </p>
        </Notice>
      )}
      <Section title="De la demande au paiement" id="etapes">
        <SpendingSteps root={root} expense={expense} spending={spending} may={may} />
      </Section>
      <Section title="Justification">
        {expense.justificationHtml === null ? (
          <p className="soft">Aucune justification n’a été écrite.</p>
        ) : (
          <Prose html={expense.justificationHtml} />
        )}
      </Section>
      <Section title="Décision du comité">
        {expense.polls.length === 0 && expense.meetings.length === 0 && (
          <EmptyState>
            <p>
              Cette demande n’est inscrite à aucun ordre du jour. Le secrétariat l’inscrit à une séance ; la décision du
              comité paraîtra ici.
            </p>
          </EmptyState>
        )}
        <ul>
          {expense.meetings.map((meeting) => (
            <li key={meeting.id}>
              Inscrite à l’ordre du jour : <Link to={`${root}/seances/${meeting.id}`}>{meeting.title}</Link>,{" "}
              {formatDateTime(meeting.startsAt)}
            </li>
          ))}
          {expense.polls.map((poll) => (
            <li key={poll.id}>
              <Link to={pollPath(root, poll)}>
                {poll.decisionNumber === null
                  ? poll.meetingId === null
                    ? "Consultation écrite"
                    : "Scrutin"
                  : `Décision n°${NBSP}${poll.decisionNumber}`}
              </Link>
              {NBSP}: {poll.sentence ?? "vote en cours"}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Justificatifs" id="justificatifs">
        {expense.documents.length === 0 && <p className="soft">Aucun document n’est joint.</p>}
        <DocumentList slug={slug} documents={expense.documents} showVisibility />
        {mayUpload && <UploadForm key={actKey} actKey={actKey} lastResult={answered?.result ?? null} />}
      </Section>
      {mayWithdraw && (
        <details className="close-poll">
          <summary>Retirer cette demande</summary>
          <Form method="post">
            <input type="hidden" name="acte" value="retirer" />
            <p>
              La demande restera visible, marquée retirée, et ne pourra plus être mise aux voix. Pour la représenter, il
              faudra en faire une nouvelle.
            </p>
            <Button look="danger">Retirer la demande</Button>
          </Form>
        </details>
      )}
    </Page>
  );
}

function pollPath(root: string, poll: { readonly id: string; readonly meetingId: string | null }): string {
  return poll.meetingId === null
    ? `${root}/consultations/${poll.id}`
    : `${root}/seances/${poll.meetingId}/scrutins/${poll.id}`;
}

type UploadFormProps = {
  readonly actKey: string;
  readonly lastResult: ReturnType<ReturnType<typeof parseDocument>["reply"]> | null;
};

function UploadForm({ actKey, lastResult }: UploadFormProps) {
  const [form, fields] = useForm<DocumentFields>({
    id: "justificatif",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { visibility: "members" },
  });
  return (
    <details open={lastResult !== null}>
      <summary>Joindre un justificatif</summary>
      <ErrorSummary form={form} />
      <Form method="post" encType="multipart/form-data" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.file} label="Fichier" type="file" hint={FILE_HINT} accept={ACCEPTED_FILES} />
        <TextField field={fields.title} label="Titre" optional hint="À défaut, le nom du fichier." />
        <RadioField
          field={fields.visibility}
          label="Qui peut le lire"
          options={[
            { value: "members", label: "Les membres du réseau" },
            { value: "public", label: "Tout le monde" },
          ]}
        />
        <Button>Joindre le document</Button>
      </Form>
    </details>
  );
}
