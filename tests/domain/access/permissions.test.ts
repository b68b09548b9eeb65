import { describe, expect, it } from "vitest";
import {
  can,
  capacitiesIn,
  CAPACITIES,
  holdsSeat,
  PERMISSIONS,
  type Action,
  type Actor,
  type Capacity,
  type ResourceState,
} from "~/domain/access/permissions";
import { toId, type NetworkId, type SeatId } from "~/domain/kernel/ids";

/**
 * Who may do what, written by hand. v: public, a: agent, d: department officer, e: elected official, h: seat holder, s: secretary,
 * x: administrator. Then the states; « * » when the state does not matter.
 */
const GRID = `
public.read                v a d e h s x   *
permissions.read           v a d e h s x   *
network.create             . . . . . . x   *
network.edit               . . . . . s x   *
network.change-lead        . . . . . . x   *
network.read-dashboard     . a d e h s x   *
organization.manage        . . . . . s x   *
person.invite              . . . . . s x   *
account.manage             . . . . . . x   *
role.grant                 . . . . . . x   *
role.end                   . . . . . . x   *
directory.read             . a d e h s x   *
seat.create                . . . . . . x   *
seat.renew                 . . . . . s x   *
mandate.record             . . . . . s x   *
mandate.end                . . . . . s x   *
rules.read                 . a d e h s x   *
rules.draft                . . . . . s .   draft
rules.adopt                . . . . . s .   draft
meeting.read               . a d e h s x   *
meeting.plan               . . . . . s .   *
meeting.change             . . . . . s .   planned
meeting.convene            . . . . . s .   planned
meeting.open               . . . . . s .   convened
meeting.suspend            . . . . . s .   open
meeting.resume             . . . . . s .   suspended
meeting.close              . . . . . s .   open suspended
meeting.cancel             . . . . . s .   planned convened
meeting.reconvene          . . . . . s .   open suspended closed
agenda.edit                . . . . . s .   planned convened open suspended
agenda.propose             . . . . h . .   planned
agenda.decide-proposal     . . . . . s .   planned convened open suspended closed cancelled
reply.give                 . . . . h . .   convened
reply.record               . . . . . s .   convened
attendance.record          . . . . . s .   open suspended
attendance.correct         . . . . . s .   open suspended closed
withdrawal.declare         . . . . h . .   open suspended
withdrawal.record          . . . . . s .   open suspended
proxy.give                 . . . . h . .   convened open suspended
proxy.record               . . . . . s .   convened open suspended
proxy.revoke               . . . . h s .   convened open suspended
poll.read                  . a d e h s .   *
poll.open                  . . . . . s .   open
poll.request-secret        . . . . h . .   open
poll.vote                  . . . . h . .   open
poll.record-room           . . . . . s .   open
poll.close                 . . . . . s .   open
consultation.open          . . . . . s .   *
consultation.vote          . . . . h . .   open
consultation.close         . . . . . s .   open
expense.read               . a d e h s .   *
expense.request            . a . . h s .   *
expense.withdraw           . a . . h s .   requested on-agenda
expense.engage             . . . . . s .   *
invoice.record             . . . . . s .   *
invoice.pay                . . . . . s .   *
budget.read                . a d e h s .   *
budget.draft               . . . . . s .   *
account-code.edit          . . . . . s .   *
staff-time.read            . a d e h s .   *
staff-time.record          . . . . . s .   *
staff-time.contest         . . . . h . .   *
staff-time.approve         . . . . . s .   *
in-kind.read               . a d e h s .   *
in-kind.offer              . a . . h s .   *
in-kind.book               . a . . h s .   *
in-kind.decide             . a . . h s .   *
subsidy.read               . a d e h s .   *
subsidy.record             . . . . . s .   *
dictionary.draft           . . . . . s .   *
campaign.read              . a d e h s .   *
campaign.manage            . . . . . s .   *
release.read-members       . a d e h s .   *
release.publish            . . . . . s .   *
submission.fill            . a . . h s .   *
shared-form.publish        . . . . . s .   *
control.read               . a d e h s .   *
control.export             . . . . h s .   *
funding.read               . a d e h s .   *
funding.choose             . . . . . s .   *
funding.call               . . . . . s .   *
funding.follow             . . . . . s .   *
event.read                 . a d e h s .   *
event.manage               . . . . . s .   *
agreement.read             . a d e h s x   *
agreement.record           . . . . . s .   *
clarification.raise        . . . . h s .   *
action-plan.read           . a d e h s .   *
action-plan.draft          . . . . . s .   *
action-plan.progress       . a d e h s .   *
action-plan.review         . . d . . . .   *
action-plan.share          . . d . . s .   *
evaluation.conduct         . . . . . s .   *
practice.write             . a d e h s .   *
practice.publish           . . . . . s .   *
minutes.read-published     v a d e h s x   published
minutes.read-draft         . . d e h s .   draft in-review adopted signed published
minutes.edit               . . . . . s .   draft
minutes.submit             . . . . . s .   draft
minutes.request-correction . . d e h s .   in-review
minutes.decide-correction  . . . . . s .   in-review
minutes.adopt              . . . . . s .   in-review
minutes.sign               . . d e h s .   adopted
minutes.publish            . . . . . s .   signed
minutes.correct-published  . . . . . s .   published
observation.read           . a d e h s .   *
observation.write          . a d e h s .   *
observation.decide         . . . . . s .   *
analysis.read              . a d e h s .   *
analysis.write             . a . . . s .   *
analysis.manage            . . . . . s .   *
analysis.adopt             . . . . . s .   *
figures.import             . . . . . s x   *
quorum.read                . a d e h s x   *
document.read              . a d e h s .   *
document.upload            . a d e h s .   *
library.read               . a d e h s .   *
library.write              . . . . . s .   *
library.retain             . . . . . s .   *
archive.read               . a d e h s x   *
archive.produce            . . . . . s x   *
archive.extract            . . . . h s x   *
handover.record            . . . . . s x   *
network.close              . . . . . . x   *
register.read              . a d e h s x   *
outbox.read                . . . . . s x   *
outbox.retry               . . . . . s x   *
audit.read                 . . . . . s x   *
`;

