import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { count, formatCents, formatDate, formatDateTime, NBSP } from "~/documents/french";
import { KIND_LABELS, STATUS_LABELS } from "~/features/in-kind/messages.fr";
import { listBookings, listResources } from "~/features/in-kind/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { BOOKING_TONES } from "~/ui/means/tones";
import { MoneyNav } from "~/ui/money-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Salles et matériel" }];

const DONE: Readonly<Record<string, string>> = { offre: "La mise à disposition est au catalogue." };

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "in-kind.read");
  const day = today(systemClock);
  const [resources, bookings] = await Promise.all([
    listResources(command.db, network.id),
    listBookings(command.db, network.id, day),
  ]);
  return {
    lent: resources.filter(({ lentUntil }) => lentUntil === null || lentUntil >= day),
    ended: resources.filter(({ lentUntil }) => lentUntil !== null && lentUntil < day),
    bookings,
    root: `/reseaux/${network.slug}/salles-et-materiel`,
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    mayOffer: can(viewer, "in-kind.offer", { networkId: network.id }),
  };
}

export default function InKindPage() {
  const { lent, ended, bookings, root, done, mayOffer } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Salles et matériel"
      lead="Ce que chaque CCAS prête au réseau, sans le facturer : salles, fluides, matériel d’usage courant (convention, art. 5)."
      actions={
        <>
          {mayOffer && <ButtonLink to={`${root}/nouveau`}>Proposer une salle ou du matériel</ButtonLink>}
          <ButtonLink to={`${root}/bilan`} look="quiet">
            Bilan de l’année
          </ButtonLink>
        </>
      }
    >
      <MoneyNav />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      <Section title="Catalogue">
        {lent.length === 0 ? (
          <EmptyState>
            <p>
              Aucun CCAS n’a encore proposé de salle ni de matériel. Le premier prêt paraîtra ici, prêt à être réservé.
            </p>
          </EmptyState>
        ) : (
          <Table
            narrow="stack"
            caption="Ce qui se prête"
            captionHidden
            columns={[
              {
                key: "label",
                label: "Salle ou matériel",
                heading: true,
                cell: (row) => <Link to={`${root}/${row.id}`}>{row.label}</Link>,
              },
              { key: "owner", label: "Prêté par", cell: (row) => row.organizationName },
              { key: "kind", label: "Nature", cell: (row) => KIND_LABELS[row.kind] },
              { key: "notice", label: "Délai demandé", cell: (row) => count(row.noticeDays, "jour", "jours") },
              {
                key: "value",
                label: "Valeur pour mémoire",
                number: true,
                cell: (row) =>
                  row.unitValue === null ? "non valorisé" : `${formatCents(row.unitValue)} / ${row.unit}`,
              },
            ]}
            rows={lent}
            rowKey={(row) => row.id}
          />
        )}
        {ended.length > 0 && (
          <details>
            <summary>{count(ended.length, "mise à disposition arrêtée", "mises à disposition arrêtées")}</summary>
            <ul>
              {ended.map((row) => (
                <li key={row.id}>
                  <Link to={`${root}/${row.id}`}>{row.label}</Link>, {row.organizationName}
                  {row.lentUntil !== null && `, jusqu’au ${formatDate(row.lentUntil)}`}
                </li>
              ))}
            </ul>
          </details>
        )}
      </Section>
      <Section title="Réservations à venir">
        {bookings.length === 0 ? (
          <p className="soft">Aucune réservation à venir.</p>
        ) : (
          <Table
            narrow="stack"
            caption="Réservations en cours et à venir"
            captionHidden
            columns={[
              {
                key: "when",
                label: "Début",
                heading: true,
                cell: (row) => <Link to={`${root}/reservations/${row.id}`}>{formatDateTime(row.startsAt)}</Link>,
              },
              { key: "what", label: "Salle ou matériel", cell: (row) => `${row.resourceLabel}, ${row.ownerName}` },
              {
                key: "why",
                label: "But",
                cell: (row) => (row.meeting === null ? row.purpose : `${row.purpose}${NBSP}: ${row.meeting.title}`),
              },
              {
                key: "status",
                label: "État",
                cell: (row) => <Tag tone={BOOKING_TONES[row.status]}>{STATUS_LABELS[row.status]}</Tag>,
              },
            ]}
            rows={bookings}
            rowKey={(row) => row.id}
          />
        )}
      </Section>
    </Page>
  );
}
