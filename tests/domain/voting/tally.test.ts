import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRules } from "~/domain/committee/rules-check";
import type { RulesContent } from "~/domain/committee/rules";
import { CHOICES, type Choice } from "~/domain/voting/poll";
import { tallyVoices, type TallyInput, type Voice } from "~/domain/voting/tally";
import { entitlement, PRESET, seatId } from "./voting-fixtures";

const NAMES = ["blain", "bouvron", "gavre", "chevallerais", "fay", "nddl", "department"];

type Votes = Partial<Record<Choice, number>>;

/** Voices in the order for, against, abstain, not-participating, given by blain, bouvron, … in turn. */
function voicesOf(votes: Votes): Voice[] {
  const choices = CHOICES.flatMap((choice) => Array.from({ length: votes[choice] ?? 0 }, () => choice));
  return choices.map((choice, index) => ({ seatId: seatId(NAMES[index]!), choice }));
}

type Loose = {
  votes: Votes;
  entitled?: number;
  majority?: Partial<RulesContent["majority"]>;
  casting?: Partial<RulesContent["castingVote"]>;
} & Partial<Pick<TallyInput, "mode" | "chairDeclares">> & { chair?: string | null };

function input({
  votes,
  entitled = 7,
  majority = {},
  casting = {},
  mode = "public",
  chairDeclares = null,
  chair = null,
}: Loose): TallyInput {
  return {
    rules: { majority: { ...PRESET.majority, ...majority }, castingVote: { ...PRESET.castingVote, ...casting } },
    mode,
    entitled: NAMES.slice(0, entitled).map((name) => entitlement(name)),
    votingSeatsInOffice: 7,
    voices: voicesOf(votes).map((voice) => (mode === "secret" ? { ...voice, seatId: null } : voice)),
    chair: chair === null ? null : seatId(chair),
    chairDeclares,
  };
}

const shown = (text: string) => text.replaceAll("\u00a0", "~");
const twoThirds = { share: { numerator: 2, denominator: 3 }, comparison: "at-least" } as const;

describe("résultat d’un scrutin — CASF art. R.123-18, majorité absolue des suffrages exprimés", () => {
  it.each([
    {
      given: input({ votes: { for: 4, against: 2, abstain: 1 } }),
      result: "adopted",
      sentence: "Adopté~: 4 pour, 2 contre, 1 abstention (6 suffrages exprimés, majorité 4)",
    },
    {
      given: input({ votes: { for: 2, against: 1, abstain: 4 } }),
      result: "adopted",
      sentence: "Adopté~: 2 pour, 1 contre, 4 abstentions (3 suffrages exprimés, majorité 2)",
    },
    {
      given: input({ votes: { for: 3, against: 4 } }),
      result: "rejected",
      sentence: "Rejeté~: 3 pour, 4 contre, 0 abstention (7 suffrages exprimés, majorité 4)",
    },
    {
      given: input({ votes: { for: 1, abstain: 4, "not-participating": 1 } }),
      result: "adopted",
      sentence:
        "Adopté~: 1 pour, 0 contre, 4 abstentions, 1 ne prend pas part, 1 n’a pas voté (1 suffrage exprimé, majorité 1)",
    },
    {
      given: input({ votes: { for: 3, "not-participating": 2 } }),
      result: "adopted",
      sentence:
        "Adopté~: 3 pour, 0 contre, 0 abstention, 2 ne prennent pas part, 2 n’ont pas voté (3 suffrages exprimés, majorité 2)",
    },
    {
      given: input({ votes: { abstain: 7 } }),
      result: "rejected",
      sentence: "Rejeté~: 0 pour, 0 contre, 7 abstentions (aucun suffrage exprimé)",
    },
    {
      given: input({ votes: { for: 3, against: 3, abstain: 1 } }),
      result: "tied-rejected",
      sentence: "Partage des voix, rejeté~: 3 pour, 3 contre, 1 abstention (6 suffrages exprimés, majorité 4)",
    },
    {
      given: input({ votes: { for: 4, against: 2 }, entitled: 6, majority: twoThirds }),
      result: "adopted",
      sentence: "Adopté~: 4 pour, 2 contre, 0 abstention (6 suffrages exprimés, minimum 4)",
    },
    {
      given: input({ votes: { for: 4, against: 3 }, majority: twoThirds }),
      result: "rejected",
      sentence: "Rejeté~: 4 pour, 3 contre, 0 abstention (7 suffrages exprimés, minimum 5)",
    },
    {
      given: input({ votes: { for: 3, against: 1, abstain: 3 }, majority: { base: "present-and-represented" } }),
      result: "rejected",
      sentence: "Rejeté~: 3 pour, 1 contre, 3 abstentions (7 présents et représentés, majorité 4)",
    },
    {
      given: input({ votes: { for: 3, against: 1 }, entitled: 4, majority: { base: "present-and-represented" } }),
      result: "adopted",
      sentence: "Adopté~: 3 pour, 1 contre, 0 abstention (4 présents et représentés, majorité 3)",
    },
    {
      given: input({ votes: { for: 3, against: 1 }, entitled: 4, majority: { base: "seats-in-office" } }),
      result: "rejected",
      sentence: "Rejeté~: 3 pour, 1 contre, 0 abstention (7 sièges en exercice, majorité 4)",
    },
  ])("$sentence", ({ given, result, sentence }) => {
    const tally = tallyVoices(given);
    expect({ result: tally.result, sentence: shown(tally.sentence) }).toEqual({ result, sentence });
  });

  it("compte chaque siège une fois et garde la liste de ceux qui avaient droit de vote", () => {
    const tally = tallyVoices(input({ votes: { for: 2, against: 1, abstain: 1, "not-participating": 1 } }));
    expect(tally.counts).toEqual({ entitled: 7, for: 2, against: 1, abstain: 1, notParticipating: 1, notVoted: 2 });
    expect(tally.entitled.map((one) => one.seatId)).toEqual(NAMES);
  });

  it("plus de voix que de sièges est une faute", () => {
    expect(() => tallyVoices(input({ votes: { for: 3 }, entitled: 2 }))).toThrow(RangeError);
  });
});

