import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toId } from "~/domain/kernel/ids";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { isProseKey, minutesOutline, publicBlocks, type MinutesFacts } from "~/domain/minutes/structure";
import { expenseItem, facts, informationItem, prose, secretPoll } from "./facts";

const keys = (given: MinutesFacts) =>
  minutesOutline(given).map(({ kind, key }) => (kind === "prose" ? `[${key}]` : key));

describe("minutesOutline — CGCT art. L.2121-15 (modèle)", () => {
  it("faits et textes dans l’ordre de la séance", () => {
    expect(keys(facts)).toStrictEqual([
      "identity",
      "convocation",
      "officers",
      "attendance",
      "opening-quorum",
      "agenda",
      "[opening]",
      "item/item1/heading",
      "[item/item1/report]",
      "[item/item1/discussion]",
      "[item/item1/remarks]",
      "item/item2/heading",
      "item/item2/quorum",
      "[item/item2/report]",
      "[item/item2/discussion]",
      "item/item2/poll/poll1",
      "[item/item2/remarks]",
      "[closing]",
      "closing-time",
      "signatures",
    ]);
  });

  it("seconde convocation, pouvoirs, déport, demande de vote secret, suspension : chacun son bloc", () => {
    const at = toLocalDateTime("2026-12-14T19:00");
    const full: MinutesFacts = {
      ...facts,
      secondConveningOf: { meetingNumber: "2026-03", scheduledAt: at },
      proxies: [{ giverLabel: "CCAS du Gâvre", holderLabel: "CCAS de Blain", revokedAt: null, voidPeriods: [] }],
      suspensions: [{ from: at, to: null, reason: null }],
      items: [
        {
          ...expenseItem,
          withdrawals: [{ seatLabel: "CCAS de Bouvron", at }],
          ballotRequests: [{ askedBy: ["CCAS de Blain"], granted: true }],
          polls: [secretPoll],
        },
      ],
    };
    expect(keys(full)).toStrictEqual([
      "identity",
      "convocation",
      "second-convening",
      "officers",
      "attendance",
      "proxies",
      "opening-quorum",
      "agenda",
      "[opening]",
      "item/item2/heading",
      "item/item2/quorum",
      "item/item2/withdrawals",
      "[item/item2/report]",
      "[item/item2/discussion]",
      "item/item2/ballot-requests",
      "item/item2/poll/poll2",
      "[item/item2/remarks]",
      "suspensions",
      "[closing]",
      "closing-time",
      "signatures",
    ]);
  });

  it("carence : un constat à la place des points", () => {
    expect(keys({ ...facts, outcome: "inquorate" })).toStrictEqual([
      "identity",
      "convocation",
      "officers",
      "attendance",
      "opening-quorum",
      "agenda",
      "[opening]",
      "inquorate-record",
      "[closing]",
      "closing-time",
      "signatures",
    ]);
  });

  it("point non examiné : son titre et une remarque", () => {
    const items = [{ ...informationItem, wasExamined: false }];
    expect(keys({ ...facts, items }).filter((key) => key.includes("item1"))).toStrictEqual([
      "item/item1/heading",
      "[item/item1/remarks]",
    ]);
  });

  it("ne dépend pas de l’ordre des lignes ; les clés sont uniques", () => {
    const items = Array.from({ length: 6 }, (_, index) => ({
      ...expenseItem,
      id: toId<"agenda-item">(`it${index}`),
      position: (index % 3) + 1,
    }));
    const expected = keys({ ...facts, items });
    expect(new Set(expected).size).toBe(expected.length);
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: 6 }), (shuffled) => {
        expect(keys({ ...facts, items: shuffled })).toStrictEqual(expected);
      }),
    );
  });
});

describe("isProseKey — les faits ne se récrivent pas", () => {
  it.each([
    { key: "opening", writable: true },
    { key: "item/item1/discussion", writable: true },
    { key: "item/item2/poll/poll1", writable: false },
    { key: "attendance", writable: false },
    { key: "item/other/discussion", writable: false },
    { key: "__proto__", writable: false },
  ])("$key : $writable", ({ key, writable }) => expect(isProseKey(facts, key)).toBe(writable));
});

describe("publicBlocks — la version publique", () => {
  it("garde les faits et les textes écrits, sans les blocs internes", () => {
    const written = {
      ...prose,
      opening: { markdown: "Tour de table.", internal: true },
      closing: { markdown: "   ", internal: false },
      "item/item1/discussion": { markdown: "Aucune observation.", internal: true },
    };
    const shown = publicBlocks(facts, written).filter(({ kind }) => kind === "prose");
    expect(shown.map(({ key }) => key)).toStrictEqual(["item/item2/discussion"]);
    expect(publicBlocks(facts, written).filter(({ kind }) => kind === "fact")).toHaveLength(12);
  });
});
