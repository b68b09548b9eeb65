import { data, redirect, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { count, formatDate, formatDateTime, formatLongDate } from "~/documents/french";
import { dateOf } from "~/domain/kernel/paris-time";
import { clockSentence, STATE_LABELS } from "~/features/minutes/messages.fr";
import { listPending, listPublished, PAGE_SIZE, PENDING_PAGE_SIZE } from "~/features/minutes/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { Button } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Procès-verbaux" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const { searchParams } = new URL(args.request.url);
  const words = (searchParams.get("q") ?? "").trim();
  if (words !== "") {
    const query = new URLSearchParams({ q: words, nature: "proces-verbaux" });
    throw redirect(`/reseaux/${network.slug}/recherche?${query.toString()}`);
  }
  const page = readPage(searchParams.get("page"));
  const pendingPage = readPage(searchParams.get("preparation"));
  const published = await listPublished(getDb(), network.id, page);
  const seesDrafts = viewer !== null && can(actor, "minutes.read-draft", { networkId: network.id, state: "draft" });
  const pending = seesDrafts
    ? await listPending(getDb(), network.id, today(systemClock), pendingPage)
    : { entries: [], total: 0 };
  return data(
    {
      root: `/reseaux/${network.slug}/proces-verbaux`,
      searchAddress: `/reseaux/${network.slug}/recherche`,
      networkName: network.name,
      page,
      pages: Math.max(1, Math.ceil(published.total / PAGE_SIZE)),
      published: published.entries.map((entry) => ({
        ...entry,
        meetingDate: formatLongDate(entry.meetingDate),
        publishedOn: formatDate(dateOf(entry.publishedAt)),
      })),
      pendingPage,
      pendingPages: Math.max(1, Math.ceil(pending.total / PENDING_PAGE_SIZE)),
      pendingTotal: pending.total,
      pending: pending.entries.map(({ clock, startsAt, ...entry }) => ({
        ...entry,
        startsAt: formatDateTime(startsAt),
        clock: clock === null ? null : clockSentence(clock),
        isOverdue: clock?.status === "overdue",
      })),
    },
    publicCaching(viewer),
  );
}

function readPage(text: string | null): number {
  return Math.max(1, Math.min(10_000, Math.trunc(Number(text ?? 1)) || 1));
}

export default function MinutesListPage() {
  const { root, searchAddress, networkName, page, pages, published, pending, ...rest } = useLoaderData<typeof loader>();
  const { pendingPage, pendingPages, pendingTotal } = rest;
  return (
    <Page title="Procès-verbaux" lead={`Ce que le comité du ${networkName} a examiné et décidé, séance par séance.`}>
      {pendingTotal > 0 && (
        <Section title="En préparation" id="en-preparation">
          <ul className="plain-list">
            {pending.map((entry) => (
              <li key={entry.number}>
                <Link to={`${root}/${entry.number}`}>
                  N° {entry.number}, {entry.title}
                </Link>{" "}
                <Tag tone={entry.isOverdue ? "missed" : "pending"}>{STATE_LABELS[entry.state]}</Tag>
                <br />
                {entry.startsAt}
                {entry.clock && (
                  <>
                    <br />
                    <span className="small">{entry.clock}</span>
                  </>
                )}
              </li>
            ))}
          </ul>
          {pendingPages > 1 && (
            <nav aria-label="Procès-verbaux en préparation" className="row">
              {pendingPage > 1 && <Link to={`${root}?preparation=${pendingPage - 1}`}>Séances plus anciennes</Link>}
              <span>
                {count(pendingTotal, "procès-verbal", "procès-verbaux")} en préparation, page {pendingPage} sur{" "}
                {pendingPages}
              </span>
              {pendingPage < pendingPages && (
                <Link to={`${root}?preparation=${pendingPage + 1}`}>Séances plus récentes</Link>
              )}
            </nav>
          )}
        </Section>
      )}
      <Section title="Publiés" id="publies">
        <Form method="get" action={searchAddress} className="search" role="search">
          <input type="hidden" name="nature" value="proces-verbaux" />
          <div className="field">
            <label htmlFor="q">Chercher dans les procès-verbaux publiés</label>
            <input type="search" id="q" name="q" maxLength={200} />
          </div>
          <Button look="quiet">Chercher</Button>
        </Form>
        {published.length === 0 && (
          <EmptyState>
            <p>
              Les procès-verbaux paraîtront ici dès leur publication, dans la semaine qui suit la séance où le comité
              les a arrêtés.
            </p>
          </EmptyState>
        )}
        {published.length > 0 && (
          <ul className="plain-list">
            {published.map((entry) => (
              <li key={entry.number}>
                <Link to={`${root}/${entry.number}`}>{entry.title}</Link>
                <br />
                <span className="small soft">Publié le {entry.publishedOn}</span>
              </li>
            ))}
          </ul>
        )}
        {pages > 1 && (
          <nav aria-label="Pages" className="row">
            {page > 1 && <Link to={`${root}?page=${page - 1}`}>Plus récents</Link>}
            <span>
              Page {page} sur {pages}
            </span>
            {page < pages && <Link to={`${root}?page=${page + 1}`}>Plus anciens</Link>}
          </nav>
        )}
      </Section>
    </Page>
  );
}
