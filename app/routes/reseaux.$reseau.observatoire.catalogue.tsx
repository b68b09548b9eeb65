import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { INDICATORS } from "~/domain/observatory/catalogue";
import { THEMES, type ThemeCode } from "~/domain/observatory/indicator";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { DataLinks } from "~/ui/data-links";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Definitions, Page, Section } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Catalogue des indicateurs" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  return data({ root: `/reseaux/${network.slug}` }, publicCaching(viewer));
}

export default function CataloguePage() {
  const { root } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Catalogue des indicateurs"
      lead={`${INDICATORS.length} indicateurs : ce qu’ils mesurent, comment ils sont calculés, et ce qu’il faut savoir avant de les citer.`}
    >
      <ObservatoryNav root={root} />
      <DataLinks root={root} />
      {(Object.keys(THEMES) as ThemeCode[]).map((theme) => (
        <Section key={theme} title={THEMES[theme]} id={theme}>
          {INDICATORS.filter((indicator) => indicator.theme === theme).map((indicator) => (
            <article key={indicator.code} id={indicator.code}>
              <h3>
                <Link to={`${root}/observatoire/indicateurs/${indicator.code}`}>{indicator.label}</Link>
              </h3>
              <p>{indicator.definition}</p>
              <Definitions
                entries={[
                  ...(indicator.unit === "" ? [] : [{ term: "Unité", detail: indicator.unit }]),
                  ...(indicator.numerator === null
                    ? [{ term: "Calcul", detail: "publié tel quel par le producteur ; ni somme, ni moyenne" }]
                    : [{ term: "Numérateur", detail: indicator.numerator }]),
                  ...(indicator.denominator === null ? [] : [{ term: "Dénominateur", detail: indicator.denominator }]),
                  { term: "Source", detail: indicator.source },
                  ...indicator.breaks.map(({ before, after, reason }) => ({
                    term: `Rupture entre ${before} et ${after}`,
                    detail: reason,
                  })),
                  ...(indicator.caution === null ? [] : [{ term: "Précaution", detail: indicator.caution }]),
                ]}
              />
            </article>
          ))}
        </Section>
      ))}
    </Page>
  );
}
