import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDateTime } from "~/documents/french";
import { listMeetings } from "~/features/meetings/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Séances du comité" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  const meetings = await listMeetings(getDb(), network.id);
  return {
    slug: network.slug,
    mayPlan: can(actor, "meeting.plan", { networkId: network.id }),
    meetings: meetings.map(({ id, title, status, startsAt, place }) => ({ id, title, status, startsAt, place })),
  };
}

export default function MeetingsPage() {
  const { slug, mayPlan, meetings } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Séances du comité"
      actions={mayPlan && <ButtonLink to={`/reseaux/${slug}/seances/nouvelle`}>Planifier une séance</ButtonLink>}
    >
      {meetings.length === 0 ? (
        <EmptyState>
          <p>Les séances du comité paraîtront ici dès que la première sera planifiée.</p>
        </EmptyState>
      ) : (
        <ul className="plain-list">
          {meetings.map((meeting) => (
            <li key={meeting.id}>
              <Link to={`/reseaux/${slug}/seances/${meeting.id}`}>{meeting.title}</Link>
              <br />
              {formatDateTime(meeting.startsAt)}, {meeting.place}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
