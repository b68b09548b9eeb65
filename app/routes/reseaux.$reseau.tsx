import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, NavLink, Outlet, useLoaderData, useLocation } from "@remix-run/react";
import { can, type Action } from "~/domain/access/permissions";
import { openPublicPage } from "~/services/gate.server";

type Entry = { readonly label: string; readonly path: string; readonly action: Action };

/** The doors of a network, each shown to whoever may pass it. */
const ENTRIES: readonly Entry[] = [
  { label: "Séances", path: "seances", action: "public.read" },
  { label: "Procès-verbaux", path: "proces-verbaux", action: "public.read" },
  { label: "Décisions", path: "decisions", action: "public.read" },
  { label: "Comité", path: "membres", action: "public.read" },
  { label: "Quorum", path: "quorum", action: "quorum.read" },
  { label: "Dépenses", path: "depenses", action: "expense.read" },
  { label: "Annuaire", path: "annuaire", action: "directory.read" },
  { label: "Paramètres", path: "parametres", action: "rules.read" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const entries = ENTRIES.filter(({ action }) => can(actor, action, { networkId: network.id }));
  return {
    network: { slug: network.slug, name: network.name, isDemo: network.isDemo },
    home: viewer && can(viewer, "network.read-dashboard", { networkId: network.id }) ? "Tableau de bord" : "Le réseau",
    entries: entries.map(({ label, path }) => ({ label, path })),
  };
}

export default function NetworkLayout() {
  const { network, home, entries } = useLoaderData<typeof loader>();
  const root = `/reseaux/${network.slug}`;
  const { pathname } = useLocation();
  return (
    <>
      <div className="network-bar">
        <div className="frame">
          <Link to={root} className="network-name">
            {network.name}
          </Link>
          <nav className="network-nav" aria-label="Réseau">
            <ul>
              <li>
                <Link to={root} aria-current={pathname === root ? "page" : undefined}>
                  {home}
                </Link>
              </li>
              {entries.map(({ label, path }) => (
                <li key={path}>
                  <NavLink to={`${root}/${path}`}>{label}</NavLink>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </div>
      <main id="contenu" className="frame" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}
