import type { LocalDateTime } from "~/domain/kernel/paris-time";
import type { Choice } from "~/domain/voting/poll";
import { enumerate, formatDateTime } from "~/documents/french";
import { CHOICE_LABELS } from "~/documents/voting-words";
import { Notice, type Tone } from "~/ui/status";
import { Table } from "~/ui/table";

export type ShownVote = {
  readonly seatId: string;
  readonly label: string;
  readonly choice: Choice;
  readonly holderLabel: string | null;
};

export type ShownResult = {
  readonly outcome: "adopted" | "rejected" | "tied-rejected" | "no-decision";
  readonly sentence: string;
  readonly decisionNumber: string | null;
  readonly quorumSentence: string | null;
  readonly closedAt: LocalDateTime;
  readonly votes: readonly ShownVote[] | null;
  readonly silent: readonly string[];
};

const TONES: Record<ShownResult["outcome"], Tone> = {
  adopted: "reached",
  rejected: "missed",
  "tied-rejected": "missed",
  "no-decision": "pending",
};

/** What a closed vote decided, its arithmetic, and the votes by name when it was public. */
export function ResultSheet({ result }: { readonly result: ShownResult }) {
  return (
    <>
      <Notice
        tone={TONES[result.outcome]}
        title={result.decisionNumber === null ? "Résultat" : `Décision n°\u00a0${result.decisionNumber}`}
      >
        <p>{result.sentence}.</p>
        <p className="small">
          Scrutin clos le {formatDateTime(result.closedAt)}.
          {result.quorumSentence !== null && <> {result.quorumSentence}.</>}
        </p>
      </Notice>
      {result.votes === null ? (
        <p>Vote secret : le décompte est publié entier, et aucun bulletin ne porte de nom.</p>
      ) : (
        result.votes.length > 0 && (
          <Table
            narrow="stack"
            caption="Votes par siège"
            columns={[
              { key: "seat", label: "Siège", heading: true, cell: (vote) => vote.label },
              { key: "choice", label: "Vote", cell: (vote) => CHOICE_LABELS[vote.choice] },
              {
                key: "holder",
                label: "Par pouvoir",
                cell: (vote) => (vote.holderLabel === null ? "" : `porté par ${vote.holderLabel}`),
              },
            ]}
            rows={result.votes}
            rowKey={(vote) => vote.seatId}
          />
        )
      )}
      {result.silent.length > 0 && <p className="soft">N’ont pas voté : {enumerate(result.silent)}.</p>}
    </>
  );
}
