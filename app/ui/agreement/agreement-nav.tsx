import { Link, useLocation } from "@remix-run/react";

/** Everything of the network's conventions, reachable from any of their pages. */
const DOORS: readonly { readonly path: string; readonly label: string }[] = [
  { path: "conventions", label: "Conventions" },
  { path: "obligations", label: "Obligations" },
  { path: "conventions/contradictions", label: "Contradictions" },
  { path: "conventions/rencontres", label: "Rencontres" },
  { path: "conventions/calculs", label: "Calculs" },
];

/** @param root of the network */
export function AgreementNav({ root }: { readonly root: string }) {
  const { pathname } = useLocation();
  const doors = DOORS.map(({ path, label }) => ({ to: `${root}/${path}`, label }));
  const current = doors
    .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
    .toSorted((a, b) => b.to.length - a.to.length)[0];
  return (
    <nav className="money-nav" aria-label="La convention du réseau">
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
