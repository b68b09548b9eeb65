import { useId } from "react";

export type TrendMark = {
  readonly year: number;
  readonly value: number | null;
  readonly told: string;
  /** The series does not go on from the year before. */
  readonly isBreak: boolean;
};

type TrendChartProps = { readonly title: string; readonly description: string; readonly marks: readonly TrendMark[] };

const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [60, 60, 34, 40] as const;
/** A few years fit a phone; more of them keep room for their figures, and scroll. */
const FEW = 4;
const YEAR = 100;

/** Years from left to right from zero up; the line stops where a figure is not told and where the definition changes. */
export function TrendChart({ title, description, marks }: TrendChartProps) {
  const id = useId();
  const width = Math.max(FEW, marks.length) * YEAR;
  const largest = Math.max(1, ...marks.map(({ value }) => value ?? 0));
  const xOf = (rank: number): number =>
    marks.length < 2 ? width / 2 : Math.round(LEFT + (rank * (width - LEFT - RIGHT)) / (marks.length - 1));
  const yOf = (value: number): number => Math.round(HEIGHT - BOTTOM - (value / largest) * (HEIGHT - TOP - BOTTOM));
  return (
    <svg
      className="trend-chart"
      data-wide={marks.length > FEW ? "" : undefined}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-labelledby={`${id}-t`}
      aria-describedby={`${id}-d`}
    >
      <title id={`${id}-t`}>{title}</title>
      <desc id={`${id}-d`}>{description}</desc>
      <line x1={LEFT - 30} y1={HEIGHT - BOTTOM} x2={width - RIGHT + 30} y2={HEIGHT - BOTTOM} className="axis" />
      {marks.map((mark, rank) => {
        const before = marks[rank - 1];
        const x = xOf(rank);
        const { value } = mark;
        const joins = before && before.value !== null && value !== null && !mark.isBreak;
        return (
          <g key={mark.year}>
            {joins && (
              <line x1={xOf(rank - 1)} y1={yOf(before.value ?? 0)} x2={x} y2={yOf(value)} className="trend-line" />
            )}
            {mark.isBreak && (
              <line
                x1={Math.round((x + xOf(rank - 1)) / 2)}
                y1={TOP - 10}
                x2={Math.round((x + xOf(rank - 1)) / 2)}
                y2={HEIGHT - BOTTOM}
                className="series-break"
              />
            )}
            {value !== null && <circle cx={x} cy={yOf(value)} r={5} className="trend-mark" />}
            <text x={x} y={value === null ? HEIGHT / 2 : yOf(value) - 12} textAnchor="middle" className="told">
              {mark.told}
            </text>
            <text x={x} y={HEIGHT - BOTTOM + 24} textAnchor="middle">
              {mark.year}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
