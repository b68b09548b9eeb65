import type { ExpenseAxis } from "../../app/domain/expense/expense";
import type { AgendaItemKind } from "../../app/domain/meeting/agenda";
import type { MeetingId, NetworkId, PersonId, SeatId } from "../../app/domain/kernel/ids";
import { toCents } from "../../app/domain/kernel/money";
import {
  dateOf,
  localDateTime,
  parisLocalAt,
  toPlainTime,
  type LocalDateTime,
} from "../../app/domain/kernel/paris-time";
import { addDays, addMonths, weekdayOf, yearOf, type PlainDate } from "../../app/domain/kernel/plain-date";
import { minutesOutline } from "../../app/domain/minutes/structure";
import type { Choice } from "../../app/domain/voting/poll";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "../../app/features/account/demo-accounts";
import { recordAttendance, recordProxy } from "../../app/features/attendance/commands.server";
import { conveneMeeting, recordReply } from "../../app/features/convocations/commands.server";
import type { ReplyInput } from "../../app/features/convocations/form";
import { requestExpense } from "../../app/features/expenses/commands.server";
import { addAgendaItem, proposeItem } from "../../app/features/meetings/agenda.server";
import { nameOfficers, planMeeting } from "../../app/features/meetings/commands.server";
import { prepareSecondConvening } from "../../app/features/meetings/second-convening.server";
import { closeSession, openSession, takeUpItem } from "../../app/features/meetings/session.server";
import {
  publishMinutes,
  requestCorrection,
  signMinutes,
  submitMinutes,
  writeProse,
} from "../../app/features/minutes/commands.server";
import { loadMinutes, textToSign, type MinutesRecord } from "../../app/features/minutes/queries.server";
import { addSeat, createNetwork } from "../../app/features/networks/network-commands.server";
import { addMember } from "../../app/features/networks/person-commands.server";
import { recordMandate } from "../../app/features/people/mandates.server";
import { createRulesDraft, enactRules } from "../../app/features/rules/commands.server";
import { castVote, closePoll, openPoll, recordRoom } from "../../app/features/votes/commands.server";
import type { Viewer } from "../../app/services/actor.server";
import { hashPassword } from "../../app/services/auth.server";
import { listSeats } from "../../app/services/committee-record.server";
import type { Db } from "../../app/services/db.server";
import { actingPerson, type CommandContext } from "../../app/services/gate.server";
import { findMeetingHead, listAgenda } from "../../app/services/meeting-record.server";
import { draftPlans, tellActionPlan, type PlanTexts } from "./action-plan";
import { tellAgreements } from "./agreements/tell";
import { CONTACT, LEAD, officeOf, ORGANIZATIONS, PLACES, PRESENTATION, type PlaceKey } from "./blain";
import { loadFigures } from "./figures";
import { tellFunding } from "./funding";
import { draftGrid, tellIndicators } from "./indicators";
import { approvalQuestion, tellMeans } from "./means";
import { tellLibrary } from "./library";
import { draftBudget, tellMoney } from "./money";
import { tellObservatory } from "./observatory";
import { actAs, must, StoryClock, type Stage } from "./story";

const PLACE = "Salle du conseil, mairie de Blain";

function pick<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`Missing in the story: ${String(key)}`);
  return value;
}

const asSecretary = (stage: Stage): Promise<CommandContext> =>
  actAs(stage.db, stage.clock, stage.networkId, stage.secretaryId);
const asTitular = (stage: Stage, place: PlaceKey): Promise<CommandContext> =>
  actAs(stage.db, stage.clock, stage.networkId, pick(stage.titulars, place));

/** The nearest working day on or before a date. */
function workday(date: PlainDate): PlainDate {
  return addDays(date, -Math.max(0, weekdayOf(date) - 5));
}

const at = (date: PlainDate, time: string): LocalDateTime => localDateTime(date, toPlainTime(time));

/**
 * Loads the network of the demonstration into an empty, migrated database: a year of meetings up to `now`, by the commands that people use.
 * @param publicUrl written into the mails of the minutes
 * @param folder of the files that people add; none are added without it
 */
