import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatCents, formatDate, NBSP } from "~/documents/french";
import { contestTime, correctTime, settleContest } from "~/features/staff-time/commands.server";
import {
  parseContest,
  parseCorrectTime,
  parseVoteChoice,
  type ContestFields,
  type CorrectTimeFields,
  type VoteFields,
} from "~/features/staff-time/form";
import {
  AXIS_LABELS,
  contestMessage,
  formatMinutes,
  recordTimeMessage,
  settleMessage,
  STANDING_LABELS,
  typedMinutes,
} from "~/features/staff-time/messages.fr";
import { findTimeLine, listMotions } from "~/features/staff-time/queries.server";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, CheckboxField, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { STANDING_TONES } from "~/ui/means/tones";
import { MoneyNav } from "~/ui/money-nav";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `${view.line.staffFunction}, ${view.line.year}` : "Temps de travail" },
];

const DONE: Readonly<Record<string, string>> = {
  contestation: "La contestation est enregistrée : la ligne sort de l’état, le comité en décidera par un vote.",
  vote: "Le vote du comité sur cette ligne est enregistré.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "staff-time.read");
  const found = await findTimeLine(command.db, network.id, requireParam(args.params, "id"));
  if (!found) throw notFound();
  const scope = { networkId: network.id };
  const { line, isCurrent, isYearApproved } = found;
  const maySettle = isCurrent && line.standing === "contested" && can(viewer, "staff-time.approve", scope);
  return {
    ...found,
    root: `/reseaux/${network.slug}/temps-de-travail`,
    actKey: systemClock.newId(),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    mayCorrect: isCurrent && !isYearApproved && can(viewer, "staff-time.record", scope),
    mayContest: isCurrent && !isYearApproved && line.standing === "agreed" && can(viewer, "staff-time.contest", scope),
    maySettle,
    motions: maySettle ? await listMotions(command.db, network.id, line.year) : [],
  };
}

export async function action(args: ActionFunctionArgs) {
  const lineId = requireParam(args.params, "id");
  const form = await args.request.clone().formData();
  switch (form.get("acte")) {
    case "contester":
      return contest(args, lineId, form);
    case "trancher":
      return settle(args, lineId, form);
    default:
      return correct(args, lineId, form);
  }
}

async function correct(args: ActionFunctionArgs, lineId: string, form: FormData) {
  const { network, command } = await openMemberPage(args, "staff-time.record");
  const found = await findTimeLine(command.db, network.id, lineId);
  if (!found) throw notFound();
  const submission = parseCorrectTime(form);
  if (submission.status !== "success") return data({ act: "corriger", result: submission.reply() }, { status: 400 });
  const decision = await correctTime(command, lineId, submission.value);
  if (!decision.ok) {
    const result = submission.reply({ formErrors: [recordTimeMessage(decision.refusal)] });
    return data({ act: "corriger", result }, { status: 409 });
  }
  const done = submission.value.withdraw ? "retrait" : "correction";
  return redirect(`/reseaux/${network.slug}/temps-de-travail?annee=${found.line.year}&fait=${done}`, 303);
}

