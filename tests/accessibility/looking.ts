import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { PERSONAS, startDemoPortal, type Persona } from "../journeys/demo";
import { launchBrowser, openDevice, signIn, type RunningPortal } from "../support/browser";

/**
 * Every page that the portal's own links lead to, for everyone, in light on a desk and in dark on a phone. A page is looked at when it shows
 * a heading, a control or a class that no page of its address has shown yet.
 */

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Sign-out, server-sent events, and what is saved rather than shown. */
const NOT_A_PAGE =
  /\/(direct|deconnexion)$|\.(csv|json|jsonl|ods|zip|pdf|md|ics|xml|svg|odt|xlsx)$|\/documents\/[\w-]{20}$|\/versions\/\d+$/;
/** What colours, sizes and what is hidden on a phone may change; all else is the same document as on the desk. */
const RULES_OF_LOOKS = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"];
const KEPT_QUERY = new Set(["type"]);
const ID = /^[\w-]{20}$/;
/** What follows these words in an address identifies one thing by a name or an official code. */
const NAMES_ONE = new Set([
  "reseaux",
  "indicateurs",
  "themes",
  "communes",
  "integrer",
  "dictionnaire",
  "formulaires",
  "actions",
  "qui-fait-quoi",
]);

export let portal: RunningPortal;
let browser: Browser;
/** What each shape of page has shown, whoever it was shown to. */
const shown = new Map<string, Set<string>>();
export const titles = new Map<string, string>();
export const faults: string[] = [];
export let looked = 0;

beforeAll(async () => {
  portal = await startDemoPortal();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

export type Desk = { readonly light: Page; readonly dark: Page; readonly close: () => Promise<void> };

/** The same person, at a desk in light and on a phone in dark. */
export async function openDesk(email: string | null): Promise<Desk> {
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
  for (const parent of document.querySelectorAll(
    "tbody, thead, tr, ul, ol, dl, svg, g, section, form, fieldset, div",
  )) {
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
export async function lookAt(
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

/** Half of the kinds of page, so that two files share them. */
export type Half = 0 | 1;
const halfOf = (place: string): number => [...place].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 2;

/** Follows every link from these addresses, one look at each shape of page, or at those of one half. */
export async function crawl(
  desk: Desk,
  who: string,
  isPublic: boolean,
  starts: readonly string[],
  half?: Half,
): Promise<void> {
  const waiting = [...starts];
  const known = new Set(waiting);
  const samples = new Map<string, number>();
  while (waiting.length > 0) {
    const path = waiting.shift() ?? "";
    const shape = shapeOf(portal.address + path);
    const count = samples.get(shape) ?? 0;
    if (count >= 4) continue;
    samples.set(shape, count + 1);
    // The server may close a kept connection at the very moment when it is used again.
    const response = await desk.light.context().request.get(portal.address + path, { maxRetries: 2 });
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
    if (half !== undefined && halfOf(place) !== half) continue;
    const before = shown.get(place) ?? new Set();
    const novel = readFeatures(html).filter((feature) => !before.has(feature));
    if (shown.has(place) && novel.length === 0) continue;
    shown.set(place, new Set([...before, ...novel]));
    await desk.light.goto(portal.address + path);
    await lookAt(desk, who, isPublic, (page) => page.goto(portal.address + path));
  }
}

export const takeFaults = (): string[] => faults.splice(0).filter((fault, index, all) => all.indexOf(fault) === index);

/** The tests of one half of the members' pages, persona after persona. */
export function testMembersPages(half: Half): void {
  it.each(["secretary", "official", "department", "agent", "administrator"] as const)(
    "pour %s",
    async (persona: Persona) => {
      const desk = await openDesk(PERSONAS[persona]);
      await crawl(desk, persona, false, ["/", "/compte", "/reseaux/blain"], half);
      await desk.close();
      expect(takeFaults().join("\n")).toBe("");
      expect(looked).toBeGreaterThan(30);
    },
  );
}
