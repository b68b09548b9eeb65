/**
 * The linear and integer programmes that disclosure control asks for, and what an outside solver answers. The domain solves none itself: it is handed
 * `OpenProgram`, and checks every answer that it relies on (see `witness.ts`). All programmes are minimised.
 */
export type Entry = { readonly column: number; readonly factor: number };
export type Row = { readonly lower: number; readonly upper: number; readonly entries: readonly Entry[] };
export type Column = {
  readonly lower: number;
  readonly upper: number;
  readonly cost: number;
  readonly isInteger: boolean;
};
export type LinearProgram = { readonly columns: readonly Column[]; readonly rows: readonly Row[] };

/** `limit`: the solver gave up within its own bounds (nodes, never seconds: the same input must give the same answer). */
export type Optimum =
  | { readonly status: "optimal"; readonly values: readonly number[]; readonly reducedCosts: readonly number[] }
  | { readonly status: "infeasible" | "limit" };

/** A programme kept open, to be changed a little and solved again. */
export type ProgramSession = {
  readonly setCost: (column: number, cost: number) => void;
  readonly setBounds: (column: number, lower: number, upper: number) => void;
  readonly addRow: (row: Row) => void;
  readonly solve: () => Optimum;
  readonly close: () => void;
};

export type OpenProgram = (program: LinearProgram) => ProgramSession;
