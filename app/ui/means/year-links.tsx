import { Link } from "@remix-run/react";

type YearLinksProps = { readonly root: string; readonly year: number; readonly years: readonly number[] };

/** The years of a page « ?annee= », the latest first; nothing when there is only one. */
export function YearLinks({ root, year, years }: YearLinksProps) {
  if (years.length < 2) return null;
  return (
    <nav className="row year-links" aria-label="Années">
      {years.map((one) => (
        <Link key={one} to={`${root}?annee=${one}`} aria-current={one === year ? "page" : undefined}>
          {one}
        </Link>
      ))}
    </nav>
  );
}
