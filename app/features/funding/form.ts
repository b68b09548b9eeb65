import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { parseShare, type ApportionmentChoice, type ChosenMember, KEY_KINDS } from "~/domain/apportionment/choice";
import { isSiret } from "~/domain/subsidy/subsidy";
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

/** As typed: a negative or fractional number is kept, for the rule to refuse it by its name. */
function readHeadcount(text: string): number | null {
  return /^-?\d{1,7}(?:[.,]\d{1,4})?$/.test(text) ? Number(text.replace(",", ".")) : null;
}

/**
 * The fields of the choice; those of each member are named « partage-<id> », « part-<id> », « effectif-<id> », « debiteur-<id> »,
 * « siret-commune-<id> ».
 */
export function parseChoice(form: FormData, signatories: readonly { organizationId: OrganizationId; name: string }[]) {
  const isByHeadcount = form.get("keyKind") === "headcount";
  const typed = (name: string, organizationId: string) => String(form.get(`${name}-${organizationId}`) ?? "").trim();
  const faulty: string[] = [];
  const members = signatories.map(({ organizationId, name }): ChosenMember => {
    const headcount = readHeadcount(typed("effectif", organizationId));
    const isWhole = headcount !== null && Number.isInteger(headcount) && headcount >= 0;
    const isCommune = typed("debiteur", organizationId) === "commune";
    const siret = typed("siret-commune", organizationId).replace(/\s/g, "");
    if (isCommune && siret !== "" && !isSiret(siret)) faulty.push(name);
    return {
      organizationId,
      isSharing: form.get(`partage-${organizationId}`) === "on",
      fixedShare: parseShare(typed("part", organizationId)),
      headcount: isWhole || isByHeadcount ? headcount : null,
      ...(isCommune
        ? { debtor: "commune", communeSiret: siret === "" ? null : siret }
        : { debtor: "ccas", communeSiret: null }),
    };
  });
  const schema = choiceSchema.transform(({ cle, basisPollId, effectiveFrom, equalPart, ...rest }, context) => {
    for (const name of faulty) {
      const message = `Le SIRET de la commune (${name}) n’est pas valide : quatorze chiffres, dont le dernier contrôle les autres.`;
      context.addIssue({ code: "custom", path: [], message });
    }
    if (faulty.length > 0) return z.NEVER;
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
