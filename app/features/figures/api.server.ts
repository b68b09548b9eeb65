import { z } from "zod";
import { INDICATORS } from "~/domain/observatory/catalogue";
import type { DatasetHead } from "~/domain/observatory/figure";
import { THEMES, type Indicator } from "~/domain/observatory/indicator";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Db } from "~/services/db.server";
import {
  listCommunes,
  listDepartmentNames,
  listFigureDatasets,
  listNetworkCommunes,
  loadIndicatorSeries,
  territoryKey,
  type ObservedTerritory,
} from "~/services/figures-record.server";

/** The read-only API of the observatory. The schemas below make the OpenAPI description, and the tests hold the answers to it. */

const datasetSchema = z.strictObject({
  jeu: z.string().describe("Identifiant permanent du jeu"),
  producteur: z.string(),
  titre: z.string(),
  millesime: z.string(),
  geographie: z.string().nullable().describe("Jour des communes du fichier, AAAA-MM-JJ"),
  adresse: z.string(),
  licence: z.string(),
  recupere_le: z.string(),
  fichier: z.string(),
  sha256: z.string().nullable().describe("Empreinte du fichier du producteur, quand elle est connue"),
  arrondi: z.enum(["exact", "to-five", "weighted"]),
  note: z.string(),
});

const indicatorSchema = z.strictObject({
  code: z.string(),
  theme: z.string(),
  libelle: z.string(),
  unite: z.string(),
  decimales: z.number().int(),
  definition: z.string(),
  numerateur: z.string().nullable(),
  denominateur: z.string().nullable(),
  source: z.string(),
  sens: z.enum(["up-is-better", "up-is-worse", "neutral"]),
  ruptures: z.array(z.strictObject({ avant: z.string(), apres: z.string(), motif: z.string() })),
  precaution: z.string().nullable(),
});

const partSchema = z.strictObject({
  variable: z.string(),
  periode: z.string(),
  signe: z.union([z.literal(1), z.literal(-1)]),
  statut: z.enum(["value", "zero", "secret", "missing", "not-additive"]),
  valeur: z.number().nullable(),
});

const pointSchema = z.strictObject({
  periode: z.string(),
  statut: z.enum(["value", "zero", "secret", "missing", "not-additive"]),
  valeur: z
    .number()
    .nullable()
    .describe("null quand le chiffre est secret, manquant, ou ne s’additionne pas : jamais 0"),
  numerateur: z.array(partSchema),
  denominateur: z.array(partSchema),
  communes: z.strictObject({
    demandees: z.number().int(),
    diffusees: z.number().int(),
    secretes: z.number().int(),
    manquantes: z.number().int(),
  }),
  etendue: z.strictObject({ min: z.number(), max: z.number() }).nullable(),
  desaccords: z.array(z.strictObject({ jeu: z.string(), valeur: z.number() })),
  jeux: z.array(z.string()),
});

const seriesSchema = z.strictObject({
  indicateur: indicatorSchema,
  territoires: z.array(z.strictObject({ territoire: z.string(), nom: z.string(), points: z.array(pointSchema) })),
  jeux: z.array(datasetSchema),
});

const faultSchema = z.strictObject({ erreur: z.string() });

export const API_SCHEMAS = {
  Jeux: z.strictObject({ jeux: z.array(datasetSchema) }),
  Indicateurs: z.strictObject({ indicateurs: z.array(indicatorSchema) }),
  Serie: seriesSchema,
  Erreur: faultSchema,
} as const;

export type ApiDatasets = z.infer<typeof API_SCHEMAS.Jeux>;
export type ApiSeries = z.infer<typeof seriesSchema>;

function describeDataset(head: DatasetHead): z.infer<typeof datasetSchema> {
  return {
    ...{ jeu: head.slug, producteur: head.producer, titre: head.title, millesime: head.vintage },
    ...{ geographie: head.geographyOn, adresse: head.address, licence: head.licence, recupere_le: head.retrievedOn },
    ...{ fichier: head.fileName, sha256: head.sha256, arrondi: head.rounding, note: head.note },
  };
}

function describeIndicator(indicator: Indicator): z.infer<typeof indicatorSchema> {
  return {
    ...{ code: indicator.code, theme: THEMES[indicator.theme], libelle: indicator.label, unite: indicator.unit },
    ...{ decimales: indicator.decimals, definition: indicator.definition, numerateur: indicator.numerator },
    ...{ denominateur: indicator.denominator, source: indicator.source, sens: indicator.direction },
    ruptures: indicator.breaks.map(({ before, after, reason }) => ({ avant: before, apres: after, motif: reason })),
    precaution: indicator.caution,
  };
}

export async function answerDatasets(db: Db): Promise<ApiDatasets> {
  return { jeux: (await listFigureDatasets(db)).map(describeDataset) };
}

export function answerIndicators(): z.infer<typeof API_SCHEMAS.Indicateurs> {
  return { indicateurs: INDICATORS.map(describeIndicator) };
}

export const MAX_TERRITORIES = 700;

