import type { OrganizationId } from "~/domain/kernel/ids";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { openCampaign } from "~/features/indicators/campaign-commands.server";
import { openDictionary } from "~/features/indicators/dictionary-commands.server";
import { createCommittee, organizationOf, type Committee, type TownKey } from "../../support/database";

export type CampaignStage = Committee & {
  readonly dictionaryId: string;
  readonly target: (key: TownKey, year?: number) => { year: number; organizationId: OrganizationId };
};

/** Records that the committee adopted a version, as the feature that counts votes would. */
export async function adoptByVote({ db, networkId, clock, personOf }: Committee, subjectId: string): Promise<void> {
  const at = clock.now().toISOString();
  const id = `poll-${subjectId}`;
  const taken = await db.selectFrom("pollResult").select("pollId").where("networkId", "=", networkId).execute();
  await db
    .insertInto("poll")
    .values({
      ...{
        id,
        networkId,
        meetingId: null,
        agendaItemId: null,
        subject: "motion",
        subjectId,
        title: "Adopter la grille",
      },
      ...{ bodyMd: "", mode: "public", status: "open", openedBy: personOf("secretary"), openedAt: at },
      ...{ closesOn: null, closedAt: null, createdAt: at },
    } as never)
    .execute();
  await db
    .insertInto("pollResult")
    .values({
      ...{ pollId: id, networkId, outcome: "adopted", tally: "{}", entitled: "[]", quorum: "null", castingVote: null },
      ...{ sentence: "Adopté.", decisionYear: 2026, decisionNumber: taken.length + 1, closedAt: at },
    })
    .execute();
  await db.updateTable("poll").set({ status: "closed", closedAt: at }).where("id", "=", id).execute();
}

/** The grid voted and the campaign of 2025 open, with the populations of the six communes. */
export async function openStage(options: Parameters<typeof createCommittee>[0] = {}): Promise<CampaignStage> {
  const committee = await createCommittee(options);
  const { clock, contextOf, db, slug } = committee;
  if (!options.db) {
    const dataset = {
      ...{ id: "pop-2023", producer: "INSEE", title: "Populations 2023", vintage: 2023, inForceOn: "2026-01-01" },
      ...{ geographyOn: null, address: "", licence: "", retrievedOn: "2026-01-02", sha256: "0", rowCount: 6 },
    };
    await db
      .insertInto("populationDataset")
      .values({ ...dataset, importedAt: clock.now().toISOString() })
      .execute();
    await db
      .insertInto("population")
      .values(
        ["44015", "44023", "44221", "44056", "44062", "44111"].map((communeCode) => ({
          ...{ datasetId: "pop-2023", communeCode, label: communeCode, municipal: 2000, countedApart: 0, total: 2000 },
        })),
      )
      .execute();
  }
  const secretary = await contextOf("secretary");
  const opened = await openDictionary(secretary, `grid-${slug}`);
  if (!opened.ok) throw new Error("No grid");
  await adoptByVote(committee, opened.value.dictionaryId);
  const campaign = { cle: `campaign-${slug}`, year: 2025, deadline: "2026-12-01" as PlainDate };
  const decision = await openCampaign(secretary, campaign);
  if (!decision.ok) throw new Error(decision.refusal);
  const target = (key: TownKey, year = 2025) => ({ year, organizationId: organizationOf(slug, key) });
  return { ...committee, dictionaryId: opened.value.dictionaryId, target };
}
