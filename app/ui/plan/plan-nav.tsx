import { Link, useLocation } from "@remix-run/react";

const DOORS: readonly { readonly path: string; readonly label: string; readonly isPublic: boolean }[] = [
  { path: "", label: "Plan de l’année", isPublic: true },
  { path: "/relectures", label: "Relectures du Département", isPublic: false },
  { path: "/programme", label: "Programme", isPublic: false },
  { path: "/qui-fait-quoi", label: "Qui fait quoi", isPublic: false },
  { path: "/evaluation", label: "Évaluation et bilans", isPublic: false },
  { path: "/bonnes-pratiques", label: "Bonnes pratiques", isPublic: true },
];

/** Everything of the action plan, reachable from any of its pages. @param root of the network */
export function PlanNav({ root, isMember = true }: { readonly root: string; readonly isMember?: boolean }) {
  const { pathname } = useLocation();
  const doors = DOORS.filter(({ isPublic }) => isMember || isPublic).map(({ path, label }) => ({
    to: `${root}/plan-d-actions${path}`,
    label,
  }));
  const current = doors
    .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
    .toSorted((a, b) => b.to.length - a.to.length)[0];
  return (
    <nav className="plan-nav" aria-label="Plan d’actions">
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
