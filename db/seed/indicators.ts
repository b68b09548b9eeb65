import { createHash } from "node:crypto";
import { writeTyped, type CellContent } from "../../app/domain/indicator/cell";
import {
  cellKeyOf,
  childrenOf,
  isEntered,
  type Category,
  type Dimension,
  type Indicator,
} from "../../app/domain/indicator/dictionary";
import { dateOf, localDateTime, parisLocalAt, toPlainTime } from "../../app/domain/kernel/paris-time";
import { addDays, yearOf, type PlainDate } from "../../app/domain/kernel/plain-date";
import { OPTIONAL_AID_FORM, STARTING_FORM } from "../../app/documents/shared-form";
import { closeCampaign, openCampaign } from "../../app/features/indicators/campaign-commands.server";
import { changeDictionary, openDictionary } from "../../app/features/indicators/dictionary-commands.server";
import { findCampaign, findSubmission } from "../../app/features/indicators/queries.server";
import { publishSharedForm } from "../../app/features/indicators/shared-forms.server";
import {
  commentSubmission,
  saveCells,
  submitSubmission,
  validateSubmission,
  type TypedEntry,
} from "../../app/features/indicators/submission-commands.server";
import { publishRelease } from "../../app/features/releases/commands.server";
import { computeRelease } from "../../app/features/releases/compute.server";
import { AUDIENCES, type Audience } from "../../app/domain/statistics/disclosure/sensitivity";
import { ORGANIZATIONS, type PlaceKey } from "./blain";
import { actAs, must, type Stage } from "./story";

/** Every figure is invented: drawn from the size of the commune and a fixed seed, and said so on the pages. */

const secretary = (stage: Stage) => actAs(stage.db, stage.clock, stage.networkId, stage.secretaryId);

/** The grid that the committee will vote. */
export async function draftGrid(stage: Stage): Promise<string> {
  const { dictionaryId } = must(await openDictionary(await secretary(stage), stage.clock.newId()));
  const note = "La grille de départ, telle que les agents des six CCAS l’ont relue.";
  must(await changeDictionary(await secretary(stage), dictionaryId, 1, { kind: "note", note }));
  return dictionaryId;
}

type CcasKey = Exclude<PlaceKey, "departement">;

/** Thousands of inhabitants, to a half: what the invented figures grow with. */
const SIZES: Readonly<Record<CcasKey, number>> = {
  blain: 10,
  bouvron: 3,
  "la-chevallerais": 1.5,
  "fay-de-bretagne": 3.5,
  "le-gavre": 2,
  "notre-dame-des-landes": 2,
};

/** A year's total for a thousand inhabitants; what is counted once for all is told by its parts. */
const RATES: Readonly<Record<string, number>> = {
  ...{ "DOM-DEM": 1.6, "DOM-ACT": 1.4, "DOM-FIN": 0.6, "AF-DEM": 9, "AF-MEN": 6, "SU-NB": 5 },
  ...{ "PR-PER": 4.5, "APA-DOS": 4, "AS-DOS": 1.8, "ACC-MEN": 7, "VIS-PER": 4 },
  ...{ "LOG-DEM": 5, "LOG-TMP": 0.8, "LOG-EXP": 1.1, "RSA-REF": 5, "RSA-CER": 4 },
};

/** A number between 0 and 1 that always comes out the same. */
function draw(...seed: readonly (string | number)[]): number {
  return createHash("sha256").update(seed.join("|")).digest().readUInt32BE(0) / 2 ** 32;
}

/** Two closed campaigns, and the one of the year that is open: four CCAS have sent theirs, one is writing, one has not begun. */
export async function tellIndicators(stage: Stage, now: Date): Promise<void> {
  const today = dateOf(parisLocalAt(now));
  const last = yearOf(today) - 1;
  const move = (date: PlainDate, time: string) => stage.clock.moveTo(localDateTime(date, toPlainTime(time)));
  move(addDays(today, -200), "10:00");
  must(
    await publishSharedForm(await secretary(stage), {
      ...{ formCode: OPTIONAL_AID_FORM, known: 0, ...STARTING_FORM },
      note: "Première version, relue par les agents des six CCAS.",
    }),
  );
  for (const [back, days] of [
    [2, -190],
    [1, -150],
  ] as const) {
    const year = last - back;
    move(addDays(today, days), "09:30");
    await open(stage, year, addDays(today, days + 25));
    for (const place of Object.keys(SIZES) as readonly CcasKey[]) await fillAndSend(stage, year, place, true);
    move(addDays(today, days + 28), "17:00");
    must(await closeCampaign(await secretary(stage), year));
  }
  move(addDays(today, -100), "11:00");
  for (const year of [last - 2, last - 1]) for (const audience of AUDIENCES) await publish(stage, year, audience);
  move(addDays(today, -12), "09:30");
  await open(stage, last, addDays(today, 20));
  move(addDays(today, -9), "11:00");
  await fillAndSend(stage, last, "blain", true);
  await fillAndSend(stage, last, "bouvron", true);
  move(addDays(today, -4), "15:10");
  await fillAndSend(stage, last, "la-chevallerais", false);
  await fillAndSend(stage, last, "notre-dame-des-landes", false);
  move(addDays(today, -2), "16:20");
  await startDraft(stage, last, "fay-de-bretagne");
  stage.clock.moveTo(parisLocalAt(now));
}

