import { checkDesignation, type DesignationRefusal, type DesignationWarning } from "~/domain/committee/designation";
import { checkMandateEnd, type MandateEndRefusal } from "~/domain/committee/mandate-end";
import type { Designation } from "~/domain/committee/seats";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { MandateId, SeatId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { listMandates, listSeats } from "~/services/committee-record.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import type { DesignationInput } from "./form";
import { obtainPerson, type PersonRefusal } from "./persons.server";

export type RecordMandateRefusal = { readonly kind: DesignationRefusal } | PersonRefusal;

export type RecordedMandate = {
  readonly mandateId: MandateId;
  readonly seatId: SeatId;
  readonly warnings: readonly DesignationWarning[];
};

/** A refusal found halfway: what the transaction wrote before it must go. */
class Undone extends Error {
  constructor(readonly refusal: RecordMandateRefusal) {
    super("undone");
  }
}

/** Records a designation, entering the person if nobody has their address. Sent twice with the same key, it is recorded once. */
export async function recordMandate(
  context: CommandContext,
  input: DesignationInput,
): Promise<Decision<RecordedMandate, RecordMandateRefusal>> {
  const { db, clock, networkId } = context;
  const mandateId = input.cle as MandateId;
  try {
    return await writeTransaction(db, async (trx) => {
      const [seats, mandates] = [await listSeats(trx, networkId), await listMandates(trx, networkId)];
      const already = mandates.find(({ id }) => id === mandateId);
      if (already) return grant({ mandateId, seatId: already.seatId, warnings: [] });
      const person = await obtainPerson(trx, clock, networkId, input.person);
      if (!person.ok) return person;
      const checked = checkDesignation(seats, mandates, {
        seatId: input.seatId as SeatId,
        personId: person.value,
        role: input.role,
        startsOn: input.startsOn,
        endsOn: input.endsOn,
        isMunicipalOfficial: input.isMunicipalOfficial,
        isInChargeOfSocialAffairs: input.isInChargeOfSocialAffairs,
      });
      if (!checked.ok) throw new Undone({ kind: checked.refusal });
      const { designation, warnings } = checked.value;
      await writeMandate(trx, context, { mandateId, designation, basis: input.basis });
      return grant({ mandateId, seatId: designation.seatId, warnings });
    });
  } catch (fault) {
    if (fault instanceof Undone) return refuse(fault.refusal);
    throw fault;
  }
}

type NewMandate = { readonly mandateId: MandateId; readonly designation: Designation; readonly basis: string };

/** Writes a mandate and its act. The register keeps identifiers: names are read from the people of today. */
export async function writeMandate(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  { mandateId, designation, basis }: NewMandate,
): Promise<void> {
  const { seatId, personId, role, startsOn, endsOn, isMunicipalOfficial, isInChargeOfSocialAffairs } = designation;
  await trx
    .insertInto("mandate")
    .values({
      ...{ id: mandateId, networkId, seatId, personId, role, startsOn, endsOn, basis },
      isMunicipalOfficial: isMunicipalOfficial ? 1 : 0,
      inChargeOfSocialAffairs: isInChargeOfSocialAffairs ? 1 : 0,
      createdAt: clock.now().toISOString(),
    })
    .execute();
  await recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: "mandate-recorded",
    payload: {
      ...{ mandateId, seatId, personId, role, startsOn, endsOn, basis },
      ...{ isMunicipalOfficial, isInChargeOfSocialAffairs },
    },
  });
}

export type EndMandateRefusal = "mandate-unknown" | MandateEndRefusal;

/** Ends a mandate on its last day. Asked again for the same day, nothing more is recorded. */
export async function endMandate(
  context: CommandContext,
  { mandateId, endsOn }: { readonly mandateId: string; readonly endsOn: PlainDate },
): Promise<Decision<{ readonly seatId: SeatId }, EndMandateRefusal>> {
  return writeTransaction(context.db, async (trx) => {
    const mandate = (await listMandates(trx, context.networkId)).find(({ id }) => id === mandateId);
    if (!mandate) return refuse("mandate-unknown");
    if (mandate.endsOn === endsOn) return grant({ seatId: mandate.seatId });
    const checked = checkMandateEnd(mandate, endsOn);
    if (!checked.ok) return checked;
    await writeMandateEnd(trx, context, { ...mandate, endsOn });
    return grant({ seatId: mandate.seatId });
  });
}

type EndedMandate = Pick<Designation, "seatId" | "personId" | "role"> & {
  readonly id: MandateId;
  readonly endsOn: PlainDate;
};

export async function writeMandateEnd(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  { id: mandateId, seatId, personId, role, endsOn }: EndedMandate,
): Promise<void> {
  await trx
    .updateTable("mandate")
    .set({ endsOn })
    .where("networkId", "=", networkId)
    .where("id", "=", mandateId)
    .execute();
  await recordAct(trx, clock, actingPerson(actor), {
    networkId,
    kind: "mandate-ended",
    payload: { mandateId, seatId, personId, role, endsOn },
  });
}
