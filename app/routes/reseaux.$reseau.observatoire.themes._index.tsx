import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { INDICATORS } from "~/domain/observatory/catalogue";
import { THEMES, type ThemeCode } from "~/domain/observatory/indicator";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page, Section } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Thèmes de l’observatoire" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const themes = (Object.keys(THEMES) as ThemeCode[]).map((theme) => ({
    theme,
    label: THEMES[theme],
    indicators: INDICATORS.filter((indicator) => indicator.theme === theme).map(({ code, label }) => ({ code, label })),
  }));
  return data({ root: `/reseaux/${network.slug}`, themes, total: INDICATORS.length }, publicCaching(viewer));
}

export default function ThemesPage() {
  const { root, themes, total } = useLoaderData<typeof loader>();
  const home = `${root}/observatoire`;
  return (
    <Page title="Thèmes" lead={`${total} indicateurs, rangés en ${themes.length} thèmes.`}>
      <ObservatoryNav root={root} />
      {themes.map(({ theme, label, indicators }) => (
        <Section key={theme} title={label} id={theme}>
          <p>
            <Link to={`${home}/themes/${theme}`}>Lire le thème</Link>
          </p>
          <ul className="columns">
            {indicators.map(({ code, label: name }) => (
              <li key={code}>
                <Link to={`${home}/indicateurs/${code}`}>{name}</Link>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </Page>
  );
}
