import { Link, useLocation } from "@remix-run/react";

type LibraryNavProps = {
  readonly root: string;
  /** Reads the papers of members and how long they are kept. */
  readonly isMember: boolean;
  readonly seesArchives: boolean;
};

/** The papers of a network and what one does with them: each door only for whom it opens. */
export function LibraryNav({ root, isMember, seesArchives }: LibraryNavProps) {
  const { pathname } = useLocation();
  const doors = [
    { to: `${root}/documents`, label: "Bibliothèque" },
    { to: `${root}/recherche`, label: "Recherche" },
    ...(isMember ? [{ to: `${root}/documents/conservation`, label: "Conservation" }] : []),
    ...(seesArchives ? [{ to: `${root}/archive`, label: "Archive et passation" }] : []),
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
