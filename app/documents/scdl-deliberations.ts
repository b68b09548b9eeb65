import type { PlainDate } from "~/domain/kernel/plain-date";

/** One board's act as the national schema of open data describes it. */
export type PublishedDeliberation = {
  readonly body: string;
  readonly siret: string;
  readonly id: string;
  readonly on: PlainDate;
  readonly object: string;
  readonly transmittedOn: PlainDate | null;
  readonly votes: {
    readonly members: number;
    readonly cast: number;
    readonly for: number;
    readonly against: number;
    readonly abstentions: number;
  } | null;
};

/** Source: SCDL « Délibérations » 2.1.5, in its order. */
export const DELIBERATION_COLUMNS = [
  ...["COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM", "DELIB_OBJET"],
  ...["BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE"],
  ...["VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION", "DELIB_URL"],
] as const;

/** ACTES nomenclature, level 2: where a board files an act of social aid; each board may file it elsewhere. */
export const SUBJECT = { code: "8.2", name: "domaines de compétences par thèmes/aide sociale" } as const;

const FORMULA_START = /^[=+\-@\t\r]/;

/** Commas, UTF-8 without a mark and ISO dates: what the schema's validator reads. */
export function composeScdlDeliberations(deliberations: readonly PublishedDeliberation[]): string {
  const rows = deliberations.map(({ body, siret, id, on, object, transmittedOn, votes }) => [
    ...[body, siret, id, on, SUBJECT.code, SUBJECT.name, object, "", "", "", transmittedOn ?? ""],
    ...(votes === null
      ? ["", "", "", "", ""]
      : [votes.members, votes.cast, votes.for, votes.against, votes.abstentions].map(String)),
    "",
  ]);
  return [DELIBERATION_COLUMNS, ...rows].map((cells) => `${cells.map(composeCell).join(",")}\r\n`).join("");
}

function composeCell(cell: string): string {
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
