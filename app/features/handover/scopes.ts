/**
 * What of each table an archive holds. A table that has a `network_id` is exported with the rows of the network, without a word here:
 * so are those that come later. The others are told one by one, or a test fails.
 */
export type TableScope =
  /** Rows whose `network_id` is the network. */
  | { readonly kind: "network" }
  /** The row of the network itself. */
  | { readonly kind: "self" }
  /** Rows that belong to an exported row of `table` through `column`. */
  | { readonly kind: "through"; readonly column: string; readonly table: string }
  /** Rows that an exported row names. */
  | { readonly kind: "named" }
  /** Public figures, the same for every network: taken whole, and put back only where they are missing. */
  | { readonly kind: "shared" }
  | { readonly kind: "excluded"; readonly reason: string };

const excluded = (reason: string): TableScope => ({ kind: "excluded", reason });

const PUBLIC_FIGURES =
  "Chiffres et contours publics (INSEE et autres producteurs), les mêmes pour tous : « npm run importer » les remet.";

/** Tables without a `network_id`, and those that have one but stay. */
export const TABLE_SCOPES: Readonly<Record<string, TableScope>> = {
  network: { kind: "self" },
  organization: { kind: "named" },
  person: { kind: "named" },
  secret_ballot: { kind: "through", column: "poll_id", table: "poll" },
  mail_event: { kind: "through", column: "mail_id", table: "outbox_mail" },
  population_dataset: { kind: "shared" },
  population: { kind: "shared" },
  commune_movement: { kind: "shared" },
  figure_dataset: excluded(PUBLIC_FIGURES),
  figure: excluded(PUBLIC_FIGURES),
  commune: excluded(PUBLIC_FIGURES),
  commune_centroid: excluded(PUBLIC_FIGURES),
  commune_outline: excluded(PUBLIC_FIGURES),
  department: excluded(PUBLIC_FIGURES),
  figure_import: excluded("Importations en cours ou passées de chiffres publics : le travail d’une installation."),

  credential: excluded("Mots de passe et clés de double authentification : chacun reçoit une nouvelle invitation."),
  session: excluded("Connexions en cours : elles ne valent que sur le portail qui les a ouvertes."),
  obligation_feed: excluded("Adresses secrètes des calendriers personnels : chacun en redemande une."),
  one_time_link: excluded("Liens personnels de connexion : un secret ne se transmet pas."),
  sign_in_attempt: excluded("Essais de connexion, effacés au bout d’un jour."),
  form_draft: excluded("Formulaires interrompus, rendus à leur auteur puis effacés."),
  security_event: excluded(
    "Journal de sécurité de l’installation (connexions, accès refusés) : il reste à qui l’exploite.",
  ),
  search_entry: excluded("Index de la recherche : il se refait de lui-même."),
  search_word: excluded("Index de la recherche : il se refait de lui-même."),
  search_state: excluded("Index de la recherche : il se refait de lui-même."),
  archive_production: excluded("Archives déjà produites : leurs fichiers restent ici, le registre en garde la trace."),
};

/** The scope of a table; null when nobody has said what becomes of it. */
export function scopeOf(table: {
  readonly name: string;
  readonly columns: readonly { readonly name: string }[];
}): TableScope | null {
  const told = TABLE_SCOPES[table.name];
  if (told) return told;
  return table.columns.some(({ name }) => name === "network_id") ? { kind: "network" } : null;
}

export type RawRow = Readonly<Record<string, unknown>>;
type Redaction = (row: RawRow, facts: { readonly serving: ReadonlySet<string> }) => unknown;

/** Personal links in the body of a mail: « /reponse/… », « /lien/… ». */
const PERSONAL_LINK = /\/(reponse|lien)\/[A-Za-z0-9_-]{8,}/g;
const withoutLinks =
  (column: string): Redaction =>
  (row) =>
    String(row[column]).replace(PERSONAL_LINK, "/$1/lien-personnel-retire");

/**
 * What a column becomes in an archive: secrets never leave, and an address only does for whoever still serves the network.
 * Same row, same value: an archive is made twice alike.
 */
export const REDACTIONS: Readonly<Record<string, Readonly<Record<string, Redaction>>>> = {
  person: {
    email: ({ id, email }, { serving }) =>
      serving.has(String(id)) ? email : `${String(id)}@sans-adresse.invalid`.toLowerCase(),
    is_administrator: () => 0,
  },
  convocation_recipient: { reply_token_hash: ({ id }) => `retire-${String(id)}` },
  outbox_mail: {
    body_text: withoutLinks("body_text"),
    attachments: withoutLinks("attachments"),
    status: ({ status }) => (status === "queued" ? "failed" : status),
    next_attempt_at: () => null,
  },
};

/** A column of this name holds a secret or what stands for one, unless it is told here or redacted above. */
export const SECRET_COLUMN = /token|password|secret(?!ar)|totp|passkey/;
