import { beforeEach, describe, expect, it } from "vitest";
import { listEnteredCells, cellKeyOf, type Indicator } from "~/domain/indicator/dictionary";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { closeCampaign, openCampaign, remindCampaign } from "~/features/indicators/campaign-commands.server";
import { changeDictionary, openDictionary } from "~/features/indicators/dictionary-commands.server";
import { CELL_FIELDS, readEntries, readSentFields } from "~/features/indicators/form";
import { campaignMessage, dictionaryMessage, stepMessage } from "~/features/indicators/messages.fr";
import { findCampaign, findSubmission, loadBoard } from "~/features/indicators/queries.server";
import { publishSharedForm } from "~/features/indicators/shared-forms.server";
import {
  reopenSubmission,
  saveCells,
  submitSubmission,
  validateSubmission,
} from "~/features/indicators/submission-commands.server";
import { listDictionaries, loadCollectedYears } from "~/services/indicator-record.server";
import { adoptByVote, openStage, type CampaignStage } from "./campaign-stage";

let stage: CampaignStage;
beforeEach(async () => {
  stage = await openStage();
});

const cell = (cellKey: string, typed: string, known = 0, comment = "") => ({ cellKey, typed, comment, known });
const acts = (kind: string) => stage.db.selectFrom("registerEntry").selectAll().where("kind", "=", kind).execute();
const view = (key: Parameters<CampaignStage["target"]>[0]) =>
  findSubmission(stage.db, stage.networkId, 2025, stage.target(key).organizationId);
const typedOf = async (key: Parameters<CampaignStage["target"]>[0], cellKey: string) =>
  (await view(key))?.cells.get(cellKey)?.typed;

/** Every cell « sans objet »: the shortest year that can be sent. */
async function fillAll(key: Parameters<CampaignStage["target"]>[0], more: Record<string, string> = {}) {
  const found = await view(key);
  const entries = listEnteredCells(found!.dictionary.indicators).map((ref) => {
    const cellKey = cellKeyOf(ref);
    return cell(cellKey, more[cellKey] ?? "sans objet", found!.cells.get(cellKey)?.revision ?? 0);
  });
  return saveCells(await stage.contextOf("secretary"), stage.target(key), entries);
}

