import { describe, expect, it } from "vitest";
import { isConsultative, listElectorate, type ElectorateContext } from "~/domain/voting/eligibility";
import { entitlement, ITEM, NOW, PRESET, proxy, roomWith, voterSeat } from "./voting-fixtures";

const context = (changes: Partial<ElectorateContext> = {}): ElectorateContext => ({
  seats: [voterSeat("blain"), voterSeat("bouvron"), voterSeat("department")],
  rules: PRESET,
  subject: "expense",
  mode: "public",
  room: roomWith({ blain: "in-person", department: "remote" }),
  proxies: [],
  itemId: ITEM,
  at: NOW,
  ...changes,
});

describe("voix du siège du département, selon le règlement", () => {
  it.each([
    { rule: "votes", subject: "expense", consultative: false },
    { rule: "votes", subject: "motion", consultative: false },
    { rule: "advises-on-expenses", subject: "expense", consultative: true },
    { rule: "advises-on-expenses", subject: "motion", consultative: false },
    { rule: "advises-on-expenses", subject: "minutes-approval", consultative: false },
    { rule: "advises", subject: "motion", consultative: true },
    { rule: "advises", subject: "rules-adoption", consultative: true },
  ] as const)("$rule, $subject : consultatif = $consultative", ({ rule, subject, consultative }) => {
    expect(isConsultative("department", { departmentSeat: rule }, subject)).toBe(consultative);
    expect(isConsultative("signatory", { departmentSeat: rule }, subject)).toBe(false);
  });
});

describe("qui a droit de vote", () => {
  it("les présents, en salle ou en visio ; pas les absents", () => {
    expect(listElectorate(context())).toEqual({
      entitled: [entitlement("blain"), entitlement("department", "remote")],
      excluded: [{ seatId: "bouvron", reason: "absent", proxyHolder: null }],
    });
  });

  it("un absent représenté vote par la voix du porteur, même consultatif", () => {
    const rules = { ...PRESET, departmentSeat: "advises" as const };
    expect(listElectorate(context({ rules, proxies: [proxy("bouvron", "department")] }))).toEqual({
      entitled: [entitlement("blain"), entitlement("bouvron", "proxy", "department")],
      excluded: [{ seatId: "department", reason: "consultative", proxyHolder: null }],
    });
  });

  it("celui qui arrive vote lui-même : son pouvoir tombe", () => {
    const room = roomWith({ blain: "in-person", bouvron: "in-person" });
    expect(listElectorate(context({ room, proxies: [proxy("bouvron", "blain")] })).entitled).toEqual([
      entitlement("blain"),
      entitlement("bouvron"),
    ]);
  });

  it.each([
    { case: "siège vacant", changes: { seats: [voterSeat("bouvron", { inOffice: false })] }, reason: "vacant" },
    { case: "siège déporté, présent", changes: { room: roomWith({ bouvron: "withdrawn" }) }, reason: "withdrawn" },
    {
      case: "siège déporté, représenté",
      changes: {
        room: roomWith({ blain: "in-person", bouvron: "absent-withdrawn" }),
        proxies: [proxy("bouvron", "blain")],
      },
      reason: "withdrawn",
    },
    {
      case: "pouvoir chez un porteur déporté",
      changes: { room: roomWith({ blain: "withdrawn" }), proxies: [proxy("bouvron", "blain")] },
      reason: "proxy-not-effective",
    },
    {
      case: "pouvoir chez un porteur absent",
      changes: { room: roomWith({}), proxies: [proxy("bouvron", "blain")] },
      reason: "proxy-not-effective",
    },
    {
      case: "pouvoir révoqué : simplement absent",
      changes: { proxies: [proxy("bouvron", "blain", "2026-12-01T10:00", "2026-12-02T10:00")] },
      reason: "absent",
    },
    {
      case: "visio en vote secret",
      changes: { mode: "secret", room: roomWith({ bouvron: "remote" }) },
      reason: "secret-remote-not-allowed",
    },
    {
      case: "pouvoir porté en visio, vote secret",
      changes: { mode: "secret", room: roomWith({ blain: "remote" }), proxies: [proxy("bouvron", "blain")] },
      reason: "secret-remote-not-allowed",
    },
  ] as const)("écarté : $case", ({ changes, reason }) => {
    expect(listElectorate(context(changes)).excluded).toContainEqual(
      expect.objectContaining({ seatId: "bouvron", reason }),
    );
  });

  it("la visio vote au secret quand le règlement le permet", () => {
    const rules = { ...PRESET, secretBallot: { ...PRESET.secretBallot, remoteAllowed: true } };
    expect(listElectorate(context({ rules, mode: "secret" })).entitled).toContainEqual(
      entitlement("department", "remote"),
    );
  });

  it("de deux pouvoirs du même siège, celui qui peut s’exercer l’emporte", () => {
    const proxies = [proxy("bouvron", "blain", "2026-12-01T10:00"), proxy("bouvron", "gavre", "2026-12-02T10:00")];
    expect(listElectorate(context({ proxies })).entitled).toContainEqual(entitlement("bouvron", "proxy", "blain"));
  });

  it("après révocation, un nouveau pouvoir vaut, dans un ordre ou dans l’autre", () => {
    const room = roomWith({ blain: "in-person", department: "in-person" });
    const revoked = proxy("bouvron", "department", "2026-12-10T10:00", "2026-12-11T10:00");
    const renewed = proxy("bouvron", "blain", "2026-12-09T10:00");
    expect(listElectorate(context({ room, proxies: [revoked, renewed] })).entitled).toContainEqual(
      entitlement("bouvron", "proxy", "blain"),
    );
  });
});
