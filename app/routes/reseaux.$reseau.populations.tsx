import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { vintageInForce } from "~/domain/population/population";
import { formatDate, formatInteger, formatShortDate } from "~/documents/french";
import { listDatasets, listMemberFigures } from "~/features/population/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { MoneyNav } from "~/ui/money-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Populations officielles" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "funding.read");
  const datasets = await listDatasets(command.db);
  const asked = new URL(args.request.url).searchParams.get("jeu");
  const inForce = vintageInForce(today(systemClock));
  const shown =
    datasets.find(({ id }) => id === asked) ??
    datasets.find(({ vintage }) => vintage === inForce) ??
    datasets[0] ??
    null;
  return {
    ...{ datasets, shown, inForce, root: `/reseaux/${network.slug}` },
    figures: shown === null ? [] : await listMemberFigures(command.db, network.id, shown.id),
  };
}

export default function PopulationsPage() {
  const { datasets, shown, figures, inForce } = useLoaderData<typeof loader>();
  const orMissing = (value: number | null) => (value === null ? "non publiée" : formatInteger(value));
  return (
    <Page
      title="Populations officielles"
      lead={`Le millésime ${inForce} est en vigueur cette année : chaque millésime l’est trois ans après son année de référence.`}
    >
      <MoneyNav />
      {shown === null ? (
        <EmptyState>
          <p>
            Aucun fichier n’est importé. L’administration du portail importe le fichier de l’INSEE tel qu’il est publié.
          </p>
        </EmptyState>
      ) : (
        <>
          {!datasets.some(({ vintage }) => vintage === inForce) && (
            <Notice tone="pending" title={`Le millésime ${inForce} n’est pas importé`}>
              <p>Un appel de fonds l’attend : un millésime plus ancien n’est jamais pris à sa place.</p>
            </Notice>
          )}
          <Section title={`Communes du réseau, millésime ${shown.vintage}`} id="communes">
            <Table
              caption={`Populations au millésime ${shown.vintage}, en vigueur le ${formatDate(shown.inForceOn)}`}
              captionHidden
              columns={[
                { key: "name", label: "Commune", heading: true, cell: (row) => row.shortName },
                { key: "code", label: "Code", cell: (row) => row.inseeCode ?? "" },
                { key: "municipal", label: "Municipale", number: true, cell: (row) => orMissing(row.municipal) },
                { key: "apart", label: "Comptée à part", number: true, cell: (row) => orMissing(row.countedApart) },
                { key: "total", label: "Totale", number: true, cell: (row) => orMissing(row.total) },
              ]}
              rows={figures}
              rowKey={(row) => row.id}
            />
            <p className="soft source-line">
              Source : {shown.producer}, {shown.title}, {shown.licence}, {shown.address}. En vigueur le{" "}
              {formatDate(shown.inForceOn)} ; importé le {formatDate(shown.retrievedOn)}. SHA-256 {shown.sha256}
            </p>
          </Section>
          <Section title="Jeux importés" id="jeux">
            <Table
              caption="Jeux de populations, le millésime le plus récent d’abord"
              captionHidden
              columns={[
                {
                  key: "vintage",
                  label: "Millésime",
                  heading: true,
                  cell: (row) => <Link to={`?jeu=${row.id}`}>{row.vintage}</Link>,
                },
                { key: "producer", label: "Producteur", cell: (row) => row.producer },
                { key: "rows", label: "Communes", number: true, cell: (row) => formatInteger(row.rowCount) },
                { key: "force", label: "En vigueur le", cell: (row) => formatShortDate(row.inForceOn) },
              ]}
              rows={datasets}
              rowKey={(row) => row.id}
            />
          </Section>
        </>
      )}
    </Page>
  );
}
