import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { count } from "~/documents/french";
import { listPeople } from "~/features/networks/queries.server";
import { requireViewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { requirePermission } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Personnes — Administration" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "account.manage", null);
  return { people: await listPeople(getDb()) };
}

export default function PeoplePage() {
  const { people } = useLoaderData<typeof loader>();
  const waiting = people.filter(({ hasAccess, isDisabled }) => !hasAccess && !isDisabled).length;
  return (
    <Page
      title="Personnes"
      lead={`${count(people.length, "personne", "personnes")}, dont ${waiting} sans mot de passe.`}
    >
      <Table
        narrow="stack"
        caption="Personnes"
        captionHidden
        rows={people}
        rowKey={(person) => person.id}
        columns={[
          {
            key: "name",
            label: "Personne",
            heading: true,
            cell: (person) => (
              <>
                <Link to={`/administration/personnes/${person.id}`}>{person.displayName}</Link>
                <div className="soft small">{person.email}</div>
              </>
            ),
          },
          { key: "function", label: "Fonction", cell: ({ functionLabel }) => functionLabel || "—" },
          {
            key: "access",
            label: "Accès",
            cell: (person) =>
              person.isDisabled ? (
                <Tag tone="missed">Suspendu</Tag>
              ) : person.hasAccess ? (
                <Tag tone="reached">Ouvert</Tag>
              ) : (
                <Tag tone="pending">Pas encore ouvert</Tag>
              ),
          },
        ]}
      />
      <ButtonLink to="/administration/personnes/nouvelle" look="quiet">
        Ajouter une personne
      </ButtonLink>
    </Page>
  );
}
