import { Link } from "@remix-run/react";
import { formatDate, formatDateTime } from "~/documents/french";
import { dateOf } from "~/domain/kernel/paris-time";
import { Definitions, Page, Section } from "~/ui/page";
import { Tag, type Tone } from "~/ui/status";
import type { PublicMeetingView } from "./public-meeting.server";

/** What a visitor reads of a meeting that has opened, closed or was cancelled. */
export function PublicMeeting({ view }: { readonly view: PublicMeetingView }) {
  const { slug, head, number, items, decisions, hasPublishedMinutes } = view;
  const root = `/reseaux/${slug}`;
  const state = describeState(view);
  return (
    <Page
      title={`${head.title}, ${formatDate(dateOf(head.startsAt))}`}
      lead={state.sentence}
      crumbs={[{ label: "Séances", to: `${root}/seances` }]}
    >
      <Definitions
        entries={[
          { term: "Séance", detail: `n°\u00a0${number}` },
          { term: "Date", detail: formatDateTime(head.startsAt) },
          { term: "Lieu", detail: head.place },
          { term: "État", detail: <Tag tone={state.tone}>{state.label}</Tag> },
        ]}
      />
      {items.length > 0 && (
        <Section title="Ordre du jour" id="ordre-du-jour">
          <ol>
            {items.map((item) => (
              <li key={item.id}>{item.title}</li>
            ))}
          </ol>
        </Section>
      )}
      {head.status === "closed" && (
        <Section title="Décisions" id="decisions">
          {decisions.length === 0 ? (
            <p>Aucune décision n’a été prise à cette séance.</p>
          ) : (
            <ul className="plain-list">
              {decisions.map((decision) => (
                <li key={decision.id}>
                  <strong>{decision.title}</strong>{" "}
                  <span className="soft">
                    décision n°{"\u00a0"}
                    {decision.number}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
      {head.status === "closed" && (
        <Section title="Procès-verbal" id="proces-verbal">
          {hasPublishedMinutes ? (
            <p className="onward">
              <Link to={`${root}/proces-verbaux/${number}`}>Lire le procès-verbal n°{`\u00a0${number}`}</Link>
            </p>
          ) : (
            <p>Le procès-verbal paraîtra ici une fois adopté, signé et publié.</p>
          )}
        </Section>
      )}
    </Page>
  );
}

function describeState({ head, convening }: PublicMeetingView): { label: string; sentence: string; tone: Tone } {
  const after = convening === "second" ? ", sur seconde convocation" : "";
  switch (head.status) {
    case "open":
    case "suspended":
      return { label: "en cours", sentence: `Cette séance du comité se tient en ce moment${after}.`, tone: "info" };
    case "cancelled":
      return { label: "annulée", sentence: "Cette séance a été annulée.", tone: "neutral" };
    case "closed":
      return head.outcome === "inquorate"
        ? {
            label: "sans quorum",
            sentence: "Le quorum n’a pas été atteint : la séance a été levée sans délibérer.",
            tone: "missed",
          }
        : { label: "tenue", sentence: `Le comité s’est réuni et a pu délibérer${after}.`, tone: "reached" };
    default:
      return { label: "à venir", sentence: "Cette séance est à venir.", tone: "pending" };
  }
}
