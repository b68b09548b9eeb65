import { describe, expect, it } from "vitest";
import { computeNotice, type NoticeRule } from "~/domain/agreement/notice";
import { explainNotice } from "~/documents/agreement-words";
import type { PlainDate } from "~/domain/kernel/plain-date";

const explain = (rule: NoticeRule) => {
  const answer = computeNotice(rule, { sentOn: "2026-11-03" as PlainDate, receivedOn: null, deemed: null });
  return answer.ok ? explainNotice(answer.value).map((sentence) => sentence.replaceAll("\u00a0", " ")) : null;
};

describe("explainNotice", () => {
  it("sans délai écrit : une phrase, ni quantième ni « 0 jour »", () =>
    expect(explain({ length: "none", from: "unspecified" })).toEqual([
      "Le texte n’écrit aucun délai : fin possible dès le mardi 3 novembre 2026, jour de l’envoi.",
    ]));

  it("un délai en jours ne parle pas de quantième", () =>
    expect(explain({ length: { count: 15, unit: "days" }, from: "sending" })?.at(-1)).toBe(
      "Le jour de départ ne compte pas ; le dernier jour compte.",
    ));
});
