import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { launchBrowser, openDevice, startPortal, type RunningPortal } from "../support/browser";
import { findFreePort, parisIn } from "./demo";
import { startMailbox, type Mailbox } from "./mailbox";

/**
 * The committee's year in short, by the screens alone: each step is what one person does on their own device, and what they must
 * then read. The two journeys walk the same steps, with and without a script.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
const PASSWORD = "quatre mots sans lien";

const TOWNS = ["Blain", "Bouvron", "La Chevallerais", "Le Gâvre", "Notre-Dame-des-Landes", "Vay"] as const;
const INSEE = ["44015", "44023", "44221", "44062", "44111", "44214"] as const;

/** How each town's official is written down; Blain's presides, Bouvron's requests the expense and votes, Vay's watches. */
const OFFICIALS = [
  { seat: "Blain", name: "Élue A, Blain", email: "elue.blain@exemple.fr" },
  { seat: "Bouvron", name: "Élu B, Bouvron", email: "elu.bouvron@exemple.fr" },
  { seat: "La Chevallerais", name: "Élue C, La Chevallerais", email: "elue.chevallerais@exemple.fr" },
  { seat: "Le Gâvre", name: "Élu D, Le Gâvre", email: "elu.gavre@exemple.fr" },
  { seat: "Notre-Dame-des-Landes", name: "Élue E, Notre-Dame", email: "elue.landes@exemple.fr" },
  { seat: "Vay", name: "Élu F, Vay", email: "elu.vay@exemple.fr" },
  { seat: "Département", name: "Délégué, Département", email: "delegation@exemple.fr" },
] as const;
const WITH_ACCOUNT = OFFICIALS.filter(({ seat }) => ["Blain", "Bouvron", "Vay"].includes(seat));
const SECRETARY = { name: "Secrétaire, CCAS de Blain", email: "secretariat@exemple.fr" };
const ADMINISTRATOR = { name: "Administration", email: "administration@exemple.fr" };

export const EXPENSE = "Vidéoprojecteur pour les ateliers numériques";
export const MOTION = "Vœu pour une permanence commune";

export type Stage = {
  readonly browser: Browser;
  readonly portal: RunningPortal;
  readonly mailbox: Mailbox;
  readonly address: string;
  readonly javaScript: boolean;
  /** What a page wrote to its console as an error, or threw; a page that works says nothing. */
  readonly pageFaults: string[];
  readonly openPage: (width?: number) => Promise<Page>;
  readonly stop: () => Promise<void>;
};

/** An empty database, a mail server, and a browser. */
export async function openStage({ javaScript }: { readonly javaScript: boolean }): Promise<Stage> {
  const [mailbox, port] = [await startMailbox(), await findFreePort()];
  const address = `http://localhost:${port}`;
  const portal = await startPortal({ PORT: String(port), PUBLIC_URL: address, SMTP_URL: mailbox.url });
  const browser = await launchBrowser();
  const contexts: BrowserContext[] = [];
  const pageFaults: string[] = [];
  return {
    ...{ browser, portal, mailbox, address, javaScript, pageFaults },
    openPage: async (width = 1280) => {
      const context = await openDevice(browser, { javaScriptEnabled: javaScript, width });
      context.setDefaultTimeout(10_000);
      contexts.push(context);
      const page = await context.newPage();
      page.on("pageerror", (fault) => pageFaults.push(`${page.url()}: ${fault.message}`));
      page.on("console", (message) => {
        // A refusal that the journey asks for on purpose is no fault of the page.
        if (message.type() === "error" && !message.text().includes("status of 409"))
          pageFaults.push(`${page.url()}: ${message.text()}`);
      });
      return page;
    },
    stop: async () => {
      for (const context of contexts) await context.close();
      await browser.close();
      await portal.stop();
      await mailbox.stop();
    },
  };
}

/** Runs one of the portal's own commands over this stage's data. */
export async function runCommand(stage: Stage, script: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ["--import", "tsx", join(root, "scripts", script), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", DATA_DIR: stage.portal.dataDir, PUBLIC_URL: stage.address },
  });
  return stdout;
}

const button = (page: Page | Locator, name: string | RegExp): Locator => page.getByRole("button", { name });
const link = (page: Page | Locator, name: string | RegExp): Locator => page.getByRole("link", { name });
/** By its whole label, whether or not the field is optional. */
const field = (page: Page | Locator, label: string | RegExp): Locator =>
  page.getByLabel(typeof label === "string" ? new RegExp(`^${label}( \\(facultatif\\))?\\s*$`) : label);

