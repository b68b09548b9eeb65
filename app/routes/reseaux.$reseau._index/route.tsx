import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { loadPlanDeadline } from "~/features/action-plan/deadlines.server";
import { loadAgreementDeadlines } from "~/features/agreements/deadlines.server";
import { loadDashboard } from "~/features/dashboard/queries.server";
import { loadPublicNetwork } from "~/features/public-site/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { DashboardPage } from "./dashboard";
import { PublicNetworkPage } from "./public";

/** The same address for everyone: the network's public page, or the dashboard of whoever belongs to it. */
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.kind === "dashboard" ? `Tableau de bord – ${page.network.name}` : (page?.network.name ?? "Réseau") },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const head = { slug: network.slug, name: network.name, isDemo: network.isDemo };
  const day = today(systemClock);
  if (viewer && can(viewer, "network.read-dashboard", { networkId: network.id })) {
    const dashboard = await loadDashboard(getDb(), network.id, viewer, day);
    const agreement = can(viewer, "agreement.read", { networkId: network.id })
      ? await loadAgreementDeadlines(getDb(), network, day)
      : null;
    const plan = can(viewer, "action-plan.read", { networkId: network.id })
      ? await loadPlanDeadline(getDb(), network.id, viewer, day)
      : null;
    return data({
      ...({ kind: "dashboard", network: head, displayName: viewer.displayName, dashboard } as const),
      deadlines: { day, agreement, plan },
    });
  }
  const page = await loadPublicNetwork(getDb(), network.id, day);
  return data({ kind: "public", network: head, page } as const, publicCaching(viewer));
}

export default function NetworkPage() {
  const view = useLoaderData<typeof loader>();
  return view.kind === "dashboard" ? <DashboardPage {...view} /> : <PublicNetworkPage {...view} />;
}
