import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { totalDuration } from "~/domain/meeting/agenda";
import { formatDateTime } from "~/documents/french";
import { listDocuments } from "~/features/documents/queries.server";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { getDb } from "~/services/db.server";
import { renderMarkdown } from "~/services/markdown.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { listAgenda } from "~/services/meeting-record.server";
import { DocumentList } from "~/ui/documents";
import { AgendaList, describeDuration } from "~/ui/meeting/agenda-list";
import { EmptyState, Page, Section } from "~/ui/page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Dossier de séance, ${data.title}` : "Dossier de séance" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, meeting } = await openMeetingPage(args, "meeting.read");
  const db = getDb();
  const agenda = (await listAgenda(db, network.id, meeting.id)).filter((item) => item.status === "accepted");
  const meetingIds = [meeting.id, ...(meeting.firstMeetingId === null ? [] : [meeting.firstMeetingId])];
  const mayReadAll = can(viewer, "document.read", { networkId: network.id });
  const documents = (await listDocuments(db, network.id, { meetingIds })).filter(
    (document) => mayReadAll || document.visibility === "public",
  );
  return {
    slug: network.slug,
    networkName: network.name,
    id: meeting.id,
    title: meeting.title,
    startsAt: meeting.startsAt,
    place: meeting.place,
    remoteLink: meeting.remoteLink,
    subjects: await loadItemSubjects(
      db,
      {
        networkId: network.id,
        meetingId: meeting.id,
        readsExpenses: can(viewer, "expense.read", { networkId: network.id }),
      },
      agenda,
    ),
    duration: totalDuration(agenda),
    agenda: agenda.map((item) => ({
      id: item.id,
      kind: item.kind,
      title: item.title,
      rapporteur: item.rapporteur,
      durationMinutes: item.durationMinutes,
      descriptionHtml: item.descriptionMd === "" ? "" : renderMarkdown(item.descriptionMd),
      documents: documents.filter(
        ({ agendaItemId }) => agendaItemId !== null && (agendaItemId === item.id || agendaItemId === item.copiedFromId),
      ),
    })),
    documents: documents.filter((document) => document.agendaItemId === null),
  };
}

export default function MeetingFilePage() {
  const view = useLoaderData<typeof loader>();
  const root = `/reseaux/${view.slug}/seances`;
  return (
    <Page
      title="Dossier de séance"
      lead={`${view.title}, ${view.networkName}. ${formatDateTime(view.startsAt)}, ${view.place}.`}
      crumbs={[
        { label: "Séances", to: root },
        { label: view.title, to: `${root}/${view.id}` },
      ]}
    >
      {view.remoteLink !== "" && <p>Visioconférence : {view.remoteLink}</p>}
      <p className="soft screen-only">Cette page s’imprime telle quelle, depuis le menu du navigateur.</p>
      <Section title="Ordre du jour" id="ordre-du-jour">
        {view.agenda.length === 0 ? (
          <EmptyState>
            <p>L’ordre du jour n’est pas encore établi.</p>
          </EmptyState>
        ) : (
          <>
            <AgendaList slug={view.slug} items={view.agenda} subjects={view.subjects} />
            <p className="soft">{describeDuration(view.duration)}.</p>
          </>
        )}
      </Section>
      {view.documents.length > 0 && (
        <Section title="Documents de la séance" id="documents">
          <DocumentList slug={view.slug} documents={view.documents} />
        </Section>
      )}
    </Page>
  );
}
