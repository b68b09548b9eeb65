import { readOds } from "hucre/ods";
import { beforeAll, describe, expect, it } from "vitest";
import type { CellContent } from "~/domain/indicator/cell";
import { cellKeyOf, listEnteredCells } from "~/domain/indicator/dictionary";
import { NETWORK } from "~/domain/statistics/release/frozen-year";
import { findCell } from "~/domain/statistics/release/published-year";
import { tellGaps, tellIndicator, writeCell } from "~/documents/release-words";
import { closeCampaign } from "~/features/indicators/campaign-commands.server";
import { CELL_FIELDS, readEntries } from "~/features/indicators/form";
import { findSubmission } from "~/features/indicators/queries.server";
import { describeSection } from "~/features/indicators/section-view";
import { saveCells, submitSubmission, validateSubmission } from "~/features/indicators/submission-commands.server";
import { composeTemplateFile } from "~/features/indicators/template.server";
import { receiveTemplate } from "~/features/indicators/upload-commands.server";
import { publishRelease } from "~/features/releases/commands.server";
import { computeRelease } from "~/features/releases/compute.server";
import { releasesToCsv, releasesToJson, releasesToOds } from "~/features/releases/export.server";
import { listPublications, type Publication } from "~/features/releases/queries.server";
import type { TownKey } from "../../support/database";
import { openStage, type CampaignStage } from "../indicators/campaign-stage";

/** Meals delivered, whose zero the grid lets be shown: no secret hides a state here. */
const CODE = "PR-REP";

type State = CellContent["state"];
type Case = {
  readonly town: TownKey;
  readonly number: string;
  readonly choice: string;
  readonly status: State;
  readonly value: number | null;
  readonly typed: string;
  readonly told: string;
};
/** What the agent of each CCAS puts in the two fields of the cell, and how the same thing is read everywhere after. */
const CASES: readonly Case[] = [
  { town: "blain", number: "1 200", choice: "", status: "value", value: 1200, typed: "1200", told: "1\u202f200" },
  { town: "bouvron", number: "0", choice: "", status: "zero", value: 0, typed: "0", told: "0" },
  {
    ...{ town: "la-chevallerais", number: "", choice: "not-applicable", status: "not-applicable", value: null },
    ...{ typed: "sans objet", told: "sans objet" },
  },
  {
    ...{ town: "fay-de-bretagne", number: "", choice: "not-known", status: "not-known", value: null },
    ...{ typed: "non connu", told: "non connu" },
  },
  {
    ...{ town: "le-gavre", number: "", choice: "not-released", status: "not-released", value: null },
    ...{ typed: "non communiqué", told: "non communiqué" },
  },
  { town: "notre-dame-des-landes", number: "800", choice: "", status: "value", value: 800, typed: "800", told: "800" },
];

let stage: CampaignStage;
let publication: Publication;

const contentOf = ({ status, value }: Case): CellContent =>
  status === "value" ? { state: "value", value: value ?? 0 } : { state: status };
const view = (town: TownKey) => findSubmission(stage.db, stage.networkId, 2025, stage.target(town).organizationId);

/** The form as a browser sends it, every other cell « sans objet » but the people who eat those meals. */
async function fill({ town, number, choice }: Case): Promise<void> {
  const found = await view(town);
  const form = new FormData();
  for (const key of listEnteredCells(found!.dictionary.indicators).map(cellKeyOf)) {
    const isAge = key.startsWith("PR-PER/") && number !== "";
    const people = key === "PR-PER" && number !== "" ? (number === "0" ? "0" : "40") : "";
    form.set(CELL_FIELDS.value + key, key === CODE ? number : people);
    form.set(
      CELL_FIELDS.state + key,
      key === CODE ? choice : people !== "" ? "" : isAge ? "not-known" : "not-applicable",
    );
  }
  await saveCells(await stage.contextOf("secretary"), stage.target(town), readEntries(form));
}

beforeAll(async () => {
  stage = await openStage();
  for (const each of CASES) await fill(each);
}, 60_000);

