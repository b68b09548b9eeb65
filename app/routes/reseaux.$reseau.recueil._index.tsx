import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDate, NBSP } from "~/documents/french";
import { standingOf } from "~/domain/indicator/submission";
import { STANDING_LABELS } from "~/features/indicators/messages.fr";
import { findCampaign, listReadableOrganizations } from "~/features/indicators/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { dictionaryInForce, listCampaigns, listDictionaries } from "~/services/indicator-record.server";
import { InventedFigures } from "~/ui/demo-notice";
import { ButtonLink } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { StandingTag } from "~/ui/indicators/standing-tag";
import { EmptyState, Page, Section } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Recueil d’indicateurs" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "campaign.read");
  const { db } = command;
  const day = today(systemClock);
  const campaigns = await listCampaigns(db, network.id);
  const dictionary = dictionaryInForce(await listDictionaries(db, network.id));
  const readable = await listReadableOrganizations(db, network.id, viewer, day);
  const open = campaigns.find(({ closedAt }) => closedAt === null);
  const current = open ? await findCampaign(db, network.id, open.year) : null;
  const mine =
    current && can(viewer, "submission.fill", { networkId: network.id }) && readable !== "all"
      ? current.submissions
          .filter(({ organizationId }) => readable.includes(organizationId))
          .map((each) => ({
            ...{ organizationId: each.organizationId, name: each.name },
            standing: standingOf({ state: each.state, filled: each.updatedAt === null ? 0 : 1 }, current.campaign),
          }))
      : [];
  return {
    ...{ mine, current: current?.campaign ?? null, today: day },
    campaigns: campaigns.map(({ year, deadline, closedAt }) => ({ year, deadline, isClosed: closedAt !== null })),
    hasDictionary: dictionary !== null,
    root: `/reseaux/${network.slug}`,
    isDemo: network.isDemo,
    mayManage: can(viewer, "campaign.manage", { networkId: network.id }),
  };
}

export default function CollectionPage() {
  const {
    mine,
    current,
    campaigns,
    hasDictionary,
    root,
    isDemo,
    mayManage,
    today: day,
  } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Recueil d’indicateurs"
      lead={
        current
          ? `La campagne ${current.year} est ouverte${NBSP}: les saisies ${day > current.deadline ? "étaient" : "sont"} attendues pour le ${formatDate(current.deadline)}.`
          : "Chaque CCAS décrit son année une fois, sur la grille commune. Aucune campagne n’est ouverte."
      }
      actions={mayManage && <ButtonLink to={`${root}/recueil/ouvrir`}>Ouvrir une campagne</ButtonLink>}
    >
      <IndicatorsNav isMember />
      {isDemo && <InventedFigures />}
      {mine.map(({ organizationId, name, standing }) => (
        <Section key={organizationId} title={`La saisie du ${name}`}>
          <p>
            <StandingTag standing={standing} label={STANDING_LABELS[standing]} />
          </p>
          <p>
            <ButtonLink to={`${root}/recueil/${current?.year}/${organizationId}`}>
              {standing === "not-started" ? "Commencer la saisie" : "Ouvrir la saisie"}
            </ButtonLink>
          </p>
        </Section>
      ))}
      <Section title="Les campagnes">
        {campaigns.length === 0 ? (
          <EmptyState>
            {hasDictionary ? (
              <p>Aucune campagne n’a été ouverte. Le CCAS pilote ouvre celle d’une année à partir d’octobre.</p>
            ) : (
              <p>
                Avant la première campagne, le comité vote la grille d’indicateurs{NBSP}: elle se prépare dans le{" "}
                <Link to={`${root}/dictionnaire`}>dictionnaire</Link>.
              </p>
            )}
          </EmptyState>
        ) : (
          <Table
            narrow="stack"
            caption="Campagnes, la plus récente d’abord"
            captionHidden
            columns={[
              {
                key: "year",
                label: "Année décrite",
                heading: true,
                cell: ({ year }) => <Link to={`${root}/recueil/${year}`}>{year}</Link>,
              },
              { key: "deadline", label: "Échéance", cell: ({ deadline }) => formatDate(deadline) },
              {
                key: "state",
                label: "État",
                cell: ({ isClosed }) => (
                  <Tag tone={isClosed ? "neutral" : "pending"}>{isClosed ? "Close" : "Ouverte"}</Tag>
                ),
              },
            ]}
            rows={campaigns}
            rowKey={({ year }) => String(year)}
          />
        )}
      </Section>
      <p className="soft">
        Ce qu’un CCAS saisit n’est lu que par lui et par le secrétariat du CCAS pilote. Le réseau et le public ne voient
        que ce qui est publié, par CCAS et pour le réseau, une fois masqué ce que protège le secret statistique.
      </p>
    </Page>
  );
}
