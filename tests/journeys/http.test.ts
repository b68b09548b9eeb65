import { request as httpRequest } from "node:http";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databasePath } from "~/services/db.server";
import { startPortal, type RunningPortal } from "../support/browser";

let portal: RunningPortal;

beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${portal.address}${path}`, { headers, redirect: "manual" });

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${portal.address}${path}`, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
  });

describe("le serveur", () => {
  it("dit sa santé", async () => {
    const response = await get("/sante");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true, pendingMigrations: 0 });
  });

  it("interdit tout script et toute origine étrangère sur une page publique", async () => {
    const response = await get("/");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("same-origin");
    expect(await response.text()).not.toMatch(/<script/i);
  });

  it("répond 304 à qui a déjà la page, compressée ou non", async () => {
    for (const encoding of ["identity", "gzip", "br"]) {
      const first = await get("/", { "Accept-Encoding": encoding });
      const etag = first.headers.get("etag");
      expect(etag).toMatch(/^"[\w-]{22}-(identity|gzip|br)"$/);
      const second = await get("/", { "Accept-Encoding": encoding, "If-None-Match": etag ?? "" });
      expect(second.status).toBe(304);
      expect(await second.text()).toBe("");
    }
  });

  it("ne transfère pas 60 ko pour une page publique", async () => {
    const response = await get("/", { "Accept-Encoding": "br" });
    expect(Number(response.headers.get("content-length"))).toBeLessThan(60_000);
    expect(response.headers.get("content-encoding")).toBe("br");
  });

  it.each([
    { case: "une autre origine", headers: { Origin: "https://ailleurs.example" } },
    { case: "une origine opaque", headers: { Origin: "null" } },
    { case: "un autre site, dit le navigateur", headers: { "Sec-Fetch-Site": "cross-site" } },
    { case: "une page d’ailleurs", headers: { Referer: "https://ailleurs.example/piege" } },
  ])("refuse une écriture venue d’$case", async ({ headers }) => {
    // fetch forbids to forge these headers: a plain request does what an attacker's tool would.
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(`${portal.address}/deconnexion`, { method: "POST", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on("error", reject);
      sent.end();
    });
    expect(status).toBe(403);
  });

  it("refuse un envoi de plus de 12 Mo", async () => {
    const response = await post("/connexion?index", "x".repeat(12 * 1024 * 1024 + 1)).catch(() => null);
    expect(response?.status ?? 413).toBe(413);
  });

  it("ne prend des fichiers nationaux que des fichiers : un texte y reste sous 12 Mo", async () => {
    const address = "/reseaux/blain/observatoire/donnees/importer";
    const response = await post(address, "x".repeat(12 * 1024 * 1024 + 1)).catch(() => null);
    expect(response?.status ?? 413).toBe(413);
  });

  it("rend ce qui était écrit à côté d’un fichier de plus de 12 Mo", async () => {
    const form = new FormData();
    form.set("objet", "Deux vidéoprojecteurs, pour les permanences");
    form.set("motDePasse", "secret-de-test");
    form.set("piece", new Blob([Buffer.alloc(13 * 1024 * 1024, "%PDF-1.7 ")]), "devis.pdf");
    const response = await fetch(`${portal.address}/connexion`, { method: "POST", body: form });
    const page = await response.text();
    expect(response.status).toBe(413);
    expect(page).toContain("12 Mo");
    expect(page).toContain("Deux vidéoprojecteurs, pour les permanences");
    expect(page).not.toContain("secret-de-test");
    expect(page).not.toContain("%PDF");
  });

  it("refuse un envoi qui ne dit pas sa taille", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { "Transfer-Encoding": "chunked", "Content-Type": "application/x-www-form-urlencoded" };
      const sent = httpRequest(`${portal.address}/connexion`, { method: "POST", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on("error", reject);
      sent.end("email=elu%40exemple.fr");
    });
    expect(status).toBe(411);
  });

  it("ne connaît pas ce qui n’existe pas", async () => {
    expect((await get("/reseaux/inconnu")).status).toBe(404);
    expect((await get("/nulle-part")).status).toBe(404);
    expect((await get("/panne")).status).toBe(404);
  });

  it("rend le texte saisi quand la base est occupée, et n’enregistre rien", async () => {
    const other = new SQLite(databasePath(portal.dataDir));
    other.exec("begin exclusive");
    try {
      const response = await post("/connexion", "email=elu%40exemple.fr&motDePasse=secret-de-test");
      const page = await response.text();
      expect(response.status).toBe(503);
      expect(page).toContain("Rien n’a été enregistré");
      expect(page).toContain("elu@exemple.fr");
      expect(page).not.toContain("secret-de-test");
    } finally {
      other.exec("rollback");
      other.close();
    }
  });
});
