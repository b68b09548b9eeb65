import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { CHANNEL_LABELS } from "~/documents/action-plan-words";
import { formatDate, NBSP } from "~/documents/french";
import { listPractices } from "~/features/action-plan/evaluation-queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Bonnes pratiques, ${view.networkName}` : "Bonnes pratiques" },
];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const isMember = can(actor, "action-plan.read", { networkId: network.id });
  const practices = await listPractices(getDb(), network.id, isMember ? "whole" : "public");
  return data(
    {
      ...{ networkName: network.name, root: `/reseaux/${network.slug}`, isMember },
      mayWrite: can(actor, "practice.write", { networkId: network.id }),
      practices: practices.map(({ id, title, need, publishedOn, spread }) => ({
        ...{ id, title, need, publishedOn },
        channels: [...new Set(spread.map(({ channel }) => CHANNEL_LABELS[channel]))],
      })),
    },
    publicCaching(viewer),
  );
}

export default function PracticesPage() {
  const { root, practices, isMember, mayWrite } = useLoaderData<typeof loader>();
  const here = `${root}/plan-d-actions/bonnes-pratiques`;
  return (
    <Page
      title="Bonnes pratiques"
      lead="Ce qui a marché ici, dit pour que d’autres puissent le reprendre."
      actions={mayWrite ? <ButtonLink to={`${here}/nouvelle/modifier`}>Rédiger une fiche</ButtonLink> : undefined}
    >
      <PlanNav root={root} isMember={isMember} />
      {practices.length === 0 ? (
        <EmptyState>
          <p>Aucune fiche n’est publiée.</p>
        </EmptyState>
      ) : (
        <ul className="change-list">
          {practices.map(({ id, title, need, publishedOn, channels }) => (
            <li key={id}>
              <h2>
                <Link to={`${here}/${id}`}>{title}</Link>
              </h2>
              {need !== "" && <p>{need}</p>}
              <p className="soft small">
                {publishedOn === null ? <Tag tone="info">En rédaction</Tag> : `Publiée le ${formatDate(publishedOn)}`}
                {channels.length > 0 && `. Diffusée${NBSP}: ${channels.join(", ").toLowerCase()}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
