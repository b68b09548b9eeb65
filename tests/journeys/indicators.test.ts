import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { readOds, writeOds } from "hucre/ods";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { cellKeyOf, orderCategories } from "~/domain/indicator/dictionary";
import { composeTables } from "~/domain/statistics/release/compose-task";
import { listCounted, NETWORK, type FrozenYear } from "~/domain/statistics/release/frozen-year";
import type { PublishedYear } from "~/domain/statistics/release/published-year";
import { launchBrowser, openDevice, signIn, type RunningPortal } from "../support/browser";
import { PERSONAS, readDatabase, signInByPost, startDemoPortal, type Persona } from "./demo";

/** A campaign of the six CCAS, by the screens: one fills on a phone without a script, one with a spreadsheet; the lead validates and closes. */

let portal: RunningPortal;
let browser: Browser;
const faults: string[] = [];
const folder = mkdtempSync(join(tmpdir(), "portail-modele-"));

beforeAll(async () => {
  portal = await startDemoPortal();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openAs(persona: Persona, { javaScript, width }: { javaScript: boolean; width: number }): Promise<Page> {
  const context = await openDevice(browser, { javaScriptEnabled: javaScript, width });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on("pageerror", (fault) => faults.push(`${page.url()}: ${fault.message}`));
  await signIn(page, portal.address, PERSONAS[persona], DEMO_PASSWORD);
  await page
    .getByRole("link", { name: "Se déconnecter" })
    .or(page.getByRole("button", { name: "Se déconnecter" }))
    .waitFor();
  return page;
}

/** The template of the page that is open, every empty value filled. @param oddValue put into the first of them */
async function fillTemplate(page: Page, name: string, oddValue: string | null): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "ODS" }).click(),
  ]);
  const sheet = (await readOds(new Uint8Array(await readFile((await download.path())!)))).sheets[0]!;
  const headingAt = sheet.rows.findIndex((row) => row[0] === "Repère");
  let isFirst = true;
  const rows = sheet.rows.map((row, index) => {
    const cells = Array.from({ length: 9 }, (_, column) => row[column] ?? null);
    if (index > headingAt && cells[7] === null) {
      cells[7] = isFirst && oddValue !== null ? oddValue : "sans objet";
      isFirst = false;
    }
    return cells;
  });
  const path = join(folder, name);
  writeFileSync(path, await writeOds({ sheets: [{ name: "Recueil", rows }] }));
  return path;
}

/** Presses the button and waits for the page that says what was saved: a link pressed too soon would cancel the sending. */
async function saveDraft(page: Page): Promise<void> {
  const saved = page.waitForResponse(
    (response) => response.url().includes("fait=enregistre") && response.status() === 200,
  );
  await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  await saved;
  await page.waitForLoadState("load");
}

async function send(page: Page, path: string): Promise<void> {
  await page.getByRole("link", { name: "Envoyer un modèle rempli" }).click();
  await page.getByLabel("Modèle rempli").setInputFiles(path);
  await page.getByRole("button", { name: "Envoyer le fichier" }).click();
}

