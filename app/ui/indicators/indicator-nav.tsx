import { Link, useLocation, useParams } from "@remix-run/react";

type Door = { readonly path: string; readonly label: string };
type IndicatorNavProps = { readonly isMember: boolean; readonly mayPublish: boolean };

/** What is published, how it is collected, and for the lead how it gets published. */
export function IndicatorNav({ isMember, mayPublish }: IndicatorNavProps) {
  const { pathname } = useLocation();
  const { reseau = "" } = useParams();
  if (!isMember) return null;
  const doors: readonly Door[] = [
    { path: "indicateurs", label: "Vue d’ensemble" },
    { path: "recueil", label: "Recueil" },
    { path: "dictionnaire", label: "Dictionnaire" },
    { path: "formulaires", label: "Formulaires partagés" },
    ...(mayPublish ? [{ path: "indicateurs/publications", label: "Publications" }] : []),
  ];
  return (
    <nav className="money-nav" aria-label="Indicateurs">
      <ul>
        {doors.map(({ path, label }) => {
          const to = `/reseaux/${reseau}/${path}`;
          return (
            <li key={path}>
              <Link to={to} aria-current={pathname === to ? "page" : undefined}>
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
