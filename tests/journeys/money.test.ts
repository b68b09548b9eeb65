import { strFromU8, unzipSync } from "fflate";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { launchBrowser, openDevice, signIn, type RunningPortal } from "../support/browser";
import { bringMeetingForward, parisIn, PERSONAS, readDatabase, startDemoPortal, type Persona } from "./demo";
import { expectToRead } from "./steps";

let portal: RunningPortal;
let browser: Browser;
const contexts: BrowserContext[] = [];
const pageFaults: string[] = [];

beforeAll(async () => {
  [portal, browser] = await Promise.all([startDemoPortal(), launchBrowser()]);
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await portal?.stop();
});

async function open(persona: Persona): Promise<Page> {
  const context = await openDevice(browser);
  context.setDefaultTimeout(10_000);
  contexts.push(context);
  const page = await context.newPage();
  page.on("pageerror", (fault) => pageFaults.push(`${page.url()}: ${fault.message}`));
  await signIn(page, portal.address, PERSONAS[persona], DEMO_PASSWORD);
  await page.waitForURL((url) => url.pathname !== "/connexion");
  return page;
}

const at = (path: string): string => `${portal.address}/reseaux/blain${path}`;
const button = (page: Page, name: string | RegExp): Locator => page.getByRole("button", { name });
const field = (page: Page, label: string): Locator => page.getByLabel(new RegExp(`^${label}( \\(facultatif\\))?\\s*$`));

const EXPENSE = "Conférence et ateliers sur l’accès aux droits";

/** A supplier's invoice, as they are: enough of a PDF to be one. */
const INVOICE = { name: "facture.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%âãÏÓ\n1 0 obj\n") };