describe("une campagne des six CCAS, dans le navigateur", () => {
  it("se saisit, se renvoie en fichier, se transmet, se valide et se clôt", async () => {
    const agent = await openAs("agent", { javaScript: false, width: 390 });
    await agent.goto(`${portal.address}/reseaux/blain/recueil`);
    await agent.getByRole("link", { name: "Ouvrir la saisie" }).click();
    await agent.getByRole("link", { name: "Portage de repas" }).click();
    const total = agent.getByLabel(/^Total, Personnes livrées à domicile/);
    await total.fill("une douzaine");
    await saveDraft(agent);
    await agent.getByText("1 case enregistrée.").waitFor();
    expect(await total.inputValue()).toBe("une douzaine");
    await agent.getByText("Ce n’est pas un nombre").waitFor();
    await total.fill("");
    await saveDraft(agent);
    await agent.getByRole("link", { name: "Sommaire de la saisie" }).click();

    // The template: one wrong cell keeps the whole file out, and says which; corrected, it is written whole.
    await send(agent, await fillTemplate(agent, "faux.ods", "12,5"));
    await agent.getByText("Rien n’est enregistré", { exact: true }).waitFor();
    await agent.getByText("« 12,5 »").waitFor();
    await agent.getByRole("link", { name: "CCAS de Fay-de-Bretagne", exact: true }).click();
    await agent.getByText("69 cases remplies sur 116").waitFor();
    await send(agent, await fillTemplate(agent, "juste.ods", null));
    await agent.getByText("116 cases remplies sur 116").waitFor();

    // Warnings ask for a word.
    await agent.getByRole("link", { name: "Aides facultatives" }).click();
    for (const note of await agent.locator(".cell-entry", { has: agent.locator(".cell-warning") }).all())
      await note.getByRole("textbox", { name: /^Commentaire/ }).fill("Vérifié avec la comptabilité.");
    await saveDraft(agent);
    await agent.getByRole("link", { name: "Sommaire de la saisie" }).click();
    await agent.getByRole("button", { name: "Transmettre la saisie" }).click();
    await agent.getByText("La saisie est transmise").waitFor();

    // The last CCAS has no agent: the secretariat fills it, the draft saves itself as one types.
    const lead = await openAs("secretary", { javaScript: true, width: 1280 });
    const board = `${portal.address}/reseaux/blain/recueil/${new Date().getFullYear() - 1}`;
    await lead.goto(board);
    await lead.getByRole("link", { name: "CCAS du Gâvre", exact: true }).click();
    await lead.getByRole("link", { name: "Logement", exact: true }).click();
    const housing = lead.getByLabel(/^Total, Demandes de logement social/);
    await housing.fill("6");
    await housing.blur();
    await lead.getByText("Brouillon enregistré.").waitFor();
    await lead.getByRole("link", { name: "Sommaire de la saisie" }).click();
    await send(lead, await fillTemplate(lead, "gavre.ods", null));
    await lead.getByText("116 cases remplies sur 116").waitFor();
    await lead.getByRole("button", { name: "Transmettre la saisie" }).click();
    await lead.getByText("La saisie est transmise").waitFor();

    for (const name of [
      "CCAS de La Chevallerais",
      "CCAS de Fay-de-Bretagne",
      "CCAS du Gâvre",
      "CCAS de Notre-Dame-des-Landes",
    ]) {
      await lead.goto(board);
      await lead.getByRole("link", { name, exact: true }).click();
      await lead.getByRole("button", { name: "Valider la saisie" }).click();
      await lead.getByText("La saisie est validée").waitFor();
    }
    await lead.goto(board);
    await lead.getByText("6 saisies validées sur 6").waitFor();
    await lead.getByText("Clore la campagne", { exact: true }).click();
    await lead.getByRole("button", { name: /^Clore la campagne/ }).click();
    await lead.getByText("La campagne est close").waitFor();

    const rows = readDatabase<{ status: string; cells: number }>(
      portal,
      `select submission.status, count(*) as cells from submission
       join campaign on campaign.id = submission.campaign_id join submission_cell on submission_cell.submission_id = submission.id
       where campaign.year = ? and submission_cell.state is not null group by submission.id`,
      new Date().getFullYear() - 1,
    );
    expect(rows).toEqual(Array.from({ length: 6 }, () => ({ status: "validated", cells: 116 })));

    // The agent's own page is closed to writing, and another CCAS's figures are nowhere.
    await agent.goto(`${board}`);
    expect(await agent.getByRole("link", { name: /^CCAS de Blain/ }).count()).toBe(0);
    expect(faults).toEqual([]);
  });
});

type Release = {
  readonly inputs: FrozenYear;
  /** Of the shares and averages that are told, in hundredths: where every aid is the same, one of them is the average. */
  readonly averages: readonly number[];
  readonly hidden: ReadonlySet<string>;
  readonly figures: Map<string, number>;
};

/** The last release of each year for an audience, with what it was computed from: nobody but this test reads it. */
function readReleases(audience: string): readonly Release[] {
  const rows = readDatabase<{ inputs: string; outputs: string; reasons: string }>(
    portal,
    "select inputs, outputs, reasons from release where audience = ? order by data_year, sequence",
    audience,
  );
  return rows.map((row) => {
    const inputs = JSON.parse(row.inputs) as FrozenYear;
    const figures = new Map(composeTables(inputs).figures.map(({ scope, key, value }) => [`${scope}|${key}`, value]));
    const told = (JSON.parse(row.outputs) as PublishedYear).cells;
    const averages = told.flatMap(({ scope, key, value }) =>
      value === null || figures.has(`${scope}|${key}`) ? [] : [Math.round(value * 100)],
    );
    return { inputs, averages, hidden: new Set(Object.keys(JSON.parse(row.reasons) as object)), figures };
  });
}

/** Every number of a text, however it is written. */
function readNumbers(text: string): ReadonlySet<number> {
  const found = text.replace(/(\d)[\u00a0\u202f ](?=\d{3})/g, "$1").match(/\d+(?:[.,]\d+)?/g) ?? [];
  return new Set(found.map((written) => Number(written.replace(",", "."))));
}

