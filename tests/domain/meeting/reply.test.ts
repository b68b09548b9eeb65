import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CASF_PRESET } from "~/domain/committee/rules";
import { toId, type SeatId } from "~/domain/kernel/ids";
import {
  countReplies,
  decideReply,
  lastReplies,
  type Reply,
  type ReplyContext,
  type ReplyEntry,
} from "~/domain/meeting/reply";

const seat = (name: string): SeatId => toId(name);
const SEATS = ["blain", "bouvron", "legavre", "fay", "nddl"].map(seat);
const entry = (from: string, reply: Reply, at = "2026-12-11T08:00:00Z"): ReplyEntry => ({
  seatId: seat(from),
  personId: toId(`person-${from}`),
  at,
  reply,
});
const proxyTo = (holder: string): Reply => ({ kind: "absent-with-proxy", holderSeatId: seat(holder) });
const context = (
  from: string,
  replies: readonly ReplyEntry[] = [],
  rest: Partial<ReplyContext> = {},
): ReplyContext => ({
  meetingState: "convened",
  rules: CASF_PRESET,
  seatId: seat(from),
  seatsInOffice: SEATS,
  replies: lastReplies(replies),
  previousMeetingsInARow: 0,
  ...rest,
});
const rulesWith = (proxies: Partial<typeof CASF_PRESET.proxies>) => ({
  ...CASF_PRESET,
  proxies: { ...CASF_PRESET.proxies, ...proxies },
});

describe("decideReply — CASF art. R.123-16 (modèle)", () => {
  it.each([
    { case: "présent", given: context("fay"), reply: { kind: "present" } as const, refusal: null },
    { case: "en visio", given: context("fay"), reply: { kind: "remote" } as const, refusal: null },
    {
      case: "en visio, exclue par le règlement",
      given: context("fay", [], { rules: { ...CASF_PRESET, remoteAttendance: { allowed: false } } }),
      reply: { kind: "remote" } as const,
      refusal: "remote-not-allowed",
    },
    { case: "absent", given: context("fay"), reply: { kind: "absent" } as const, refusal: null },
    { case: "pouvoir", given: context("fay"), reply: proxyTo("blain"), refusal: null },
    { case: "pouvoir à soi-même", given: context("fay"), reply: proxyTo("fay"), refusal: "proxy-to-self" },
    {
      case: "pouvoirs exclus par le règlement",
      given: context("fay", [], { rules: rulesWith({ allowed: false }) }),
      reply: proxyTo("blain"),
      refusal: "proxies-not-allowed",
    },
    {
      case: "pouvoir à un siège vacant ou d’un autre réseau",
      given: context("fay"),
      reply: proxyTo("autre"),
      refusal: "holder-not-in-office",
    },
    {
      case: "mandataire absent",
      given: context("fay", [entry("blain", { kind: "absent" })]),
      reply: proxyTo("blain"),
      refusal: "holder-absent",
    },
    {
      case: "mandataire qui a donné pouvoir",
      given: context("fay", [entry("blain", proxyTo("nddl"))]),
      reply: proxyTo("blain"),
      refusal: "holder-absent",
    },
    {
      case: "mandataire déjà chargé d’un pouvoir",
      given: context("fay", [entry("nddl", proxyTo("blain"))]),
      reply: proxyTo("blain"),
      refusal: "holder-full",
    },
    {
      case: "deux pouvoirs par mandataire permis",
      given: context("fay", [entry("nddl", proxyTo("blain"))], { rules: rulesWith({ perHolder: 2 }) }),
      reply: proxyTo("blain"),
      refusal: null,
    },
    {
      case: "le même pouvoir, répété",
      given: context("fay", [entry("fay", proxyTo("blain"))]),
      reply: proxyTo("blain"),
      refusal: null,
    },
    {
      case: "pouvoir d’un mandataire : pas de chaîne",
      given: context("fay", [entry("nddl", proxyTo("fay"))]),
      reply: proxyTo("blain"),
      refusal: "proxy-chain",
    },
    {
      case: "trois séances de suite, limite atteinte",
      given: context("fay", [], { rules: rulesWith({ consecutiveMeetings: 3 }), previousMeetingsInARow: 3 }),
      reply: proxyTo("blain"),
      refusal: "too-many-meetings-in-a-row",
    },
    {
      case: "deux séances de suite sur trois",
      given: context("fay", [], { rules: rulesWith({ consecutiveMeetings: 3 }), previousMeetingsInARow: 2 }),
      reply: proxyTo("blain"),
      refusal: null,
    },
    {
      case: "pas encore convoquée",
      given: context("fay", [], { meetingState: "planned" }),
      reply: { kind: "present" } as const,
      refusal: "meeting-not-convened",
    },
    {
      case: "séance ouverte",
      given: context("fay", [], { meetingState: "open" }),
      reply: { kind: "present" } as const,
      refusal: "meeting-not-convened",
    },
    {
      case: "séance annulée",
      given: context("fay", [], { meetingState: "cancelled" }),
      reply: { kind: "present" } as const,
      refusal: "meeting-not-convened",
    },
    {
      case: "siège vacant",
      given: context("autre"),
      reply: { kind: "present" } as const,
      refusal: "seat-not-in-office",
    },
  ])("$case", ({ given, reply, refusal }) => {
    const decided = decideReply(given, reply);
    expect(decided.ok ? null : decided.refusal).toBe(refusal);
  });
});

describe("lastReplies — la dernière réponse compte", () => {
  it("remplace la précédente, quel que soit l’ordre de lecture", () => {
    const early = entry("fay", { kind: "absent" }, "2026-12-10T08:00:00Z");
    const late = entry("fay", { kind: "present" }, "2026-12-11T08:00:00Z");
    expect(lastReplies([early, late]).get(seat("fay"))).toBe(late);
    expect(lastReplies([late, early]).get(seat("fay"))).toBe(late);
  });

  it("au même instant, la dernière écrite", () => {
    const one = entry("fay", { kind: "absent" });
    const two = entry("fay", { kind: "remote" });
    expect(lastReplies([one, two]).get(seat("fay"))).toBe(two);
  });
});

describe("countReplies — les réponses attendues", () => {
  it("compte les sièges en exercice, silencieux compris, et eux seuls", () => {
    const replies = lastReplies([
      entry("fay", { kind: "present" }),
      entry("nddl", proxyTo("fay")),
      entry("ancien", { kind: "present" }),
    ]);
    expect(countReplies(SEATS, replies)).toStrictEqual({
      present: 1,
      remote: 0,
      absent: 0,
      "absent-with-proxy": 1,
      silent: 3,
    });
  });

  it("fait toujours le compte des sièges", () => {
    const reply = fc.constantFrom<Reply>({ kind: "present" }, { kind: "remote" }, { kind: "absent" }, proxyTo("blain"));
    const names = fc.constantFrom("blain", "bouvron", "legavre", "fay", "nddl", "autre");
    fc.assert(
      fc.property(fc.array(fc.tuple(names, reply)), (given) => {
        const counted = countReplies(SEATS, lastReplies(given.map(([name, each]) => entry(name, each))));
        expect(Object.values(counted).reduce((sum, each) => sum + each, 0)).toBe(SEATS.length);
      }),
    );
  });
});
