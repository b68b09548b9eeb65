import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { STANDING_LABELS } from "~/documents/agreement-words";
import { formatDate } from "~/documents/french";
import { KIND_LABELS } from "~/features/agreements/messages.fr";
import { loadAgreementList } from "~/features/agreements/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { STANDING_TONES } from "~/ui/agreement/tones";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Conventions" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "agreement.read");
  return {
    agreements: await loadAgreementList(command.db, network.id, today(systemClock)),
    root: `/reseaux/${network.slug}`,
    mayRecord: can(viewer, "agreement.record", { networkId: network.id }),
  };
}

export default function AgreementsPage() {
  const { agreements, root, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Conventions"
      lead="Les textes qui lient le réseau, leurs clauses, et ce qu’ils demandent."
      actions={
        <>
          <ButtonLink to={`${root}/obligations`}>Voir les obligations du jour</ButtonLink>
          {mayRecord && (
            <ButtonLink look="quiet" to={`${root}/conventions/nouvelle`}>
              Encoder une convention
            </ButtonLink>
          )}
        </>
      }
    >
      <AgreementNav root={root} />
      {agreements.length === 0 ? (
        <EmptyState>
          <p>
            Aucune convention n’est encodée. Dès qu’une l’est, le portail calcule ses échéances et suit ses obligations.
          </p>
        </EmptyState>
      ) : (
        <Table
          caption="Conventions du réseau, la plus récente d’abord"
          captionHidden
          narrow="stack"
          columns={[
            {
              key: "title",
              label: "Titre",
              heading: true,
              cell: (row) => <Link to={`${root}/conventions/${row.id}`}>{row.title}</Link>,
            },
            { key: "kind", label: "Nature", cell: (row) => KIND_LABELS[row.kind] },
            { key: "effect", label: "Effet", cell: (row) => formatDate(row.effectOn) },
            {
              key: "end",
              label: "Dernier jour",
              cell: (row) => (row.endsOn === null ? "sans terme" : formatDate(row.endsOn)),
            },
            {
              key: "state",
              label: "État",
              cell: (row) => (
                <>
                  <Tag tone={STANDING_TONES[row.state]}>
                    {row.state === "draft" ? "Projet, non signée" : STANDING_LABELS[row.state]}
                  </Tag>
                  {row.isSupposed && <Tag tone="info">Supposée par la démonstration</Tag>}
                  {row.pendingAmendments > 0 && <Tag tone="pending">Avenant devant les conseils</Tag>}
                </>
              ),
            },
          ]}
          rows={agreements}
          rowKey={(row) => row.id}
        />
      )}
    </Page>
  );
}