/** Computed, protected and attacked as any other: nothing of a release is written by hand. */
async function publish(stage: Stage, year: number, audience: Audience): Promise<void> {
  const { fingerprint } = must(await computeRelease(stage.db, stage.networkId, { year, audience }));
  const input = { cle: stage.clock.newId(), empreinte: fingerprint };
  must(await publishRelease(await secretary(stage), { year, audience }, input));
}

async function open(stage: Stage, year: number, deadline: PlainDate): Promise<void> {
  must(await openCampaign(await secretary(stage), { cle: stage.clock.newId(), year, deadline }));
}

async function targetOf(stage: Stage, year: number, place: CcasKey) {
  const view = await findCampaign(stage.db, stage.networkId, year);
  const submission = view?.submissions.find(({ name }) => name === ORGANIZATIONS[place].name);
  if (!view || !submission) throw new Error(`No submission for ${place}`);
  return { indicators: view.dictionary.indicators, target: { year, organizationId: submission.organizationId } };
}

async function fillAndSend(stage: Stage, year: number, place: CcasKey, isValidated: boolean): Promise<void> {
  const { indicators, target } = await targetOf(stage, year, place);
  const entries = inventYear(indicators, year, place);
  must(await saveCells(await secretary(stage), target, entries));
  const view = await findSubmission(stage.db, stage.networkId, year, target.organizationId);
  const explained = (view?.obstacles ?? []).flatMap(({ cellKey, severity }): readonly TypedEntry[] => {
    const entry = entries.find((each) => each.cellKey === cellKey);
    if (severity === "blocking" || !entry) throw new Error(`Invented figures that do not add up: ${cellKey}`);
    return [{ ...entry, comment: "Écart vérifié (chiffre inventé pour la démonstration).", known: 1 }];
  });
  const unique = [...new Map(explained.map((entry) => [entry.cellKey, entry])).values()];
  must(await saveCells(await secretary(stage), target, unique));
  must(await submitSubmission(await secretary(stage), target));
  if (isValidated) must(await validateSubmission(await secretary(stage), target));
}

/** Half of a year, and a word about what is left. */
async function startDraft(stage: Stage, year: number, place: CcasKey): Promise<void> {
  const { indicators, target } = await targetOf(stage, year, place);
  const entries = inventYear(indicators, year, place);
  const begun = entries.filter(({ cellKey }) => /^(DOM|AF|SU)-/.test(cellKey));
  must(await saveCells(await secretary(stage), target, begun));
  const message =
    "Les premières rubriques sont reprises de votre tableau. Il reste le portage, l’accompagnement et le RSA.";
  must(await commentSubmission(await secretary(stage), target, message));
}

/** What a CCAS would declare of a year: sums are right, small communes have small numbers, and each of the five states occurs. */
export function inventYear(indicators: readonly Indicator[], year: number, place: CcasKey): readonly TypedEntry[] {
  const counts = new Map<string, number>();
  const entries = indicators
    .filter(isEntered)
    .flatMap((indicator) => inventIndicator(indicator, { year, place, counts }));
  return entries.map(({ cellKey, content, unit }) => ({
    ...{ cellKey, typed: writeTyped(content, unit), comment: "", known: 0 },
  }));
}

type Drawing = { readonly year: number; readonly place: CcasKey; readonly counts: Map<string, number> };
type Invented = { readonly cellKey: string; readonly content: CellContent; readonly unit: Indicator["unit"] };

/** What one CCAS does not do, does not count, or keeps to itself. */
function exceptionOf({ code }: Indicator, place: CcasKey): CellContent | null {
  if (place === "le-gavre" && code.startsWith("PR-")) return { state: "not-applicable" };
  if (place === "la-chevallerais" && code.startsWith("VIS-")) return { state: "not-known" };
  if (place === "notre-dame-des-landes" && code === "LOG-EXP") return { state: "not-released" };
  return null;
}

