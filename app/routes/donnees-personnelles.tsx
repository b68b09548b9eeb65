import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { PERSONAL_DATA, type PersonalDataUse } from "~/documents/personal-data";
import { findViewer } from "~/services/actor.server";
import { publicCaching } from "~/services/public-cache.server";
import { Section } from "~/ui/page";
import { SitePage } from "~/ui/site-page";
import { Table, type Column } from "~/ui/table";

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const meta: MetaFunction = () => [{ title: "Données personnelles – Portail des réseaux de CCAS" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  return data(null, publicCaching(await findViewer(request, context)));
}

const COLUMNS: readonly Column<PersonalDataUse>[] = [
  { key: "what", label: "Ce qui est conservé", heading: true, cell: ({ what }) => what },
  { key: "why", label: "Pourquoi", cell: ({ why }) => why },
  { key: "howLong", label: "Combien de temps", cell: ({ howLong }) => howLong },
];

export default function PersonalDataPage() {
  return (
    <SitePage
      title="Données personnelles"
      lead="Ce portail connaît les personnes qui siègent, travaillent ou agissent pour un réseau. Il ne contient aucun dossier d’aide sociale."
    >
      <Section title="Ce qui est conservé, pourquoi, combien de temps" id="donnees">
        <Table
          narrow="stack"
          caption="Les données, leur usage et leur durée"
          captionHidden
          columns={COLUMNS}
          rows={PERSONAL_DATA}
          rowKey={({ what }) => what}
        />
        <p>
          Lire les pages publiques ne laisse aucune trace dans la base de données : ni compte, ni cookie, ni mesure
          d’audience.
        </p>
      </Section>
      <Section title="Qui les voit" id="qui">
        <p>
          Le public voit qui siège au comité, les votes publics et ce que disent les procès-verbaux publiés. Le reste
          est réservé aux membres du réseau, selon <Link to="/droits">le tableau des droits</Link>. Un vote secret ne
          peut être rattaché à personne, pas même dans la base de données.
        </p>
        <p>
          Rien n’est vendu, cédé ni envoyé à un service extérieur. Les courriels partent par le serveur de l’exploitant.
        </p>
      </Section>
      <Section title="Vos droits" id="droits">
        <p>
          Vous pouvez demander à voir vos données, à les faire corriger ou à vous opposer à leur usage. Écrivez au CCAS
          pilote de votre réseau, dont l’adresse est sur la page du réseau. Les actes du comité (votes, présences,
          procès-verbaux, registre) sont conservés tels quels, parce qu’ils prouvent ce qui a été décidé ; une erreur
          s’y corrige par un nouvel acte.
        </p>
        <p>
          Si la réponse ne vous convient pas, vous pouvez adresser une réclamation à la CNIL :{" "}
          <a href="https://www.cnil.fr/fr/plaintes" rel="noopener">
            cnil.fr/fr/plaintes
          </a>
          .
        </p>
        <p className="soft">
          L’organisme qui exploite le portail doit compléter cette page : le responsable du traitement, la personne
          déléguée à la protection des données et les durées d’archivage qu’il a arrêtées.
        </p>
      </Section>
    </SitePage>
  );
}
