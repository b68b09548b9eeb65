import { describe, expect, it } from "vitest";
import { writeMarkdown } from "~/documents/markdown-writer";
import { toSeat } from "~/documents/french";
import { composeMinutes, minutesTitle } from "~/documents/minutes";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
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

  it("un vote qui n’a pu se tenir faute de quorum ne répète ni la dépense ni un tableau vide", () => {
    const entitled = publicPoll.counts!.entitled;
    const none = { for: 0, against: 0, abstain: 0, notParticipating: 0, notVoted: entitled };
    const text = write({
      ...{ ...publicPoll, counts: { ...publicPoll.counts!, ...none, entitled }, ballots: [], result: null },
      ...{ resultSentence: "Rien n’est décidé : le quorum n’était plus atteint à la clôture", decisionNumber: null },
    });
    expect(text).toContain("Ce vote n’a pas pu avoir lieu");
    expect(text).toContain("**Rien n’est décidé : le quorum n’était plus atteint à la clôture.**");
    expect(text).not.toMatch(/Fournisseur|Sens du vote/);
  });

  it("un vote qui ne porte pas sur une dépense n’en dit rien", () => {
    expect(write({ ...publicPoll, expense: null })).not.toMatch(/Fournisseur|Montant/);
  });
});

describe("le titre du procès-verbal", () => {
  it("deux séances d’un même jour se distinguent par leur numéro", () => {
    expect(minutesTitle({ outcome: "held", scheduledAt: facts.scheduledAt, meetingNumber: "2026-4" })).toMatch(
      /^Procès-verbal de la séance du .* \(n°\u00a02026-4\)$/,
    );
  });
});

describe("à qui un pouvoir est donné", () => {
  it.each([
    ["CCAS de Blain", "au CCAS de Blain"],
    ["Département de Loire-Atlantique", "au Département de Loire-Atlantique"],
    ["Ville et CCAS de Sceaux", "à la Ville et CCAS de Sceaux"],
    ["UDCCAS du Nord", "à l’UDCCAS du Nord"],
    ["Blain", "à Blain"],
  ])("%s : %s", (label, words) => {
    expect(toSeat(label)).toBe(words);
  });
});

describe("présences rectifiées après le vote", () => {
  it("un siège qui a voté et que les présences disent absent est nommé sous le vote", () => {
    const [first, ...others] = publicPoll.ballots;
    expect(write(publicPoll)).not.toContain("sans être présent");
    expect(write({ ...publicPoll, ballots: [{ ...first!, personName: "" }, ...others] })).toContain(
      `ce siège a voté sans être présent${NBSP}: ${first!.seatLabel}. Le résultat reste celui de la clôture du scrutin.`,
    );
  });

  it("un pouvoir sans effet dit pourquoi", () => {
    const proxy = {
      ...{ giverLabel: "CCAS du Gâvre", holderLabel: "CCAS de Blain", revokedAt: null },
      voidPeriods: [{ from: "2026-09-10T19:02" as LocalDateTime, to: "2026-09-10T19:20" as LocalDateTime }],
    };
    const document = composeMinutes({
      ...{ facts: { ...facts, proxies: [proxy] }, prose },
      ...{ audience: "public", signedAt: {}, standing: null },
    });
    expect(writeMarkdown(document)).toContain(
      `CCAS du Gâvre a donné pouvoir au CCAS de Blain, sans effet de 19${NBSP}h${NBSP}02 à 19${NBSP}h${NBSP}20, le siège qui l’a donné étant alors présent.`,
    );
  });
});
