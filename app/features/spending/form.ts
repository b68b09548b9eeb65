import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { amountMessage } from "~/documents/money-words";
import { isId } from "~/domain/kernel/ids";
import { parseEuros } from "~/domain/kernel/money";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { engageMessage, invoiceMessage, paymentMessage } from "./messages.fr";

const cle = z.string().refine(isId);

const amount = z.string({ error: amountMessage("amount-empty") }).transform((text, context) => {
  const cents = parseEuros(text);
  if (!cents.ok) context.addIssue(amountMessage(cents.refusal));
  else if (cents.value >= 1) return cents.value;
  else context.addIssue(engageMessage({ kind: "amount-not-positive" }));
  return z.NEVER;
});

const date = z.string({ error: "Indiquez la date." }).transform((text, context) => {
  const day = parsePlainDate(text);
  if (day !== null) return day;
  context.addIssue("Cette date n’existe pas : écrivez-la en entier.");
  return z.NEVER;
});

const line = (longest: number, missing: string) =>
  z.string({ error: missing }).trim().min(1, missing).max(longest, `Ce champ compte au plus ${longest} caractères.`);

export const engageSchema = z.object({
  cle,
  amount,
  engagedOn: date,
  account: line(10, engageMessage({ kind: "account-missing" })),
  budgetLineId: z
    .string()
    .refine(isId, engageMessage({ kind: "line-unknown" }))
    .optional(),
  reference: line(80, "Indiquez la référence de l’engagement : bon de commande, numéro d’engagement."),
});
export type EngageFields = z.input<typeof engageSchema>;
export type EngageInput = z.output<typeof engageSchema>;
export function parseEngage(form: FormData) {
  return parseWithZod(form, { schema: engageSchema });
}

export const invoiceSchema = z.object({
  cle,
  supplier: line(120, invoiceMessage({ kind: "supplier-missing" })),
  number: line(60, invoiceMessage({ kind: "number-missing" })),
  date,
  amount,
  isFinal: z.boolean().default(false),
  file: z.file().optional(),
});
export type InvoiceFields = z.input<typeof invoiceSchema>;
export type InvoiceInput = z.output<typeof invoiceSchema>;
export function parseInvoice(form: FormData) {
  return parseWithZod(form, { schema: invoiceSchema });
}

export const paymentSchema = z.object({
  mandate: line(60, paymentMessage({ kind: "mandate-missing" })),
  paidOn: date,
});
export type PaymentFields = z.input<typeof paymentSchema>;
export type PaymentInput = z.output<typeof paymentSchema>;
export function parsePayment(form: FormData) {
  return parseWithZod(form, { schema: paymentSchema });
}