const STATES = [
  "planned",
  "convened",
  "open",
  "suspended",
  "closed",
  "cancelled",
  "draft",
  "in-review",
  "adopted",
  "signed",
  "published",
  "requested",
  "on-agenda",
  "to-vote",
  "validated",
  "rejected",
  "withdrawn",
] as const satisfies readonly ResourceState[];

const LETTERS: Record<string, Capacity> = {
  v: "visitor",
  a: "agent",
  d: "department-officer",
  e: "elected-official",
  h: "seat-holder",
  s: "secretary",
  x: "administrator",
};

const rows = GRID.trim()
  .split("\n")
  .map((line) => {
    const [action = "", ...cells] = line.trim().split(/\s+/);
    return {
      action: action as Action,
      allowed: new Set(
        cells
          .slice(0, 7)
          .filter((cell) => cell !== ".")
          .map((cell) => LETTERS[cell]!),
      ),
      states: cells.slice(7),
    };
  });

const blain: NetworkId = toId("blain");
const ancenis: NetworkId = toId("ancenis");
const seat: SeatId = toId("siege");
const signedIn = (rest: Partial<Actor> = {}): Actor => ({
  personId: toId("personne"),
  isAdministrator: false,
  roles: [],
  ...rest,
});
const visitor: Actor = { personId: null, isAdministrator: false, roles: [] };

/** Somebody who is that and nothing more. A seat comes with a role, here that of an agent: its rights are taken off below. */
const ACTORS: Record<Exclude<Capacity, "seat-holder">, Actor> = {
  visitor,
  agent: signedIn({ roles: [{ networkId: blain, role: "agent", seatIds: [] }] }),
  "department-officer": signedIn({ roles: [{ networkId: blain, role: "department-officer", seatIds: [] }] }),
  "elected-official": signedIn({ roles: [{ networkId: blain, role: "elected-official", seatIds: [] }] }),
  secretary: signedIn({ roles: [{ networkId: blain, role: "secretary", seatIds: [] }] }),
  administrator: signedIn({ isAdministrator: true }),
};

