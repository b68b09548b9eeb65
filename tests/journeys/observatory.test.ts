import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { launchBrowser, openDevice, signIn, type RunningPortal } from "../support/browser";
import { PERSONAS, readDatabase, startDemoPortal } from "./demo";

let portal: RunningPortal;
let browser: Browser;
beforeAll(async () => {
  portal = await startDemoPortal();
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

const HOME = "/reseaux/blain/observatoire";

describe("l’observatoire, sans JavaScript, sur un téléphone", () => {
  it("un habitant lit le portrait, un secret et son tableau, emporte les chiffres", async () => {
    const device = await openDevice(browser, { width: 390, colorScheme: "light", javaScriptEnabled: false });
    const page = await device.newPage();
    await page.goto(`${portal.address}${HOME}`);
    expect(await page.locator("svg.chart-picture").count()).toBeGreaterThan(5);
    await page.goto(`${portal.address}${HOME}/indicateurs/taux-de-pauvrete`);
    const picture = page.locator("svg.chart-picture");
    await expect(picture.textContent()).resolves.toContain("secret statistique");
    await page.getByText("Les mêmes chiffres en tableau").click();
    const row = page.locator(".chart-data tr", { hasText: "Le Gâvre" });
    expect(await row.textContent()).toContain("secret statistique");
    for (const [link, type] of [
      ["Données (CSV)", "text/csv"],
      ["Image (SVG)", "image/svg+xml"],
    ] as const) {
      const href = await page.getByRole("link", { name: link }).getAttribute("href");
      const file = await page.request.get(portal.address + href);
      expect([file.status(), file.headers()["content-type"]?.split(";")[0]]).toEqual([200, type]);
    }
    await device.close();
  });

  it("le graphique se laisse encadrer par un autre site, et lui seul", async () => {
    const embedded = await fetch(`${portal.address}${HOME}/integrer/taux-de-pauvrete`);
    expect(embedded.headers.get("Content-Security-Policy")).toContain("frame-ancestors 'self' https: http:");
    expect(embedded.headers.get("X-Frame-Options")).toBeNull();
    const page = await fetch(`${portal.address}${HOME}/indicateurs/taux-de-pauvrete`);
    expect(page.headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(page.headers.get("X-Frame-Options")).toBe("DENY");
  });
});

/** Two squares that touch, one with a hole wound the wrong way, two islands, and three more communes: outlines as small as can be. */
function outlines(): string {
  const square = (x: number, y: number, size = 0.1): readonly (readonly [number, number])[] => [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ];
  const polygons: Readonly<Record<string, unknown>> = {
    "44015": [[square(-1.8, 47.4), square(-1.76, 47.44, 0.02)]],
    "44023": [[square(-1.9, 47.4)]],
    "44221": [[square(-1.7, 47.4, 0.04)], [square(-1.65, 47.46, 0.03)]],
    "44056": [[[...square(-1.9, 47.3)].reverse()]],
    "44062": [[square(-1.8, 47.5)]],
    "44111": [[square(-1.8, 47.3)]],
  };
  const features = Object.entries(polygons).map(([code, coordinates]) => ({
    ...{ type: "Feature", properties: { code }, geometry: { type: "MultiPolygon", coordinates } },
  }));
  return JSON.stringify({ type: "FeatureCollection", features });
}

/** A sheet of A4 between its margins, at 96 points to the inch. */
const SHEET_A4 = { width: 680, height: 1_000 };

/** Texts of the pictures of a page that cover one another, or stand out of their picture or of the screen. */
async function listClashes(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const clashes: string[] = [];
    for (const picture of document.querySelectorAll("svg.chart-picture")) {
      const sheet = picture.getBoundingClientRect();
      const texts = [...picture.querySelectorAll("text")].map((text) => ({
        word: text.textContent ?? "",
        box: text.getBoundingClientRect(),
      }));
      for (const [rank, { word, box }] of texts.entries()) {
        if (box.width === 0) continue;
        const isOut = box.left < sheet.left - 2 || box.right > sheet.right + 2 || box.bottom > sheet.bottom + 2;
        if (isOut || box.right > innerWidth + 2) clashes.push(`out: ${word}`);
        for (const other of texts.slice(rank + 1)) {
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (across > 1 && down > 3) clashes.push(`${word} / ${other.word}`);
        }
      }
    }
    return clashes;
  });
}

describe("chaque sorte de graphique se lit à 390 pixels, de jour, de nuit et imprimée", () => {
  it("les contours envoyés par l’écran font une carte ombrée ; aucun mot n’en couvre un autre", async () => {
    const desk = await openDevice(browser, { width: 1280, colorScheme: "light" });
    const secretary = await desk.newPage();
    await signIn(secretary, portal.address, PERSONAS.secretary, DEMO_PASSWORD);
    await secretary.goto(`${portal.address}${HOME}/donnees/importer`);
    await secretary.getByLabel("Jeu de données").selectOption("contours");
    await secretary
      .getByLabel("Fichier", { exact: true })
      .setInputFiles({ name: "contours.geojson", mimeType: "application/geo+json", buffer: Buffer.from(outlines()) });
    await secretary.getByRole("button", { name: "Importer", exact: true }).click();
    await secretary.getByText(/6 territoires, dont 1 en plusieurs morceaux et 1 avec des enclaves/).waitFor();
    await desk.close();

    const found: Record<string, readonly string[]> = {};
    for (const colorScheme of ["light", "dark"] as const) {
      const device = await openDevice(browser, { width: 390, colorScheme, javaScriptEnabled: false });
      const page = await device.newPage();
      for (const address of [
        ...["", "/indicateurs/part-60-ans-ou-plus?vue=carte", "/indicateurs/niveau-de-vie-median?vue=evolution"],
        ...["/indicateurs/taux-de-pauvrete?vue=carte", "/indicateurs/demandeurs-emploi?vue=evolution"],
        ...["/communes/44062", "/integrer/population-municipale?vue=carte"],
      ]) {
        await page.goto(`${portal.address}${HOME}${address}`);
        expect(await page.locator("svg.chart-picture").count(), address).toBeGreaterThan(0);
        found[`${colorScheme} ${address}`] = await listClashes(page);
        if (colorScheme === "dark") continue;
        await page.setViewportSize(SHEET_A4);
        await page.emulateMedia({ media: "print" });
        found[`print ${address}`] = await listClashes(page);
        await page.emulateMedia({ media: "screen" });
        await page.setViewportSize({ width: 390, height: 900 });
      }
      await page.goto(`${portal.address}${HOME}/indicateurs/part-60-ans-ou-plus?vue=carte`);
      const areas = await page
        .locator("svg.chart-picture path:has(title)")
        .evaluateAll((paths) => paths.map((path) => getComputedStyle(path).fill));
      expect(areas).toHaveLength(6);
      expect(new Set(areas).size).toBeGreaterThan(2);
      await device.close();
    }
    expect(Object.entries(found).filter(([, clashes]) => clashes.length > 0)).toEqual([]);
  }, 60_000);
});

describe("l’analyse des besoins sociaux", () => {
  it("une phrase fausse est signalée, une référence hostile ne perd rien, l’adoption fige", async () => {
    const device = await openDevice(browser, { width: 1280, colorScheme: "light" });
    const page = await device.newPage();
    await signIn(page, portal.address, PERSONAS.secretary, DEMO_PASSWORD);
    await page.goto(`${portal.address}${HOME}/analyse`);
    await page.getByRole("link", { name: /^Analyse des besoins sociaux \d{4}$/ }).click();
    expect(await page.locator("#a-relire").textContent()).toContain("contredite par les chiffres");
    await page.locator("#chapitres").getByRole("link", { name: "L’emploi" }).click();
    await page
      .getByLabel("Texte", { exact: true })
      .fill("Mon texte à garder. {{ind:<script>alert(1)</script>}} et {{ind:nimporte-quoi}}");
    await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("aucun indicateur ne porte ce code");
    expect(await page.getByLabel("Texte", { exact: true }).inputValue()).toContain("Mon texte à garder.");
    await page.getByLabel("Texte", { exact: true }).fill("Fin 2024 : {{ind:demandeurs-emploi}}.");
    await page.getByRole("button", { name: "Enregistrer et revenir au rapport" }).click();
    await page.getByRole("link", { name: "Enregistrer l’adoption" }).click();
    await page.getByLabel("Décision du comité").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Figer le rapport et le publier" }).click();
    await page.getByRole("status").waitFor();
    const [adoption] = readDatabase<{ reportId: string; content: string }>(
      portal,
      "select report_id as reportId, content from needs_adoption",
    );
    expect(adoption?.content).toContain("Chiffres cités et leurs sources");
    const visitor = await fetch(`${portal.address}${HOME}/analyse/${adoption?.reportId ?? ""}`);
    expect(visitor.status).toBe(200);
    expect(await visitor.text()).toContain("Empreinte SHA-256");
    const pdf = await fetch(`${portal.address}${HOME}/analyse/${adoption?.reportId ?? ""}.pdf`);
    expect(pdf.headers.get("Content-Type")).toBe("application/pdf");
    await device.close();
  });
});
