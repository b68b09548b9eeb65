import { describe, expect, it } from "vitest";
import { CASF_PRESET } from "~/domain/committee/rules";
import { forecastQuorum, type ForecastSeat, type Reply } from "~/domain/quorum/forecast";

const seats = (...replies: Reply[]): ForecastSeat[] =>
  replies.map((reply) => ({ label: "CCAS", inOffice: true, consultative: false, reply }));
const shown = (text: string) => text.replaceAll("\u00a0", "~");

describe("prévision du quorum d’après les réponses", () => {
  it.each([
    {
      replies: seats("present", "present", "remote", "present", "proxy", null, null),
      outcome: "expected",
      sentence: "4 présences annoncées sur 4 nécessaires, 2 sans réponse~: quorum prévu",
    },
    {
      replies: seats("present", "present", "remote", "present", "proxy", "absent", "absent"),
      outcome: "expected",
      sentence: "4 présences annoncées sur 4 nécessaires~: quorum prévu",
    },
    {
      replies: seats("present", "present", "present", "proxy", "proxy", "absent", null),
      outcome: "possible",
      sentence: "3 présences annoncées sur 4 nécessaires, 1 sans réponse~: quorum possible",
    },
    {
      replies: seats("present", "proxy", "proxy", "proxy", "absent", "absent", null),
      outcome: "out-of-reach",
      sentence: "1 présence annoncée sur 4 nécessaires, 1 sans réponse~: quorum hors d’atteinte à ce jour",
    },
    {
      replies: seats(null, null, null, null, null, null, null),
      outcome: "possible",
      sentence: "aucune présence annoncée sur 4 nécessaires, 7 sans réponse~: quorum possible",
    },
    { replies: seats("present"), outcome: "expected", sentence: "1 présence annoncée sur 1 nécessaire~: quorum prévu" },
  ])("$sentence", ({ replies, ...expected }) => {
    const forecast = forecastQuorum({ rules: CASF_PRESET, convening: "first", seats: replies });
    expect({ outcome: forecast.outcome, sentence: shown(forecast.sentence) }).toEqual(expected);
  });

  it("un siège vacant n’est pas un siège sans réponse", () => {
    const vacant = { ...seats(null)[0]!, inOffice: false };
    const forecast = forecastQuorum({
      rules: CASF_PRESET,
      convening: "first",
      seats: [...seats("present", "present", "present", "present", null, null), vacant],
    });
    expect(forecast).toMatchObject({ announced: 4, needed: 4, unanswered: 2, outcome: "expected" });
  });

  it("la visio qui ne compte pas n’est pas une présence annoncée", () => {
    const rules = { ...CASF_PRESET, quorum: { ...CASF_PRESET.quorum, remoteCounts: false } };
    const forecast = forecastQuorum({
      rules,
      convening: "first",
      seats: seats("present", "present", "present", "remote", "absent", "absent", "absent"),
    });
    expect(forecast).toMatchObject({ announced: 3, outcome: "out-of-reach" });
  });

  it.each([
    {
      replies: seats("present", "absent", null),
      sentence: "1 présence annoncée, aucun quorum exigé, 1 sans réponse~: la séance pourra se tenir",
    },
    {
      replies: seats("absent", "absent", "proxy"),
      sentence: "aucune présence annoncée, aucun quorum exigé~: la séance ne pourra pas se tenir",
    },
  ])("seconde convocation : $sentence", ({ replies, sentence }) => {
    expect(shown(forecastQuorum({ rules: CASF_PRESET, convening: "second", seats: replies }).sentence)).toBe(sentence);
  });
});
