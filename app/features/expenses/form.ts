import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { EXPENSE_AXES, EXPENSE_LIMITS } from "~/domain/expense/expense";
import { isId } from "~/domain/kernel/ids";
import { parseEuros } from "~/domain/kernel/money";
import { amountMessage } from "~/documents/money-words";
import { expenseMessage } from "./messages.fr";

export const requestExpenseSchema = z.object({
  cle: z.string().refine(isId),
  object: z
    .string({ error: "Dites l’objet de la dépense." })
    .trim()
    .min(EXPENSE_LIMITS.shortestObject, expenseMessage("object-too-short"))
    .max(EXPENSE_LIMITS.longestObject, expenseMessage("object-too-long")),
  supplier: z
    .string({ error: expenseMessage("supplier-missing") })
    .trim()
    .min(1, expenseMessage("supplier-missing"))
    .max(EXPENSE_LIMITS.longestSupplier, expenseMessage("supplier-too-long")),
  amount: z.string({ error: amountMessage("amount-empty") }).transform((text, context) => {
    const amount = parseEuros(text);
    if (!amount.ok) context.addIssue(amountMessage(amount.refusal));
    else if (amount.value >= 1) return amount.value;
    else context.addIssue(expenseMessage("amount-not-positive"));
    return z.NEVER;
  }),
  axis: z.enum(EXPENSE_AXES, { error: "Choisissez l’axe de la convention qui porte la dépense." }),
  justification: z
    .string()
    .max(EXPENSE_LIMITS.longestJustification, expenseMessage("justification-too-long"))
    .default(""),
});

export type RequestExpenseFields = z.input<typeof requestExpenseSchema>;
export type RequestExpenseInput = z.output<typeof requestExpenseSchema>;

export function parseRequestExpense(form: FormData) {
  return parseWithZod(form, { schema: requestExpenseSchema });
}
