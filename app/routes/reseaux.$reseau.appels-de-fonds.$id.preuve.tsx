import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatCents, formatInteger } from "~/documents/french";
import { callTitle, proofSheetOf } from "~/documents/funding-call";
import { findCall } from "~/features/funding/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { MoneyNav } from "~/ui/money-nav";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.sheet.title ?? "Preuve" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "funding.read");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  if (!call) throw notFound();
  const sheet = proofSheetOf(call.snapshot);
  return { sheet, title: callTitle(call.snapshot), id: call.id, root: `/reseaux/${network.slug}` };
}

export default function ProofPage() {
  const { sheet, title, id, root } = useLoaderData<typeof loader>();
  const { totals } = sheet;
  return (
    <Page
      title={sheet.title}
      lead="Chaque étape se refait à la main, avec un crayon. Les montants du calcul sont en centimes."
      crumbs={[
        { label: "Appels de fonds", to: `${root}/appels-de-fonds` },
        { label: title, to: `${root}/appels-de-fonds/${id}` },
      ]}
      actions={
        <a className="button" data-look="quiet" href={`${root}/appels-de-fonds/${id}/preuve.csv`}>
          CSV
        </a>
      }
    >
      <MoneyNav />
      <Section title="D’où viennent les poids" id="sources">
        <ul>
          {sheet.sources.map((source) => (
            <li key={source} className="source-line">
              {source}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="La règle" id="regle">
        <ol>
          {sheet.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Section>
      <Section title="Le calcul" id="calcul">
        <Table
          caption={`Calcul de chaque part, ${formatCents(totals.totalCents)} en tout`}
          columns={[
            { key: "label", label: "CCAS", heading: true, cell: (row) => row.label },
            { key: "weight", label: sheet.weightName, number: true, cell: (row) => formatInteger(row.weight) },
            { key: "fraction", label: "Fraction exacte", number: true, cell: (row) => row.fraction },
            { key: "quotient", label: "Quotient", number: true, cell: (row) => row.quotient },
            { key: "floor", label: "Entier", number: true, cell: (row) => formatInteger(row.floorCents) },
            { key: "remainder", label: "Reste", number: true, cell: (row) => row.remainder },
            { key: "rank", label: "Rang", number: true, cell: (row) => row.rank },
            { key: "extra", label: "Centime", number: true, cell: (row) => row.extraCent },
            { key: "cents", label: "Part", number: true, cell: (row) => formatCents(row.cents) },
          ]}
          rows={sheet.rows}
          rowKey={(row) => row.id}
          foot={
            <tr>
              <th scope="row">Total</th>
              <td className="number">{formatInteger(Number(totals.totalWeight))}</td>
              <td />
              <td />
              <td className="number">{formatInteger(totals.floorCents)}</td>
              <td />
              <td />
              <td className="number">{totals.extraCents === 0 ? "" : totals.extraCents}</td>
              <td className="number">{formatCents(totals.totalCents)}</td>
            </tr>
          }
        />
        <Notice tone={sheet.check.holds ? "reached" : "missed"}>
          <p>{sheet.check.sentence}</p>
        </Notice>
      </Section>
    </Page>
  );
}