export async function loadDemonstration(
  db: Db,
  now: Date,
  publicUrl: string,
  folder: string | null = null,
): Promise<void> {
  const clock = new StoryClock(now);
  const today = dateOf(parisLocalAt(now));
  const stage: Stage = { ...(await foundNetwork(db, clock, addMonths(today, -14))), folder };
  const firstMeeting = workday(addDays(today, -300));
  const plans = await draftPlans(stage, firstMeeting, today);
  await tellFirstMeeting(stage, firstMeeting, plans);
  await tellSecondMeeting(stage, workday(addDays(today, -210)));
  const failed = await tellFailedMeeting(stage, workday(addDays(today, -122)));
  await tellSecondConvening(stage, failed, workday(addDays(today, -110)));
  await tellTie(stage, failed, workday(addDays(today, -33)), publicUrl);
  await tellUpcoming(stage, { today, now });
  await tellMoney(stage, now);
  await tellFunding(stage, now);
  await tellIndicators(stage, now);
  await tellAgreements(stage, now);
  await tellMeans(stage, now);
  await tellActionPlan(stage, plans, { today, meetingDate: firstMeeting });
  await loadFigures(stage);
  await tellObservatory(stage, now);
  await tellLibrary(stage, now);
}

async function foundNetwork(db: Db, clock: StoryClock, since: PlainDate): Promise<Omit<Stage, "folder">> {
  clock.moveTo(at(since, "09:00"));
  const networkId = clock.newId() as NetworkId;
  const administratorId = clock.newId() as PersonId;
  const administratorAccount = accountOf("admin@blain.demo");
  await db
    .insertInto("person")
    .values({
      ...{ id: administratorId, ...administratorAccount, functionLabel: "", isAdministrator: 1, disabledAt: null },
      createdAt: clock.now().toISOString(),
    })
    .execute();
  const administrator: Viewer = {
    personId: administratorId,
    isAdministrator: true,
    roles: [],
    ...administratorAccount,
  };
  const context: CommandContext = { db, clock, networkId, actor: administrator };
  must(
    await createNetwork(context, {
      ...{ cle: networkId, name: "Réseau des acteurs sociaux", slug: "blain" },
      ...{ presentationMd: PRESENTATION, contactMd: CONTACT },
      lead: { kind: "new", organization: ORGANIZATIONS[LEAD] },
    }),
  );
  await db.updateTable("network").set({ isDemo: 1 }).where("id", "=", networkId).execute();
  for (const place of PLACES.filter((key) => key !== LEAD)) {
    const organization = { kind: "new", organization: ORGANIZATIONS[place] } as const;
    must(await addSeat(context, { cle: clock.newId(), organization }));
  }
  const seatRows = await listSeats(db, networkId);
  const seatNamed = (place: PlaceKey) => {
    const seat = seatRows.find(({ label }) => label === ORGANIZATIONS[place].name);
    if (!seat) throw new Error(`No seat for ${place}`);
    return seat;
  };
  const startsOn = since;
  const member = async (email: string, place: PlaceKey, role: "secretary" | "agent") => {
    const { organizationId } = seatNamed(place);
    const person = { cle: clock.newId(), ...accountOf(email), functionLabel: "", invite: false };
    return must(await addMember(context, { person, role: { role, organizationId, startsOn } })).personId as PersonId;
  };
  const secretaryId = await member("secretariat@blain.demo", "blain", "secretary");
  await member("agent@blain.demo", "fay-de-bretagne", "agent");

  const titulars = new Map<PlaceKey, PersonId>();
  for (const place of PLACES) {
    for (const role of ["titular", "substitute"] as const) {
      if (role === "substitute" && (place === "le-gavre" || place === "departement")) continue;
      const displayName = officeOf(place, role);
      const email = emailOf(place, role);
      must(
        await recordMandate(context, {
          ...{ cle: clock.newId(), seatId: seatNamed(place).id, role, startsOn, endsOn: null },
          person: { kind: "new", email, displayName, functionLabel: "" },
          isMunicipalOfficial: place !== "departement",
          isInChargeOfSocialAffairs: true,
          basis:
            place === "departement"
              ? "Désignation par le Département"
              : "Délibération du conseil d’administration du CCAS",
        }),
      );
      const person = await db.selectFrom("person").select("id").where("email", "=", email).executeTakeFirstOrThrow();
      if (role === "titular") titulars.set(place, person.id as PersonId);
    }
  }
  await givePasswords(db, clock);
  const seats = new Map(PLACES.map((place) => [place, seatNamed(place).id] as const));
  return { db, clock, networkId, seats, titulars, secretaryId };
}

function accountOf(email: string): { readonly email: string; readonly displayName: string } {
  const account = DEMO_ACCOUNTS.find((known) => known.email === email);
  if (!account) throw new Error(`No demonstration account ${email}`);
  return { email, displayName: account.displayName };
}

function emailOf(place: PlaceKey, role: "titular" | "substitute"): string {
  if (role === "titular" && place === "bouvron") return "elu@blain.demo";
  if (role === "titular" && place === "departement") return "departement@blain.demo";
  return `${role === "titular" ? "elu" : "suppleance"}.${place}@blain.demo`;
}

