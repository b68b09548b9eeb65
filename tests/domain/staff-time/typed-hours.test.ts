import { describe, expect, it } from "vitest";
import { parseHours } from "~/domain/staff-time/typed-hours";

describe("parseHours — les heures comme on les écrit", () => {
  it.each([
    ["12,5", 750],
    ["12.25", 735],
    ["12 h 30", 750],
    ["12h30", 750],
    ["12:05", 725],
    [" 8 h ", 480],
    ["0,1", 6],
    ["1", 60],
    ["8784", 527_040],
  ])("« %s » : %i minutes", (typed, minutes) => expect(parseHours(typed)).toEqual({ ok: true, value: minutes }));

  it.each([
    ["", "hours-empty"],
    ["   ", "hours-empty"],
    ["douze", "hours-malformed"],
    ["12 h 60", "hours-malformed"],
    ["-3", "hours-malformed"],
    ["1e3", "hours-malformed"],
    ["0,33", "hours-not-whole-minutes"],
    ["0", "hours-not-positive"],
    ["0 h 00", "hours-not-positive"],
  ])("« %s » est refusé : %s", (typed, refusal) => expect(parseHours(typed)).toEqual({ ok: false, refusal }));
});
