import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { count, formatOfPlace } from "~/documents/french";
import { getDb } from "~/services/db.server";
import { listNetworkCommunes } from "~/services/figures-record.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { EmptyState, Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Fiches communales" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const communes = await listNetworkCommunes(getDb(), network.id);
  return data(
    { root: `/reseaux/${network.slug}`, communes: communes.map(({ code, name }) => ({ code, name })) },
    publicCaching(viewer),
  );
}

export default function CommunesPage() {
  const { root, communes } = useLoaderData<typeof loader>();
  const home = `${root}/observatoire/communes`;
  return (
    <Page
      title="Fiches communales"
      lead={`${count(communes.length, "commune", "communes")}. Une fiche met tous les chiffres d’une commune à côté de ceux du réseau, du département et de la France.`}
    >
      <ObservatoryNav root={root} />
      {communes.length === 0 ? (
        <EmptyState>
          <p>
            Aucun CCAS du réseau n’a de code INSEE de commune&nbsp;: l’administration le renseigne sur la page de
            l’organisme.
          </p>
        </EmptyState>
      ) : (
        <ul className="columns">
          {communes.map(({ code, name }) => (
            <li key={code}>
              <Link to={`${home}/${code}`}>{name}</Link> (
              <a href={`${home}/${code}.pdf`}>
                PDF<span className="visually-hidden"> {formatOfPlace(name)}</span>
              </a>
              )
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