async function givePasswords(db: Db, clock: StoryClock): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const people = await db.selectFrom("person").select("id").execute();
  await db
    .insertInto("credential")
    .values(
      people.map(({ id }) => ({
        ...{ personId: id, passwordHash, passwordChangedAt: clock.now().toISOString() },
        ...{ totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
      })),
    )
    .execute();
}

type PlannedItem = {
  readonly kind: AgendaItemKind;
  readonly title: string;
  readonly minutes: number;
  readonly subjectId?: string;
  readonly text?: string;
};

type Planned = { readonly date: PlainDate; readonly title: string; readonly items: readonly PlannedItem[] };

/** Plans a meeting sixteen days ahead, names its officers and convenes it nine days ahead. */
async function conveneFor(stage: Stage, { date, title, items }: Planned): Promise<MeetingId> {
  const { clock } = stage;
  clock.moveTo(at(addDays(date, -16), "10:00"));
  const { meetingId } = must(
    await planMeeting(await asSecretary(stage), {
      ...{ cle: clock.newId(), title, startsAt: at(date, "18:30"), place: PLACE },
      remoteLink: "https://visio.example.org/reseau-des-acteurs-sociaux",
    }),
  );
  for (const item of items) await addItem(stage, meetingId, item);
  clock.moveTo(at(addDays(date, -9), "10:00"));
  await convene(stage, meetingId);
  return meetingId;
}

async function addItem(stage: Stage, meetingId: MeetingId, item: PlannedItem): Promise<void> {
  must(
    await addAgendaItem(await asSecretary(stage), meetingId, {
      ...{ cle: stage.clock.newId(), kind: item.kind, title: item.title },
      ...{ durationMinutes: item.minutes, descriptionMd: item.text ?? "", rapporteur: "CCAS de Blain" },
      ...(item.subjectId ? { subjectId: item.subjectId } : {}),
    }),
  );
}

async function convene(stage: Stage, meetingId: MeetingId): Promise<void> {
  const { clock, secretaryId } = stage;
  const chair = { seatId: pick(stage.seats, "blain"), personId: pick(stage.titulars, "blain") };
  must(await nameOfficers(await asSecretary(stage), meetingId, { chair, secretary: secretaryId }));
  const head = await findMeetingHead(stage.db, stage.networkId, meetingId);
  must(
    await conveneMeeting(await asSecretary(stage), meetingId, { cle: clock.newId(), revision: head?.revision ?? 1 }),
  );
}

async function reply(
  stage: Stage,
  meetingId: MeetingId,
  place: PlaceKey,
  input: Omit<ReplyInput, "comment">,
): Promise<void> {
  const { db, clock, networkId } = stage;
  const { actor } = await asTitular(stage, place);
  const target = { meetingId, seatId: pick(stage.seats, place), personId: pick(stage.titulars, place) };
  const context = { db, clock, networkId, recordedBy: actingPerson(actor), source: "link" } as const;
  must(await recordReply(context, target, { comment: "", ...input }));
}

async function open(stage: Stage, meetingId: MeetingId, time: LocalDateTime): Promise<void> {
  stage.clock.moveTo(time);
  const chair = { seatId: pick(stage.seats, "blain"), personId: pick(stage.titulars, "blain") };
  must(await openSession(await asSecretary(stage), { meetingId, chair, secretaryPersonId: stage.secretaryId }));
}

async function close(stage: Stage, meetingId: MeetingId): Promise<void> {
  must(await closeSession(await asSecretary(stage), { meetingId }));
}

type Entry = "arrival" | "departure" | "withdrawal" | "return";

async function note(
  stage: Stage,
  meetingId: MeetingId,
  place: PlaceKey,
  kind: Entry,
  more: { readonly mode?: "in-person" | "remote"; readonly itemId?: string } = {},
): Promise<void> {
  must(
    await recordAttendance(await asSecretary(stage), meetingId, {
      ...{ cle: stage.clock.newId(), kind, mode: more.mode ?? "in-person", heure: null },
      occupant: { seatId: pick(stage.seats, place), personId: pick(stage.titulars, place) },
      ...(more.itemId ? { point: more.itemId } : {}),
    }),
  );
}

/** Takes up the next items of a kind, four minutes after the previous one. */
async function takeUp(stage: Stage, meetingId: MeetingId, kind: AgendaItemKind, title = ""): Promise<string> {
  stage.clock.passMinutes(4);
  const agenda = await listAgenda(stage.db, stage.networkId, meetingId);
  const item = agenda.find((each) => each.kind === kind && each.title.includes(title));
  if (!item) throw new Error(`No item ${kind} ${title}`);
  must(await takeUpItem(await asSecretary(stage), { cle: stage.clock.newId(), meetingId, itemId: item.id }));
  return item.id;
}

