import type { AgreementAct, Article, Clause, ClauseRule } from "../../../app/domain/agreement/clause";
import type { DelegationLink } from "../../../app/domain/agreement/signature";

/** A text as it ships: restated in our own words under its own articles; facts, numbers and dates are those of the text. Offices, no names. */
export type ModelParty = {
  /** Which organisation of the model; null for one that has no record in the portal. */
  readonly organization: string;
  readonly label: string;
  readonly office: string;
  readonly board: string;
  readonly needsHabilitation: boolean;
  readonly deliberationNumber: string;
  readonly deliberationOn: string | null;
  readonly chain: readonly DelegationLink[];
};

export type ModelOrganization = {
  readonly key: string;
  readonly kind: "ccas" | "cias" | "departement" | "union" | "autre";
  readonly name: string;
  readonly shortName: string;
  readonly inseeCode: string | null;
  /** Does it sit in the committee of the network? */
  readonly isSeated: boolean;
};

export type ModelClarification = {
  readonly articles: string;
  readonly title: string;
  readonly problem: string;
  readonly readings: readonly string[];
  /** It comes from the dates of the text itself, which another network doesn't take over. */
  readonly isOfItsDates?: true;
};

export type ModelAnnex = {
  readonly key: string;
  readonly title: string;
  readonly datedOn: string;
  readonly body: string;
};

export type AgreementModel = {
  readonly key: string;
  readonly networkName: string;
  readonly presentation: string;
  readonly contact: string;
  /** Key of the organisation that leads; the first seat is its own. */
  readonly lead: string;
  readonly organizations: readonly ModelOrganization[];
  readonly kind: "convention" | "framework" | "local" | "contract";
  readonly title: string;
  /** What the text is, where its dates come from, what is supposed. */
  readonly note: string;
  readonly effectOn: string;
  readonly signedOn: string | null;
  readonly place: string;
  readonly parties: readonly ModelParty[];
  readonly articles: readonly Article[];
  readonly clauses: readonly Clause[];
  readonly acts: readonly AgreementAct[];
  readonly annexes: readonly ModelAnnex[];
  readonly clarifications: readonly ModelClarification[];
};

export const article = (number: string, title: string, text: string): Article => ({ number, title, text });

export const clause = (key: string, at: string, title: string, sentence: string, rule: ClauseRule): Clause => ({
  ...{ key, article: at, title, sentence, rule },
});

/** A commitment that holds at all times. */
export const standing = (key: string, at: string, title: string, sentence: string): Clause =>
  clause(key, at, title, sentence, { kind: "standing" });
