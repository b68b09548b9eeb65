import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { parseShare, type ApportionmentChoice, type ChosenMember, KEY_KINDS } from "~/domain/apportionment/choice";
import type { StatementEvent } from "~/domain/funding-call/lifecycle";
import { isId, type OrganizationId } from "~/domain/kernel/ids";
import { parseEuros } from "~/domain/kernel/money";
import { parsePlainDate, yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import { REFERENCE_DATE_RULES } from "~/domain/population/reference-date";

/** The year in an address; the day's own when it is none. */
export function readYearParam(text: string | null, on: PlainDate): number {
  return text !== null && /^20\d{2}$/.test(text) ? Number(text) : yearOf(on);
}

const day = z.string({ error: "Indiquez la date." }).transform((text, context): PlainDate => {
  const date = parsePlainDate(text);
  if (date !== null) return date;
  context.addIssue("Cette date ne se lit pas : jour, mois, année.");
  return z.NEVER;
});
const reference = z
  .string({ error: "Indiquez la référence." })
  .trim()
  .min(1, "Indiquez la référence.")
  .max(80, "La référence compte au plus 80 caractères.");

const stepSchema = z.object({
  cle: z.string().refine(isId),
  step: z.enum(["title", "deposit", "payment"]),
  date: day,
  reference,
  amount: z.string().default(""),
});
export type StepFields = z.input<typeof stepSchema>;

const followSchema = stepSchema.transform(({ cle, step, date, reference: text, amount }, context) => {
  if (step === "title") return { cle, event: { kind: "title", number: text, date } satisfies StatementEvent };
  if (step === "deposit")
    return { cle, event: { kind: "deposit", chorusReference: text, date } satisfies StatementEvent };
  const read = parseEuros(amount);
  if (read.ok)
    return { cle, event: { kind: "payment", reference: text, date, amount: read.value } satisfies StatementEvent };
  context.addIssue({
    code: "custom",
    path: ["amount"],
    message: "Ce montant ne se lit pas : écrivez-le en euros, comme 1234,56.",
  });
  return z.NEVER;
});
export const parseStep = (form: FormData) => parseWithZod(form, { schema: followSchema });

const choiceSchema = z.object({
  cle: z.string().refine(isId),
  keyKind: z.enum(KEY_KINDS),
  populationKind: z.enum(["municipal", "total"]),
  referenceDate: z.enum(REFERENCE_DATE_RULES),
  equalPart: z.string().default(""),
  basisPollId: z.string().default(""),
  effectiveFrom: day,
});
export type ChoiceFields = z.input<typeof choiceSchema>;

/** The fields of the choice; those of each member are named « partage-<id> », « part-<id> », « effectif-<id> ». */
export function parseChoice(form: FormData, memberIds: readonly OrganizationId[]) {
  const members: ChosenMember[] = memberIds.map((organizationId) => {
    const headcount = String(form.get(`effectif-${organizationId}`) ?? "").trim();
    return {
      organizationId,
      isSharing: form.get(`partage-${organizationId}`) === "on",
      fixedShare: parseShare(String(form.get(`part-${organizationId}`) ?? "")),
      headcount: /^\d{1,7}$/.test(headcount) ? Number(headcount) : null,
    };
  });
  const schema = choiceSchema.transform(({ cle, basisPollId, effectiveFrom, equalPart, ...rest }, context) => {
    const part = rest.keyKind === "mixed" ? parseShare(equalPart) : null;
    if (rest.keyKind === "mixed" && part === null) {
      context.addIssue({ code: "custom", path: ["equalPart"], message: "Écrivez la part égale comme 1/4 ou 25 %." });
      return z.NEVER;
    }
    const choice: ApportionmentChoice = { ...rest, equalPart: part, members };
    return { cle, choice, basisPollId: basisPollId === "" ? null : basisPollId, effectiveFrom };
  });
  return parseWithZod(form, { schema });
}
