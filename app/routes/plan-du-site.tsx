import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listNetworks } from "~/features/public-site/queries.server";
import { findViewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { publicCaching } from "~/services/public-cache.server";
import { Section } from "~/ui/page";
import { SitePage } from "~/ui/site-page";

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const meta: MetaFunction = () => [{ title: "Plan du site – Portail des réseaux de CCAS" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const networks = await listNetworks(getDb());
  return data(
    { networks: networks.map(({ slug, name }) => ({ slug, name })) },
    publicCaching(await findViewer(request, context)),
  );
}

type Place = { readonly path: string; readonly label: string };

const OF_A_NETWORK: readonly Place[] = [
  { path: "", label: "Présentation du réseau" },
  { path: "/seances", label: "Séances du comité" },
  { path: "/proces-verbaux", label: "Procès-verbaux publiés" },
  { path: "/decisions", label: "Décisions du comité" },
  { path: "/membres", label: "Qui siège au comité" },
  { path: "/observatoire", label: "Observatoire : portrait du territoire" },
  { path: "/observatoire/themes", label: "Observatoire : les indicateurs par thème" },
  { path: "/observatoire/communes", label: "Observatoire : les fiches communales" },
  { path: "/observatoire/analyse", label: "Analyses des besoins sociaux" },
  { path: "/observatoire/donnees", label: "Observatoire : les sources et l’export des chiffres" },
  { path: "/indicateurs", label: "Indicateurs partagés" },
  { path: "/plan-d-actions", label: "Plan d’actions" },
  { path: "/documents", label: "Documents" },
  { path: "/donnees", label: "Dictionnaire des données" },
];

const OF_THE_PORTAL: readonly Place[] = [
  { path: "/", label: "Accueil" },
  { path: "/connexion", label: "Se connecter" },
  { path: "/droits", label: "Qui peut faire quoi" },
  { path: "/accessibilite", label: "Accessibilité" },
  { path: "/mentions-legales", label: "Mentions légales" },
  { path: "/donnees-personnelles", label: "Données personnelles" },
];

export default function SiteMapPage() {
  const { networks } = useLoaderData<typeof loader>();
  return (
    <SitePage title="Plan du site" lead="Toutes les pages que l’on peut lire sans compte.">
      <Section title="Le portail" id="portail">
        <PlaceList places={OF_THE_PORTAL} />
      </Section>
      {networks.map(({ slug, name }) => (
        <Section key={slug} title={name} id={`reseau-${slug}`}>
          <PlaceList places={OF_A_NETWORK.map(({ path, label }) => ({ path: `/reseaux/${slug}${path}`, label }))} />
        </Section>
      ))}
    </SitePage>
  );
}

function PlaceList({ places }: { readonly places: readonly Place[] }) {
  return (
    <ul className="link-list">
      {places.map(({ path, label }) => (
        <li key={path}>
          <Link to={path}>{label}</Link>
        </li>
      ))}
    </ul>
  );
}
