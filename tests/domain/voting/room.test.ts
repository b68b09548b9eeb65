import { describe, expect, it } from "vitest";
import { toId } from "~/domain/kernel/ids";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import type { AttendanceEvent } from "~/domain/meeting/attendance";
import {
  assessRoom,
  findFullestQuorum,
  findQuorumSince,
  pollSubjectOf,
  roomMinute,
  wasEverQuorate,
  type RoomMoment,
} from "~/domain/voting/room";
import { ITEM, PRESET, proxy, seatId } from "./voting-fixtures";

const NAMES = ["blain", "bouvron", "chevallerais", "fay", "gavre", "landes", "department"];
const at = (time: string) => toLocalDateTime(`2026-12-14T${time}`);

let sequence = 0;
function entry(
  name: string,
  kind: AttendanceEvent["kind"],
  time: string,
  changes: Partial<AttendanceEvent> = {},
): AttendanceEvent {
  sequence += 1;
  return {
    id: toId(`entry-${sequence}`),
    sequence,
    seatId: seatId(name),
    personId: toId(`person-${name}`),
    kind,
    mode: "in-person",
    at: at(time),
    itemId: kind === "withdrawal" || kind === "return" ? ITEM : null,
    corrects: null,
    voided: false,
    ...changes,
  };
}

const four = ["blain", "bouvron", "chevallerais", "fay"].map((name, index) => entry(name, "arrival", `18:3${index}`));

function moment(changes: Partial<RoomMoment> = {}): RoomMoment {
  return {
    seats: NAMES.map((name) => ({
      id: seatId(name),
      label: name,
      kind: name === "department" ? "department" : "signatory",
      inOffice: name !== "landes",
    })),
    rules: PRESET,
    convening: "first",
    events: four,
    proxies: [],
    itemId: null,
    at: at("19:00"),
    ...changes,
  };
}

describe("assessRoom: the quorum of a moment (CASF art. R.123-17, model)", () => {
  it("counts the law's room: seven seats, one vacant, four present", () => {
    expect(assessRoom(moment()).quorum.sentence).toBe(
      "7 sièges, 1 vacant, 6 en exercice\u00a0; majorité 4\u00a0; présents 4\u00a0: quorum atteint",
    );
  });

  it.each([
    ["three seats have come", "18:32", false],
    ["the fourth comes within the minute", "18:33", true],
  ])("%s", (_case, time, reached) => {
    expect(assessRoom(moment({ at: at(time) })).quorum.reached).toBe(reached);
  });

  it("is lost when one leaves, and kept in what was before", () => {
    const events = [...four, entry("fay", "departure", "18:50")];
    expect(assessRoom(moment({ events })).quorum).toMatchObject({ present: 3, needed: 4, reached: false });
    expect(assessRoom(moment({ events, at: at("18:49") })).quorum.reached).toBe(true);
  });

  it("counts a withdrawal for its item only (CGCT art. L.2131-11)", () => {
    const events = [...four, entry("fay", "withdrawal", "18:40")];
    expect(assessRoom(moment({ events, itemId: ITEM })).quorum).toMatchObject({ base: 5, needed: 3, present: 3 });
    expect(assessRoom(moment({ events, itemId: null })).quorum).toMatchObject({ base: 6, needed: 4, present: 4 });
  });

  it("never counts a proxy, and says when its giver has come", () => {
    const proxies = [proxy("gavre", "blain")];
    const absent = assessRoom(moment({ proxies }));
    expect(absent.quorum.present).toBe(4);
    expect(absent.proxies).toEqual([{ proxy: proxies[0], suspendedBy: null }]);
    const come = assessRoom(moment({ proxies, events: [...four, entry("gavre", "arrival", "18:55")] }));
    expect(come.quorum.present).toBe(5);
    expect(come.proxies[0]?.suspendedBy).toBe("giver-present");
  });

  it("leaves the department's seat out where the rules make it advise on expenses", () => {
    const rules = {
      ...PRESET,
      departmentSeat: "advises-on-expenses" as const,
      quorum: { ...PRESET.quorum, consultativeSeatsCount: false },
    };
    expect(assessRoom(moment({ rules, subject: "expense" })).quorum.base).toBe(5);
    expect(assessRoom(moment({ rules })).quorum.base).toBe(6);
  });
});

describe("wasEverQuorate: what tells « held » from « inquorate »", () => {
  const period = { openedAt: at("18:30"), closedAt: at("20:00") };
  it.each([
    ["four were there for one minute", [...four, entry("fay", "departure", "18:34")], true],
    ["three never made four", four.slice(0, 3), false],
    [
      "the fourth had left before the opening",
      [...NAMES.slice(0, 4).map((name) => entry(name, "arrival", "18:00")), entry("fay", "departure", "18:10")],
      false,
    ],
    ["the fourth came after the closing", [...four.slice(0, 3), entry("fay", "arrival", "20:01")], false],
    ["four had come before the opening", NAMES.slice(0, 4).map((name) => entry(name, "arrival", "18:00")), true],
  ])("%s", (_case, events, expected) => {
    expect(wasEverQuorate(moment({ events }), period)).toBe(expected);
  });
});