describe("cinq états d’une case, jamais confondus : de la saisie à ce qui est publié", { timeout: 60_000 }, () => {
  it("le formulaire les garde et les remontre", async () => {
    for (const each of CASES) {
      const found = await view(each.town);
      expect(found?.cells.get(CODE)?.content, each.town).toEqual(contentOf(each));
      const fields = describeSection(found!, "Portage de repas").flatMap(({ groups }) =>
        groups.flatMap((group) => group.fields),
      );
      expect(fields.find(({ cellKey }) => cellKey === CODE)).toMatchObject({
        ...{ value: each.number, state: each.choice },
      });
    }
  });

  it.each(["csv", "ods", "xlsx"] as const)(
    "le modèle les rend en %s, même quand le portail les a perdus",
    async (format) => {
      const secretary = await stage.contextOf("secretary");
      for (const each of CASES) {
        const target = stage.target(each.town);
        const file = await composeTemplateFile(secretary, target, format);
        const known = (await view(each.town))!.cells.get(CODE)!.revision;
        await saveCells(secretary, target, [{ cellKey: CODE, typed: "", comment: "", known }]);
        expect((await view(each.town))?.cells.get(CODE)?.content ?? null).toBeNull();
        expect(await receiveTemplate(secretary, target, file!.bytes)).toMatchObject({
          ...{ ok: true, value: { outcome: "written", faults: [] } },
        });
        const cell = (await view(each.town))?.cells.get(CODE);
        expect([cell?.typed, cell?.content], each.town).toEqual([each.typed, contentOf(each)]);
      }
    },
  );

  it("la vue d’ensemble et les exports les disent, chacun avec son mot", async () => {
    const secretary = await stage.contextOf("secretary");
    for (const { town } of CASES) {
      expect((await submitSubmission(secretary, stage.target(town))).ok, town).toBe(true);
      expect((await validateSubmission(secretary, stage.target(town))).ok).toBe(true);
    }
    await closeCampaign(secretary, 2025);
    const wanted = { year: 2025, audience: "members" } as const;
    const computed = await computeRelease(stage.db, stage.networkId, wanted);
    if (!computed.ok) throw new Error(computed.refusal.kind);
    await publishRelease(secretary, wanted, { cle: "etats", empreinte: computed.value.fingerprint });
    publication = (await listPublications(stage.db, stage.networkId, "members"))[0]!;
    const { content } = publication;
    const meals = content.dictionary.indicators.find(({ code }) => code === CODE)!;

    const json = JSON.parse(releasesToJson("Réseau", [publication])) as {
      releases: { cells: { scope: string; cell: string; value: number | null; status: string }[] }[];
    };
    const csv = releasesToCsv([publication])
      .split(/\r?\n/)
      .map((line) => line.split(";"));
    const ods = (await readOds(await releasesToOds([publication]))).sheets[0]!.rows;
    for (const { town, status, value, told } of CASES) {
      const { organizationId } = stage.target(town);
      const word = value === null ? told : value === 0 ? "zéro" : "valeur";
      const name = content.members.find(({ id }) => id === organizationId)!.shortName;
      expect(writeCell(meals, findCell(content, organizationId, CODE)), town).toBe(told);
      expect(
        json.releases[0]!.cells.find(({ scope, cell }) => scope === organizationId && cell === CODE),
      ).toMatchObject({
        ...{ value, status },
      });
      const line = csv.find((cells) => cells[6] === CODE && cells[11] === name);
      expect(line?.slice(12, 14), town).toEqual([value === null ? "" : String(value), word]);
      const row = ods.find((cells) => cells[6] === CODE && cells[11] === name);
      expect([row?.[12] ?? null, row?.[13]], town).toEqual([value, word]);
    }
    // Where no CCAS has a figure, what they declared is said of the network: « sans objet » is no oversight.
    const shelters = content.dictionary.indicators.find(({ code }) => code === "LOG-TMP")!;
    expect(findCell(content, NETWORK, "LOG-TMP")).toMatchObject({ status: "not-applicable", value: null, members: 0 });
    expect(tellIndicator([content], content, shelters)).toBe("En 2025, le chiffre du réseau est sans objet.");
    // A zero counts among the CCAS that are added up; the three others do not, and are named.
    expect(findCell(content, NETWORK, CODE)).toMatchObject({ status: "value", value: 2000, members: 3 });
    expect(tellGaps(content, CODE)).toMatch(
      /sans objet pour .*Chevallerais.*non connu pour .*Fay.*non communiqué pour .*Gâvre/,
    );
  });
});
