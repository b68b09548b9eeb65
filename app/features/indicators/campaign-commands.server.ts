import { checkOpening, isReminderDue } from "~/domain/indicator/submission";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { composeReminder } from "~/documents/indicator-mails";
import { today } from "~/services/clock.server";
import { listSeats } from "~/services/committee-record.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { listCampaigns, listDictionaries, dictionaryInForce } from "~/services/indicator-record.server";
import { enqueueMails } from "~/services/mail.server";
import { recordAct } from "~/services/register.server";
import { findCampaign, listContacts, listLastReminders } from "./queries.server";
import type { CampaignRefusal, ManageCampaignRefusal, RemindRefusal } from "./refusals";

/**
 * Opens the collection of a year under the grid in force: one submission for each CCAS that signs the agreement that day. The vintage of the
 * population is the last one in force that day that knows a commune of the network, and stays for that campaign.
 */
export async function openCampaign(
  { db, clock, networkId, actor }: CommandContext,
  { cle, year, deadline }: { readonly cle: string; readonly year: number; readonly deadline: PlainDate },
): Promise<Decision<{ readonly year: number }, CampaignRefusal>> {
  const day = today(clock);
  return writeTransaction(db, async (trx) => {
    const campaigns = await listCampaigns(trx, networkId);
    if (campaigns.some(({ id }) => id === cle)) return grant({ year });
    const dictionary = dictionaryInForce(await listDictionaries(trx, networkId));
    const existingYears = campaigns.map((campaign) => campaign.year);
    const opening = checkOpening({
      ...{ year, today: day, deadline, existingYears },
      isDictionaryAdopted: dictionary !== null,
    });
    if (!opening.ok) return opening;
    if (!dictionary) return refuse("dictionary-not-adopted");
    const seats = (await listSeats(trx, networkId)).filter(({ kind }) => kind === "signatory");
    const organizationIds = [...new Set(seats.map(({ organizationId }) => organizationId))];
    if (organizationIds.length === 0) return refuse("no-signatory");
    const at = clock.now().toISOString();
    const population = await findPopulation(trx, organizationIds, day);
    await trx
      .insertInto("campaign")
      .values({
        ...{ id: cle, networkId, year, dictionaryId: dictionary.id, populationDatasetId: population?.id ?? null },
        ...{ deadline, openedBy: actor.personId, openedAt: at, closedBy: null, closedAt: null },
      })
      .execute();
    await trx
      .insertInto("submission")
      .values(
        organizationIds.map((organizationId) => ({
          ...{ id: clock.newId(), networkId, campaignId: cle, organizationId, status: "draft", revision: 0 },
          ...{ updatedBy: null, updatedAt: null, createdAt: at },
        })),
      )
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "campaign-opened",
      payload: {
        ...{ campaignId: cle, year, deadline, dictionaryId: dictionary.id, version: dictionary.version },
        ...{ populationVintage: population?.vintage ?? null, organizations: organizationIds },
      },
    });
    return grant({ year });
  });
}

async function findPopulation(trx: Trx, organizationIds: readonly string[], day: PlainDate) {
  return trx
    .selectFrom("populationDataset")
    .innerJoin("population", "population.datasetId", "populationDataset.id")
    .innerJoin("organization", "organization.inseeCode", "population.communeCode")
    .select(["populationDataset.id", "populationDataset.vintage"])
    .where("organization.id", "in", organizationIds)
    .where("populationDataset.inForceOn", "<=", day)
    .orderBy("populationDataset.vintage", "desc")
    .orderBy("populationDataset.rowCount", "desc")
    .limit(1)
    .executeTakeFirst();
}

type Managed = Decision<null, ManageCampaignRefusal>;

export async function changeDeadline(context: CommandContext, year: number, deadline: PlainDate): Promise<Managed> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx): Promise<Managed> => {
    const campaign = await findOpen(trx, networkId, year);
    if (!campaign.ok) return campaign;
    if (deadline < today(clock)) return refuse("deadline-past");
    if (campaign.value.deadline === deadline) return grant(null);
    await trx
      .updateTable("campaign")
      .set({ deadline })
      .where("networkId", "=", networkId)
      .where("id", "=", campaign.value.id)
      .execute();
    await record(trx, context, "campaign-changed", { campaignId: campaign.value.id, year, deadline });
    return grant(null);
  });
}

