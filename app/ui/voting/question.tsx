import type { Cents } from "~/domain/kernel/money";
import { formatCents } from "~/documents/french";
import { Prose } from "~/ui/page";

export type QuestionExpense = {
  readonly id: string;
  readonly object: string;
  readonly supplier: string;
  readonly amount: Cents;
  readonly justificationHtml: string;
  readonly documents: readonly { readonly id: string; readonly title: string }[];
};

type QuestionProps = {
  readonly root: string;
  readonly bodyHtml: string | null;
  readonly expense: QuestionExpense | null;
};

/** What is put to the vote: the amount first, its justification one tap away. */
export function Question({ root, bodyHtml, expense }: QuestionProps) {
  return (
    <div className="question">
      {expense && (
        <>
          <p className="question-amount">
            <span className="figure">{formatCents(expense.amount)}</span>{" "}
            <span className="soft">{expense.supplier}</span>
          </p>
          <details>
            <summary>Justification et documents</summary>
            {expense.justificationHtml.trim() === "" ? (
              <p className="soft">Aucune justification n’a été écrite.</p>
            ) : (
              <Prose html={expense.justificationHtml} />
            )}
            {expense.documents.length > 0 && (
              <ul>
                {expense.documents.map((document) => (
                  <li key={document.id}>
                    <a href={`${root}/documents/${document.id}`} download>
                      {document.title}
                    </a>
                  </li>
                ))}
              </ul>
            )}
            <p>
              <a href={`${root}/depenses/${expense.id}`}>Voir la demande de dépense</a>
            </p>
          </details>
        </>
      )}
      {bodyHtml !== null && <Prose html={bodyHtml} />}
    </div>
  );
}
