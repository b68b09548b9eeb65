import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { yearOf } from "~/domain/kernel/plain-date";
import { count, formatCents, formatInteger } from "~/documents/french";
import { KIND_LABELS } from "~/features/in-kind/messages.fr";
import { listBookingYears, loadMemo } from "~/features/in-kind/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { YearLinks } from "~/ui/means/year-links";
import { MoneyNav } from "~/ui/money-nav";
import { TableFiles } from "~/ui/table-files";
import { EmptyState, Page } from "~/ui/page";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Prêts de ${data?.year ?? "l’année"}` }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "in-kind.read");
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const thisYear = yearOf(today(systemClock));
  const year = /^20\d\d$/.test(asked) ? Number(asked) : thisYear;
  const [memo, years] = await Promise.all([
    loadMemo(command.db, network.id, year),
    listBookingYears(command.db, network.id),
  ]);
  return {
    memo,
    year,
    years: [...new Set([thisYear, year, ...years])].sort((one, other) => other - one),
    root: `/reseaux/${network.slug}/salles-et-materiel`,
  };
}

export default function MemoPage() {
  const { memo, year, years, root } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Prêts de ${year}, pour mémoire`}
      lead="Ce que les CCAS ont prêté au réseau dans l’année. La valeur est donnée pour mémoire : elle n’est ni facturée ni répartie."
      crumbs={[{ label: "Salles et matériel", to: root }]}
    >
      <MoneyNav />
      <TableFiles table="prets" year={year} />
      <YearLinks root={`${root}/bilan`} year={year} years={years} />
      {memo.rows.length === 0 ? (
        <EmptyState>
          <p>Aucun prêt accepté en {year}. Chaque réservation acceptée s’ajoutera ici.</p>
        </EmptyState>
      ) : (
        <Table
          caption={`Prêts acceptés de ${year}`}
          captionHidden
          columns={[
            { key: "owner", label: "CCAS", heading: true, cell: (row) => row.ownerName },
            { key: "what", label: "Salle ou matériel", cell: (row) => row.resourceLabel },
            { key: "kind", label: "Nature", cell: (row) => KIND_LABELS[row.kind] },
            { key: "uses", label: "Usages", number: true, cell: (row) => formatInteger(row.uses) },
            {
              key: "quantity",
              label: "Quantité",
              number: true,
              cell: (row) => `${formatInteger(row.quantity)} × ${row.unit}`,
            },
            {
              key: "value",
              label: "Valeur pour mémoire",
              number: true,
              cell: (row) => (row.withoutValue === row.uses ? "non valorisé" : formatCents(row.value)),
            },
          ]}
          rows={memo.rows}
          rowKey={(row) => `${row.ownerName}/${row.resourceLabel}/${row.kind}`}
          foot={
            <tr>
              <th scope="row" colSpan={5}>
                Total pour mémoire
              </th>
              <td className="number">{formatCents(memo.total)}</td>
            </tr>
          }
        />
      )}
      {memo.withoutValue > 0 && (
        <p className="small soft">
          {count(memo.withoutValue, "usage n’est pas valorisé", "usages ne sont pas valorisés")}.
        </p>
      )}
    </Page>
  );
}
