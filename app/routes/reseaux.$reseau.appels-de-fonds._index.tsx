import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { outstandingOf } from "~/domain/funding-call/lifecycle";
import { toCents } from "~/domain/kernel/money";
import { formatCents, formatShortDate, count } from "~/documents/french";
import { callReference, callTitle } from "~/documents/funding-call";
import { listCallYears } from "~/features/funding/call-draft.server";
import { listCalls } from "~/features/funding/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Appels de fonds" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "funding.read");
  const calls = await listCalls(command.db, network.id);
  return {
    root: `/reseaux/${network.slug}`,
    years: await listCallYears(command.db, network.id, today(systemClock)),
    mayCall: can(viewer, "funding.call", { networkId: network.id }),
    calls: calls.map(({ id, year, rank, snapshot, cancellation, statements }) => ({
      ...{ id, title: callTitle(snapshot), reference: callReference(year, rank), issuedOn: snapshot.call.issuedOn },
      ...{ total: snapshot.call.total, claimed: snapshot.call.claimed, isCancelled: cancellation !== null },
      outstanding: toCents(statements.reduce((sum, { facts }) => sum + outstandingOf(facts), 0)),
    })),
  };
}

export default function FundingCallsPage() {
  const { root, years, mayCall, calls } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Appels de fonds"
      lead={
        calls.length === 0
          ? "Le CCAS pilote avance les dépenses, puis appelle la part de chaque CCAS une fois la journée annuelle close."
          : `${count(calls.length, "appel émis", "appels émis")}. Chacun fige les factures, les populations et les parts du jour de son émission.`
      }
    >
      <MoneyNav />
      {calls.length === 0 ? (
        <EmptyState>
          <p>Aucun appel n’est émis. Le premier paraîtra ici, avec la part de chaque CCAS et sa feuille de preuve.</p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Appels émis, le plus récent d’abord"
          captionHidden
          columns={[
            {
              key: "title",
              label: "Appel",
              heading: true,
              cell: (call) => (
                <>
                  <Link to={`${root}/appels-de-fonds/${call.id}`}>{call.title}</Link>
                  <br />
                  <span className="soft">{call.reference}</span>
                </>
              ),
            },
            { key: "on", label: "Émis le", cell: (call) => formatShortDate(call.issuedOn) },
            { key: "total", label: "Total partagé", number: true, cell: (call) => formatCents(call.total) },
            { key: "claimed", label: "Appelé", number: true, cell: (call) => formatCents(call.claimed) },
            { key: "left", label: "Reste à payer", number: true, cell: (call) => formatCents(call.outstanding) },
            {
              key: "state",
              label: "État",
              cell: (call) =>
                call.isCancelled ? (
                  <Tag tone="missed">Annulé</Tag>
                ) : call.outstanding === 0 ? (
                  <Tag tone="reached">Soldé</Tag>
                ) : (
                  <Tag tone="pending">En cours</Tag>
                ),
            },
          ]}
          rows={calls}
          rowKey={(call) => call.id}
        />
      )}
      <Section title="Ce qui attend un appel">
        <p>
          La prévisualisation dit ce qui serait figé, ou tout ce qui manque encore
          {mayCall ? "" : "\u00a0; le secrétariat émet l’appel"}.
        </p>
        <ul className="row plain-list">
          {years.map((year) => (
            <li key={year}>
              <ButtonLink to={`${root}/appels-de-fonds/preparer?annee=${year}`} look="quiet">
                {mayCall ? "Préparer" : "Voir"} l’appel de {year}
              </ButtonLink>
            </li>
          ))}
        </ul>
        <p>
          <Link to={`${root}/repartition`}>Comment les dépenses se répartissent, et comparer</Link> ·{" "}
          <Link to={`${root}/populations`}>Populations officielles</Link> ·{" "}
          <Link to={`${root}/journee-annuelle`}>Journée annuelle</Link>
        </p>
      </Section>
    </Page>
  );
}
