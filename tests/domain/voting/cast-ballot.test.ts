import { describe, expect, it } from "vitest";
import { castBallot, type Ballot, type BallotContext } from "~/domain/voting/cast-ballot";
import { toId } from "~/domain/kernel/ids";
import type { Poll } from "~/domain/voting/poll";
import { entitlement, seatId } from "./voting-fixtures";

const poll = (changes: Partial<Poll> = {}): Poll => ({
  id: toId("poll-1"),
  subject: "expense",
  mode: "public",
  state: "open",
  ...changes,
});

const context = (changes: Partial<BallotContext> = {}): BallotContext => ({
  poll: poll(),
  meeting: "open",
  isQuorumReached: true,
  electorate: {
    entitled: [entitlement("blain"), entitlement("bouvron", "proxy", "blain"), entitlement("fay", "remote")],
    excluded: [
      { seatId: seatId("gavre"), reason: "vacant", proxyHolder: null },
      { seatId: seatId("department"), reason: "consultative", proxyHolder: null },
      { seatId: seatId("chevallerais"), reason: "withdrawn", proxyHolder: null },
      { seatId: seatId("nddl"), reason: "absent", proxyHolder: null },
      { seatId: seatId("nozay"), reason: "proxy-not-effective", proxyHolder: seatId("blain") },
      { seatId: seatId("guemene"), reason: "secret-remote-not-allowed", proxyHolder: null },
    ],
  },
  votedSeats: [],
  ...changes,
});

const byMember = (seat: string, member: string): Ballot => ({
  seatId: seatId(seat),
  choice: "for",
  voter: { kind: "member", seatId: seatId(member), personId: toId(`person-${member}`) },
});
const bySecretary = (seat: string): Ballot => ({
  seatId: seatId(seat),
  choice: "against",
  voter: { kind: "secretary" },
});

describe("bulletin refusé avec sa raison", () => {
  it.each([
    {
      case: "scrutin pas encore ouvert",
      context: context({ poll: poll({ state: "draft" }) }),
      ballot: byMember("blain", "blain"),
      refusal: "poll-not-open",
    },
    {
      case: "scrutin clos",
      context: context({ poll: poll({ state: "closed" }) }),
      ballot: byMember("blain", "blain"),
      refusal: "poll-closed",
    },
    {
      case: "scrutin annulé",
      context: context({ poll: poll({ state: "cancelled" }) }),
      ballot: byMember("blain", "blain"),
      refusal: "poll-closed",
    },
    {
      case: "séance non ouverte",
      context: context({ meeting: "not-open" }),
      ballot: byMember("blain", "blain"),
      refusal: "meeting-not-open",
    },
    {
      case: "séance suspendue",
      context: context({ meeting: "suspended" }),
      ballot: byMember("blain", "blain"),
      refusal: "meeting-suspended",
    },
    {
      case: "quorum perdu",
      context: context({ isQuorumReached: false }),
      ballot: byMember("blain", "blain"),
      refusal: "quorum-lost",
    },
    {
      case: "second vote du même siège",
      context: context({ votedSeats: [seatId("blain")] }),
      ballot: byMember("blain", "blain"),
      refusal: "already-voted",
    },
    {
      case: "second vote entré par le secrétariat",
      context: context({ votedSeats: [seatId("blain")] }),
      ballot: bySecretary("blain"),
      refusal: "already-voted",
    },
    { case: "siège d’un autre", context: context(), ballot: byMember("fay", "blain"), refusal: "not-your-seat" },
    {
      case: "siège d’un autre, écarté : on n’en dit pas la raison",
      context: context(),
      ballot: byMember("chevallerais", "blain"),
      refusal: "not-your-seat",
    },
    {
      case: "siège d’un autre réseau",
      context: context(),
      ballot: byMember("inconnu", "blain"),
      refusal: "seat-unknown",
    },
    { case: "siège vacant", context: context(), ballot: bySecretary("gavre"), refusal: "seat-vacant" },
    {
      case: "siège consultatif",
      context: context(),
      ballot: byMember("department", "department"),
      refusal: "seat-consultative",
    },
    {
      case: "siège déporté",
      context: context(),
      ballot: byMember("chevallerais", "chevallerais"),
      refusal: "seat-withdrawn",
    },
    { case: "siège absent", context: context(), ballot: byMember("nddl", "nddl"), refusal: "seat-absent" },
    {
      case: "le donneur d’un pouvoir, hors de la salle",
      context: context(),
      ballot: byMember("bouvron", "bouvron"),
      refusal: "seat-absent",
    },
    {
      case: "pouvoir sans effet",
      context: context(),
      ballot: byMember("nozay", "blain"),
      refusal: "proxy-not-effective",
    },
    {
      case: "pouvoir sans effet d’un siège que l’on ne porte pas",
      context: context(),
      ballot: byMember("nozay", "fay"),
      refusal: "not-your-seat",
    },
    {
      case: "visio en vote secret",
      context: context({ poll: poll({ mode: "secret" }) }),
      ballot: byMember("guemene", "guemene"),
      refusal: "secret-remote-not-allowed",
    },
    {
      case: "bulletin secret entré par le secrétariat",
      context: context({ poll: poll({ mode: "secret" }) }),
      ballot: bySecretary("blain"),
      refusal: "secret-not-by-secretary",
    },
  ])("$case", ({ context: given, ballot, refusal }) =>
    expect(castBallot(given, ballot)).toEqual({ ok: false, refusal }),
  );

  it("la suppléante ne vote pas quand le titulaire siège", () => {
    const substitute = {
      ...byMember("blain", "blain"),
      voter: { kind: "member", seatId: seatId("blain"), personId: toId<"person">("suppleante") },
    } as const;
    expect(castBallot(context(), substitute)).toEqual({ ok: false, refusal: "not-your-seat" });
  });
});

describe("bulletin accepté", () => {
  it.each([
    { case: "pour son siège", ballot: byMember("blain", "blain"), entitled: entitlement("blain") },
    {
      case: "pour le siège dont on porte le pouvoir",
      ballot: byMember("bouvron", "blain"),
      entitled: entitlement("bouvron", "proxy", "blain"),
    },
    { case: "entré par le secrétariat", ballot: bySecretary("fay"), entitled: entitlement("fay", "remote") },
  ])("$case", ({ ballot, entitled }) => {
    expect(castBallot(context(), ballot)).toEqual({
      ok: true,
      value: {
        mark: { pollId: "poll-1", entitlement: entitled },
        voice: { pollId: "poll-1", seatId: entitled.seatId, choice: ballot.choice },
      },
    });
  });

  it("au secret, rien dans la voix ne dit le siège", () => {
    const decision = castBallot(context({ poll: poll({ mode: "secret" }) }), byMember("blain", "blain"));
    expect(decision.ok && decision.value.voice).toEqual({ pollId: "poll-1", seatId: null, choice: "for" });
  });
});
