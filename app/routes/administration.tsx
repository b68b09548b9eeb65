import type { LoaderFunctionArgs } from "@remix-run/node";
import { NavLink, Outlet } from "@remix-run/react";
import { requireViewer } from "~/services/actor.server";
import { requirePermission } from "~/services/gate.server";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "network.create", null);
  return null;
}

export default function AdministrationLayout() {
  return (
    <>
      <section className="network-bar" aria-label="Administration du portail">
        <div className="frame">
          <span className="network-name">Administration du portail</span>
          <nav className="network-nav" aria-label="Administration">
            <ul>
              <li>
                <NavLink to="/administration" end>
                  Réseaux
                </NavLink>
              </li>
              <li>
                <NavLink to="/administration/organismes">Organismes</NavLink>
              </li>
              <li>
                <NavLink to="/administration/personnes">Personnes</NavLink>
              </li>
              <li>
                <NavLink to="/administration/populations">Populations</NavLink>
              </li>
            </ul>
          </nav>
        </div>
      </section>
      <main id="contenu" className="frame" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}
