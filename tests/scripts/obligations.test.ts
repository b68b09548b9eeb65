import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = (...words: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", "scripts/obligations.ts", ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, DATA_DIR: "/nulle-part" },
  });

describe("npm run obligations", () => {
  it("dit les dates de Blain au 10 mars 2016, sans base, à partir du texte livré", () => {
    const { status, stdout } = run("--reseau", "blain", "--date", "2016-03-10", "--format", "json");
    expect(status).toBe(0);
    const told = JSON.parse(stdout) as {
      conventions: [{ fin: string; etat: string; obligations: { cle: string; echeance: string; etat: string }[] }];
    };
    const [agreement] = told.conventions;
    expect([agreement.fin, agreement.etat]).toEqual(["2016-12-31", "en-cours"]);
    expect(agreement.obligations.find(({ cle }) => cle.startsWith("renegociation."))).toMatchObject({
      ...{ echeance: "2016-06-30", etat: "a-faire" },
    });
  });

  it.each([
    ["blain", "2016-03-10", "Mise en demeure", "2016-06-10", []],
    ["dreux", "2026-06-12", "Dénonciation", "2026-07-31", ["2026-07-12"]],
    ["nord", "2020-11-05", "Dénonciation", "2021-02-05", []],
    ["garde", "2026-03-10", "Dénonciation", null, []],
  ])("%s : un courrier du %s (%s) mène au %s", (text, date, nature, last, others) => {
    const { conventions } = JSON.parse(run("--texte", text, "--date", date, "--format", "json").stdout) as {
      conventions: [{ courriersDuJour: { nature: string }[] }];
    };
    expect(conventions[0].courriersDuJour.find((letter) => letter.nature === nature)).toMatchObject({
      ...{ dernierJour: last, autresLectures: others },
    });
  });

  it.each([
    [["--date", "2016-03-10"], "donnez --reseau ou --texte"],
    [["--texte", "blain", "--date", "2016-02-30"], "n’est pas un jour du calendrier"],
    [["--texte", "nulle-part"], "aucun texte livré"],
  ])("%s : refusé, code 1, et dit pourquoi", (words, sentence) => {
    const { status, stdout, stderr } = run(...words);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(sentence);
  });

  it("--aide", () =>
    expect(run("--aide")).toMatchObject({ status: 0, stdout: expect.stringContaining("Exemple") as string }));
});
