import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatCents, formatShortDate } from "~/documents/french";
import { STEP_LABELS } from "~/documents/money-words";
import { STATUS_LABELS } from "~/features/expenses/messages.fr";
import { listExpenses } from "~/features/expenses/queries.server";
import { openMemberPage } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { EmptyState, Page } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";
import { STATUS_TONES } from "~/ui/voting/expense-status";

export const meta: MetaFunction = () => [{ title: "Dépenses" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "expense.read");
  const page = Math.max(1, Math.min(10_000, Number(new URL(args.request.url).searchParams.get("page")) || 1));
  return {
    ...(await listExpenses(command.db, network.id, Math.trunc(page))),
    page: Math.trunc(page),
    root: `/reseaux/${network.slug}/depenses`,
    networkRoot: `/reseaux/${network.slug}`,
    mayReadPolls: can(viewer, "poll.read", { networkId: network.id }),
    mayRequest: can(viewer, "expense.request", { networkId: network.id }),
  };
}

export default function ExpensesPage() {
  const { expenses, hasMore, page, root, networkRoot, mayReadPolls, mayRequest } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Dépenses"
      lead="Ce qui est demandé, soumis au comité, validé ou rejeté. Rien n’est engagé sans validation du comité."
      actions={
        <>
          {mayRequest && <ButtonLink to={`${root}/nouvelle`}>Demander une dépense</ButtonLink>}
          {mayReadPolls && (
            <ButtonLink to={`${networkRoot}/consultations`} look="quiet">
              Consultations écrites
            </ButtonLink>
          )}
        </>
      }
    >
      <MoneyNav />
      {expenses.length === 0 ? (
        <EmptyState>
          <p>Aucune dépense n’est demandée. La première demande paraîtra ici, avec son état jusqu’au vote du comité.</p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Demandes de dépense, la plus récente d’abord"
          captionHidden
          columns={[
            {
              key: "object",
              label: "Objet",
              heading: true,
              cell: (expense) => <Link to={`${root}/${expense.id}`}>{expense.object}</Link>,
            },
            { key: "supplier", label: "Fournisseur", cell: (expense) => expense.supplier },
            { key: "amount", label: "Montant TTC", number: true, cell: (expense) => formatCents(expense.amount) },
            { key: "on", label: "Demandée le", cell: (expense) => formatShortDate(expense.requestedOn) },
            {
              key: "status",
              label: "État",
              cell: (expense) => (
                <Tag tone={STATUS_TONES[expense.status]}>
                  {expense.step === "not-engaged" ? STATUS_LABELS[expense.status] : STEP_LABELS[expense.step]}
                </Tag>
              ),
            },
          ]}
          rows={expenses}
          rowKey={(expense) => expense.id}
        />
      )}
      {(page > 1 || hasMore) && (
        <nav className="row" aria-label="Pages">
          {page > 1 && <Link to={`?page=${page - 1}`}>Plus récentes</Link>}
          {hasMore && <Link to={`?page=${page + 1}`}>Plus anciennes</Link>}
        </nav>
      )}
      {expenses.length > 0 && (
        <p className="screen-only">
          Toutes les dépenses, de la demande au paiement : <a href={`${root}.csv`}>CSV</a>,{" "}
          <a href={`${root}.ods`}>ODS</a>, <a href={`${root}.json`}>JSON</a>.{" "}
          <Link to={`${networkRoot}/donnees#depenses`}>Que contiennent les colonnes ?</Link>
        </p>
      )}
    </Page>
  );
}
