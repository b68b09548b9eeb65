import { sql } from "kysely";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Choice } from "~/domain/voting/poll";
import { castVote, closePoll, openPoll, recordRoom, requestSecretBallot } from "~/features/votes/commands.server";
import { castMessage, closePollMessage, openPollMessage, recordRoomMessage } from "~/features/votes/messages.fr";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { listAgenda } from "~/services/meeting-record.server";
import { findResult } from "~/services/poll-record.server";
import { createCommittee, type Committee, type TownKey } from "../../support/database";
import {
  askForSecret,
  countRows,
  createOpenMeeting,
  EXPENSE,
  giveProxy,
  listActs,
  MEETING,
  openTestPoll,
  recordEvent,
} from "./open-meeting";

const vote = async (committee: Committee, who: TownKey | "secretary", choice: Choice, seat?: TownKey) =>
  castVote(await committee.contextOf(who), MEETING, "scrutin-1", {
    seatId: committee.seatOf(seat ?? (who as TownKey)),
    choice,
  });
const close = async (committee: Committee, chairDeclares: Choice | null = null) =>
  closePoll(await committee.contextOf("secretary"), MEETING, "scrutin-1", chairDeclares);
const resultOf = (committee: Committee) => findResult(committee.db, committee.networkId, "scrutin-1");

const SUBJECT_OF = {
  "minutes-approval": "minutes-approval",
  ratification: "motion",
  "expense-validation": "expense",
} as const;

type Elsewhere = { readonly subject: string; readonly subjectId: string; readonly outcome: "adopted" | "rejected" };

/** Another meeting, the second of September, whose vote on the same thing is closed. */
async function decideElsewhere({ db, networkId, personOf }: Committee, { subject, subjectId, outcome }: Elsewhere) {
  const first = await db.selectFrom("meeting").selectAll().where("id", "=", MEETING).executeTakeFirstOrThrow();
  const closedAt = "2026-09-02T17:00:00.000Z";
  await db
    .insertInto("meeting")
    .values({ ...first, id: "seance-2", rank: 4, startsAt: "2026-09-02T18:30" })
    .execute();
  await db
    .insertInto("poll")
    .values({
      ...{ id: "vote-2", networkId, meetingId: "seance-2", agendaItemId: null, subject, subjectId, title: "Vote" },
      ...{ bodyMd: "", mode: "public", status: "closed", openedAt: closedAt, closesOn: null, closedAt },
      ...{ openedBy: personOf("secretary"), createdAt: closedAt },
    })
    .execute();
  await db
    .insertInto("pollResult")
    .values({
      ...{ pollId: "vote-2", networkId, outcome, tally: "{}", entitled: "[]", quorum: "null", castingVote: null },
      ...{ sentence: "", decisionYear: 2026, decisionNumber: outcome === "adopted" ? 7 : null, closedAt },
    })
    .execute();
}

