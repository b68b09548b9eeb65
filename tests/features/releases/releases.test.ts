import { unzipSync } from "fflate";
import { renderToStaticMarkup } from "react-dom/server";
import { createElement } from "react";
import { beforeAll, describe, expect, it } from "vitest";
import { attackPattern } from "~/domain/statistics/disclosure/attack";
import type { Audience } from "~/domain/statistics/disclosure/sensitivity";
import { composeTask, composeTables } from "~/domain/statistics/release/compose-task";
import type { FrozenYear } from "~/domain/statistics/release/frozen-year";
import { NETWORK } from "~/domain/statistics/release/frozen-year";
import { findCell, publishYear, type PublishedYear } from "~/domain/statistics/release/published-year";
import type { Reasons } from "~/domain/statistics/release/protect-year";
import { compareRelease } from "~/features/releases/comparison.server";
import { publishRelease, raiseThreshold } from "~/features/releases/commands.server";
import { computeRelease, listEarlier } from "~/features/releases/compute.server";
import { releasesToCsv, releasesToJson, releasesToOds } from "~/features/releases/export.server";
import { RELEASE_MESSAGES, THRESHOLD_MESSAGES } from "~/features/releases/messages.fr";
import { listPublications, verifyRelease } from "~/features/releases/queries.server";
import { loadConsolidatedView } from "~/features/releases/view.server";
import { listRegister } from "~/services/register.server";
import { loadSolver } from "~/services/solver.server";
import { tellIndicator, writeCell } from "~/documents/release-words";
import { ComparisonChart } from "~/ui/indicators/comparison-chart";
import { createCommittee, type Committee } from "../../support/database";
import { collectYear, TOWNS } from "./collected-year";

/** Aids and their amounts: counts by reason, and an amount judged by how many share it. */
const CODES = ["AF-NB", "AF-MNT", "AF-MAX", "AF-MOY", "SU-NB", "SU-MNT"];

async function compute(committee: Committee, year: number, audience: Audience) {
  const computed = await computeRelease(committee.db, committee.networkId, { year, audience });
  if (!computed.ok) throw new Error(computed.refusal.kind);
  return computed.value;
}

async function publish(committee: Committee, year: number, audience: Audience, cle = `cle-${year}-${audience}`) {
  const { fingerprint } = await compute(committee, year, audience);
  const context = await committee.contextOf("secretary");
  return publishRelease(context, { year, audience }, { cle, empreinte: fingerprint });
}

const readRelease = async (committee: Committee, rank: number) => {
  const row = await committee.db.selectFrom("release").selectAll().where("rank", "=", rank).executeTakeFirstOrThrow();
  return { row, inputs: JSON.parse(row.inputs) as FrozenYear, hidden: Object.keys(JSON.parse(row.reasons) as object) };
};

