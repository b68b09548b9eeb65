export type HemicyclePlace = "present" | "remote" | "absent" | "vacant" | "withdrawn" | "represented";

export type HemicycleSeat = { readonly key: string; readonly place: HemicyclePlace };

const SEAT = 15;
const ROW_GAP = 46;
const INNER_RADIUS = 96;
/** Seats that the first row holds without touching. */
const FIRST_ROW = 9;

type Point = { readonly x: number; readonly y: number };

/** Rows of a half circle, filled in proportion to their length; seats are then numbered from left to right. */
function placeSeats(total: number): { readonly points: readonly Point[]; readonly radius: number } {
  const rows: number[] = [];
  for (let row = 0, room = 0; room < total || row === 0; row += 1) {
    const capacity = FIRST_ROW + row * 4;
    rows.push(capacity);
    room += capacity;
  }
  const capacity = rows.reduce((sum, row) => sum + row, 0);
  let left = total;
  const points = rows.flatMap((row, index) => {
    const here = index === rows.length - 1 ? left : Math.min(left, Math.round((total * row) / capacity));
    left -= here;
    const radius = INNER_RADIUS + index * ROW_GAP;
    return Array.from({ length: here }, (_, at) => {
      const angle = here === 1 ? Math.PI / 2 : Math.PI - (Math.PI * at) / (here - 1);
      return { angle, x: Math.cos(angle) * radius, y: -Math.sin(angle) * radius };
    });
  });
  const ordered = [...points].sort((one, other) => other.angle - one.angle);
  return { points: ordered, radius: INNER_RADIUS + (rows.length - 1) * ROW_GAP };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/**
 * The seats in a half circle, numbered as in the list beside it. Each place has its own shape, so that colour never speaks alone. The picture
 * is hidden from screen readers: the list says it all.
 */
export function Hemicycle({ seats, caption }: { readonly seats: readonly HemicycleSeat[]; readonly caption: string }) {
  const { points, radius } = placeSeats(seats.length);
  const width = 2 * (radius + SEAT + 4);
  const height = radius + 2 * (SEAT + 4);
  return (
    <svg
      className="hemicycle"
      viewBox={`${-width / 2} ${-(radius + SEAT + 4)} ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      {seats.map((seat, index) => {
        const { x, y } = points[index] ?? { x: 0, y: 0 };
        return (
          <g key={seat.key} className="hemicycle-seat" data-place={seat.place}>
            <circle cx={round(x)} cy={round(y)} r={SEAT} />
            {seat.place === "remote" && <circle className="ring" cx={round(x)} cy={round(y)} r={SEAT - 3.5} />}
            {seat.place === "withdrawn" && (
              <path d={`M${round(x - 10)} ${round(y + 10)}L${round(x + 10)} ${round(y - 10)}`} />
            )}
            {seat.place === "represented" && (
              <path className="half" d={`M${round(x - SEAT)} ${round(y)}a${SEAT} ${SEAT} 0 0 0 ${2 * SEAT} 0z`} />
            )}
            <text x={round(x)} y={round(y + 5)} textAnchor="middle">
              {index + 1}
            </text>
          </g>
        );
      })}
      <text className="hemicycle-caption" x="0" y={-18} textAnchor="middle">
        {caption}
      </text>
    </svg>
  );
}
