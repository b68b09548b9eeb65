import { describe, expect, it } from "vitest";
import { can, type Action, type Actor, type NetworkRole, type ResourceState } from "~/domain/access/permissions";
import { CASF_PRESET } from "~/domain/committee/rules";
import type { NetworkId, PersonId, SeatId } from "~/domain/kernel/ids";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { describeDue, describeWaiting } from "~/features/dashboard/messages.fr";
import { listWaiting, type WaitingFacts } from "~/features/dashboard/waiting";

const NETWORK = "network" as NetworkId;
const day = (text: string) => text as PlainDate;
const time = (text: string) => text as LocalDateTime;

const NOTHING: WaitingFacts = {
  today: day("2026-11-22"),
  rules: { content: CASF_PRESET, isAdopted: true },
  meetings: [],
  proposalsLeft: [],
  polls: [],
  minutes: [],
  toReconvene: [],
  quarter: null,
  rulesToEnact: null,
  expensesOffAgenda: 0,
  consultationsToRatify: 0,
  vacantSeats: [],
  collections: [],
  failedMails: 0,
  reviews: [],
};

function mayAs(role: NetworkRole, seatIds: readonly string[] = []) {
  const actor: Actor = {
    personId: "person" as PersonId,
    isAdministrator: false,
    roles: [{ networkId: NETWORK, role, seatIds: seatIds as readonly SeatId[] }],
  };
  return (action: Action, state?: ResourceState) =>
    can(actor, action, { networkId: NETWORK, ...(state === undefined ? {} : { state }) });
}

const secretary = mayAs("secretary");
const official = mayAs("elected-official", ["seat"]);
const agent = mayAs("agent");

const kinds = (facts: Partial<WaitingFacts>, may: typeof secretary) =>
  listWaiting({ ...NOTHING, ...facts }, may).map(({ kind }) => kind);

const meeting = (over: Partial<WaitingFacts["meetings"][number]>) => ({
  id: "m1",
  title: "Comité de pilotage",
  startsAt: time("2026-12-14T18:30"),
  status: "planned" as const,
  proposals: 0,
  mySilentSeats: [],
  ...over,
});

const minutes = (over: Partial<WaitingFacts["minutes"][number]>) => ({
  number: "2026-3",
  heldOn: day("2026-09-15"),
  state: "draft" as const,
  adoptedOn: null,
  pendingCorrections: 0,
  iAttended: false,
  mySignatureIsMissing: false,
  ...over,
});