describe("publier une année : pour les membres, puis pour le public", { timeout: 60_000 }, () => {
  let committee: Committee;
  beforeAll(async () => {
    committee = await createCommittee();
    await collectYear(committee, { year: 2025, codes: CODES });
    expect(await publish(committee, 2025, "members")).toStrictEqual({ ok: true, value: { number: "2026-1" } });
    expect(await publish(committee, 2025, "public")).toStrictEqual({ ok: true, value: { number: "2026-2" } });
  }, 60_000);

  it("un acte au registre, sans chiffre masqué ni empreinte que l’on puisse deviner", async () => {
    const acts = (await listRegister(committee.db, committee.networkId)).filter(
      ({ kind }) => kind === "release-published",
    );
    expect(acts.map(({ payload }) => (payload as { number: string }).number)).toEqual(["2026-1", "2026-2"]);
    const { row } = await readRelease(committee, 1);
    expect(row.salt.length).toBeGreaterThan(40);
    expect(JSON.stringify(acts)).not.toContain(row.salt);
  });

  it("ce qui est masqué aux membres l’est au public", async () => {
    const [members, everybody] = [await readRelease(committee, 1), await readRelease(committee, 2)];
    expect(members.hidden.length).toBeGreaterThan(20);
    expect(members.hidden.filter((key) => !everybody.hidden.includes(key))).toEqual([]);
  });

  it("avant de publier, une moyenne masquée avec ses parties est comptée, sans raison à elle", async () => {
    const { row, inputs } = await readRelease(committee, 2);
    const outputs = JSON.parse(row.outputs) as PublishedYear;
    const compared = compareRelease({ inputs, outputs, reasons: JSON.parse(row.reasons) as Reasons });
    const suppressed = outputs.cells.filter(({ key, status }) => key === "AF-MOY" && status === "suppressed");
    expect(suppressed.length).toBeGreaterThan(0);
    expect(compared.find(({ code }) => code === "AF-MOY")).toMatchObject({ masked: suppressed.length, hidden: [] });
  });

  it("chaque publication se recalcule à l’identique", async () => {
    expect(await verifyRelease(committee.db, committee.networkId, "cle-2025-members")).toBe("same");
    expect(await verifyRelease(committee.db, committee.networkId, "cle-2025-public")).toBe("same");
    expect(await verifyRelease(committee.db, committee.networkId, "inconnue")).toBeNull();
  });

  it("la base refuse de modifier ou d’effacer une publication", async () => {
    await expect(committee.db.updateTable("release").set({ outputs: "{}" }).execute()).rejects.toThrow("append-only");
    await expect(committee.db.deleteFrom("release").execute()).rejects.toThrow("append-only");
  });

  it("deux mondes qui ne diffèrent que par ce qui est masqué donnent les mêmes octets", async () => {
    for (const rank of [1, 2]) {
      const { inputs, hidden } = await readRelease(committee, rank);
      const keys = new Set(hidden);
      const tables = composeTables(inputs);
      const quantities = new Set(
        tables.figures.filter(({ scope, key }) => keys.has(`${scope}|${key}`)).map((f) => f.quantity),
      );
      const other = tables.figures.map((figure) =>
        quantities.has(figure.quantity) ? { ...figure, value: 987_654 } : figure,
      );
      expect(other).not.toEqual(tables.figures);
      expect(publishYear(inputs, { ...tables, figures: other }, quantities)).toEqual(
        publishYear(inputs, tables, quantities),
      );
    }
  });

  it("ni les exports, ni le dessin, ni les phrases ne portent une valeur masquée", async () => {
    // Amounts in cents are told apart from everything else on a page: counts of two digits would be found by accident.
    for (const audience of ["members", "public"] as const) {
      const publications = await listPublications(committee.db, committee.networkId, audience);
      const { inputs, hidden } = await readRelease(committee, audience === "members" ? 1 : 2);
      const figures = composeTables(inputs).figures;
      const shown = new Set(figures.filter((f) => !hidden.includes(`${f.scope}|${f.key}`)).map(({ value }) => value));
      const secrets = figures
        .filter((f) => hidden.includes(`${f.scope}|${f.key}`) && f.value > 10_000 && !shown.has(f.value))
        .map(({ value }) => value);
      expect(secrets.length).toBeGreaterThan(10);
      const year = publications[0]!.content;
      const bars = year.members.map(({ id, shortName }) => {
        const cell = findCell(year, id, "AF-MNT");
        return {
          label: shortName,
          value: cell?.value ?? null,
          told: writeCell(
            year.dictionary.indicators.find(({ code }) => code === "AF-MNT")!,
            cell,
          ),
          isHidden: cell?.status === "suppressed",
        };
      });
      const texts = [
        releasesToCsv(publications),
        releasesToJson("Réseau", publications),
        Object.values(unzipSync(await releasesToOds(publications)))
          .map((part) => new TextDecoder().decode(part))
          .join("\n"),
        renderToStaticMarkup(createElement(ComparisonChart, { title: "t", description: "d", bars })),
        ...year.dictionary.indicators.map((indicator) => tellIndicator([year], year, indicator)),
      ];
      for (const secret of secrets)
        for (const text of texts)
          for (const written of [
            String(secret),
            String(secret / 100),
            String(secret / 100).replace(".", ","),
            (secret / 100).toFixed(2).replace(".", ","),
          ])
            expect(new RegExp(`(?<![\\d,.])${written.replace(".", "\\.")}(?![\\d,.])`).test(text), `${secret}`).toBe(
              false,
            );
      const cells = (JSON.parse(texts[1]!) as { releases: { cells: { value: unknown; status: string }[] }[] })
        .releases[0]!.cells;
      expect(cells.filter(({ status }) => status === "suppressed").every(({ value }) => value === null)).toBe(true);
      expect(cells.filter(({ status }) => status === "suppressed").length).toBeGreaterThan(20);
    }
  });

  it("la barre d’un chiffre masqué ne dépend pas de lui", () => {
    const draw = (value: number | null, isHidden: boolean): string =>
      renderToStaticMarkup(
        createElement(ComparisonChart, {
          title: "t",
          description: "d",
          bars: [{ label: "Blain", value, told: "masqué", isHidden }],
        }),
      );
    expect(draw(null, true)).toContain('width="60"');
    expect(draw(null, true)).not.toBe(draw(5, false));
  });

  it("un pourcentage tombe avec ses parties", async () => {
    const [publication] = await listPublications(committee.db, committee.networkId, "public");
    const year = publication!.content;
    const formulas = year.dictionary.indicators.flatMap(({ code, formula }) =>
      formula?.kind === "ratio" ? [{ code, formula }] : [],
    );
    expect(formulas.length).toBeGreaterThan(0);
    let fallen = 0;
    for (const { code, formula } of formulas)
      for (const scope of [NETWORK, ...year.members.map(({ id }) => id)]) {
        const parts = [formula.numerator, formula.denominator].map(({ indicator, dimension, category }) =>
          findCell(year, scope, dimension === null ? indicator : `${indicator}/${dimension}/${category}`),
        );
        if (!parts.some((part) => part?.status === "suppressed")) continue;
        fallen += 1;
        expect(findCell(year, scope, code)).toMatchObject({ status: "suppressed", value: null });
      }
    expect(fallen).toBeGreaterThan(0);
  });

  it("un visiteur ne lit que la publication du public, un membre celle des membres", async () => {
    const { actor } = await committee.contextOf("agent");
    const read = (search: string, who = actor) =>
      loadConsolidatedView(committee.db, committee.networkId, who, new URLSearchParams(search));
    expect((await read("")).current?.number).toBe("2026-1");
    expect((await read("vue=public")).current?.number).toBe("2026-2");
    const visitor = { personId: null, isAdministrator: false, roles: [] };
    const view = await loadConsolidatedView(
      committee.db,
      committee.networkId,
      visitor,
      new URLSearchParams("vue=members"),
    );
    expect(view.current?.number).toBe("2026-2");
    expect(view).toMatchObject({ isMember: false, mayPublish: false, audience: "public" });
  });

  it("un double envoi ne publie qu’une fois, une comparaison périmée ne publie rien", async () => {
    const context = await committee.contextOf("secretary");
    const wanted = { year: 2025, audience: "public" as const };
    expect(await publishRelease(context, wanted, { cle: "cle-2025-public", empreinte: "0".repeat(64) })).toStrictEqual({
      ok: true,
      value: { number: "2026-2" },
    });
    expect(await publishRelease(context, wanted, { cle: "autre", empreinte: "0".repeat(64) })).toMatchObject({
      ok: false,
      refusal: { kind: "changed-meanwhile" },
    });
    expect((await listPublications(committee.db, committee.networkId, "public")).map(({ number }) => number)).toEqual([
      "2026-2",
    ]);
  });

  it("un autre réseau n’y voit rien", async () => {
    const other = await createCommittee({ db: committee.db, slug: "autre", clock: committee.clock });
    expect(await listPublications(committee.db, other.networkId, "public")).toEqual([]);
    expect(await computeRelease(committee.db, other.networkId, { year: 2025, audience: "public" })).toMatchObject({
      ok: false,
      refusal: { kind: "year-unknown" },
    });
    expect(await verifyRelease(committee.db, other.networkId, "cle-2025-public")).toBeNull();
  });
});

