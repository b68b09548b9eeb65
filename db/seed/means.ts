import type { ExpenseAxis } from "../../app/domain/expense/expense";
import { DEFAULT_NOTICE_DAYS, type ResourceKind } from "../../app/domain/in-kind/booking";
import { toCents } from "../../app/domain/kernel/money";
import { dateOf, localDateTime, parisLocalAt, toPlainTime } from "../../app/domain/kernel/paris-time";
import { addDays, yearOf, type PlainDate } from "../../app/domain/kernel/plain-date";
import { answerRequest, bookResource, offerResource } from "../../app/features/in-kind/commands.server";
import { approveYear, contestTime, recordTime } from "../../app/features/staff-time/commands.server";
import { recordAnswer, recordPayment, requestSubsidy } from "../../app/features/subsidies/commands.server";
import { LEAD, ORGANIZATIONS, type PlaceKey } from "./blain";
import { actAs, must, type Stage } from "./story";

const secretary = (stage: Stage) => actAs(stage.db, stage.clock, stage.networkId, stage.secretaryId);

function titular(stage: Stage, place: PlaceKey) {
  const personId = stage.titulars.get(place);
  if (!personId) throw new Error(`No titular for ${place}`);
  return actAs(stage.db, stage.clock, stage.networkId, personId);
}

/** The question under which the committee approves the staff time of a year. */
export const approvalQuestion = (year: number) => `Approuver l’état du temps de travail ${year}`;

/** Staff time, what is lent and what is asked of funders, up to `now`. Hourly costs, values and references are invented. */
export async function tellMeans(stage: Stage, now: Date): Promise<void> {
  const today = dateOf(parisLocalAt(now));
  await tellFormerStaffTime(stage);
  await tellStaffTime(stage, today);
  await tellInKind(stage, today);
  await tellSubsidies(stage, today);
  stage.clock.moveTo(parisLocalAt(now));
}

type Worked = { readonly staffFunction: string; readonly axis: ExpenseAxis; readonly hours: number };

const HOURLY: Readonly<Record<string, number>> = {
  "Animation du réseau": 2_940,
  "Secrétariat du réseau": 2_610,
  "Suivi comptable": 2_780,
};

async function record(stage: Stage, year: number, { staffFunction, axis, hours }: Worked): Promise<string> {
  const cle = stage.clock.newId();
  must(
    await recordTime(await secretary(stage), {
      ...{ cle, year, staffFunction, axis, minutes: hours * 60, hourlyCost: toCents(HOURLY[staffFunction] ?? 0) },
      basis: `Coût chargé moyen ${year} de la fonction, CCAS de Blain`,
    }),
  );
  return cle;
}

/** The year before the vote that the committee took on it: recorded, then approved by that vote. */
async function tellFormerStaffTime(stage: Stage): Promise<void> {
  const { clock, db, networkId } = stage;
  const poll = await db
    .selectFrom("poll")
    .innerJoin("pollResult", "pollResult.pollId", "poll.id")
    .select(["poll.id", "poll.title", "pollResult.closedAt"])
    .where("poll.networkId", "=", networkId)
    .where("poll.title", "like", `${approvalQuestion(2).slice(0, -1)}%`)
    .executeTakeFirstOrThrow();
  const decidedOn = dateOf(parisLocalAt(new Date(poll.closedAt)));
  const year = yearOf(decidedOn) - 1;
  clock.moveTo(localDateTime(addDays(decidedOn, -21), toPlainTime("09:30")));
  for (const line of [
    { staffFunction: "Animation du réseau", axis: "inter-ccas", hours: 34 },
    { staffFunction: "Animation du réseau", axis: "observation-sociale", hours: 12 },
    { staffFunction: "Secrétariat du réseau", axis: "commun", hours: 41 },
  ] as const)
    await record(stage, year, line);
  clock.moveTo(localDateTime(addDays(decidedOn, 2), toPlainTime("09:30")));
  must(await approveYear(await secretary(stage), { year, pollId: poll.id }));
}