type Voices = Partial<Record<PlaceKey, Choice>>;

/** A vote by name: two officials on their own device, the rest through the secretary's grid. */
async function vote(
  stage: Stage,
  meetingId: MeetingId,
  itemId: string,
  question: string,
  voices: Voices,
): Promise<void> {
  const { clock } = stage;
  clock.passMinutes(6);
  const opened = { cle: clock.newId(), point: itemId, title: question, body: "", mode: "public" } as const;
  const { pollId } = must(await openPoll(await asSecretary(stage), meetingId, opened));
  const choices = new Map<SeatId, Choice>();
  for (const [place, choice] of Object.entries(voices) as Array<[PlaceKey, Choice]>) {
    const seatId = pick(stage.seats, place);
    if (place === "bouvron") must(await castVote(await asTitular(stage, place), meetingId, pollId, { seatId, choice }));
    else choices.set(seatId, choice);
  }
  clock.passMinutes(1);
  must(await recordRoom(await asSecretary(stage), meetingId, pollId, { choices, fill: null }));
  must(await closePoll(await asSecretary(stage), meetingId, pollId, null));
}

const unanimous = (...places: PlaceKey[]): Voices => Object.fromEntries(places.map((place) => [place, "for"]));

async function request(
  stage: Stage,
  place: PlaceKey,
  proposal: { readonly object: string; readonly supplier: string; readonly cents: number; readonly why: string },
  axis: ExpenseAxis = "commun",
): Promise<string> {
  const cle = stage.clock.newId();
  must(
    await requestExpense(await asTitular(stage, place), {
      ...{ cle, object: proposal.object, supplier: proposal.supplier, amount: toCents(proposal.cents) },
      ...{ axis, nature: "operating", justification: proposal.why },
    }),
  );
  return cle;
}

/** Writes what was said, one sentence per slot of prose that the outline asks for. */
async function writeMinutes(stage: Stage, meetingId: MeetingId, said: Readonly<Record<string, string>>): Promise<void> {
  const minutes = await recordOf(stage, meetingId);
  const titles = new Map<string, string>(minutes.facts.items.map(({ id, title }) => [id, title]));
  const typed = minutesOutline(minutes.facts).flatMap((block) => {
    if (block.kind !== "prose") return [];
    const markdown = proseFor(block.slot, block.itemId === null ? "" : (titles.get(block.itemId) ?? ""), said);
    return markdown === null ? [] : [{ key: block.key, markdown, internal: false, revision: 0 }];
  });
  must(await writeProse(await asSecretary(stage), meetingId, typed));
}

function proseFor(slot: string, title: string, said: Readonly<Record<string, string>>): string | null {
  if (slot === "opening")
    return said["ouverture"] ?? "La présidence ouvre la séance et remercie les membres de leur présence.";
  if (slot === "report") return "Le rapport joint à la convocation est présenté par le CCAS de Blain.";
  if (slot !== "discussion") return null;
  const known = Object.entries(said).find(([words]) => title.includes(words));
  return known?.[1] ?? "Aucune observation.";
}

async function recordOf(stage: Stage, meetingId: MeetingId): Promise<MinutesRecord> {
  const minutes = await loadMinutes(stage.db, stage.networkId, meetingId);
  if (!minutes) throw new Error(`No minutes for ${meetingId}`);
  return minutes;
}

/** Signed by both the day after the vote, published the day after that. */
async function signAndPublish(stage: Stage, meetingId: MeetingId, adoptedOn: PlainDate): Promise<void> {
  stage.clock.moveTo(at(addDays(adoptedOn, 1), "09:00"));
  for (const context of [await asTitular(stage, "blain"), await asSecretary(stage)]) {
    const { sha256 } = textToSign(await recordOf(stage, meetingId));
    must(await signMinutes(context, meetingId, sha256));
  }
  stage.clock.moveTo(at(addDays(adoptedOn, 2), "11:00"));
  must(await publishMinutes(await asSecretary(stage), meetingId));
}

/** The meeting whose minutes the later ones approve: told from one scene to the next. */
let earlier: MeetingId | null = null;

async function approveEarlier(stage: Stage, meetingId: MeetingId, voices: Voices): Promise<void> {
  const itemId = await takeUp(stage, meetingId, "minutes-approval");
  await vote(stage, meetingId, itemId, "Approuver le procès-verbal de la séance précédente", voices);
}

