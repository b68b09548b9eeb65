import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { formatDate } from "~/documents/french";
import { can } from "~/domain/access/permissions";
import { presentationWindow } from "~/domain/needs-analysis/legal-clock";
import { yearOf } from "~/domain/kernel/plain-date";
import { listReports } from "~/features/needs-analysis/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ButtonLink } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { EmptyState, Page } from "~/ui/page";
import { Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Analyse des besoins sociaux" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const scope = { networkId: network.id };
  const mayReadDrafts = can(actor, "analysis.read", scope);
  const reports = (await listReports(getDb(), network.id)).filter(
    ({ status }) => mayReadDrafts || status === "adopted",
  );
  return data(
    {
      root: `/reseaux/${network.slug}`,
      mayStart: can(actor, "analysis.manage", scope),
      reports: reports.map(({ id, title, renewalYear, status, adoptedOn }) => ({
        ...{ id, title, status },
        year: yearOf(presentationWindow(renewalYear).from),
        adoptedOn: adoptedOn === null ? null : formatDate(adoptedOn),
      })),
    },
    publicCaching(viewer),
  );
}

export default function ReportsPage() {
  const { root, mayStart, reports } = useLoaderData<typeof loader>();
  const home = `${root}/observatoire/analyse`;
  return (
    <Page
      title="Analyse des besoins sociaux"
      lead="Chaque CCAS en doit une à son conseil d’administration pendant l’année civile qui suit le renouvellement général des conseils municipaux (CASF, art. R.123-1). Le réseau l’écrit en commun."
      actions={mayStart && <ButtonLink to={`${home}/nouvelle`}>Ouvrir une analyse</ButtonLink>}
    >
      <ObservatoryNav root={root} />
      {reports.length === 0 ? (
        <EmptyState>
          <p>Aucun rapport n’est adopté. Il paraîtra ici, avec ses chiffres et leurs sources, dès son adoption.</p>
        </EmptyState>
      ) : (
        <ul className="report-list">
          {reports.map(({ id, title, status, year, adoptedOn }) => (
            <li key={id}>
              <Link to={`${home}/${id}`}>{title}</Link>, à présenter en {year}{" "}
              <Tag tone={status === "adopted" ? "reached" : "pending"}>
                {adoptedOn === null ? "en préparation" : `adoptée le ${adoptedOn}`}
              </Tag>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
