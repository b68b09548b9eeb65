import type { AdoptBudgetRefusal } from "~/domain/budget/budget";

export type OpenForecastRefusal =
  { readonly kind: "year-out-of-range" } | { readonly kind: "draft-already-exists"; readonly budgetId: string };

export type WriteForecastRefusal =
  { readonly kind: "unknown-budget" | "already-adopted" | "vote-under-way" | "changed-meanwhile" } | AdoptBudgetRefusal;

export type AccountRefusal = "verified-in-the-future";
