import type { Block } from "~/domain/agreement/guard";
import type { EngageRefusal, InvoiceRefusal, PaymentRefusal } from "~/domain/budget/engagement";

type Elsewhere = { readonly kind: "expense-unknown" };
/** By the text that binds the network. */
type Stopped = { readonly kind: "agreement-forbids"; readonly block: Block };
type Undated = { readonly kind: "dated-in-the-future" };

export type EngageExpenseRefusal =
  | EngageRefusal
  | Elsewhere
  | Undated
  | { readonly kind: "awaits-ratification" | "account-unknown" | "line-unknown" }
  | Stopped;

export type RecordInvoiceRefusal = InvoiceRefusal | Elsewhere | Undated;

export type PayInvoiceRefusal = PaymentRefusal | Elsewhere | Undated;
