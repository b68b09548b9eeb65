import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { findIndicator } from "~/domain/observatory/catalogue";
import { getEnv } from "~/services/env.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { chartQuery } from "~/ui/observatory/chart-links";
import { readChartState } from "~/ui/observatory/chart-state";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Intégrer un graphique" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const indicator = findIndicator(args.params["code"] ?? "");
  if (!indicator) throw notFound();
  const { view, period, order } = readChartState(args.request.url);
  const query = chartQuery({ code: indicator.code, view, period, order });
  const root = `/reseaux/${network.slug}`;
  return data(
    {
      root,
      label: indicator.label,
      chart: `${root}/observatoire/indicateurs/${indicator.code}${query}`,
      address: `${getEnv().publicUrl}${root}/observatoire/integrer/${indicator.code}${query}`,
    },
    publicCaching(viewer),
  );
}

export default function EmbedPage() {
  const { root, label, chart, address } = useLoaderData<typeof loader>();
  const snippet = `<iframe src="${address.replaceAll("&", "&amp;")}" title="${label}" width="100%" height="760" loading="lazy"></iframe>`;
  return (
    <Page
      title={`Intégrer « ${label} » dans un site`}
      lead="Copiez ces lignes dans une page du site de la commune. Le graphique y suivra les millésimes importés ici, sans traceur ni script."
      crumbs={[{ label, to: chart }]}
    >
      <ObservatoryNav root={root} />
      <div className="field">
        <label htmlFor="code">Code à copier</label>
        <textarea id="code" readOnly rows={4} defaultValue={snippet} />
      </div>
      <p>
        <a href={address}>Voir ce que le site montrera</a>
      </p>
    </Page>
  );
}
