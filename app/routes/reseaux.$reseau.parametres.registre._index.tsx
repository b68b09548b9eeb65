import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { isActKind } from "~/domain/register/act-kinds";
import { formatActNumber } from "~/domain/register/chain";
import { parisLocalAt } from "~/domain/kernel/paris-time";
import { count, formatDateTime } from "~/documents/french";
import { ACT_LABELS, reportSentence } from "~/features/register/messages.fr";
import { readActContent } from "~/features/register/payload-reading.fr";
import { listActs, listNames, listRegisterFacets, PAGE_SIZE } from "~/features/register/queries.server";
import { verifyRegister } from "~/features/register/verification.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { Button, ButtonLink } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Pager, readPage } from "~/ui/pager";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Registre des actes" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "register.read");
  const search = new URL(args.request.url).searchParams;
  const kind = search.get("nature") ?? "";
  const year = /^\d{4}$/.test(search.get("annee") ?? "") ? Number(search.get("annee")) : null;
  const filter = { year, kind: isActKind(kind) ? kind : null };
  const page = readPage(search);
  const [listed, facets, names, report] = await Promise.all([
    listActs(getDb(), network.id, { filter, page }),
    listRegisterFacets(getDb(), network.id),
    listNames(getDb(), network.id),
    search.has("verifier") ? verifyRegister(getDb(), network.id) : null,
  ]);
  return {
    slug: network.slug,
    filter,
    page,
    pageSize: PAGE_SIZE,
    total: listed.total,
    years: facets.years,
    kinds: facets.kinds
      .map((value) => ({ value, label: ACT_LABELS[value] }))
      .sort((one, other) => one.label.localeCompare(other.label, "fr")),
    report: report && { isSound: report.ok, sentence: reportSentence(report) },
    acts: listed.acts.map(({ payload, ...act }) => ({
      ...act,
      number: formatActNumber(act),
      at: formatDateTime(parisLocalAt(new Date(act.at))),
      content: readActContent(payload, names),
    })),
  };
}

export default function RegisterPage() {
  const { slug, filter, page, pageSize, total, years, kinds, report, acts } = useLoaderData<typeof loader>();
  const root = `/reseaux/${slug}/parametres/registre`;
  const addressOf = (wanted: number): string => {
    const search = new URLSearchParams({ page: String(wanted) });
    if (filter.year !== null) search.set("annee", String(filter.year));
    if (filter.kind !== null) search.set("nature", filter.kind);
    return `${root}?${search.toString()}`;
  };
  return (
    <Page
      title="Registre des actes"
      lead={`${count(total, "acte", "actes")}${filter.year !== null || filter.kind !== null ? " pour ce filtre" : ""}, le dernier scellé d’abord. Rien ne s’y modifie ni ne s’y efface.`}
      crumbs={[{ label: "Paramètres", to: `/reseaux/${slug}/parametres` }]}
      actions={
        <>
          <ButtonLink to={`${root}?verifier=1`}>Vérifier le registre</ButtonLink>
          <a className="button" data-look="quiet" href={`/reseaux/${slug}/parametres/registre.jsonl`}>
            Exporter (JSON Lines)
          </a>
        </>
      }
    >
      {report && (
        <Notice
          tone={report.isSound ? "reached" : "missed"}
          role="status"
          title={report.isSound ? "Vérification réussie" : "Le registre n’est plus intact"}
        >
          <p>{report.sentence}</p>
        </Notice>
      )}
      <Form method="get" className="filters">
        <div className="field">
          <label htmlFor="annee">Année</label>
          <select id="annee" name="annee" defaultValue={filter.year ?? ""}>
            <option value="">Toutes</option>
            {years.map((year) => (
              <option key={year} value={year}>
                {year}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="nature">Nature</label>
          <select id="nature" name="nature" defaultValue={filter.kind ?? ""}>
            <option value="">Toutes</option>
            {kinds.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <Button look="quiet">Filtrer</Button>
      </Form>
      {acts.length === 0 ? (
        <EmptyState>
          <p>
            {filter.year === null && filter.kind === null
              ? "Chaque acte du comité paraîtra ici, avec son numéro et son empreinte."
              : "Aucun acte ne correspond à ce filtre."}{" "}
            <Link to={root}>Voir tout le registre</Link>
          </p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Actes"
          captionHidden
          columns={[
            {
              key: "number",
              label: "Numéro",
              heading: true,
              cell: ({ number }) => <span className="figure">{number}</span>,
            },
            {
              key: "kind",
              label: "Acte",
              cell: (act) => (
                <>
                  {ACT_LABELS[act.kind]}
                  <details>
                    <summary className="small">
                      Contenu<span className="visually-hidden"> de l’acte {act.number}</span>
                    </summary>
                    <ul className="small act-content">
                      {act.content.map(({ word, text }) => (
                        <li key={`${word} ${text}`}>
                          <span className="soft">
                            {word}
                            {NB}:{" "}
                          </span>
                          {text}
                        </li>
                      ))}
                      <li>
                        <span className="soft">Empreinte SHA-256{NB}: </span>
                        <span className="fingerprint">{act.hash}</span>
                      </li>
                    </ul>
                  </details>
                </>
              ),
            },
            { key: "at", label: "Date", cell: ({ at }) => at },
            { key: "actor", label: "Par", cell: ({ actorLabel }) => actorLabel },
            {
              key: "hash",
              label: "Empreinte",
              cell: ({ hash }) => <span className="fingerprint">{hash.slice(0, 12)}…</span>,
            },
          ]}
          rows={acts}
          rowKey={({ number }) => number}
        />
      )}
      <Pager page={page} pageSize={pageSize} total={total} addressOf={addressOf} />
      <Section title="Vérifier sans le portail">
        <p>
          L’export contient un acte par ligne. Pour chaque ligne, retirez le membre <code>hash</code> : l’empreinte
          SHA-256 du texte restant, en UTF-8, est cette valeur ; et <code>previousHash</code> est celle de la ligne
          précédente (64 zéros pour la première). L’export dit tout de chaque acte, y compris les identifiants que cette
          page remplace par des noms.
        </p>
        <p>
          Gardez ailleurs la dernière empreinte{NB}: des actes retirés à la fin du registre se voient à ce qu’elle n’y
          est plus.
        </p>
      </Section>
    </Page>
  );
}

const NB = "\u00a0";
