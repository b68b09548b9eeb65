import type { SeatMark } from "~/documents/quorum-tracking";

const STEP = 22;
const HEIGHT = 26;
const RADIUS = 8;
const GAP = STEP - 2 * RADIUS;

type PresenceMarksProps = {
  readonly marks: readonly SeatMark[];
  /** Draws the threshold after that many places. */
  readonly needed?: number | null;
  /** Says the same as the picture. */
  readonly label: string;
};

/** A row of seats: full for a presence, half full for one at another moment, hollow and crossed for an absence, dotted for a vacant seat. Shapes speak without colour. */
export function PresenceMarks({ marks, needed = null, label }: PresenceMarksProps) {
  const width = marks.length * STEP;
  const threshold = needed !== null && needed >= 1 && needed <= marks.length ? needed * STEP - GAP / 2 : null;
  return (
    <svg
      className="presence-marks"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {marks.map((presence, index) => (
        <Mark key={index} presence={presence} x={RADIUS + index * STEP} />
      ))}
      {threshold !== null && (
        <path className="mark-threshold" d={`M${threshold} 0v${HEIGHT}`} stroke="currentColor" strokeWidth="2" />
      )}
    </svg>
  );
}

function Mark({ presence, x }: { readonly presence: SeatMark; readonly x: number }) {
  const y = HEIGHT / 2;
  const cross = RADIUS * 0.45;
  switch (presence) {
    case "present":
      return <circle className="mark-present" cx={x} cy={y} r={RADIUS} fill="currentColor" />;
    case "in-turn":
      return (
        <g className="mark-present">
          <circle cx={x} cy={y} r={RADIUS - 1} fill="none" stroke="currentColor" strokeWidth="1.8" />
          <path d={`M${x} ${y - RADIUS + 1}a${RADIUS - 1} ${RADIUS - 1} 0 0 0 0 ${2 * RADIUS - 2}z`} fill="currentColor" />
        </g>
      );
    case "absent":
      return (
        <g className="mark-absent" fill="none" stroke="currentColor" strokeWidth="1.8">
          <circle cx={x} cy={y} r={RADIUS - 1} />
          <path
            d={`M${x - cross} ${y - cross}l${cross * 2} ${cross * 2}M${x + cross} ${y - cross}l${-cross * 2} ${cross * 2}`}
          />
        </g>
      );
    case "vacant":
      return (
        <circle
          className="mark-vacant"
          cx={x}
          cy={y}
          r={RADIUS - 1}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="2 2.6"
        />
      );
  }
}

/** What the marks mean, in the marks themselves. */
export function PresenceKey() {
  const entries: readonly (readonly [SeatMark, string])[] = [
    ["present", "siège présent"],
    ["in-turn", "siège qui a siégé à un autre moment"],
    ["absent", "siège absent"],
    ["vacant", "siège vacant"],
  ];
  return (
    <ul className="presence-key" aria-label="Légende">
      {entries.map(([presence, word]) => (
        <li key={presence}>
          <svg
            width={STEP + 2}
            height={HEIGHT}
            viewBox={`0 0 ${STEP + 2} ${HEIGHT}`}
            aria-hidden="true"
            focusable="false"
          >
            <Mark presence={presence} x={STEP / 2 + 1} />
          </svg>
          {word}
        </li>
      ))}
      <li>
        <svg width="10" height={HEIGHT} viewBox={`0 0 10 ${HEIGHT}`} aria-hidden="true" focusable="false">
          <path className="mark-threshold" d={`M5 0v${HEIGHT}`} stroke="currentColor" strokeWidth="2" />
        </svg>
        seuil du quorum
      </li>
    </ul>
  );
}
