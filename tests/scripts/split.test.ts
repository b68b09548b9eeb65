import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const BLAIN = "blain=10376,bouvron=3153,chevallerais=1569,fay=4023,gavre=1890,nddl=2360";

function run(...words: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", "scripts/split.ts", ...words], {
    cwd: root,
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

describe("npm run repartition", { timeout: 60_000 }, () => {
  it("json : le total, les parts, et rien d’autre sur la sortie", () => {
    const { stdout, stderr, status } = run("--total", "4000,00", "--poids", BLAIN, "--format", "json");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const read = JSON.parse(stdout) as { totalCents: number; shares: Record<string, unknown>[] };
    expect(Object.keys(read)).toEqual(["totalCents", "shares"]);
    expect(read.totalCents).toBe(400_000);
    expect(read.shares.map(({ id, weight, cents }) => [id, weight, cents])).toEqual([
      ["blain", 10_376, 177_588],
      ["bouvron", 3_153, 53_964],
      ["chevallerais", 1_569, 26_854],
      ["fay", 4_023, 68_854],
      ["gavre", 1_890, 32_348],
      ["nddl", 2_360, 40_392],
    ]);
  });

  it("à restes égaux, par identifiant croissant, dans quelque ordre qu’on les donne", () => {
    const { stdout } = run("--total=0,02", "--poids=c=1,a=1,b=1", "--format=json");
    const { shares } = JSON.parse(stdout) as { shares: { id: string; cents: number }[] };
    expect(shares.map(({ id, cents }) => `${id}=${cents}`)).toEqual(["a=1", "b=1", "c=0"]);
  });

  it("npm run --silent n’ajoute rien à la sortie", () => {
    const { stdout, status } = spawnSync(
      "npm",
      ["run", "--silent", "repartition", "--", "--total", "12,5", "--poids", "a=1,b=1", "--format", "json"],
      { cwd: root, encoding: "utf8" },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ totalCents: 1250, shares: [{ cents: 625 }, { cents: 625 }] });
  });

  it("texte par défaut : la feuille de preuve ; csv : un tableau", () => {
    const text = run("--total", "1 234,56 €", "--poids", "a=1, b=2");
    expect(text.status).toBe(0);
    expect(text.stdout.replace(/[\u00a0\u202f]/g, " ")).toMatch(
      /^Répartition de 1 234,56 €\n[\s\S]*égalité exacte\.\n$/,
    );
    const csv = run("--total", "-0,01", "--poids", "a=1,b=2", "--format", "csv");
    expect(csv.status).toBe(0);
    expect(csv.stdout.split("\r\n").map((line) => line.split(";")[10])).toEqual([
      "part_centimes",
      "0",
      "-1",
      "-1",
      undefined,
    ]);
  });

  it("--aide explique et réussit", () => {
    const { stdout, status } = run("--aide");
    expect(status).toBe(0);
    expect(stdout).toContain("npm run --silent repartition -- --total MONTANT");
  });

  it.each([
    { case: "poids nuls", words: ["--total", "10", "--poids", "a=0,b=0"], says: "tous les poids sont nuls" },
    { case: "poids négatif", words: ["--total", "10", "--poids", "a=1,b=-2"], says: "le poids de « b » est négatif" },
    {
      case: "poids fractionnaire",
      words: ["--total", "10", "--poids", "a=1,b=2.5"],
      says: "le poids de « b » n’est pas entier",
    },
    {
      case: "virgule dans un poids",
      words: ["--total", "10", "--poids", "a=1,b=2,5"],
      says: "« 5 » n’est pas de la forme nom=poids",
    },
    { case: "poids manquant", words: ["--total", "10", "--poids", "a=1,b="], says: "le poids de « b » manque" },
    {
      case: "poids en lettres",
      words: ["--total", "10", "--poids", "a=dix"],
      says: "le poids de « a » manque ou n’est pas un nombre",
    },
    { case: "poids en exposant", words: ["--total", "10", "--poids", "a=1e3"], says: "n’est pas un nombre" },
    {
      case: "poids immense",
      words: ["--total", "10", "--poids", "a=9007199254740993"],
      says: "dépasse 9007199254740991",
    },
    { case: "nom vide", words: ["--total", "10", "--poids", "=3"], says: "n’est pas de la forme nom=poids" },
    { case: "membre deux fois", words: ["--total", "10", "--poids", "a=1, a=2"], says: "« a » est donné deux fois" },
    { case: "poids vides", words: ["--total", "10", "--poids", ""], says: "--poids manque" },
    { case: "sans poids", words: ["--total", "10"], says: "--poids manque" },
    { case: "virgule de trop", words: ["--total", "10", "--poids", "a=1,"], says: "n’est pas de la forme nom=poids" },
    { case: "sans total", words: ["--poids", "a=1"], says: "--total manque" },
    { case: "total sans valeur", words: ["--poids", "a=1", "--total"], says: "--total attend une valeur" },
    { case: "total en lettres", words: ["--total", "dix", "--poids", "a=1"], says: "n’est pas un montant" },
    { case: "total vide", words: ["--total", "", "--poids", "a=1"], says: "le montant manque" },
    { case: "total trop précis", words: ["--total", "1,234", "--poids", "a=1"], says: "deux décimales" },
    { case: "total démesuré", words: ["--total", "1000000000,01", "--poids", "a=1"], says: "milliard" },
    { case: "format inconnu", words: ["--total", "1", "--poids", "a=1", "--format", "xml"], says: "« xml » n’est ni" },
    { case: "option inconnue", words: ["--totale", "1"], says: "option inconnue" },
    { case: "rien", words: [], says: "--total manque" },
  ])("erreur : $case", ({ words, says }) => {
    const { stdout, stderr, status } = run(...words);
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
