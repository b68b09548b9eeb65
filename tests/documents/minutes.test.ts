import { describe, expect, it } from "vitest";
import { writeMarkdown } from "~/documents/markdown-writer";
import { composeMinutes } from "~/documents/minutes";
import type { PollFacts } from "~/domain/minutes/structure";
import { expenseItem, facts, prose, publicPoll, secretPoll } from "../domain/minutes/facts";

const NBSP = "\u00a0";
const NNBSP = "\u202f";
const write = (poll: PollFacts) =>
  writeMarkdown(
    composeMinutes({
      facts: { ...facts, items: [{ ...expenseItem, polls: [poll] }] },
      prose,
      audience: "public",
      signedAt: {},
      standing: null,
    }),
  );

describe("dépense au procès-verbal — CGCT art. L.2121-15 (modèle) : les décisions", () => {
  it.each([
    ["scrutin public", publicPoll],
    ["scrutin secret", secretPoll],
    ["scrutin en cours", { ...publicPoll, isClosed: false, counts: null }],
  ])("%s : objet, fournisseur et montant sous le vote, sans qu’on les retape", (_case, poll) => {
    const text = write(poll);
    const vote = text.slice(text.indexOf(`### Vote${NBSP}: Valider la dépense`));
    expect(vote).toMatch(/\*\*Dépense\*\* : Journée annuelle, intervenante/);
    expect(vote).toMatch(/\*\*Fournisseur\*\* : Atelier Rivage/);
    expect(vote).toContain(`**Montant** : 1${NNBSP}234,56${NBSP}€`);
  });

  it("un vote qui ne porte pas sur une dépense n’en dit rien", () => {
    expect(write({ ...publicPoll, expense: null })).not.toMatch(/Fournisseur|Montant/);
  });
});