async function contest(args: ActionFunctionArgs, lineId: string, form: FormData) {
  const { network, command } = await openMemberPage(args, "staff-time.contest");
  const submission = parseContest(form);
  if (submission.status !== "success") return data({ act: "contester", result: submission.reply() }, { status: 400 });
  const decision = await contestTime(command, lineId, submission.value);
  if (!decision.ok) {
    if (decision.refusal === "line-unknown") throw notFound();
    const result = submission.reply({ formErrors: [contestMessage(decision.refusal)] });
    return data({ act: "contester", result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/temps-de-travail/${lineId}?fait=contestation`, 303);
}

async function settle(args: ActionFunctionArgs, lineId: string, form: FormData) {
  const { network, command } = await openMemberPage(args, "staff-time.approve");
  const submission = parseVoteChoice(form);
  if (submission.status !== "success") return data({ act: "trancher", result: submission.reply() }, { status: 400 });
  const decision = await settleContest(command, lineId, submission.value.pollId);
  if (!decision.ok) {
    if (decision.refusal === "line-unknown") throw notFound();
    const result = submission.reply({ formErrors: [settleMessage(decision.refusal)] });
    return data({ act: "trancher", result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/temps-de-travail/${lineId}?fait=vote`, 303);
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Answered = ReturnType<typeof useActionData<typeof action>>;

const resultOf = (answered: Answered, act: string) => (answered?.act === act ? { lastResult: answered.result } : {});

export default function TimeLinePage() {
  const view = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { line, root, isCurrent, former, contestedBy, done } = view;
  return (
    <Page
      title={line.staffFunction}
      lead={`${AXIS_LABELS[line.axis]}, ${line.year}${NBSP}: ${formatMinutes(line.minutes)}`}
      crumbs={[{ label: "Temps de travail", to: `${root}?annee=${line.year}` }]}
    >
      <MoneyNav />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {!isCurrent && (
        <Notice tone="pending" title="Cette ligne ne compte plus">
          <p>
            Elle a été corrigée ou retirée depuis.{" "}
            <Link to={`${root}?annee=${line.year}`}>Voir les lignes de {line.year}</Link>
          </p>
        </Notice>
      )}
      <p>
        <Tag tone={STANDING_TONES[line.standing]}>{STANDING_LABELS[line.standing]}</Tag>
      </p>
      <Definitions
        entries={[
          { term: "Temps de l’année", detail: formatMinutes(line.minutes) },
          { term: "Coût d’une heure", detail: formatCents(line.centsPerHour) },
          { term: "Fondement du coût", detail: line.basis },
          ...(line.contest === null
            ? []
            : [{ term: "Contestée par", detail: `${contestedBy ?? ""}${NBSP}: ${line.contest.reason}` }]),
        ]}
      />
      {former.length > 0 && (
        <Section title="Ce que cette ligne corrige">
          <ul>
            {former.map((entry) => (
              <li key={entry.id}>
                {formatMinutes(entry.minutes)} à {formatCents(entry.centsPerHour)} de l’heure, noté le{" "}
                {formatDate(entry.recordedOn)} par {entry.recorderName}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {view.maySettle && <SettleForm view={view} answered={answered} />}
      {view.mayContest && <ContestForm answered={answered} />}
      {view.mayCorrect && <CorrectForm key={view.actKey} view={view} answered={answered} />}
    </Page>
  );
}

function CorrectForm({ view: { line, actKey }, answered }: { readonly view: Loaded; readonly answered: Answered }) {
  const [form, fields] = useForm<CorrectTimeFields>({
    id: "correction",
    ...resultOf(answered, "corriger"),
    defaultValue: {
      minutes: typedMinutes(line.minutes),
      hourlyCost: (line.centsPerHour / 100).toFixed(2).replace(".", ","),
      basis: line.basis,
    },
  });
  return (
    <details className="close-poll" open={answered?.act === "corriger"}>
      <summary>Corriger cette ligne</summary>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="acte" value="corriger" />
        <ActKey value={actKey} />
        <TextField field={fields.minutes} label="Heures de l’année" data-width="short" autoComplete="off" />
        <TextField
          field={fields.hourlyCost}
          label="Coût d’une heure, en euros"
          hint={`Un autre coût vaut pour toutes les lignes de cette fonction en ${line.year} : elles seront corrigées avec celle-ci.`}
          inputMode="decimal"
          data-width="short"
          autoComplete="off"
        />
        <TextField field={fields.basis} label="Fondement de ce coût" autoComplete="off" />
        <CheckboxField
          field={fields.withdraw}
          label="Retirer la ligne de l’état"
          hint="Elle reste dans l’historique. Les autres champs ne comptent alors pas."
        />
        <p>
          La correction est un nouvel enregistrement : la ligne actuelle reste lisible. Une contestation en cours tombe.
        </p>
        <Button>Enregistrer la correction</Button>
      </Form>
    </details>
  );
}

function ContestForm({ answered }: { readonly answered: Answered }) {
  const [form, fields] = useForm<ContestFields>({ id: "contestation", ...resultOf(answered, "contester") });
  return (
    <details className="close-poll" open={answered?.act === "contester"}>
      <summary>Contester cette ligne</summary>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="acte" value="contester" />
        <p>
          La ligne sortira de l’état de l’année, sans retarder les autres. Le comité en décidera par un vote à part.
        </p>
        <TextArea field={fields.reason} label="Motif" rows={3} />
        <Button look="danger">Contester la ligne</Button>
      </Form>
    </details>
  );
}

function SettleForm({ view: { motions }, answered }: { readonly view: Loaded; readonly answered: Answered }) {
  const [form, fields] = useForm<VoteFields>({ id: "vote", ...resultOf(answered, "trancher") });
  return (
    <Section title="Vote du comité sur cette ligne">
      {motions.length === 0 ? (
        <p className="soft">
          Aucune motion votée n’est disponible. Mettez aux voix « Maintenir cette ligne », puis revenez ici.
        </p>
      ) : (
        <>
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <input type="hidden" name="acte" value="trancher" />
            <SelectField
              field={fields.pollId}
              label="Motion votée"
              hint="La question était de maintenir la ligne : adoptée, elle revient dans l’état ; rejetée, elle en reste écartée pour de bon."
              empty="Choisir le vote"
              options={motions.map(({ pollId, title, result, decisionNumber }) => ({
                value: pollId,
                label: `${decisionNumber === null ? "" : `${decisionNumber} : `}${title} (${result === "adopted" ? "adoptée" : "rejetée"})`,
              }))}
            />
            <Button>Enregistrer ce vote</Button>
          </Form>
        </>
      )}
    </Section>
  );
}