/** Chooses, in a list, the option whose words match. */
async function choose(page: Page | Locator, label: string, option: RegExp): Promise<void> {
  const select = field(page, label);
  await select.waitFor();
  const options = await select.locator("option").allInnerTexts();
  const found = options.find((text) => option.test(text));
  if (found === undefined) throw new Error(`« ${label} » offers no ${option}: ${options.join(" | ")}`);
  await select.selectOption({ label: found });
}

/** Fails with what the page says instead, which is worth more than a timeout. */
export async function expectToRead(page: Page, text: string | RegExp, timeout = 5_000): Promise<void> {
  const found = page.getByText(text).filter({ visible: true }).first();
  await found.waitFor({ state: "visible", timeout }).catch(async () => {
    const read = await page.locator("body").innerText();
    throw new Error(`« ${text} » is not to be read at ${page.url()}:\n${read.slice(0, 3_000)}`);
  });
}

/** Opens a folded part of the page, unless it already stands open. */
async function unfold(page: Page | Locator, summary: string | RegExp): Promise<void> {
  const part = page.locator("details").filter({ has: page.locator("summary", { hasText: summary }) });
  if ((await part.first().getAttribute("open")) === null) await part.first().locator("summary").click();
}

/** Sees a change made elsewhere: by itself within two seconds, or by a reload where there is no script. */
async function expectToWitness(stage: Stage, page: Page, text: string | RegExp): Promise<void> {
  if (!stage.javaScript) await page.reload();
  await expectToRead(page, text, 2_000);
}

async function openAccount(stage: Stage, invitation: string): Promise<Page> {
  const page = await stage.openPage();
  await page.goto(invitation);
  await field(page, "Nouveau mot de passe").fill(PASSWORD);
  await field(page, "Le même, une seconde fois").fill(PASSWORD);
  await button(page, "Ouvrir mon accès").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/lien/"));
  return page;
}

/** From the command's link to seven seats, a secretary, and officials who have received their invitation. */
export async function createNetwork(stage: Stage): Promise<Page> {
  const printed = await runCommand(
    ...([stage, "create-administrator.ts", "--courriel", ADMINISTRATOR.email, "--nom", ADMINISTRATOR.name] as const),
  );
  const page = await openAccount(stage, /https?:\S+/.exec(printed)?.[0] ?? "");
  await page.goto(`${stage.address}/administration/reseaux/nouveau`);
  await field(page, "Nom du réseau").fill("Réseau des acteurs sociaux");
  await field(page, "Adresse du réseau").fill("blain");
  await field(page, "Nom de l’organisme").fill("CCAS de Blain");
  await field(page, "Code INSEE").fill(INSEE[0]);
  await button(page, "Créer le réseau").click();
  await expectToRead(page, "Le réseau est créé");

  for (const [index, town] of TOWNS.entries()) {
    if (index > 0) await addSeat(page, /^CCAS/, `CCAS de ${town}`, INSEE[index] ?? "");
  }
  await addSeat(page, /^Département/, "Département de Loire-Atlantique", "44");
  await expectToRead(page, /7\s+sièges/);

  await addPerson(stage, page, { ...SECRETARY, role: /^Secrétariat/ });
  for (const official of WITH_ACCOUNT) await addPerson(stage, page, { ...official, role: null });
  return page;
}

async function addSeat(page: Page, kind: RegExp, name: string, inseeCode: string): Promise<void> {
  await unfold(page, "Ajouter un siège");
  const form = page.locator("form").filter({ has: button(page, "Ajouter le siège") });
  if ((await form.locator("summary", { hasText: "Décrire un nouvel organisme" }).count()) > 0)
    await unfold(form, "Décrire un nouvel organisme");
  await choose(form, "Nature de l’organisme", kind);
  await field(form, "Nom de l’organisme").fill(name);
  await field(form, "Code INSEE").fill(inseeCode);
  await button(form, "Ajouter le siège").click();
  await expectToRead(page, "Le siège est ajouté");
}

async function addPerson(
  stage: Stage,
  page: Page,
  person: { readonly name: string; readonly email: string; readonly role: RegExp | null },
): Promise<void> {
  await page.goto(`${stage.address}/administration/reseaux/blain/personne`);
  await field(page, "Nom affiché").fill(person.name);
  await field(page, "Adresse électronique").fill(person.email);
  if (person.role !== null) {
    await choose(page, "Rôle", person.role);
    await choose(page, "Au nom de", /CCAS de Blain/);
  }
  await button(page, "Ajouter la personne").click();
  await expectToRead(page, "La personne est ajoutée");
}

