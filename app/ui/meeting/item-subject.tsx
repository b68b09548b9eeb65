import { Link } from "@remix-run/react";
import type { Cents } from "~/domain/kernel/money";
import { formatCents } from "~/documents/french";
import { Tag } from "../status";

export type ShownSubject = {
  readonly expense: {
    readonly id: string;
    readonly object: string;
    readonly supplier: string;
    readonly amount: Cents;
  } | null;
  readonly settled: string | null;
};

type ItemSubjectProps = {
  readonly slug: string;
  readonly subject: ShownSubject | undefined;
};

/** Under an item: what left it without object, and the expense that it asks for. */
export function ItemSubject({ slug, subject }: ItemSubjectProps) {
  if (!subject) return null;
  const { expense, settled } = subject;
  return (
    <>
      {settled !== null && (
        <p>
          <Tag tone="pending">Sans objet</Tag> <span className="small">{settled}</span>
        </p>
      )}
      {expense && (
        <p className="small">
          {expense.object}, {expense.supplier}, <span className="figure">{formatCents(expense.amount)}</span>.{" "}
          <Link to={`/reseaux/${slug}/depenses/${expense.id}`}>
            Voir la demande<span className="visually-hidden">{`\u00a0: ${expense.object}`}</span>
          </Link>
        </p>
      )}
    </>
  );
}
