import { describe, expect, it } from "vitest";
import { CASF_PRESET, type RulesContent } from "~/domain/committee/rules";
import { toId } from "~/domain/kernel/ids";
import { toPlainDate } from "~/domain/kernel/plain-date";
import {
  findQuarterTrack,
  listBreachedQuarters,
  trackYear,
  type TrackedMeeting,
  type YearContext,
} from "~/domain/quorum/quarters";

type Presence = TrackedMeeting["seats"][number]["presence"];

const meeting = (date: string, changes: Partial<TrackedMeeting> = {}): TrackedMeeting => ({
  id: toId(`m-${date}`),
  date: toPlainDate(date),
  isConvened: true,
  isHeld: true,
  isQuorate: true,
  seats: [],
  ...changes,
});

const upcoming = (date: string, isConvened = true) => meeting(date, { isHeld: false, isQuorate: false, isConvened });

const THREE = [meeting("2026-02-10"), meeting("2026-05-12"), meeting("2026-09-15")];

function track(
  today: string,
  meetings: readonly TrackedMeeting[] = THREE,
  changes: {
    notice?: Partial<RulesContent["notice"]>;
    rhythm?: Partial<RulesContent["rhythm"]>;
    since?: string;
  } = {},
) {
  const context: YearContext = {
    year: 2026,
    today: toPlainDate(today),
    rules: {
      notice: { ...CASF_PRESET.notice, ...changes.notice },
      rhythm: { ...CASF_PRESET.rhythm, ...changes.rhythm },
    },
    meetings,
    since: changes.since === undefined ? null : toPlainDate(changes.since),
  };
  return trackYear(context);
}

const shown = (text: string | undefined) => text?.replaceAll("\u00a0", "~");