describe("une campagne — Convention, préambule", () => {
  it("une saisie par CCAS signataire, jamais pour le Département ; une campagne par année, même envoyée deux fois", async () => {
    const found = await findCampaign(stage.db, stage.networkId, 2025);
    expect(found?.submissions.map(({ inseeCode }) => inseeCode)).toEqual([
      ...["44015", "44023", "44221", "44056", "44062", "44111"],
    ]);
    const again = { cle: "campaign-blain", year: 2025, deadline: "2026-12-01" as PlainDate };
    expect((await openCampaign(await stage.contextOf("secretary"), again)).ok).toBe(true);
    expect(await acts("campaign-opened")).toHaveLength(1);
    expect(await openCampaign(await stage.contextOf("secretary"), { ...again, cle: "autre" })).toEqual({
      ...{ ok: false, refusal: "campaign-exists" },
    });
  });

  it("brouillon, transmise, validée, rouverte avec un motif, puis close : chaque pas est un acte", async () => {
    const [agent, secretary] = [await stage.contextOf("agent"), await stage.contextOf("secretary")];
    const blain = stage.target("blain");
    expect(await submitSubmission(agent, blain)).toEqual({ ok: false, refusal: "controls-blocking" });
    await fillAll("blain");
    expect((await submitSubmission(agent, blain)).ok).toBe(true);
    expect(await submitSubmission(agent, blain)).toEqual({ ok: false, refusal: "already-submitted" });
    expect(await reopenSubmission(secretary, blain, " ")).toEqual({ ok: false, refusal: "reason-missing" });
    expect((await reopenSubmission(secretary, blain, "Le 3 du portage est un 13.")).ok).toBe(true);
    expect((await submitSubmission(agent, blain)).ok).toBe(true);
    expect((await validateSubmission(secretary, blain)).ok).toBe(true);
    expect(await loadCollectedYears(stage.db, stage.networkId)).toMatchObject([{ year: 2025, isClosed: false }]);
    expect((await closeCampaign(secretary, 2025)).ok).toBe(true);
    expect(await reopenSubmission(secretary, blain, "Trop tard")).toEqual({ ok: false, refusal: "campaign-closed" });
    const kinds = (await stage.db.selectFrom("registerEntry").select("kind").orderBy("sequence").execute()).map(
      ({ kind }) => kind,
    );
    expect(kinds.filter((kind) => kind.startsWith("submission"))).toEqual([
      ...["submission-submitted", "submission-reopened", "submission-submitted", "submission-validated"],
    ]);
  });

  it("le registre ne montre aucun chiffre, et l’empreinte d’une même saisie change à chaque fois", async () => {
    const agent = await stage.contextOf("agent");
    await fillAll("blain", { "LOG-DEM": "937" });
    await submitSubmission(agent, stage.target("blain"));
    await reopenSubmission(await stage.contextOf("secretary"), stage.target("blain"), "Vérifiez 937.");
    await submitSubmission(agent, stage.target("blain"));
    const payloads = (await stage.db.selectFrom("registerEntry").select("payload").execute()).map((row) => row.payload);
    expect(payloads.join("\n").replace(/[0-9a-f]{64}/g, "")).not.toContain("937");
    const prints = payloads.flatMap((payload) => /"saltedSha256":"([0-9a-f]{64})"/.exec(payload)?.[1] ?? []);
    expect(new Set(prints).size).toBe(3);
  });

  it("seul ce qui est validé se lit dans la consolidation", async () => {
    await fillAll("blain", { "LOG-DEM": "4" });
    const cells = async () => (await loadCollectedYears(stage.db, stage.networkId))[0]?.cells ?? [];
    expect(await cells()).toEqual([]);
    await submitSubmission(await stage.contextOf("agent"), stage.target("blain"));
    expect(await cells()).toEqual([]);
    await validateSubmission(await stage.contextOf("secretary"), stage.target("blain"));
    expect((await cells()).find(({ ref }) => ref.indicator === "LOG-DEM")).toEqual({
      organizationId: stage.target("blain").organizationId,
      ref: { indicator: "LOG-DEM", dimension: null, category: null },
      content: { state: "value", value: 4 },
    });
  });

  it("la relance écrit à l’agent du CCAS, sans chiffre, et à l’élu là où il n’y a pas d’agent", async () => {
    const sent = await remindCampaign(await stage.contextOf("secretary"), 2025);
    expect(sent).toEqual({ ok: true, value: { mails: 6 } });
    const mails = await stage.db.selectFrom("outboxMail").select(["toAddress", "bodyText"]).execute();
    expect(mails.map(({ toAddress }) => toAddress)).toContain("agent@blain.example");
    expect(mails.map(({ toAddress }) => toAddress)).not.toContain("blain@blain.example");
    expect(mails.map(({ toAddress }) => toAddress)).toContain("bouvron@blain.example");
  });
});

describe("une relance par CCAS et par jour", () => {
  const remind = async () => remindCampaign(await stage.contextOf("secretary"), 2025);
  const mailed = async () => (await stage.db.selectFrom("outboxMail").select("id").execute()).length;

  it("la deuxième du même jour n’écrit à personne, et dit l’heure de la première ; le lendemain, elle part", async () => {
    expect((await remind()).ok).toBe(true);
    const at = stage.clock.now().toISOString();
    stage.clock.advanceMinutes(1);
    const refusal = { kind: "reminded-today", at } as const;
    expect(await remind()).toEqual({ ok: false, refusal });
    const sentence = campaignMessage({ kind: "reminded-today", at: "2026-12-07T08:05:00.000Z" });
    expect(sentence.replace(/\u00a0/g, " ")).toContain("dernière relance lundi 7 décembre 2026 à 9 h 05");
    expect(await mailed()).toBe(6);
    expect(await acts("campaign-reminded")).toHaveLength(1);
    expect((await view("blain"))?.events.map(({ kind }) => kind)).toEqual(["reminded"]);
    stage.clock.advanceMinutes(24 * 60);
    expect(await remind()).toEqual({ ok: true, value: { mails: 6 } });
  });

  it("un CCAS rouvert après la relance du jour est relancé, lui seul ; les autres attendent demain", async () => {
    await fillAll("blain");
    await submitSubmission(await stage.contextOf("agent"), stage.target("blain"));
    expect(await remind()).toEqual({ ok: true, value: { mails: 5 } });
    await reopenSubmission(await stage.contextOf("secretary"), stage.target("blain"), "Un chiffre manque.");
    expect(await remind()).toEqual({ ok: true, value: { mails: 1 } });
    expect(await mailed()).toBe(6);
    const last = (await acts("campaign-reminded")).at(-1);
    expect(JSON.parse(last?.payload ?? "{}")).toMatchObject({ organizations: [stage.target("blain").organizationId] });
    const board = await loadBoard(stage.db, stage.networkId, (await findCampaign(stage.db, stage.networkId, 2025))!);
    expect(board.map(({ remindedAt }) => remindedAt)).toEqual(Array(6).fill(stage.clock.now().toISOString()));
  });
});

