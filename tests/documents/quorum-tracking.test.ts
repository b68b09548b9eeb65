import { describe, expect, it } from "vitest";
import type { MeetingId } from "~/domain/kernel/ids";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { describeMeeting, type MeetingFacts } from "~/documents/quorum-tracking";

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
  count: { present: 5, needed: 4, isRequired: true },
  ...changes,
});

describe("ce qu’on dit d’une séance tenue", () => {
  it.each([
    { case: "quorum atteint", changes: {}, says: "5\u00a0sièges présents sur 7, 4\u00a0nécessaires\u00a0: quorum atteint" },
    {
      case: "présences rectifiées après la levée, sous le seuil : le constat reste, la différence se dit",
      changes: { count: { present: 3, needed: 4, isRequired: true } },
      says: "3\u00a0sièges présents sur 7, 4\u00a0nécessaires\u00a0: quorum atteint selon le constat de la levée (présences rectifiées depuis)",
    },
    {
      case: "carence, alors que quatre sièges sont passés",
      changes: { outcome: "inquorate" as const, count: { present: 4, needed: 4, isRequired: true } },
      says: "4\u00a0sièges présents sur 7, 4\u00a0nécessaires\u00a0: quorum non atteint selon le constat de la levée (jamais assez de sièges à la même minute, ou présences rectifiées depuis)",
    },
    {
      case: "carence franche",
      changes: { outcome: "inquorate" as const, count: { present: 2, needed: 4, isRequired: true } },
      says: "2\u00a0sièges présents sur 7, 4\u00a0nécessaires\u00a0: quorum non atteint",
    },
  ])("$case", ({ changes, says }) => expect(describeMeeting(meeting(changes), [])).toBe(says));
});