describe("prévision du trimestre — CASF art. R.123-16, trimestre civil", () => {
  it.each([
    {
      case: "20 décembre, préavis de 3 jours",
      today: "2026-12-20",
      changes: {},
      state: "possible",
      sentence:
        "encore possible~: réunion au plus tard le 31/12, convocation envoyée au plus tard le 28/12 (27/12 en jours francs)",
    },
    {
      case: "28 décembre, dernier jour",
      today: "2026-12-28",
      changes: {},
      state: "possible",
      sentence:
        "encore possible~: réunion au plus tard le 31/12, convocation envoyée au plus tard le 28/12 (27/12 en jours francs)",
    },
    {
      case: "20 décembre, jours francs",
      today: "2026-12-20",
      changes: { notice: { counting: "clear-days" } },
      state: "possible",
      sentence:
        "encore possible~: réunion au plus tard le 31/12, convocation envoyée au plus tard le 27/12 (en jours francs)",
    },
    {
      case: "28 décembre, jours francs",
      today: "2026-12-28",
      changes: { notice: { counting: "clear-days" } },
      state: "urgent-only",
      sentence: "impossible sans urgence motivée",
    },
    {
      case: "29 décembre",
      today: "2026-12-29",
      changes: {},
      state: "urgent-only",
      sentence: "impossible sans urgence motivée",
    },
    {
      case: "31 décembre, une urgence reste possible",
      today: "2026-12-31",
      changes: {},
      state: "urgent-only",
      sentence: "impossible sans urgence motivée",
    },
    {
      case: "29 décembre, sans urgence permise",
      today: "2026-12-29",
      changes: { notice: { urgencyAllowed: false } },
      state: "out-of-reach",
      sentence: "impossible~: le délai de convocation ne peut plus être tenu",
    },
    {
      case: "1er janvier",
      today: "2027-01-01",
      changes: {},
      state: "breached",
      sentence: "manquement~: aucune réunion au 4e trimestre 2026",
    },
    {
      case: "règlement sans obligation trimestrielle",
      today: "2027-01-01",
      changes: { rhythm: { onePerQuarter: false } },
      state: "not-required",
      sentence: "aucune réunion exigée",
    },
    {
      case: "comité installé après le trimestre",
      today: "2027-01-05",
      changes: { since: "2027-01-01" },
      state: "not-required",
      sentence: "aucune réunion exigée",
    },
  ] as const)("$case", ({ today, changes, state, sentence }) => {
    const fourth = track(today, THREE, changes).quarters[3];
    expect({ state: fourth?.state, sentence: shown(fourth?.sentence) }).toEqual({ state, sentence });
  });

  it("donne les dates comme données", () => {
    expect(track("2026-12-20").quarters[3]?.lastChance).toEqual({
      missing: 1,
      meetBy: "2026-12-31",
      conveneBy: "2026-12-28",
      conveneByInClearDays: "2026-12-27",
    });
  });

  it("le manquement est inscrit le 1er janvier, pas avant", () => {
    expect(listBreachedQuarters(track("2026-12-31"))).toEqual([]);
    expect(listBreachedQuarters(track("2027-01-01"))).toEqual([{ year: 2026, quarter: 4 }]);
  });

  it.each([
    {
      case: "réunion convoquée, délai passé",
      extra: upcoming("2026-12-30"),
      today: "2026-12-29",
      state: "planned",
      sentence: "réunion prévue le 30/12",
    },
    {
      case: "réunion à convoquer, délai encore tenable",
      extra: upcoming("2026-12-15", false),
      today: "2026-12-10",
      state: "planned",
      sentence: "réunion prévue le 15/12, convocation à envoyer au plus tard le 12/12",
    },
    {
      case: "réunion prévue mais jamais convoquée, délai passé",
      extra: upcoming("2026-12-30", false),
      today: "2026-12-29",
      state: "urgent-only",
      sentence: "impossible sans urgence motivée",
    },
    {
      case: "réunion d’hier qui n’a pas eu lieu",
      extra: upcoming("2026-12-19"),
      today: "2026-12-20",
      state: "possible",
      sentence:
        "encore possible~: réunion au plus tard le 31/12, convocation envoyée au plus tard le 28/12 (27/12 en jours francs)",
    },
    {
      case: "réunion tenue",
      extra: meeting("2026-12-01"),
      today: "2026-12-20",
      state: "met",
      sentence: "réunion tenue au 4e trimestre 2026",
    },
    {
      case: "réunion sans quorum, année finie",
      extra: meeting("2026-12-01", { isQuorate: false }),
      today: "2027-01-01",
      state: "breached",
      sentence: "manquement~: aucune réunion avec quorum au 4e trimestre 2026",
    },
  ])("$case", ({ extra, today, state, sentence }) => {
    const fourth = track(today, [...THREE, extra]).quarters[3];
    expect({ state: fourth?.state, sentence: shown(fourth?.sentence) }).toEqual({ state, sentence });
  });

  it("une réunion sans quorum compte quand le règlement le dit", () => {
    const meetings = [meeting("2026-03-31", { isQuorate: false })];
    const first = track("2026-04-01", meetings, { rhythm: { inquorateMeetingsCount: true } }).quarters[0];
    expect(first).toMatchObject({ held: 1, quorate: 0, state: "met", sentence: "réunion tenue au 1er trimestre 2026" });
    expect(track("2026-04-01", meetings).quarters[0]).toMatchObject({ held: 1, quorate: 0, state: "breached" });
  });

  it("range chaque réunion dans son trimestre civil", () => {
    const meetings = [meeting("2026-03-31"), meeting("2026-04-01"), meeting("2026-06-30"), meeting("2025-12-31")];
    expect(track("2026-07-01", meetings).quarters.map(({ held }) => held)).toEqual([1, 2, 0, 0]);
  });

  it("trouve le trimestre d’un jour", () => {
    expect(findQuarterTrack(track("2026-05-01"), toPlainDate("2026-05-01"))?.quarter).toEqual({
      year: 2026,
      quarter: 2,
    });
    expect(findQuarterTrack(track("2026-05-01"), toPlainDate("2027-05-01"))).toBeNull();
  });
});

