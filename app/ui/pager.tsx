import { Link } from "@remix-run/react";

type PagerProps = {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly addressOf: (page: number) => string;
};

/** Earlier and later pages of a long list; nothing when it holds on one. */
export function Pager({ page, pageSize, total, addressOf }: PagerProps) {
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1) return null;
  return (
    <nav className="pager screen-only" aria-label="Pages">
      {page > 1 && <Link to={addressOf(page - 1)}>Plus récents</Link>}
      <span>
        Page {page} sur {last}
      </span>
      {page < last && <Link to={addressOf(page + 1)}>Plus anciens</Link>}
    </nav>
  );
}

/** The page asked for in an address; 1 for anything else than a whole number. */
export function readPage(search: URLSearchParams): number {
  const text = search.get("page") ?? "";
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}