/** Ends the collection: nothing is written any more, and only what was validated counts. */
export async function closeCampaign(context: CommandContext, year: number): Promise<Managed> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx): Promise<Managed> => {
    const campaign = await findOpen(trx, networkId, year);
    if (!campaign.ok) return campaign;
    const view = await findCampaign(trx, networkId, year);
    const validated = (view?.submissions ?? []).filter(({ state }) => state === "validated");
    await trx
      .updateTable("campaign")
      .set({ closedBy: actor.personId, closedAt: clock.now().toISOString() })
      .where("networkId", "=", networkId)
      .where("id", "=", campaign.value.id)
      .execute();
    const organizations = validated.map(({ organizationId }) => organizationId);
    await record(trx, context, "campaign-closed", { campaignId: campaign.value.id, year, organizations });
    return grant(null);
  });
}

/**
 * Writes to the agents of each CCAS whose submission still waits; to its officials where it has no agent. A CCAS already reminded the same day is left
 * alone, so a second click writes to nobody.
 */
export async function remindCampaign(
  context: CommandContext,
  year: number,
): Promise<Decision<{ readonly mails: number }, RemindRefusal>> {
  const { db, clock, networkId } = context;
  const { publicUrl } = getEnv();
  const day = today(clock);
  return writeTransaction(db, async (trx): Promise<Decision<{ readonly mails: number }, RemindRefusal>> => {
    const open = await findOpen(trx, networkId, year);
    if (!open.ok) return open;
    const view = await findCampaign(trx, networkId, year);
    const reminders = await listLastReminders(trx, networkId, open.value.id);
    const drafts = (view?.submissions ?? []).filter(({ state }) => state === "draft");
    const due = drafts.filter(({ id, state }) => isReminderDue(state, dayOf(reminders.get(id)), day));
    const contacts = await listContacts(
      trx,
      networkId,
      due.map(({ organizationId }) => organizationId),
      day,
    );
    if (contacts.length === 0) {
      const last = drafts
        .flatMap(({ id }) => reminders.get(id) ?? [])
        .toSorted()
        .at(-1);
      return last !== undefined && dayOf(last) === day
        ? refuse({ kind: "reminded-today", at: last })
        : refuse("nobody-to-remind");
    }
    const network = await trx
      .selectFrom("network")
      .select(["name", "slug"])
      .where("id", "=", networkId)
      .executeTakeFirstOrThrow();
    const subjects = new Map(due.map((each) => [each.organizationId as string, each]));
    const mails = contacts.flatMap(({ organizationId, personId, email }) => {
      const submission = subjects.get(organizationId);
      if (!submission) return [];
      const address = `${publicUrl}/reseaux/${network.slug}/recueil/${year}/${organizationId}`;
      const facts = {
        network: network.name,
        organization: submission.name,
        year,
        deadline: open.value.deadline,
        address,
      };
      return [
        { networkId, personId, kind: "reminder" as const, to: email, ...composeReminder({ ...facts, today: day }) },
      ];
    });
    await enqueueMails(trx, clock, mails);
    const organizations = [...new Set(contacts.map(({ organizationId }) => organizationId))];
    const reminded = due.filter(({ organizationId }) => organizations.includes(organizationId));
    await trx
      .insertInto("submissionEvent")
      .values(
        reminded.map(({ id }) => ({
          ...{ id: clock.newId(), networkId, submissionId: id, kind: "reminded", body: "", salt: null },
          ...{ recordedBy: context.actor.personId, recordedAt: clock.now().toISOString() },
        })),
      )
      .execute();
    await record(trx, context, "campaign-reminded", {
      ...{ campaignId: open.value.id, year, organizations, mailCount: mails.length },
    });
    return grant({ mails: mails.length });
  });
}

const dayOf = (at: string | undefined): PlainDate | null =>
  at === undefined ? null : dateOf(parisLocalAt(new Date(at)));

async function findOpen(trx: Trx, networkId: CommandContext["networkId"], year: number) {
  const campaign = (await listCampaigns(trx, networkId)).find((each) => each.year === year);
  if (!campaign) return refuse("unknown-campaign" as const);
  return campaign.closedAt === null ? grant(campaign) : refuse("campaign-closed" as const);
}

const record = (
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  kind: "campaign-changed" | "campaign-closed" | "campaign-reminded",
  payload: Parameters<typeof recordAct>[3]["payload"],
) => recordAct(trx, clock, actingPerson(actor), { networkId, kind, payload });