describe("les cases", () => {
  it("ce qui est illisible est gardé tel quel, et bloque l’envoi", async () => {
    const saved = await saveCells(await stage.contextOf("agent"), stage.target("blain"), [
      ...[cell("LOG-DEM", "une douzaine"), cell("LOG-EXP", "12,5"), cell("LOG-TMP", "-1"), cell("DOM-FIN", "1 200")],
    ]);
    expect(saved).toMatchObject({ ok: true, value: { saved: 4, conflicts: [] } });
    expect(await typedOf("blain", "LOG-DEM")).toBe("une douzaine");
    const obstacles = (await view("blain"))!.obstacles.filter(({ kind }) => kind === "unreadable");
    expect(obstacles.map(({ cellKey }) => cellKey)).toEqual(["LOG-DEM", "LOG-TMP", "LOG-EXP"]);
    expect((await view("blain"))?.cells.get("DOM-FIN")?.content).toEqual({ state: "value", value: 1200 });
  });

  it("deux agents : la différence est dite, rien n’est écrasé ni perdu", async () => {
    const [first, second] = [await stage.contextOf("agent"), await stage.contextOf("secretary")];
    const blain = stage.target("blain");
    await saveCells(first, blain, [cell("LOG-DEM", "14")]);
    const late = await saveCells(second, blain, [cell("LOG-DEM", "12"), cell("LOG-EXP", "3")]);
    expect(late).toMatchObject({
      ok: true,
      value: { saved: 1, conflicts: [{ cellKey: "LOG-DEM", mine: { typed: "12" }, theirs: { typed: "14" } }] },
    });
    expect(await typedOf("blain", "LOG-DEM")).toBe("14");
    expect((await view("blain"))?.setAside.get("LOG-DEM")?.typed).toBe("12");
    await saveCells(second, blain, [cell("LOG-DEM", "12", 1)]);
    expect(await typedOf("blain", "LOG-DEM")).toBe("12");
    expect((await view("blain"))?.setAside.size).toBe(0);
    const history = await stage.db.selectFrom("submissionCellHistory").select("typed").execute();
    expect(history.map(({ typed }) => typed).sort()).toEqual(["12", "12", "14", "3"]);
  });

  it("une case que l’on n’a pas touchée n’est ni écrasée ni mise en cause, même après la saisie d’un autre", async () => {
    const [first, second] = [await stage.contextOf("agent"), await stage.contextOf("secretary")];
    const blain = stage.target("blain");
    await saveCells(first, blain, [cell("LOG-EXP", "3")]);
    // Both pages are open on « LOG-DEM » empty and « LOG-EXP » 3; each fills its own.
    await saveCells(first, blain, [cell("LOG-DEM", "14"), cell("LOG-EXP", "4", 1)]);
    const other = await saveCells(second, blain, [cell("LOG-DEM", ""), cell("LOG-EXP", "3", 1), cell("LOG-TMP", "2")]);
    expect(other).toMatchObject({ ok: true, value: { saved: 1, conflicts: [] } });
    expect(await typedOf("blain", "LOG-DEM")).toBe("14");
    expect(await typedOf("blain", "LOG-EXP")).toBe("4");
    expect((await view("blain"))?.setAside.size).toBe(0);
  });

  it("une page qui renvoie d’elle-même la même saisie écartée ne la met de côté qu’une fois", async () => {
    const [first, second] = [await stage.contextOf("agent"), await stage.contextOf("secretary")];
    await saveCells(first, stage.target("blain"), [cell("LOG-DEM", "14")]);
    for (let turn = 0; turn < 3; turn += 1) {
      const late = await saveCells(second, stage.target("blain"), [cell("LOG-DEM", "12")]);
      expect(late).toMatchObject({ ok: true, value: { saved: 0, conflicts: [{ cellKey: "LOG-DEM" }] } });
    }
    const history = await stage.db.selectFrom("submissionCellHistory").select("typed").execute();
    expect(history.map(({ typed }) => typed).sort()).toEqual(["12", "14"]);
  });

  it("ce que la page envoie d’elle-même se lit comme le formulaire ; autre chose, pas", () => {
    const sent = readSentFields(JSON.stringify([[`${CELL_FIELDS.value}LOG-DEM`, "12"]]));
    expect(sent && readEntries(sent)).toEqual([{ cellKey: "LOG-DEM", typed: "12", comment: "", known: 0 }]);
    for (const body of ["", "{", "{}", '[["a"]]', '[["a",1]]']) expect(readSentFields(body)).toBeNull();
  });

  it("la même personne suit sa propre saisie, sans se contredire", async () => {
    const agent = await stage.contextOf("agent");
    await saveCells(agent, stage.target("blain"), [cell("LOG-DEM", "1")]);
    await saveCells(agent, stage.target("blain"), [cell("LOG-DEM", "14")]);
    expect(await typedOf("blain", "LOG-DEM")).toBe("14");
  });

  it("après la clôture, rien ne change, et ce qui est écrit est mis de côté", async () => {
    await closeCampaign(await stage.contextOf("secretary"), 2025);
    const late = await saveCells(await stage.contextOf("agent"), stage.target("blain"), [cell("LOG-DEM", "14")]);
    expect(late).toEqual({ ok: false, refusal: "campaign-closed" });
    expect(stepMessage("campaign-closed")).toContain("gardé à part");
    expect(await typedOf("blain", "LOG-DEM")).toBeUndefined();
    expect((await view("blain"))?.setAside.get("LOG-DEM")?.typed).toBe("14");
  });

  it("une case qui n’est pas de la grille n’est pas écrite", async () => {
    const saved = await saveCells(await stage.contextOf("agent"), stage.target("blain"), [cell("XX/y/z", "1")]);
    expect(saved).toMatchObject({ ok: true, value: { saved: 0 } });
  });

  it("un nombre et un état à la fois : les deux sont gardés, l’agent tranche", () => {
    const form = new FormData();
    form.set(`${CELL_FIELDS.value}LOG-DEM`, "12");
    form.set(`${CELL_FIELDS.state}LOG-DEM`, "not-known");
    expect(readEntries(form)[0]?.typed).toBe("12 (non connu)");
    form.set(`${CELL_FIELDS.value}LOG-DEM`, "");
    expect(readEntries(form)[0]?.typed).toBe("non connu");
  });
});

