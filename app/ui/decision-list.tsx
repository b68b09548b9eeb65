import { Link } from "@remix-run/react";
import type { Cents } from "~/domain/kernel/money";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { formatCents, formatDate } from "~/documents/french";
import { Tag } from "./status";

export type ListedDecision = {
  readonly pollId: string;
  readonly number: string;
  readonly title: string;
  readonly decidedOn: PlainDate;
  readonly isAdopted: boolean;
  readonly sentence: string;
  readonly amount: Cents | null;
};

type DecisionListProps = { readonly root: string; readonly decisions: readonly ListedDecision[] };

/** The latest decisions, with what each costs: the whole list is one link away. */
export function DecisionList({ root, decisions }: DecisionListProps) {
  return (
    <>
      <ul className="plain-list decision-list">
        {decisions.map((decision) => (
          <li key={decision.pollId}>
            <p className="decision-title">
              <span>{decision.title}</span>
              {decision.amount !== null && (
                <span className="figure decision-amount">{formatCents(decision.amount)}</span>
              )}
            </p>
            <p className="small">
              <Tag tone={decision.isAdopted ? "reached" : "missed"}>{decision.isAdopted ? "Adoptée" : "Rejetée"}</Tag>{" "}
              <span className="soft">
                Décision {decision.number}, {formatDate(decision.decidedOn)}. {decision.sentence}
              </span>
            </p>
          </li>
        ))}
      </ul>
      <p className="onward">
        <Link to={`${root}/decisions`}>Toutes les décisions</Link>
      </p>
    </>
  );
}
