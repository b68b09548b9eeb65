import type { PlainDate } from "~/domain/kernel/plain-date";
import { formatDate, NBSP } from "~/documents/french";

type FollowUpsProps = {
  readonly answers: readonly {
    readonly id: string;
    readonly text: string;
    readonly by: string;
    readonly givenOn: PlainDate;
  }[];
};

/** What was done about the department's reserve, the oldest first. */
export function FollowUps({ answers }: FollowUpsProps) {
  if (answers.length === 0) return null;
  return (
    <ul className="plain-list">
      {answers.map(({ id, text, by, givenOn }) => (
        <li key={id}>
          <strong>Suite donnée</strong>, le {formatDate(givenOn)}, {by}
          {NBSP}: {text}
        </li>
      ))}
    </ul>
  );
}