/** The running year: one line is contested and waits for its own vote. */
async function tellStaffTime(stage: Stage, today: PlainDate): Promise<void> {
  const { clock } = stage;
  const recordedOn = addDays(today, -9);
  const year = yearOf(recordedOn);
  clock.moveTo(localDateTime(recordedOn, toPlainTime("16:00")));
  const lines: readonly Worked[] = [
    { staffFunction: "Animation du réseau", axis: "inter-ccas", hours: 58 },
    { staffFunction: "Animation du réseau", axis: "observation-sociale", hours: 37 },
    { staffFunction: "Secrétariat du réseau", axis: "commun", hours: 76 },
    { staffFunction: "Suivi comptable", axis: "commun", hours: 19 },
  ];
  const recorded = [];
  for (const line of lines) recorded.push(await record(stage, year, line));
  clock.moveTo(localDateTime(addDays(today, -5), toPlainTime("18:40")));
  const reason = "Une partie de ces heures suit le budget du CCAS de Blain, et non celui du réseau.";
  must(await contestTime(await titular(stage, "notre-dame-des-landes"), recorded.at(-1) ?? "", { reason }));
}

type Lent = {
  readonly place: PlaceKey;
  readonly kind: ResourceKind;
  readonly label: string;
  readonly unit: string;
  readonly cents: number | null;
  readonly basis: string;
};

const LENT = {
  room: {
    ...{ place: "blain", kind: "meeting-room", label: "Salle de réunion du pôle Solidarité" },
    ...{ unit: "demi-journée", cents: 4_500, basis: "Tarif public de la salle" },
  },
  hall: {
    ...{ place: "blain", kind: "reception-room", label: "Salle des fêtes" },
    ...{ unit: "jour", cents: 38_000, basis: "Tarif public de la salle" },
  },
  utilities: {
    ...{ place: "blain", kind: "utilities", label: "Eau, électricité, chauffage et téléphone" },
    ...{ unit: "jour", cents: 1_850, basis: "Coût moyen par jour des factures de l’année écoulée" },
  },
  projector: {
    ...{ place: "bouvron", kind: "equipment", label: "Vidéoprojecteur et écran" },
    ...{ unit: "jour", cents: 2_000, basis: "Tarif de location chez un prestataire" },
  },
  rural: {
    ...{ place: "fay-de-bretagne", kind: "meeting-room", label: "Salle du conseil" },
    ...{ unit: "demi-journée", cents: null, basis: "" },
  },
} as const satisfies Record<string, Lent>;