describe("au moins quatre réunions par an — convention, art. 7", () => {
  it.each([
    {
      case: "quatre tenues",
      today: "2026-12-20",
      meetings: [...THREE, meeting("2026-12-01")],
      state: "met",
      sentence: "4 réunions sur 4 en 2026~; rythme respecté",
    },
    {
      case: "il en manque une",
      today: "2026-12-20",
      meetings: THREE,
      state: "possible",
      sentence:
        "3 réunions sur 4 en 2026~; encore possible~: réunion au plus tard le 31/12, convocation envoyée au plus tard le 28/12 (27/12 en jours francs)",
    },
    {
      case: "il en manque trois, une par jour",
      today: "2026-12-20",
      meetings: [meeting("2026-02-10")],
      state: "possible",
      sentence:
        "1 réunion sur 4 en 2026~; encore possible~: 3 réunions au plus tard le 31/12, la première au plus tard le 29/12, sa convocation envoyée au plus tard le 26/12 (25/12 en jours francs)",
    },
    {
      case: "il en manque trois le 27 : deux jours dans le délai, cinq en urgence",
      today: "2026-12-27",
      meetings: [meeting("2026-02-10")],
      state: "urgent-only",
      sentence: "1 réunion sur 4 en 2026~; impossible sans urgence motivée",
    },
    {
      case: "il en manque trois le 30 : deux jours",
      today: "2026-12-30",
      meetings: [meeting("2026-02-10")],
      state: "out-of-reach",
      sentence: "1 réunion sur 4 en 2026~; impossible~: il ne reste pas assez de jours",
    },
    {
      case: "deux convoquées suffisent",
      today: "2026-12-29",
      meetings: [meeting("2026-02-10"), meeting("2026-05-12"), upcoming("2026-12-30"), upcoming("2026-12-31")],
      state: "planned",
      sentence: "2 réunions sur 4 en 2026~; réunions prévues les 30/12, 31/12",
    },
    {
      case: "le dernier jour utile est déjà pris par une autre réunion",
      today: "2026-12-28",
      meetings: [meeting("2026-02-10"), meeting("2026-05-12"), upcoming("2026-12-31")],
      state: "urgent-only",
      sentence: "2 réunions sur 4 en 2026~; impossible sans urgence motivée",
    },
    {
      case: "année finie à trois",
      today: "2027-01-01",
      meetings: THREE,
      state: "breached",
      sentence: "3 réunions sur 4 en 2026~; manquement~: il a manqué 1 réunion",
    },
  ])("$case", ({ today, meetings, state, sentence }) => {
    const { yearly } = track(today, meetings);
    expect({ state: yearly.state, sentence: shown(yearly.sentence) }).toEqual({ state, sentence });
  });

  it("une réunion sans quorum est tenue mais ne fait pas nombre", () => {
    const year = track("2026-12-20", [...THREE, meeting("2026-12-01", { isQuorate: false })]);
    expect(year).toMatchObject({ held: 4, quorate: 3, yearly: { state: "possible" } });
  });
});

describe("assiduité par siège", () => {
  const sitting = (presence: Presence) => [{ seatId: toId<"seat">("seat-blain"), presence }];

  it("le siège vacant n’est pas un siège absent", () => {
    const meetings = [
      meeting("2026-02-10", { seats: sitting("vacant") }),
      meeting("2026-05-12", { seats: sitting("present") }),
      meeting("2026-06-12", { seats: sitting("present") }),
      meeting("2026-09-15", { seats: sitting("absent") }),
      { ...upcoming("2026-12-15"), seats: sitting("absent") },
    ];
    expect(track("2026-10-01", meetings).seats).toEqual([
      { seatId: "seat-blain", present: 2, absent: 1, vacant: 1, rate: { numerator: 2, denominator: 3 } },
    ]);
  });

  it("un siège toujours vacant n’a pas de taux", () => {
    const meetings = [meeting("2026-02-10", { seats: sitting("vacant") })];
    expect(track("2026-10-01", meetings).seats[0]).toMatchObject({ present: 0, absent: 0, vacant: 1, rate: null });
  });
});