describe("voix prépondérante", () => {
  const tie = { for: 3, against: 3, abstain: 1 };

  it.each([
    {
      case: "la présidence a voté pour",
      given: input({ votes: tie, chair: "blain" }),
      castingVote: "for",
      result: "adopted",
    },
    {
      case: "la présidence a voté contre",
      given: input({ votes: tie, chair: "chevallerais" }),
      castingVote: "against",
      result: "rejected",
    },
    {
      case: "la présidence s’est abstenue",
      given: input({ votes: tie, chair: "department" }),
      castingVote: null,
      result: "tied-rejected",
    },
    {
      case: "la présidence n’a pas voté",
      given: input({ votes: { for: 3, against: 3 }, chair: "department" }),
      castingVote: null,
      result: "tied-rejected",
    },
    {
      case: "le règlement n’en donne pas",
      given: input({ votes: tie, chair: "blain", casting: { holder: "none" } }),
      castingVote: null,
      result: "tied-rejected",
    },
    {
      case: "la présidence ne siège pas",
      given: input({ votes: tie, chair: null }),
      castingVote: null,
      result: "tied-rejected",
    },
    {
      case: "vote secret : non",
      given: input({ votes: tie, chair: "blain", mode: "secret", chairDeclares: "for" }),
      castingVote: null,
      result: "tied-rejected",
    },
    {
      case: "vote secret, le règlement la garde",
      given: input({
        votes: tie,
        chair: "blain",
        mode: "secret",
        chairDeclares: "for",
        casting: { inSecretBallot: true },
      }),
      castingVote: "for",
      result: "adopted",
    },
    {
      case: "vote secret, la présidence ne dit rien",
      given: input({ votes: tie, chair: "blain", mode: "secret", casting: { inSecretBallot: true } }),
      castingVote: null,
      result: "tied-rejected",
    },
    {
      case: "pas de partage : elle ne joue pas",
      given: input({ votes: { for: 3, against: 4 }, chair: "blain" }),
      castingVote: null,
      result: "rejected",
    },
    {
      case: "partage, mais majorité des sièges hors d’atteinte même comptée double",
      given: input({
        votes: { for: 2, against: 2, abstain: 3 },
        chair: "blain",
        majority: { base: "seats-in-office" },
      }),
      castingVote: "for",
      result: "rejected",
    },
    {
      case: "partage, majorité des présents atteinte comptée double",
      given: input({ votes: tie, chair: "blain", majority: { base: "present-and-represented" } }),
      castingVote: "for",
      result: "adopted",
    },
    {
      case: "partage, majorité des deux tiers : elle ne joue pas",
      given: input({ votes: tie, chair: "blain", majority: twoThirds }),
      castingVote: null,
      result: "tied-rejected",
    },
  ])("$case", ({ given, castingVote, result }) => {
    expect(tallyVoices(given)).toMatchObject({ castingVote, result });
  });

  it("ne joue pas quand la présidence est représentée", () => {
    const given = input({ votes: tie, chair: "blain" });
    const entitled = [entitlement("blain", "proxy", "bouvron"), ...given.entitled.slice(1)];
    expect(tallyVoices({ ...given, entitled })).toMatchObject({ castingVote: null, result: "tied-rejected" });
  });

  it.each([
    {
      given: input({ votes: tie, chair: "blain" }),
      sentence:
        "Adopté par la voix prépondérante de la présidence~: 3 pour, 3 contre, 1 abstention (6 suffrages exprimés, majorité 4)",
    },
    {
      given: input({ votes: tie, chair: "chevallerais" }),
      sentence:
        "Rejeté par la voix prépondérante de la présidence~: 3 pour, 3 contre, 1 abstention (6 suffrages exprimés, majorité 4)",
    },
    {
      given: input({
        votes: { for: 2, against: 2, abstain: 3 },
        chair: "blain",
        majority: { base: "seats-in-office" },
      }),
      sentence: "Rejeté~: 2 pour, 2 contre, 3 abstentions (7 sièges en exercice, majorité 4)",
    },
  ])("$sentence", ({ given, sentence }) => expect(shown(tallyVoices(given).sentence)).toBe(sentence));
});

