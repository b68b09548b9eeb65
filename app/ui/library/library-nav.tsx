import { Link, useLocation } from "@remix-run/react";

/** The papers of a network and what one does with them. `isMember`: visitors read and search, no more. */
export function LibraryNav({ root, isMember }: { readonly root: string; readonly isMember: boolean }) {
  const { pathname } = useLocation();
  const doors = [
    { to: `${root}/documents`, label: "Bibliothèque" },
    { to: `${root}/recherche`, label: "Recherche" },
    ...(isMember
      ? [
          { to: `${root}/documents/conservation`, label: "Conservation" },
          { to: `${root}/archive`, label: "Archive et passation" },
        ]
      : []),
  ];
  const current = doors
    .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
    .toSorted((one, other) => other.to.length - one.to.length)[0];
  return (
    <nav className="money-nav" aria-label="Les papiers du réseau">
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
