import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findIndicator } from "~/domain/observatory/catalogue";
import {
  answerDatasets,
  answerIndicators,
  answerSeries,
  describeApi,
  readTerritories,
} from "~/features/figures/api.server";
import { importFigureReference } from "~/features/figures/reference.server";
import { listNetworkTerritories, listTidyRows, tidyToCsv } from "~/features/figures/tidy.server";
import { importReference } from "~/features/population/reference.server";
import { createCommittee } from "../../support/database";

const REFERENCE = join(process.cwd(), "db/reference");

async function load() {
  const committee = await createCommittee();
  await importReference(committee, REFERENCE);
  await importFigureReference(committee, REFERENCE);
  return committee;
}

type Described = { paths: Record<string, unknown>; components: { schemas: Record<string, object> } };

/** The answers are held to the published description itself, not to the schemas that it was made from. */
function validator(name: string) {
  const { components } = JSON.parse(JSON.stringify(describeApi("https://exemple.fr"))) as Described;
  const schema = components.schemas[name];
  if (schema === undefined) throw new Error(name);
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
}
const sent = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

describe("interface de programmation", () => {
  it("les réponses sont celles que la description OpenAPI annonce", async () => {
    const { db, slug } = await load();
    expect(validator("Jeux").safeParse(sent(await answerDatasets(db))).error).toBeUndefined();
    expect(validator("Indicateurs").safeParse(sent(answerIndicators())).error).toBeUndefined();
    const territories = await readTerritories(db, `commune-44062,reseau-${slug},departement-44,france`);
    for (const code of ["taux-de-pauvrete", "part-75-ans-ou-plus", "population-municipale", "demandeurs-emploi"]) {
      const indicator = findIndicator(code);
      if (!indicator || !territories) throw new Error(code);
      const answer = sent(await answerSeries(db, indicator, territories));
      expect(validator("Serie").safeParse(answer).error, code).toBeUndefined();
    }
  });

  it("une réponse qui s’en écarte est vue", async () => {
    const { db } = await load();
    const answer = sent(await answerDatasets(db)) as { jeux: Record<string, unknown>[] };
    expect(validator("Jeux").safeParse({ jeux: [{ ...answer.jeux[0], sha256: 12 }] }).success).toBe(false);
    expect(validator("Jeux").safeParse({ jeux: [{ ...answer.jeux[0], surprise: true }] }).success).toBe(false);
  });

  it("chaque adresse décrite est en OpenAPI 3.1", () => {
    const described = describeApi("https://exemple.fr") as Described & { openapi: string };
    expect(described.openapi).toBe("3.1.0");
    expect(Object.keys(described.paths)).toEqual(["/api/v1/jeux", "/api/v1/indicateurs", "/api/v1/indicateurs/{code}"]);
  });

  it.each([
    { case: "rien", text: "" },
    { case: "un code trop court", text: "commune-1" },
    { case: "une région", text: "region-52" },
    { case: "un réseau inconnu", text: "reseau-inconnu" },
    { case: "un autre langage", text: "commune-44015;drop" },
    { case: "huit cents communes", text: Array.from({ length: 800 }, (_, at) => `commune-${10000 + at}`).join(",") },
  ])("territoires illisibles : $case", async ({ text }) => {
    const { db } = await load();
    expect(await readTerritories(db, text)).toBeNull();
  });

  it("un chiffre secret est null, jamais 0", async () => {
    const { db } = await load();
    const indicator = findIndicator("taux-de-pauvrete");
    const territories = await readTerritories(db, "commune-44062");
    if (!indicator || !territories) throw new Error("absent");
    const { territoires } = await answerSeries(db, indicator, territories);
    expect(territoires[0]).toMatchObject({ nom: "Le Gâvre" });
    expect(territoires[0]?.points.map(({ statut, valeur }) => [statut, valeur])).toEqual([
      ["secret", null],
      ["secret", null],
      ["secret", null],
    ]);
  });
});

describe("export ordonné", () => {
  it("une ligne par chiffre, sa source sur chacune", async () => {
    const { db, networkId, slug } = await load();
    const rows = await listTidyRows(db, await listNetworkTerritories(db, { id: networkId, slug, name: "Réseau" }));
    const csv = tidyToCsv(rows).split("\r\n");
    expect(rows.length).toBeGreaterThan(1_000);
    expect(csv).toHaveLength(rows.length + 2);
    expect(rows.every(({ producer, licence, dataset }) => producer !== "" && licence !== "" && dataset !== "")).toBe(
      true,
    );
    expect(csv.find((line) => line.startsWith("taux-de-pauvrete;") && line.includes(";commune-44062;"))).toContain(
      ";secret statistique;;",
    );
  });
});
