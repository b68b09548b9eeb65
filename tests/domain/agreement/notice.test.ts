import { describe, expect, it } from "vitest";
import {
  assessCommonAgreement,
  checkStop,
  computeAppealDeadline,
  computeNotice,
  standingOfNotice,
  type NoticeFacts,
  type NoticeRule,
} from "~/domain/agreement/notice";
import type { PlainDate } from "~/domain/kernel/plain-date";

const day = (text: string) => text as PlainDate;
const rule = (count: number, from: NoticeRule["from"], unit: "months" | "days" = "months"): NoticeRule => ({
  length: { count, unit },
  from,
});
const sent = (sentOn: string, receivedOn: string | null = null): NoticeFacts => ({
  ...{ sentOn: day(sentOn), receivedOn: receivedOn === null ? null : day(receivedOn), deemed: null },
});
const endsOf = (noticeRule: NoticeRule, facts: NoticeFacts) => {
  const answer = computeNotice(noticeRule, facts);
  if (!answer.ok) throw new Error(answer.refusal);
  return [answer.value.retained?.endsOn ?? null, answer.value.others.map(({ endsOn }) => endsOn)];
};

describe("fin d’un préavis", () => {
  it.each([
    ["Blain, art. 10 : trois mois après l’envoi", rule(3, "sending"), sent("2016-03-10"), "2016-06-10", []],
    [
      "Nord, VII : trois mois après la réception",
      rule(3, "receipt"),
      sent("2020-11-03", "2020-11-05"),
      "2021-02-05",
      [],
    ],
    ["Nord, VII : rien tant que l’accusé n’est pas revenu", rule(3, "receipt"), sent("2020-11-03"), null, []],
    [
      "Dreux, art. 9.3 : 12 juin, fin juillet ; ou de date à date",
      rule(1, "end-of-month"),
      sent("2025-06-12"),
      "2025-07-31",
      ["2025-07-12"],
    ],
    ["Dreux, art. 9.3 : 31 janvier, une seule lecture", rule(1, "end-of-month"), sent("2026-01-31"), "2026-02-28", []],
    [
      "Dreux, art. 9.3 : force majeure, quinze jours",
      rule(15, "sending", "days"),
      sent("2025-06-12"),
      "2025-06-27",
      [],
    ],
    [
      "Sceaux, art. 8 : point de départ non écrit",
      rule(3, "unspecified"),
      sent("2026-01-05", "2026-01-08"),
      "2026-04-08",
      ["2026-04-05"],
    ],
    ["Sceaux, art. 8 : accusé pas encore revenu", rule(3, "unspecified"), sent("2026-01-05"), "2026-04-05", []],
    ["un mois depuis le 31 janvier d’une année bissextile", rule(1, "sending"), sent("2028-01-31"), "2028-02-29", []],
    ["un an depuis un 29 février", rule(12, "sending"), sent("2028-02-29"), "2029-02-28", []],
    ["par-dessus le passage à l’heure d’été", rule(15, "sending", "days"), sent("2026-03-20"), "2026-04-04", []],
    [
      "sans délai écrit (La Garde, art. 10)",
      { length: "none", from: "unspecified" } as const,
      sent("2026-01-05", "2026-01-08"),
      "2026-01-08",
      ["2026-01-05"],
    ],
  ])("%s", (_, noticeRule, facts, retained, others) =>
    expect(endsOf(noticeRule as NoticeRule, facts)).toEqual([retained, others]),
  );

  it("Sceaux signale que le point de départ n’est pas écrit ; Blain non", () => {
    const flag = (noticeRule: NoticeRule) => {
      const answer = computeNotice(noticeRule, sent("2026-01-05"));
      return answer.ok && answer.value.isAmbiguous;
    };
    expect([flag(rule(3, "unspecified")), flag(rule(3, "sending"))]).toEqual([true, false]);
  });

  it("refuse une réception avant l’envoi, et un délai raisonnable que personne n’a dit", () => {
    expect(computeNotice(rule(3, "receipt"), sent("2020-11-05", "2020-11-04"))).toEqual({
      ok: false,
      refusal: "received-before-sent",
    });
    const reasonable: NoticeRule = { length: "reasonable", from: "unspecified" };
    expect(computeNotice(reasonable, sent("2026-01-05"))).toEqual({ ok: false, refusal: "deemed-length-missing" });
    const deemed = { ...sent("2026-01-05"), deemed: { count: 2, unit: "months" } } as const;
    expect(endsOf(reasonable, deemed)).toEqual(["2026-03-05", []]);
    expect(computeNotice(reasonable, { ...deemed, deemed: { count: 0, unit: "days" } })).toEqual({
      ok: false,
      refusal: "deemed-length-not-positive",
    });
  });
});