/** « commune-44015,departement-44,france,reseau-blain »; null when one of them can't be one, or there are too many. */
export async function readTerritories(
  db: Db,
  text: string,
): Promise<readonly { readonly territory: ObservedTerritory; readonly name: string }[] | null> {
  const keys = [...new Set(text.split(",").map((key) => key.trim()))].filter(Boolean);
  if (keys.length === 0 || keys.length > MAX_TERRITORIES) return null;
  const departments = await listDepartmentNames(db);
  const networks = await db.selectFrom("network").select(["id", "slug", "name"]).execute();
  const read: { readonly territory: ObservedTerritory; readonly name: string }[] = [];
  for (const key of keys) {
    const commune = /^commune-((?:\d{2}|2[AB])\d{3})$/.exec(key)?.[1];
    const department = /^departement-(\d{2,3}|2[AB])$/.exec(key)?.[1];
    const network = networks.find(({ slug }) => key === `reseau-${slug}`);
    if (key === "france") read.push({ territory: { kind: "country" }, name: "France" });
    else if (commune !== undefined) read.push({ territory: { kind: "commune", code: commune }, name: commune });
    else if (department !== undefined)
      read.push({
        territory: { kind: "department", code: department },
        name: departments.get(department) ?? department,
      });
    else if (network !== undefined) {
      const communes = await listNetworkCommunes(db, network.id as NetworkId);
      read.push({ territory: { kind: "group", key, communes: communes.map(({ code }) => code) }, name: network.name });
    } else return null;
  }
  const named = await listCommunes(
    db,
    read.flatMap(({ territory }) => (territory.kind === "commune" ? [territory.code] : [])),
  );
  const nameOf = new Map(named.map(({ code, name }) => [code, name]));
  return read.map(({ territory, name }) => ({
    territory,
    name: territory.kind === "commune" ? (nameOf.get(territory.code) ?? name) : name,
  }));
}

export async function answerSeries(
  db: Db,
  indicator: Indicator,
  territories: readonly { readonly territory: ObservedTerritory; readonly name: string }[],
): Promise<ApiSeries> {
  const { points, datasets } = await loadIndicatorSeries(db, {
    indicators: [indicator],
    territories: territories.map(({ territory }) => territory),
  });
  const slugOf = (id: DatasetHead["id"]): string => datasets.get(id)?.slug ?? "";
  return {
    indicateur: describeIndicator(indicator),
    territoires: territories.map(({ territory, name }) => ({
      ...{ territoire: territoryKey(territory), nom: name },
      points: (points.get(indicator.code)?.get(territoryKey(territory)) ?? []).map((point) => ({
        ...{ periode: point.period, statut: point.status, valeur: point.value },
        ...{ numerateur: point.numerator.map(describePart), denominateur: point.denominator.map(describePart) },
        communes: {
          ...{ demandees: point.communes.asked, diffusees: point.communes.released },
          ...{ secretes: point.communes.secret, manquantes: point.communes.missing },
        },
        etendue: point.range === null ? null : { min: point.range.lowest, max: point.range.highest },
        desaccords: point.disagreements.map(({ datasetId, value }) => ({ jeu: slugOf(datasetId), valeur: value })),
        jeux: point.datasetIds.map(slugOf),
      })),
    })),
    jeux: [...datasets.values()].map(describeDataset),
  };
}

type Part =
  Awaited<ReturnType<typeof loadIndicatorSeries>>["points"] extends ReadonlyMap<
    string,
    ReadonlyMap<string, readonly { readonly numerator: readonly (infer One)[] }[]>
  >
    ? One
    : never;

function describePart({ variable, period, sign, status, value }: Part): z.infer<typeof partSchema> {
  return { variable, periode: period, signe: sign, statut: status, valeur: value };
}

/** OpenAPI 3.1 of what stands above. */
export function describeApi(publicUrl: string): object {
  const answer = (schema: keyof typeof API_SCHEMAS, description: string) => ({
    description,
    headers: { ETag: { schema: { type: "string" }, description: "À renvoyer dans If-None-Match" } },
    content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } },
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "Observatoire des réseaux de CCAS",
      version: "1",
      description: "Chiffres officiels et indicateurs, en lecture seule. Licence Ouverte 2.0 des producteurs.",
      license: { name: "Licence Ouverte 2.0", url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/" },
    },
    servers: [{ url: publicUrl }],
    paths: {
      "/api/v1/jeux": {
        get: {
          operationId: "listerJeux",
          summary: "Jeux de données importés",
          responses: { 200: answer("Jeux", "Les jeux") },
        },
      },
      "/api/v1/indicateurs": {
        get: {
          operationId: "listerIndicateurs",
          summary: "Catalogue des indicateurs",
          responses: { 200: answer("Indicateurs", "Le catalogue") },
        },
      },
      "/api/v1/indicateurs/{code}": {
        get: {
          operationId: "lireIndicateur",
          summary: "Séries d’un indicateur pour des territoires",
          parameters: [
            { name: "code", in: "path", required: true, schema: { type: "string" } },
            {
              ...{ name: "territoires", in: "query", required: true, schema: { type: "string" } },
              description: "Séparés par des virgules : commune-44015, departement-44, france, reseau-blain",
              example: "commune-44015,departement-44,france",
            },
          ],
          responses: {
            200: answer("Serie", "Les séries, la plus ancienne période d’abord"),
            400: answer("Erreur", "Territoire illisible"),
            404: answer("Erreur", "Indicateur inconnu"),
          },
        },
      },
    },
    components: {
      schemas: Object.fromEntries(
        Object.entries(API_SCHEMAS).map(([name, schema]) => [
          name,
          z.toJSONSchema(schema, { target: "draft-2020-12" }),
        ]),
      ),
    },
  };
}
