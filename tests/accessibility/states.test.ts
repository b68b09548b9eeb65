import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { bringMeetingForward, PERSONAS } from "../journeys/demo";
import { crawl, faults, lookAt, looked, openDesk, portal, takeFaults, titles, type Desk } from "./looking";

describe("chaque page que voit le public, et les états où un parcours mène", () => {
  it("pour le public", async () => {
    const desk = await openDesk(null);
    await crawl(desk, "visitor", true, ["/", "/connexion", "/connexion/lien", "/mot-de-passe-oublie", "/droits"]);
    await desk.close();
    expect(takeFaults().join("\n")).toBe("");
    expect(looked).toBeGreaterThan(40);
  });

  it("ce qui n’existe pas, et ce qui n’est pas permis", async () => {
    const visitor = await openDesk(null);
    const agent = await openDesk(PERSONAS.agent);
    for (const [desk, path, status] of [
      [visitor, "/nulle-part", 404],
      [visitor, "/reseaux/inconnu", 404],
      [visitor, "/lien/nimportequoi", 410],
      [visitor, "/reponse/nimportequoi", 404],
      [agent, "/administration", 403],
      [agent, "/reseaux/blain/seances/nouvelle", 403],
      [agent, "/reseaux/blain/seances/AAAAAAAAAAAAAAAAAAAA", 404],
    ] as const) {
      const response = await desk.light.goto(portal.address + path);
      if (response?.status() !== status) faults.push(`${path}: ${response?.status()} instead of ${status}`);
      await lookAt(desk, "astray", desk === visitor, (page) => page.goto(portal.address + path));
    }
    await visitor.close();
    await agent.close();
    expect(takeFaults().join("\n")).toBe("");
  });

  it.each([
    { persona: null, path: "/connexion" },
    { persona: null, path: "/connexion/lien" },
    { persona: null, path: "/mot-de-passe-oublie" },
    { persona: "official", path: "/compte/mot-de-passe" },
    { persona: "official", path: "/reseaux/blain/depenses/nouvelle" },
    { persona: "secretary", path: "/reseaux/blain/seances/nouvelle" },
    { persona: "secretary", path: "/reseaux/blain/membres/designer" },
    { persona: "secretary", path: "/reseaux/blain/consultations/nouvelle" },
    { persona: "secretary", path: "/reseaux/blain/parametres/reseau" },
    { persona: "administrator", path: "/administration/reseaux/nouveau" },
    { persona: "administrator", path: "/administration/personnes/nouvelle" },
    { persona: "administrator", path: "/administration/reseaux/blain/personne" },
    { persona: "administrator", path: "/administration/reseaux/blain/siege" },
  ] as const)("le formulaire $path renvoyé vide", async ({ persona, path }) => {
    const desk = await openDesk(persona === null ? null : PERSONAS[persona]);
    const sendEmpty = async (page: Page): Promise<void> => {
      await page.goto(portal.address + path);
      const form = page.locator("main form[method=post]").first();
      for (const field of await form
        .locator(
          "input[type=text], input[type=email], input[type=password], input[type=date], input[type=time], textarea",
        )
        .all())
        if (await field.isVisible()) await field.fill("");
      await form.locator("button[type=submit]").last().click();
      await page.locator("main [role=alert]").first().waitFor();
    };
    await sendEmpty(desk.light);
    await lookAt(desk, "empty form", persona === null, sendEmpty);
    await desk.close();
    expect(takeFaults().join("\n")).toBe("");
  });

  it("une séance ouverte, son scrutin, son résultat", async () => {
    const meeting = `${portal.address}/reseaux/blain/seances/${bringMeetingForward(portal)}`;
    const desk = await openDesk(PERSONAS.secretary);
    const official = await openDesk(PERSONAS.official);
    const { light } = desk;
    const both = async (who: string, of: Desk, address: string): Promise<void> => {
      await of.light.goto(address);
      await lookAt(of, who, false, (page) => page.goto(address));
    };
    await both("secretary, opening", desk, `${meeting}/ouvrir`);
    for (const select of await light.locator("main form select").all()) await select.selectOption({ index: 1 });
    await light.getByRole("button", { name: "Ouvrir la séance" }).click();
    await light.getByText("Séance ouverte").first().waitFor();
    await both("secretary, no quorum", desk, meeting);
    for (let arrivals = 0; arrivals < 5; arrivals += 1) {
      await light
        .getByRole("button", { name: /^Arrivée/ })
        .first()
        .click();
      await light
        .getByRole("button", { name: /^Départ/ })
        .nth(arrivals)
        .waitFor();
    }
    await light.getByRole("button", { name: /Ouvrir ce point.*Conférence/ }).click();
    await light.getByRole("link", { name: "Ouvrir un scrutin" }).waitFor();
    await both("secretary, quorum", desk, meeting);
    await both("official, quorum", official, meeting);
    await official.light.getByRole("link", { name: "Demander le vote secret sur ce point" }).click();
    await official.light.getByRole("button", { name: "Demander le vote secret" }).waitFor();
    await both("official, secret vote to ask for", official, official.light.url());
    await light.getByRole("link", { name: "Ouvrir un scrutin" }).click();
    await light.getByRole("button", { name: "Ouvrir le scrutin" }).waitFor();
    await both("secretary, poll to open", desk, light.url());
    await light.getByRole("button", { name: "Ouvrir le scrutin" }).click();
    await light.waitForURL(/\/scrutins\/(?!nouveau)/);
    const poll = light.url();
    await both("secretary, poll", desk, poll);
    await both("official, poll", official, poll);
    await both("official, room with a poll", official, meeting);
    await light.goto(poll);
    await light.locator("summary", { hasText: "Clore le scrutin" }).click();
    await light.getByRole("button", { name: "Clore et figer le résultat" }).click();
    await light.getByText("Scrutin clos le").waitFor();
    await both("secretary, result", desk, poll);
    await both("secretary, closing", desk, `${meeting}/lever`);
    await desk.close();
    await official.close();
    expect(takeFaults().join("\n")).toBe("");
  });

  it("un réseau où rien n’a encore eu lieu", async () => {
    const desk = await openDesk(PERSONAS.administrator);
    await desk.light.goto(`${portal.address}/administration/reseaux/nouveau`);
    await desk.light.getByLabel("Nom du réseau").fill("Réseau tout neuf");
    await desk.light.getByLabel("Adresse du réseau").fill("neuf");
    await desk.light.getByLabel("Organisme", { exact: true }).selectOption({ label: "CCAS de Bouvron" });
    await desk.light.getByRole("button", { name: "Créer le réseau" }).click();
    await desk.light.waitForURL(/\/administration\/reseaux\/neuf/);
    await desk.light.goto(`${portal.address}/reseaux/neuf`);
    await desk.light.getByText("Règles par défaut (CASF, art. R.123-16").waitFor();
    titles.clear();
    await crawl(desk, "administrator, new network", false, ["/reseaux/neuf", "/administration/reseaux/neuf"]);
    await desk.close();
    const visitor = await openDesk(null);
    titles.clear();
    await crawl(visitor, "visitor, new network", true, ["/reseaux/neuf"]);
    await visitor.close();
    expect(takeFaults().join("\n")).toBe("");
    expect(looked).toBeGreaterThan(70);
  });
});
