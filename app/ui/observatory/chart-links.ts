import type { ChartLinks } from "../charts/chart-figure";

export type ChartAddress = {
  readonly code: string;
  readonly view: string;
  readonly period?: string | null;
  readonly order?: "network" | "value";
};

/** The state of a chart as the query of its address: only what differs from the first view. */
export function chartQuery({ view, period, order }: ChartAddress): string {
  const query = new URLSearchParams({
    ...(view === "comparaison" ? {} : { vue: view }),
    ...(period ? { periode: period } : {}),
    ...(order === "value" ? { ordre: "valeur" } : {}),
  }).toString();
  return query === "" ? "" : `?${query}`;
}

/** @param home address of the observatory */
export function chartLinks(home: string, address: ChartAddress): ChartLinks {
  const query = chartQuery(address);
  const base = `${home}/indicateurs/${address.code}`;
  return {
    permanent: `${base}${query}`,
    svg: `${base}.svg${query}`,
    csv: `${base}.csv${query}`,
    embed: `${base}/integrer${query}`,
  };
}
