import { cellKeyOf, listCells, type Indicator } from "~/domain/indicator/dictionary";
import { NETWORK } from "~/domain/statistics/release/frozen-year";
import { findCell } from "~/domain/statistics/release/published-year";
import { REASON_WORDS, writeCell } from "~/documents/release-words";
import { composeTables } from "~/domain/statistics/release/compose-task";
import type { ComputedRelease } from "./compute.server";

export type ComparedCell = {
  readonly label: string;
  readonly scope: string;
  /** The figure itself: this page is the lead's only. */
  readonly figure: string;
  readonly reason: string;
};

export type ComparedIndicator = {
  readonly code: string;
  readonly label: string;
  readonly shown: number;
  readonly masked: number;
  /** The figures that are masked for a reason of their own: a share or an average falls with its parts, and has none. */
  readonly hidden: readonly ComparedCell[];
};

/** What a release would hide, and why: the figures as the CCAS declared them, beside what readers would get. */
export function compareRelease({
  inputs,
  outputs,
  reasons,
}: Pick<ComputedRelease, "inputs" | "outputs" | "reasons">): readonly ComparedIndicator[] {
  const figures = new Map(
    composeTables(inputs).figures.map((figure) => [`${figure.scope}|${figure.key}`, figure.value]),
  );
  const scopes = [{ id: NETWORK, shortName: "Réseau" }, ...inputs.members];
  return outputs.dictionary.indicators.map((indicator) => {
    const cells = listCells(indicator).flatMap((ref) =>
      scopes.map(({ id, shortName }) => ({ id, shortName, ref, key: cellKeyOf(ref) })),
    );
    const hidden = cells.flatMap(({ id, shortName, ref, key }): ComparedCell[] => {
      const reason = reasons[`${id}|${key}`];
      const value = figures.get(`${id}|${key}`);
      if (reason === undefined || value === undefined) return [];
      return [
        {
          label: nameOf(indicator, ref.dimension, ref.category),
          scope: shortName,
          figure: writeCell(indicator, { status: value === 0 ? "zero" : "value", value }),
          reason: REASON_WORDS[reason],
        },
      ];
    });
    const told = cells.map(({ id, key }) => findCell(outputs, id, key));
    const shown = told.filter((cell) => (cell?.value ?? null) !== null).length;
    const masked = told.filter((cell) => cell?.status === "suppressed").length;
    return { code: indicator.code, label: indicator.label, shown, masked, hidden };
  });
}

function nameOf(indicator: Indicator, dimension: string | null, category: string | null): string {
  const found = indicator.dimensions.find(({ code }) => code === dimension);
  return found?.categories.find(({ code }) => code === category)?.label ?? "Total";
}

/** A disclosure found by the attack, in words. */
export function nameQuantity(id: string): string {
  const [, key = ""] = id.split("|");
  return key;
}
