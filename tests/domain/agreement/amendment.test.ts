import { describe, expect, it } from "vitest";
import {
  applyAmendments,
  assessAmendment,
  checkArticleChange,
  checkBoardVote,
  checkSubmission,
  type Board,
} from "~/domain/agreement/amendment";
import type { Clause } from "~/domain/agreement/clause";
import { checkGuard } from "~/domain/agreement/guard";
import { checkHabilitation, checkSignature, type SigningParty } from "~/domain/agreement/signature";
import { assessTerm } from "~/domain/agreement/terms";
import type { PlainDate } from "~/domain/kernel/plain-date";

const day = (text: string) => text as PlainDate;
const TODAY = day("2026-11-22");
const boards = (...dates: readonly (string | null)[]): readonly Board[] =>
  dates.map((on, at) => ({
    ...{ partyId: `p${at}`, label: `CCAS ${at + 1}`, leftOn: null },
    vote: on === null ? null : { outcome: "approved", number: `D${at}`, on: day(on) },
  }));
const five = ["2026-09-01", "2026-09-03", "2026-10-12", "2026-09-20", "2026-09-30"];

describe("six conseils d’administration (Blain, art. 9)", () => {
  it("cinq sur six : pas d’effet, et l’on sait qui manque", () => {
    expect(assessAmendment("submitted", boards(...five, null), TODAY)).toMatchObject({
      ...{ state: "submitted", approved: 5, needed: 6, missing: ["CCAS 6"], effectiveOn: null },
    });
  });
  it("le sixième donne effet, au jour de la dernière délibération", () => {
    expect(assessAmendment("submitted", boards(...five, "2026-10-02"), TODAY)).toMatchObject({
      state: "effective",
      effectiveOn: "2026-10-12",
    });
  });
  it("un conseil contre suffit à le rejeter", () => {
    const [first, ...rest] = boards(...five, "2026-10-02");
    const against = { ...first!, vote: { outcome: "rejected", number: "D0", on: day("2026-09-01") } as const };
    expect(assessAmendment("submitted", [against, ...rest], TODAY)).toMatchObject({
      state: "rejected",
      rejectedBy: ["CCAS 1"],
      effectiveOn: null,
    });
  });
  it("une partie qui est partie ne compte plus", () => {
    const [first, ...rest] = boards(null, ...five);
    expect(assessAmendment("submitted", [{ ...first!, leftOn: day("2026-06-30") }, ...rest], TODAY)).toMatchObject({
      state: "effective",
      needed: 5,
    });
  });
  it("un conseil qui a voté contre, puis part : l’avenant reste rejeté", () => {
    const [first, ...rest] = boards(...five, "2026-10-02");
    const vote = { outcome: "rejected", number: "D0", on: day("2026-09-01") } as const;
    expect(
      assessAmendment("submitted", [{ ...first!, vote, leftOn: day("2026-11-01") }, ...rest], TODAY),
    ).toMatchObject({ state: "rejected", rejectedBy: ["CCAS 1"], effectiveOn: null });
  });
  it("un conseil qui a approuvé, puis part : six approbations sur six", () => {
    const [first, ...rest] = boards(...five, "2026-10-02");
    expect(assessAmendment("submitted", [{ ...first!, leftOn: day("2026-11-01") }, ...rest], TODAY)).toMatchObject({
      ...{ state: "effective", approved: 6, needed: 6, effectiveOn: "2026-10-12" },
    });
  });
  it("une délibération : datée, numérotée, une seule par conseil, après l’envoi aux conseils", () => {
    const context = { state: "submitted", submittedOn: day("2026-09-01"), today: TODAY } as const;
    const board = { leftOn: null, vote: null };
    const vote = { outcome: "approved", number: "2026-41", on: day("2026-09-15") } as const;
    const refusalOf = (more: object, boardMore: object = {}, contextMore: object = {}) => {
      const decision = checkBoardVote({ ...board, ...boardMore }, { ...vote, ...more }, { ...context, ...contextMore });
      return decision.ok ? null : decision.refusal;
    };
    expect(refusalOf({})).toBeNull();
    expect(refusalOf({ number: " " })).toBe("number-missing");
    expect(refusalOf({ on: day("2026-11-23") })).toBe("vote-in-the-future");
    expect(refusalOf({ on: day("2026-08-31") })).toBe("vote-before-submission");
    expect(refusalOf({}, { vote })).toBe("already-voted");
    expect(refusalOf({}, { leftOn: day("2026-01-01") })).toBe("party-left");
    expect(refusalOf({}, {}, { state: "rejected" })).toBe("not-submitted");
  });
  it("un seul avenant à la fois devant les conseils", () => {
    const draft = {
      status: "draft",
      changes: 1,
      othersPending: 0,
      isAgreementSigned: true,
      isAgreementOver: false,
    } as const;
    const refusalOf = (more: object) => {
      const decision = checkSubmission({ ...draft, ...more });
      return decision.ok ? null : decision.refusal;
    };
    expect(refusalOf({})).toBeNull();
    expect(refusalOf({ othersPending: 1 })).toBe("another-pending");
    expect(refusalOf({ changes: 0 })).toBe("no-change");
    expect(refusalOf({ status: "submitted" })).toBe("not-a-draft");
    expect(refusalOf({ isAgreementSigned: false })).toBe("agreement-not-signed");
    expect(refusalOf({ isAgreementOver: true })).toBe("agreement-over");
  });
});

