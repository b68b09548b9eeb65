import { describe, expect, it } from "vitest";
import type { RulesContent } from "~/domain/committee/rules";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { assessProxies, checkProxy, type ProxyMoment } from "~/domain/voting/proxies";
import { ITEM, NOW, PRESET, proxy, roomWith, seatId } from "./voting-fixtures";

const rules = (changes: Partial<RulesContent["proxies"]> = {}) => ({ proxies: { ...PRESET.proxies, ...changes } });
const SEATS = ["blain", "bouvron", "fay", "gavre"].map(seatId);

describe("pouvoir donné — CASF art. R.123-16 (un seul par porteur)", () => {
  const base = {
    rules: rules(),
    seatsInOffice: SEATS,
    proxies: [proxy("blain", "bouvron")],
    previousMeetingsInARow: 0,
  };

  it.each([
    {
      case: "pouvoirs interdits par le règlement",
      context: { ...base, rules: rules({ allowed: false }) },
      given: proxy("gavre", "fay"),
      refusal: "proxies-not-allowed",
    },
    { case: "à soi-même", context: base, given: proxy("fay", "fay"), refusal: "proxy-to-self" },
    { case: "donné par un siège vacant", context: base, given: proxy("nddl", "fay"), refusal: "giver-not-in-office" },
    { case: "donné à un siège vacant", context: base, given: proxy("fay", "nddl"), refusal: "holder-not-in-office" },
    {
      case: "second pouvoir du même siège",
      context: base,
      given: proxy("blain", "fay"),
      refusal: "giver-already-represented",
    },
    {
      case: "second pouvoir pour le même porteur",
      context: base,
      given: proxy("fay", "bouvron"),
      refusal: "holder-full",
    },
    { case: "à qui a déjà donné le sien", context: base, given: proxy("fay", "blain"), refusal: "proxy-chain" },
    { case: "par qui en porte déjà un", context: base, given: proxy("bouvron", "fay"), refusal: "proxy-chain" },
    {
      case: "quatrième séance de suite, trois au plus",
      context: { ...base, rules: rules({ consecutiveMeetings: 3 }), previousMeetingsInARow: 3 },
      given: proxy("gavre", "fay"),
      refusal: "too-many-meetings-in-a-row",
    },
  ])("refuse : $case", ({ context, given, refusal }) =>
    expect(checkProxy(context, given)).toEqual({ ok: false, refusal }),
  );

  it.each([
    { case: "à un porteur libre", context: base, given: proxy("gavre", "fay") },
    {
      case: "troisième séance de suite, trois au plus",
      context: { ...base, rules: rules({ consecutiveMeetings: 3 }), previousMeetingsInARow: 2 },
      given: proxy("gavre", "fay"),
    },
    {
      case: "deux par porteur permis",
      context: { ...base, rules: rules({ perHolder: 2 }) },
      given: proxy("gavre", "bouvron"),
    },
    {
      case: "après révocation du premier",
      context: { ...base, proxies: [proxy("blain", "bouvron", "2026-12-01T10:00", "2026-12-02T10:00")] },
      given: proxy("blain", "fay"),
    },
  ])("accepte : $case", ({ context, given }) => expect(checkProxy(context, given)).toEqual({ ok: true, value: given }));
});

describe("pouvoir en séance", () => {
  const moment = (changes: Partial<ProxyMoment>): ProxyMoment => ({
    rules: rules(),
    proxies: [proxy("blain", "bouvron")],
    room: roomWith({ bouvron: "in-person" }),
    at: NOW,
    itemId: ITEM,
    ...changes,
  });

  it.each([
    { case: "donneur absent, porteur présent : il vaut", changes: {}, suspendedBy: null },
    {
      case: "le donneur arrive : nul",
      changes: { room: roomWith({ bouvron: "in-person", blain: "in-person" }) },
      suspendedBy: "giver-present",
    },
    {
      case: "le donneur arrive en visio : nul aussi",
      changes: { room: roomWith({ bouvron: "in-person", blain: "remote" }) },
      suspendedBy: "giver-present",
    },
    { case: "porteur absent", changes: { room: roomWith({}) }, suspendedBy: "holder-absent" },
    {
      case: "porteur déporté du point",
      changes: { room: roomWith({ bouvron: "withdrawn" }) },
      suspendedBy: "holder-withdrawn",
    },
    {
      case: "porteur déporté d’un autre point que celui en cours",
      changes: { room: roomWith({ bouvron: "withdrawn" }), itemId: null },
      suspendedBy: null,
    },
    {
      case: "pas encore donné",
      changes: { proxies: [proxy("blain", "bouvron", "2026-12-14T19:01")] },
      suspendedBy: "not-given-yet",
    },
    {
      case: "révoqué à la minute",
      changes: { proxies: [proxy("blain", "bouvron", "2026-12-10T10:00", "2026-12-14T19:00")] },
      suspendedBy: "revoked",
    },
    {
      case: "révoqué plus tard : vaut encore",
      changes: {
        at: toLocalDateTime("2026-12-14T18:59"),
        proxies: [proxy("blain", "bouvron", "2026-12-10T10:00", "2026-12-14T19:00")],
      },
      suspendedBy: null,
    },
    { case: "règlement sans pouvoirs", changes: { rules: rules({ allowed: false }) }, suspendedBy: "not-allowed" },
  ])("$case", ({ changes, suspendedBy }) => {
    expect(assessProxies(moment(changes)).map((status) => status.suspendedBy)).toEqual([suspendedBy]);
  });

  it("au-delà du nombre permis, le premier donné l’emporte, quel que soit l’ordre de lecture", () => {
    const [early, late] = [proxy("fay", "bouvron", "2026-12-01T10:00"), proxy("blain", "bouvron", "2026-12-02T10:00")];
    const expected = [
      { proxy: early, suspendedBy: null },
      { proxy: late, suspendedBy: "holder-full" },
    ];
    expect(assessProxies(moment({ proxies: [late, early] }))).toEqual(expected);
    expect(assessProxies(moment({ proxies: [early, late] }))).toEqual(expected);
  });

  it("un pouvoir suspendu ne prend pas la place d’un autre", () => {
    const proxies = [proxy("fay", "bouvron", "2026-12-01T10:00"), proxy("blain", "bouvron", "2026-12-02T10:00")];
    const statuses = assessProxies(moment({ proxies, room: roomWith({ bouvron: "in-person", fay: "in-person" }) }));
    expect(statuses.map(({ suspendedBy }) => suspendedBy)).toEqual(["giver-present", null]);
  });
});
