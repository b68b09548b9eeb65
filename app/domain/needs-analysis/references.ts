/** How a chart may be asked for. */
export const GRAPH_VIEWS = ["comparaison", "evolution", "distribution", "carte"] as const;
export type GraphView = (typeof GRAPH_VIEWS)[number];

/**
 * What a text says of the data without copying it.
 * - `{{ind:code}}` the latest figure of the network; `@44015` of a commune, `@departement`, `@france`; `#2021` of a period.
 * - `{{graph:code}}` a chart, alone on its line; `/carte` another view than the comparison.
 */
export type Reference =
  | { readonly kind: "ind"; readonly code: string; readonly place: string; readonly period: string | null }
  | { readonly kind: "graph"; readonly code: string; readonly view: GraphView };

export type ReferenceFault = "unclosed" | "malformed" | "unknown-word" | "unknown-view" | "graph-not-alone";

export type FoundReference = {
  readonly raw: string;
  readonly start: number;
  readonly reference: Reference;
};
export type FaultyReference = { readonly raw: string; readonly start: number; readonly fault: ReferenceFault };

/** The network itself, when a reference names no place. */
export const NETWORK_PLACE = "reseau";

const LONGEST = 120;
const MARK = new RegExp(`\\{\\{([^{}\\n]{0,${LONGEST}})\\}\\}`, "g");
const IND = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:@([a-z0-9]+(?:-[a-z0-9]+)*))?(?:#([0-9]{4}(?:-[0-9T]{2,4})?))?$/i;
const GRAPH = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:\/([a-z]+))?$/i;

/** Every reference of a text in its order, and every place where one was begun and can't be read. Case does not matter. */
export function findReferences(text: string): {
  readonly found: readonly FoundReference[];
  readonly faulty: readonly FaultyReference[];
} {
  const found: FoundReference[] = [];
  const faulty: FaultyReference[] = [];
  let rest = text;
  for (const match of text.matchAll(MARK)) {
    const [raw, inside = ""] = match;
    const start = match.index;
    rest = rest.slice(0, start) + " ".repeat(raw.length) + rest.slice(start + raw.length);
    const read = readReference(inside.trim());
    if (typeof read === "string") faulty.push({ raw, start, fault: read });
    else if (read.kind === "graph" && !isAlone(text, start, raw.length))
      faulty.push({ raw, start, fault: "graph-not-alone" });
    else found.push({ raw, start, reference: read });
  }
  for (const { index } of rest.matchAll(/\{\{|\}\}/g))
    faulty.push({ raw: rest.slice(index, index + 40).split("\n")[0] ?? "", start: index, fault: "unclosed" });
  return { found, faulty: faulty.toSorted((a, b) => a.start - b.start) };
}

function readReference(inside: string): Reference | ReferenceFault {
  const [, word = "", rest = ""] = /^([^:]*):(.*)$/.exec(inside) ?? [];
  switch (word.trim().toLowerCase()) {
    case "ind": {
      const match = IND.exec(rest.trim());
      if (!match) return "malformed";
      const [, code = "", place = NETWORK_PLACE, period = null] = match;
      return {
        kind: "ind",
        code: code.toLowerCase(),
        place: place.toLowerCase(),
        period: period?.toUpperCase() ?? null,
      };
    }
    case "graph": {
      const match = GRAPH.exec(rest.trim());
      if (!match) return "malformed";
      const view = GRAPH_VIEWS.find((known) => known === (match[2]?.toLowerCase() ?? "comparaison"));
      return view ? { kind: "graph", code: (match[1] ?? "").toLowerCase(), view } : "unknown-view";
    }
    case "":
      return "malformed";
    default:
      return "unknown-word";
  }
}

function isAlone(text: string, start: number, length: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const end = text.indexOf("\n", start + length);
  return before.trim() === "" && text.slice(start + length, end === -1 ? undefined : end).trim() === "";
}
