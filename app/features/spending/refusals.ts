import type { EngageRefusal, InvoiceRefusal, PaymentRefusal } from "~/domain/budget/engagement";

type Elsewhere = { readonly kind: "expense-unknown" };
type Undated = { readonly kind: "dated-in-the-future" };

export type EngageExpenseRefusal =
  EngageRefusal | Elsewhere | Undated | { readonly kind: "awaits-ratification" | "account-unknown" | "line-unknown" };

export type RecordInvoiceRefusal = InvoiceRefusal | Elsewhere | Undated;

export type PayInvoiceRefusal = PaymentRefusal | Elsewhere | Undated;
