import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDate, formatShortDate } from "~/documents/french";
import { getDb } from "~/services/db.server";
import { listFigureDatasets } from "~/services/figures-record.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { DataLinks } from "~/ui/data-links";
import { ButtonLink } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Sources de l’observatoire" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const ROUNDINGS = { exact: "aucun", "to-five": "à 5", weighted: "effectif pondéré" } as const;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const datasets = await listFigureDatasets(getDb());
  const mayImport = viewer !== null && can(actor, "figures.import", { networkId: network.id });
  return data({ datasets, mayImport, root: `/reseaux/${network.slug}` }, publicCaching(viewer));
}

export default function SourcesPage() {
  const { datasets, mayImport, root } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Sources de l’observatoire"
      lead="Chaque chiffre vient d’un fichier officiel, gardé tel que son producteur l’a publié. Un nouveau fichier n’efface jamais l’ancien."
      actions={mayImport && <ButtonLink to={`${root}/observatoire/donnees/importer`}>Importer un fichier</ButtonLink>}
    >
      <ObservatoryNav root={root} />
      <DataLinks root={root} />
      <Section title="Jeux de données" id="jeux">
        {datasets.length === 0 ? (
          <EmptyState>
            <p>
              Aucun jeu n’est importé. L’exploitant du portail peut charger celui que porte le projet :{" "}
              <code>npm run importer -- reference</code>
            </p>
          </EmptyState>
        ) : (
          <Table
            caption="Jeux importés, le plus récent d’abord"
            captionHidden
            narrow="stack"
            columns={[
              {
                key: "title",
                label: "Jeu",
                heading: true,
                cell: (row) => (
                  <>
                    <a href={row.address} rel="noreferrer">
                      {row.title}
                    </a>
                    {row.note !== "" && <span className="soft"> {row.note}</span>}
                  </>
                ),
              },
              { key: "producer", label: "Producteur", cell: (row) => row.producer },
              { key: "vintage", label: "Millésime", cell: (row) => row.vintage },
              {
                key: "geography",
                label: "Communes au",
                cell: (row) => (row.geographyOn === null ? "non précisé" : formatDate(row.geographyOn)),
              },
              { key: "rounding", label: "Arrondi", cell: (row) => ROUNDINGS[row.rounding] },
              { key: "licence", label: "Licence", cell: (row) => row.licence },
              { key: "retrieved", label: "Récupéré le", cell: (row) => formatShortDate(row.retrievedOn) },
              {
                key: "sha",
                label: "SHA-256 du fichier",
                cell: (row) =>
                  row.sha256 === null ? "non connu" : <code title={row.sha256}>{row.sha256.slice(0, 12)}…</code>,
              },
            ]}
            rows={datasets}
            rowKey={(row) => row.slug}
          />
        )}
      </Section>
    </Page>
  );
}
