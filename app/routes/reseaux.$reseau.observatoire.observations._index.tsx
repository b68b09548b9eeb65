import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { count, formatDate } from "~/documents/french";
import { readProse } from "~/documents/prose";
import { can } from "~/domain/access/permissions";
import { PARTNER_KINDS } from "~/domain/needs-analysis/observation";
import { THEMES } from "~/domain/observatory/indicator";
import { STANDING_LABELS } from "~/features/observatory/messages.fr";
import { listObservations, listOccasions } from "~/features/observatory/observations.server";
import { getDb } from "~/services/db.server";
import { listNetworkCommunes } from "~/services/figures-record.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ProseView } from "~/ui/document-view";
import { ButtonLink } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag, type Tone } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Observations de terrain" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const DONE: Readonly<Record<string, string>> = {
  proposee: "L’observation est enregistrée. Le CCAS pilote décidera qui peut la lire.",
  decidee: "La décision est enregistrée.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const db = getDb();
  const [observations, communes, occasions] = await Promise.all([
    listObservations(db, network.id, actor),
    listNetworkCommunes(db, network.id),
    listOccasions(db, network.id),
  ]);
  const names = new Map(communes.map(({ code, name }) => [code, name]));
  const scope = { networkId: network.id };
  return data(
    {
      root: `/reseaux/${network.slug}`,
      done: viewer ? (DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null) : null,
      mayWrite: can(actor, "observation.write", scope),
      mayDecide: can(actor, "observation.decide", scope),
      isMember: can(actor, "observation.read", scope),
      maySeeIndicators: can(actor, "network.read-dashboard", scope),
      occasions: occasions.map(({ title, heldOn, place }) => ({ title, place, on: formatDate(heldOn) })),
      observations: observations.map(
        ({ id, observedOn, partnerKind, office, theme, communeCode, text, standing, note }) => ({
          ...{ id, office, standing, note },
          on: formatDate(observedOn),
          partner: PARTNER_KINDS[partnerKind],
          theme: THEMES[theme],
          where: communeCode === null ? "tout le territoire" : (names.get(communeCode) ?? communeCode),
          content: readProse(text),
        }),
      ),
    },
    publicCaching(viewer),
  );
}

const TONES: Record<keyof typeof STANDING_LABELS, Tone> = {
  proposed: "pending",
  members: "info",
  public: "reached",
  rejected: "missed",
};

export default function ObservationsPage() {
  const { root, done, mayWrite, mayDecide, isMember, observations, occasions } = useLoaderData<typeof loader>();
  const home = `${root}/observatoire`;
  return (
    <Page
      title="Observations de terrain"
      lead="Ce que les partenaires constatent et que les statistiques ne disent pas encore : daté, signé d’un service, jamais d’une personne."
      actions={mayWrite && <ButtonLink to={`${home}/observations/nouvelle`}>Écrire une observation</ButtonLink>}
    >
      <ObservatoryNav root={root} />
      {done && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {observations.length === 0 ? (
        <EmptyState>
          <p>
            Les observations que le CCAS pilote a rendues publiques paraîtront ici, avec leur date et le type de
            partenaire qui les fait.
          </p>
        </EmptyState>
      ) : (
        <>
          <p>{count(observations.length, "observation", "observations")}, la plus récente d’abord.</p>
          {observations.map(({ id, on, partner, office, theme, where, content, standing, note }) => (
            <article key={id} className="observation" aria-labelledby={`observation-${id}`}>
              <h2 id={`observation-${id}`}>
                {theme}, {where}
              </h2>
              <p className="soft">
                {on}. {partner}&nbsp;: {office}.{" "}
                {isMember && <Tag tone={TONES[standing]}>{STANDING_LABELS[standing]}</Tag>}
              </p>
              <ProseView content={content} level={2} />
              {note !== "" && isMember && <p className="soft">Motif de la décision&nbsp;: {note}</p>}
              {mayDecide && (
                <p>
                  <Link to={`${home}/observations/${id}`}>
                    Décider qui la lit
                    <span className="visually-hidden">
                      {" "}
                      : {theme}, {on}
                    </span>
                  </Link>
                </p>
              )}
            </article>
          ))}
        </>
      )}
      <Section title="Les rendez-vous du réseau" id="rendez-vous">
        {occasions.length === 0 ? (
          <p>Aucune journée annuelle n’est encore enregistrée.</p>
        ) : (
          <ul>
            {occasions.map(({ title, on, place }) => (
              <li key={`${title} ${on}`}>
                {title}, {on}, {place}
              </li>
            ))}
          </ul>
        )}
        <p>
          <Link to={`${root}/seances`}>Séances du comité</Link>
        </p>
      </Section>
    </Page>
  );
}
