import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PERMISSIONS, type Action } from "~/domain/access/permissions";
import { parisLocalAt } from "~/domain/kernel/paris-time";
import { count, formatDateTime } from "~/documents/french";
import { SECURITY_LABELS } from "~/features/register/messages.fr";
import { listJournal, PAGE_SIZE } from "~/features/register/queries.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { EmptyState, Page } from "~/ui/page";
import { Pager, readPage } from "~/ui/pager";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Journal de sécurité" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "audit.read");
  const page = readPage(new URL(args.request.url).searchParams);
  const { entries, total } = await listJournal(getDb(), network.id, page);
  return {
    slug: network.slug,
    page,
    pageSize: PAGE_SIZE,
    total,
    entries: entries.map((entry) => ({ ...entry, at: formatDateTime(parisLocalAt(new Date(entry.at))) })),
  };
}

/** « meeting.plan POST /reseaux/… » with the action in French. */
function readDetail(detail: string): string {
  const [first = "", ...rest] = detail.split(" ");
  if (detail === "register") return "Registre des actes";
  return Object.hasOwn(PERMISSIONS, first) ? `${PERMISSIONS[first as Action].label} — ${rest.join(" ")}` : detail;
}

export default function JournalPage() {
  const { slug, page, pageSize, total, entries } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Journal de sécurité"
      lead={`${count(total, "événement noté", "événements notés")} pour ce réseau : accès refusés, exports. Rien ne s’y efface.`}
      crumbs={[{ label: "Paramètres", to: `/reseaux/${slug}/parametres` }]}
    >
      {entries.length === 0 ? (
        <EmptyState>
          <p>Les accès refusés et les exports de ce réseau paraîtront ici.</p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Événements, du plus récent au plus ancien"
          captionHidden
          columns={[
            { key: "at", label: "Date", cell: ({ at }) => at },
            { key: "kind", label: "Événement", heading: true, cell: ({ kind }) => SECURITY_LABELS[kind] },
            { key: "person", label: "Personne", cell: ({ displayName }) => displayName ?? "Sans compte" },
            { key: "detail", label: "Ce qui était demandé", cell: ({ detail }) => readDetail(detail) },
          ]}
          rows={entries}
          rowKey={({ id }) => id}
        />
      )}
      <Pager
        page={page}
        pageSize={pageSize}
        total={total}
        addressOf={(wanted) => `/reseaux/${slug}/parametres/journal?page=${wanted}`}
      />
    </Page>
  );
}
