import { checkDictionary, mustBreakSeries, type Indicator } from "~/domain/indicator/dictionary";
import { STARTING_GRID } from "~/domain/indicator/starting-grid";
import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import type { JsonValue } from "~/domain/register/canonical";
import { writeTransaction, type Trx } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { dictionaryInForce, listDictionaries, type RecordedDictionary } from "~/services/indicator-record.server";
import { recordAct } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import type { OpenDictionaryRefusal, WriteDictionaryRefusal } from "./refusals";

/**
 * Opens the next version of the grid: it repeats the one in force, or the starting grid where the committee voted none. One is prepared at a
 * time; sent twice with the same key, there is still one.
 */
export async function openDictionary(
  context: CommandContext,
  cle: string,
): Promise<Decision<{ readonly dictionaryId: string }, OpenDictionaryRefusal>> {
  const { db, clock, networkId, actor } = context;
  return writeTransaction(db, async (trx) => {
    const dictionaries = await listDictionaries(trx, networkId);
    if (dictionaries.some(({ id }) => id === cle)) return grant({ dictionaryId: cle });
    const pending = dictionaries.find(({ standing }) => standing !== "adopted");
    if (pending) return refuse({ kind: "draft-already-exists", dictionaryId: pending.id } as const);
    const version = (dictionaries.at(-1)?.version ?? 0) + 1;
    const indicators = dictionaryInForce(dictionaries)?.indicators ?? STARTING_GRID;
    await trx
      .insertInto("dictionaryVersion")
      .values({
        ...{ id: cle, networkId, version, noteMd: "", revision: 1, createdBy: actor.personId },
        createdAt: clock.now().toISOString(),
      })
      .execute();
    await replaceIndicators(trx, context, { id: cle, version }, indicators);
    return grant({ dictionaryId: cle });
  });
}

type Change =
  | { readonly kind: "note"; readonly note: string }
  /** `formerCode`: of the indicator that it replaces, null for a new one. */
  | { readonly kind: "write"; readonly formerCode: string | null; readonly indicator: Indicator }
  | { readonly kind: "remove"; readonly code: string };

/**
 * Changes a version that the committee has not voted. What somebody else wrote meanwhile is not overwritten, and an indicator whose unit, period or
 * formula changes breaks its series, with a reason, so that its figures are not added to the former ones.
 */
export async function changeDictionary(
  context: CommandContext,
  dictionaryId: string,
  known: number,
  change: Change,
): Promise<Decision<{ readonly dictionaryId: string }, WriteDictionaryRefusal>> {
  const { db, networkId } = context;
  return writeTransaction(db, async (trx) => {
    const dictionaries = await listDictionaries(trx, networkId);
    const dictionary = dictionaries.find(({ id }) => id === dictionaryId);
    if (!dictionary) return refuse({ kind: "unknown-dictionary" } as const);
    if (dictionary.standing === "adopted") return refuse({ kind: "already-adopted" } as const);
    if (dictionary.standing === "voting") return refuse({ kind: "vote-under-way" } as const);
    if (dictionary.revision !== known) return refuse({ kind: "changed-meanwhile" } as const);
    const inForce = dictionaryInForce(dictionaries);
    const changed = applyChange(dictionary, change, inForce);
    if (!changed.ok) return changed;
    await trx
      .updateTable("dictionaryVersion")
      .set({ revision: known + 1, ...(change.kind === "note" ? { noteMd: change.note } : {}) })
      .where("networkId", "=", networkId)
      .where("id", "=", dictionaryId)
      .execute();
    if (change.kind !== "note") await replaceIndicators(trx, context, dictionary, changed.value);
    return grant({ dictionaryId });
  });
}

function applyChange(
  dictionary: RecordedDictionary,
  change: Change,
  inForce: RecordedDictionary | null,
): Decision<readonly Indicator[], WriteDictionaryRefusal> {
  const { indicators } = dictionary;
  if (change.kind === "note") return grant(indicators);
  if (change.kind === "remove") {
    if (!indicators.some(({ code }) => code === change.code)) return refuse({ kind: "unknown-indicator" });
    return checkWhole(indicators.filter(({ code }) => code !== change.code));
  }
  const { formerCode, indicator } = change;
  const at = indicators.findIndex(({ code }) => code === formerCode);
  if (formerCode !== null && at < 0) return refuse({ kind: "unknown-indicator" });
  const voted = inForce?.indicators.find(({ code }) => code === indicator.code);
  if (voted && voted.series === indicator.series && mustBreakSeries(voted, indicator))
    return refuse({ kind: "must-break-series" });
  return checkWhole(formerCode === null ? insertInSection(indicators, indicator) : indicators.with(at, indicator));
}

/** A new indicator stands at the end of its section. */
function insertInSection(indicators: readonly Indicator[], indicator: Indicator): readonly Indicator[] {
  const last = indicators.findLastIndex(({ section }) => section === indicator.section);
  return last < 0 ? [...indicators, indicator] : indicators.toSpliced(last + 1, 0, indicator);
}

function checkWhole(indicators: readonly Indicator[]): Decision<readonly Indicator[], WriteDictionaryRefusal> {
  const faults = checkDictionary(indicators);
  return faults.length > 0 ? refuse({ kind: "faulty", faults }) : grant(indicators);
}

async function replaceIndicators(
  trx: Trx,
  { clock, networkId, actor }: CommandContext,
  { id, version }: { readonly id: string; readonly version: number },
  indicators: readonly Indicator[],
): Promise<void> {
  await trx.deleteFrom("indicatorVersion").where("networkId", "=", networkId).where("dictionaryId", "=", id).execute();
  const rows = indicators.map(({ code, ...content }, index) => ({
    ...{ dictionaryId: id, code, networkId, position: index + 1, content: JSON.stringify(content) },
  }));
  await trx.insertInto("indicatorVersion").values(rows).execute();
  const payload: JsonValue = {
    ...{ dictionaryId: id, version, codes: indicators.map(({ code }) => code) },
    contentSha256: sha256Hex(JSON.stringify(indicators)),
  };
  await recordAct(trx, clock, actingPerson(actor), { networkId, kind: "dictionary-drafted", payload });
}