describe("d’une publication à la suivante", { timeout: 60_000 }, () => {
  it("un CCAS s’en va : ses chiffres masqués ne se déduisent pas des deux totaux", async () => {
    const committee = await createCommittee();
    await collectYear(committee, { year: 2025, codes: ["SU-NB"], seed: 4 });
    expect((await publish(committee, 2025, "members")).ok).toBe(true);
    const first = await readRelease(committee, 1);
    await committee.db
      .updateTable("submission")
      .set({ status: "submitted" })
      .where("organizationId", "=", `org-blain-${TOWNS.at(-1)}`)
      .execute();
    const computed = await compute(committee, 2025, "members");
    expect(computed.inputs.members).toHaveLength(5);
    // Whoever puts both releases side by side: nothing. Had the second been made as if it were the first: much.
    const earlier = await listEarlier(committee.db, committee.networkId, 2025);
    const solver = await loadSolver();
    const { task, tables } = composeTask(computed.inputs, earlier);
    const hidden = new Set(task.hidden);
    for (const { scope, key, quantity } of tables.figures)
      if (computed.reasons[`${scope}|${key}`]) hidden.add(quantity);
    expect(attackPattern(task, hidden, solver).disclosures).toEqual([]);
    const alone = composeTask(computed.inputs, []);
    const naive = new Set([...task.hidden, ...alone.task.hidden]);
    expect(attackPattern(task, naive, solver).disclosures.length).toBeGreaterThan(0);
    expect(first.hidden.length).toBeGreaterThan(10);
  });

  it("un seuil relevé après coup ne peut plus être tenu : la publication est refusée, avec sa raison", async () => {
    const committee = await createCommittee();
    await collectYear(committee, { year: 2025, codes: ["SU-NB"], seed: 4 });
    expect((await publish(committee, 2025, "members")).ok).toBe(true);
    const context = await committee.contextOf("secretary");
    expect(await raiseThreshold(context, { audience: "members", threshold: 400 })).toMatchObject({ ok: true });
    const computed = await computeRelease(committee.db, committee.networkId, { year: 2025, audience: "members" });
    expect(computed.ok).toBe(false);
    if (!computed.ok) expect(RELEASE_MESSAGES[computed.refusal.kind]).toMatch(/^Publication refusée/);
  });
});