describe("can — rôle × action × état, en entier", () => {
  it("la grille nomme chaque action une fois", () => {
    expect(rows.map(({ action }) => action).sort()).toStrictEqual(Object.keys(PERMISSIONS).sort());
    expect(rows.every(({ states }) => states.length > 0)).toBe(true);
  });

  const cases = rows.flatMap((row) => [undefined, ...STATES].map((state) => ({ ...row, state })));
  it.each(cases)("$action, état $state", ({ action, allowed, states, state }) => {
    const stateHolds = states[0] === "*" || (state !== undefined && states.includes(state));
    const scope = state === undefined ? { networkId: blain } : { networkId: blain, state };
    for (const capacity of CAPACITIES) {
      if (capacity === "seat-holder") continue;
      expect([capacity, can(ACTORS[capacity], action, scope)]).toStrictEqual([
        capacity,
        stateHolds && allowed.has(capacity),
      ]);
    }
    for (const role of ["agent", "elected-official", "department-officer"] as const) {
      const holder = signedIn({ roles: [{ networkId: blain, role, seatIds: [seat] }] });
      expect([role, can(holder, action, scope)]).toStrictEqual([
        role,
        stateHolds && (allowed.has("seat-holder") || allowed.has(role)),
      ]);
    }
  });
});

describe("can — un autre réseau ne donne aucun droit", () => {
  const everythingElsewhere = signedIn({
    roles: (["agent", "department-officer", "elected-official", "secretary"] as const).map((role) => ({
      networkId: ancenis,
      role,
      seatIds: [seat],
    })),
  });
  it.each(rows)("$action", ({ action }) => {
    for (const state of STATES) {
      expect(can(everythingElsewhere, action, { networkId: blain, state })).toBe(
        can(visitor, action, { networkId: blain, state }),
      );
      expect(can(everythingElsewhere, action, { networkId: null, state })).toBe(
        can(visitor, action, { networkId: null, state }),
      );
    }
  });
});

describe("can — l’administration ne vote pas et n’écrit aucun procès-verbal", () => {
  const forbidden = rows.filter(
    ({ action }) =>
      /^(poll|consultation|minutes|reply|proxy|withdrawal|attendance|expense)\./.test(action) &&
      action !== "minutes.read-published",
  );
  it.each(forbidden)("$action", ({ action }) => {
    for (const state of STATES) expect(can(ACTORS.administrator, action, { networkId: blain, state })).toBe(false);
  });
});

describe("capacitiesIn, holdsSeat — ce qu’une personne est dans un réseau", () => {
  const officer = signedIn({
    roles: [
      { networkId: blain, role: "secretary", seatIds: [] },
      { networkId: blain, role: "elected-official", seatIds: [seat] },
      { networkId: ancenis, role: "agent", seatIds: [] },
    ],
  });
  it("plusieurs rôles s’ajoutent", () => {
    expect([...capacitiesIn(officer, blain)].sort()).toStrictEqual([
      "elected-official",
      "seat-holder",
      "secretary",
      "visitor",
    ]);
    expect([...capacitiesIn(officer, ancenis)].sort()).toStrictEqual(["agent", "visitor"]);
  });

  it("sans session, rien que le public", () => {
    expect([...capacitiesIn({ ...officer, personId: null, isAdministrator: true }, blain)]).toStrictEqual(["visitor"]);
  });

  it.each([
    { case: "son siège", who: officer, networkId: blain, seatId: seat, holds: true },
    { case: "le siège d’un autre", who: officer, networkId: blain, seatId: toId<"seat">("autre"), holds: false },
    { case: "son siège, depuis un autre réseau", who: officer, networkId: ancenis, seatId: seat, holds: false },
    { case: "sans session", who: { ...officer, personId: null }, networkId: blain, seatId: seat, holds: false },
  ])("$case : $holds", ({ who, networkId, seatId, holds }) => expect(holdsSeat(who, networkId, seatId)).toBe(holds));
});