describe("ce qui attend chaque personne", () => {
  it("rien à faire : rien d’affiché", () => {
    expect(kinds({}, secretary)).toEqual([]);
  });

  it.each<[string, Partial<WaitingFacts>, string]>([
    ["une séance à convoquer", { meetings: [meeting({})] }, "meeting-to-convene"],
    ["un point proposé", { meetings: [meeting({ status: "convened", proposals: 2 })] }, "proposals"],
    ["un procès-verbal à rédiger", { minutes: [minutes({})] }, "minutes-to-write"],
    ["une correction à décider", { minutes: [minutes({ state: "in-review", pendingCorrections: 1 })] }, "corrections"],
    ["un procès-verbal signé à publier", { minutes: [minutes({ state: "signed" })] }, "minutes-to-publish"],
    ["un envoi en échec", { failedMails: 1 }, "mails"],
    [
      "une saisie d’indicateurs à valider",
      { collections: [{ year: 2025, deadline: "2026-12-31" as PlainDate, mine: [], toValidate: 2 }] },
      "submissions-to-validate",
    ],
    ["un siège vacant", { vacantSeats: ["CCAS de Bouvron"] }, "seats"],
    ["une dépense hors ordre du jour", { expensesOffAgenda: 1 }, "expenses"],
    ["une consultation écrite à ratifier", { consultationsToRatify: 1 }, "ratifications"],
    ["un règlement voté, à mettre en vigueur", { rulesToEnact: "rules-1" }, "rules-to-enact"],
    ["un règlement non adopté", { rules: { content: CASF_PRESET, isAdopted: false } }, "rules"],
    [
      "une seconde convocation à préparer",
      { toReconvene: [{ id: "m1", heldOn: day("2026-06-09") }] },
      "meeting-to-reconvene",
    ],
  ])("%s attend le secrétariat, et ni l’élu·e ni l’agent·e", (_name, facts, kind) => {
    expect(kinds(facts, secretary)).toContain(kind);
    expect(kinds(facts, official)).not.toContain(kind);
    expect(kinds(facts, agent)).not.toContain(kind);
  });

  it("une fois la convocation partie, un point proposé se reporte ou se refuse", () => {
    const told = (status: "planned" | "convened" | "open") =>
      listWaiting({ ...NOTHING, meetings: [meeting({ status, proposals: 1 })] }, secretary)
        .filter(({ kind }) => kind === "proposals")
        .map((thing) => describeWaiting(thing).title);
    expect(told("planned")).toEqual(["1\u00a0point proposé à décider"]);
    for (const status of ["convened", "open"] as const)
      expect(told(status)).toEqual(["1\u00a0point proposé à reporter ou à refuser"]);
  });

  it("la séance passée, un point resté sans réponse attend encore le secrétariat, et lui seul", () => {
    for (const status of ["closed", "cancelled"] as const) {
      const left = { proposalsLeft: [{ meetingId: "m1", startsAt: time("2026-10-14T18:30"), status, count: 1 }] };
      expect(kinds(left, secretary)).toEqual(["proposals"]);
      expect(kinds(left, official)).toEqual([]);
    }
  });

  it("une saisie d’indicateurs de son CCAS attend l’agent·e", () => {
    const mine = [{ organizationId: "o1", name: "CCAS de Bouvron" }];
    const facts = { collections: [{ year: 2025, deadline: day("2026-12-31"), mine, toValidate: 0 }] };
    expect(kinds(facts, agent)).toEqual(["submission-to-fill"]);
  });

  it.each<[string, Partial<WaitingFacts>, string]>([
    ["une convocation sans réponse", { meetings: [meeting({ status: "convened", mySilentSeats: ["seat"] })] }, "reply"],
    ["un scrutin ouvert", { polls: [{ id: "p1", meetingId: "m1", title: "Devis", closesOn: null }] }, "vote"],
    [
      "une consultation écrite",
      { polls: [{ id: "p1", meetingId: null, title: "Devis", closesOn: day("2026-12-01") }] },
      "vote",
    ],
    ["un projet à relire", { minutes: [minutes({ state: "in-review", iAttended: true })] }, "minutes-to-reread"],
    [
      "une signature manquante",
      { minutes: [minutes({ state: "adopted", mySignatureIsMissing: true })] },
      "minutes-to-sign",
    ],
  ])("%s attend l’élu·e, et pas l’agent·e", (_name, facts, kind) => {
    expect(kinds(facts, official)).toContain(kind);
    expect(kinds(facts, agent)).not.toContain(kind);
  });

  it.each<[string, Partial<WaitingFacts>]>([
    ["déjà répondu", { meetings: [meeting({ status: "convened" })] }],
    ["pas encore convoquée", { meetings: [meeting({ mySilentSeats: ["seat"] })] }],
    [
      "séance passée",
      { meetings: [meeting({ status: "convened", startsAt: time("2026-11-20T18:30"), mySilentSeats: ["seat"] })] },
    ],
    ["absent·e à la séance relue", { minutes: [minutes({ state: "in-review" })] }],
    ["déjà signé", { minutes: [minutes({ state: "adopted" })] }],
  ])("n’attend pas l’élu·e : %s", (_name, facts) => {
    expect(kinds(facts, official)).toEqual([]);
  });

  it("range ce qui se passe, puis le retard, puis la semaine, puis le reste", () => {
    const facts: Partial<WaitingFacts> = {
      vacantSeats: ["CCAS de Bouvron"],
      meetings: [
        meeting({ id: "m-open", status: "open", startsAt: time("2026-11-22T18:30") }),
        meeting({ id: "m-soon", startsAt: time("2026-11-27T18:30") }),
        meeting({ id: "m-late", startsAt: time("2026-11-23T18:30") }),
      ],
    };
    expect(listWaiting({ ...NOTHING, ...facts }, secretary).map(({ kind, urgency }) => `${kind} ${urgency}`)).toEqual([
      "meeting-open now",
      "meeting-to-convene late",
      "meeting-to-convene soon",
      "seats later",
    ]);
  });

  it("dit la dernière date d’envoi : trois jours avant la séance", () => {
    const [thing] = listWaiting({ ...NOTHING, meetings: [meeting({})] }, secretary);
    expect(thing?.due).toBe("2026-12-11");
    expect(thing && describeDue(thing)).toContain("vendredi 11\u00a0décembre 2026");
  });

  it("publication : le délai d’une semaine passé est un retard (CGCT, art. L.2121-15, par analogie)", () => {
    const inTime = minutes({ state: "signed", adoptedOn: day("2026-11-15") });
    const late = minutes({ state: "signed", adoptedOn: day("2026-11-14") });
    const of = (each: typeof inTime) => listWaiting({ ...NOTHING, minutes: [each] }, secretary)[0];
    expect(of(inTime)).toMatchObject({ urgency: "soon", due: "2026-11-22" });
    expect(of(late)).toMatchObject({ urgency: "late", due: "2026-11-21" });
  });

  it("mène à l’adresse où la chose se fait", () => {
    expect(describeWaiting({ kind: "vote", pollId: "p1", meetingId: "m1", title: "Devis" }).path).toBe(
      "seances/m1/scrutins/p1",
    );
    expect(describeWaiting({ kind: "vote", pollId: "p1", meetingId: null, title: "Devis" }).path).toBe(
      "consultations/p1",
    );
  });
});
