import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERSONAS, readDatabase, signInByPost, startDemoPortal, type Persona } from "../journeys/demo";
import type { RunningPortal } from "../support/browser";

/** The list of app/routes/README.md, walked over the demonstration. */

let portal: RunningPortal;
const cookies = new Map<Persona, string>();
const ids = { meeting: "", upcoming: "", poll: "", expense: "", seat: "", mail: "" };
let published = "";

beforeAll(async () => {
  portal = await startDemoPortal();
  const one = (sql: string): string =>
    Object.values(readDatabase<Record<string, string>>(portal, sql)[0] ?? {})[0] ?? "";
  ids.meeting = one("select meeting_id from minutes where status = 'published' limit 1");
  ids.upcoming = one("select id from meeting where status = 'convened'");
  ids.poll = one(`select id from poll where meeting_id = '${ids.meeting}' limit 1`);
  ids.expense = one("select id from expense limit 1");
  ids.seat = one("select seat.id from seat join network on network.id = seat.network_id where slug = 'blain' limit 1");
  ids.mail = one("select id from outbox_mail where network_id is not null limit 1");
  published = one(`select year || '-' || rank from meeting where id = '${ids.meeting}'`);
  for (const persona of Object.keys(PERSONAS) as Persona[])
    cookies.set(persona, (await signInByPost(portal.address, PERSONAS[persona])).cookie);
}, 120_000);
afterAll(() => portal?.stop());