describe("chacun chez soi", () => {
  it("un agent n’écrit ni ne transmet pour un autre CCAS", async () => {
    const agent = await stage.contextOf("agent");
    const refusal = { ok: false, refusal: "not-own-organization" };
    expect(await saveCells(agent, stage.target("bouvron"), [cell("LOG-DEM", "1")])).toEqual(refusal);
    expect(await submitSubmission(agent, stage.target("bouvron"))).toEqual(refusal);
    expect(await stage.db.selectFrom("submissionCell").selectAll().execute()).toEqual([]);
  });

  it("les identifiants d’un autre réseau ne mènent nulle part", async () => {
    const other = await openStage({ db: stage.db, clock: stage.clock, slug: "voisin" });
    const stranger = await other.contextOf("secretary");
    expect(await saveCells(stranger, stage.target("blain"), [cell("LOG-DEM", "1")])).toEqual({
      ...{ ok: false, refusal: "unknown-submission" },
    });
    const blainId = stage.target("blain").organizationId;
    expect(await findSubmission(stage.db, other.networkId, 2025, blainId)).toBeNull();
    expect((await loadCollectedYears(stage.db, other.networkId)).flatMap(({ members }) => members)).toHaveLength(6);
    const change = { kind: "remove", code: "DOM-FIN" } as const;
    expect(await changeDictionary(stranger, stage.dictionaryId, 1, change)).toEqual({
      ...{ ok: false, refusal: { kind: "unknown-dictionary" } },
    });
  });

  it("le tableau compte les cases, il n’en montre aucune", async () => {
    await saveCells(await stage.contextOf("agent"), stage.target("blain"), [cell("LOG-DEM", "73")]);
    const found = await findCampaign(stage.db, stage.networkId, 2025);
    const board = await loadBoard(stage.db, stage.networkId, found!);
    expect(board[0]).toMatchObject({ filled: 1, standing: "draft" });
    expect(JSON.stringify(board)).not.toContain("73");
  });
});

