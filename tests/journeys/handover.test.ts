import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { launchBrowser, openDevice, signIn, startPortal, type RunningPortal } from "../support/browser";
import { PERSONAS, readDatabase, startDemoPortal } from "./demo";

/** The lead hands the network over: archive, verification without a portal, and the same network on another installation. */

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
let portal: RunningPortal;
let browser: Browser;
let folder: string;
let zip: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "remise-"));
  [portal, browser] = await Promise.all([startDemoPortal(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The archive unpacked, with a change. @returns its folder */
function unpack(name: string, change: (path: string, text: string) => string): string {
  const target = join(folder, name);
  for (const [path, bytes] of Object.entries(unzipSync(new Uint8Array(readFileSync(zip))))) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    const isText = /\.(jsonl?|csv|html)$/.test(path);
    writeFileSync(join(target, path), isText ? change(path, Buffer.from(bytes).toString("utf8")) : bytes);
  }
  return target;
}

async function verify(target: string): Promise<{ readonly title: string; readonly text: string; readonly page: Page }> {
  const page = await (await openDevice(browser)).newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(join(target, "verifier.html")).href);
  await page.locator("#dossier").setInputFiles(target);
  await page.waitForFunction(() => !/en cours|^$/.test(document.querySelector("#verdict h2")?.textContent ?? ""));
  expect(asked.filter((address) => !/^(file|blob|data):/.test(address))).toEqual([]);
  return {
    title: await page.locator("#verdict h2").innerText(),
    text: await page.locator("#verdict").innerText(),
    page,
  };
}

describe("la passation, dans le navigateur", () => {
  it("le secrétariat produit l’archive et la télécharge ; la page le dit à tous", async () => {
    const page = await (await openDevice(browser)).newPage();
    await signIn(page, portal.address, PERSONAS.secretary, DEMO_PASSWORD);
    await page.waitForLoadState();
    await page.goto(`${portal.address}/reseaux/blain/archive`);
    await page.getByRole("button", { name: "Produire l’archive du réseau" }).click();
    await page.getByRole("status").getByText("L’archive est faite").waitFor();
    const link = page.getByRole("link", { name: /Archive du réseau \(/ });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    zip = join(folder, "archive.zip");
    await download.saveAs(zip);
    await page.reload();
    await page.getByRole("heading", { name: "Qui a téléchargé" }).waitFor();
    expect(await page.locator("#telechargements-titre ~ *").innerText()).toContain("Secrétariat");
    await page.context().close();
  });

  it("intacte, la page de vérification le dit, sans réseau", async () => {
    const { title, text, page } = await verify(unpack("intacte", (_path, content) => content));
    expect(title).toBe("Le registre est intact");
    expect(text).toContain("aucun modifié, ajouté ni retiré");
    expect(text).toContain("scellées");
    await page.context().close();
  });

  it.each([
    {
      case: "un acte changé dans le registre",
      path: "registre.jsonl",
      change: (text: string) => text.replace('"kind":"meeting-planned"', '"kind":"meeting-changed"'),
      says: /acte \d{4}-\d{4} a été modifié après coup/,
    },
    {
      case: "un montant changé dans les données",
      path: "donnees/expense.json",
      change: (text: string) => text.replace(/"amount_cents":\d+/, '"amount_cents":1'),
      says: /Le fichier donnees\/expense\.json a été modifié/,
    },
  ])("$case : elle le dit", async ({ path, change, says }) => {
    const target = unpack(`fausse-${path.replace(/\W/g, "")}`, (name, text) => (name === path ? change(text) : text));
    const { title, text, page } = await verify(target);
    expect(title).toBe("Cette archive n’est pas intacte");
    expect(text).toMatch(says);
    await page.context().close();
  });

  it("une autre installation la reprend : mêmes pages publiques, même empreinte", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "reprise-"));
    const { stdout } = await run(
      process.execPath,
      ["--import", "tsx", join(root, "scripts/take-over.ts"), "--fichier", zip],
      { cwd: root, env: { ...process.env, NODE_ENV: "production", DATA_DIR: dataDir } },
    );
    const [last] = readDatabase<{ payload: string }>(
      portal,
      "select payload from register_entry where kind = 'archive-produced' order by sequence desc limit 1",
    );
    expect(last?.payload).toContain("dataSha256");
    const [sealed] = readDatabase<{ hash: string }>(
      portal,
      "select hash from register_entry where kind = 'archive-produced' order by sequence desc limit 1",
    );
    expect(stdout).toContain(sealed?.hash);
    const other = await startPortal({}, dataDir);
    const textOf = async (address: string, path: string): Promise<string> => {
      const html = await (await fetch(`${address}/reseaux/blain${path}`)).text();
      return html.replace(/<head>.*?<\/head>/s, "").replaceAll(address, "");
    };
    for (const path of ["", "/decisions", "/proces-verbaux"])
      expect(await textOf(other.address, path), path).toBe(await textOf(portal.address, path));
    await other.stop();
  });
});
