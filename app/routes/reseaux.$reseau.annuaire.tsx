import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { count, enumerate } from "~/documents/french";
import { DIRECTORY_TYPE_LABELS, SEAT_ROLE_LABELS } from "~/features/people/messages.fr";
import { listDirectory } from "~/features/people/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { EmptyState, Page } from "~/ui/page";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Annuaire du réseau" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "directory.read");
  return { slug: network.slug, people: await listDirectory(getDb(), network.id, today(systemClock)) };
}

export default function DirectoryPage() {
  const { people } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Annuaire du réseau"
      lead={`${count(people.length, "personne a", "personnes ont")} un mandat ou un rôle en cours. Cet annuaire est réservé aux membres du réseau.`}
    >
      {people.length === 0 ? (
        <EmptyState>
          <p>Les personnes du réseau paraîtront ici dès la première désignation ou la première invitation.</p>
        </EmptyState>
      ) : (
        <Table
          caption="Personnes du réseau, par organisme"
          captionHidden
          columns={[
            {
              key: "name",
              label: "Personne",
              heading: true,
              cell: ({ displayName, functionLabel }) => (
                <>
                  {displayName}
                  {functionLabel && (
                    <>
                      <br />
                      <span className="small soft">{functionLabel}</span>
                    </>
                  )}
                </>
              ),
            },
            { key: "organization", label: "Organisme", cell: ({ organizations }) => enumerate(organizations) },
            {
              key: "type",
              label: "Qualité",
              cell: ({ types, seats }) => (
                <>
                  {types.map((type) => DIRECTORY_TYPE_LABELS[type]).join(", ")}
                  {seats.map(({ label, role }) => (
                    <span className="soft small" key={label}>
                      <br />
                      {SEAT_ROLE_LABELS[role]}, siège « {label} »
                    </span>
                  ))}
                </>
              ),
            },
            { key: "email", label: "Courriel", cell: ({ email }) => <a href={`mailto:${email}`}>{email}</a> },
          ]}
          rows={people}
          rowKey={({ personId }) => personId}
        />
      )}
    </Page>
  );
}
