import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { ChartModel } from "~/documents/chart-model";
import { count } from "~/documents/french";
import { columnsOf, indicatorRow } from "~/documents/indicator-table";
import { THEMES, type ThemeCode } from "~/domain/observatory/indicator";
import { countPublicAdditions } from "~/features/observatory/observations.server";
import { loadPortrait, MOST_COLUMNS } from "~/features/observatory/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ChartFigure } from "~/ui/charts/chart-figure";
import { chartLinks, type ChartAddress } from "~/ui/observatory/chart-links";
import { IndicatorTable } from "~/ui/observatory/indicator-table";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Portrait du territoire, ${view.networkName}` : "Portrait du territoire" },
];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const { territory, readings, map, trend, ages, comparisons } = await loadPortrait(getDb(), network.id);
  const columns = columnsOf(
    territory.places.map(({ place }) => place),
    MOST_COLUMNS,
  );
  const rows = [...readings.values()].flatMap((reading) => {
    const row = indicatorRow(reading, columns);
    return row ? [{ theme: reading.indicator.theme, row }] : [];
  });
  const themesKnown = rows.length > 0;
  return data(
    {
      networkName: network.name,
      root: `/reseaux/${network.slug}`,
      communes: territory.communes.length,
      populationFinding: trend?.finding ?? null,
      lacksPopulation: themesKnown && trend === null && map?.code !== "population-municipale",
      columns,
      themes: (Object.keys(THEMES) as ThemeCode[]).flatMap((theme) => {
        const own = rows.filter((row) => row.theme === theme).map(({ row }) => row);
        return own.length === 0 ? [] : [{ theme, label: THEMES[theme], rows: own }];
      }),
      charts: [
        ...(map ? withAddress(map.model, { code: map.code, view: "carte" }) : []),
        ...withAddress(trend, { code: "population-municipale", view: "evolution" }),
        ...(ages ? [{ model: ages, address: null }] : []),
        ...comparisons.flatMap((model) =>
          withAddress(model, { code: model.id.replace("comparaison-", ""), view: "comparaison" }),
        ),
      ],
      additions: await countPublicAdditions(getDb(), network.id),
    },
    publicCaching(viewer),
  );
}

function withAddress(model: ChartModel | null, address: ChartAddress) {
  return model ? [{ model, address }] : [];
}

export default function PortraitPage() {
  const { root, communes, populationFinding, lacksPopulation, columns, themes, charts, additions } =
    useLoaderData<typeof loader>();
  const home = `${root}/observatoire`;
  return (
    <Page
      title="Portrait du territoire"
      lead={
        populationFinding
          ? `${count(communes, "commune", "communes")}. ${populationFinding}.`
          : `${count(communes, "commune", "communes")}, d’après les statistiques publiques.`
      }
    >
      <ObservatoryNav root={root} />
      {themes.length === 0 ? (
        <EmptyState>
          <p>
            Aucun chiffre n’a encore été importé pour ces communes. Le portrait se compose de lui-même dès que le
            secrétariat a importé les fichiers nationaux (populations, comparateur de territoires, Filosofi)&nbsp;:{" "}
            <Link to={`${home}/donnees`}>sources et import</Link>.
          </p>
        </EmptyState>
      ) : (
        <>
          {lacksPopulation && (
            <Notice tone="info" title="Sans les populations de référence">
              <p>
                Le fichier national des populations de l’INSEE n’est pas importé pour ces communes&nbsp;: ni leur
                population, ni son évolution, ni les rapports aux habitants ne sont montrés.{" "}
                <Link to={`${home}/donnees`}>Sources importées</Link>
              </p>
            </Notice>
          )}
          <div className="chart-grid">
            {charts.map(({ model, address }) => (
              <ChartFigure
                key={model.id}
                model={model as ChartModel}
                {...(address ? { links: chartLinks(home, address as ChartAddress) } : {})}
              />
            ))}
          </div>
          <h2 id="chiffres">Tous les chiffres</h2>
          <p>
            La dernière période connue de chaque indicateur. <span className="figure-secret">secret statistique</span>
            &nbsp;: le producteur ne publie pas la valeur, pour qu’on ne reconnaisse personne&nbsp;; elle n’est ni nulle
            ni estimée. «&nbsp;Ne s’additionne pas&nbsp;»&nbsp;: une médiane ou un rapport de plusieurs communes ne se
            recalcule pas. «&nbsp;Non disponible&nbsp;»&nbsp;: aucun des{" "}
            <Link to={`${home}/donnees`}>fichiers importés</Link> ne donne ce chiffre.
          </p>
          {themes.map(({ theme, label, rows }) => (
            <section className="section" key={theme} aria-labelledby={`theme-${theme}`}>
              <h3 id={`theme-${theme}`}>
                <Link to={`${home}/themes/${theme}`}>{label}</Link>
              </h3>
              <IndicatorTable caption={label} columns={columns} rows={rows} home={home} />
            </section>
          ))}
        </>
      )}
      <Section title="Ce que le réseau ajoute" id="reseau">
        <ul>
          <li>
            <Link to={`${root}/indicateurs`}>Activité des CCAS</Link>&nbsp;: les indicateurs partagés, protégés par le
            secret statistique
          </li>
          <li>
            <Link to={`${home}/observations`}>Observations de terrain</Link>&nbsp;:{" "}
            {count(additions.observations, "observation publiée", "observations publiées")}
          </li>
          <li>
            <Link to={`${home}/analyse`}>Analyse des besoins sociaux</Link>&nbsp;:{" "}
            {count(additions.reports, "rapport adopté", "rapports adoptés")}
          </li>
          <li>
            <Link to={`${root}/seances`}>Séances du comité</Link>
          </li>
        </ul>
      </Section>
    </Page>
  );
}
