import { Link, useLocation } from "@remix-run/react";

const DOORS: readonly { readonly path: string; readonly label: string; readonly isForMembers: boolean }[] = [
  { path: "indicateurs", label: "Indicateurs", isForMembers: false },
  { path: "recueil", label: "Recueil", isForMembers: true },
  { path: "dictionnaire", label: "Dictionnaire", isForMembers: false },
  { path: "formulaires", label: "Formulaires", isForMembers: false },
];

/** Everything of the network's indicators, reachable from any of its pages. @param root of the network */
export function IndicatorsNav({ root, isMember }: { readonly root: string; readonly isMember: boolean }) {
  const { pathname } = useLocation();
  return (
    <nav className="money-nav screen-only" aria-label="Les indicateurs du réseau">
      <ul>
        {DOORS.filter(({ isForMembers }) => isMember || !isForMembers).map(({ path, label }) => {
          const to = `${root}/${path}`;
          const isCurrent = pathname === to || pathname.startsWith(`${to}/`);
          return (
            <li key={path}>
              <Link to={to} aria-current={isCurrent ? (pathname === to ? "page" : "true") : undefined}>
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
