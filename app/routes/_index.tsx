import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { capacitiesIn } from "~/domain/access/permissions";
import { enumerate } from "~/documents/french";
import { listNetworks } from "~/features/public-site/queries.server";
import { findViewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { publicCaching } from "~/services/public-cache.server";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Section } from "~/ui/page";
import { SitePage } from "~/ui/site-page";
import { Tag } from "~/ui/status";

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const meta: MetaFunction = () => [
  { title: "Portail des réseaux de CCAS" },
  {
    name: "description",
    content:
      "Ce que des communes voisines décident ensemble pour l’action sociale : réunions, décisions, comptes rendus.",
  },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await findViewer(request, context);
  const networks = await listNetworks(getDb());
  return data(
    {
      isSignedIn: viewer !== null,
      isAdministrator: viewer?.isAdministrator ?? false,
      networks: networks.map(({ id, ...network }) => ({
        ...network,
        isMine: viewer !== null && capacitiesIn(viewer, id).size > (viewer.isAdministrator ? 2 : 1),
      })),
    },
    publicCaching(viewer),
  );
}

export default function HomePage() {
  const { isSignedIn, isAdministrator, networks } = useLoaderData<typeof loader>();
  return (
    <SitePage
      title="Ce que des communes décident ensemble pour l’action sociale"
      lead="Ici, on lit qui décide, quand, ce qui est décidé et ce que cela coûte."
    >
      <Section title="Les réseaux" id="reseaux">
        {networks.length === 0 ? (
          <EmptyState>
            <p>Aucun réseau n’est encore ouvert dans ce portail.</p>
            {isAdministrator && (
              <p>
                <Link to="/administration">Créer le premier réseau</Link>
              </p>
            )}
          </EmptyState>
        ) : (
          <ul className="network-list">
            {networks.map((network) => (
              <li key={network.slug}>
                <h3>
                  <Link to={`/reseaux/${network.slug}`}>{network.name}</Link>{" "}
                  {network.isDemo && <Tag tone="pending">Démonstration</Tag>}{" "}
                  {network.isMine && <Tag tone="info">Votre réseau</Tag>}
                </h3>
                <p>{network.members.length > 0 ? enumerate(network.members) : "Le comité n’est pas encore composé."}</p>
                <p className="small soft">Pilote : {network.lead}</p>
                <p>
                  <Link to={`/reseaux/${network.slug}/decisions`}>Décisions</Link>
                  {" · "}
                  <Link to={`/reseaux/${network.slug}/proces-verbaux`}>Procès-verbaux</Link>
                  {" · "}
                  <Link to={`/reseaux/${network.slug}/seances`}>Réunions</Link>
                  {" · "}
                  <Link to={`/reseaux/${network.slug}/observatoire`}>Observatoire</Link>
                </p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Les mots pour comprendre" id="mots">
        <dl className="words">
          <div>
            <dt>Un CCAS</dt>
            <dd>
              C’est le centre communal d’action sociale. Chaque CCAS aide les habitantes et les habitants de sa commune.
            </dd>
          </div>
          <div>
            <dt>Un réseau</dt>
            <dd>Ce sont plusieurs CCAS qui travaillent ensemble. Ils ont signé une convention : un accord écrit.</dd>
          </div>
          <div>
            <dt>Le comité de pilotage</dt>
            <dd>C’est le groupe qui décide pour le réseau. Chaque CCAS y a un siège. Le Département aussi.</dd>
          </div>
          <div>
            <dt>Le quorum</dt>
            <dd>C’est le nombre de sièges qui doivent être présents. Sans quorum, le comité ne peut pas voter.</dd>
          </div>
          <div>
            <dt>Le procès-verbal</dt>
            <dd>C’est le compte rendu officiel d’une réunion. Il est publié ici. Ensuite, il ne change plus.</dd>
          </div>
        </dl>
      </Section>
      {!isSignedIn && (
        <Section title="Vous êtes membre d’un réseau ?" id="membres">
          <p>Connectez-vous pour répondre à une convocation, voter ou relire un procès-verbal.</p>
          <ButtonLink to="/connexion">Se connecter</ButtonLink>
        </Section>
      )}
    </SitePage>
  );
}