describe("ouvrir un scrutin", () => {
  const input = { cle: "scrutin-1", point: "point-1", title: "Validez-vous ?", body: "", mode: "public" } as const;

  it("écrit le scrutin et son acte, une seule fois pour un double clic", async () => {
    const committee = await createOpenMeeting();
    const context = await committee.contextOf("secretary");
    await openPoll(context, MEETING, input);
    expect(await openPoll(context, MEETING, input)).toMatchObject({ ok: true });
    expect(await countRows(committee, "poll")).toBe(1);
    expect(await listActs(committee, "poll-opened")).toMatchObject([
      { payload: { subject: "expense", subjectId: EXPENSE, amountCents: 177_543, mode: "public" } },
    ]);
  });

  it.each([
    ["sans quorum (3 présents sur 7)", { present: ["blain", "bouvron", "le-gavre"] }, input, /quorum/],
    ["en secret sans demande", {}, { ...input, mode: "secret" }, /demandé/],
    ["sur un point d’ailleurs", {}, { ...input, point: "point-9" }, /ordre du jour/],
  ] as const)("est refusé %s, et n’écrit rien", async (_name, options, given, sentence) => {
    const committee = await createOpenMeeting(options);
    const decision = await openPoll(await committee.contextOf("secretary"), MEETING, given);
    expect(!decision.ok && openPollMessage(decision.refusal)).toMatch(sentence);
    expect(await countRows(committee, "poll")).toBe(0);
    expect(await countRows(committee, "registerEntry")).toBe(0);
  });

  it.each([
    ["minutes-approval", "adopted", "procès-verbal arrêté le 2\u00a0septembre 2026, séance n°\u00a02026-4"],
    ["minutes-approval", "rejected", null],
    ["ratification", "rejected", "consultation non ratifiée le 2\u00a0septembre 2026, séance n°\u00a02026-4"],
    ["expense-validation", "adopted", "dépense validée le 2\u00a0septembre 2026, décision n°\u00a02026-7"],
  ] as const)(
    "un point (%s) que le vote d’une autre séance a tranché (%s) est sans objet",
    async (kind, outcome, reason) => {
      const committee = await createOpenMeeting();
      const { db, networkId } = committee;
      const subjectId = kind === "expense-validation" ? EXPENSE : "chose-1";
      await db.updateTable("agendaItem").set({ kind, subjectId }).where("id", "=", "point-1").execute();
      await decideElsewhere(committee, { subject: SUBJECT_OF[kind], subjectId, outcome });
      const readIn = async (meetingId: string) => {
        const items = await listAgenda(db, networkId, MEETING);
        const subjects = await loadItemSubjects(db, { networkId, meetingId, readsExpenses: false }, items);
        return subjects["point-1"]?.settled ?? null;
      };
      expect(await readIn(MEETING)).toBe(reason);
      expect(await readIn("seance-2")).toBeNull();
      const decision = await openPoll(await committee.contextOf("secretary"), MEETING, input);
      expect(decision.ok).toBe(reason === null);
      if (!decision.ok) expect(openPollMessage(decision.refusal)).toMatch(/sans objet.*Retirez-le/);
      expect(await countRows(committee, "poll")).toBe(reason === null ? 2 : 1);
    },
  );

  it("refuse un second scrutin tant que le premier est ouvert, et une dépense retirée", async () => {
    const committee = await createOpenMeeting();
    const context = await committee.contextOf("secretary");
    await committee.db.updateTable("expense").set({ withdrawnAt: "2026-08-31T10:00:00Z" }).execute();
    expect(await openPoll(context, MEETING, input)).toEqual({ ok: false, refusal: "expense-withdrawn" });
    await committee.db.updateTable("expense").set({ withdrawnAt: null }).execute();
    await openTestPoll(committee);
    const second = await openPoll(context, MEETING, { ...input, cle: "scrutin-2" });
    expect(second).toEqual({ ok: false, refusal: "another-poll-open" });
  });

  it("ne mène pas à la séance d’un autre réseau", async () => {
    const committee = await createOpenMeeting();
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const decision = await openPoll(await other.contextOf("secretary"), MEETING, input);
    expect(decision.ok).toBe(false);
    expect(await countRows(committee, "poll")).toBe(0);
  });
});

describe("demander le vote secret — au moins un tiers des présents (CASF, art. R.123-18)", () => {
  it("compte chaque siège une fois, et rend le vote secret obligatoire à deux sur quatre", async () => {
    const committee = await createOpenMeeting();
    const ask = async (who: TownKey) =>
      requestSecretBallot(await committee.contextOf(who), { meetingId: MEETING, itemId: "point-1" });
    await ask("bouvron");
    await ask("bouvron");
    expect(await countRows(committee, "secretRequest")).toBe(1);
    expect(await listActs(committee, "secret-ballot-requested")).toHaveLength(1);
    await ask("le-gavre");
    await expect(openTestPoll(committee, "public")).rejects.toThrow("secret-required");
    await openTestPoll(committee, "secret");
  });

  it("est refusé à un siège qui n’est pas dans la salle", async () => {
    const committee = await createOpenMeeting();
    const context = await committee.contextOf("notre-dame-des-landes");
    const decision = await requestSecretBallot(context, { meetingId: MEETING, itemId: "point-1" });
    expect(decision).toEqual({ ok: false, refusal: "seat-not-voting-here" });
    expect(await countRows(committee, "secretRequest")).toBe(0);
  });
});

