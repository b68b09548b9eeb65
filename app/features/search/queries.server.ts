import type { NetworkId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { excerptOf, readQuery, type ExcerptPart } from "~/domain/search/words";
import type { Db } from "~/services/db.server";
import type { EntryAccess, EntryKind } from "./readers";

export const PAGE_SIZE = 20;

export type SearchQuery = {
  readonly text: string;
  readonly kind: EntryKind | null;
  readonly year: number | null;
  readonly accesses: readonly EntryAccess[];
  /** From 1. */
  readonly page: number;
};

export type FoundEntry = {
  readonly kind: EntryKind;
  readonly title: readonly ExcerptPart[];
  readonly datedOn: PlainDate;
  readonly path: string;
  readonly excerpt: readonly ExcerptPart[] | null;
};

export type SearchResult = {
  readonly entries: readonly FoundEntry[];
  readonly total: number;
  readonly byKind: ReadonlyMap<EntryKind, number>;
  readonly years: readonly number[];
  /** Was there a word to look for? */
  readonly hasWords: boolean;
};

const NOTHING: SearchResult = { entries: [], total: 0, byKind: new Map(), years: [], hasWords: false };

/**
 * Entries that hold every word, or a word that starts with it, and that these accesses may read; those that hold them most first, the latest
 * first among equals. The filters by kind and year narrow the entries, and leave the counts of the other kinds and years to be seen.
 */
export async function search(db: Db, networkId: NetworkId, query: SearchQuery): Promise<SearchResult> {
  const stems = readQuery(query.text);
  if (stems.length === 0) return NOTHING;
  const matching = stems.slice(1).reduce(
    (entries, stem) =>
      entries.where("searchEntry.id", "in", (eb) =>
        eb
          .selectFrom("searchWord")
          .select("searchWord.entryId")
          .where("searchWord.networkId", "=", networkId)
          .where("searchWord.word", ">=", stem)
          .where("searchWord.word", "<", afterPrefix(stem)),
      ),
    db
      .selectFrom("searchWord as found")
      .innerJoin("searchEntry", "searchEntry.id", "found.entryId")
      .where("found.networkId", "=", networkId)
      .where("found.word", ">=", stems[0] ?? "")
      .where("found.word", "<", afterPrefix(stems[0] ?? ""))
      .where("searchEntry.networkId", "=", networkId)
      .where("searchEntry.access", "in", [...query.accesses]),
  );
  const counts = await matching
    .select(["searchEntry.kind", "searchEntry.year"])
    .select(({ fn }) => fn.count("searchEntry.id").distinct().as("count"))
    .groupBy(["searchEntry.kind", "searchEntry.year"])
    .execute();
  let narrowed = matching;
  if (query.kind !== null) narrowed = narrowed.where("searchEntry.kind", "=", query.kind);
  if (query.year !== null) narrowed = narrowed.where("searchEntry.year", "=", query.year);
  const ids = await narrowed
    .select("searchEntry.id")
    .groupBy(["searchEntry.id", "searchEntry.datedOn"])
    .orderBy(({ fn }) => fn.sum("found.weight"), "desc")
    .orderBy("searchEntry.datedOn", "desc")
    .orderBy("searchEntry.id")
    .limit(PAGE_SIZE)
    .offset((query.page - 1) * PAGE_SIZE)
    .execute();
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom("searchEntry")
          .select(["id", "kind", "title", "body", "datedOn", "path"])
          .where(
            "id",
            "in",
            ids.map(({ id }) => id),
          )
          .execute();
  const inKind = counts.filter(({ kind }) => query.kind === null || kind === query.kind);
  const inYear = counts.filter(({ year }) => query.year === null || year === query.year);
  const both = inKind.filter(({ year }) => query.year === null || year === query.year);
  const sum = (some: typeof counts): number => some.reduce((total, { count }) => total + Number(count), 0);
  return {
    entries: ids.flatMap(({ id }) => {
      const row = rows.find((each) => each.id === id);
      if (!row) return [];
      return [
        {
          ...{ kind: row.kind as EntryKind, datedOn: row.datedOn as PlainDate, path: row.path },
          title: excerptOf(row.title, stems, row.title.length) ?? [{ text: row.title, isMatch: false }],
          excerpt: excerptOf(row.body, stems),
        },
      ];
    }),
    total: sum(both),
    byKind: new Map(
      [...new Set(inYear.map(({ kind }) => kind))].map((kind) => [
        kind as EntryKind,
        sum(inYear.filter((row) => row.kind === kind)),
      ]),
    ),
    years: [...new Set(inKind.map(({ year }) => year))].sort((one, other) => other - one),
    hasWords: true,
  };
}

/** The first text after all those that start with this one. Words hold letters and digits only, so that this letter follows them all. */
function afterPrefix(stem: string): string {
  return `${stem}\uffff`;
}
