import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { count, formatDateTime } from "~/documents/french";
import { loadCalendar, type CalendarMeeting } from "~/features/meetings/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { MeetingStateTag, OutcomeTag } from "~/ui/meeting/meeting-status";
import { EmptyState, Page, Section } from "~/ui/page";
import { Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Séances du comité" }];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

/** For a visitor the page holds public facts only, and is kept until one of them changes. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const isMember = can(actor, "meeting.read", { networkId: network.id });
  const calendar = await loadCalendar(getDb(), network.id, isMember ? "member" : "public");
  const view = {
    slug: network.slug,
    isMember,
    mayPlan: can(actor, "meeting.plan", { networkId: network.id }),
    ...calendar,
  };
  return data(view, viewer ? {} : { headers: { "Cache-Control": "public, max-age=0, must-revalidate" } });
}

export default function MeetingsPage() {
  const { slug, isMember, mayPlan, toCome, past } = useLoaderData<typeof loader>();
  const next = toCome[0];
  return (
    <Page
      title="Séances du comité"
      lead={
        next
          ? `Prochaine séance : ${formatDateTime(next.startsAt)}, ${next.place}.`
          : "Aucune séance n’est annoncée pour l’instant."
      }
      actions={mayPlan && <ButtonLink to={`/reseaux/${slug}/seances/nouvelle`}>Planifier une séance</ButtonLink>}
    >
      <Section title="À venir" id="a-venir">
        {toCome.length === 0 ? (
          <EmptyState>
            <p>
              {isMember
                ? "La prochaine séance paraîtra ici dès qu’elle sera planifiée."
                : "La prochaine séance paraîtra ici dès qu’elle sera convoquée."}
            </p>
          </EmptyState>
        ) : (
          <MeetingList slug={slug} meetings={toCome} />
        )}
      </Section>
      {past.map(({ year, meetings }) => (
        <Section key={year} title={`${year}, ${count(meetings.length, "séance passée", "séances passées")}`}>
          <MeetingList slug={slug} meetings={meetings} />
        </Section>
      ))}
    </Page>
  );
}

function MeetingList({ slug, meetings }: { readonly slug: string; readonly meetings: readonly CalendarMeeting[] }) {
  return (
    <ul className="calendar-list">
      {meetings.map((meeting) => (
        <li key={meeting.id}>
          <div className="when">{formatDateTime(meeting.startsAt)}</div>
          <div>
            <Link className="title" to={`/reseaux/${slug}/seances/${meeting.id}`}>
              {meeting.title}
              <span className="visually-hidden">, {formatDateTime(meeting.startsAt)}</span>
            </Link>
            <div className="soft">{meeting.place}</div>
            <div className="tags">
              <MeetingStateTag state={meeting.status} />
              {meeting.isSecondConvening && <Tag>Seconde convocation</Tag>}
              {meeting.outcome && <OutcomeTag outcome={meeting.outcome} />}
              {meeting.publishedMinutes && (
                <Link to={`/reseaux/${slug}/proces-verbaux/${meeting.publishedMinutes}`}>
                  Procès-verbal publié
                  <span className="visually-hidden"> de la séance du {formatDateTime(meeting.startsAt)}</span>
                </Link>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