async function tellInKind(stage: Stage, today: PlainDate): Promise<void> {
  const { clock, db, networkId } = stage;
  const seats = await db
    .selectFrom("seat")
    .select(["organizationId", "label"])
    .where("networkId", "=", networkId)
    .execute();
  const ownerOf = (place: PlaceKey) =>
    seats.find(({ label }) => label === ORGANIZATIONS[place].name)?.organizationId ?? "";
  clock.moveTo(localDateTime(addDays(today, -260), toPlainTime("10:00")));
  const ids = new Map<string, string>();
  for (const [key, { place, kind, label, unit, cents, basis }] of Object.entries(LENT)) {
    const cle = clock.newId();
    const context = place === LEAD ? await secretary(stage) : await titular(stage, place);
    must(
      await offerResource(context, {
        ...{ cle, organizationId: ownerOf(place), kind, label, unit, valueBasis: basis, lentUntil: null },
        ...{ noticeDays: DEFAULT_NOTICE_DAYS, unitValue: cents === null ? null : toCents(cents) },
      }),
    );
    ids.set(key, cle);
  }
  const book = async (
    key: keyof typeof LENT,
    on: PlainDate,
    { askedOn, purpose, axis }: { readonly askedOn: PlainDate; readonly purpose: string; readonly axis: ExpenseAxis },
  ) => {
    clock.moveTo(localDateTime(askedOn, toPlainTime("11:00")));
    const cle = clock.newId();
    must(
      await bookResource(await titular(stage, "bouvron"), ids.get(key) ?? "", {
        ...{ cle, purpose, axis, meetingId: null, quantity: 1 },
        ...{ startsAt: localDateTime(on, toPlainTime("09:00")), endsAt: localDateTime(on, toPlainTime("17:00")) },
      }),
    );
    return cle;
  };
  const accept = async (booking: string, key: keyof typeof LENT, on: PlainDate) => {
    clock.moveTo(localDateTime(on, toPlainTime("15:00")));
    const context = LENT[key].place === LEAD ? await secretary(stage) : await titular(stage, LENT[key].place);
    must(await answerRequest(context, booking, { answer: "accept", reason: "" }));
  };
  const day = addDays(today, -150);
  const annual = { askedOn: addDays(day, -35), purpose: "Journée annuelle du réseau", axis: "commun" } as const;
  const booked = [];
  for (const key of ["hall", "utilities", "projector"] as const)
    booked.push([key, await book(key, day, annual)] as const);
  for (const [key, booking] of booked) await accept(booking, key, addDays(day, -33));
  const group = { purpose: "Groupe de travail sur la grille d’activité", axis: "observation-sociale" } as const;
  const workshop = addDays(today, -70);
  const earlier = await book("room", workshop, { ...group, askedOn: addDays(workshop, -20) });
  await accept(earlier, "room", addDays(workshop, -18));
  await book("room", addDays(today, 24), { ...group, askedOn: addDays(today, -3) });
}

/** The Department's yearly subsidy, paid; a fund that answered and of which the Department is told; a request that waits. */
async function tellSubsidies(stage: Stage, today: PlainDate): Promise<void> {
  const { clock } = stage;
  const on = (date: PlainDate) => clock.moveTo(localDateTime(date, toPlainTime("14:00")));
  const ask = async (
    requestedOn: PlainDate,
    rest: { funder: string; funderSiret: string | null; isCofunding: boolean; object: string; cents: number },
  ) => {
    const { cents, ...facts } = rest;
    on(requestedOn);
    const cle = clock.newId();
    must(
      await requestSubsidy(await secretary(stage), {
        ...{ cle, year: yearOf(requestedOn), requested: toCents(cents), requestedOn, nature: "cash" },
        ...{ conditions: "unique", ...facts },
      }),
    );
    return cle;
  };
  const agree = async (subsidy: string, date: PlainDate, cents: number) => {
    on(date);
    must(
      await recordAnswer(await secretary(stage), subsidy, {
        ...{ answer: "agreed", on: date, granted: toCents(cents), reference: `CONV-${date.slice(0, 7)}` },
      }),
    );
  };
  const department = await ask(addDays(today, -240), {
    ...{ funder: "Département de Loire-Atlantique", funderSiret: ORGANIZATIONS.departement.siret, isCofunding: false },
    ...{ object: "Soutien à la journée annuelle du réseau", cents: 150_000 },
  });
  await agree(department, addDays(today, -200), 120_000);
  const paidOn = addDays(today, -155);
  on(paidOn);
  must(
    await recordPayment(await secretary(stage), department, {
      ...{ on: paidOn, paid: toCents(120_000), reference: `VIR-${paidOn.slice(0, 7)}-014` },
    }),
  );
  const fund = await ask(addDays(today, -180), {
    ...{ funder: "Caisse de retraite complémentaire", funderSiret: null, isCofunding: true },
    ...{ object: "Rompre l’isolement : actions communes des six CCAS", cents: 200_000 },
  });
  await agree(fund, addDays(today, -100), 90_000);
  await ask(addDays(today, -40), {
    ...{ funder: "Fondation pour le lien social", funderSiret: null, isCofunding: true },
    ...{ object: "Observation sociale du bassin de vie", cents: 80_000 },
  });
}
