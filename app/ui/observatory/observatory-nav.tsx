import { Link, useLocation } from "@remix-run/react";

const DOORS: readonly { readonly path: string; readonly label: string; readonly also?: readonly string[] }[] = [
  { path: "observatoire", label: "Portrait" },
  { path: "observatoire/themes", label: "Thèmes", also: ["observatoire/indicateurs"] },
  { path: "observatoire/communes", label: "Fiches communales" },
  { path: "observatoire/observations", label: "Observations" },
  { path: "observatoire/analyse", label: "Analyse des besoins sociaux" },
  { path: "observatoire/catalogue", label: "Catalogue" },
  { path: "observatoire/donnees", label: "Sources" },
];

/** Everything of the observatory, reachable from any of its pages. @param root of the network */
export function ObservatoryNav({ root }: { readonly root: string }) {
  const { pathname } = useLocation();
  const isUnder = (path: string): boolean => pathname === `${root}/${path}` || pathname.startsWith(`${root}/${path}/`);
  const current = DOORS.filter(({ path, also = [] }) => [path, ...also].some(isUnder)).at(-1);
  return (
    <nav className="money-nav" aria-label="L’observatoire">
      <ul>
        {DOORS.map((door) => {
          const to = `${root}/${door.path}`;
          return (
            <li key={to}>
              <Link to={to} aria-current={door === current ? (pathname === to ? "page" : "true") : undefined}>
                {door.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
