import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import type { ExcerptPart } from "~/domain/search/words";
import { count, formatDate } from "~/documents/french";
import { refreshIndex } from "~/features/search/index.server";
import { PAGE_SIZE, search } from "~/features/search/queries.server";
import { ENTRY_KINDS, KIND_LABELS, KIND_WORDS, readKind, searchableAccesses } from "~/features/search/readers";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { Button } from "~/ui/forms";
import { LibraryNav } from "~/ui/library/library-nav";
import { Page } from "~/ui/page";
import { Pager, readPage } from "~/ui/pager";
import { Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.text ? `« ${data.text} » – Recherche` : "Recherche" },
];

/** Drawn anew each time: anybody could fill the memory with words. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  const { searchParams } = new URL(args.request.url);
  const text = (searchParams.get("q") ?? "").trim().slice(0, 200);
  const kind = readKind(searchParams.get("nature") ?? "");
  const asked = searchParams.get("annee") ?? "";
  const year = /^\d{4}$/.test(asked) ? Number(asked) : null;
  const page = readPage(searchParams);
  const scope = { networkId: network.id };
  const isMember = can(actor, "library.read", scope);
  const seesArchives = can(actor, "archive.read", scope);
  const base = {
    root: `/reseaux/${network.slug}`,
    networkName: network.name,
    isMember,
    seesArchives,
    text,
    kind,
    year,
    page,
    pageSize: PAGE_SIZE,
  };
  if (text === "") return { ...base, found: null };
  await refreshIndex(getDb(), network.id);
  const accesses = searchableAccesses(actor, network.id);
  const { byKind, ...found } = await search(getDb(), network.id, { text, kind, year, accesses, page });
  return {
    ...base,
    found: { ...found, byKind: ENTRY_KINDS.map((one) => ({ kind: one, count: byKind.get(one) ?? 0 })) },
  };
}

export default function SearchPage() {
  const { root, networkName, isMember, seesArchives, text, kind, year, page, pageSize, found } =
    useLoaderData<typeof loader>();
  const here = `${root}/recherche`;
  const addressOf = (change: { readonly kind?: string | null; readonly page?: number }): string => {
    const nature = change.kind === undefined ? (kind === null ? null : KIND_WORDS[kind]) : change.kind;
    const query = new URLSearchParams({ q: text });
    if (nature !== null) query.set("nature", nature);
    if (year !== null) query.set("annee", String(year));
    if (change.page !== undefined && change.page > 1) query.set("page", String(change.page));
    return `${here}?${query.toString()}`;
  };
  const everything = found?.byKind.reduce((total, each) => total + each.count, 0) ?? 0;
  return (
    <Page
      title="Recherche"
      lead={`Dans les procès-verbaux, décisions, ordres du jour, documents et conventions du ${networkName} que vous pouvez lire.`}
    >
      <LibraryNav root={root} isMember={isMember} seesArchives={seesArchives} />
      <Form method="get" className="search" role="search">
        <div className="field">
          <label htmlFor="q">Mots à chercher</label>
          <input type="search" id="q" name="q" defaultValue={text} maxLength={200} />
        </div>
        <div className="field search-narrow">
          <label htmlFor="nature">Dans</label>
          <select id="nature" name="nature" defaultValue={kind === null ? "" : KIND_WORDS[kind]}>
            <option value="">Tout</option>
            {ENTRY_KINDS.map((one) => (
              <option key={one} value={KIND_WORDS[one]}>
                {KIND_LABELS[one]}
              </option>
            ))}
          </select>
        </div>
        <div className="field search-narrow">
          <label htmlFor="annee">Année</label>
          <input
            id="annee"
            name="annee"
            inputMode="numeric"
            maxLength={4}
            defaultValue={year ?? ""}
            list={found ? "annees" : undefined}
          />
          {found && (
            <datalist id="annees">
              {found.years.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </div>
        <Button>Chercher</Button>
      </Form>
      {found === null ? (
        <p className="soft">
          Tous les mots doivent s’y trouver ; les accents, la casse et le pluriel ne comptent pas, et le début d’un mot
          suffit. Un PDF se trouve par son titre et sa note.
        </p>
      ) : !found.hasWords ? (
        <p role="status">Ces mots sont trop courants pour chercher : ajoutez-en un qui dise de quoi il s’agit.</p>
      ) : (
        <>
          <p role="status">
            {found.total === 0
              ? `Rien ne contient « ${text} »${year === null ? "" : ` en ${year}`}. Essayez moins de mots, ou le début d’un mot.`
              : `${count(found.total, "résultat", "résultats")} pour « ${text} »${year === null ? "" : ` en ${year}`}.`}
          </p>
          {everything > 0 && (
            <nav className="row" aria-label="Résultats par nature">
              <Link to={addressOf({ kind: null })} aria-current={kind === null ? "page" : undefined}>
                Tout ({everything})
              </Link>
              {found.byKind
                .filter((each) => each.count > 0)
                .map((each) => (
                  <Link
                    key={each.kind}
                    to={addressOf({ kind: KIND_WORDS[each.kind] })}
                    aria-current={kind === each.kind ? "page" : undefined}
                  >
                    {KIND_LABELS[each.kind]} ({each.count})
                  </Link>
                ))}
            </nav>
          )}
          <ol className="plain-list">
            {found.entries.map((entry) => (
              <li key={`${entry.kind} ${entry.path} ${entry.title[0]?.text ?? ""}`}>
                <Link to={`${root}/${entry.path}`}>
                  <Marked parts={entry.title} />
                </Link>{" "}
                <Tag>{KIND_LABELS[entry.kind]}</Tag>
                <br />
                <span className="small soft">{formatDate(entry.datedOn)}</span>
                {entry.excerpt && (
                  <p className="small">
                    <Marked parts={entry.excerpt} />
                  </p>
                )}
              </li>
            ))}
          </ol>
          <Pager
            page={page}
            pageSize={pageSize}
            total={found.total}
            addressOf={(wanted) => addressOf({ page: wanted })}
          />
        </>
      )}
    </Page>
  );
}

function Marked({ parts }: { readonly parts: readonly ExcerptPart[] }) {
  return <>{parts.map((part, index) => (part.isMatch ? <mark key={index}>{part.text}</mark> : part.text))}</>;
}
