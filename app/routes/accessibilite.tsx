import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { listNetworks } from "~/features/public-site/queries.server";
import { findViewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { publicCaching } from "~/services/public-cache.server";
import { Section } from "~/ui/page";
import { SitePage } from "~/ui/site-page";

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const meta: MetaFunction = () => [{ title: "Accessibilité – Portail des réseaux de CCAS" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const networks = await listNetworks(getDb());
  return data(
    { networks: networks.map(({ slug, name, lead }) => ({ slug, name, lead })) },
    publicCaching(await findViewer(request, context)),
  );
}

export default function AccessibilityPage() {
  const { networks } = useLoaderData<typeof loader>();
  return (
    <SitePage
      title="Déclaration d’accessibilité"
      lead="Accessibilité : partiellement conforme. Cette déclaration est une auto-évaluation ; aucun audit indépendant n’a été fait."
    >
      <Section title="État de conformité" id="etat">
        <p>
          Ce portail est <strong>partiellement conforme</strong> au référentiel général d’amélioration de
          l’accessibilité (RGAA 4.1). C’est l’estimation de ses auteurs. L’organisme qui exploite le portail doit faire
          réaliser un audit, puis publier ici son résultat et son taux de conformité.
        </p>
      </Section>
      <Section title="Ce qui a été vérifié" id="verifie">
        <ul>
          <li>
            Un outil automatique (axe-core) parcourt les pages, en clair, en sombre et sur un écran étroit. Un tel outil
            ne trouve qu’une partie des défauts.
          </li>
          <li>Les pages et les formulaires fonctionnent sans JavaScript et au clavier.</li>
          <li>Les contrastes des textes ont été calculés, en clair et en sombre.</li>
          <li>Chaque graphique est accompagné d’une phrase et d’un tableau qui disent la même chose.</li>
        </ul>
      </Section>
      <Section title="Ce qui n’est pas accessible, ou pas vérifié" id="defauts">
        <ul>
          <li>
            Aucun essai n’a été mené avec des personnes qui utilisent un lecteur d’écran ou une autre aide technique.
          </li>
          <li>
            Les documents déposés par les membres (devis, courriers numérisés) peuvent ne pas être accessibles. Demandez
            une autre version au CCAS pilote.
          </li>
          <li>
            Les procès-verbaux en PDF sont balisés lorsque le serveur le permet. La version de référence est la page du
            procès-verbal, qui dit la même chose.
          </li>
          <li>Les tableaux larges défilent dans leur propre cadre sur un petit écran.</li>
          <li>
            Pendant une séance ouverte, l’actualisation automatique de la page peut gêner un lecteur d’écran ; recharger
            la page donne la même information.
          </li>
        </ul>
      </Section>
      <Section title="Nous écrire" id="contact">
        <p>
          Si une page ou un document vous est inaccessible, écrivez au CCAS pilote du réseau concerné : il doit vous
          donner l’information autrement.
        </p>
        {networks.length > 0 && (
          <ul>
            {networks.map(({ slug, name, lead }) => (
              <li key={slug}>
                <Link to={`/reseaux/${slug}#contact`}>{name}</Link> : {lead}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Voies de recours" id="recours">
        <p>
          Vous avez signalé un défaut et n’avez pas obtenu de réponse satisfaisante ? Vous pouvez saisir le Défenseur
          des droits :
        </p>
        <ul>
          <li>
            par le formulaire en ligne :{" "}
            <a href="https://formulaire.defenseurdesdroits.fr/" rel="noopener">
              formulaire.defenseurdesdroits.fr
            </a>
          </li>
          <li>auprès d’une déléguée ou d’un délégué près de chez vous ;</li>
          <li>par courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.</li>
        </ul>
      </Section>
    </SitePage>
  );
}
