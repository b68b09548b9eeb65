import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { isLibraryKind, LIBRARY_KINDS } from "~/domain/library/library";
import { dateOf } from "~/domain/kernel/paris-time";
import { formatDate } from "~/documents/french";
import { ACCESS_LABELS, KIND_LABELS, OUTCOME_LABELS } from "~/features/library/messages.fr";
import { listPapers, readableAccesses } from "~/features/library/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { formatBytes } from "~/ui/documents";
import { Button, ButtonLink } from "~/ui/forms";
import { LibraryNav } from "~/ui/library/library-nav";
import { EmptyState, Page } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Documents" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  const word = new URL(args.request.url).searchParams.get("sorte") ?? "";
  const kind = isLibraryKind(word) ? word : null;
  const accesses = readableAccesses(actor, network.id);
  const papers = await listPapers(getDb(), network.id, { accesses, kind }, today(systemClock));
  const mayWrite = can(actor, "library.write", { networkId: network.id });
  return {
    root: `/reseaux/${network.slug}`,
    ...{ networkName: network.name, kind, papers, mayWrite },
    isMember: can(actor, "library.read", { networkId: network.id }),
    isSeeingArchives: can(actor, "archive.read", { networkId: network.id }),
    due: mayWrite ? papers.filter(({ standing, disposal }) => standing.kind === "due" && disposal === null).length : 0,
  };
}

export default function LibraryPage() {
  const { root, networkName, kind, papers, mayWrite, isMember, isSeeingArchives, due } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Documents"
      lead={`Les papiers du ${networkName} : conventions, délibérations, comptes rendus, formulaires, et leurs versions.`}
      actions={mayWrite && <ButtonLink to={`${root}/documents/nouveau`}>Ranger un document</ButtonLink>}
    >
      <LibraryNav root={root} isMember={isMember} seesArchives={isSeeingArchives} />
      {due > 0 && (
        <p>
          <Tag tone="pending">À traiter</Tag>{" "}
          <Link to={`${root}/documents/conservation`}>
            {due === 1 ? "Un document a atteint" : `${due} documents ont atteint`} le terme de sa durée de conservation
          </Link>
        </p>
      )}
      <Form method="get" className="filters screen-only">
        <div className="field">
          <label htmlFor="sorte">Sorte</label>
          <select id="sorte" name="sorte" defaultValue={kind ?? ""}>
            <option value="">Toutes</option>
            {LIBRARY_KINDS.map((one) => (
              <option key={one} value={one}>
                {KIND_LABELS[one]}
              </option>
            ))}
          </select>
        </div>
        <Button look="quiet">Afficher</Button>
      </Form>
      {papers.length === 0 ? (
        <EmptyState>
          <p>
            {kind === null
              ? "Aucun document n’est encore rangé ici. "
              : "Aucun document de cette sorte, ou aucun que vous puissiez lire. "}
            {mayWrite && <Link to={`${root}/documents/nouveau`}>Rangez-en un.</Link>}
          </p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Documents, par titre"
          captionHidden
          rows={papers}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "title",
              label: "Titre",
              heading: true,
              cell: (paper) => <Link to={`${root}/documents/fiches/${paper.id}`}>{paper.title}</Link>,
            },
            { key: "kind", label: "Sorte", cell: (paper) => KIND_LABELS[paper.kind] },
            {
              key: "version",
              label: "Version",
              cell: (paper) => `${paper.version}, du ${formatDate(dateOf(paper.updatedAt))}`,
            },
            { key: "size", label: "Taille", cell: (paper) => formatBytes(paper.byteSize) },
            {
              key: "access",
              label: "Lecture",
              cell: (paper) =>
                paper.disposal ? (
                  <Tag tone="neutral">{OUTCOME_LABELS[paper.disposal.outcome]}</Tag>
                ) : (
                  ACCESS_LABELS[paper.access]
                ),
            },
          ]}
        />
      )}
    </Page>
  );
}
