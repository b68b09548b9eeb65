import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ORGANIZATION_KINDS } from "~/features/networks/organization";
import { listOrganizations } from "~/features/networks/queries.server";
import { requireViewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { requirePermission } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Organismes — Administration" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "organization.manage", null);
  return {
    organizations: await listOrganizations(getDb()),
    isDone: new URL(request.url).searchParams.get("fait") === "organisme",
  };
}

export default function OrganizationsPage() {
  const { organizations, isDone } = useLoaderData<typeof loader>();
  return (
    <Page title="Organismes" lead="Les CCAS, le Département et les autres organismes des réseaux.">
      {isDone && (
        <Notice tone="reached" role="status">
          <p>L’organisme est enregistré.</p>
        </Notice>
      )}
      {organizations.length === 0 ? (
        <EmptyState>
          <p>Les organismes apparaîtront ici. Le premier se décrit en créant un réseau.</p>
          <ButtonLink to="/administration/reseaux/nouveau">Créer un réseau</ButtonLink>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Organismes"
          captionHidden
          rows={organizations}
          rowKey={(organization) => organization.id}
          columns={[
            {
              key: "name",
              label: "Organisme",
              heading: true,
              cell: ({ id, name }) => <Link to={`/administration/organismes/${id}`}>{name}</Link>,
            },
            { key: "kind", label: "Nature", cell: ({ kind }) => ORGANIZATION_KINDS[kind] },
            { key: "insee", label: "Code INSEE", cell: ({ inseeCode }) => inseeCode ?? "—" },
            { key: "siret", label: "SIRET", cell: ({ siret }) => siret ?? "—" },
          ]}
        />
      )}
      <ButtonLink to="/administration/organismes/nouveau" look="quiet">
        Ajouter un organisme
      </ButtonLink>
    </Page>
  );
}
