import { Link, useLocation, useParams } from "@remix-run/react";

type IndicatorsNavProps = { readonly isMember: boolean; readonly mayPublish?: boolean };

/** What is published, how it is collected and, for the lead, how it gets published: reachable from any of its pages. */
export function IndicatorsNav({ isMember, mayPublish = false }: IndicatorsNavProps) {
  const { pathname } = useLocation();
  const { reseau = "" } = useParams();
  const doors = [
    { path: "indicateurs", label: "Chiffres publiés" },
    ...(isMember ? [{ path: "recueil", label: "Recueil" }] : []),
    { path: "dictionnaire", label: "Dictionnaire" },
    { path: "formulaires", label: "Formulaires partagés" },
    ...(mayPublish ? [{ path: "indicateurs/publications", label: "Publier" }] : []),
  ].map(({ path, label }) => ({ to: `/reseaux/${reseau}/${path}`, label }));
  const current = doors
    .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
    .toSorted((one, other) => other.to.length - one.to.length)[0];
  return (
    <nav className="money-nav screen-only" aria-label="Les indicateurs du réseau">
      <ul>
        {doors.map(({ to, label }) => (
          <li key={to}>
            <Link to={to} aria-current={to === current?.to ? (pathname === to ? "page" : "true") : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