async function tellFirstMeeting(stage: Stage, date: PlainDate, plans: PlanTexts): Promise<void> {
  stage.clock.moveTo(at(addDays(date, -20), "14:00"));
  const expenseId = await request(stage, "blain", {
    ...{
      object: "Location de la salle et accueil de la journée annuelle",
      supplier: "Espace Kermarais",
      cents: 118_540,
    },
    why: "Devis de location, sonorisation et accueil pour **120 personnes**. Deux autres salles ont été consultées.",
  });
  const rulesContext = await asSecretary(stage);
  const { rulesId } = must(await createRulesDraft(rulesContext, { cle: stage.clock.newId() }));
  const budgetId = await draftBudget(stage, yearOf(date));
  const meetingId = await conveneFor(stage, {
    ...{ date, title: "Comité de pilotage" },
    items: [
      { kind: "information", title: "Bilan de l’année écoulée", minutes: 15 },
      { kind: "rules-adoption", title: "Adoption du règlement de fonctionnement", minutes: 20, subjectId: rulesId },
      { kind: "budget-adoption", title: "Budget de l’année", minutes: 15, subjectId: budgetId },
      { kind: "expense-validation", title: "Journée annuelle : salle et accueil", minutes: 15, subjectId: expenseId },
      { kind: "orientation", title: "Thème de la journée annuelle", minutes: 20 },
      { kind: "action-plan", title: "Plan de l’année écoulée, repris du papier", minutes: 5, subjectId: plans.lastId },
      { kind: "action-plan", title: "Plan d’actions de l’année", minutes: 20, subjectId: plans.currentId },
      { kind: "action-plan", title: "Protocole d’évaluation", minutes: 10, subjectId: plans.protocolId },
    ],
  });
  for (const place of ["blain", "bouvron", "fay-de-bretagne", "departement"] as const) {
    await reply(stage, meetingId, place, { choice: "present" });
  }
  const present = [
    "blain",
    "bouvron",
    "la-chevallerais",
    "fay-de-bretagne",
    "notre-dame-des-landes",
    "departement",
  ] as const;
  await open(stage, meetingId, at(date, "18:32"));
  for (const place of present) await note(stage, meetingId, place, "arrival");
  await takeUp(stage, meetingId, "information");
  const rulesItem = await takeUp(stage, meetingId, "rules-adoption");
  await vote(stage, meetingId, rulesItem, "Adopter le règlement de fonctionnement du comité", unanimous(...present));
  const budgetItem = await takeUp(stage, meetingId, "budget-adoption");
  await vote(stage, meetingId, budgetItem, "Adopter le budget de l’année", unanimous(...present));
  const expenseItem = await takeUp(stage, meetingId, "expense-validation");
  await vote(stage, meetingId, expenseItem, "Valider la dépense : journée annuelle, salle et accueil", {
    ...unanimous(...present),
    "la-chevallerais": "abstain",
  });
  const themeItem = await takeUp(stage, meetingId, "orientation");
  await vote(stage, meetingId, themeItem, "Retenir le thème « Rompre l’isolement »", unanimous(...present));
  for (const [title, question] of [
    ["repris du papier", "Prendre acte du plan de l’année écoulée"],
    ["actions de l’année", `Adopter le plan d’actions ${plans.year} et sa règle de relecture`],
    ["Protocole", "Adopter le protocole d’évaluation"],
  ] as const)
    await vote(stage, meetingId, await takeUp(stage, meetingId, "action-plan", title), question, unanimous(...present));
  stage.clock.passMinutes(10);
  await close(stage, meetingId);
  must(await enactRules(await asSecretary(stage), { rulesId, effectiveFrom: date }));
  stage.clock.moveTo(at(addDays(date, 5), "10:00"));
  await writeMinutes(stage, meetingId, {
    "Bilan de l’année":
      "Le secrétariat rappelle les **trois groupes de travail** de l’année et la fréquentation de la dernière journée.",
    "règlement de fonctionnement":
      "Le comité reprend par analogie les règles du Code de l’action sociale et des familles pour le quorum, la majorité et les pouvoirs.",
    "salle et accueil":
      "Le CCAS de La Chevallerais demande si une salle communale aurait suffi ; la jauge ne le permet pas.",
    "Thème de la journée":
      "Deux thèmes sont proposés. L’isolement des aînés et des familles monoparentales réunit les membres.",
  });
  must(await submitMinutes(await asSecretary(stage), meetingId, ""));
  earlier = meetingId;
}