describe("voter depuis son appareil", () => {
  it("écrit le bulletin et l’acte, sans le sens du vote dans le registre avant la clôture", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    expect((await vote(committee, "bouvron", "for")).ok).toBe(true);
    const ballots = await committee.db.selectFrom("ballot").selectAll().execute();
    expect(ballots).toMatchObject([{ seatId: committee.seatOf("bouvron"), choice: "for", source: "device" }]);
    const acts = await listActs(committee, "ballot-cast");
    expect(acts.map(({ payload }) => payload)).toEqual([{ pollId: "scrutin-1", seatId: committee.seatOf("bouvron") }]);
  });

  it("porte aussi la voix du pouvoir reçu", async () => {
    const committee = await createOpenMeeting();
    await giveProxy(committee, "fay-de-bretagne", "bouvron");
    await openTestPoll(committee);
    expect((await vote(committee, "bouvron", "against", "fay-de-bretagne")).ok).toBe(true);
    const ballot = await committee.db.selectFrom("ballot").selectAll().executeTakeFirstOrThrow();
    expect(ballot.holderSeatId).toBe(committee.seatOf("bouvron"));
    expect(ballot.castBy).toBe(committee.personOf("bouvron"));
  });

  type Refused = {
    readonly name: string;
    readonly prepare?: (committee: Committee) => Promise<unknown>;
    readonly after?: (committee: Committee) => Promise<unknown>;
    readonly rules?: Parameters<typeof createOpenMeeting>[0];
    readonly who: TownKey;
    readonly seat?: TownKey;
    readonly sentence: RegExp;
  };
  const refused: readonly Refused[] = [
    { name: "un second vote", after: (c) => vote(c, "bouvron", "for"), who: "bouvron", sentence: /déjà voté/ },
    { name: "un vote après la clôture", after: (c) => close(c), who: "bouvron", sentence: /clos/ },
    {
      name: "un vote quand le quorum est perdu",
      after: (c) => recordEvent(c, "le-gavre", "departure"),
      who: "bouvron",
      sentence: /quorum/,
    },
    {
      name: "un siège à voix consultative",
      rules: {
        rules: { departmentSeat: "advises-on-expenses" },
        present: ["blain", "bouvron", "le-gavre", "fay-de-bretagne", "departement"],
      },
      who: "departement",
      sentence: /consultative/,
    },
    {
      name: "un siège qui s’est déporté",
      after: (c) => recordEvent(c, "bouvron", "withdrawal"),
      rules: { present: ["blain", "bouvron", "le-gavre", "fay-de-bretagne", "departement"] },
      who: "bouvron",
      sentence: /déporté/,
    },
    { name: "le siège d’un autre", who: "bouvron", seat: "le-gavre", sentence: /ne votez pas pour ce siège/ },
    { name: "un siège absent", who: "fay-de-bretagne", sentence: /pas dans la salle/ },
    {
      name: "un pouvoir devenu sans effet",
      prepare: (c) => giveProxy(c, "fay-de-bretagne", "bouvron"),
      after: (c) => recordEvent(c, "fay-de-bretagne", "arrival"),
      who: "bouvron",
      seat: "fay-de-bretagne",
      sentence: /ne votez pas pour ce siège/,
    },
    { name: "un siège inconnu", who: "bouvron", seat: "inconnu" as TownKey, sentence: /comité/ },
    {
      name: "une séance suspendue",
      after: (c) => c.db.updateTable("meeting").set({ status: "suspended" }).execute(),
      who: "bouvron",
      sentence: /suspendue/,
    },
  ];
  it.each(refused)(
    "refuse $name, avec sa raison, et n’écrit rien",
    async ({ prepare, after, rules, who, seat, sentence }) => {
      const committee = await createOpenMeeting(rules ?? {});
      await prepare?.(committee);
      await openTestPoll(committee);
      await after?.(committee);
      const before = [await countRows(committee, "ballot"), await countRows(committee, "registerEntry")];
      const decision = await vote(committee, who, "for", seat);
      expect(!decision.ok && castMessage(decision.refusal)).toMatch(sentence);
      expect([await countRows(committee, "ballot"), await countRows(committee, "registerEntry")]).toEqual(before);
    },
  );

  it("refuse les scrutins d’un autre réseau, et ceux d’une autre séance", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "redon" });
    const foreign = await castVote(await other.contextOf("bouvron"), MEETING, "scrutin-1", {
      seatId: committee.seatOf("bouvron"),
      choice: "for",
    });
    expect(foreign).toEqual({ ok: false, refusal: "poll-unknown" });
    const misplaced = await castVote(await committee.contextOf("bouvron"), "seance-9", "scrutin-1", {
      seatId: committee.seatOf("bouvron"),
      choice: "for",
    });
    expect(misplaced).toEqual({ ok: false, refusal: "poll-unknown" });
  });

  it("ne garde qu’un bulletin de deux votes simultanés", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    const decisions = await Promise.all([vote(committee, "bouvron", "for"), vote(committee, "bouvron", "against")]);
    expect(decisions.filter(({ ok }) => ok)).toHaveLength(1);
    expect(decisions.filter(({ ok }) => !ok)).toMatchObject([{ refusal: "already-voted" }]);
    expect(await countRows(committee, "ballot")).toBe(1);
    expect(await listActs(committee, "ballot-cast")).toHaveLength(1);
  });

  it("ne laisse aucun bulletin quand le registre refuse l’acte", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    await sql`create trigger register_full before insert on register_entry begin select raise(abort, 'disk full'); end`.execute(
      committee.db,
    );
    await expect(vote(committee, "bouvron", "for")).rejects.toThrow("disk full");
    expect(await countRows(committee, "ballot")).toBe(0);
  });
});

