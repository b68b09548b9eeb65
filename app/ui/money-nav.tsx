import { Link, useLocation, useParams } from "@remix-run/react";

/** Everything of the network's money, reachable from any of its pages. */
const DOORS: readonly { readonly path: string; readonly label: string }[] = [
  { path: "budget", label: "Budget" },
  { path: "depenses", label: "Dépenses" },
  { path: "appels-de-fonds", label: "Appels de fonds" },
  { path: "repartition", label: "Répartition" },
  { path: "journee-annuelle", label: "Journée annuelle" },
  { path: "temps-de-travail", label: "Temps de travail" },
  { path: "salles-et-materiel", label: "Salles et matériel" },
  { path: "subventions", label: "Subventions" },
  { path: "justificatifs", label: "Justificatifs" },
  { path: "budget/comptes", label: "Comptes" },
];

/** Of the network that the address names. */
export function MoneyNav() {
  const { pathname } = useLocation();
  const { reseau = "" } = useParams();
  const doors = DOORS.map(({ path, label }) => ({ to: `/reseaux/${reseau}/${path}`, label }));
  const current = doors
    .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
    .toSorted((a, b) => b.to.length - a.to.length)[0];
  return (
    <nav className="money-nav" aria-label="L’argent du réseau">
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
