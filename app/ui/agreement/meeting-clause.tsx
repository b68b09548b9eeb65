import { Link } from "@remix-run/react";
import { articleWords, compositionWords, GROUP_PRESENCES } from "~/documents/agreement-words";
import { NBSP } from "~/documents/french";
import { Section } from "~/ui/page";

export type ShownClause = {
  readonly key: string;
  readonly article: string;
  readonly title: string;
  readonly sentence: string;
  readonly at: "each" | "one";
  readonly groups: readonly { readonly label: string; readonly presence: keyof typeof GROUP_PRESENCES }[];
};

type MeetingClauseProps = { readonly clause: ShownClause | null; readonly root: string; readonly mayNote: boolean };

/** What the agreement asks of a meeting that answers one of its clauses: who must be there, and who is noted. */
export function MeetingClause({ clause, root, mayNote }: MeetingClauseProps) {
  if (clause === null) return null;
  return (
    <Section title="Ce que la convention demande à cette séance" id="convention">
      <p>
        {clause.title} ({articleWords(clause.article)}){NBSP}: {clause.sentence}
      </p>
      {clause.groups.length > 0 && (
        <>
          <p>{compositionWords(clause.at, clause.groups)}</p>
          <ul>
            {clause.groups.map(({ label, presence }) => (
              <li key={label}>
                {label}
                {NBSP}: {GROUP_PRESENCES[presence]}
              </li>
            ))}
          </ul>
          {mayNote && (
            <p className="screen-only">
              <Link to={`${root}/conventions/rencontres#rencontre-${clause.key}`}>Noter les participants</Link>
            </p>
          )}
        </>
      )}
    </Section>
  );
}
