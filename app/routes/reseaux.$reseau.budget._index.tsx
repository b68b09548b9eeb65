import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { isId } from "~/domain/kernel/ids";
import { yearOf } from "~/domain/kernel/plain-date";
import { count, enumerate, formatCents, formatDate, NBSP } from "~/documents/french";
import { AXIS_LABELS } from "~/documents/money-words";
import { openForecast } from "~/features/budget/commands.server";
import { openMessage, STANDING_LABELS } from "~/features/budget/messages.fr";
import { listBudgetYears, loadBudgetYear } from "~/features/budget/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { BudgetGauge, GaugeTable } from "~/ui/budget-gauge";
import { ActKey, Button } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { TableFiles } from "~/ui/table-files";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag, type Tone } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: `Budget ${view?.budget.year ?? ""}` }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "budget.read");
  const date = today(systemClock);
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const year = /^20\d\d$/.test(asked) ? Number(asked) : yearOf(date);
  const years = await listBudgetYears(command.db, network.id, date);
  return {
    root: `/reseaux/${network.slug}`,
    date,
    budget: await loadBudgetYear(command.db, network.id, { year, date }),
    years: [...new Set([...years, year, yearOf(date) + 1])].sort((a, b) => a - b),
    mayDraft: can(viewer, "budget.draft", { networkId: network.id }),
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "budget.draft");
  const form = await args.request.formData();
  const cle = String(form.get("cle") ?? "");
  if (!isId(cle)) return data({ refusal: "Rechargez la page et recommencez.", budgetId: null }, { status: 400 });
  const decision = await openForecast(command, { cle, year: Number(form.get("annee")) });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/budget/versions/${decision.value.budgetId}/modifier`, 303);
  const budgetId = decision.refusal.kind === "draft-already-exists" ? decision.refusal.budgetId : null;
  return data({ refusal: openMessage(decision.refusal), budgetId }, { status: 409 });
}

const STANDING_TONES: Record<keyof typeof STANDING_LABELS, Tone> = {
  draft: "info",
  voting: "pending",
  rejected: "missed",
  adopted: "reached",
};

export default function BudgetPage() {
  const { root, budget, years, mayDraft, actKey } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { year, inForce, gauge, history } = budget;
  const isPending = history.some(({ standing }) => standing !== "adopted");
  const isVoted = inForce.version !== null;
  return (
    <Page title={`Budget ${year}`} lead={sentenceOf(budget)}>
      <MoneyNav />
      <TableFiles table="budget" year={year} />
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>
            {answered.refusal}{" "}
            {answered.budgetId && <Link to={`${root}/budget/versions/${answered.budgetId}`}>Voir ce prévisionnel</Link>}
          </p>
        </Notice>
      )}
      <nav className="row screen-only" aria-label="Années">
        {years.map((each) => (
          <Link key={each} to={`?annee=${each}`} aria-current={each === year ? "page" : undefined}>
            {each}
          </Link>
        ))}
      </nav>
      <Section title="Où en est le budget">
        {!isVoted && (
          <p>
            Le comité n’a pas voté de budget pour {year}
            {NBSP}: la somme de la convention s’applique ({formatCents(inForce.ceiling)}, art.{NBSP}4.1).
          </p>
        )}
        <BudgetGauge gauge={gauge} caption={`Budget ${year}, par étape`} />
        {gauge.remainingIfAllValidated < 0 && (
          <Notice tone="pending" title="Les demandes dépassent ce qui reste">
            <p>
              Si le comité validait tout ce qui est demandé, il manquerait{" "}
              {formatCents(Math.abs(gauge.remainingIfAllValidated) as typeof gauge.ceiling)}. Le comité peut réviser le
              budget.
            </p>
          </Notice>
        )}
      </Section>
      <Section title="Par axe et par ligne">
        <GaugeTable
          caption="Par axe de la convention"
          heading="Axe"
          planned={isVoted}
          rows={budget.axes.map(({ axis, gauge: own }) => ({ key: axis, label: AXIS_LABELS[axis], gauge: own }))}
        />
        {isVoted && (
          <GaugeTable
            caption="Par ligne du budget"
            heading="Ligne"
            planned
            rows={budget.lines.map(({ line, gauge: own }) => ({
              key: line?.id ?? "aucune",
              label: line?.label ?? "Sans ligne : elle se choisit à l’engagement",
              isPlanned: line !== null,
              gauge: own,
            }))}
          />
        )}
        <p className="screen-only">
          <Link to={`${root}/depenses`}>Les dépenses une par une</Link>
        </p>
      </Section>
      <Section title="Prévisionnels et révisions" id="historique">
        {history.length === 0 ? (
          <EmptyState>
            <p>
              Aucun prévisionnel n’est préparé pour {year}. Le secrétariat le prépare ligne par ligne, puis l’inscrit à
              l’ordre du jour d’une séance{NBSP}: il entre en vigueur par le vote du comité.
            </p>
          </EmptyState>
        ) : (
          <Table
            caption={`Versions du budget ${year}, la plus récente d’abord`}
            captionHidden
            columns={[
              {
                key: "version",
                label: "Version",
                heading: true,
                cell: ({ id, version }) => (
                  <Link to={`${root}/budget/versions/${id}`}>
                    {version === 1 ? "Budget initial" : `Révision n°${NBSP}${version - 1}`}
                  </Link>
                ),
              },
              {
                key: "total",
                label: "Total",
                number: true,
                cell: ({ lines }) => formatCents(totalOfLines(lines)),
              },
              {
                key: "changes",
                label: "Différences",
                cell: ({ version, changes }) => (version === 1 ? "—" : count(changes.length, "ligne", "lignes")),
              },
              {
                key: "standing",
                label: "État",
                cell: ({ standing }) => <Tag tone={STANDING_TONES[standing]}>{STANDING_LABELS[standing]}</Tag>,
              },
              {
                key: "decision",
                label: "Décision",
                cell: ({ decision }) =>
                  decision === null ? "—" : `n°${NBSP}${decision.number}, ${formatDate(decision.decidedOn)}`,
              },
            ]}
            rows={history}
            rowKey={({ id }) => id}
            narrow="stack"
          />
        )}
        {mayDraft && !isPending && (
          <Form method="post" className="screen-only">
            <ActKey value={actKey} />
            <input type="hidden" name="annee" value={year} />
            <Button>{isVoted ? `Préparer une révision du budget ${year}` : `Préparer le budget ${year}`}</Button>
          </Form>
        )}
      </Section>
    </Page>
  );
}

type View = ReturnType<typeof useLoaderData<typeof loader>>["budget"];

function totalOfLines(lines: View["history"][number]["lines"]): View["gauge"]["ceiling"] {
  return lines.reduce((sum, { amount }) => sum + amount, 0) as View["gauge"]["ceiling"];
}

/** What the page tells, in one sentence. */
function sentenceOf({ year, gauge, inForce }: View): string {
  const basis = inForce.version
    ? `votés par le comité (décision n°${NBSP}${inForce.version.decisionNumber})`
    : "de la convention";
  const taken = [
    { cents: gauge.paid, word: "payés" },
    { cents: gauge.invoiced, word: "facturés et à payer" },
    { cents: gauge.engaged, word: "engagés" },
    { cents: gauge.validated, word: "validés et à engager" },
  ].filter(({ cents }) => cents > 0);
  const spent =
    taken.length === 0
      ? "rien n’est encore validé"
      : enumerate(taken.map(({ cents, word }) => `${formatCents(cents)} ${word}`));
  const left =
    gauge.remaining < 0
      ? `le budget est dépassé de ${formatCents(Math.abs(gauge.remaining) as View["gauge"]["ceiling"])}`
      : `il reste ${formatCents(gauge.remaining)}`;
  return `En ${year}, sur ${formatCents(gauge.ceiling)} ${basis}${NBSP}: ${spent}${NBSP}; ${left}.`;
}
