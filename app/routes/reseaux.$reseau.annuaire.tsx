import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { isId } from "~/domain/kernel/ids";
import { count, enumerate } from "~/documents/french";
import { inviteMembers } from "~/features/people/invitations.server";
import { DIRECTORY_TYPE_LABELS, SEAT_ROLE_LABELS } from "~/features/people/messages.fr";
import { listDirectory } from "~/features/people/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { Button } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Annuaire du réseau" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "directory.read");
  const invited = Number(new URL(args.request.url).searchParams.get("invitations") ?? Number.NaN);
  return {
    people: await listDirectory(getDb(), network.id, today(systemClock)),
    mayInvite: can(viewer, "person.invite", { networkId: network.id }),
    invited: Number.isSafeInteger(invited) && invited >= 0 ? invited : null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "person.invite");
  const personId = (await args.request.formData()).get("personne");
  const invited = await inviteMembers(command, typeof personId === "string" && isId(personId) ? personId : null);
  return redirect(`/reseaux/${network.slug}/annuaire?invitations=${invited}`, 303);
}

export default function DirectoryPage() {
  const { people, mayInvite, invited } = useLoaderData<typeof loader>();
  const waiting = people.filter(({ hasAccess }) => !hasAccess).length;
  return (
    <Page
      title="Annuaire du réseau"
      lead={`${count(people.length, "personne a", "personnes ont")} un mandat ou un rôle en cours. Cet annuaire est réservé aux membres du réseau.`}
    >
      {invited !== null && (
        <Notice tone="reached" role="status">
          <p>
            {invited === 0
              ? "Personne n’attendait d’invitation."
              : `${count(invited, "invitation est partie", "invitations sont parties")} dans la boîte d’envoi. Chaque lien sert une fois, dans les sept jours.`}
          </p>
        </Notice>
      )}
      {mayInvite && waiting > 0 && (
        <Form method="post">
          <p>
            {count(waiting, "personne n’a", "personnes n’ont")} pas encore ouvert son accès au portail.{" "}
            <Button look="quiet">{waiting === 1 ? "L’inviter par courriel" : "Les inviter par courriel"}</Button>
          </p>
        </Form>
      )}
      {people.length === 0 ? (
        <EmptyState>
          <p>Les personnes du réseau paraîtront ici dès la première désignation ou la première invitation.</p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
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
            ...(mayInvite
              ? [
                  {
                    key: "access",
                    label: "Accès",
                    cell: ({ hasAccess, personId }: (typeof people)[number]) =>
                      hasAccess ? (
                        <Tag tone="reached">Ouvert</Tag>
                      ) : (
                        <Form method="post">
                          <input type="hidden" name="personne" value={personId} />
                          <Button look="small">Inviter</Button>
                        </Form>
                      ),
                  },
                ]
              : []),
            { key: "email", label: "Courriel", cell: ({ email }) => <a href={`mailto:${email}`}>{email}</a> },
          ]}
          rows={people}
          rowKey={({ personId }) => personId}
        />
      )}
    </Page>
  );
}