describe("findFullestQuorum: the number present that decides (CASF art. R.123-17, model)", () => {
  const period = { openedAt: at("18:30"), closedAt: at("20:00") };
  const five = ["blain", "bouvron", "chevallerais", "fay", "gavre"].map((name) => entry(name, "arrival", "18:30"));
  const turns = [
    ...five,
    entry("blain", "departure", "19:00"),
    entry("bouvron", "departure", "19:00"),
    entry("department", "arrival", "19:10"),
    entry("blain", "arrival", "19:20"),
  ];
  const voided = entry("fay", "arrival", "18:33", { corrects: four[3]!.id, voided: true });
  it.each([
    ["nobody came", [], 0, false],
    ["five came and stayed", five, 5, true],
    ["five come, two leave, a sixth comes, one returns: never six together", turns, 5, true],
    ["both return: six together at last", [...turns, entry("bouvron", "arrival", "19:30")], 6, true],
    [
      "one leaves and another comes within the minute: as it ends",
      [...five, entry("blain", "departure", "19:00"), entry("department", "arrival", "19:00")],
      5,
      true,
    ],
    [
      "four pass through, three at a time",
      [...four.slice(0, 3), entry("blain", "departure", "18:40"), entry("fay", "arrival", "18:50")],
      3,
      false,
    ],
    [
      "gone before the opening, or come after the closing",
      [entry("fay", "arrival", "18:00"), entry("fay", "departure", "18:10"), ...four.slice(0, 2), entry("gavre", "arrival", "20:01")],
      2,
      false,
    ],
    ["withdrawn from an item: counted between items", [...four, entry("fay", "withdrawal", "19:00")], 4, true],
    ["voided since: as if never written", [...four, voided], 3, false],
    ["an arrival at the vacant seat", [...four.slice(0, 3), entry("landes", "arrival", "18:40")], 3, false],
  ])("%s", (_case, events, present, reached) => {
    expect(findFullestQuorum(moment({ events }), period)).toMatchObject({ present, needed: 4, reached, vacant: 1 });
  });
});

describe("findQuorumSince: what came after a quorum was noted", () => {
  const noted = (events: readonly AttendanceEvent[]) => assessRoom(moment({ events, itemId: ITEM, at: at("18:40") })).quorum.sentence;
  const bouvronOut = entry("bouvron", "withdrawal", "18:38");
  const fayOut = entry("fay", "withdrawal", "18:40");
  const fifth = entry("gavre", "arrival", "18:40");
  const voided = entry("fay", "arrival", "18:33", { corrects: four[3]!.id, voided: true });
  it.each([
    ["nothing", four, four, null],
    ["a withdrawal of the same minute, as usual", four, [...four, fayOut], "withdrawal"],
    ["a second withdrawal", [...four, bouvronOut], [...four, bouvronOut, fayOut], "withdrawal"],
    ["the end of a withdrawal", [...four, bouvronOut], [...four, bouvronOut, entry("bouvron", "return", "18:40")], "return"],
    ["an arrival of the same minute", four, [...four, fifth], "entry"],
    ["an arrival and a withdrawal of the same minute", four, [...four, fifth, fayOut], "entry"],
    ["an attendance corrected", four, [...four, voided], "correction"],
    ["an attendance corrected, and a withdrawal", four, [...four, voided, bouvronOut], "correction"],
  ])("%s", (_case, before, after, cause) => {
    const since = findQuorumSince(noted(before), moment({ events: after, itemId: ITEM, at: at("18:40") }));
    expect(since?.cause ?? null).toBe(cause);
  });
});

describe("roomMinute: the clock of the room", () => {
  it("is the wall clock", () => expect(roomMinute(at("19:00"), four)).toBe(at("19:00")));
  it("stands still in the repeated hour of October", () => {
    const night = [entry("blain", "arrival", "02:50", { at: toLocalDateTime("2026-10-25T02:50") })];
    expect(roomMinute(toLocalDateTime("2026-10-25T02:05"), night)).toBe("2026-10-25T02:50");
  });
});

describe("pollSubjectOf", () => {
  it.each([
    ["expense-validation", "expense"],
    ["minutes-approval", "minutes-approval"],
    ["rules-adoption", "rules-adoption"],
    ["ratification", "motion"],
    ["budget-adoption", "motion"],
    ["other", "motion"],
  ] as const)("%s → %s", (kind, subject) => expect(pollSubjectOf(kind)).toBe(subject));
});
