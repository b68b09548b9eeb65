import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { isId } from "~/domain/kernel/ids";
import { formatDate, formatDateTime } from "~/documents/french";
import { HANDOVER_LABELS, produceMessage } from "~/features/handover/messages.fr";
import { isArchiveHere, produceArchive } from "~/features/handover/production.server";
import {
  listArchives,
  listDownloads,
  listHandovers,
  listMembers,
  listOrganizationsOf,
} from "~/features/handover/queries.server";
import { systemClock } from "~/services/clock.server";
import { actingPerson, openMemberPage } from "~/services/gate.server";
import { formatBytes } from "~/ui/documents";
import { ActKey, Button } from "~/ui/forms";
import { LibraryNav } from "~/ui/library/library-nav";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Archive et passation" }];

const DONE: Record<string, string> = {
  archive: "L’archive est faite, et inscrite au registre. Téléchargez-la, et notez ailleurs sa dernière empreinte.",
  extrait: "L’extrait est fait, et inscrit au registre.",
  fin: "Le réseau a pris fin. Il reste lisible ; plus rien ne s’y écrit.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "archive.read");
  const scope = { networkId: network.id };
  const seatIds = viewer.roles.filter(({ networkId }) => networkId === network.id).flatMap((role) => role.seatIds);
  const mayProduce = can(viewer, "archive.produce", scope);
  const own = await listOrganizationsOf(command.db, network.id, seatIds);
  const [archives, downloads, records, members] = await Promise.all([
    listArchives(command.db, network.id, null),
    listDownloads(command.db, network.id),
    listHandovers(command.db, network.id),
    listMembers(command.db, network.id),
  ]);
  const mayTake = (organizationId: string | null): boolean =>
    mayProduce || (organizationId !== null && own.includes(organizationId) && can(viewer, "archive.extract", scope));
  return {
    root: `/reseaux/${network.slug}`,
    ...{ mayProduce, closedOn: network.closedOn, downloads },
    isMember: can(viewer, "library.read", scope),
    mayRecord: can(viewer, "handover.record", scope),
    mayClose: can(viewer, "network.close", scope) && network.closedOn === null,
    mayChangeLead: can(viewer, "network.change-lead", scope),
    extractable: members.filter(({ organizationId }) => mayTake(organizationId)),
    actKey: systemClock.newId(),
    extractKey: systemClock.newId(),
    archives: archives.map((archive) => ({
      ...archive,
      isHere: isArchiveHere(archive.id),
      mayTake: mayTake(archive.organization?.id ?? null),
    })),
    records: records.map(({ inventory: _inventory, ...record }) => record),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.formData();
  const organizationId = form.get("organisme");
  const key = form.get("cle");
  const wanted = typeof organizationId === "string" && organizationId !== "" ? organizationId : null;
  const { network, viewer, command } = await openMemberPage(
    args,
    wanted === null ? "archive.produce" : "archive.extract",
  );
  if (typeof key !== "string" || !isId(key)) return data({ message: "Le formulaire est incomplet." }, { status: 400 });
  if (wanted !== null && !can(viewer, "archive.produce", { networkId: network.id })) {
    const seatIds = viewer.roles.filter(({ networkId }) => networkId === network.id).flatMap((role) => role.seatIds);
    const own = await listOrganizationsOf(command.db, network.id, seatIds);
    if (!own.includes(wanted)) throw new Response("", { status: 403, statusText: "Forbidden" });
  }
  const context = { db: command.db, clock: command.clock, networkId: network.id, acting: actingPerson(viewer) };
  const made = await produceArchive(context, { key, organizationId: wanted });
  if (!made.ok) return data({ message: produceMessage(made.refusal) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/archive?fait=${wanted === null ? "archive" : "extrait"}`, 303);
}

export default function ArchivePage() {
  const view = useLoaderData<typeof loader>();
  const message = useActionData<typeof action>()?.message;
  const here = `${view.root}/archive`;
  return (
    <Page
      title="Archive et passation"
      lead="Tout le réseau dans un seul fichier, lisible et vérifiable sans le portail, et de quoi le reprendre ailleurs."
    >
      <LibraryNav root={view.root} isMember={view.isMember} seesArchives />
      {view.done && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      {message && (
        <Notice tone="missed" role="alert">
          <p>{message}</p>
        </Notice>
      )}
      {view.mayProduce && (
        <Section title="Produire l’archive" id="produire">
          <p>
            Une page par séance, les procès-verbaux (HTML, PDF), les décisions, les dépenses, les appels de fonds, le
            budget, les documents et leurs fichiers, le registre, et chaque table en CSV et en JSON, avec une page qui
            vérifie tout sans réseau. Ni mot de passe, ni lien personnel n’y entre ; un bulletin secret n’y est rattaché
            à personne.
          </p>
          <Form method="post">
            <ActKey value={view.actKey} />
            <Button>Produire l’archive du réseau</Button>{" "}
            <span className="soft small">La production est inscrite au registre.</span>
          </Form>
        </Section>
      )}
      <Section title="Archives et extraits produits ici" id="archives">
        {view.archives.length === 0 ? (
          <p className="soft">Aucune archive n’a encore été produite.</p>
        ) : (
          <Table
            narrow="stack"
            caption="Les plus récents d’abord"
            captionHidden
            rows={view.archives}
            rowKey={({ id }) => id}
            columns={[
              {
                key: "what",
                label: "Quoi",
                heading: true,
                cell: (archive) => {
                  const label = archive.organization
                    ? `Extrait pour ${archive.organization.name}`
                    : "Archive du réseau";
                  return archive.isHere && archive.mayTake ? (
                    <a href={`${here}/${archive.id}.zip`} download>
                      {label} ({formatBytes(archive.byteSize)})
                    </a>
                  ) : (
                    label
                  );
                },
              },
              {
                key: "when",
                label: "Produit",
                cell: (archive) => `${formatDateTime(archive.producedAt)}, ${archive.producedBy}`,
              },
              { key: "acts", label: "Actes", cell: (archive) => archive.actCount },
              {
                key: "hash",
                label: "Dernière empreinte du registre, à noter ailleurs",
                cell: (archive) => <code className="hash">{archive.registerHash}</code>,
              },
              {
                key: "file",
                label: "Fichier",
                cell: (archive) => (archive.isHere ? "Gardé ici" : "Plus gardé ici : produisez-en un autre"),
              },
            ]}
          />
        )}
        <p className="soft small">
          Les trois dernières archives restent sur le portail. Chaque téléchargement est noté et visible des membres.
        </p>
      </Section>
      <Section title="Passer la main" id="passation">
        <ul className="link-list">
          <li>
            <Link to={`${here}/changement-de-pilote`}>Changement de CCAS pilote</Link> : ce qui est remis, dans quel
            ordre, et le procès-verbal de remise.
          </li>
          <li>
            <Link to={`${here}/sortie`}>Sortie d’un membre</Link> : ce qui reste, ce qu’il emporte.
          </li>
          <li>
            <Link to={`${here}/fin`}>Fin du réseau</Link> : lecture seule, archive, pages publiques gardées.
          </li>
        </ul>
        {view.extractable.length > 0 && (
          <Form method="post" className="member-extract">
            <ActKey value={view.extractKey} />
            <div className="field">
              <label htmlFor="organisme">Extrait d’un membre</label>
              <select id="organisme" name="organisme">
                {view.extractable.map(({ organizationId, name }) => (
                  <option key={organizationId} value={organizationId}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <Button look="quiet">Produire l’extrait</Button>
          </Form>
        )}
      </Section>
      {view.records.length > 0 && (
        <Section title="Passations enregistrées" id="enregistrees">
          <ul className="plain-list">
            {view.records.map((record) => (
              <li key={record.id}>
                <Link to={`${here}/passations/${record.id}`}>
                  {HANDOVER_LABELS[record.kind]}, {formatDate(record.onDate)}
                </Link>
                <br />
                <span className="small soft">
                  {record.to === null ? record.from : `De ${record.from} à ${record.to}`}. {record.basis}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Qui a téléchargé" id="telechargements">
        {view.downloads.length === 0 ? (
          <p className="soft">Personne n’a encore téléchargé d’archive.</p>
        ) : (
          <Table
            caption="Téléchargements, le plus récent d’abord"
            captionHidden
            rows={view.downloads.map((row, index) => ({ ...row, key: String(index) }))}
            rowKey={({ key }) => key}
            columns={[
              { key: "at", label: "Quand", heading: true, cell: (row) => formatDateTime(row.at) },
              { key: "who", label: "Qui", cell: (row) => row.name },
              { key: "what", label: "Archive", cell: (row) => <code className="hash">{row.archiveId}</code> },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
