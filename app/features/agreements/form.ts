import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { FACT_SOURCES } from "~/domain/agreement/clause";
import { isId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";

const actKey = z.string().refine(isId, "Cette page est incomplète : rechargez-la.");

function text(missing: string, max: number) {
  return z.string({ error: missing }).trim().min(1, missing).max(max, `${max} caractères au plus.`);
}
const optionalText = (max: number) => z.string().trim().max(max, `${max} caractères au plus.`).default("");

const UNREADABLE = "Cette date ne se lit pas : choisissez un jour du calendrier.";
const day = (missing: string) =>
  z.string({ error: missing }).transform((typed, context) => {
    const date = parsePlainDate(typed.trim());
    if (date) return date;
    context.addIssue(UNREADABLE);
    return z.NEVER;
  });
const optionalDay = z
  .string()
  .optional()
  .transform((typed, context) => {
    if (typed === undefined || typed.trim() === "") return null;
    const date = parsePlainDate(typed.trim());
    if (date) return date;
    context.addIssue(UNREADABLE);
    return z.NEVER;
  });
const optionalCount = (max: number) =>
  z
    .string()
    .optional()
    .transform((typed, context) => {
      if (typed === undefined || typed.trim() === "") return null;
      if (/^\d{1,4}$/.test(typed.trim()) && Number(typed) <= max) return Number(typed);
      context.addIssue(`Indiquez un nombre entier, de 0 à ${max}.`);
      return z.NEVER;
    });
const checked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

export const headSchema = z.object({
  cle: actKey,
  kind: z.enum(["convention", "framework", "local", "contract"], { error: "Choisissez la nature du texte." }),
  title: text("Donnez le titre du texte.", 200),
  effectOn: day("Indiquez la date d’effet."),
  place: optionalText(120),
  note: optionalText(2_000),
  parentId: z.string().optional(),
});
export type HeadFields = z.input<typeof headSchema>;

export const draftHeadSchema = z.object({
  revision: z.coerce.number().int(),
  title: text("Donnez le titre du texte.", 200),
  effectOn: day("Indiquez la date d’effet."),
  place: optionalText(120),
  note: optionalText(2_000),
});
export type DraftHeadFields = z.input<typeof draftHeadSchema>;

export const articleSchema = z.object({
  revision: z.coerce.number().int(),
  number: text("Indiquez le numéro de l’article, par exemple 4.1.", 30),
  title: text("Donnez le titre de l’article.", 160),
  text: text("Écrivez ce que dit l’article.", 10_000),
});
export type ArticleFields = z.input<typeof articleSchema>;

export const partySchema = z.object({
  revision: z.coerce.number().int(),
  organizationId: z.string().optional(),
  label: text("Nommez la partie, par exemple CCAS de Bouvron.", 160),
  office: text("Indiquez qui signe, par sa fonction : jamais un nom.", 160),
  board: optionalText(120),
  needsHabilitation: checked,
  deliberationNumber: optionalText(60),
  deliberationOn: optionalDay,
  chainAct: optionalText(200),
  chainOn: optionalDay,
  chainFrom: optionalText(120),
  chainTo: optionalText(120),
});
export type PartyFields = z.input<typeof partySchema>;

/** The kinds that a form can enter; each takes the fields that it needs and leaves the others. */
export const CLAUSE_FORM_KINDS = [
  ...(["duration", "deadline", "lead-time", "notice", "frequency", "every", "monthly"] as const),
  ...(["after", "gate", "prohibition", "composition", "unanimity", "fallback", "standing"] as const),
] as const;

export const clauseSchema = z.object({
  revision: z.coerce.number().int(),
  kind: z.enum(CLAUSE_FORM_KINDS, { error: "Choisissez ce que fait la clause." }),
  article: text("Choisissez l’article.", 30),
  title: text("Donnez un titre court à la clause.", 120),
  sentence: text("Dites la clause en une phrase.", 2_000),
  months: optionalCount(1_200),
  until: optionalDay,
  renewal: z.enum(["none", "unsaid", "same", "other"]).default("none"),
  renewalMonths: optionalCount(1_200),
  most: optionalCount(50),
  count: optionalCount(400),
  unit: z.enum(["months", "days"]).default("months"),
  fact: z.enum(FACT_SOURCES).default("note"),
  trigger: z.enum(FACT_SOURCES).default("annual-day"),
  per: z.enum(["civil-year", "agreement-year"]).default("civil-year"),
  everyMonths: z.enum(["1", "3"]).default("1"),
  without: optionalText(60),
  alarms: optionalText(80),
  event: optionalText(160),
  purpose: z.enum(["denunciation", "breach", "force-majeure", "dissolution"]).default("denunciation"),
  from: z.enum(["sending", "receipt", "end-of-month", "unspecified"]).default("unspecified"),
  lengthKind: z.enum(["fixed", "reasonable", "none"]).default("fixed"),
  curable: checked,
  form: z.enum(["registered-letter", "letter-with-receipt", "free"]).default("registered-letter"),
  act: z
    .enum([
      "engage-expense",
      "issue-call",
      "renew",
      "change-article",
      "pay-between-parties",
      "book-resource",
      "decide",
      "hold-session",
      "name-people",
    ])
    .default("renew"),
  protectedArticle: optionalText(30),
  of: optionalText(60),
  at: z.enum(["each", "one"]).default("each"),
  groups: optionalText(2_000),
  unanimityOf: z.enum(["boards", "parties"]).default("boards"),
  unanimityAct: z.enum(["amendment", "termination"]).default("amendment"),
  first: optionalText(160),
  then: optionalText(160),
});
export type ClauseFields = z.input<typeof clauseSchema>;
export type ClauseInput = z.output<typeof clauseSchema>;

export const removeSchema = z.object({ revision: z.coerce.number().int(), target: text("Rien n’est choisi.", 60) });
export const signSchema = z.object({ signedOn: day("Indiquez le jour de la signature.") });
export type SignFields = z.input<typeof signSchema>;
export const renewSchema = z.object({ cle: actKey });
export const leaveSchema = z.object({
  partyId: text("Choisissez la partie.", 64),
  leftOn: day("Indiquez son dernier jour."),
});
export type LeaveFields = z.input<typeof leaveSchema>;
export const bilanSchema = z.object({
  cle: actKey,
  title: text("Donnez un titre au bilan.", 160),
  establishedOn: day("Indiquez le jour où il a été établi."),
  body: text("Écrivez le bilan, ou dites où il se trouve.", 20_000),
});
export type BilanFields = z.input<typeof bilanSchema>;
export const annexSchema = z.object({
  cle: actKey,
  title: text("Donnez le titre de l’annexe.", 160),
  annexKey: optionalText(60),
  datedOn: day("Indiquez la date de cette version."),
  body: text("Écrivez le texte de l’annexe.", 40_000),
  reason: text("Dites ce qui change, ou « première version ».", 300),
});
export type AnnexFields = z.input<typeof annexSchema>;
export const readingSchema = z.object({
  decided: z.enum(["indefinite", "same-term"], { error: "Choisissez la lecture que le comité retient." }),
  pollId: text("Choisissez la décision du comité.", 64),
});
export type ReadingFields = z.input<typeof readingSchema>;

export const amendmentSchema = z.object({
  cle: actKey,
  title: text("Donnez un titre à l’avenant.", 200),
  reason: text("Dites pourquoi la convention change.", 2_000),
});
export type AmendmentFields = z.input<typeof amendmentSchema>;
export const changeSchema = z.object({
  revision: z.coerce.number().int(),
  article: text("Choisissez l’article.", 30),
  title: optionalText(160),
  after: z.string().trim().max(10_000, "10 000 caractères au plus.").default(""),
});
export const voteSchema = z.object({
  cle: actKey,
  partyId: text("Choisissez le conseil.", 64),
  outcome: z.enum(["approved", "rejected"], { error: "Choisissez le sens de la délibération." }),
  number: text("Indiquez le numéro de la délibération.", 60),
  on: day("Indiquez le jour de la délibération."),
  transmittedOn: optionalDay,
  members: optionalCount(200),
  inFavour: optionalCount(200),
  against: optionalCount(200),
  abstentions: optionalCount(200),
});
export type VoteFields = z.input<typeof voteSchema>;
export const withdrawSchema = z.object({ reason: text("Dites pourquoi l’avenant est retiré.", 300) });
export type WithdrawFields = z.input<typeof withdrawSchema>;

export const noticeSchema = z.object({
  cle: actKey,
  clauseKey: text("Choisissez la clause.", 60),
  partyId: z.string().optional(),
  sentOn: day("Indiquez le jour d’envoi."),
  receivedOn: optionalDay,
  reference: optionalText(60),
  reason: optionalText(2_000),
  count: optionalCount(60),
  unit: z.enum(["months", "days"]).default("months"),
  ancien: z.literal("oui").optional(),
});
export type NoticeFields = z.input<typeof noticeSchema>;
export const followSchema = z.object({
  noticeId: text("Choisissez le courrier.", 64),
  event: z.enum(["received", "cured", "withdrawn"], { error: "Dites ce qui s’est passé." }),
  on: day("Indiquez le jour."),
  note: optionalText(500),
});
export type FollowFields = z.input<typeof followSchema>;
export const commonSchema = z.object({
  cle: actKey,
  endsOn: day("Indiquez le dernier jour que les parties ont choisi."),
  reason: optionalText(2_000),
});
export type CommonFields = z.input<typeof commonSchema>;

export const clarificationSchema = z.object({
  cle: actKey,
  agreementId: text("Choisissez la convention.", 64),
  articles: text("Indiquez les articles en cause.", 60),
  title: text("Donnez un titre.", 160),
  problem: text("Dites ce qui se contredit ou ce qui manque.", 2_000),
  readings: optionalText(2_000),
});
export type ClarificationFields = z.input<typeof clarificationSchema>;
export const settleSchema = z.object({
  clarificationId: text("Choisissez la contradiction.", 64),
  pollId: text("Choisissez la décision du comité.", 64),
  answer: text("Dites ce que le comité a décidé.", 2_000),
});
export type SettleFields = z.input<typeof settleSchema>;

export const proofSchema = z.object({
  cle: actKey,
  on: day("Indiquez le jour."),
  label: text("Dites ce qui a été fait.", 200),
  address: z
    .string()
    .trim()
    .max(500, "500 caractères au plus.")
    .optional()
    .transform((typed) => typed ?? null),
});
export type ProofFields = z.input<typeof proofSchema>;
export const linkSchema = z.object({
  meetingId: text("Choisissez la séance.", 64),
  clause: text("Choisissez la clause.", 130),
});
export type LinkFields = z.input<typeof linkSchema>;

export function parseForm<Schema extends z.ZodType>(form: FormData, schema: Schema) {
  return parseWithZod(form, { schema });
}
