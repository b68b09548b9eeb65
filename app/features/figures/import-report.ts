import type { RowFault } from "~/services/open-data/formats";
import type { OutlineFault } from "~/services/open-data/outlines.server";
import type { SourceRefusal } from "~/services/open-data/source-file.server";

export type LineFault = { readonly line: number; readonly fault: RowFault | OutlineFault };

/** Why a file was not imported; nothing of it stays. */
export type ImportRefusal =
  | {
      readonly kind:
        SourceRefusal | "archive-damaged" | "archive-too-large" | "workbook-too-large" | "outlines-unreadable";
    }
  | { readonly kind: "unknown-dataset"; readonly asked: string }
  | { readonly kind: "other-dataset"; readonly looksLike: string | null; readonly missing: readonly string[] }
  | { readonly kind: "vintage-differs"; readonly typed: string; readonly found: string }
  | { readonly kind: "vintage-needed" }
  | { readonly kind: "table-malformed"; readonly line: number }
  /** `shown` are the first ones. */
  | { readonly kind: "rows-refused"; readonly count: number; readonly shown: readonly LineFault[] }
  | { readonly kind: "figure-twice"; readonly line: number }
  | { readonly kind: "nothing-to-keep"; readonly rows: number }
  | { readonly kind: "file-truncated"; readonly missing: readonly string[]; readonly communes: number }
  | { readonly kind: "file-changed" };

export type StatusCounts = { value: number; zero: number; secret: number; missing: number };

/** Against the dataset of the same kind that was imported last. */
export type Changes = {
  readonly slug: string;
  readonly title: string;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** First figures that differ: both stay, and the pages show the disagreement. */
  readonly examples: readonly {
    readonly code: string;
    readonly variable: string;
    readonly period: string;
    readonly before: number | null;
    readonly now: number | null;
  }[];
};

export type ImportReport = {
  readonly outcome: "imported" | "already-imported" | "simulated";
  readonly kind: string;
  readonly title: string;
  readonly slug: string;
  readonly vintage: string;
  readonly sha256: string;
  readonly member: string | null;
  readonly encoding: string | null;
  readonly rows: number;
  readonly figures: number;
  readonly territories: number;
  readonly periods: readonly string[];
  readonly statuses: StatusCounts;
  readonly changes: Changes | null;
  /** Communes that are no more: the figures are followed to what they became. */
  readonly followed: readonly { readonly code: string; readonly into: string }[];
  readonly followedCount: number;
  /** Neither a commune of today nor one that the movements know. */
  readonly unknownCodes: readonly string[];
  readonly unknownCount: number;
  /** Sums of departments and of the country that were added. */
  readonly totals: number;
};

/** Why an import is not started. */
export type JobRefusal =
  { readonly kind: "dataset-unknown" } | { readonly kind: "file-not-ready" } | { readonly kind: "import-running" };