/** A withdrawal for a conflict of interest, a proxy, an official who attends from home. */
async function tellSecondMeeting(stage: Stage, date: PlainDate): Promise<void> {
  stage.clock.moveTo(at(addDays(date, -20), "14:00"));
  const expenseId = await request(
    stage,
    "fay-de-bretagne",
    {
      ...{ object: "Impression du guide « Qui peut m’aider ? »", supplier: "Imprimerie coopérative", cents: 64_280 },
      why: "Deux mille exemplaires, répartis entre les six communes.",
    },
    "inter-ccas",
  );
  const first = earlier;
  const year = yearOf(date) - 1;
  const gridId = await draftGrid(stage);
  const meetingId = await conveneFor(stage, {
    ...{ date, title: "Comité de pilotage" },
    items: [
      { kind: "expense-validation", title: "Impression du guide des aides", minutes: 15, subjectId: expenseId },
      { kind: "other", title: `Temps de travail de l’année ${year}`, minutes: 10 },
      { kind: "dictionary-adoption", title: "Grille commune d’activité des CCAS", minutes: 30, subjectId: gridId },
    ],
  });
  await reply(stage, meetingId, "blain", { choice: "present" });
  await reply(stage, meetingId, "bouvron", { choice: "present" });
  await reply(stage, meetingId, "departement", { choice: "remote" });
  await reply(stage, meetingId, "le-gavre", {
    choice: "absent-with-proxy",
    holderSeatId: pick(stage.seats, "bouvron"),
  });
  stage.clock.moveTo(at(date, "18:20"));
  await open(stage, meetingId, at(date, "18:30"));
  for (const place of ["blain", "bouvron", "fay-de-bretagne"] as const) await note(stage, meetingId, place, "arrival");
  await note(stage, meetingId, "departement", "arrival", { mode: "remote" });
  must(
    await recordProxy(await asSecretary(stage), meetingId, {
      ...{ cle: stage.clock.newId(), source: "reply" },
      ...{ mandant: pick(stage.seats, "le-gavre"), mandataire: pick(stage.seats, "bouvron") },
    }),
  );
  stage.clock.passMinutes(5);
  await note(stage, meetingId, "notre-dame-des-landes", "arrival");
  const attending = ["blain", "bouvron", "fay-de-bretagne", "notre-dame-des-landes", "departement"] as const;
  await approveEarlier(stage, meetingId, unanimous(...attending, "le-gavre"));
  const itemId = await takeUp(stage, meetingId, "expense-validation");
  await note(stage, meetingId, "notre-dame-des-landes", "withdrawal", { itemId });
  await vote(stage, meetingId, itemId, "Valider la dépense : impression du guide des aides", {
    ...unanimous("blain", "bouvron", "fay-de-bretagne", "departement", "le-gavre"),
  });
  await note(stage, meetingId, "notre-dame-des-landes", "return", { itemId });
  const timeItem = await takeUp(stage, meetingId, "other");
  await vote(stage, meetingId, timeItem, approvalQuestion(year), unanimous(...attending, "le-gavre"));
  const gridItem = await takeUp(stage, meetingId, "dictionary-adoption");
  stage.clock.passMinutes(25);
  await vote(stage, meetingId, gridItem, "Adopter la grille commune d’activité", unanimous(...attending, "le-gavre"));
  await close(stage, meetingId);
  if (first) await signAndPublish(stage, first, date);
  stage.clock.moveTo(at(addDays(date, 6), "10:00"));
  await writeMinutes(stage, meetingId, {
    "guide des aides":
      "Le devis est le moins élevé des trois reçus. L’élu·e de Notre-Dame-des-Landes, proche de l’imprimeur, se retire.",
    "Temps de travail":
      "Le secrétariat présente les heures par fonction et par axe ; leur coût, valorisé, n’est pas appelé.",
    "Grille commune":
      "Les agents présentent la grille. Le comité l’adopte et demande que **rien ne permette de reconnaître une personne**.",
  });
  must(await submitMinutes(await asSecretary(stage), meetingId, ""));
  earlier = meetingId;
}

