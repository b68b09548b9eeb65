import { useId } from "react";

export type Bar = {
  readonly label: string;
  /** Null: no figure is told. */
  readonly value: number | null;
  /** As it is read: the figure, or the words that stand for it. */
  readonly told: string;
  readonly isHidden: boolean;
};

type ComparisonChartProps = { readonly title: string; readonly description: string; readonly bars: readonly Bar[] };

const ROW = 34;
/** As wide as a phone: drawn at about its own size there, so that the figures stand beside their bars. */
const LEFT = 176;
const WIDTH = 440;
const LONGEST = 170;

/**
 * The CCAS side by side, always in the order of the convention: no league table. A hidden figure is the same hatched box for all, whatever it hides:
 * nothing in the drawing depends on it, nor does the scale.
 */
export function ComparisonChart({ title, description, bars }: ComparisonChartProps) {
  const id = useId();
  const largest = Math.max(0, ...bars.map(({ value }) => value ?? 0));
  const height = bars.length * ROW + 6;
  return (
    <svg
      className="comparison-chart"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-labelledby={`${id}-t`}
      aria-describedby={`${id}-d`}
    >
      <title id={`${id}-t`}>{title}</title>
      <desc id={`${id}-d`}>{description}</desc>
      <defs>
        <pattern id={`${id}-h`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="7" className="hatch" />
        </pattern>
      </defs>
      {bars.map(({ label, value, told, isHidden }, rank) => {
        const y = rank * ROW + 4;
        const length = value === null || largest === 0 ? 0 : Math.round((value / largest) * LONGEST);
        return (
          <g key={label}>
            <text x={LEFT - 10} y={y + 17} textAnchor="end">
              {label}
            </text>
            {isHidden && (
              <rect x={LEFT} y={y + 3} width={60} height={ROW - 14} fill={`url(#${id}-h)`} className="hidden-bar" />
            )}
            {value !== null && (
              <rect x={LEFT} y={y + 3} width={Math.max(length, 2)} height={ROW - 14} className="bar" />
            )}
            <text x={LEFT + (isHidden ? 60 : length) + 8} y={y + 17} className="told">
              {told}
            </text>
          </g>
        );
      })}
      <line x1={LEFT} y1={2} x2={LEFT} y2={height - 4} className="axis" />
    </svg>
  );
}
