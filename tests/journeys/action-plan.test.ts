import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { launchBrowser, openDevice, signIn, type RunningPortal } from "../support/browser";
import { parisIn, PERSONAS, readDatabase, signInByPost, startDemoPortal, type Persona } from "./demo";
import { expectToRead } from "./steps";

/** The department officer's review of next year's plan, on a tablet and without a script; a colleague answers at the same time. */

let portal: RunningPortal;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [portal, browser] = await Promise.all([startDemoPortal(), launchBrowser()]);
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await portal?.stop();
});

async function open(persona: Persona | null, width = 820): Promise<Page> {
  const context = await openDevice(browser, { javaScriptEnabled: false, width });
  context.setDefaultTimeout(10_000);
  contexts.push(context);
  const page = await context.newPage();
  if (persona !== null) {
    await signIn(page, portal.address, PERSONAS[persona], DEMO_PASSWORD);
    await page.waitForURL((url) => url.pathname !== "/connexion");
  }
  return page;
}

const plan = (path = ""): string => `${portal.address}/reseaux/blain/plan-d-actions${path}`;
const link = (page: Page, name: string | RegExp): Locator => page.getByRole("link", { name }).first();
const choose = (page: Page, name: string): Promise<void> =>
  page.getByRole("radio", { name: new RegExp(`^${name}`) }).check();
const send = (page: Page): Promise<void> => page.getByRole("button", { name: /^Enregistrer/ }).click();

