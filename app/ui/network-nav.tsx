import { Link, useLocation } from "@remix-run/react";

export type Door = { readonly label: string; readonly to: string };
/** A part of the network: what it opens on is its first door. */
export type DoorGroup = {
  readonly label: string;
  readonly doors: readonly Door[];
  /** Further addresses of the part, reached from its own pages. */
  readonly behind: readonly string[];
};

type NetworkNavProps = { readonly home: Door; readonly groups: readonly DoorGroup[] };

/**
 * The parts of the network in a bar, and under it the pages of the part where the reader is. On a narrow screen, one folded menu holds all.
 * The stylesheet shows one of the two: no script is needed.
 */
export function NetworkNav({ home, groups }: NetworkNavProps) {
  const { pathname } = useLocation();
  const here = findPlace(pathname, groups);
  const isHome = pathname === home.to;
  const markDoor = ({ to }: Door) => (to === here?.door?.to ? (pathname === to ? "page" : "true") : undefined);
  return (
    <>
      <nav className="network-nav wide-only" aria-label="Réseau">
        <ul>
          <li>
            <Link to={home.to} aria-current={isHome ? "page" : undefined}>
              {home.label}
            </Link>
          </li>
          {groups.map((group) => (
            <li key={group.label}>
              <Link to={group.doors[0]?.to ?? home.to} aria-current={group === here?.group ? "true" : undefined}>
                {group.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {here && here.group.doors.length > 1 && (
        <nav className="network-nav network-subnav wide-only" aria-label={here.group.label}>
          <DoorList doors={here.group.doors} mark={markDoor} />
        </nav>
      )}
      <nav className="network-nav narrow-only" aria-label="Réseau">
        <details>
          <summary>Menu{here && <span className="soft"> : {here.door?.label ?? here.group.label}</span>}</summary>
          <ul>
            <li>
              <Link to={home.to} aria-current={isHome ? "page" : undefined}>
                {home.label}
              </Link>
            </li>
          </ul>
          {groups.map((group) =>
            group.doors.length > 1 ? (
              <section key={group.label} aria-label={group.label}>
                <p className="network-part">{group.label}</p>
                <DoorList doors={group.doors} mark={markDoor} />
              </section>
            ) : (
              <DoorList key={group.label} doors={group.doors} mark={markDoor} />
            ),
          )}
        </details>
      </nav>
    </>
  );
}

type DoorListProps = {
  readonly doors: readonly Door[];
  readonly mark: (door: Door) => "page" | "true" | undefined;
};

function DoorList({ doors, mark }: DoorListProps) {
  return (
    <ul>
      {doors.map((door) => (
        <li key={door.to}>
          <Link to={door.to} aria-current={mark(door)}>
            {door.label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

type Place = { readonly group: DoorGroup; readonly door: Door | null };

/** The part that the address belongs to, and its door: the longest one that the address starts with. */
function findPlace(pathname: string, groups: readonly DoorGroup[]): Place | null {
  const leadsTo = (to: string): boolean => pathname === to || pathname.startsWith(`${to}/`);
  for (const group of groups) {
    const doors = group.doors.filter(({ to }) => leadsTo(to)).toSorted((one, other) => other.to.length - one.to.length);
    if (doors[0] || group.behind.some(leadsTo)) return { group, door: doors[0] ?? null };
  }
  return null;
}
