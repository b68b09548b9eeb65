import type { ReactNode } from "react";

/** Units of the picture's own grid: one is a pixel on a narrow telephone, and grows with the page. */
export const CHART_WIDTH = 380;

/** The paper version of the palette; classes let a page change it. */
export const INK = {
  text: "#1c2329",
  soft: "#4c565e",
  rule: "#d8d1c2",
  strong: "#857d6d",
  accent: "#0b4a5e",
  warm: "#9a3f16",
  sheet: "#ffffff",
} as const;

export const TEXT_SIZE = { label: 13, small: 12 } as const;

export type Drawn = { readonly height: number; readonly content: ReactNode };

type LabelProps = {
  readonly x: number;
  readonly y: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly bold?: boolean;
  readonly soft?: boolean;
  /** A rim in the colour of the paper, where the label lies on something drawn. */
  readonly halo?: boolean;
  readonly children: string;
};

export function Label({ x, y, anchor = "start", size = TEXT_SIZE.label, bold, soft, halo, children }: LabelProps) {
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      fontSize={size}
      fontWeight={bold ? 700 : 400}
      fill={soft ? INK.soft : INK.text}
      className={soft ? "chart-soft" : "chart-text"}
      {...(halo
        ? {
            stroke: INK.sheet,
            strokeWidth: 3.5,
            strokeLinejoin: "round" as const,
            paintOrder: "stroke",
            "data-halo": "",
          }
        : {})}
    >
      {children}
    </text>
  );
}