describe("saisir la salle", () => {
  const record = async (
    committee: Committee,
    choices: ReadonlyArray<readonly [TownKey, Choice]>,
    fill: Choice | null,
  ) =>
    recordRoom(await committee.contextOf("secretary"), MEETING, "scrutin-1", {
      choices: new Map(choices.map(([key, choice]) => [committee.seatOf(key), choice])),
      fill,
    });

  it("remplit les lignes vides, et laisse tels quels les sièges qui ont voté de leur appareil", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    await vote(committee, "bouvron", "abstain");
    expect(await record(committee, [["le-gavre", "against"]], "for")).toEqual({ ok: true, value: { recorded: 3 } });
    const rows = await committee.db.selectFrom("ballot").select(["seatId", "choice", "source"]).execute();
    expect(new Map(rows.map((row) => [row.seatId, `${row.choice} ${row.source}`]))).toEqual(
      new Map([
        [committee.seatOf("blain"), "for secretary"],
        [committee.seatOf("bouvron"), "abstain device"],
        [committee.seatOf("le-gavre"), "against secretary"],
        [committee.seatOf("departement"), "for secretary"],
      ]),
    );
    expect(await listActs(committee, "ballot-recorded-by-secretary")).toHaveLength(1);
  });

  it.each([
    [
      "un siège qui a voté entre-temps",
      [
        ["le-gavre", "for"],
        ["bouvron", "for"],
      ],
      /CCAS de Bouvron.*déjà voté.*Aucune ligne/,
    ],
    [
      "un siège absent",
      [
        ["le-gavre", "for"],
        ["fay-de-bretagne", "for"],
      ],
      /pas dans la salle/,
    ],
    ["une grille vide", [], /Aucune ligne/],
  ] as const)("refuse toute la saisie pour %s", async (_name, choices, sentence) => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    await vote(committee, "bouvron", "abstain");
    const decision = await record(committee, choices, null);
    const label = "CCAS de Bouvron";
    expect(!decision.ok && recordRoomMessage(decision.refusal, decision.refusal.seatId && label)).toMatch(sentence);
    expect(await countRows(committee, "ballot")).toBe(1);
  });
});

