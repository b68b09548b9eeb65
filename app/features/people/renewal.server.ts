import { planRenewal, type RenewalPlan, type RenewalRefusal, type SeatRenewal } from "~/domain/committee/renewal";
import { findHolders, type Designee, type SeatRole } from "~/domain/committee/seats";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { MandateId, PersonId, SeatId } from "~/domain/kernel/ids";
import { addDays } from "~/domain/kernel/plain-date";
import { listMandates, listSeats, type NamedMandate } from "~/services/committee-record.server";
import { writeTransaction, type Db, type Trx } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { sha256Hex } from "~/services/tokens.server";
import type { PersonChoice, RenewalInput, RenewedRole } from "./form";
import { writeMandate, writeMandateEnd } from "./mandates.server";
import { findChosenPerson, obtainPerson, type PersonRefusal } from "./persons.server";

export type RenewCommitteeRefusal =
  | RenewalRefusal
  | (PersonRefusal & { readonly seatId: SeatId })
  | { readonly kind: "nobody-to-keep"; readonly seatId: SeatId; readonly role: SeatRole }
  | { readonly kind: "plan-changed" };

export type RenewalPreview = {
  readonly plan: RenewalPlan;
  /** Tells whether the plan that is confirmed is the one that was read. */
  readonly fingerprint: string;
  readonly seatLabels: ReadonlyMap<SeatId, string>;
  readonly personNames: ReadonlyMap<PersonId, string>;
  readonly ended: ReadonlyMap<MandateId, NamedMandate>;
  /** Who will be entered, under the identity that the plan gives them until then. */
  readonly newcomers: ReadonlyMap<PersonId, PersonChoice>;
};

/** What the renewal would end and start. Nothing is written. */
export async function previewRenewal(
  { db, networkId }: Pick<CommandContext, "networkId"> & { readonly db: Db | Trx },
  input: RenewalInput,
): Promise<Decision<RenewalPreview, RenewCommitteeRefusal>> {
  const [seats, mandates] = [await listSeats(db, networkId), await listMandates(db, networkId)];
  const personNames = new Map(mandates.map(({ personId, displayName }) => [personId, displayName]));
  const newcomers = new Map<PersonId, PersonChoice>();
  const renewals: SeatRenewal[] = [];
  for (const given of input.seats) {
    if (given.titular.choice === "unchanged") continue;
    const seatId = given.seatId as SeatId;
    const holders = findHolders(seatId, mandates, addDays(input.date, -1));
    const named: Record<SeatRole, Designee | null> = { titular: null, substitute: null };
    for (const role of ["titular", "substitute"] as const) {
      const designee = await readDesignee({ db, networkId, newcomers, personNames }, given[role], holders[role]);
      if (!designee.ok) return refuse({ ...designee.refusal, seatId, role });
      named[role] = designee.value;
    }
    renewals.push({ seatId, ...named });
  }
  const plan = planRenewal({ date: input.date, seats, mandates, renewals });
  if (!plan.ok) return plan;
  const endedIds = new Set(plan.value.ends.map(({ mandateId }) => mandateId));
  return grant({
    plan: plan.value,
    fingerprint: sha256Hex(JSON.stringify([plan.value.ends, plan.value.starts])),
    seatLabels: new Map(seats.map(({ id, label }) => [id, label])),
    personNames,
    ended: new Map(mandates.filter(({ id }) => endedIds.has(id)).map((mandate) => [mandate.id, mandate])),
    newcomers,
  });
}

type Reading = {
  readonly db: Db | Trx;
  readonly networkId: CommandContext["networkId"];
  readonly newcomers: Map<PersonId, PersonChoice>;
  readonly personNames: Map<PersonId, string>;
};

async function readDesignee(
  { db, networkId, newcomers, personNames }: Reading,
  given: RenewedRole,
  holder: { readonly personId: PersonId } | null,
): Promise<Decision<Designee | null, PersonRefusal | { readonly kind: "nobody-to-keep" }>> {
  const { isMunicipalOfficial, isInChargeOfSocialAffairs } = given;
  if (given.choice === "other") {
    const found = await findChosenPerson(db, networkId, given.person);
    if (!found.ok) return found;
    const personId = found.value.personId ?? provisionalIdOf(given.person);
    if (found.value.personId === null) newcomers.set(personId, given.person);
    personNames.set(personId, found.value.displayName);
    return grant({ personId, isMunicipalOfficial, isInChargeOfSocialAffairs });
  }
  if (given.choice !== "keep") return grant(null);
  if (!holder) return refuse({ kind: "nobody-to-keep" });
  return grant({ personId: holder.personId, isMunicipalOfficial, isInChargeOfSocialAffairs });
}

/** Two places given to one new address are given to one person, which the plan refuses. */
function provisionalIdOf(choice: PersonChoice): PersonId {
  return `new:${choice.kind === "new" ? choice.email : choice.personId}` as PersonId;
}

/** Renews the committee as planned: one transaction, one act for each mandate that ends or starts. Confirmed twice, it happens once. */
export async function renewCommittee(
  context: CommandContext,
  input: RenewalInput,
): Promise<Decision<{ readonly ended: number; readonly started: number }, RenewCommitteeRefusal>> {
  const { clock, networkId } = context;
  return writeTransaction(context.db, async (trx) => {
    const done = await trx
      .selectFrom("mandate")
      .select("id")
      .where("networkId", "=", networkId)
      .where("id", "=", `${input.cle}-m1`)
      .execute();
    if (done.length > 0) return grant({ ended: 0, started: done.length });
    const preview = await previewRenewal({ db: trx, networkId }, input);
    if (!preview.ok) return preview;
    const { plan, fingerprint, ended, newcomers } = preview.value;
    if (fingerprint !== input.plan) return refuse({ kind: "plan-changed" } as const);
    for (const { mandateId, endsOn } of plan.ends) {
      const mandate = ended.get(mandateId);
      if (mandate) await writeMandateEnd(trx, context, { ...mandate, endsOn });
    }
    const entered = new Map<PersonId, PersonId>();
    for (const [provisional, choice] of newcomers) {
      const person = await obtainPerson(trx, clock, networkId, choice);
      if (!person.ok) throw new Error("A newcomer of the plan could not be entered");
      entered.set(provisional, person.value);
    }
    const basisOf = new Map(input.seats.map(({ seatId, basis }) => [seatId, basis]));
    for (const [index, start] of plan.starts.entries()) {
      await writeMandate(trx, context, {
        mandateId: `${input.cle}-m${index + 1}` as MandateId,
        designation: { ...start, personId: entered.get(start.personId) ?? start.personId },
        basis: basisOf.get(start.seatId) ?? "",
      });
    }
    return grant({ ended: plan.ends.length, started: plan.starts.length });
  });
}