async function voteInRoom(secretary: Page, official: Page, meeting: string): Promise<void> {
  await secretary.goto(`${meeting}/ouvrir`);
  await button(secretary, "Ouvrir la séance").click();
  for (const town of ["Blain", "Bouvron", "Fay-de-Bretagne", "La Chevallerais"]) {
    await button(secretary, new RegExp(`^Arrivée .*${town}$`)).click();
    await button(secretary, new RegExp(`^Départ .*${town}$`)).waitFor();
  }
  await button(secretary, /Ouvrir ce point.*Conférence/).click();
  await secretary.getByRole("link", { name: "Ouvrir un scrutin" }).click();
  await button(secretary, "Ouvrir le scrutin").click();
  await secretary.waitForURL(/\/scrutins\/(?!nouveau)/);
  const poll = secretary.url().replace(/[?#].*$/, "");
  await official.goto(poll);
  await official.getByRole("radio", { name: "Pour", exact: true }).check();
  await button(official, "Voter").click();
  await expectToRead(official, /Vote enregistré au nom/);
  await secretary.goto(poll);
  await field(secretary, "Remplir les lignes vides avec").selectOption({ label: "Pour" });
  await button(secretary, "Enregistrer les votes de la salle").click();
  await secretary.locator("summary", { hasText: "Clore le scrutin" }).click();
  await button(secretary, "Clore et figer le résultat").click();
  await expectToRead(secretary, /Décision n°\s\d{4}-\d+/);
}

async function tryToEngage(secretary: Page, expense: string, amount: string): Promise<void> {
  await secretary.goto(`${expense}/engager`);
  await field(secretary, "Montant engagé TTC, en euros").fill(amount);
  await secretary.getByLabel("Compte d’imputation").selectOption({ index: 1 });
  await field(secretary, "Référence de l’engagement").fill("BC-2026-77");
  await button(secretary, "Engager la dépense").click();
}

/** Engaged, above what was voted in vain, invoiced and paid. */
async function spend(secretary: Page, expense: string, today: string): Promise<void> {
  await tryToEngage(secretary, expense, "826,51");
  await secretary.getByRole("alert").first().waitFor();
  await field(secretary, "Montant engagé TTC, en euros").fill("826,50");
  await button(secretary, "Engager la dépense").click();
  await secretary.waitForURL(/fait=/);

  await secretary.goto(`${expense}/factures/nouvelle`);
  await field(secretary, "Numéro de la facture").fill("F-77");
  await field(secretary, "Date de la facture").fill(today);
  await field(secretary, "Montant TTC, en euros").fill("826,50");
  await secretary.getByLabel("C’est la dernière facture de cette dépense").check();
  await secretary.getByLabel(/^La facture/).setInputFiles(INVOICE);
  await button(secretary, "Enregistrer la facture").click();
  await secretary.waitForURL(/fait=facture/);

  await secretary
    .getByRole("link", { name: /payer|paiement/i })
    .first()
    .click();
  await field(secretary, "Référence du mandat").fill("MD-777");
  await field(secretary, "Payée le").fill(today);
  await button(secretary, "Enregistrer le paiement").click();
  await secretary.waitForURL(/fait=paiement/);
  await expectToRead(secretary, "MD-777");
}

/** @returns the address of the statement of Bouvron */
async function issueComplementaryCall(secretary: Page, year: number, claimed: RegExp): Promise<string> {
  await secretary.goto(at(`/appels-de-fonds/preparer?annee=${year}`));
  await button(secretary, claimed).click();
  await secretary.waitForURL(/fait=emis/);
  await secretary.getByRole("link", { name: "CCAS de Bouvron" }).first().click();
  await secretary.waitForURL(/\/etats\//);
  return secretary.url();
}

async function follow(page: Page, step: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const part = page.locator("details").filter({ has: page.locator("summary", { hasText: step }) });
  await part.locator("summary").click();
  for (const [label, value] of Object.entries(fields)) await part.getByLabel(new RegExp(label)).fill(value);
  await part.getByRole("button", { name: step }).click();
  await page.waitForURL(/fait=/);
}

describe("l’année de démonstration de Blain, du vote à l’appel payé", () => {
  it("par les seuls écrans, au centime", async ({ skip }) => {
    const [annual] = readDatabase<{ year: number }>(portal, "select year from funding_call where kind = 'annual'");
    if (!annual) return skip("No population is in force for this year in the project’s table");
    const [expenseRow] = readDatabase<{ id: string }>(portal, "select id from expense where object = ?", EXPENSE);
    const expense = at(`/depenses/${expenseRow?.id ?? ""}`);
    const { date: today } = parisIn(0);
    const isSameYear = today.startsWith(String(annual.year));
    const meeting = at(`/seances/${bringMeetingForward(portal)}`);
    const [secretary, official] = await Promise.all([open("secretary"), open("official")]);

    await tryToEngage(secretary, expense, "826,50");
    await expectToRead(secretary, /Le comité n’a pas validé cette dépense\s: elle ne peut pas être engagée/);
    expect(secretary.url()).toContain("/engager");
    await voteInRoom(secretary, official, meeting);
    await spend(secretary, expense, today);

    // 642,80 € left by the annual call, with 826,50 € of the same year; Blain keeps 652,32 € (285,38 €). By hand: largest remainders.
    const claimed = isSameYear ? /^Émettre l’appel de 816,98/ : /^Émettre l’appel de 357,42/;
    const share = isSameYear ? "198,23" : "86,72";
    const statement = await issueComplementaryCall(secretary, annual.year, claimed);
    await expectToRead(secretary, new RegExp(`CCAS de Bouvron doit ${share}`));
    expect(await secretary.locator("main").innerText()).not.toMatch(/Payée/);

    await follow(secretary, "Noter le titre de recettes", { "Numéro du titre": "T-901", "Date du titre": today });
    await follow(secretary, "Noter le dépôt sur Chorus Pro", {
      "Référence Chorus Pro": "CPP-901",
      "Date du dépôt": today,
    });
    await follow(secretary, "Noter un paiement reçu", {
      "^Réf": "VIR-901",
      "^Date|^Reçu|^Le": today,
      "^Montant": share,
    });
    await expectToRead(secretary, "Payée");

    await official.goto(statement);
    await expectToRead(official, "VIR-901");
    expect(await button(official, /Noter|Relancer/).count()).toBe(0);
    const answer = await official.context().request.get(at(`/justificatifs.zip?annee=${annual.year}`));
    expect(answer.status()).toBe(200);
    const files = unzipSync(new Uint8Array(await answer.body()));
    expect(strFromU8(files["appels-de-fonds.csv"] ?? new Uint8Array())).toContain(share);
    await secretary.goto(at(`/justificatifs?annee=${annual.year}`));
    await expectToRead(secretary, "Élu·e référent·e, CCAS de Bouvron");
    expect(pageFaults).toEqual([]);
  });
});
