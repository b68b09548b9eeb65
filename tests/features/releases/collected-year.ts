import { cellKeyOf, childrenOf, isEntered, type Indicator } from "~/domain/indicator/dictionary";
import { STARTING_GRID } from "~/domain/indicator/starting-grid";
import type { Committee } from "../../support/database";
import { makeChance } from "../../domain/statistics/generated-tables";

export const TOWNS = ["blain", "bouvron", "la-chevallerais", "fay-de-bretagne", "le-gavre", "notre-dame-des-landes"];

type Options = {
  readonly year: number;
  readonly towns?: readonly string[];
  readonly seed?: number;
  readonly codes?: readonly string[];
  readonly organizationOf?: (town: string) => string;
};

/** A closed campaign whose validated figures add up, as small as those of small communes. Straight into the tables: collecting is another feature's. */
export async function collectYear(
  committee: Committee,
  { year, towns = TOWNS, seed = 1, codes, organizationOf = (town) => `org-blain-${town}` }: Options,
): Promise<void> {
  const { db, networkId, clock } = committee;
  const at = clock.now().toISOString();
  const by = committee.personOf("secretary");
  const indicators = STARTING_GRID.filter(({ code }) => codes === undefined || codes.includes(code));
  const dictionaryId = `dictionary-${year}`;
  await db
    .insertInto("dictionaryVersion")
    .values({ id: dictionaryId, networkId, version: year, noteMd: "", revision: 1, createdBy: by, createdAt: at })
    .execute();
  await db
    .insertInto("indicatorVersion")
    .values(
      indicators.map(({ code, ...content }, position) => ({
        ...{ dictionaryId, code, networkId, position, content: JSON.stringify(content) },
      })),
    )
    .execute();
  await db
    .insertInto("campaign")
    .values({
      ...{
        id: `campaign-${year}`,
        networkId,
        year,
        dictionaryId,
        populationDatasetId: null,
        deadline: `${year + 1}-03-31`,
      },
      ...{ openedBy: by, openedAt: at, closedBy: by, closedAt: at },
    })
    .execute();
  for (const [rank, town] of towns.entries()) {
    const submissionId = `submission-${year}-${town}`;
    const chance = makeChance(seed * 100 + rank);
    const cells = indicators
      .filter(isEntered)
      .flatMap((indicator) => fill(indicator, town === "blain" ? 60 : 12, chance));
    await db
      .insertInto("submission")
      .values({
        ...{ id: submissionId, networkId, campaignId: `campaign-${year}`, organizationId: organizationOf(town) },
        ...{ status: "validated", revision: 1, updatedBy: by, updatedAt: at, createdAt: at },
      })
      .execute();
    for (let from = 0; from < cells.length; from += 60)
      await db
        .insertInto("submissionCell")
        .values(
          cells.slice(from, from + 60).map(({ key, value }) => ({
            ...{ submissionId, cellKey: key, networkId, typed: String(value), state: value === 0 ? "zero" : "value" },
            ...{ amount: value === 0 ? null : value, comment: "", revision: 1, updatedBy: by, updatedAt: at },
          })),
        )
        .execute();
  }
}

function fill(indicator: Indicator, most: number, chance: (below: number) => number): { key: string; value: number }[] {
  const scale = indicator.unit === "euros" ? 5_000 : 1;
  const total = chance(most) * scale;
  const cells = [{ key: indicator.code, value: total }];
  for (const dimension of indicator.dimensions) {
    const split = (parent: string | null, whole: number): void => {
      const children = childrenOf(dimension, parent);
      let left = whole;
      for (const [rank, child] of children.entries()) {
        const value = rank === children.length - 1 ? left : chance(left + 1);
        left -= value;
        cells.push({
          key: cellKeyOf({ indicator: indicator.code, dimension: dimension.code, category: child.code }),
          value,
        });
        split(child.code, value);
      }
    };
    split(null, total);
  }
  return cells;
}
