import { describe, expect, it } from "vitest";
import type { Mandate } from "~/domain/committee/seats";
import { toId } from "~/domain/kernel/ids";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { toPlainDate } from "~/domain/kernel/plain-date";
import {
  castWrittenBallot,
  checkWrittenConsultation,
  listWrittenElectorate,
  standingOfConsultation,
  type WrittenBallot,
  type WrittenConsultation,
  type WrittenVoter,
} from "~/domain/voting/written-consultation";
import { PRESET, voterSeat } from "./voting-fixtures";

const consultation = (changes: Partial<WrittenConsultation> = {}): WrittenConsultation => ({
  subject: "expense",
  opensAt: toLocalDateTime("2026-11-02T09:00"),
  deadline: toLocalDateTime("2026-11-05T18:00"),
  ...changes,
});

const mandate = (seat: string, person: string, role: Mandate["role"]): Mandate => ({
  id: toId(`mandate-${person}`),
  seatId: toId(seat),
  personId: toId(person),
  role,
  startsOn: toPlainDate("2026-01-01"),
  endsOn: null,
  isMunicipalOfficial: true,
  isInChargeOfSocialAffairs: true,
});

const voter = (name: string, changes: Partial<WrittenVoter> = {}): WrittenVoter => ({
  ...voterSeat(name),
  holders: {
    titular: mandate(name, `person-${name}`, "titular"),
    substitute: mandate(name, `second-${name}`, "substitute"),
  },
  isWithdrawn: false,
  ...changes,
});

const advises = { ...PRESET, departmentSeat: "advises" as const };

describe("consultation écrite entre deux séances", () => {
  const seats = [voterSeat("blain"), voterSeat("bouvron")];

  it.each([
    {
      case: "règlement qui l’interdit",
      rules: { ...PRESET, writtenConsultation: { allowed: false, minimumDays: 3 } },
      seats,
      given: consultation(),
      refusal: "written-consultation-not-allowed",
    },
    {
      case: "approbation du procès-verbal",
      rules: PRESET,
      seats,
      given: consultation({ subject: "minutes-approval" }),
      refusal: "subject-needs-a-meeting",
    },
    {
      case: "adoption du règlement",
      rules: PRESET,
      seats,
      given: consultation({ subject: "rules-adoption" }),
      refusal: "subject-needs-a-meeting",
    },
    {
      case: "deux jours au lieu de trois",
      rules: PRESET,
      seats,
      given: consultation({ deadline: toLocalDateTime("2026-11-04T18:00") }),
      refusal: "deadline-too-short",
    },
    {
      case: "échéance avant l’envoi",
      rules: { ...PRESET, writtenConsultation: { allowed: true, minimumDays: 0 } },
      seats,
      given: consultation({ deadline: toLocalDateTime("2026-11-02T08:00") }),
      refusal: "deadline-too-short",
    },
    {
      case: "personne n’a droit de vote",
      rules: advises,
      seats: [voterSeat("blain", { inOffice: false }), voterSeat("department")],
      given: consultation(),
      refusal: "nobody-entitled",
    },
  ])("refuse : $case", ({ rules, seats: given, given: asked, refusal }) => {
    expect(checkWrittenConsultation(rules, given, asked)).toEqual({ ok: false, refusal });
  });

  it("accepte trois jours tout juste", () => {
    expect(checkWrittenConsultation(PRESET, seats, consultation())).toEqual({ ok: true, value: consultation() });
  });

  it("tous les sièges en exercice répondent, sauf consultatifs, vacants et déportés", () => {
    const alone = voter("fay", { holders: { titular: null, substitute: mandate("fay", "second-fay", "substitute") } });
    const voters = [
      voter("blain"),
      alone,
      voter("gavre", { inOffice: false }),
      voter("nddl", { isWithdrawn: true }),
      voter("department"),
    ];
    const electorate = listWrittenElectorate(advises, "expense", voters);
    expect(electorate.map(({ castBy }) => castBy.personId)).toEqual(["person-blain", "second-fay"]);
  });
});

describe("réponse écrite", () => {
  const ballot = (person: string, at = "2026-11-03T10:00", seat = "blain"): WrittenBallot => ({
    seatId: toId(seat),
    personId: toId(person),
    choice: "for",
    at: toLocalDateTime(at),
  });
  const context = { rules: PRESET, consultation: consultation(), voter: voter("blain"), hasVoted: false };

  it.each([
    {
      case: "avant l’envoi",
      context,
      given: ballot("person-blain", "2026-11-02T08:59"),
      refusal: "consultation-not-open",
    },
    {
      case: "une minute après l’échéance",
      context,
      given: ballot("person-blain", "2026-11-05T18:01"),
      refusal: "consultation-closed",
    },
    {
      case: "siège vacant",
      context: { ...context, voter: voter("blain", { inOffice: false }) },
      given: ballot("person-blain"),
      refusal: "seat-vacant",
    },
    {
      case: "pour le siège d’un autre",
      context,
      given: ballot("person-blain", "2026-11-03T10:00", "bouvron"),
      refusal: "not-your-seat",
    },
    { case: "par une personne étrangère au siège", context, given: ballot("person-bouvron"), refusal: "not-your-seat" },
    {
      case: "siège consultatif",
      context: { ...context, rules: advises, voter: voter("department") },
      given: ballot("person-department", "2026-11-03T10:00", "department"),
      refusal: "seat-consultative",
    },
    {
      case: "siège déporté",
      context: { ...context, voter: voter("blain", { isWithdrawn: true }) },
      given: ballot("person-blain"),
      refusal: "seat-withdrawn",
    },
    {
      case: "seconde réponse",
      context: { ...context, hasVoted: true },
      given: ballot("second-blain"),
      refusal: "already-voted",
    },
  ])("refuse : $case", ({ context: asked, given, refusal }) =>
    expect(castWrittenBallot(asked, given)).toEqual({ ok: false, refusal }),
  );

  it.each([
    { case: "le titulaire, à la minute de l’échéance", given: ballot("person-blain", "2026-11-05T18:00") },
    { case: "la suppléante, à la minute de l’envoi", given: ballot("second-blain", "2026-11-02T09:00") },
  ])("accepte : $case", ({ given }) => expect(castWrittenBallot(context, given)).toEqual({ ok: true, value: given }));
});

describe("ratification à la séance suivante", () => {
  it.each([
    { outcome: "adopted", ratification: null, standing: "to-be-ratified" },
    { outcome: "adopted", ratification: "adopted", standing: "ratified" },
    { outcome: "adopted", ratification: "rejected", standing: "not-ratified" },
    { outcome: "adopted", ratification: "tied-rejected", standing: "not-ratified" },
    { outcome: "rejected", ratification: null, standing: "rejected" },
    { outcome: "tied-rejected", ratification: "adopted", standing: "rejected" },
  ] as const)("$outcome puis $ratification : $standing", ({ outcome, ratification, standing }) => {
    expect(standingOfConsultation(outcome, ratification)).toBe(standing);
  });
});
