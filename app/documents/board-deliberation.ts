import type { ArticleChange } from "~/domain/agreement/amendment";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { articleWords } from "./agreement-words";
import { formatDate, NBSP } from "./french";

export type DeliberationFacts = {
  readonly party: string;
  readonly board: string;
  readonly agreementTitle: string;
  readonly signedOn: PlainDate | null;
  readonly amendmentNumber: number;
  readonly amendmentTitle: string;
  readonly reason: string;
  readonly changes: readonly ArticleChange[];
  /** Article of the convention that asks for the board's approval, when the text has one. */
  readonly approvalArticle: string | null;
  readonly boards: number;
};

export type DeliberationModel = {
  readonly title: string;
  readonly grounds: readonly string[];
  readonly reasons: readonly string[];
  readonly decisions: readonly string[];
};

/** The model of the act by which one board approves an amendment; what only the board knows is left to fill in. */
export function composeDeliberation(facts: DeliberationFacts): DeliberationModel {
  const { party, board, agreementTitle, signedOn, amendmentNumber, amendmentTitle, reason, changes } = facts;
  const amendment = `l’avenant n°${NBSP}${amendmentNumber} à la convention «${NBSP}${agreementTitle}${NBSP}»`;
  return {
    title: `${board} — ${party}${NBSP}: approbation de ${amendment}`,
    grounds: [
      `Vu la convention «${NBSP}${agreementTitle}${NBSP}»${signedOn === null ? "" : `, signée le ${formatDate(signedOn)}`}${
        facts.approvalArticle === null ? "" : `, notamment son ${articleWords(facts.approvalArticle)}`
      }${NBSP};`,
      `Vu le projet d’avenant n°${NBSP}${amendmentNumber}, «${NBSP}${amendmentTitle}${NBSP}», annexé${NBSP};`,
    ],
    reasons: [
      `Considérant que ${lower(reason.replace(/[.\s]+$/, ""))}${NBSP};`,
      `Considérant que l’avenant prend effet lorsque les ${facts.boards}${NBSP}conseils appelés à l’approuver l’ont approuvé${NBSP};`,
    ],
    decisions: [
      `Approuve ${amendment}, qui modifie ${changes.map(({ article }) => `l’${articleWords(article)}`).join(", ")}.`,
      "Autorise la présidence à signer l’avenant et tout acte nécessaire à son exécution.",
      "Dit que la délibération sera transmise au secrétariat du réseau, avec son numéro et sa date.",
    ],
  };
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