const PROTECTED: Clause = {
  ...{ key: "objet", article: "9", title: "L’objet reste", sentence: "Un avenant ne touche pas à l’article 1." },
  rule: { kind: "prohibition", act: "change-article", article: "1", months: [] },
};
const GATE: Clause = {
  ...{ key: "bilan", article: "9", title: "Bilan", sentence: "Pas de renouvellement sans bilan." },
  rule: { kind: "gate", act: "renew", requires: "bilan" },
};
const ARTICLES = [
  { number: "1", title: "Objet", text: "Quatre buts." },
  { number: "7", title: "Comité", text: "Quatre réunions." },
];

describe("ce qu’un avenant peut toucher", () => {
  const change = (article: string, after: string | null) => ({ article, title: "", before: "Quatre réunions.", after });
  it("l’article 1 est refusé, avec l’article qui le protège", () => {
    expect(checkArticleChange(ARTICLES, [PROTECTED], change("1", "Cinq buts."), TODAY)).toEqual({
      ok: false,
      refusal: { kind: "article-protected", article: "1", by: "9" },
    });
  });
  it("un article inconnu ou inchangé est refusé, un autre passe", () => {
    expect(checkArticleChange(ARTICLES, [PROTECTED], change("12", "…"), TODAY)).toEqual({
      ok: false,
      refusal: { kind: "article-unknown", article: "12" },
    });
    expect(checkArticleChange(ARTICLES, [PROTECTED], change("7", " Quatre réunions. "), TODAY)).toEqual({
      ok: false,
      refusal: { kind: "nothing-changes", article: "7" },
    });
    expect(checkArticleChange(ARTICLES, [PROTECTED], change("7", "Cinq réunions."), TODAY).ok).toBe(true);
  });
  it("les avenants s’appliquent dans l’ordre de leur effet", () => {
    const text = applyAmendments(ARTICLES, [
      { changes: [change("7", "Six réunions.")], effectiveOn: day("2026-06-01") },
      {
        changes: [change("7", "Cinq réunions."), { article: "8", title: "Contact", before: null, after: "La mairie." }],
        effectiveOn: day("2026-01-01"),
      },
    ]);
    expect(text).toEqual([
      ARTICLES[0],
      { number: "7", title: "Comité", text: "Six réunions." },
      { number: "8", title: "Contact", text: "La mairie." },
    ]);
  });
});

