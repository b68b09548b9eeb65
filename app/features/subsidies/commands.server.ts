import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { Cents } from "~/domain/kernel/money";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { composeFunderAnswer } from "~/documents/subsidies";
import type { ActKind } from "~/domain/register/act-kinds";
import type { JsonValue } from "~/domain/register/canonical";
import {
  answerSubsidy,
  informDepartment,
  paySubsidy,
  type AnswerRefusal,
  type InformRefusal,
  type PaymentRefusal,
} from "~/domain/subsidy/subsidy";
import { today } from "~/services/clock.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { enqueueMails } from "~/services/mail.server";
import { recordAct } from "~/services/register.server";
import type { AnswerInput, PaymentInput, RequestSubsidyInput } from "./form";
import type { RequestRefusal } from "./refusals";
import { findSubsidy, listDepartmentPeople, type RecordedSubsidy } from "./queries.server";

const record = (trx: Trx, { clock, networkId, actor }: CommandContext, kind: ActKind, payload: JsonValue) =>
  recordAct(trx, clock, actingPerson(actor), { networkId, kind, payload });

/** A request to a funder. Sent twice with the same key, it is noted once. */
export async function requestSubsidy(
  context: CommandContext,
  input: RequestSubsidyInput,
): Promise<Decision<{ readonly subsidyId: string }, RequestRefusal>> {
  const { db, clock, networkId, actor } = context;
  if (input.requestedOn > today(clock)) return refuse("requested-in-the-future");
  return writeTransaction(db, async (trx) => {
    if (await findSubsidy(trx, networkId, input.cle)) return grant({ subsidyId: input.cle });
    const { cle: id, year, funder, funderSiret, object, requested, requestedOn, nature, conditions } = input;
    const facts = { id, year, funder, funderSiret, object, requestedCents: requested, requestedOn, nature, conditions };
    await trx
      .insertInto("subsidy")
      .values({
        ...facts,
        ...{ networkId, status: "requested", grantedCents: null, answeredOn: null, agreementReference: null },
        ...{ paidCents: null, paidOn: null, paymentReference: null, informedOn: null, revision: 1 },
        isCofunding: input.isCofunding ? (1 as const) : (0 as const),
        ...{ createdBy: actor.personId, createdAt: clock.now().toISOString() },
      })
      .execute();
    await record(trx, context, "subsidy-requested", { ...facts, isCofunding: input.isCofunding });
    return grant({ subsidyId: id });
  });
}

type Change = {
  readonly status?: string;
  readonly grantedCents?: number;
  readonly answeredOn?: string;
  readonly agreementReference?: string;
  readonly paidCents?: number;
  readonly paidOn?: string;
  readonly paymentReference?: string;
  readonly informedOn?: string;
};

/** Loads, decides, writes the change and its act, as one. */
function changeSubsidy<Refusal>(
  context: CommandContext,
  subsidyId: string,
  kind: ActKind,
  decide: (subsidy: RecordedSubsidy) => Decision<Change, Refusal>,
  after?: (trx: Trx, subsidy: RecordedSubsidy) => Promise<void>,
): Promise<Decision<null, Refusal | "subsidy-unknown">> {
  const { db, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const subsidy = await findSubsidy(trx, networkId, subsidyId);
    if (!subsidy) return refuse("subsidy-unknown" as const);
    const decision = decide(subsidy);
    if (!decision.ok) return decision;
    await writeChange(trx, context, { subsidyId, kind, change: decision.value });
    await after?.(trx, subsidy);
    return grant(null);
  });
}

type WrittenChange = { readonly subsidyId: string; readonly kind: ActKind; readonly change: Change };

async function writeChange(trx: Trx, context: CommandContext, { subsidyId, kind, change }: WrittenChange) {
  await trx
    .updateTable("subsidy")
    .set(({ eb }) => ({ ...change, revision: eb("revision", "+", 1) }))
    .where("networkId", "=", context.networkId)
    .where("id", "=", subsidyId)
    .execute();
  await record(trx, context, kind, { subsidyId, ...change });
}

/** Notes the answer; that of another funder is mailed at once to whoever sits for the Département, and noted as told. */
export function recordAnswer(
  context: CommandContext,
  subsidyId: string,
  input: AnswerInput,
): Promise<Decision<null, AnswerRefusal | "subsidy-unknown">> {
  const { answer, on, granted, reference } = input;
  const decide = (subsidy: RecordedSubsidy): Decision<Change, AnswerRefusal> => {
    const given =
      answer === "agreed" ? ({ kind: answer, on, granted, reference } as const) : ({ kind: answer, on } as const);
    const decision = answerSubsidy(subsidy, given, today(context.clock));
    if (!decision.ok) return decision;
    return grant({
      ...{ status: decision.value, answeredOn: on },
      ...(given.kind === "agreed" ? { grantedCents: granted, agreementReference: reference } : {}),
    });
  };
  return changeSubsidy(context, subsidyId, "subsidy-answered", decide, async (trx, subsidy) => {
    if (subsidy.isCofunding)
      await informByMail(trx, context, subsidy, { on, granted: answer === "agreed" ? granted : null });
  });
}

async function informByMail(
  trx: Trx,
  context: CommandContext,
  { id, funder, object, requested }: RecordedSubsidy,
  answer: { readonly on: PlainDate; readonly granted: Cents | null },
): Promise<void> {
  const { clock, networkId } = context;
  const day = today(clock);
  const people = await listDepartmentPeople(trx, networkId, day);
  if (people.length === 0) return;
  const network = await trx.selectFrom("network").select("name").where("id", "=", networkId).executeTakeFirstOrThrow();
  const mail = composeFunderAnswer({ networkName: network.name, funder, object, requested, ...answer });
  await enqueueMails(
    trx,
    clock,
    people.map(({ id: personId, email }) => ({ networkId, personId, kind: "information", to: email, ...mail })),
  );
  await writeChange(trx, context, { subsidyId: id, kind: "subsidy-informed", change: { informedOn: day } });
}

export function recordPayment(
  context: CommandContext,
  subsidyId: string,
  { on, paid, reference }: PaymentInput,
): Promise<Decision<null, PaymentRefusal | "subsidy-unknown">> {
  return changeSubsidy(context, subsidyId, "subsidy-paid", (subsidy) => {
    const decision = paySubsidy(subsidy, { on, paid, reference }, today(context.clock));
    if (!decision.ok) return decision;
    return grant({ status: decision.value, paidCents: paid, paidOn: on, paymentReference: reference });
  });
}

export function recordInformation(
  context: CommandContext,
  subsidyId: string,
  on: PlainDate,
): Promise<Decision<null, InformRefusal | "subsidy-unknown">> {
  return changeSubsidy(context, subsidyId, "subsidy-informed", (subsidy) => {
    const decision = informDepartment(subsidy, on, today(context.clock));
    return decision.ok ? grant({ informedOn: decision.value }) : decision;
  });
}
