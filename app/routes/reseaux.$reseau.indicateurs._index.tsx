import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { isEntered } from "~/domain/indicator/dictionary";
import { NETWORK } from "~/domain/statistics/release/frozen-year";
import { findCell } from "~/domain/statistics/release/published-year";
import { formatDate, NBSP } from "~/documents/french";
import { AUDIENCE_WORDS, tellSecrecy, tellVintage, unitWords, writeCell, writeRate } from "~/documents/release-words";
import { loadConsolidatedView } from "~/features/releases/view.server";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { InventedFigures } from "~/ui/demo-notice";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Indicateurs, ${view.networkName}` : "Indicateurs" },
];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const view = await loadConsolidatedView(getDb(), network.id, actor, new URL(args.request.url).searchParams);
  const { current, publications } = view;
  const content = current?.content;
  const shown = content?.dictionary.indicators ?? [];
  const rowsOf = (section: string) =>
    shown
      .filter((indicator) => indicator.section === section)
      .map((indicator) => {
        const cell = content ? findCell(content, NETWORK, indicator.code) : null;
        return {
          ...{ code: indicator.code, label: indicator.label, unit: unitWords(indicator) },
          isDerived: !isEntered(indicator),
          told: writeCell(indicator, cell),
          isSecret: cell?.status === "suppressed",
          rate: content ? writeRate(content, indicator, cell) : "",
          members: cell?.members ?? null,
        };
      });
  return data(
    {
      networkName: network.name,
      isDemo: network.isDemo,
      root: `/reseaux/${network.slug}`,
      ...{ audience: view.audience, isMember: view.isMember, mayPublish: view.mayPublish },
      years: publications.map(({ content: { year } }) => year),
      current:
        current && content
          ? {
              number: current.number,
              publishedOn: dateOf(parisLocalAt(new Date(current.publishedAt))),
              year: content.year,
              members: content.members.map(({ shortName }) => shortName),
              secrecy: tellSecrecy(content),
              vintage: tellVintage(content),
              version: content.dictionary.version,
              sections: [...new Set(shown.map(({ section }) => section))].map((title) => ({
                title,
                rows: rowsOf(title),
              })),
            }
          : null,
    },
    publicCaching(viewer),
  );
}

export default function IndicatorsPage() {
  const { root, isDemo, audience, isMember, mayPublish, years, current } = useLoaderData<typeof loader>();
  const view = audience === "public" && isMember ? "&vue=public" : "";
  const exportQuery = audience === "public" && isMember ? "?vue=public" : "";
  return (
    <Page
      title="Indicateurs du réseau"
      lead="L’activité des CCAS sur des critères communs, sans que personne puisse y être reconnu."
    >
      <IndicatorsNav isMember={isMember} mayPublish={mayPublish} />
      {isDemo && <InventedFigures />}
      {isMember && (
        <p>
          Vous lisez la publication pour {AUDIENCE_WORDS[audience]}.{" "}
          {audience === "members" ? (
            <Link to="?vue=public">Lire celle du public</Link>
          ) : (
            <Link to="?">Lire celle des membres</Link>
          )}
        </p>
      )}
      {current === null ? (
        <EmptyState>
          <p>
            Aucune publication {audience === "public" ? "pour le public" : "pour les membres"} pour le moment. Les
            indicateurs d’une année paraissent ici quand le recueil est clos et que le secrétariat du CCAS pilote les a
            publiés.
          </p>
          {mayPublish && (
            <p>
              <Link to={`${root}/indicateurs/publications`}>Préparer une publication</Link>
            </p>
          )}
        </EmptyState>
      ) : (
        <>
          {years.length > 1 && (
            <nav className="money-nav" aria-label="Année">
              <ul>
                {years.map((year) => (
                  <li key={year}>
                    <Link to={`?annee=${year}${view}`} aria-current={year === current.year ? "page" : undefined}>
                      {year}
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          <p>
            Année {current.year}, publication n°{NBSP}
            {current.number} du {formatDate(current.publishedOn)}, version {current.version} du dictionnaire. CCAS
            réunis{NBSP}: {current.members.join(", ")}.
          </p>
          <p className="small">{current.secrecy}</p>
          <p className="small">{current.vintage}</p>
          {current.sections.map(({ title, rows }) => (
            <Section key={title} title={title}>
              <Table
                caption={`${title}, ${current.year}`}
                captionHidden
                rows={rows}
                rowKey={({ code }) => code}
                columns={[
                  {
                    key: "label",
                    label: "Indicateur",
                    heading: true,
                    cell: ({ code, label }) => (
                      <Link to={`${root}/indicateurs/${code}?annee=${current.year}${view}`}>{label}</Link>
                    ),
                  },
                  { key: "unit", label: "Unité", cell: ({ unit }) => unit },
                  {
                    key: "told",
                    label: "Réseau",
                    number: true,
                    cell: ({ told, isSecret }) => (isSecret ? <span className="secret">{told}</span> : told),
                  },
                  { key: "rate", label: "Pour 1 000 hab.", number: true, cell: ({ rate }) => rate },
                  {
                    key: "members",
                    label: "CCAS",
                    number: true,
                    cell: ({ members }) => (members === null ? "" : `${members} sur ${current.members.length}`),
                  },
                ]}
              />
            </Section>
          ))}
          <Section title="Reprendre ces données">
            <p>
              Toutes les années publiées, avec le dictionnaire, le millésime, le statut de chaque case et le numéro de
              publication{NBSP}: <a href={`${root}/indicateurs.csv${exportQuery}`}>tableau (CSV)</a>,{" "}
              <a href={`${root}/indicateurs.ods${exportQuery}`}>classeur (ODS)</a>,{" "}
              <a href={`${root}/indicateurs.json${exportQuery}`}>données (JSON)</a>.
            </p>
          </Section>
        </>
      )}
    </Page>
  );
}