export type People = {
  readonly secretary: Page;
  readonly chair: Page;
  readonly official: Page;
  readonly watcher: Page;
};

/** Everyone opens their access from their own mail, on their own device. */
export async function acceptInvitations(stage: Stage): Promise<People> {
  const enter = async (email: string): Promise<Page> => openAccount(stage, await stage.mailbox.linkFor(email, "lien"));
  return {
    secretary: await enter(SECRETARY.email),
    chair: await enter("elue.blain@exemple.fr"),
    official: await enter("elu.bouvron@exemple.fr"),
    watcher: await enter("elu.vay@exemple.fr"),
  };
}

export async function designateEveryone(stage: Stage, { secretary: page }: People): Promise<void> {
  for (const { seat, name, email } of OFFICIALS) {
    await page.goto(`${stage.address}/reseaux/blain/membres/designer`);
    await choose(page, "Siège", new RegExp(`^${seat}|${seat}$`));
    await unfold(page, "Nouvelle personne");
    await field(page, "Nom affiché").fill(name);
    await field(page, "Adresse électronique").fill(email);
    if (seat !== "Département") {
      await field(page, "Élu·e municipal·e").check();
      await field(page, "En charge des affaires sociales").check();
    }
    await field(page, "Acte de désignation").fill("délibération n° 2026-12 du 14 avril 2026");
    await button(page, "Enregistrer la désignation").click();
    await page.waitForURL(/\/membres\/sieges\/.*fait=designe/);
  }
}

