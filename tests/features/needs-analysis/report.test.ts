import { beforeEach, describe, expect, it } from "vitest";
import { toPlainDate } from "~/domain/kernel/plain-date";
import {
  addChapter,
  adoptReport,
  arrangeChapter,
  fingerprintOf,
  recordPartner,
  recordPresentation,
  saveChapter,
  startReport,
} from "~/features/needs-analysis/commands.server";
import { adoptMessage, recordMessage, startMessage, writeMessages } from "~/features/needs-analysis/messages.fr";
import { findReport, listPresentations, readReport } from "~/features/needs-analysis/queries.server";
import type { Db } from "~/services/db.server";
import { createCommittee, type Committee } from "../../support/database";

const AT = "2026-09-01T08:00:00Z";
let made = 0;

/** One dataset of job seekers; the six communes, one value each. */
async function publish(
  db: Db,
  slug: string,
  period: string,
  values: Readonly<Record<string, number | null>>,
): Promise<void> {
  made += 1;
  const { id } = await db
    .insertInto("figureDataset")
    .values({
      ...{
        slug: `${slug}-${made}`,
        kind: "defm",
        producer: "DARES",
        title: `Demandeurs d’emploi ${period}`,
        vintage: period,
      },
      ...{
        geographyOn: null,
        address: "https://example.org/",
        licence: "Licence Ouverte 2.0",
        retrievedOn: "2026-01-01",
      },
      ...{ fileName: "x.csv", sha256: null, contentKey: `${slug}-${made}`, rounding: "to-five", note: "", rowCount: 6 },
      ...{ importedAt: AT, completedAt: null },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("figure")
    .values(
      Object.entries(values).map(([territoryCode, value]) => ({
        ...{ datasetId: id, territoryKind: "commune", territoryCode, variable: "DEFM_ABC", period, value },
        ...{ status: value === null ? "secret" : "value", basis: "published" },
      })),
    )
    .execute();
  await db.updateTable("figureDataset").set({ completedAt: AT }).where("id", "=", id).execute();
}

const SIX = ["44015", "44023", "44221", "44056", "44062", "44111"];
/** Census figures are weighted: one of them is no whole number. */
const each = (value: number) =>
  Object.fromEntries(SIX.map((code, index) => [code, index === 1 ? value + 0.25 : value]));

async function open(committee: Committee): Promise<{ readonly reportId: string; readonly chapterId: string }> {
  const secretary = await committee.contextOf("secretary");
  const started = await startReport(secretary, {
    cle: `rapport-${committee.slug}`,
    title: "Analyse 2027",
    renewalYear: 2026,
  });
  if (!started.ok) throw new Error("not started");
  const report = await findReport(committee.db, committee.networkId, started.value.reportId);
  return { reportId: started.value.reportId, chapterId: report?.chapters[0]?.id ?? "" };
}

const acts = async (committee: Committee): Promise<readonly string[]> =>
  (
    await committee.db
      .selectFrom("registerEntry")
      .select("kind")
      .where("networkId", "=", committee.networkId)
      .orderBy("sequence")
      .execute()
  )
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith("analysis"));

describe("analyse des besoins sociaux", () => {
  let committee: Committee;
  beforeEach(async () => {
    committee = await createCommittee();
    await publish(committee.db, "defm", "2023", each(100));
    await publish(committee.db, "defm", "2024", each(120));
  });

  it("s’ouvre une fois par clé, avec son plan, et l’écrit au registre", async () => {
    await open(committee);
    await open(committee);
    expect(await acts(committee)).toEqual(["analysis-started"]);
    const report = await findReport(committee.db, committee.networkId, "rapport-blain");
    expect(report?.chapters.length).toBeGreaterThanOrEqual(8);
  });

  it("refuse un renouvellement trop lointain, par une phrase", async () => {
    const decision = await startReport(await committee.contextOf("secretary"), {
      cle: "loin",
      title: "Analyse",
      renewalYear: 2090,
    });
    expect(decision).toEqual({ ok: false, refusal: "renewal-out-of-range" });
    expect(startMessage("renewal-out-of-range")).toContain("trop loin");
  });

  it.each([
    ["un code inconnu", "{{ind:demandeur-emploi-total}}", /aucun indicateur.*Codes voisins.*demandeurs-emploi/],
    ["un lieu d’ailleurs", "{{ind:demandeurs-emploi@75056}}", /ce lieu n’est pas du réseau/],
    ["une période inconnue", "{{ind:demandeurs-emploi#1999}}", /aucun chiffre n’est connu pour cette période/],
    ["du code", "{{ind:<script>}}", /ne se lit pas/],
    ["des accolades ouvertes", "{{ind:densite", /ne sont pas fermées/],
  ])("%s : le chapitre n’est pas enregistré, une phrase dit pourquoi", async (_, markdown, sentence) => {
    const { reportId, chapterId } = await open(committee);
    const before = await findReport(committee.db, committee.networkId, reportId);
    const decision = await saveChapter(await committee.contextOf("agent"), reportId, chapterId, {
      title: "Titre",
      markdown,
      revision: 0,
    });
    expect(decision.ok).toBe(false);
    if (!decision.ok) expect(writeMessages(decision.refusal).join(" ")).toMatch(sentence);
    expect((await findReport(committee.db, committee.networkId, reportId))?.chapters).toEqual(before?.chapters);
  });

  it("monter, descendre, retirer, remettre : l’ordre du rapport suit, un second clic de la même page ne fait rien", async () => {
    const { reportId } = await open(committee);
    const agent = await committee.contextOf("agent");
    const order = async () =>
      (await findReport(committee.db, committee.networkId, reportId))?.chapters.map(({ id }) => id) ?? [];
    const [first = "", second = "", third = "", ...rest] = await order();
    const arrange = (chapterId: string, act: "up" | "down" | "remove" | "restore", place: number) =>
      arrangeChapter(agent, reportId, { chapterId, act, place });
    await arrange(third, "up", 2);
    await arrange(third, "up", 2);
    expect(await order()).toEqual([first, third, second, ...rest]);
    await arrange(first, "up", 0);
    await arrange(rest.at(-1) ?? "", "down", rest.length + 2);
    expect(await order()).toEqual([first, third, second, ...rest]);
    await arrange(first, "remove", 0);
    expect(await order()).toEqual([third, second, ...rest]);
    const removed = async () => (await findReport(committee.db, committee.networkId, reportId))?.removed;
    expect((await removed())?.map(({ id }) => id)).toEqual([first]);
    await addChapter(agent, reportId, { cle: "nouveau-chapitre", title: "Mobilité" });
    await arrange(first, "restore", 0);
    expect(await order()).toEqual([third, second, ...rest, "nouveau-chapitre", first]);
    expect(await removed()).toEqual([]);
    expect(await arrange("d-ailleurs", "up", 1)).toEqual({ ok: false, refusal: "chapter-unknown" });
  });

  it("deux personnes à la fois : la seconde reçoit les deux textes, rien n’est écrasé", async () => {
    const { reportId, chapterId } = await open(committee);
    const [agent, secretary] = [await committee.contextOf("agent"), await committee.contextOf("secretary")];
    expect(
      await saveChapter(agent, reportId, chapterId, { title: "Titre", markdown: "Le mien.", revision: 0 }),
    ).toEqual({ ok: true, value: null });
    const second = await saveChapter(secretary, reportId, chapterId, {
      title: "Titre",
      markdown: "Le sien.",
      revision: 0,
    });
    expect(second).toMatchObject({ ok: true, value: { theirs: { markdown: "Le mien.", revision: 1 } } });
    const again = await saveChapter(secretary, reportId, chapterId, {
      title: "Titre",
      markdown: "Les deux.",
      revision: 1,
    });
    expect(again).toEqual({ ok: true, value: null });
    const history = await committee.db
      .selectFrom("needsChapterHistory")
      .select(["revision", "markdown"])
      .where("chapterId", "=", chapterId)
      .orderBy("revision")
      .execute();
    expect(history).toEqual([
      { revision: 1, markdown: "Le mien." },
      { revision: 2, markdown: "Les deux." },
    ]);
  });

  it("« en hausse » devient faux quand un millésime fait baisser le chiffre, et le changement est dit", async () => {
    const { reportId, chapterId } = await open(committee);
    const markdown = "Le chômage est en hausse à Blain : {{ind:demandeurs-emploi@44015}}.";
    await saveChapter(await committee.contextOf("agent"), reportId, chapterId, {
      title: "Emploi",
      markdown,
      revision: 0,
    });
    const network = { id: committee.networkId, name: "Réseau" };
    const read = async () => {
      const report = await findReport(committee.db, committee.networkId, reportId);
      if (!report) throw new Error("no report");
      const { checks } = await readReport(committee.db, network, report, toPlainDate("2026-09-01"));
      return checks.find((check) => check.chapterId === chapterId);
    };
    expect(await read()).toBeUndefined();
    await publish(committee.db, "defm", "2025", each(80));
    const check = await read();
    expect(check?.claims.map(({ verdict, words }) => [verdict, words])).toEqual([["false", "en hausse"]]);
    expect(check?.changes).toMatchObject([{ before: { period: "2024" }, now: { period: "2025" } }]);
    expect(check?.figures["{{ind:demandeurs-emploi@44015}}"]).toEqual({
      label: "Demandeurs d’emploi (catégories A, B, C), Blain",
      text: expect.stringContaining("80") as string,
    });
  });

  describe("l’adoption", () => {
    const ground = {
      decision: "",
      body: "Conseil d’administration du CCAS de Blain",
      actReference: "2026-12",
      adoptedOn: "2026-08-30",
    };
    const shownOf = async (reportId: string): Promise<string> => {
      const report = await findReport(committee.db, committee.networkId, reportId);
      if (!report) throw new Error("no report");
      return fingerprintOf(
        (await readReport(committee.db, { id: committee.networkId, name: "Réseau" }, report, toPlainDate("2026-09-01")))
          .document,
      );
    };

    it("fige les chiffres et leurs sources : un millésime plus tard, le rapport n’a pas changé", async () => {
      const { reportId, chapterId } = await open(committee);
      const secretary = await committee.contextOf("secretary");
      await saveChapter(secretary, reportId, chapterId, {
        title: "Emploi",
        markdown: "À Blain : {{ind:demandeurs-emploi@44015}}.",
        revision: 0,
      });
      const decision = await adoptReport(secretary, "Réseau", reportId, {
        fingerprint: await shownOf(reportId),
        ...ground,
      });
      expect(decision.ok).toBe(true);
      await publish(committee.db, "defm", "2025", each(80));
      const report = await findReport(committee.db, committee.networkId, reportId);
      const text = JSON.stringify(report?.adoption?.document);
      expect(text).toContain("120\u00a0");
      expect(text).not.toContain("80\u00a0");
      expect(text).toContain("DARES, Demandeurs d’emploi 2024");
      expect(text).toMatch(/Adoptée le 30\saoût\s2026 .* ceux du 1er\sseptembre\s2026/);
      expect(report?.adoption?.fingerprint).toBe(fingerprintOf(report?.adoption?.document));
      expect(await acts(committee)).toEqual(["analysis-started", "analysis-adopted"]);
      expect(
        await saveChapter(secretary, reportId, chapterId, { title: "Emploi", markdown: "Autre.", revision: 1 }),
      ).toEqual({
        ok: false,
        refusal: { kind: "report-adopted" },
      });
    });

    it.each([
      ["sans acte", { body: "" }, "act-missing"],
      ["datée de demain", { adoptedOn: "2026-09-02" }, "in-the-future"],
      ["sur une décision d’ailleurs", { decision: "poll-inconnu" }, "decision-unknown"],
      ["après un changement", { fingerprint: "autre" }, "changed-since"],
    ] as const)("%s : refusée, rien n’est figé", async (_, change, refusal) => {
      const { reportId } = await open(committee);
      const input = { fingerprint: await shownOf(reportId), ...ground, ...change };
      expect(await adoptReport(await committee.contextOf("secretary"), "Réseau", reportId, input)).toEqual({
        ok: false,
        refusal,
      });
      expect(adoptMessage(refusal).length).toBeGreaterThan(20);
      expect((await findReport(committee.db, committee.networkId, reportId))?.status).toBe("draft");
    });

    it.each([
      ["de la veille de l’ouverture : refusée", "2026-08-31T17:00:00.000Z", "decision-before-report"],
      ["du jour de l’ouverture : figée", "2026-09-01T07:00:00.000Z", null],
    ] as const)("par une décision du comité %s", async (_, at, refusal) => {
      const { reportId } = await open(committee);
      const { db, networkId, personOf } = committee;
      const poll = { id: "poll-1", networkId, meetingId: null, agendaItemId: null, subject: "motion", subjectId: null };
      await db
        .insertInto("poll")
        .values({
          ...{ ...poll, title: "Adopter l’analyse", bodyMd: "", mode: "public", status: "open", openedAt: at },
          ...{ closesOn: null, closedAt: null, openedBy: personOf("secretary"), createdAt: at },
        })
        .execute();
      await db
        .insertInto("pollResult")
        .values({
          ...{ pollId: "poll-1", networkId, outcome: "adopted", tally: "{}", entitled: "[]", quorum: "null" },
          ...{ castingVote: null, sentence: "Adopté.", decisionYear: 2026, decisionNumber: 1, closedAt: at },
        })
        .execute();
      const adopted = await adoptReport(await committee.contextOf("secretary"), "Réseau", reportId, {
        ...{ fingerprint: await shownOf(reportId), ...ground, decision: "poll-1" },
      });
      expect(adopted.ok ? null : adopted.refusal).toBe(refusal);
      if (refusal !== null) expect(adoptMessage(refusal)).toContain("plus ancienne que l’analyse");
    });

    it("dit ce qui n’a pas de chiffre, et le rapport ne montre pas la référence", async () => {
      const { reportId, chapterId } = await open(committee);
      await saveChapter(await committee.contextOf("secretary"), reportId, chapterId, {
        title: "Handicap",
        markdown: "Les foyers : {{ind:caf-aah}} ; en France, {{ind:demandeurs-emploi@france}}.",
        revision: 0,
      });
      const report = await findReport(committee.db, committee.networkId, reportId);
      if (!report) throw new Error("no report");
      const network = { id: committee.networkId, name: "Réseau" };
      const { document, checks } = await readReport(committee.db, network, report, toPlainDate("2026-09-01"));
      expect(checks.find((one) => one.chapterId === chapterId)?.absent).toEqual([
        "Foyers percevant l’allocation aux adultes handicapés",
        "Demandeurs d’emploi (catégories A, B, C), France",
      ]);
      expect(JSON.stringify(document)).toContain("Les foyers : non disponible ; en France, non disponible.");
    });

    it("deux fois : la seconde est refusée", async () => {
      const { reportId } = await open(committee);
      const secretary = await committee.contextOf("secretary");
      const input = { fingerprint: await shownOf(reportId), ...ground };
      await adoptReport(secretary, "Réseau", reportId, input);
      expect(await adoptReport(secretary, "Réseau", reportId, input)).toEqual({
        ok: false,
        refusal: "already-adopted",
      });
    });
  });

  it("suit chaque conseil d’administration ; une date à venir n’est pas une présentation faite", async () => {
    const { reportId } = await open(committee);
    const secretary = await committee.contextOf("secretary");
    const seatId = committee.seatOf("bouvron");
    const input = { cle: "p1", seatId, reference: "" };
    expect(
      await recordPresentation(secretary, reportId, { ...input, kind: "presented", onDate: toPlainDate("2027-03-01") }),
    ).toEqual({ ok: false, refusal: "in-the-future" });
    expect(
      await recordPresentation(secretary, reportId, { ...input, kind: "planned", onDate: toPlainDate("2026-01-01") }),
    ).toEqual({ ok: false, refusal: "in-the-past" });
    expect(
      await recordPresentation(secretary, reportId, {
        ...input,
        seatId: committee.seatOf("departement"),
        kind: "planned",
        onDate: toPlainDate("2027-03-01"),
      }),
    ).toEqual({ ok: false, refusal: "seat-unknown" });
    for (const refusal of ["in-the-future", "in-the-past", "seat-unknown"] as const)
      expect(recordMessage(refusal)).toMatch(/\./);
    await recordPresentation(secretary, reportId, { ...input, kind: "planned", onDate: toPlainDate("2027-03-01") });
    await recordPresentation(secretary, reportId, { ...input, kind: "planned", onDate: toPlainDate("2027-03-01") });
    expect(await acts(committee)).toEqual(["analysis-started", "analysis-presented"]);
    const boards = await listPresentations(
      committee.db,
      committee.networkId,
      { id: reportId, renewalYear: 2026 },
      toPlainDate("2026-09-01"),
    );
    expect(boards).toHaveLength(6);
    expect(boards.filter(({ standing }) => standing === "planned").map(({ label }) => label)).toEqual([
      "CCAS de Bouvron",
    ]);
  });

  it("un autre réseau n’y trouve rien", async () => {
    const { reportId, chapterId } = await open(committee);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "ailleurs" });
    const stranger = await other.contextOf("secretary");
    expect(await findReport(committee.db, other.networkId, reportId)).toBeNull();
    expect(await saveChapter(stranger, reportId, chapterId, { title: "Titre", markdown: "x", revision: 0 })).toEqual({
      ok: false,
      refusal: { kind: "report-unknown" },
    });
    expect(await addChapter(stranger, reportId, { cle: "c-1", title: "Titre" })).toEqual({
      ok: false,
      refusal: "report-unknown",
    });
    const partner = {
      cle: "p-1",
      name: "CAF",
      kind: "benefits",
      consultedOn: toPlainDate("2026-08-01"),
      manner: "réunion",
    } as const;
    expect(await recordPartner(stranger, reportId, partner)).toEqual({ ok: false, refusal: "report-unknown" });
  });
});