const get = (path: string, persona?: Persona, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(portal.address + path, {
    redirect: "manual",
    headers: { ...headers, ...(persona ? { Cookie: cookies.get(persona) ?? "" } : {}) },
  });

const fill = (path: string): string =>
  path
    .replace(":seance", ids.meeting)
    .replace(":venue", ids.upcoming)
    .replace(":scrutin", ids.poll)
    .replace(":depense", ids.expense)
    .replace(":siege", ids.seat)
    .replace(":envoi", ids.mail)
    .replace(":numero", published);

const CACHED = [
  "/",
  "/droits",
  "/accessibilite",
  "/mentions-legales",
  "/donnees-personnelles",
  "/plan-du-site",
  "/sitemap.xml",
  "/reseaux/blain",
  "/reseaux/blain/seances",
  "/reseaux/blain/seances/:seance",
  "/reseaux/blain/proces-verbaux",
  "/reseaux/blain/proces-verbaux/:numero",
  "/reseaux/blain/proces-verbaux/:numero.md",
  "/reseaux/blain/proces-verbaux/:numero.pdf",
  "/reseaux/blain/decisions",
  "/reseaux/blain/decisions.csv",
  "/reseaux/blain/decisions.json",
  "/reseaux/blain/membres",
];

/** Public, but drawn anew each time: a form, or what a member reads differently. */
const PERSONAL = ["/reseaux/blain/seances/:venue", "/connexion", "/connexion/lien", "/mot-de-passe-oublie", "/sante"];

const MEMBERS_ONLY = [
  "/compte",
  "/administration",
  "/reprise",
  "/reseaux/blain/seances/nouvelle",
  "/reseaux/blain/seances/:venue/ouvrir",
  "/reseaux/blain/seances/:seance/lever",
  "/reseaux/blain/seances/:seance/corrections",
  "/reseaux/blain/seances/:venue/pouvoirs",
  "/reseaux/blain/seances/:seance/direct",
  "/reseaux/blain/seances/:venue/convocation.ics",
  "/reseaux/blain/seances/:seance/emargement",
  "/reseaux/blain/seances/:seance/scrutins/:scrutin",
  "/reseaux/blain/consultations",
  "/reseaux/blain/quorum",
  "/reseaux/blain/quorum.csv",
  "/reseaux/blain/depenses",
  "/reseaux/blain/depenses/nouvelle",
  "/reseaux/blain/depenses/:depense",
  "/reseaux/blain/annuaire",
  "/reseaux/blain/membres/designer",
  "/reseaux/blain/membres/renouvellement",
  "/reseaux/blain/parametres",
  "/reseaux/blain/parametres/reglement",
  "/reseaux/blain/parametres/envois",
  "/reseaux/blain/parametres/envois/:envoi",
  "/reseaux/blain/parametres/registre",
  "/reseaux/blain/parametres/journal",
];

describe("les adresses publiques", () => {
  it.each(CACHED)("%s répond à tout le monde et peut être gardée", async (path) => {
    const response = await get(fill(path));
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
    const tag = response.headers.get("etag") ?? "";
    expect(tag).not.toBe("");
    await response.arrayBuffer();
    const again = await get(fill(path), undefined, { "If-None-Match": tag });
    expect(again.status).toBe(304);
  });

  it.each(CACHED.filter((path) => !/\.(md|pdf|csv|json|xml)$/.test(path)))(
    "%s n’est pas gardée pour qui est connecté·e",
    async (path) => {
      const response = await get(fill(path), "official");
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control") ?? "").not.toContain("public");
    },
  );

  it.each(["/", "/plan-du-site"])("%s mène à l’observatoire d’un réseau", async (path) => {
    expect(await (await get(path)).text()).toContain('href="/reseaux/blain/observatoire"');
  });

  it.each(PERSONAL)("%s répond à tout le monde sans être gardée", async (path) => {
    const response = await get(fill(path));
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control") ?? "").not.toContain("public");
  });
});

describe("les adresses des membres", () => {
  it.each(MEMBERS_ONLY)("%s envoie le public à la connexion, et revient après", async (path) => {
    const response = await get(fill(path));
    expect(response.status).toBe(302);
    const target = new URL(response.headers.get("location") ?? "", portal.address);
    expect(target.pathname).toBe("/connexion");
    if (!path.endsWith("/direct")) expect(target.searchParams.get("suite")).toBe(fill(path));
  });
});

describe("les droits de chaque rôle à l’adresse", () => {
  const EVERYONE: readonly Persona[] = ["secretary", "official", "department", "agent", "administrator"];
  it.each([
    { path: "/reseaux/blain/seances/nouvelle", allowed: ["secretary"] },
    { path: "/reseaux/blain/seances/:venue/ouvrir", allowed: ["secretary"] },
    { path: "/reseaux/blain/seances/:venue/annuler", allowed: ["secretary"] },
    { path: "/reseaux/blain/membres/designer", allowed: ["secretary", "administrator"] },
    { path: "/reseaux/blain/membres/renouvellement", allowed: ["secretary", "administrator"] },
    { path: "/reseaux/blain/parametres/envois", allowed: ["secretary", "administrator"] },
    { path: "/reseaux/blain/parametres/journal", allowed: ["secretary", "administrator"] },
    { path: "/reseaux/blain/parametres/registre", allowed: EVERYONE },
    { path: "/reseaux/blain/quorum", allowed: EVERYONE },
    { path: "/reseaux/blain/annuaire", allowed: EVERYONE },
    { path: "/reseaux/blain/depenses", allowed: ["secretary", "official", "department", "agent"] },
    { path: "/reseaux/blain/depenses/nouvelle", allowed: ["secretary", "official", "department", "agent"] },
    {
      path: "/reseaux/blain/seances/:seance/scrutins/:scrutin",
      allowed: ["secretary", "official", "department", "agent"],
    },
    { path: "/administration", allowed: ["administrator"] },
    { path: "/administration/populations", allowed: ["administrator"] },
    { path: "/administration/reseaux/nouveau", allowed: ["administrator"] },
    { path: "/administration/reseaux/blain", allowed: ["administrator"] },
  ] as const)("$path", async ({ path, allowed }) => {
    const answers = await Promise.all(
      EVERYONE.map(async (persona) => [persona, (await get(fill(path), persona)).status] as const),
    );
    const expected = EVERYONE.map(
      (persona) => [persona, (allowed as readonly Persona[]).includes(persona) ? 200 : 403] as const,
    );
    expect(answers).toEqual(expected);
  });
});

describe("un refus", () => {
  it("est noté une fois, même quand plusieurs parts de la page le prononcent", async () => {
    const refusals = () => readDatabase(portal, "select id from security_event where kind = 'access-refused'").length;
    const before = refusals();
    expect((await get("/administration/personnes", "agent")).status).toBe(403);
    expect(refusals()).toBe(before + 1);
  });
});

describe("le direct", () => {
  it("dit un changement dans la seconde", async () => {
    const abort = new AbortController();
    const stream = await fetch(`${portal.address}${fill("/reseaux/blain/seances/:venue/direct")}`, {
      headers: { Cookie: cookies.get("department") ?? "", Accept: "text/event-stream" },
      signal: abort.signal,
    });
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error("No stream");
    let heard = "";
    const hear = async (count: number): Promise<number> => {
      while (heard.split("event: change").length - 1 < count) {
        const { value, done } = await reader.read();
        if (done) throw new Error("The stream ended");
        heard += value;
      }
      return performance.now();
    };
    await hear(1);
    const changed = fetch(`${portal.address}${fill("/reseaux/blain/seances/:venue/reponse")}`, {
      method: "POST",
      redirect: "manual",
      headers: { Cookie: cookies.get("official") ?? "", "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ choice: "absent" }).toString(),
    });
    const acted = changed.then((answer) => ({ status: answer.status, at: performance.now() }));
    const { status, at } = await acted;
    expect(status).toBe(302);
    const heardAt = await hear(2);
    abort.abort();
    expect(heardAt - at).toBeLessThan(1_000);
  });
});

/** « | `/a`, `/b` | for whom | … »: the first address of each row of the list, and for whom it is. */
function readList(): ReadonlyArray<{ readonly address: string; readonly audience: string }> {
  const readme = readFileSync(fileURLToPath(new URL("../../app/routes/README.md", import.meta.url)), "utf8");
  return [...readme.matchAll(/^\| `([^`]+)`.*?\| ([^|]+) \|/gm)].map(([, address = "", audience = ""]) => ({
    address: address.replace(/…$/, "").replace(/\?.*$/, "").replace(":reseau", "blain"),
    audience:
      audience
        .trim()
        .split(/[;/] ?/)[0]
        ?.trim() ?? "",
  }));
}

const LISTED = readList().filter(({ address }) => !address.includes(":"));

describe("la liste écrite des adresses", () => {
  it("se lit", () => expect(LISTED.length).toBeGreaterThan(20));

  it.each(LISTED.filter(({ audience }) => audience === "everyone"))(
    "$address est à tout le monde",
    async ({ address }) => {
      expect((await get(address)).status).toBe(200);
    },
  );

  it.each(LISTED.filter(({ audience }) => ["members", "secretariat", "administrator", "signed in"].includes(audience)))(
    "$address est aux membres",
    async ({ address }) => {
      const response = await get(address);
      expect(response.status).toBe(302);
      expect(response.headers.get("location")).toMatch(/^\/connexion/);
    },
  );
});
