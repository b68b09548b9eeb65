import type { ReactNode } from "react";

/** What a place in the row shows; each has its own shape, so that colour never speaks alone. */
export type PlaceMark = "present" | "remote" | "absent" | "represented" | "silent" | "vacant";

export type Place = { readonly id: string; readonly label: string; readonly mark: PlaceMark; readonly word: string };

/** The committee as a row of places: who is there, or said that they would be. The words under each place say the same. */
export function SeatRow({ places, label }: { readonly places: readonly Place[]; readonly label: string }) {
  return (
    <ul className="seat-row" aria-label={label}>
      {places.map((place) => (
        <li key={place.id} data-mark={place.mark}>
          <PlaceShape mark={place.mark} />
          <span className="seat-name">{place.label}</span>
          <span className="seat-word">{place.word}</span>
        </li>
      ))}
    </ul>
  );
}

function PlaceShape({ mark }: { readonly mark: PlaceMark }) {
  return (
    <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
      {SHAPES[mark]}
    </svg>
  );
}

const OUTLINE = { fill: "none", stroke: "currentColor", strokeWidth: 3 } as const;

const SHAPES: Record<PlaceMark, ReactNode> = {
  present: (
    <>
      <circle cx="24" cy="24" r="21" fill="currentColor" />
      <path className="seat-ink" d="M14 25l7 7 13-15" fill="none" strokeWidth="4.5" />
    </>
  ),
  remote: (
    <>
      <circle cx="24" cy="24" r="21" fill="currentColor" />
      <path className="seat-ink" d="M13 17h15v14H13zM28 22l8-4v12l-8-4" fill="none" strokeWidth="3" />
    </>
  ),
  absent: (
    <>
      <circle cx="24" cy="24" r="20" {...OUTLINE} />
      <path d="M16 16l16 16M32 16L16 32" {...OUTLINE} />
    </>
  ),
  represented: (
    <>
      <circle cx="24" cy="24" r="20" {...OUTLINE} />
      <path d="M13 24h20M26 17l7 7-7 7" {...OUTLINE} />
    </>
  ),
  silent: (
    <>
      <circle cx="24" cy="24" r="20" {...OUTLINE} />
      <path d="M18 19a6 6 0 1 1 8 6c-2 1-2 2-2 4M24 34v1" {...OUTLINE} />
    </>
  ),
  vacant: <circle cx="24" cy="24" r="20" {...OUTLINE} strokeDasharray="4 5" />,
};
