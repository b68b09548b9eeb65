import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { count } from "~/documents/french";
import { listNetworks } from "~/features/networks/queries.server";
import { requireViewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { requirePermission } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Réseaux — Administration" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "network.create", null);
  return { networks: await listNetworks(getDb()) };
}

export default function NetworksPage() {
  const { networks } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Réseaux"
      lead={
        networks.length === 0
          ? "Un réseau réunit les CCAS d’un territoire et le Département autour d’un comité."
          : `Le portail porte ${count(networks.length, "réseau", "réseaux")}.`
      }
    >
      {networks.length === 0 ? (
        <EmptyState>
          <p>
            Trois étapes : créer le réseau avec son CCAS pilote, ajouter un siège par CCAS et celui du Département, puis
            inviter le secrétariat du comité, qui fera le reste.
          </p>
          <ButtonLink to="/administration/reseaux/nouveau">Créer un réseau</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <Table
            narrow="stack"
            caption="Réseaux du portail"
            captionHidden
            rows={networks}
            rowKey={(network) => network.slug}
            columns={[
              {
                key: "name",
                label: "Réseau",
                heading: true,
                cell: (network) => <Link to={`/administration/reseaux/${network.slug}`}>{network.name}</Link>,
              },
              { key: "lead", label: "CCAS pilote", cell: (network) => network.lead },
              { key: "seats", label: "Sièges", number: true, cell: (network) => network.seats },
              {
                key: "page",
                label: "Page publique",
                cell: (network) => <Link to={`/reseaux/${network.slug}`}>/reseaux/{network.slug}</Link>,
              },
            ]}
          />
          <ButtonLink to="/administration/reseaux/nouveau">Créer un réseau</ButtonLink>
          <ButtonLink look="quiet" to="/administration/reseaux/modele">
            Créer un réseau à partir d’un texte
          </ButtonLink>
        </>
      )}
    </Page>
  );
}
