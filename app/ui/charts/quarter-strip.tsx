import type { SeatMark } from "~/documents/quorum-tracking";
import type { ComplianceState } from "~/domain/quorum/quarters";
import type { ReactNode } from "react";
import { ComplianceTag } from "./compliance-tag";
import { PresenceMarks } from "./presence-marks";

export type StripMeeting = {
  readonly id: string;
  readonly summary: string;
  readonly marks: readonly SeatMark[];
  readonly needed: number | null;
  readonly name: ReactNode;
};

export type StripQuarter = {
  readonly name: string;
  readonly state: ComplianceState;
  readonly sentence: string;
  readonly meetings: readonly StripMeeting[];
};

/** The year's four quarters side by side: the state in a word, each meeting as a row of seats, and what it says. */
export function QuarterStrip({ quarters }: { readonly quarters: readonly StripQuarter[] }) {
  return (
    <ol className="quarters">
      {quarters.map((quarter) => (
        <li key={quarter.name}>
          <h3>{quarter.name}</h3>
          <p>
            <ComplianceTag state={quarter.state} />
          </p>
          {quarter.meetings.map((meeting) => (
            <div className="quarter-meeting" key={meeting.id}>
              <p>{meeting.name}</p>
              {meeting.marks.length > 0 && (
                <PresenceMarks marks={meeting.marks} needed={meeting.needed} label={meeting.summary} />
              )}
              <p className="small soft">{meeting.summary}</p>
            </div>
          ))}
          {(quarter.meetings.length === 0 || quarter.state !== "met") && <p className="small">{quarter.sentence}</p>}
        </li>
      ))}
    </ol>
  );
}
