import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { bringMeetingForward, PERSONAS, startDemoPortal, type Persona } from "../journeys/demo";
import { launchBrowser, openDevice, signIn, type RunningPortal } from "../support/browser";

/**
 * Every page that the portal's own links lead to, for everyone, in light on a desk and in dark on a phone. A page is looked at when it shows
 * a heading, a control or a class that no page of its address has shown yet.
 */

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Sign-out, server-sent events, and what is saved rather than shown. */
const NOT_A_PAGE = /\/(direct|deconnexion)$|\.(csv|json|jsonl|ods|zip|pdf|md|ics|xml|svg|odt|xlsx)$|\/documents\/[\w-]{20}$|\/versions\/\d+$/;
/** What colours, sizes and what is hidden on a phone may change; all else is the same document as on the desk. */
const RULES_OF_LOOKS = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"];
const KEPT_QUERY = new Set(["type"]);
const ID = /^[\w-]{20}$/;
/** What follows these words in an address identifies one thing by a name or an official code. */
const NAMES_ONE = new Set(["reseaux", "indicateurs", "themes", "communes", "integrer", "dictionnaire", "formulaires", "actions", "qui-fait-quoi"]);

let portal: RunningPortal;
let browser: Browser;
/** What each shape of page has shown, whoever it was shown to. */
const shown = new Map<string, Set<string>>();
const titles = new Map<string, string>();
const faults: string[] = [];
let looked = 0;

