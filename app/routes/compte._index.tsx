import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { formatDate, formatDateTime } from "~/documents/french";
import { CAPACITY_LABELS, type Capacity } from "~/domain/access/permissions";
import { parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { eventLabel } from "~/features/account/messages.fr";
import { findAccountSheet } from "~/features/account/queries.server";
import { requireViewer } from "~/services/actor.server";
import { listSessions, readSessionId } from "~/services/auth.server";
import { getDb } from "~/services/db.server";
import { Button, ButtonLink } from "~/ui/forms";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Mon compte" }];

const DONE: Record<string, string> = {
  "mot-de-passe": "Votre mot de passe est changé. Vos autres connexions sont fermées.",
  "code-active": "La vérification en deux étapes est active. Un code vous sera demandé à chaque connexion.",
  "code-retire": "La vérification en deux étapes est retirée.",
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const [sheet, sessions] = await Promise.all([
    findAccountSheet(getDb(), viewer.personId),
    listSessions(getDb(), viewer.personId, readSessionId(request.headers.get("Cookie"))),
  ]);
  return {
    viewer: { displayName: viewer.displayName, email: viewer.email, isAdministrator: viewer.isAdministrator },
    sheet,
    sessions,
    done: DONE[new URL(request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

function momentOf(instant: string): string {
  return formatDateTime(parisLocalAt(new Date(instant)));
}

function periodOf({ startsOn, endsOn }: { readonly startsOn: PlainDate; readonly endsOn: PlainDate | null }): string {
  return endsOn === null ? `depuis le ${formatDate(startsOn)}` : `du ${formatDate(startsOn)} au ${formatDate(endsOn)}`;
}

export default function AccountPage() {
  const { viewer, sheet, sessions, done } = useLoaderData<typeof loader>();
  const holdings = [
    ...sheet.roles.map((role) => ({ ...role, what: CAPACITY_LABELS[role.what as Capacity] })),
    ...sheet.mandates.map((mandate) => ({ ...mandate, what: `Siège : ${mandate.what}` })),
  ];
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page title="Mon compte" lead="Ce que le portail sait de vous, et ce qui protège votre accès.">
        {done && (
          <Notice tone="reached" role="status">
            <p>{done}</p>
          </Notice>
        )}
        <Section title="Vous" id="vous">
          <Definitions
            entries={[
              { term: "Nom affiché", detail: viewer.displayName },
              { term: "Adresse électronique", detail: viewer.email },
              ...(sheet.functionLabel ? [{ term: "Fonction", detail: sheet.functionLabel }] : []),
              ...(viewer.isAdministrator ? [{ term: "Portail", detail: "Administration du portail" }] : []),
              { term: "Compte créé le", detail: momentOf(sheet.createdAt) },
              ...holdings.map((holding) => ({
                term: holding.network,
                detail: `${holding.what}, ${periodOf(holding)}`,
              })),
            ]}
          />
          <p className="soft small">
            Une erreur dans votre nom ou votre adresse ? Signalez-la au secrétariat de votre réseau. Les durées de
            conservation et vos droits sont dits à la page <a href="/donnees-personnelles">Données personnelles</a>.
          </p>
        </Section>
        <Section title="Mot de passe" id="mot-de-passe">
          {sheet.hasPassword ? (
            <>
              <p>Changé le {momentOf(sheet.passwordChangedAt ?? sheet.createdAt)}.</p>
              <ButtonLink to="/compte/mot-de-passe" look="quiet">
                Changer le mot de passe
              </ButtonLink>
            </>
          ) : (
            <>
              <p>Vous n’avez pas de mot de passe : vous entrez par un lien reçu par courriel.</p>
              <ButtonLink to="/mot-de-passe-oublie" look="quiet">
                Choisir un mot de passe
              </ButtonLink>
            </>
          )}
        </Section>
        <Section title="Vérification en deux étapes" id="code">
          <p>{sheet.hasTwoFactor ? <Tag tone="reached">Active</Tag> : <Tag tone="neutral">Inactive</Tag>}</p>
          <p>Un code de votre téléphone s’ajoute au mot de passe : un mot de passe volé ne suffit plus.</p>
          <ButtonLink to="/compte/code" look="quiet">
            {sheet.hasTwoFactor ? "Retirer la vérification" : "Activer la vérification"}
          </ButtonLink>
        </Section>
        <Section title="Connexions ouvertes" id="connexions">
          <ul className="plain-list">
            {sessions.map((session) => (
              <li key={session.openedAt}>
                Ouverte {momentOf(session.openedAt)}
                {session.isPersistent && ", « rester connecté »"}
                {session.isCurrent && (
                  <>
                    {" "}
                    <Tag tone="info">Celle-ci</Tag>
                  </>
                )}
              </li>
            ))}
          </ul>
          <Form method="post" action="/compte/sessions">
            <Button look="danger">Fermer toutes mes connexions</Button>
          </Form>
          <p className="soft small">Celle-ci aussi : vous devrez vous connecter à nouveau.</p>
        </Section>
        <Section title="Dernières opérations sur votre compte" id="journal">
          <ul className="plain-list">
            {sheet.events.map((event) => (
              <li key={event.id}>
                {momentOf(event.at)} : {eventLabel(event.kind)}
              </li>
            ))}
          </ul>
        </Section>
      </Page>
    </main>
  );
}
