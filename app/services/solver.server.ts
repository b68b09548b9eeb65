import loadHighs from "highs";
import type { LinearProgram, OpenProgram, Optimum, ProgramSession, Row } from "~/domain/statistics/disclosure/program";

type Highs = Awaited<ReturnType<typeof loadHighs>>;

/** Noted in each release: the same input may be answered otherwise by another solver. */
export const SOLVER = "HiGHS 1.15 (highs-js, WebAssembly)";
export const SOLVER_SEED = 20_260;
/** Bounds the search by its nodes, never by seconds: a slower machine must find the same. */
const MOST_NODES = 2_000;

let loading: Promise<OpenProgram> | null = null;

/** The solver, loaded once. What it opens answers at once, without waiting. */
export function loadSolver(): Promise<OpenProgram> {
  loading ??= loadHighs().then((highs) => (program) => openSession(highs, program));
  return loading;
}

function openSession(highs: Highs, program: LinearProgram): ProgramSession {
  const model = highs.createModel();
  model.options.set({
    output_flag: false,
    random_seed: SOLVER_SEED,
    mip_rel_gap: 0,
    mip_max_nodes: MOST_NODES,
  });
  const { columns, rows } = program;
  model.addVars(
    columns.map(({ lower }) => lower),
    columns.map(({ upper }) => upper),
  );
  for (const [column, { cost, isInteger }] of columns.entries()) {
    if (cost !== 0) model.changeColCost(column, cost);
    if (isInteger) model.changeColIntegrality(column, highs.constants.variableType.integer);
  }
  const addRow = ({ lower, upper, entries }: Row): void => {
    const indices = entries.map(({ column }) => column);
    model.addRow(lower, upper, { indices, values: entries.map(({ factor }) => factor) });
  };
  rows.forEach(addRow);
  const isMip = columns.some(({ isInteger }) => isInteger);
  return {
    setCost: (column, cost) => void model.changeColCost(column, cost),
    setBounds: (column, lower, upper) => void model.changeColBounds(column, lower, upper),
    addRow,
    solve: (): Optimum => {
      model.run();
      const status = model.getModelStatus();
      if (status === highs.constants.modelStatus.optimal) {
        const { colValue, colDual } = model.getSolution();
        return { status: "optimal", values: Array.from(colValue), reducedCosts: isMip ? [] : Array.from(colDual) };
      }
      const isInfeasible =
        status === highs.constants.modelStatus.infeasible ||
        status === highs.constants.modelStatus.unboundedOrInfeasible;
      return { status: isInfeasible ? "infeasible" : "limit" };
    },
    close: () => model.dispose(),
  };
}
