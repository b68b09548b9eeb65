import { Link } from "@remix-run/react";
import { count, enumerate, formatDate, formatDateTime } from "~/documents/french";
import type { PublicNetwork } from "~/features/public-site/queries.server";
import { DecisionList } from "~/ui/decision-list";
import { DemoNotice } from "~/ui/demo-notice";
import { EmptyState, Page, Prose, Section } from "~/ui/page";
import { Tag } from "~/ui/status";

type PublicNetworkPageProps = {
  readonly network: { readonly slug: string; readonly name: string; readonly isDemo: boolean };
  readonly page: PublicNetwork;
};

export function PublicNetworkPage({ network, page }: PublicNetworkPageProps) {
  const root = `/reseaux/${network.slug}`;
  return (
    <Page title={network.name} lead={describeMembers(page)}>
      {network.isDemo && <DemoNotice />}
      <div className="main-and-side">
        <div>
          <Section title="Ce que fait le réseau" id="reseau">
            {page.presentationHtml === "" ? (
              <EmptyState>
                <p>La présentation du réseau paraîtra ici.</p>
              </EmptyState>
            ) : (
              <div className="book">
                <Prose html={page.presentationHtml} />
              </div>
            )}
          </Section>
          <Section title="Ce qui a été décidé, et ce que cela coûte" id="decisions">
            {page.decisions.length === 0 ? (
              <EmptyState>
                <p>Chaque décision du comité paraîtra ici, avec son montant s’il y en a un.</p>
              </EmptyState>
            ) : (
              <DecisionList root={root} decisions={page.decisions} />
            )}
          </Section>
          <Section title="Les comptes rendus des réunions" id="proces-verbaux">
            <p>Après chaque réunion, un procès-verbal dit qui était là, de quoi on a parlé et comment on a voté.</p>
            {page.minutes.length === 0 ? (
              <EmptyState>
                <p>Les procès-verbaux publiés paraîtront ici.</p>
              </EmptyState>
            ) : (
              <>
                <ul className="plain-list">
                  {page.minutes.map((minutes) => (
                    <li key={minutes.number}>
                      <Link to={`${root}/proces-verbaux/${minutes.number}`}>
                        Procès-verbal de la séance du {formatDate(minutes.heldOn)}
                      </Link>{" "}
                      <span className="soft">({minutes.number})</span>
                    </li>
                  ))}
                </ul>
                <p className="onward">
                  <Link to={`${root}/proces-verbaux`}>Tous les procès-verbaux</Link>
                </p>
              </>
            )}
          </Section>
        </div>
        <div className="side">
          <section className="sheet" aria-labelledby="prochaine">
            <h2 id="prochaine">Prochaine réunion</h2>
            {page.nextMeeting ? (
              <>
                <p className="onward">
                  <Link to={`${root}/seances/${page.nextMeeting.id}`}>{formatDateTime(page.nextMeeting.startsAt)}</Link>
                </p>
                <p>{page.nextMeeting.place}</p>
              </>
            ) : (
              <p>Aucune réunion n’est convoquée pour l’instant.</p>
            )}
            <p className="onward">
              <Link to={`${root}/seances`}>Toutes les réunions</Link>
            </p>
          </section>
          <SeatSection root={root} page={page} />
          <section className="sheet" aria-labelledby="contact">
            <h2 id="contact">Contact</h2>
            {page.contactHtml === "" ? <p>{page.lead}, qui pilote le réseau.</p> : <Prose html={page.contactHtml} />}
          </section>
        </div>
      </div>
    </Page>
  );
}

function SeatSection({ root, page }: { readonly root: string; readonly page: PublicNetwork }) {
  return (
    <section className="sheet" aria-labelledby="comite">
      <h2 id="comite">Qui siège au comité</h2>
      <ul className="who-sits">
        {page.seats.map((seat) => (
          <li key={seat.id}>
            <strong>{seat.label}</strong>
            <br />
            {seat.titular?.displayName ?? seat.substitute?.displayName ?? <Tag>Siège vacant</Tag>}
          </li>
        ))}
      </ul>
      <p className="onward">
        <Link to={`${root}/membres`}>Le comité en détail</Link>
      </p>
    </section>
  );
}

/** « 6 CCAS et un Département décident ensemble. Le CCAS de Blain pilote le réseau. » */
function describeMembers({ seats, lead }: PublicNetwork): string {
  const signatories = seats.filter(({ kind }) => kind === "signatory").length;
  const department = seats.find(({ kind }) => kind === "department");
  if (signatories === 0) return `${lead} pilote ce réseau. Son comité n’est pas encore composé.`;
  const parties = [count(signatories, "CCAS", "CCAS"), ...(department ? ["le Département"] : [])];
  return `${enumerate(parties)} décident ensemble de leurs actions sociales communes. Pilote : ${lead}.`;
}
