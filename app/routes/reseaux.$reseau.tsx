import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, Outlet, useLoaderData, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { can, type Action } from "~/domain/access/permissions";
import { formatDate } from "~/documents/french";
import { openPublicPage } from "~/services/gate.server";
import { Notice } from "~/ui/status";
import { FaultPage, faultTitle } from "~/ui/fault-page";
import { NetworkNav } from "~/ui/network-nav";

type Entry = { readonly label: string; readonly path: string; readonly action: Action };
/** `behind`: addresses that the part's own pages lead to, besides those of its entries. */
type Part = { readonly label: string; readonly entries: readonly Entry[]; readonly behind?: readonly string[] };

/** The parts of a network and the doors into each, shown to whoever may pass them. */
const PARTS: readonly Part[] = [
  {
    label: "Séances",
    entries: [
      { label: "Séances", path: "seances", action: "public.read" },
      { label: "Procès-verbaux", path: "proces-verbaux", action: "public.read" },
      { label: "Décisions", path: "decisions", action: "public.read" },
      { label: "Consultations écrites", path: "consultations", action: "poll.read" },
      { label: "Suivi du quorum", path: "quorum", action: "quorum.read" },
    ],
  },
  {
    label: "Budget",
    entries: [{ label: "Budget", path: "budget", action: "budget.read" }],
    behind: [
      ...["depenses", "appels-de-fonds", "repartition", "populations", "journee-annuelle", "temps-de-travail"],
      ...["salles-et-materiel", "subventions", "justificatifs"],
    ],
  },
  { label: "Plan d’actions", entries: [{ label: "Plan d’actions", path: "plan-d-actions", action: "public.read" }] },
  {
    label: "Indicateurs",
    entries: [{ label: "Indicateurs", path: "indicateurs", action: "public.read" }],
    behind: ["recueil", "dictionnaire", "formulaires"],
  },
  { label: "Observatoire", entries: [{ label: "Observatoire", path: "observatoire", action: "public.read" }] },
  {
    label: "Convention",
    entries: [{ label: "Convention", path: "conventions", action: "agreement.read" }],
    behind: ["obligations"],
  },
  {
    label: "Documents",
    entries: [{ label: "Documents", path: "documents", action: "public.read" }],
    behind: ["recherche", "archive"],
  },
  {
    label: "Comité",
    entries: [
      { label: "Comité", path: "membres", action: "public.read" },
      { label: "Annuaire", path: "annuaire", action: "directory.read" },
      { label: "Paramètres", path: "parametres", action: "rules.read" },
    ],
  },
];

export const meta: MetaFunction<typeof loader> = ({ data, error }) => [
  { title: error === undefined ? (data?.network.name ?? "Réseau") : faultTitle(error) },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const root = `/reseaux/${network.slug}`;
  const parts = PARTS.map(({ label, entries, behind = [] }) => ({
    label,
    behind: behind.map((path) => `${root}/${path}`),
    doors: entries
      .filter(({ action }) => can(actor, action, { networkId: network.id }))
      .map((entry) => ({ label: entry.label, to: `${root}/${entry.path}` })),
  }));
  return {
    network: { slug: network.slug, name: network.name, isDemo: network.isDemo, closedOn: network.closedOn },
    home: viewer && can(viewer, "network.read-dashboard", { networkId: network.id }) ? "Tableau de bord" : "Le réseau",
    parts: parts.filter(({ doors }) => doors.length > 0),
  };
}

export default function NetworkLayout() {
  return (
    <NetworkFrame {...useLoaderData<typeof loader>()}>
      <Outlet />
    </NetworkFrame>
  );
}

/** What goes wrong in a network keeps its navigation; an unknown network has none. */
export function ErrorBoundary() {
  const fault = useRouteError();
  const data = useRouteLoaderData<typeof loader>("routes/reseaux.$reseau");
  if (!data)
    return (
      <main id="contenu" className="frame" tabIndex={-1}>
        <FaultPage fault={fault} />
      </main>
    );
  return (
    <NetworkFrame {...data}>
      <FaultPage fault={fault} network={data.network} />
    </NetworkFrame>
  );
}

type NetworkFrameProps = ReturnType<typeof useLoaderData<typeof loader>> & { readonly children: ReactNode };

function NetworkFrame({ network, home, parts, children }: NetworkFrameProps) {
  const root = `/reseaux/${network.slug}`;
  return (
    <>
      <section className="network-bar" aria-label={network.name}>
        <div className="frame">
          <Link to={root} className="network-name">
            {network.name}
          </Link>
          <NetworkNav home={{ label: home, to: root }} groups={parts} />
        </div>
      </section>
      <main id="contenu" className="frame" tabIndex={-1}>
        {network.closedOn !== null && (
          <Notice tone="neutral" title={`Ce réseau a pris fin le ${formatDate(network.closedOn)}`}>
            <p>Ses pages restent lisibles ; plus rien ne s’y écrit.</p>
          </Notice>
        )}
        {children}
      </main>
    </>
  );
}
