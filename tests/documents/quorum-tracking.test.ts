import { describe, expect, it } from "vitest";
import type { MeetingId } from "~/domain/kernel/ids";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { describeMeeting, orderMarks, type MeetingFacts, tellMeetingsHeld } from "~/documents/quorum-tracking";

const meeting = (changes: Partial<MeetingFacts>): MeetingFacts => ({
  id: "m1" as MeetingId,
  number: "2026-1",
  title: "Comité",
  startsAt: toLocalDateTime("2026-03-10T18:30"),
  status: "closed",
  convening: "first",
  firstMeetingId: null,
  outcome: "held",
  seats: ["a", "b", "c", "d", "e", "f", "g"].map((seatId) => ({ seatId, presence: "present" as const })),
  count: { present: 5, sat: 5, needed: 4, isRequired: true },
  ...changes,
});

describe("ce qu’on dit d’une séance tenue", () => {
  it.each([
    {
      case: "quorum atteint",
      changes: {},
      says: "5\u00a0sièges présents sur 7, 4\u00a0nécessaires\u00a0: quorum atteint",
    },
    {
      case: "présences rectifiées après la levée, sous le seuil : le constat reste, la différence se dit",
      changes: { count: { present: 3, sat: 3, needed: 4, isRequired: true } },
      says: "3\u00a0sièges présents sur 7, 4\u00a0nécessaires\u00a0: quorum atteint selon le constat de la levée (présences rectifiées depuis)",
    },
    {
      case: "six sièges ont siégé, jamais plus de cinq ensemble",
      changes: { count: { present: 5, sat: 6, needed: 4, isRequired: true } },
      says: "5\u00a0sièges présents ensemble sur 7 (6 ont siégé), 4\u00a0nécessaires\u00a0: quorum atteint",
    },
    {
      case: "carence, alors que quatre sièges sont passés tour à tour",
      changes: { outcome: "inquorate" as const, count: { present: 3, sat: 4, needed: 4, isRequired: true } },
      says: "3\u00a0sièges présents ensemble sur 7 (4 ont siégé), 4\u00a0nécessaires\u00a0: quorum non atteint",
    },
    {
      case: "carence, puis présences rectifiées au-dessus du seuil",
      changes: { outcome: "inquorate" as const, count: { present: 4, sat: 4, needed: 4, isRequired: true } },
      says: "4\u00a0sièges présents sur 7, 4\u00a0nécessaires\u00a0: quorum non atteint selon le constat de la levée (présences rectifiées depuis)",
    },
    {
      case: "carence franche",
      changes: { outcome: "inquorate" as const, count: { present: 2, sat: 2, needed: 4, isRequired: true } },
      says: "2\u00a0sièges présents sur 7, 4\u00a0nécessaires\u00a0: quorum non atteint",
    },
  ])("$case", ({ changes, says }) => expect(describeMeeting(meeting(changes), [])).toBe(says));
});

describe("la rangée de sièges d’une séance", () => {
  it("montre d’abord ceux qui étaient ensemble, puis ceux d’un autre moment, et le vacant à part de l’absent", () => {
    const presences = ["vacant", "present", "absent", "present", "present", "present", "present"] as const;
    const seats = presences.map((presence, index) => ({ seatId: `s${index}`, presence }));
    const row = meeting({ seats, count: { present: 4, sat: 5, needed: 4, isRequired: true } });
    expect(orderMarks(row)).toStrictEqual(["present", "present", "present", "present", "in-turn", "absent", "vacant"]);
  });
});

describe("le compte des réunions de l’année", () => {
  it.each([
    [{ held: 0, quorate: 0, failed: 0 }, "Aucune réunion tenue."],
    [{ held: 1, quorate: 1, failed: 0 }, "1 réunion tenue, dont 1 réunie valablement et 0 sans quorum."],
    [{ held: 6, quorate: 5, failed: 1 }, "6 réunions tenues, dont 5 réunies valablement et 1 sans quorum."],
  ])("%j", (counts, sentence) => {
    expect(tellMeetingsHeld(counts).replaceAll("\u00a0", " ")).toBe(sentence);
  });
});
