import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { yearOf } from "~/domain/kernel/plain-date";
import { count, formatCents, NBSP } from "~/documents/french";
import { approveYear } from "~/features/staff-time/commands.server";
import { parseVoteChoice, readYear, type VoteFields } from "~/features/staff-time/form";
import { approveMessage, formatMinutes } from "~/features/staff-time/messages.fr";
import { listMotions, loadYear } from "~/features/staff-time/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { Button, ErrorSummary, SelectField } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Approuver l’état du temps de travail" }];

const yearAsked = (request: Request): number =>
  readYear(new URL(request.url).searchParams.get("annee"), yearOf(today(systemClock)));

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "staff-time.approve");
  const year = yearAsked(args.request);
  const [{ state, approval }, motions] = await Promise.all([
    loadYear(command.db, network.id, year),
    listMotions(command.db, network.id, year),
  ]);
  return {
    root: `/reseaux/${network.slug}/temps-de-travail`,
    year,
    isApproved: approval !== null,
    state: state && {
      minutes: state.minutes,
      total: state.total,
      lines: state.lines.length,
      contested: state.contested.length,
    },
    motions: motions.filter(({ result }) => result === "adopted"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "staff-time.approve");
  const year = yearAsked(args.request);
  const submission = parseVoteChoice(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await approveYear(command, { year, pollId: submission.value.pollId });
  if (!decision.ok) {
    return data({ result: submission.reply({ formErrors: [approveMessage(decision.refusal)] }) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/temps-de-travail?annee=${year}&fait=approbation`, 303);
}

export default function ApproveTimePage() {
  const { root, year, isApproved, state, motions } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<VoteFields>({ id: "approbation", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title={`Approuver l’état du temps de travail de ${year}`}
      lead="Le comité vote une motion en séance ou par consultation écrite ; choisissez ici son résultat."
      crumbs={[{ label: "Temps de travail", to: `${root}?annee=${year}` }]}
    >
      <ErrorSummary form={form} />
      {isApproved ? (
        <Notice tone="info">
          <p>L’état de {year} est déjà approuvé. Il ne s’approuve qu’une fois.</p>
        </Notice>
      ) : state === null ? (
        <EmptyState>
          <p>Aucune heure n’est notée pour {year} : il n’y a rien à approuver.</p>
        </EmptyState>
      ) : motions.length === 0 ? (
        <EmptyState>
          <p>
            Aucune motion adoptée depuis le début de {year} n’est disponible. Inscrivez un point à l’ordre du jour,
            mettez la motion aux voix, puis revenez ici.
          </p>
        </EmptyState>
      ) : (
        <Form method="post" {...getFormProps(form)} noValidate>
          <p>
            L’état compte {count(state.lines, "ligne admise", "lignes admises")}
            {NBSP}: {formatMinutes(state.minutes)}, {formatCents(state.total)}.
            {state.contested > 0 &&
              ` ${count(state.contested, "ligne contestée reste", "lignes contestées restent")} hors de l’état, à voter à part.`}
          </p>
          <SelectField
            field={fields.pollId}
            label="Vote du comité"
            empty="Choisir la motion adoptée"
            options={motions.map(({ pollId, title, decisionNumber }) => ({
              value: pollId,
              label: `${decisionNumber === null ? "" : `${decisionNumber} : `}${title}`,
            }))}
          />
          <p>
            Une fois approuvé, l’état de {year} ne change plus : aucune ligne ne pourra être ajoutée, corrigée ni
            contestée.
          </p>
          <Button>Arrêter l’état de {year}</Button>
        </Form>
      )}
    </Page>
  );
}