const fraction = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .map(([one, other]) => ({ numerator: Math.min(one, other), denominator: Math.max(one, other) }));

const anyInput: fc.Arbitrary<TallyInput> = fc
  .record({
    majority: fc.record({
      base: fc.constantFrom("votes-cast" as const, "present-and-represented" as const, "seats-in-office" as const),
      share: fraction,
      comparison: fc.constantFrom("more-than" as const, "at-least" as const),
    }),
    castingVote: fc.record({
      holder: fc.constantFrom("chair" as const, "none" as const),
      inSecretBallot: fc.boolean(),
    }),
    choices: fc.array(fc.constantFrom(...CHOICES), { maxLength: 7 }),
    chair: fc.constantFrom(...NAMES, null),
  })
  .map(({ majority, castingVote, choices, chair }) => ({
    ...input({ votes: {}, chair }),
    rules: { majority, castingVote },
    voices: choices.map((choice, index) => ({ seatId: seatId(NAMES[index]!), choice })),
  }));

describe("propriétés du dépouillement", () => {
  it("l’ordre des bulletins ne change rien", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        expect(tallyVoices({ ...given, voices: [...given.voices].reverse() })).toEqual(tallyVoices(given));
      }),
    );
  });

  it("les comptes font la somme des sièges qui avaient droit de vote", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { counts } = tallyVoices(given);
        expect(counts.for + counts.against + counts.abstain + counts.notParticipating + counts.notVoted).toBe(
          given.entitled.length,
        );
      }),
    );
  });

  it("un partage sans voix prépondérante n’adopte jamais, ni une minorité de pour", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { counts, castingVote, result } = tallyVoices(given);
        if (counts.for <= counts.against && castingVote === null) expect(result).not.toBe("adopted");
        if (counts.for < counts.against) expect(result).not.toBe("adopted");
      }),
    );
  });

  it("une voix pour de plus ne fait jamais rejeter ce qui était adopté, sous un règlement valable", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        fc.pre(checkRules({ ...PRESET, ...given.rules }).ok && given.voices.length < 7);
        const more = {
          ...given,
          voices: [...given.voices, { seatId: seatId(NAMES[given.voices.length]!), choice: "for" as const }],
        };
        if (tallyVoices(given).result === "adopted") expect(tallyVoices(more).result).toBe("adopted");
      }),
    );
  });
});