/** @returns the meeting's address */
export async function planMeeting(
  stage: Stage,
  { secretary: page }: People,
  title: string,
  minutes = 40,
): Promise<string> {
  const { date, time } = parisIn(minutes);
  await page.goto(`${stage.address}/reseaux/blain/seances/nouvelle`);
  await field(page, "Intitulé").fill(title);
  await field(page, "Date").fill(date);
  await field(page, "Heure").fill(time);
  await field(page, "Lieu").fill("Salle du conseil, mairie de Blain");
  await button(page, "Planifier la séance").click();
  await page.waitForURL(/\/seances\/(?!nouvelle)[\w-]+/);
  return page.url().replace(/[?#].*$/, "");
}

export async function requestExpense(stage: Stage, { official: page }: People): Promise<void> {
  await page.goto(`${stage.address}/reseaux/blain/depenses/nouvelle`);
  await field(page, "Objet").fill(EXPENSE);
  await field(page, "Fournisseur").fill("Librairie du Canal");
  await field(page, /^Montant TTC/).fill("1 234,56 €");
  await button(page, "Demander la dépense").click();
  await expectToRead(page, "La demande est enregistrée");
  await expectToRead(page, /1\s234,56\s€/);
}

export async function writeAgenda({ secretary: page }: People, meeting: string): Promise<void> {
  const newItem = `${meeting}/ordre-du-jour/nouveau`;
  await page.goto(`${newItem}?type=expense-validation`);
  await choose(page, "Dépense demandée", new RegExp(EXPENSE));
  await button(page, "Ajouter à l’ordre du jour").click();
  await page.waitForURL(/ordre-du-jour#point-/);
  await page.goto(newItem);
  await link(page, "Orientation").click();
  await field(page, "Intitulé").fill(MOTION);
  await button(page, "Ajouter à l’ordre du jour").click();
  await page.waitForURL(/ordre-du-jour#point-/);
  await expectToRead(page, MOTION);
}

/** An urgency without its reason is refused; with it the convocation leaves to the seven. */
export async function convene(stage: Stage, { secretary: page }: People, meeting: string): Promise<void> {
  await page.goto(`${meeting}/convoquer`);
  await button(page, /^Envoyer la convocation à 7/).click();
  await page.getByRole("alert").waitFor();
  await field(page, "Motif de l’urgence").fill("Le devis du fournisseur expire à la fin de la semaine.");
  await button(page, /^Envoyer la convocation à 7/).click();
  await expectToRead(page, "La convocation est partie");
  for (const { email } of OFFICIALS) await stage.mailbox.waitForMail(email, /\/reponse\//);
}

/** Without an account, by the link of their mail. */
export async function replyByLink(stage: Stage, { secretary }: People, meeting: string): Promise<void> {
  for (const [email, answer] of [
    ["elue.chevallerais@exemple.fr", "Présent·e"],
    ["elu.gavre@exemple.fr", "Présent·e"],
    ["delegation@exemple.fr", "Absent·e"],
  ] as const) {
    const page = await stage.openPage(390);
    await page.goto(await stage.mailbox.linkFor(email, "reponse"));
    await page.getByRole("radio", { name: answer, exact: true }).check();
    await button(page, "Enregistrer la réponse").click();
    await expectToRead(page, "Votre réponse est enregistrée");
    await page.context().close();
  }
  await secretary.goto(meeting);
  await expectToRead(secretary, /4\s+sièges n’ont pas encore répondu|sans réponse/);
}

export async function openMeeting({ secretary: page }: People, meeting: string): Promise<void> {
  await page.goto(`${meeting}/ouvrir`);
  for (const [label, name] of [
    ["Présidence de séance", /Élue A/],
    ["Secrétariat de séance", /Secrétaire/],
  ] as const) {
    await choose(page, label, name);
  }
  await button(page, "Ouvrir la séance").click();
  await expectToRead(page, "Séance ouverte");
}

/** One seat after the other; the sentence counts each, and another device sees it. */
export async function arriveUntilQuorum(stage: Stage, people: People, meeting: string): Promise<void> {
  const { secretary, watcher } = people;
  await watcher.goto(meeting);
  await expectToRead(watcher, "Quorum non atteint");
  const counts = [
    {
      town: "Blain",
      sentence: /7 sièges, aucun vacant, 7 en exercice\s; majorité 4\s; présent 1\s: quorum non atteint/,
    },
    {
      town: "Bouvron",
      sentence: /7 sièges, aucun vacant, 7 en exercice\s; majorité 4\s; présents 2\s: quorum non atteint/,
    },
    {
      town: "Le Gâvre",
      sentence: /7 sièges, aucun vacant, 7 en exercice\s; majorité 4\s; présents 3\s: quorum non atteint/,
    },
    { town: "Vay", sentence: /7 sièges, aucun vacant, 7 en exercice\s; majorité 4\s; présents 4\s: quorum atteint/ },
  ] as const;
  if (stage.javaScript) await expectToRead(watcher, "Cette page suit la séance en direct");
  for (const { town, sentence } of counts) {
    await button(secretary, new RegExp(`^Arrivée .*${town}$`)).click();
    await expectToRead(secretary, sentence);
    await expectToWitness(stage, watcher, sentence);
  }
  await expectToRead(watcher, "Quorum atteint");
}

async function takeUp({ secretary: page }: People, meeting: string, title: string): Promise<void> {
  await page.goto(meeting);
  await button(page, new RegExp(`Ouvrir ce point.*${title}`)).click();
  await page.getByRole("heading", { level: 2, name: title }).waitFor();
}

async function openPoll({ secretary: page }: People): Promise<string> {
  await link(page, "Ouvrir un scrutin").click();
  await button(page, "Ouvrir le scrutin").click();
  await page.waitForURL(/\/scrutins\/(?!nouveau)/);
  return page.url().replace(/[?#].*$/, "");
}

async function vote(page: Page, poll: string, choice: string): Promise<void> {
  await page.goto(poll);
  await page.getByRole("radio", { name: choice, exact: true }).check();
  await button(page, "Voter").click();
  await expectToRead(page, new RegExp(`Vote enregistré au nom .*${choice.toLowerCase()}`));
}

/** The official of Bouvron votes on their phone while Vay's looks at another; the secretary enters the rest of the room. */
export async function voteOnExpense(stage: Stage, people: People, meeting: string): Promise<void> {
  const { secretary, chair, official, watcher } = people;
  await takeUp(people, meeting, EXPENSE);
  const poll = await openPoll(people);
  await expectToWitness(stage, watcher, "Scrutin ouvert");
  await watcher.goto(poll);
  await expectToRead(watcher, "Aucun siège sur 4 n’a encore voté");
  if (stage.javaScript) await expectToRead(watcher, "Cette page suit la séance en direct");
  await vote(official, poll, "Pour");
  await expectToWitness(stage, watcher, /1\s+siège sur 4 a voté/);
  await vote(chair, poll, "Pour");
  await expectToWitness(stage, watcher, /2\s+sièges sur 4 ont voté/);
  await secretary.goto(poll);
  await secretary.getByRole("radio", { name: /Gâvre : Pour/ }).check();
  await secretary.getByRole("radio", { name: /Vay : Abstention/ }).check();
  await button(secretary, "Enregistrer les votes de la salle").click();
  await expectToRead(secretary, "Les votes de la salle sont enregistrés");
  await closePoll(secretary);
  await expectToRead(secretary, /Décision n°\s\d{4}-1/);
  await expectToWitness(stage, watcher, /Décision n°\s\d{4}-1/);
  await expectToRead(watcher, /3 pour/);
}

async function closePoll(page: Page): Promise<void> {
  await unfold(page, "Clore le scrutin");
  await button(page, "Clore et figer le résultat").click();
  await expectToRead(page, "Scrutin clos le");
}

/** Two for, two against: the chair's voice settles. */
export async function voteMotionToTie(people: People, meeting: string): Promise<void> {
  const { secretary, chair, official } = people;
  await takeUp(people, meeting, MOTION);
  const poll = await openPoll(people);
  await vote(chair, poll, "Pour");
  await vote(official, poll, "Contre");
  await secretary.goto(poll);
  await secretary.getByRole("radio", { name: /Gâvre : Pour/ }).check();
  await secretary.getByRole("radio", { name: /Vay : Contre/ }).check();
  await button(secretary, "Enregistrer les votes de la salle").click();
  await closePoll(secretary);
  await expectToRead(secretary, /voix prépondérante/i);
  await expectToRead(secretary, /2 pour/);
}

export async function closeMeeting({ secretary: page }: People, meeting: string): Promise<void> {
  await page.goto(`${meeting}/lever`);
  await button(page, "Lever la séance").click();
  await page.waitForURL(/fait=levee/);
}

/** @returns the permanent address of the minutes */
export async function writeMinutes(stage: Stage, { secretary: page }: People): Promise<string> {
  await page.goto(`${stage.address}/reseaux/blain/proces-verbaux`);
  await page
    .getByRole("main")
    .getByRole("link", { name: /n°\s\d{4}-1|Comité de pilotage|Projet/ })
    .first()
    .click();
  const minutes = page.url().replace(/[?#].*$/, "");
  expect(minutes).toMatch(/\/proces-verbaux\/\d{4}-1$/);
  await link(page, "Rédiger").click();
  for (const area of await page.getByRole("textbox", { name: /^Point \d+, Teneur des discussions/ }).all())
    await area.fill("Le comité a débattu du besoin et comparé deux devis.");
  for (const area of await page.getByRole("textbox", { name: /Rapport présenté/ }).all())
    await area.fill("Rapport de l’élu de Bouvron : le prêt de matériel ne suffit plus.");
  const opening = page.getByRole("region", { name: "Ouverture de la séance" });
  await opening.getByRole("textbox").fill("Note du secrétariat pour mémoire.");
  await opening.getByRole("checkbox").check();
  await button(page, "Enregistrer et relire").click();
  await expectToRead(page, "Complet");
  await unfold(page, "Soumettre aux corrections");
  await button(page, "Soumettre le procès-verbal aux corrections").click();
  await expectToRead(page, /Les personnes qui ont assisté à la séance peuvent demander des corrections/);
  return minutes;
}

export async function correctMinutes({ official, secretary }: People, minutes: string): Promise<void> {
  await official.goto(`${minutes}/corrections`);
  await link(official, /^Point 1, Teneur des discussions/).click();
  const text = field(official, "Texte proposé");
  await text.fill((await text.inputValue()).replace("deux devis", "trois devis"));
  await field(official, "Motif").fill("Trois devis ont été présentés, et non deux.");
  await button(official, "Demander cette correction").click();
  await expectToRead(official, "Votre demande de correction est enregistrée");
  await secretary.goto(`${minutes}/corrections`);
  await expectToRead(secretary, "Trois devis ont été présentés");
  await button(secretary, "Accepter").click();
  await expectToRead(secretary, "La réponse est enregistrée");
  await expectToRead(secretary, "Acceptée");
}

/** A second meeting, whose agenda has asked by itself for the approval of the first's minutes. */
export async function adoptMinutesAtNextMeeting(stage: Stage, people: People): Promise<void> {
  const { secretary, chair, official } = people;
  const meeting = await planMeeting(stage, people, "Comité de pilotage, suite", 45);
  await expectToRead(secretary, "Approbation du procès-verbal de la séance");
  await secretary.goto(`${meeting}/ordre-du-jour/nouveau?type=information`);
  await field(secretary, "Intitulé").fill("Points divers");
  await button(secretary, "Ajouter à l’ordre du jour").click();
  await convene(stage, people, meeting);
  await openMeeting(people, meeting);
  for (const town of ["Blain", "Bouvron", "La Chevallerais", "Le Gâvre"]) {
    await button(secretary, new RegExp(`^Arrivée .*${town}$`)).click();
    await button(secretary, new RegExp(`^Départ .*${town}$`)).waitFor();
  }
  await button(secretary, /Ouvrir ce point.*[Pp]rocès-verbal/).click();
  const poll = await openPoll(people);
  await vote(chair, poll, "Pour");
  await vote(official, poll, "Pour");
  await secretary.goto(poll);
  await field(secretary, "Remplir les lignes vides avec").selectOption({ label: "Pour" });
  await button(secretary, "Enregistrer les votes de la salle").click();
  await closePoll(secretary);
  await closeMeeting(people, meeting);
}

export async function signAndPublish({ chair, secretary }: People, minutes: string): Promise<void> {
  for (const page of [chair, secretary]) {
    await page.goto(`${minutes}/signer`);
    await button(page, "Signer le procès-verbal").click();
    await page.waitForURL(/fait=signe/);
  }
  await secretary.goto(`${minutes}/publier`);
  await button(secretary, /^Publier le procès-verbal/).click();
  await expectToRead(secretary, /publié le/);
}

/** Nobody in particular, with no account: reads, searches, downloads. */
export async function readAsCitizen(stage: Stage, minutes: string): Promise<void> {
  const page = await stage.openPage(390);
  await page.goto(`${stage.address}/reseaux/blain/proces-verbaux`);
  await field(page, "Chercher dans les procès-verbaux publiés").fill("vidéoprojecteur");
  await button(page, "Chercher").click();
  await expectToRead(page, /1\s+résultat pour/);
  await page.locator(`main li a[href="${new URL(minutes).pathname}"]`).click();
  expect(page.url()).toBe(minutes);
  await expectToRead(page, EXPENSE);
  await expectToRead(page, "comparé trois devis");
  await expectToRead(page, /7 sièges, aucun vacant/);
  expect(await page.locator("body").innerText()).not.toContain("Note du secrétariat");
  expect(await page.locator("script").count()).toBe(0);

  const href = await link(page, "Télécharger en PDF").getAttribute("href");
  await page.goto(`${stage.address}/reseaux/blain/decisions`);
  await expectToRead(page, EXPENSE);
  const folder = mkdtempSync(join(tmpdir(), "portail-telechargement-"));
  try {
    const text = await fetch(`${minutes}.md`);
    expect(text.headers.get("content-type")).toContain("text/markdown");
    expect(text.headers.get("content-disposition")).toMatch(/^attachment/);
    const markdown = await text.text();
    expect(markdown).toContain("comparé trois devis");
    expect(markdown).not.toContain("Note du secrétariat");

    const answer = await page.context().request.get(new URL(href ?? "", minutes).href);
    if (answer.status() === 503) return expect(await answer.text()).toContain("Le moteur PDF n’est pas installé");
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    const pdf = await answer.body();
    const file = join(folder, "pv.pdf");
    writeFileSync(file, pdf);
    expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");
    expect(pdf.toString("latin1")).toMatch(/\/MarkInfo|\/StructTreeRoot/);
    const printed = await run("pdftotext", [file, "-"]).catch(() => null);
    if (printed) expect(printed.stdout.replace(/\s+/g, " ")).toContain("comparé trois devis");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The whole journey, in the order in which it happens. */
export async function walkTheYear(stage: Stage): Promise<void> {
  await createNetwork(stage);
  const people = await acceptInvitations(stage);
  await designateEveryone(stage, people);
  const meeting = await planMeeting(stage, people, "Comité de pilotage");
  await requestExpense(stage, people);
  await writeAgenda(people, meeting);
  await convene(stage, people, meeting);
  await replyByLink(stage, people, meeting);
  await openMeeting(people, meeting);
  await arriveUntilQuorum(stage, people, meeting);
  await voteOnExpense(stage, people, meeting);
  await voteMotionToTie(people, meeting);
  await closeMeeting(people, meeting);
  const minutes = await writeMinutes(stage, people);
  await correctMinutes(people, minutes);
  await adoptMinutesAtNextMeeting(stage, people);
  await signAndPublish(people, minutes);
  await readAsCitizen(stage, minutes);
  expect(await runCommand(stage, "verify-register.ts", "--reseau", "blain")).toMatch(/^blain\s: .*intact/m);
}