describe("conditions et interdictions du texte", () => {
  const duration = { first: { kind: "months", months: 36 }, renewal: { kind: "none" } } as const;
  it("pas de renouvellement sans bilan (La Garde, art. 9)", () => {
    expect(checkGuard([GATE], null, [], { act: "renew", on: TODAY })).toMatchObject({
      ok: false,
      refusal: { kind: "condition-missing", article: "9" },
    });
    const bilan = { source: "bilan", clauseKey: null, on: day("2026-05-01"), label: "Bilan", href: null } as const;
    expect(checkGuard([GATE], null, [bilan], { act: "renew", on: TODAY }).ok).toBe(true);
  });
  it("aucune séance en juillet ni en août (Dreux, art. 2.1)", () => {
    const rule = { kind: "prohibition", act: "hold-session", article: null, months: [7, 8] } as const;
    const clause: Clause = { key: "ete", article: "2.1", title: "Été", sentence: "…", rule };
    const allowed = (on: string) => checkGuard([clause], null, [], { act: "hold-session", on: day(on) }).ok;
    expect(["2026-06-30", "2026-07-01", "2026-08-31", "2026-09-01"].map(allowed)).toEqual([true, false, false, true]);
  });
  it("rien de neuf ne s’engage après le dernier jour (Blain, art. 10 et 11)", () => {
    const standing = assessTerm(duration, day("2014-01-01"), TODAY);
    const allowed = (on: string) => checkGuard([], standing, [], { act: "engage-expense", on: day(on) }).ok;
    expect(["2016-12-31", "2017-01-01"].map(allowed)).toEqual([true, false]);
  });
});

describe("qui signe, et par quel pouvoir", () => {
  const party: SigningParty = {
    ...{ label: "CCAS", office: "Vice-présidence", needsHabilitation: true },
    ...{ deliberationNumber: "2020-14", deliberationOn: day("2020-09-01") },
    chain: [
      {
        act: "Délibération du conseil",
        on: day("2020-09-01"),
        from: "Conseil d’administration",
        to: "Présidence",
        until: null,
      },
      { act: "Arrêté", on: day("2020-09-17"), from: "Présidence", to: "Vice-présidence", until: null },
    ],
  };
  const kinds = (more: Partial<SigningParty>, on = "2025-04-10") =>
    checkHabilitation({ ...party, ...more }, day(on)).map(({ kind }) => kind);
  it("Dreux : la chaîne tient à la date de la signature", () => expect(kinds({})).toEqual([]));
  it.each([
    ["sans numéro", { deliberationNumber: "" }, "2025-04-10", ["deliberation-missing"]],
    ["délibération postérieure", { deliberationOn: day("2025-05-01") }, "2025-04-10", ["deliberation-after-signature"]],
    ["signature avant l’arrêté", {}, "2020-09-10", ["power-not-yet-given"]],
    [
      "chaîne rompue",
      { chain: [party.chain[0]!, { ...party.chain[1]!, from: "Mairie" }] },
      "2025-04-10",
      ["chain-broken"],
    ],
    [
      "pouvoir terminé",
      { chain: [party.chain[0]!, { ...party.chain[1]!, until: day("2024-01-01") }] },
      "2025-04-10",
      ["power-ended"],
    ],
  ] as const)("%s", (_, more, on, expected) => expect(kinds(more, on)).toEqual(expected));

  it("Blain : signée le 24 janvier 2014 pour le 1er janvier, effet rétroactif de 23 jours ; refusée si une habilitation manque", () => {
    const request = {
      isSigned: false,
      hasDuration: true,
      parties: [party],
      signedOn: day("2014-01-24"),
      effectOn: day("2014-01-01"),
      today: TODAY,
    };
    const signed = { ...party, deliberationOn: day("2013-12-11"), chain: [] };
    expect(checkSignature({ ...request, parties: [signed] })).toEqual({
      ok: true,
      value: { signedOn: "2014-01-24", retroactiveDays: 23 },
    });
    expect(checkSignature({ ...request, parties: [signed, { ...signed, deliberationNumber: "" }] })).toMatchObject({
      ok: false,
      refusal: { kind: "habilitation" },
    });
    expect(checkSignature({ ...request, signedOn: day("2026-11-23"), parties: [signed] })).toMatchObject({
      refusal: { kind: "signed-in-the-future" },
    });
  });
});