function inventIndicator(indicator: Indicator, drawing: Drawing): readonly Invented[] {
  const { code, dimensions, unit } = indicator;
  const { counts, place, year } = drawing;
  const exception = exceptionOf(indicator, place);
  const put = (dimension: string | null, category: string | null, figure: number): Invented => {
    const cellKey = cellKeyOf({ indicator: code, dimension, category });
    counts.set(cellKey, figure);
    const content: CellContent = exception ?? (figure === 0 ? { state: "zero" } : { state: "value", value: figure });
    return { cellKey, content, unit };
  };
  if (code === "AF-NB") {
    const whole = counts.get("AF-DEM/decision/accord") ?? 0;
    return [put(null, null, whole), ...dimensions.flatMap((each) => share(each, whole, drawing, code, put))];
  }
  if (code === "AF-MAX") {
    const [amount, granted] = [counts.get("AF-MNT") ?? 0, counts.get("AF-NB") ?? 0];
    return [put(null, null, granted === 0 ? 0 : Math.min(amount, Math.ceil((amount / granted) * 1.6)))];
  }
  if (indicator.measure.kind === "magnitude") return inventAmount(indicator, drawing, put);
  const spread = 0.75 + draw(code, place, year) * 0.5;
  const whole = Math.round((RATES[code] ?? 1) * SIZES[place] * spread * (1 + (year % 5) * 0.02));
  return [put(null, null, whole), ...dimensions.flatMap((each) => share(each, whole, drawing, code, put))];
}

type Put = (dimension: string | null, category: string | null, figure: number) => Invented;

/** Divides a whole between categories, then each subtotal between its own, without a remainder. */
function share(
  dimension: Dimension,
  whole: number,
  { year, place }: Drawing,
  code: string,
  put: Put,
): readonly Invented[] {
  const divide = (parent: string | null, total: number): readonly Invented[] => {
    const parts = childrenOf(dimension, parent);
    let [left, weightLeft] = [total, parts.reduce((sum, each) => sum + weigh(each), 0)];
    return parts.flatMap((part, index) => {
      const weight = weigh(part);
      const figure = index === parts.length - 1 ? left : Math.min(left, Math.round((left * weight) / weightLeft));
      left -= figure;
      weightLeft -= weight;
      return [put(dimension.code, part.code, figure), ...divide(part.code, figure)];
    });
  };
  const weigh = ({ code: category }: Category): number =>
    0.3 + draw(code, category) + draw(code, category, place, year) * 0.4;
  return divide(null, whole);
}

/** Each contributor brings about as much as the next; where nobody contributes, there is nothing. */
function inventAmount(indicator: Indicator, { year, place, counts }: Drawing, put: Put): readonly Invented[] {
  const { code, measure, unit, dimensions } = indicator;
  const contributors = measure.kind === "magnitude" ? measure.contributors : null;
  const each =
    unit === "euros"
      ? 9000 + draw(code, place, year) * 12_000
      : (MEANS[code] ?? 4) * (0.8 + draw(code, place, year) * 0.4);
  const amount = (count: number) => Math.round(count * each);
  const cell = (dimension: string | null, category: string | null) =>
    counts.get(cellKeyOf({ indicator: contributors ?? "", dimension, category })) ?? 0;
  const leaves = dimensions.flatMap((dimension) =>
    dimension.categories.map((category) => ({
      dimension,
      category,
      isLeaf: childrenOf(dimension, category.code).length === 0,
    })),
  );
  const figures = new Map(
    leaves
      .filter(({ isLeaf }) => isLeaf)
      .map(({ dimension, category }) => [category.code, amount(cell(dimension.code, category.code))]),
  );
  for (const { dimension, category, isLeaf } of leaves)
    if (!isLeaf)
      figures.set(
        category.code,
        childrenOf(dimension, category.code).reduce((sum, part) => sum + (figures.get(part.code) ?? 0), 0),
      );
  const [dimension] = dimensions;
  const whole =
    dimension === undefined
      ? amount(cell(null, null))
      : childrenOf(dimension, null).reduce((sum, part) => sum + (figures.get(part.code) ?? 0), 0);
  return [
    put(null, null, whole),
    ...leaves.map((leaf) => put(leaf.dimension.code, leaf.category.code, figures.get(leaf.category.code) ?? 0)),
  ];
}

const MEANS: Readonly<Record<string, number>> = { "PR-REP": 140, "ACC-ENT": 4, "VIS-NB": 9 };
