import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttendanceMode } from "~/domain/meeting/attendance";
import { attendanceOf, isWithdrawnFrom } from "~/domain/meeting/attendance";
import { quorumFor } from "~/domain/quorum/quorum";
import { castBallot, type BallotContext } from "~/domain/voting/cast-ballot";
import { listElectorate, type ElectorateContext } from "~/domain/voting/eligibility";
import { toId, type SeatId } from "~/domain/kernel/ids";
import { ITEM, NOW, PRESET, proxy, roomWith, seatId, voterSeat } from "./voting-fixtures";

const NAMES = ["blain", "bouvron", "gavre", "chevallerais", "fay", "nddl", "department"];

type How = AttendanceMode | "withdrawn" | "absent-withdrawn" | "away";

const anyRoom = fc
  .array(fc.constantFrom<How>("in-person", "remote", "withdrawn", "absent-withdrawn", "away"), {
    minLength: 7,
    maxLength: 7,
  })
  .map((hows) => {
    const present = hows.flatMap((how, index) => (how === "away" ? [] : [[NAMES[index]!, how] as const]));
    return roomWith(Object.fromEntries(present));
  });

const anyProxies = fc.array(
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)).filter(([giver, holder]) => giver !== holder),
  { maxLength: 7 },
);

const anyElectorate: fc.Arbitrary<ElectorateContext> = fc.record({
  seats: fc.constant(NAMES.map((name) => voterSeat(name))),
  rules: fc.constantFrom("votes" as const, "advises" as const).map((departmentSeat) => ({ ...PRESET, departmentSeat })),
  subject: fc.constantFrom("expense" as const, "motion" as const),
  mode: fc.constantFrom("public" as const, "secret" as const),
  room: anyRoom,
  proxies: anyProxies.map((pairs) => pairs.map(([giver, holder]) => proxy(giver, holder))),
  itemId: fc.constant(ITEM),
  at: fc.constant(NOW),
});

describe("propriétés de la salle", () => {
  it("ajouter un pouvoir ne change jamais le quorum, et ne retire la voix de personne d’autre que de qui est hors de la salle", () => {
    fc.assert(
      fc.property(anyElectorate, fc.constantFrom(...NAMES), fc.constantFrom(...NAMES), (before, giver, holder) => {
        fc.pre(giver !== holder);
        const after = { ...before, proxies: [...before.proxies, proxy(giver, holder)] };
        const quorumOf = (context: ElectorateContext) =>
          quorumFor({
            rules: PRESET,
            convening: "first",
            seats: context.seats.map(({ id }) => ({
              label: id,
              inOffice: true,
              presence: attendanceOf(context.room, id).sitting?.mode ?? "absent",
              consultative: false,
              withdrawn: isWithdrawnFrom(context.room, id, ITEM),
            })),
          });
        expect(quorumOf(after)).toEqual(quorumOf(before));
        const ownVoices = (context: ElectorateContext) =>
          listElectorate(context).entitled.filter(({ through }) => through !== "proxy");
        expect(ownVoices(after)).toEqual(ownVoices(before));
      }),
    );
  });

  it("chaque siège est soit électeur, soit écarté, une seule fois ; un porteur ne porte qu’une voix de plus", () => {
    fc.assert(
      fc.property(anyElectorate, (context) => {
        const { entitled, excluded } = listElectorate(context);
        expect([...entitled, ...excluded].map((one) => one.seatId).sort()).toEqual([...NAMES].sort());
        for (const name of NAMES) {
          expect(
            entitled.filter(({ castBy, through }) => castBy.seatId === name && through === "proxy").length,
          ).toBeLessThanOrEqual(1);
        }
        expect(entitled.some((one) => isWithdrawnFrom(context.room, one.seatId, ITEM))).toBe(false);
        expect(entitled.some((one) => isWithdrawnFrom(context.room, one.castBy.seatId, ITEM))).toBe(false);
      }),
    );
  });

  it("un siège, un bulletin, quel que soit le nombre d’essais et qui les fait", () => {
    const attempt = fc.record({ seat: fc.constantFrom(...NAMES), by: fc.constantFrom(...NAMES, null) });
    fc.assert(
      fc.property(anyElectorate, fc.array(attempt, { maxLength: 40 }), (context, attempts) => {
        const electorate = listElectorate(context);
        const voted: SeatId[] = [];
        for (const { seat, by } of attempts) {
          const given: BallotContext = {
            poll: { id: toId("poll-1"), subject: context.subject, mode: context.mode, state: "open" },
            meeting: "open",
            isQuorumReached: true,
            electorate,
            votedSeats: voted,
          };
          const voter =
            by === null
              ? ({ kind: "secretary" } as const)
              : ({ kind: "member", seatId: seatId(by), personId: toId<"person">(`person-${by}`) } as const);
          const decision = castBallot(given, { seatId: seatId(seat), choice: "for", voter });
          if (decision.ok) voted.push(decision.value.mark.entitlement.seatId);
        }
        expect(new Set(voted).size).toBe(voted.length);
        expect(voted.every((id) => electorate.entitled.some((one) => one.seatId === id))).toBe(true);
      }),
    );
  });
});