describe("la grille change par un vote", () => {
  const edit = async (dictionaryId: string, known: number, change: Partial<Indicator>) => {
    const found = (await listDictionaries(stage.db, stage.networkId)).find(({ id }) => id === dictionaryId);
    const indicator = { ...found!.indicators.find(({ code }) => code === "LOG-DEM")!, ...change };
    const secretary = await stage.contextOf("secretary");
    return changeDictionary(secretary, dictionaryId, known, { kind: "write", formerCode: "LOG-DEM", indicator });
  };

  it("une version adoptée ne change plus ; la suivante reste un projet jusqu’au vote", async () => {
    expect(await edit(stage.dictionaryId, 1, { label: "Autre" })).toEqual({
      ...{ ok: false, refusal: { kind: "already-adopted" } },
    });
    const next = await openDictionary(await stage.contextOf("secretary"), "v2");
    expect(next).toEqual({ ok: true, value: { dictionaryId: "v2" } });
    expect(await openDictionary(await stage.contextOf("secretary"), "v3")).toEqual({
      ...{ ok: false, refusal: { kind: "draft-already-exists", dictionaryId: "v2" } },
    });
    const campaign = { cle: "c24", year: 2024, deadline: "2026-12-01" as PlainDate };
    await openCampaign(await stage.contextOf("secretary"), campaign);
    expect((await findCampaign(stage.db, stage.networkId, 2024))?.dictionary.version).toBe(1);
    await adoptByVote(stage, "v2");
    await openCampaign(await stage.contextOf("secretary"), { ...campaign, cle: "c23", year: 2023 });
    expect((await findCampaign(stage.db, stage.networkId, 2023))?.dictionary.version).toBe(2);
  });

  it("changer l’unité sans rompre la série est refusé, avec sa phrase ; avec un motif, c’est écrit", async () => {
    await openDictionary(await stage.contextOf("secretary"), "v2");
    const refused = await edit("v2", 1, { unit: "households" });
    expect(refused).toEqual({ ok: false, refusal: { kind: "must-break-series" } });
    expect(dictionaryMessage({ kind: "must-break-series" })).toContain("rupture de série");
    expect((await edit("v2", 1, { unit: "households", series: 2, breakReason: "On compte des ménages." })).ok).toBe(
      true,
    );
    expect(await edit("v2", 1, { label: "Trop tard" })).toEqual({ ok: false, refusal: { kind: "changed-meanwhile" } });
    expect(await edit("v2", 2, { definition: " " })).toMatchObject({ ok: false, refusal: { kind: "faulty" } });
  });
});

describe("le formulaire partagé", () => {
  it("chaque version reste ; la même envoyée deux fois est une version", async () => {
    const secretary = await stage.contextOf("secretary");
    const form = { formCode: "f", known: 0, title: "Demande", bodyMd: "Nom : ......", note: "Première." };
    expect(await publishSharedForm(secretary, form)).toEqual({ ok: true, value: { version: 1 } });
    expect(await publishSharedForm(secretary, form)).toEqual({ ok: true, value: { version: 1 } });
    expect(await publishSharedForm(secretary, { ...form, known: 1 })).toEqual({
      ok: false,
      refusal: "nothing-changed",
    });
    expect(await publishSharedForm(secretary, { ...form, bodyMd: "Autre : ......" })).toEqual({
      ...{ ok: false, refusal: "changed-meanwhile" },
    });
    expect(await acts("shared-form-published")).toHaveLength(1);
  });
});