describe("clore un scrutin", () => {
  it("fige le décompte, les sièges admis et le quorum, et numérote la décision adoptée", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    for (const key of ["blain", "bouvron", "departement"] as const) await vote(committee, key, "for");
    await vote(committee, "le-gavre", "against");
    expect((await close(committee)).ok).toBe(true);
    expect((await close(committee)).ok).toBe(true);
    const result = await resultOf(committee);
    expect(result).toMatchObject({ outcome: "adopted", decision: { year: 2026, number: 1 } });
    expect(result?.entitled).toHaveLength(4);
    expect(result?.quorum?.sentence).toBe(
      "7 sièges, aucun vacant, 7 en exercice\u00a0; majorité 4\u00a0; présents 4\u00a0: quorum atteint",
    );
    expect(result?.sentence).toBe("Adopté\u00a0: 3 pour, 1 contre, 0 abstention (4 suffrages exprimés, majorité 3)");
    expect(await listActs(committee, "poll-closed")).toHaveLength(1);
    expect(await listActs(committee, "decision-adopted")).toMatchObject([
      { payload: { number: "2026-1", subjectId: EXPENSE } },
    ]);
  });

  it("laisse la voix de la présidence trancher le partage, et le dit", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    for (const key of ["blain", "bouvron"] as const) await vote(committee, key, "for");
    for (const key of ["le-gavre", "departement"] as const) await vote(committee, key, "against");
    await close(committee);
    const result = await resultOf(committee);
    expect(result).toMatchObject({ outcome: "adopted", castingVote: "for" });
    expect(result?.sentence).toMatch(/^Adopté par la voix prépondérante de la présidence/);
    expect(await listActs(committee, "casting-vote")).toMatchObject([
      { payload: { seatId: committee.seatOf("blain"), choice: "for" } },
    ]);
  });

  it("ne numérote pas un rejet", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    for (const key of ["blain", "bouvron", "le-gavre"] as const) await vote(committee, key, "against");
    await close(committee);
    expect(await resultOf(committee)).toMatchObject({ outcome: "rejected", decision: null });
    expect(await listActs(committee, "decision-rejected")).toMatchObject([{ payload: { number: null } }]);
  });

  it.each([
    ["le quorum est perdu à la clôture", (c: Committee) => recordEvent(c, "le-gavre", "departure"), /quorum/],
    ["personne n’a voté", null, /aucun siège/],
  ] as const)("ne décide rien quand %s", async (_name, happen, sentence) => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    if (happen) {
      for (const key of ["blain", "bouvron", "le-gavre"] as const) await vote(committee, key, "for");
      await happen(committee);
    }
    await close(committee);
    const result = await resultOf(committee);
    expect(result).toMatchObject({ outcome: "no-decision", decision: null, castingVote: null });
    expect(result?.sentence).toMatch(sentence);
    expect(await listActs(committee, "decision-adopted")).toEqual([]);
  });

  it("garde parmi les votants le siège qui a voté puis quitté la salle", async () => {
    const committee = await createOpenMeeting({
      present: ["blain", "bouvron", "le-gavre", "fay-de-bretagne", "departement"],
    });
    await openTestPoll(committee);
    for (const key of ["blain", "bouvron"] as const) await vote(committee, key, "for");
    await recordEvent(committee, "bouvron", "departure");
    await close(committee);
    expect(await resultOf(committee)).toMatchObject({
      outcome: "adopted",
      tally: { counts: { entitled: 5, for: 2, notVoted: 3 } },
    });
  });

  it("refuse dans une séance levée", async () => {
    const committee = await createOpenMeeting();
    await openTestPoll(committee);
    await committee.db.updateTable("meeting").set({ status: "closed" }).execute();
    const decision = await close(committee);
    expect(!decision.ok && closePollMessage(decision.refusal)).toMatch(/séance/);
    expect(await countRows(committee, "pollResult")).toBe(0);
  });

  it("donne le même résultat quel que soit l’ordre des votes", async () => {
    const towns = ["blain", "bouvron", "le-gavre", "departement"] as const;
    const choice = fc.constantFrom<Choice>("for", "against", "abstain", "not-participating");
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(choice, choice, choice, choice),
        fc.shuffledSubarray([...towns], { minLength: 4 }),
        async (choices, order) => {
          const outcomes = [];
          for (const sequence of [towns, order]) {
            const committee = await createOpenMeeting();
            await openTestPoll(committee);
            for (const key of sequence) await vote(committee, key, choices[towns.indexOf(key)] ?? "abstain");
            await close(committee);
            outcomes.push(await resultOf(committee));
          }
          expect(outcomes[1]).toEqual(outcomes[0]);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe("le vote secret", () => {
  it("suit le règlement pour la voix prépondérante, que la présidence déclare", async () => {
    const committee = await createOpenMeeting({ rules: { castingVote: { holder: "chair", inSecretBallot: true } } });
    await askForSecret(committee, "bouvron", "le-gavre");
    await openTestPoll(committee, "secret");
    for (const key of ["blain", "bouvron"] as const) await vote(committee, key, "for");
    for (const key of ["le-gavre", "departement"] as const) await vote(committee, key, "against");
    await close(committee, "against");
    expect(await resultOf(committee)).toMatchObject({ outcome: "rejected", castingVote: "against" });
  });

  it("ne se saisit pas par le secrétariat, ni par un membre à distance", async () => {
    const committee = await createOpenMeeting({ present: ["blain", "bouvron", "le-gavre"], remote: ["departement"] });
    await askForSecret(committee, "bouvron", "le-gavre");
    await openTestPoll(committee, "secret");
    const grid = await recordRoom(await committee.contextOf("secretary"), MEETING, "scrutin-1", {
      choices: new Map([[committee.seatOf("blain"), "for"]]),
      fill: null,
    });
    expect(grid).toMatchObject({ ok: false, refusal: { kind: "secret-not-by-secretary" } });
    expect(await vote(committee, "departement", "for")).toEqual({ ok: false, refusal: "secret-remote-not-allowed" });
    expect(await countRows(committee, "ballotSignature")).toBe(0);
  });
});
