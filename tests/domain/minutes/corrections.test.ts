import { describe, expect, it } from "vitest";
import { toId } from "~/domain/kernel/ids";
import {
  decideCorrection,
  requestCorrection,
  type Correction,
  type CorrectionContext,
} from "~/domain/minutes/corrections";

const author = toId<"person">("fay");
const context: CorrectionContext = {
  state: "in-review",
  attendeeIds: [author],
  proseKeys: ["opening", "closing"],
  prose: { opening: { markdown: "Tour de table.", internal: true } },
};
const request = {
  blockKey: "opening",
  authorId: author,
  proposedMarkdown: "Tour de table des six communes.",
  comment: "Précision",
};

describe("requestCorrection — par qui a assisté à la séance", () => {
  it.each([
    { case: "en relecture", given: context, asked: request, refusal: null },
    { case: "texte encore vide", given: context, asked: { ...request, blockKey: "closing" }, refusal: null },
    { case: "projet", given: { ...context, state: "draft" }, asked: request, refusal: "not-in-review" },
    { case: "adopté", given: { ...context, state: "adopted" }, asked: request, refusal: "not-in-review" },
    { case: "publié", given: { ...context, state: "published" }, asked: request, refusal: "not-in-review" },
    {
      case: "absent de la séance",
      given: context,
      asked: { ...request, authorId: toId<"person">("absent") },
      refusal: "did-not-attend",
    },
    { case: "un fait", given: context, asked: { ...request, blockKey: "attendance" }, refusal: "block-locked" },
    {
      case: "rien ne change, espaces à part",
      given: context,
      asked: { ...request, proposedMarkdown: " Tour de table.\n" },
      refusal: "nothing-changes",
    },
    {
      case: "texte de 20 000 signes",
      given: context,
      asked: { ...request, proposedMarkdown: "a".repeat(20_000) },
      refusal: null,
    },
    {
      case: "texte de 20 001 signes",
      given: context,
      asked: { ...request, proposedMarkdown: "a".repeat(20_001) },
      refusal: "text-too-long",
    },
    {
      case: "commentaire de 1 001 signes",
      given: context,
      asked: { ...request, comment: "a".repeat(1_001) },
      refusal: "comment-too-long",
    },
  ] as const)("$case", ({ given, asked, refusal }) => {
    const decided = requestCorrection(given, asked);
    expect(decided.ok ? null : decided.refusal).toBe(refusal);
  });

  it("garde le texte que l’auteur avait sous les yeux", () => {
    expect(requestCorrection(context, request)).toStrictEqual({
      ok: true,
      value: { ...request, baseMarkdown: "Tour de table.", state: "pending", decisionReason: null },
    });
  });
});

describe("decideCorrection — acceptée, ou refusée avec un motif", () => {
  const pending: Correction = { ...request, baseMarkdown: "Tour de table.", state: "pending", decisionReason: null };

  it("acceptée, elle remplace le texte et le laisse interne", () => {
    expect(decideCorrection(context, pending, { kind: "accept" })).toStrictEqual({
      ok: true,
      value: {
        correction: { ...pending, state: "accepted" },
        prose: { opening: { markdown: "Tour de table des six communes.", internal: true } },
      },
    });
  });

  it("refusée, elle garde son motif et ne touche à rien", () => {
    expect(decideCorrection(context, pending, { kind: "refuse", reason: " Déjà dit " })).toStrictEqual({
      ok: true,
      value: { correction: { ...pending, state: "refused", decisionReason: "Déjà dit" }, prose: context.prose },
    });
  });

  const changed = { ...context, prose: { opening: { markdown: "Autre texte.", internal: false } } };
  it.each([
    {
      case: "refuser sans motif",
      given: context,
      correction: pending,
      verdict: { kind: "refuse", reason: " " },
      refusal: "refusal-reason-missing",
    },
    {
      case: "décider deux fois",
      given: context,
      correction: { ...pending, state: "accepted" },
      verdict: { kind: "accept" },
      refusal: "already-decided",
    },
    {
      case: "texte changé depuis",
      given: changed,
      correction: pending,
      verdict: { kind: "accept" },
      refusal: "text-changed-since",
    },
    {
      case: "texte changé depuis, refusée",
      given: changed,
      correction: pending,
      verdict: { kind: "refuse", reason: "Périmée" },
      refusal: null,
    },
    {
      case: "après l’adoption",
      given: { ...context, state: "adopted" },
      correction: pending,
      verdict: { kind: "accept" },
      refusal: "not-in-review",
    },
  ] as const)("$case", ({ given, correction, verdict, refusal }) => {
    const decided = decideCorrection(given, correction, verdict);
    expect(decided.ok ? null : decided.refusal).toBe(refusal);
  });
});
