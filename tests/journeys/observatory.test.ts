import type { Browser } from "playwright-core";
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
    expect(embedded.headers.get("Content-Security-Policy")).toContain("frame-ancestors 'self' https:");
    expect(embedded.headers.get("X-Frame-Options")).toBeNull();
    const page = await fetch(`${portal.address}${HOME}/indicateurs/taux-de-pauvrete`);
    expect(page.headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(page.headers.get("X-Frame-Options")).toBe("DENY");
  });
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