const strip = (html: string): string =>
  html
    // What a narrow screen writes before a figure is the heading of its column.
    .replace(/<span class="cell-label"[^>]*>[^<]*<\/span>/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();
const readRows = (html: string): string[][] =>
  (html.match(/<tr[\s\S]*?<\/tr>/g) ?? []).map((row) => (row.match(/<t[dh][\s\S]*?<\/t[dh]>/g) ?? []).map(strip));
const readSection = (html: string, id: string): string =>
  new RegExp(`<section[^>]*id="${id}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? "";

describe("ce qui est publié, cherché partout", () => {
  it("aucune valeur masquée : ni page, ni fichier, ni dessin", async () => {
    const last = new Date().getFullYear() - 1;
    const lead = await openAs("secretary", { javaScript: false, width: 1280 });
    for (const audience of ["membres", "public"]) {
      await lead.goto(`${portal.address}/reseaux/blain/indicateurs/publications/${last}/${audience}`);
      const publish = lead.getByRole("button", { name: /^Publier pour/ });
      while ((await publish.count()) === 0) await lead.getByRole("link", { name: "Actualiser" }).click();
      await publish.click();
      await lead.getByText("La publication est faite.").waitFor();
    }
    const { cookie } = await signInByPost(portal.address, PERSONAS.agent);
    const readers = [
      { audience: "public", headers: {}, view: "" },
      { audience: "members", headers: { cookie }, view: "" },
      { audience: "public", headers: { cookie }, view: "vue=public" },
    ];
    for (const { audience, headers, view } of readers) {
      const read = async (path: string): Promise<Response> => {
        const response = await fetch(`${portal.address}/reseaux/blain/indicateurs${path}`, { headers });
        expect(response.status, path).toBe(200);
        return response;
      };
      const releases = readReleases(audience);
      expect(releases.map(({ inputs }) => inputs.year)).toEqual([last - 2, last - 1, last]);
      // Amounts in cents can't be met by chance, as a small count would.
      const shown = new Set(
        releases.flatMap(({ figures, hidden }) =>
          [...figures].flatMap(([id, value]) => (hidden.has(id) ? [] : [value])),
        ),
      );
      const averages = new Set(releases.flatMap((release) => release.averages));
      const secrets = releases.flatMap(({ figures, hidden }) =>
        [...figures].flatMap(([id, value]) =>
          hidden.has(id) && value > 10_000 && !shown.has(value) && !averages.has(value) ? [value] : [],
        ),
      );
      expect(secrets.length).toBeGreaterThan(20);
      const search = (where: string, text: string): void => {
        const numbers = readNumbers(text);
        const leaked = secrets.filter((secret) => numbers.has(secret) || numbers.has(secret / 100));
        expect(leaked, `${audience} ${where}`).toEqual([]);
      };
      for (const format of ["csv", "json"])
        search(format, await (await read(`.${format}${view && `?${view}`}`)).text());
      const ods = unzipSync(new Uint8Array(await (await read(`.ods${view && `?${view}`}`)).arrayBuffer()));
      for (const [name, bytes] of Object.entries(ods)) search(name, new TextDecoder().decode(bytes));
      const json = (await (await read(`.json${view && `?${view}`}`)).json()) as {
        releases: { year: number; cells: { scope: string; cell: string; value: number | null; status: string }[] }[];
      };
      let masked = 0;
      for (const { inputs, hidden, figures } of releases) {
        const { year, members, dictionary } = inputs;
        const cells = json.releases.find((release) => release.year === year)!.cells;
        for (const { scope, cell, value, status } of cells) {
          if (!hidden.has(`${scope === "network" ? NETWORK : scope}|${cell}`)) continue;
          expect({ value, status }, `${scope} ${cell}`).toEqual({ value: null, status: "suppressed" });
        }
        const query = `?annee=${year}${view && `&${view}`}`;
        search(`${year}`, await (await read(query)).text());
        for (const indicator of listCounted(dictionary.indicators)) {
          const html = await (await read(`/${indicator.code}${query}`)).text();
          search(`${year} ${indicator.code}`, html);
          const isHidden = (scope: string, key: string): boolean => hidden.has(`${scope}|${key}`);
          const comparison = readSection(html, "comparaison");
          const rows = readRows(comparison).slice(1);
          for (const [rank, scope] of [...members.map(({ id }) => id), NETWORK].entries())
            if (isHidden(scope, indicator.code))
              expect(rows[rank]?.slice(1)).toEqual(["masqué (secret statistique)", ""]);
          for (const dimension of indicator.dimensions) {
            const table = readRows(readSection(html, `ventilation-${dimension.code}`)).slice(1);
            for (const [line, category] of orderCategories(dimension).entries())
              for (const [column, scope] of [...members.map(({ id }) => id), NETWORK].entries()) {
                const key = cellKeyOf({
                  ...{ indicator: indicator.code, dimension: dimension.code, category: category.code },
                });
                if (!isHidden(scope, key)) continue;
                masked += 1;
                expect(table[line]?.[column + 1], `${year} ${key} ${scope}`).toBe("masqué");
              }
          }
          // The drawing: the same hatched box for all, and no mark in the years whose figure is hidden.
          const boxes = (comparison.match(/<rect[^>]*class="hidden-bar"[^>]*>/g) ?? []).map((box) =>
            box.replace(/ y="\d+"/, ""),
          );
          expect(boxes).toHaveLength(members.filter(({ id }) => isHidden(id, indicator.code)).length);
          expect(new Set(boxes).size).toBeLessThanOrEqual(1);
          const told = releases.filter(
            (release) =>
              release.figures.has(`${NETWORK}|${indicator.code}`) &&
              !release.hidden.has(`${NETWORK}|${indicator.code}`),
          );
          expect(readSection(html, "evolution").match(/class="trend-mark"/g) ?? []).toHaveLength(told.length);
        }
        expect(figures.size).toBeGreaterThan(500);
      }
      expect(masked).toBeGreaterThan(300);
    }
  });
});