describe("la relecture du plan d’actions par le Département", () => {
  it("de la première page au visa, à deux en même temps, sans rien perdre", async () => {
    const officer = await open("department");
    await officer.goto(`${portal.address}/reseaux/blain`);
    await expectToRead(officer, /Donner l’avis du Département sur le plan d’actions/);
    await officer.getByRole("link", { name: "Donner les avis" }).click();
    await officer.waitForURL(/\/relectures\//);
    const round = officer.url().replace(/[?#].*$/, "");
    await expectToRead(officer, /Sans visa, le plan est réputé approuvé à partir du/);
    await expectToRead(officer, /Depuis la relecture n°/);
    await expectToRead(officer, "Mise à jour d’automne");

    await link(officer, "Commencer les avis").click();
    const first = officer.url().replace(/[?#].*$/, "");
    await extendByAWeek(round);
    await expectToRead(officer, "Annuaire des acteurs sociaux du bassin de vie");
    await expectToRead(officer, /deux fois par an ; la mise à jour d’automne devient un livrable/);
    await expectToRead(officer, /Personne n’est dit responsable de la mise à jour/);
    await choose(officer, "Réserve");
    await send(officer);
    await expectToRead(officer, /Une réserve ou un avis défavorable se motive/);
    await officer
      .getByRole("textbox", { name: "Motif" })
      .fill("Le budget de la mise à jour d’automne n’est pas prévu.");
    await send(officer);
    await expectToRead(officer, /Information des CCAS sur les aides du Département/);
    const second = officer.url().replace(/[?#].*$/, "");

    const colleague = await open("department");
    await colleague.goto(second);
    await choose(officer, "Favorable");
    await officer.getByLabel(/^Commentaire/).fill("Deux rencontres, c’est bien.");
    await send(officer);
    await choose(colleague, "Réserve");
    await colleague.getByRole("textbox", { name: "Motif" }).fill("Préciser les dates avant l’été.");
    await send(colleague);
    await expectToRead(colleague, "Un autre avis a été donné pendant que vous écriviez");
    await expectToRead(colleague, "Deux rencontres, c’est bien.");
    expect(await colleague.getByRole("textbox", { name: "Motif" }).inputValue()).toBe(
      "Préciser les dates avant l’été.",
    );
    expect(await colleague.getByRole("radio", { name: /^Réserve/ }).isChecked()).toBe(true);
    await send(colleague);
    await colleague.goto(second);
    await expectToRead(colleague, "Avis donnés sur cette action dans cette relecture");

    for (let given = 0; given < 8 && /\/actions\//.test(officer.url()); given += 1) {
      await choose(officer, "Favorable");
      await send(officer);
    }
    await expectToRead(officer, /Chaque action a le sien/);
    await link(officer, "Donner le visa").click();
    await officer.getByRole("radio", { name: /^Visa Aucune/ }).check();
    await officer.getByRole("button", { name: "Donner le visa" }).click();
    await expectToRead(officer, /Des actions portent une réserve/);
    await choose(officer, "Visa avec réserves");
    await officer.getByRole("button", { name: "Donner le visa" }).click();
    await expectToRead(officer, "Le visa est enregistré. La relecture est achevée.");

    await colleague.goto(second);
    expect(await colleague.getByRole("button", { name: /^Enregistrer (l’avis|et passer)/ }).count()).toBe(0);
    const opinions = readDatabase<{ reason: string }>(
      portal,
      "select reason from review_opinion where round_id = ? and reason <> '' order by sequence",
      round.split("/").at(-1),
    );
    expect(opinions.map(({ reason }) => reason)).toEqual([
      "Le budget de la mise à jour d’automne n’est pas prévu.",
      "Préciser les dates avant l’été.",
    ]);
    await officer.goto(`${portal.address}/reseaux/blain`);
    expect(await officer.getByText(/Donner l’avis du Département sur le plan/).count()).toBe(0);
    await answerReserve(first);
    await readBack(round, second);
  }, 60_000);
});

/** The secretariat gives the department a week more, with its reason. */
async function extendByAWeek(round: string): Promise<void> {
  const secretary = await open("secretary", 1280);
  await secretary.goto(round);
  await secretary.locator("summary", { hasText: "Prolonger l’échéance" }).click();
  await secretary.getByLabel("Nouveau dernier jour pour répondre").fill("2020-01-01");
  await secretary.getByLabel("Motif").fill("Semaine de fermeture du service.");
  await secretary.getByRole("button", { name: "Prolonger l’échéance" }).click();
  await expectToRead(secretary, /une relecture ne se raccourcit pas/);
  const { date } = parisIn(23 * 24 * 60);
  await secretary.getByLabel("Nouveau dernier jour pour répondre").fill(date);
  await secretary.getByRole("button", { name: "Prolonger l’échéance" }).click();
  await expectToRead(secretary, "L’échéance est prolongée, le Département est prévenu.");
  await expectToRead(secretary, /Motif.: Semaine de fermeture du service\./);
}

/** The reserve gets its answer, from those who answer for the action. */
async function answerReserve(action: string): Promise<void> {
  const secretary = await open("secretary", 390);
  await secretary.goto(action);
  await secretary.getByLabel(/^Ce qui est fait/).fill("Cinq cents euros sont inscrits au budget.");
  await secretary.getByRole("button", { name: "Enregistrer la suite donnée" }).click();
  await expectToRead(secretary, "La suite donnée est enregistrée.");
  await expectToRead(secretary, /Cinq cents euros sont inscrits au budget/);
}

/** What the others see of it: members the opinions, citizens the plan only, and nobody else may answer. */
async function readBack(round: string, second: string): Promise<void> {
  const official = await open("official", 1280);
  await official.goto(round);
  await expectToRead(official, /Visa avec réserves, le/);
  await expectToRead(official, /Préciser les dates avant l’été/);
  await official.goto(`${portal.address}/reseaux/blain/parametres/registre`);
  await expectToRead(official, "Visa du Département enregistré");

  const citizen = await open(null, 390);
  await citizen.goto(plan());
  await expectToRead(citizen, "Journée annuelle des acteurs sociaux");
  expect(await citizen.getByText(/Avis du Département|Réserve|Repères communs pour les aides/).count()).toBe(0);
  await citizen.goto(round);
  expect(new URL(citizen.url()).pathname).toBe("/connexion");

  const { cookie } = await signInByPost(portal.address, PERSONAS.agent);
  const refused = await fetch(second, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: cookie, Origin: portal.address, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ cle: "essai-1", opinion: "favourable" }).toString(),
  });
  expect(refused.status).toBe(403);
}
