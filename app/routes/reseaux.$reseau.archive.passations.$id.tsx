import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatDate, formatDateTime } from "~/documents/french";
import { HANDOVER_LABELS } from "~/features/handover/messages.fr";
import { findHandover } from "~/features/handover/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Inventory } from "~/ui/library/inventory";
import { Definitions, Page, Section } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Passation" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "archive.read");
  const record = await findHandover(command.db, network.id, requireParam(args.params, "id"));
  if (!record) throw notFound();
  return { root: `/reseaux/${network.slug}`, networkName: network.name, record };
}

/** To be printed and signed by both. */
export default function HandoverRecordPage() {
  const { root, networkName, record } = useLoaderData<typeof loader>();
  return (
    <Page
      title={HANDOVER_LABELS[record.kind]}
      lead={`${networkName}, ${formatDate(record.onDate)}.`}
      crumbs={[{ label: "Archive et passation", to: `${root}/archive` }]}
    >
      <Definitions
        entries={[
          { term: record.kind === "network-end" ? "CCAS pilote" : "Remis par", detail: record.from },
          ...(record.to === null ? [] : [{ term: "Reçu par", detail: record.to }]),
          { term: "Acte qui le décide", detail: record.basis },
          { term: "Enregistré", detail: `${formatDateTime(record.createdAt)}, par ${record.recordedBy}` },
        ]}
      />
      <Section title="Ce qui a été remis, compté ce jour-là" id="inventaire">
        <Inventory inventory={record.inventory} />
      </Section>
      {record.to !== null && (
        <Section title="Signatures" id="signatures">
          <ul className="document-signatures">
            {[record.from, record.to].map((name) => (
              <li key={name}>
                <strong>{name}</strong>
                <br />
                Date et signature :
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
