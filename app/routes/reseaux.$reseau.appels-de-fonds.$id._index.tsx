import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { outstandingOf } from "~/domain/funding-call/lifecycle";
import { toCents } from "~/domain/kernel/money";
import { count, formatCents, formatDate, formatInteger, formatShortDate } from "~/documents/french";
import {
  callReference,
  callTitle,
  debtorNote,
  describeChoice,
  describePopulation,
  NOT_ACCOUNTING,
  STATEMENT_LABELS,
} from "~/documents/funding-call";
import { findCall } from "~/features/funding/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { STATEMENT_TONES } from "~/ui/funding/statement-tones";
import { ButtonLink } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { TableFiles } from "~/ui/table-files";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? callTitle(view.snapshot) : "Appel de fonds" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "funding.read");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  if (!call) throw notFound();
  return {
    ...call,
    statements: call.statements.map((statement) => ({ ...statement, outstanding: outstandingOf(statement.facts) })),
    root: `/reseaux/${network.slug}`,
    done: new URL(args.request.url).searchParams.get("fait"),
    mayCancel: call.cancellation === null && can(viewer, "funding.call", { networkId: network.id }),
  };
}

export default function FundingCallPage() {
  const { id, year, rank, snapshot, statements, cancellation, root, done, mayCancel, issuedBy } =
    useLoaderData<typeof loader>();
  const { call, population, invoices, annualDay } = snapshot;
  const own = `${root}/appels-de-fonds/${id}`;
  const columnOf = new Map(call.detail.annual.shares.map((share, column) => [share.id, column]));
  const weights = new Map(call.weights.map((one) => [one.id, one.weight]));
  return (
    <Page
      title={callTitle(snapshot)}
      lead={`${formatCents(call.total)} partagés entre ${count(statements.length, "CCAS", "CCAS")}, dont ${formatCents(call.claimed)} appelés le ${formatDate(call.issuedOn)}.`}
      crumbs={[{ label: "Appels de fonds", to: `${root}/appels-de-fonds` }]}
      actions={
        <>
          <ButtonLink to={`${own}/preuve`}>Feuille de preuve</ButtonLink>
          <a className="button" data-look="quiet" href={`${own}.pdf`}>
            PDF
          </a>
          <a className="button" data-look="quiet" href={`${own}.csv`}>
            CSV
          </a>
          <a className="button" data-look="quiet" href={`${own}.ods`}>
            ODS
          </a>
        </>
      }
    >
      <MoneyNav />
      {done === "emis" && (
        <Notice tone="reached" role="status">
          <p>L’appel est émis. Factures, populations et parts sont figées.</p>
        </Notice>
      )}
      {cancellation && (
        <Notice tone="missed" title={`Annulé le ${formatDate(cancellation.cancelledOn)}`}>
          <p>
            {cancellation.reason} ({cancellation.recordedBy})
          </p>
        </Notice>
      )}
      <p>
        {callReference(year, rank)}, émis par {issuedBy}
        {annualDay && `, après la journée annuelle close le ${formatDate(annualDay.closedOn)}`}.
      </p>
      <Section title="Part de chaque CCAS" id="parts">
        <p>{describeChoice(snapshot.choice, snapshot.choiceBasis)}</p>
        {population && <p className="soft source-line">{describePopulation(population)}</p>}
        <Table
          caption="Parts et suivi"
          captionHidden
          columns={[
            {
              key: "name",
              label: "CCAS",
              heading: true,
              cell: (row) => <Link to={`${own}/etats/${row.memberId}`}>{row.member.name}</Link>,
            },
            {
              key: "weight",
              label: snapshot.choice.keyKind === "population" ? "Habitants" : "Poids",
              number: true,
              cell: (row) => formatInteger(weights.get(row.memberId) ?? 0),
            },
            { key: "share", label: "Part", number: true, cell: (row) => formatCents(row.share) },
            { key: "owed", label: "Appelé", number: true, cell: (row) => formatCents(row.owed) },
            { key: "left", label: "Reste", number: true, cell: (row) => formatCents(row.outstanding) },
            {
              key: "status",
              label: "État",
              cell: (row) => (
                <>
                  <Tag tone={STATEMENT_TONES[row.status]}>{STATEMENT_LABELS[row.status]}</Tag>
                  {row.isUnderTitleMinimum && (
                    <>
                      <br />
                      <span className="soft">
                        sous {formatCents(call.titleMinimum.amount)}, à vérifier avec le comptable
                      </span>
                    </>
                  )}
                </>
              ),
            },
          ]}
          rows={statements}
          rowKey={(row) => row.memberId}
          foot={
            <tr>
              <th scope="row">Total</th>
              <td className="number">{formatInteger(Number(call.detail.annual.totalWeight))}</td>
              <td className="number">{formatCents(call.total)}</td>
              <td className="number">{formatCents(call.claimed)}</td>
              <td className="number">
                {formatCents(toCents(statements.reduce((sum, { outstanding }) => sum + outstanding, 0)))}
              </td>
              <td />
            </tr>
          }
        />
        <TableFiles table="appels" year={year} />
      </Section>
      <Section title="Détail par dépense" id="detail">
        <p>
          Chaque ligne fait le montant de la dépense, chaque colonne la part annuelle du CCAS.
          {call.detail.centsBeyond > 0 &&
            ` Pour cela, ${count(call.detail.centsBeyond, "centime s’écarte", "centimes s’écartent")} de l’arrondi simple.`}
        </p>
        <div className="call-detail">
          <Table
            caption="Part de chaque CCAS dans chaque dépense"
            captionHidden
            columns={[
              {
                key: "object",
                label: "Dépense",
                heading: true,
                cell: (row) => (
                  <Link to={`${root}/depenses/${row.id}`}>
                    {invoices.find(({ expenseId }) => expenseId === row.id)?.object ?? row.id}
                  </Link>
                ),
              },
              { key: "amount", label: "Montant", number: true, cell: (row) => formatCents(row.amount) },
              ...snapshot.members.map(({ organizationId, name }) => ({
                key: organizationId,
                label: name,
                number: true,
                cell: (row: (typeof call.detail.rows)[number]) => {
                  const cell = row.cells[columnOf.get(organizationId) ?? -1];
                  return cell ? `${formatCents(cell.cents)}${cell.centsBeyond > 0 ? " *" : ""}` : "";
                },
              })),
            ]}
            rows={call.detail.rows}
            rowKey={(row) => row.id}
            foot={
              <tr>
                <th scope="row">Total</th>
                <td className="number">{formatCents(call.total)}</td>
                {snapshot.members.map(({ organizationId }) => (
                  <td key={organizationId} className="number">
                    {formatCents(call.detail.annual.shares[columnOf.get(organizationId) ?? -1]?.cents ?? toCents(0))}
                  </td>
                ))}
              </tr>
            }
          />
        </div>
      </Section>
      <Section title="Factures et décisions" id="factures">
        <Table
          caption="Factures avancées par le CCAS pilote"
          captionHidden
          columns={[
            {
              key: "invoice",
              label: "Facture",
              heading: true,
              cell: (row) => (
                <>
                  {row.supplier}, n° {row.number}
                  <br />
                  <span className="soft">{row.object}</span>
                </>
              ),
            },
            { key: "on", label: "Du", cell: (row) => formatShortDate(row.datedOn) },
            { key: "decision", label: "Décision", cell: (row) => row.decisionNumber ?? "" },
            { key: "mandate", label: "Mandat", cell: (row) => row.mandate ?? "" },
            { key: "amount", label: "Montant", number: true, cell: (row) => formatCents(row.amount) },
            {
              key: "proof",
              label: "Pièce",
              cell: (row) =>
                row.proof && (
                  <a href={`${root}/documents/${row.proof.documentId}`} download>
                    {row.proof.fileName}
                  </a>
                ),
            },
          ]}
          rows={invoices}
          rowKey={(row) => row.id}
        />
      </Section>
      <p className="soft">{debtorNote(snapshot, null)}</p>
      <p className="soft">{NOT_ACCOUNTING}</p>
      {mayCancel && (
        <p>
          <ButtonLink to={`${own}/annuler`} look="danger">
            Annuler cet appel
          </ButtonLink>
        </p>
      )}
    </Page>
  );
}
