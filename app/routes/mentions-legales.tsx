import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listNetworks } from "~/features/public-site/queries.server";
import { findViewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { publicCaching } from "~/services/public-cache.server";
import { Section } from "~/ui/page";
import { SitePage } from "~/ui/site-page";
import { Notice } from "~/ui/status";

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const meta: MetaFunction = () => [{ title: "Mentions légales – Portail des réseaux de CCAS" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const networks = await listNetworks(getDb());
  return data(
    { networks: networks.map(({ slug, name, lead }) => ({ slug, name, lead })) },
    publicCaching(await findViewer(request, context)),
  );
}

export default function LegalNoticePage() {
  const { networks } = useLoaderData<typeof loader>();
  return (
    <SitePage title="Mentions légales" lead="Qui publie ce portail, et à qui s’adresser.">
      <Section title="Éditeur" id="editeur">
        {networks.length === 0 ? (
          <p>Ce portail ne porte encore aucun réseau.</p>
        ) : (
          <>
            <p>Le contenu de chaque réseau est publié par le CCAS qui le pilote :</p>
            <ul>
              {networks.map(({ slug, name, lead }) => (
                <li key={slug}>
                  {lead}, pour le <Link to={`/reseaux/${slug}#contact`}>{name}</Link>
                </li>
              ))}
            </ul>
          </>
        )}
        <Notice tone="pending" title="À compléter par l’organisme qui exploite le portail">
          <ul>
            <li>son nom, son adresse et son numéro de téléphone ;</li>
            <li>le nom de la personne directrice de la publication ;</li>
            <li>le nom, l’adresse et le téléphone de l’hébergeur.</li>
          </ul>
          <p>Le portail ne connaît pas ces informations et n’en invente pas.</p>
        </Notice>
      </Section>
      <Section title="Contenu" id="contenu-publie">
        <p>
          Les décisions et les procès-verbaux publiés ici sont ceux que le comité a adoptés. Un procès-verbal publié
          n’est jamais modifié : une erreur se corrige par un nouvel acte, visible à côté du premier.
        </p>
      </Section>
      <Section title="Logiciel" id="logiciel">
        <p>
          Ce portail est un logiciel libre, sous licence EUPL 1.2. Les caractères Atkinson Hyperlegible Next et Source
          Serif 4 sont sous licence SIL Open Font 1.1.
        </p>
      </Section>
      <Section title="Cookies" id="cookies">
        <p>
          Aucun cookie n’est déposé quand vous lisez les pages publiques. La connexion dépose un cookie de session. Un
          second, gardé une journée au plus, permet de retrouver un formulaire quand la session s’est terminée pendant
          la saisie. Il n’y a ni mesure d’audience ni publicité.
        </p>
      </Section>
    </SitePage>
  );
}