beforeAll(async () => {
  portal = await startDemoPortal();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

type Desk = { readonly light: Page; readonly dark: Page; readonly close: () => Promise<void> };

/** The same person, at a desk in light and on a phone in dark. */
async function openDesk(email: string | null): Promise<Desk> {
  const contexts: BrowserContext[] = [
    await openDevice(browser, { width: 1280, colorScheme: "light" }),
    await openDevice(browser, { width: 390, colorScheme: "dark" }),
  ];
  const [first, second] = contexts;
  if (!first || !second) throw new Error("No context");
  const light = await first.newPage();
  if (email !== null) {
    await signIn(light, portal.address, email, DEMO_PASSWORD);
    await light.waitForURL((url) => url.pathname !== "/connexion");
    await second.addCookies(await first.cookies());
  }
  return {
    light,
    dark: await second.newPage(),
    close: async () => {
      for (const context of contexts) await context.close();
    },
  };
}

/** « /reseaux/blain/seances/:id?type=debat » : the address without what identifies one thing among its like. */
function shapeOf(address: string): string {
  const url = new URL(address);
  const path = url.pathname
    .split("/")
    .map((part, at, parts) =>
      ID.test(part) || NAMES_ONE.has(parts[at - 1] ?? "") ? ":id" : /^\d+(-\d+)?$/.test(part) ? ":numero" : part,
    );
  const query = [...url.searchParams].map(([name, value]) => (KEPT_QUERY.has(name) ? `${name}=${value}` : name)).sort();
  return path.join("/") + (query.length > 0 ? `?${query.join("&")}` : "");
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Leaves three of the rows, list entries or shapes that differ from their like only by their words and numbers: axe's time grows with the
 * square of a page, and the fourth such row is judged as the third.
 */
function leaveThreeOfEach(): void {
  for (const parent of document.querySelectorAll("tbody, thead, tr, ul, ol, dl, svg, g, section, form, fieldset, div")) {
    const counts = new Map<string, number>();
    for (const child of [...parent.children]) {
      const skeleton = child.outerHTML
        .replaceAll(/>[^<]+</g, "><")
        .replaceAll(/ (?!class|role|type|tabindex|scope|disabled|hidden|open)[\w:-]+="[^"]*"/g, "");
      const count = (counts.get(skeleton) ?? 0) + 1;
      counts.set(skeleton, count);
      if (count > 3) child.remove();
    }
  }
}

/** Straight into the page: our pages hold no frame, and a wrapper that looks for them doubles the time. */
async function findViolations(page: Page, rules: readonly string[] | null): Promise<string[]> {
  await page.evaluate(leaveThreeOfEach);
  await page.evaluate(axeSource);
  const runOnly = rules === null ? { type: "tag", values: TAGS } : { type: "rule", values: rules };
  const violations = await page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { axe: { run: (root: Document, options: unknown) => Promise<AxeResults> } };
      return (await axe.run(document, options)).violations;
    },
    { runOnly, resultTypes: ["violations"] },
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map((node) => `${id} (${help}): ${node.target.join(" ")} ${node.html.slice(0, 160)}`),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", quot: '"', "#x27": "'", lt: "<", gt: ">" };
const decode = (text: string): string =>
  text.replace(/&(amp|quot|#x27|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? "");

/** What there is to look at on a page: its headings, controls, tables, pictures and classes. */
function readFeatures(html: string): string[] {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
  const tags =
    main.match(
      /<(h[1-4]|button|input|select|textarea|table|svg|details|dl|blockquote)\b|role="\w+"|class="[\w -]+"/g,
    ) ?? [];
  return [...new Set(tags)];
}

/** Looks at the page that `light` shows, and at the same on the phone; notes whatever is wrong. */
async function lookAt(
  desk: Desk,
  who: string,
  isPublic: boolean,
  load: (page: Page) => Promise<unknown>,
): Promise<void> {
  looked += 1;
  const { light, dark } = desk;
  const where = `${who} ${shapeOf(light.url())}`;
  const note = (what: string): void => void faults.push(`${where}: ${what}`);
  const headings = await light.locator("h1").count();
  if (headings !== 1) note(`${headings} h1`);
  const title = await light.title();
  if (title.trim() === "") note("no title");
  if (isPublic && (await light.locator("script").count()) > 0) note("a script on a public page");
  const [inLight, inDark] = await Promise.all([
    findViolations(light, null),
    (async () => {
      await load(dark);
      await dark.setViewportSize({ width: 320, height: 800 });
      const overflow = await dark.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await dark.setViewportSize({ width: 390, height: 900 });
      const found = await findViolations(dark, RULES_OF_LOOKS);
      if (overflow > 0) found.push(`scrolls sideways by ${overflow}px at 320 px`);
      return found;
    })(),
  ]);
  for (const violation of inLight) note(`light: ${violation}`);
  for (const violation of inDark) note(`dark, narrow: ${violation}`);
}

/** Follows every link from these addresses, one look at each shape of page. */
async function crawl(desk: Desk, who: string, isPublic: boolean, starts: readonly string[]): Promise<void> {
  const waiting = [...starts];
  const known = new Set(waiting);
  const samples = new Map<string, number>();
  while (waiting.length > 0) {
    const path = waiting.shift() ?? "";
    const shape = shapeOf(portal.address + path);
    const count = samples.get(shape) ?? 0;
    if (count >= 4) continue;
    samples.set(shape, count + 1);
    const response = await desk.light.context().request.get(portal.address + path);
    if (response.status() !== 200) {
      faults.push(`${who} ${path}: a link of the portal answers ${response.status()}`);
      continue;
    }
    const html = await response.text();
    for (const [, href = ""] of html.matchAll(/<a\b[^>]*?\bhref="([^"#]+)/g)) {
      const url = new URL(decode(href), response.url());
      const next = url.pathname + url.search;
      if (url.origin !== portal.address || NOT_A_PAGE.test(url.pathname) || known.has(next)) continue;
      known.add(next);
      waiting.push(next);
    }
    const reached = shapeOf(response.url());
    const title = decode(/<title>([^<]*)/.exec(html)?.[1] ?? "");
    // One page may show several views of itself, told apart by the query, and several networks, whose name stands above it.
    const place = reached.replace(/\?.*$/, "").replace(/\/reseaux\/[^/]+/, "/reseaux/:reseau");
    const owner = titles.get(title);
    if (owner !== undefined && owner !== place) faults.push(`${who} ${place}: same title as ${owner}: « ${title} »`);
    else titles.set(title, place);
    const before = shown.get(place) ?? new Set();
    const novel = readFeatures(html).filter((feature) => !before.has(feature));
    if (shown.has(place) && novel.length === 0) continue;
    shown.set(place, new Set([...before, ...novel]));
    await desk.light.goto(portal.address + path);
    await lookAt(desk, who, isPublic, (page) => page.goto(portal.address + path));
  }
}

const takeFaults = (): string[] => faults.splice(0).filter((fault, index, all) => all.indexOf(fault) === index);

describe("chaque page du portail", () => {
  it("pour le public", async () => {
    const desk = await openDesk(null);
    await crawl(desk, "visitor", true, ["/", "/connexion", "/connexion/lien", "/mot-de-passe-oublie", "/droits"]);
    await desk.close();
    expect(takeFaults().join("\n")).toBe("");
    expect(looked).toBeGreaterThan(40);
  });

  it.each(["secretary", "official", "department", "agent", "administrator"] as const)(
    "pour %s",
    async (persona: Persona) => {
      const desk = await openDesk(PERSONAS[persona]);
      await crawl(desk, persona, false, ["/", "/compte", "/reseaux/blain"]);
      await desk.close();
      expect(takeFaults().join("\n")).toBe("");
    },
  );

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
    titles.clear();
    await crawl(desk, "administrator, new network", false, ["/reseaux/neuf", "/administration/reseaux/neuf"]);
    await desk.close();
    const visitor = await openDesk(null);
    titles.clear();
    await crawl(visitor, "visitor, new network", true, ["/reseaux/neuf"]);
    await visitor.close();
    expect(takeFaults().join("\n")).toBe("");
    expect(looked).toBeGreaterThan(80);
  });
});
