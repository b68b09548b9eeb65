import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, Outlet, useLoaderData, useLocation, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { can, type Action } from "~/domain/access/permissions";
import { formatDate } from "~/documents/french";
import { openPublicPage } from "~/services/gate.server";
import { Notice } from "~/ui/status";
import { FaultPage, faultTitle } from "~/ui/fault-page";

type Entry = { readonly label: string; readonly path: string; readonly action: Action };

/** The doors of a network, each shown to whoever may pass it. */
const ENTRIES: readonly Entry[] = [
  { label: "Séances", path: "seances", action: "public.read" },
  { label: "Procès-verbaux", path: "proces-verbaux", action: "public.read" },
  { label: "Décisions", path: "decisions", action: "public.read" },
  { label: "Observatoire", path: "observatoire", action: "public.read" },
  { label: "Comité", path: "membres", action: "public.read" },
  { label: "Indicateurs", path: "indicateurs", action: "public.read" },
  { label: "Quorum", path: "quorum", action: "quorum.read" },
  { label: "Budget", path: "budget", action: "budget.read" },
  { label: "Dépenses", path: "depenses", action: "expense.read" },
  { label: "Plan d’actions", path: "plan-d-actions", action: "public.read" },
  { label: "Convention", path: "conventions", action: "agreement.read" },
  { label: "Consultations", path: "consultations", action: "poll.read" },
  { label: "Documents", path: "documents", action: "public.read" },
  { label: "Annuaire", path: "annuaire", action: "directory.read" },
  { label: "Paramètres", path: "parametres", action: "rules.read" },
];

export const meta: MetaFunction<typeof loader> = ({ data, error }) => [
  { title: error === undefined ? (data?.network.name ?? "Réseau") : faultTitle(error) },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const entries = ENTRIES.filter(({ action }) => can(actor, action, { networkId: network.id }));
  return {
    network: { slug: network.slug, name: network.name, isDemo: network.isDemo, closedOn: network.closedOn },
    home: viewer && can(viewer, "network.read-dashboard", { networkId: network.id }) ? "Tableau de bord" : "Le réseau",
    entries: entries.map(({ label, path }) => ({ label, path })),
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

function NetworkFrame({ network, home, entries, children }: NetworkFrameProps) {
  const root = `/reseaux/${network.slug}`;
  const doors = [{ label: home, to: root }, ...entries.map(({ label, path }) => ({ label, to: `${root}/${path}` }))];
  return (
    <>
      <section className="network-bar" aria-label={network.name}>
        <div className="frame">
          <Link to={root} className="network-name">
            {network.name}
          </Link>
          <NetworkNavigation root={root} doors={doors} />
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

type Door = { readonly label: string; readonly to: string };
type NetworkNavigationProps = { readonly root: string; readonly doors: readonly Door[] };

/** A bar on a wide screen, a folded menu on a narrow one: the stylesheet shows one of the two, no script is needed. */
function NetworkNavigation({ root, doors }: NetworkNavigationProps) {
  const { pathname } = useLocation();
  const current = doors.find(({ to }) => pathname === to || (to !== root && pathname.startsWith(`${to}/`)));
  const list = (
    <ul>
      {doors.map(({ label, to }) => (
        <li key={to}>
          <Link to={to} aria-current={to === current?.to ? (pathname === to ? "page" : "true") : undefined}>
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <nav className="network-nav wide-only" aria-label="Réseau">
        {list}
      </nav>
      <nav className="network-nav narrow-only" aria-label="Réseau">
        <details>
          <summary>Menu{current && <span className="soft"> : {current.label}</span>}</summary>
          {list}
        </details>
      </nav>
    </>
  );
}
