import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

function listFiles(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Owner of each table, from the sections of the schema: « // ── meetings ── ». */
function readOwners(): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  let owner = "";
  for (const line of read("db/schema.ts").split("\n")) {
    const section = /^\/\/ ── (\w+)/.exec(line);
    if (section) owner = section[1] ?? "";
    const table = /^export type (\w+)Table = \{/.exec(line)?.[1];
    if (table) owners.set(table.charAt(0).toLowerCase() + table.slice(1), owner);
  }
  return owners;
}

/** Which folder of app/features (or file of app/services) writes the tables of a section of the schema. */
const WRITERS: Record<string, RegExp> = {
  network: /^app\/features\/networks\//,
  people: /^app\/features\/(people|networks|account)\//,
  auth: /^app\/(features\/account\/|services\/(auth|form-draft|security|one-time-links)\.server)/,
  rules: /^app\/features\/rules\//,
  meetings: /^app\/(features\/meetings\/|services\/meeting-preparation\.server)/,
  attendance: /^app\/features\/attendance\//,
  documents: /^app\/features\/documents\//,
  convocations: /^app\/features\/convocations\//,
  mail: /^app\/services\/mail\.server/,
  votes: /^app\/features\/votes\//,
  expenses: /^app\/features\/expenses\//,
  minutes: /^app\/features\/minutes\//,
  budget: /^app\/features\/budget\//,
  spending: /^app\/features\/spending\//,
  staffTime: /^app\/features\/staff-time\//,
  inKind: /^app\/features\/in-kind\//,
  subsidies: /^app\/features\/subsidies\//,
  register: /^app\/services\/register\.server/,
  population: /^app\/features\/population\//,
  funding: /^app\/features\/funding\//,
  events: /^app\/features\/events\//,
  actionPlan: /^app\/features\/action-plan\//,
  indicators: /^app\/features\/indicators\//,
  releases: /^app\/features\/releases\//,
  library: /^app\/features\/library\//,
  search: /^app\/features\/search\//,
  handover: /^app\/features\/handover\//,
  agreements: /^app\/features\/agreements\//,
  figures: /^app\/features\/figures\//,
  needsAnalysis: /^app\/features\/(observatory|needs-analysis)\//,
};

describe("les lois de la maison", () => {
  const sources = [...listFiles("app", /\.tsx?$/), ...listFiles("scripts", /\.(ts|js)$/)].filter(
    (path) => !path.startsWith("scripts/bench"),
  );

  it("chaque table n’est écrite que par son propriétaire", () => {
    const owners = readOwners();
    expect(owners.size).toBeGreaterThan(30);
    const strangers = sources.flatMap((path) =>
      [...read(path).matchAll(/\.(?:insertInto|updateTable|deleteFrom)\(\s*"(\w+)"/g)].flatMap(([, table = ""]) => {
        const writer = WRITERS[owners.get(table) ?? ""];
        return writer?.test(path) ? [] : [`${path} écrit ${table}`];
      }),
    );
    expect(strangers).toEqual([]);
  });

  it("aucune fonction propre à SQLite hors du fichier qui porte le dialecte", () => {
    const portable = sources.filter((path) => path !== "app/services/db.server.ts" && !path.startsWith("scripts/"));
    const found = portable.filter((path) =>
      /\b(rowid|insert or|strftime|julianday|json_each|pragma|vacuum)\b/.test(read(path)),
    );
    expect(found).toEqual([]);
  });

  it("aucun style ni script écrit dans une page : la politique de sécurité les refuse", () => {
    const found = listFiles("app", /\.tsx$/).filter((path) => /\sstyle=\{|\sstyle="|<script/.test(read(path)));
    expect(found).toEqual([]);
  });

  it("les chemins de cette machine n’entrent pas dans le dépôt", () => {
    const listed = spawnSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).stdout.split("\n").filter(Boolean);
    const texts = listed.filter(
      (path) => /\.(ts|tsx|js|cjs|json|md|css|sh|csv)$/.test(path) && path !== "package-lock.json",
    );
    const found = texts.filter((path) => /(^|[\s"'(`])\/(work|home|root|Users)\//.test(read(path)));
    expect(found).toEqual([]);
  });
});
