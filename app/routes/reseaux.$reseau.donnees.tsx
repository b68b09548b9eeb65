import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DATA_DICTIONARY, type DescribedExport } from "~/documents/data-dictionary";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { Page, Section } from "~/ui/page";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Dictionnaire des données, ${view.networkName}` : "Dictionnaire des données" },
];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  return data({ networkName: network.name, root: `/reseaux/${network.slug}` }, publicCaching(viewer));
}

export default function DataDictionaryPage() {
  const { root } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Dictionnaire des données"
      lead="Les tableaux que le réseau exporte, et ce que contient chaque colonne."
    >
      <Section title="Règles communes" id="regles">
        <ul>
          <li>
            <strong>CSV</strong> : points-virgules, UTF-8 avec sa marque, virgule décimale, fins de ligne CRLF. Un
            tableur français l’ouvre tel quel.
          </li>
          <li>
            <strong>ODS</strong> : le même tableau, textes et nombres déjà typés.
          </li>
          <li>
            <strong>JSON</strong> : les mêmes faits ; les montants sont en centimes entiers, les dates en AAAA-MM-JJ.
          </li>
          <li>
            Un texte qui commence par « = », « + », « - » ou « @ » est précédé d’une apostrophe : aucun tableur ne
            l’exécute.
          </li>
          <li>Une cellule vide veut dire « inconnu » ou « ne s’applique pas », jamais zéro.</li>
        </ul>
      </Section>
      {DATA_DICTIONARY.map((described) => (
        <ExportSection key={described.key} described={described} root={root} />
      ))}
    </Page>
  );
}

function ExportSection({ described, root }: { readonly described: DescribedExport; readonly root: string }) {
  const { key, title, path, formats, readers, row, columns } = described;
  return (
    <Section title={title} id={key}>
      <p>
        Une ligne : {row}. {readers === "everyone" ? "Ouvert à tous." : "Réservé aux membres du réseau."}
      </p>
      <p>
        {formats.map((format, index) => {
          const address = `${root}/${path}.${format.toLowerCase()}`;
          return (
            <span key={format}>
              {index > 0 && ", "}
              {readers === "everyone" ? <a href={address}>{format}</a> : format} (<code>{address}</code>)
            </span>
          );
        })}
      </p>
      <Table
        narrow="stack"
        caption={`Colonnes : ${title}`}
        captionHidden
        columns={[
          { key: "name", label: "Colonne", heading: true, cell: (column) => column.name },
          { key: "meaning", label: "Contenu", cell: (column) => column.meaning },
        ]}
        rows={columns}
        rowKey={(column) => column.name}
      />
    </Section>
  );
}