describe("mise en demeure (Blain, art. 10)", () => {
  const notice = { sentOn: day("2016-03-10"), endsOn: day("2016-06-10"), curedOn: null, withdrawnOn: null };
  it.each([
    ["court encore le dernier jour", "2016-06-10", "running"],
    ["a mis fin à la convention le lendemain", "2016-06-11", "ended"],
  ])("%s", (_, today, state) => expect(standingOfNotice(notice, day(today))).toBe(state));
  it("s’arrête si le manquement est réparé, jusqu’au dernier jour compris", () => {
    expect(checkStop(notice, day("2016-06-10"), day("2016-06-10")).ok).toBe(true);
    expect(checkStop(notice, day("2016-06-11"), day("2016-06-20"))).toEqual({ ok: false, refusal: "already-ended" });
    expect(checkStop(notice, day("2016-05-01"), day("2016-04-01"))).toEqual({
      ok: false,
      refusal: "stop-in-the-future",
    });
    expect(checkStop(notice, day("2016-03-09"), day("2016-04-01"))).toEqual({
      ok: false,
      refusal: "stop-before-sending",
    });
    expect(checkStop({ ...notice, curedOn: day("2016-05-01") }, day("2016-05-02"), day("2016-05-02"))).toEqual({
      ok: false,
      refusal: "already-stopped",
    });
    expect(standingOfNotice({ ...notice, curedOn: day("2016-05-01") }, day("2017-01-01"))).toBe("cured");
  });
});

describe("commun accord : toutes les parties", () => {
  const six = ["2016-04-01", "2016-04-02", "2016-04-30", "2016-04-03", "2016-04-04"].map((on, at) => ({
    party: `CCAS ${at}`,
    on: day(on),
  }));
  it("cinq sur six ne suffisent pas", () => {
    expect(assessCommonAgreement([...six, { party: "CCAS 5", on: null }], null)).toEqual({
      missing: ["CCAS 5"],
      endsOn: null,
    });
  });
  it("vaut au jour du dernier accord, ou plus tard si les parties l’ont voulu", () => {
    const all = [...six, { party: "CCAS 5", on: day("2016-04-20") }];
    expect(assessCommonAgreement(all, null).endsOn).toBe("2016-04-30");
    expect(assessCommonAgreement(all, day("2016-06-30")).endsOn).toBe("2016-06-30");
    expect(assessCommonAgreement(all, day("2016-01-01")).endsOn).toBe("2016-04-30");
  });
});

describe("délai de recours (Dreux, décision, art. 5)", () => {
  it("deux mois depuis la publication du 16 avril 2025, dans ses deux lectures", () => {
    expect(computeAppealDeadline(day("2025-04-16"), 2)).toEqual({
      plain: "2025-06-16",
      clear: "2025-06-17",
      plainIsWeekend: false,
      clearIsWeekend: false,
    });
  });
  it("dit qu’un dernier jour tombe un samedi ou un dimanche", () => {
    expect(computeAppealDeadline(day("2025-12-31"), 2)).toEqual({
      plain: "2026-02-28",
      clear: "2026-03-01",
      plainIsWeekend: true,
      clearIsWeekend: true,
    });
  });
});