/** Three seats of seven: the committee is not in number, nothing is decided. */
async function tellFailedMeeting(stage: Stage, date: PlainDate): Promise<MeetingId> {
  stage.clock.moveTo(at(addDays(date, -20), "14:00"));
  const expenseId = await request(
    stage,
    "bouvron",
    {
      ...{
        object: "Intervention d’une sociologue pour l’observation sociale",
        supplier: "Bureau d’études associatif",
        cents: 90_000,
      },
      why: "Deux demi-journées : choisir les indicateurs, lire les données.",
    },
    "observation-sociale",
  );
  const meetingId = await conveneFor(stage, {
    ...{ date, title: "Comité de pilotage" },
    items: [
      { kind: "expense-validation", title: "Intervention d’une sociologue", minutes: 20, subjectId: expenseId },
      { kind: "information", title: "Préparation de la journée annuelle", minutes: 20 },
    ],
  });
  await reply(stage, meetingId, "blain", { choice: "present" });
  await reply(stage, meetingId, "la-chevallerais", { choice: "absent" });
  await reply(stage, meetingId, "le-gavre", { choice: "absent" });
  await open(stage, meetingId, at(date, "18:30"));
  for (const place of ["blain", "bouvron", "departement"] as const) await note(stage, meetingId, place, "arrival");
  stage.clock.passMinutes(30);
  await close(stage, meetingId);
  stage.clock.moveTo(at(addDays(date, 1), "10:00"));
  await writeMinutes(stage, meetingId, {
    ouverture: "Après une demi-heure d’attente, la présidence constate que le quorum n’est pas réuni.",
  });
  must(await submitMinutes(await asSecretary(stage), meetingId, ""));
  return meetingId;
}

/** The second convening, with the same agenda, decides whatever the number present. */
async function tellSecondConvening(stage: Stage, failed: MeetingId, date: PlainDate): Promise<void> {
  const { clock } = stage;
  clock.moveTo(at(addDays(date, -8), "09:30"));
  const first = earlier;
  const { meetingId } = must(
    await prepareSecondConvening(await asSecretary(stage), failed, {
      ...{ cle: clock.newId(), startsAt: at(date, "18:30"), place: PLACE },
      remoteLink: "https://visio.example.org/reseau-des-acteurs-sociaux",
    }),
  );
  await convene(stage, meetingId);
  await open(stage, meetingId, at(date, "18:31"));
  for (const place of ["blain", "bouvron", "notre-dame-des-landes"] as const)
    await note(stage, meetingId, place, "arrival");
  const agenda = await listAgenda(stage.db, stage.networkId, meetingId);
  const approvals = agenda.filter(({ kind }) => kind === "minutes-approval");
  const voters = unanimous("blain", "bouvron", "notre-dame-des-landes");
  if (approvals.length > 0) await approveEarlier(stage, meetingId, voters);
  const itemId = await takeUp(stage, meetingId, "expense-validation");
  await vote(stage, meetingId, itemId, "Valider la dépense : intervention d’une sociologue", voters);
  await takeUp(stage, meetingId, "information");
  clock.passMinutes(15);
  await close(stage, meetingId);
  if (first && approvals.some(({ subjectId }) => subjectId === first)) await signAndPublish(stage, first, date);
  clock.moveTo(at(addDays(date, 4), "10:00"));
  await writeMinutes(stage, meetingId, {
    sociologue: "La dépense reste dans le budget de l’année.",
    "journée annuelle": "Les six CCAS tiennent un stand. L’accueil ouvre à 9 h.",
  });
  must(await submitMinutes(await asSecretary(stage), meetingId, ""));
  earlier = meetingId;
}

/** Three for, three against: the voice of the chair settles it. Its minutes are open to corrections. */
async function tellTie(stage: Stage, failed: MeetingId, date: PlainDate, publicUrl: string): Promise<void> {
  stage.clock.moveTo(at(addDays(date, -20), "14:00"));
  const expenseId = await request(stage, "la-chevallerais", {
    ...{ object: "Spectacle de clôture de la journée annuelle", supplier: "Compagnie de théâtre-forum", cents: 75_000 },
    why: "Une représentation d’une heure, suivie d’un échange avec la salle.",
  });
  const meetingId = await conveneFor(stage, {
    ...{ date, title: "Comité de pilotage" },
    items: [
      { kind: "expense-validation", title: "Spectacle de la journée annuelle", minutes: 20, subjectId: expenseId },
      { kind: "discussion", title: "Répartition des dépenses de l’année", minutes: 20 },
    ],
  });
  for (const place of ["blain", "bouvron", "la-chevallerais", "le-gavre"] as const) {
    await reply(stage, meetingId, place, { choice: "present" });
  }
  await open(stage, meetingId, at(date, "18:30"));
  const ccas = ["blain", "bouvron", "la-chevallerais", "fay-de-bretagne", "le-gavre", "notre-dame-des-landes"] as const;
  for (const place of ccas) await note(stage, meetingId, place, "arrival");
  const agenda = await listAgenda(stage.db, stage.networkId, meetingId);
  for (const { id, title } of agenda.filter(({ kind }) => kind === "minutes-approval")) {
    stage.clock.passMinutes(3);
    must(await takeUpItem(await asSecretary(stage), { cle: stage.clock.newId(), meetingId, itemId: id }));
    if (await isReadyForVote(stage, agenda, id)) await vote(stage, meetingId, id, title, unanimous(...ccas));
  }
  const itemId = await takeUp(stage, meetingId, "expense-validation");
  await vote(stage, meetingId, itemId, "Valider la dépense : spectacle de la journée annuelle", {
    ...{ blain: "for", "la-chevallerais": "for", "le-gavre": "for" },
    ...{ bouvron: "against", "fay-de-bretagne": "against", "notre-dame-des-landes": "against" },
  });
  await takeUp(stage, meetingId, "discussion");
  stage.clock.passMinutes(20);
  await close(stage, meetingId);
  for (const adopted of [failed, earlier]) if (adopted) await signAndPublish(stage, adopted, date);
  stage.clock.moveTo(at(addDays(date, 6), "10:00"));
  await writeMinutes(stage, meetingId, {
    Spectacle:
      "Trois membres souhaitent garder la somme pour l’observation sociale ; trois tiennent à ce temps de rencontre.",
    Répartition: "Le secrétariat présente le calcul au prorata de la population municipale.",
  });
  must(await submitMinutes(await asSecretary(stage), meetingId, `${publicUrl}/reseaux/blain/proces-verbaux`));
  stage.clock.moveTo(at(addDays(date, 8), "20:10"));
  const minutes = await recordOf(stage, meetingId);
  const discussed = minutes.facts.items.find(({ title }) => title.includes("Répartition"));
  if (discussed) {
    must(
      await requestCorrection(await asTitular(stage, "bouvron"), meetingId, {
        ...{ id: stage.clock.newId(), blockKey: `item/${discussed.id}/discussion` },
        proposedMarkdown:
          "Le secrétariat présente le calcul au prorata de la population municipale, millésime en vigueur au 1er janvier.",
        comment: "Le millésime a été précisé en séance.",
      }),
    );
  }
}