describe("seuils de secret : relevés seulement", () => {
  it.each([
    { case: "sous le plancher du public", audience: "public", threshold: 10, refusal: "below-lowest" },
    { case: "sous le plancher des membres", audience: "members", threshold: 4, refusal: "below-lowest" },
    { case: "plus bas que celui qui vaut", audience: "members", threshold: 6, refusal: "below-standing" },
    { case: "un nombre à virgule", audience: "public", threshold: 12.5, refusal: "not-whole" },
  ] as const)("$case : refusé, rien n’est écrit", async ({ audience, threshold, refusal }) => {
    const committee = await createCommittee();
    const context = await committee.contextOf("secretary");
    expect(await raiseThreshold(context, { audience: "members", threshold: 8 })).toMatchObject({ ok: true });
    expect(await raiseThreshold(context, { audience, threshold })).toStrictEqual({ ok: false, refusal });
    expect(THRESHOLD_MESSAGES[refusal]).not.toBe("");
    expect(await committee.db.selectFrom("secrecyThreshold").select("threshold").execute()).toEqual([{ threshold: 8 }]);
  });
});

describe("ce qui ne peut pas être publié", () => {
  it.each([
    { case: "aucun recueil", status: null, closedAt: null, kind: "year-unknown" },
    { case: "recueil encore ouvert", status: "validated", closedAt: null, kind: "campaign-open" },
    { case: "rien de validé", status: "draft", closedAt: "2026-06-01T00:00:00Z", kind: "nothing-validated" },
  ] as const)("$case", async ({ status, closedAt, kind }) => {
    const committee = await createCommittee();
    if (status !== null) {
      await collectYear(committee, { year: 2025, codes: ["SU-NB"] });
      await committee.db.updateTable("submission").set({ status }).execute();
      await committee.db.updateTable("campaign").set({ closedAt }).execute();
    }
    const computed = await computeRelease(committee.db, committee.networkId, { year: 2025, audience: "public" });
    expect(computed).toStrictEqual({ ok: false, refusal: { kind, disclosures: [] } });
    expect(RELEASE_MESSAGES[kind]).not.toBe("");
  });
});
