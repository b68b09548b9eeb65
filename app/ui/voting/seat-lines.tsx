import { Tag, type Tone } from "~/ui/status";

export type SeatLine = {
  readonly seatId: string;
  readonly label: string;
  readonly state: "voted" | "waiting" | "left-out";
  readonly note: string | null;
};

const STATES: Record<SeatLine["state"], { readonly tone: Tone; readonly label: string }> = {
  voted: { tone: "reached", label: "A voté" },
  waiting: { tone: "pending", label: "En attente" },
  "left-out": { tone: "neutral", label: "Ne vote pas" },
};

/** Who has voted, never how. */
export function SeatLines({ lines }: { readonly lines: readonly SeatLine[] }) {
  return (
    <ul className="plain-list seat-lines">
      {lines.map(({ seatId, label, state, note }) => (
        <li key={seatId}>
          <span>{label}</span>
          <span>
            <Tag tone={STATES[state].tone}>{STATES[state].label}</Tag>{" "}
            {note !== null && <span className="soft small">{note}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