async function isReadyForVote(
  stage: Stage,
  agenda: Awaited<ReturnType<typeof listAgenda>>,
  itemId: string,
): Promise<boolean> {
  const subjectId = agenda.find(({ id }) => id === itemId)?.subjectId;
  const minutes = subjectId ? await loadMinutes(stage.db, stage.networkId, subjectId) : null;
  return minutes?.state === "in-review" && minutes.pendingCorrections === 0;
}

/** Convened yesterday for the week after next: replies come in, an expense waits for its vote. */
async function tellUpcoming(
  stage: Stage,
  { today, now }: { readonly today: PlainDate; readonly now: Date },
): Promise<void> {
  const date = workday(addDays(today, 12));
  stage.clock.moveTo(at(addDays(today, -6), "14:00"));
  const expenseId = await request(stage, "bouvron", {
    ...{
      object: "Conférence et ateliers sur l’accès aux droits",
      supplier: "Association d’éducation populaire",
      cents: 82_650,
    },
    why: "Une conférence le matin, trois ateliers l’après-midi. **Devis joint au dossier** ; la part de chaque CCAS suit la population.",
  });
  await request(
    stage,
    "notre-dame-des-landes",
    {
      ...{ object: "Abonnement à un outil de cartographie", supplier: "Coopérative du libre", cents: 24_000 },
      why: "Pour l’observation sociale, un an.",
    },
    "observation-sociale",
  );
  stage.clock.moveTo(at(addDays(today, -4), "10:00"));
  const { meetingId } = must(
    await planMeeting(await asSecretary(stage), {
      ...{ cle: stage.clock.newId(), title: "Comité de pilotage", startsAt: at(date, "18:30"), place: PLACE },
      remoteLink: "https://visio.example.org/reseau-des-acteurs-sociaux",
    }),
  );
  await addItem(stage, meetingId, {
    ...{ kind: "expense-validation", title: "Conférence sur l’accès aux droits", minutes: 20, subjectId: expenseId },
  });
  await addItem(stage, meetingId, { kind: "discussion", title: "Calendrier de l’année prochaine", minutes: 15 });
  must(
    await proposeItem(await asTitular(stage, "bouvron"), meetingId, {
      ...{ cle: stage.clock.newId(), title: "Permanences d’accès au numérique" },
      descriptionMd: "Mutualiser les permanences entre Bouvron et Fay-de-Bretagne.",
    }),
  );
  stage.clock.moveTo(at(addDays(today, -1), "09:00"));
  await convene(stage, meetingId);
  stage.clock.moveTo(at(addDays(today, -1), "21:00"));
  for (const place of ["blain", "fay-de-bretagne"] as const)
    await reply(stage, meetingId, place, { choice: "present" });
  await reply(stage, meetingId, "departement", { choice: "remote" });
  await reply(stage, meetingId, "le-gavre", { choice: "absent" });
  stage.clock.moveTo(parisLocalAt(now));
}
