import { clausesOf, type Clause } from "~/domain/agreement/clause";
import { computeNotice } from "~/domain/agreement/notice";
import type { Milestone, Obligation } from "~/domain/agreement/obligations";
import type { Standing } from "~/domain/agreement/terms";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { explainNotice, milestoneWords, PURPOSE_LABELS } from "./agreement-words";

export type ToldAgreement = {
  /** Null for a text that ships with the portal. */
  readonly id: string | null;
  readonly title: string;
  readonly clauses: readonly Clause[];
  readonly effectOn: PlainDate;
  readonly standing: Standing;
  readonly reasoning: readonly string[];
  readonly obligations: readonly Obligation[];
  readonly milestones: readonly Milestone[];
};

const STATES = { late: "en-retard", due: "a-faire", met: "tenue" } as const;
const TERMS = {
  "not-started": "a-venir",
  running: "en-cours",
  indefinite: "duree-indeterminee",
  expired: "expiree",
  terminated: "resiliee",
} as const;

/** Where a letter sent and received on this day would lead, by each clause of notice. */
export function tellLetters(clauses: readonly Clause[], on: PlainDate) {
  return clausesOf(clauses, "notice").map(({ key, article, sentence, rule }) => {
    const answer = computeNotice(rule.notice, { sentOn: on, receivedOn: on, deemed: null });
    return {
      ...{ cle: key, article, nature: PURPOSE_LABELS[rule.purpose] ?? rule.purpose, clause: sentence },
      dernierJour: answer.ok ? (answer.value.retained?.endsOn ?? null) : null,
      autresLectures: answer.ok ? answer.value.others.map(({ endsOn }) => endsOn) : [],
      raisonnement: answer.ok
        ? explainNotice(answer.value)
        : ["Le texte demande un délai raisonnable, que dit la partie qui s’en va."],
    };
  });
}

/** What the conventions ask on a day, for machines: names in French, dates as AAAA-MM-JJ, null where there is none. */
export function composeObligations(reseau: string, date: PlainDate, told: readonly ToldAgreement[]) {
  return {
    reseau,
    date,
    conventions: told.map(({ id, title, clauses, effectOn, standing, reasoning, obligations, milestones }) => ({
      ...{ id, titre: title, effet: effectOn, etat: TERMS[standing.state], fin: standing.endsOn },
      periode: { debut: standing.current.startsOn, fin: standing.current.endsOn },
      autreLecture: standing.otherReading && {
        debut: standing.otherReading.startsOn,
        fin: standing.otherReading.endsOn,
      },
      raisonnement: reasoning,
      obligations: obligations.map((obligation) => ({
        ...{ cle: obligation.key, article: obligation.article, titre: obligation.title, clause: obligation.sentence },
        ...{ etat: STATES[obligation.state], echeance: obligation.dueOn },
        periode: obligation.period && { debut: obligation.period.from, fin: obligation.period.to },
        ...{ demande: obligation.needed, fait: obligation.proofs.length },
        preuves: obligation.proofs.map(({ on, label, href }) => ({ date: on, libelle: label, adresse: href })),
      })),
      echeances: milestones.map((milestone) => ({
        ...{ date: milestone.on, nature: milestone.kind, titre: milestoneWords(milestone), article: milestone.article },
        obligation: milestone.obligationKey,
      })),
      courriersDuJour: tellLetters(clauses, date),
    })),
  };
}
