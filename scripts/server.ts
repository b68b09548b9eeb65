import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import {
  createRequestHandler,
  unstable_parseMultipartFormData as parseMultipart,
  type ServerBuild,
} from "@remix-run/server-runtime";
import { Hono, type Context } from "hono";
import type { HttpBindings } from "@hono/node-server";
import type { FaultKind, LostForm } from "../app/services/request-context.server";
import type * as Portal from "../app/services/portal.server";

export type PortalBuild = ServerBuild & {
  entry: { module: { portal: typeof Portal; startReminders?: () => () => Promise<void> } };
};

type Variant = { readonly encoding: "identity" | "gzip" | "br"; readonly bytes: Uint8Array<ArrayBuffer> };
type Kept = {
  readonly headers: Headers;
  readonly etag: string;
  readonly variants: Map<Variant["encoding"], Uint8Array<ArrayBuffer>>;
};

const MAX_BODY_BYTES = 12 * 1024 * 1024;
const MAX_DRAINED_BYTES = 200 * 1024 * 1024;
/** National files of figures, up to 650 MB, go to the disk as they come: `app/features/figures/import-files.server.ts`. */
const MAX_IMPORT_BYTES = 801 * 1024 * 1024;
const IMPORT_PAGE = /^\/reseaux\/[^/]+\/observatoire\/donnees\/importer$/;
const MAX_RETURNED_CHARACTERS = 400_000;
const MAX_KEPT_PAGES = 2_000;
const MIN_COMPRESSED_BYTES = 860;

const MEDIA_TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

/**
 * The portal as one fetch handler: assets and published pages from memory, everything else through Remix.
 * @param clientDir the folder of built assets
 */
export function createPortal(build: PortalBuild, clientDir: string): Hono<{ Bindings: HttpBindings }> {
  const { portal } = build.entry.module;
  const env = portal.getEnv();
  const remix = createRoutedHandler(build, env.nodeEnv);
  const assets = loadAssets(clientDir);
  const published = createPublishedPages(portal);
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.use(async (context) => {
    const { req } = context;
    const { pathname } = new URL(req.url);
    const isRead = req.method === "GET" || req.method === "HEAD";

    const asset = isRead ? assets.get(pathname) : undefined;
    if (asset) return answer(context, asset);

    if (!isRead && !isSameOrigin(req.raw, env.publicUrl, env.trustProxy)) {
      portal.log("warn", "request.foreign-origin", { path: pathname, origin: req.header("origin") ?? null });
      return secure(new Response("Demande refusée : elle ne vient pas de ce site.", textInit(403)), env);
    }

    const isAnonymous = portal.readSessionId(req.header("cookie") ?? null) === null;
    const key = isRead && isAnonymous ? req.url.slice(req.url.indexOf("/", 8)) : null;
    const known = key === null ? undefined : published.find(key);
    if (known) return answer(context, known);

    const nonce = randomBytes(16).toString("base64");
    const version = portal.currentPublicVersion();
    const request = withPublicAddress(req.raw, env.publicUrl);
    // Without its length, a body has no limit that could be told before it is read; every browser says it.
    if (!isRead && req.header("transfer-encoding") !== undefined)
      return secure(new Response("Envoi refusé : sa taille n’est pas annoncée.", textInit(411)), env);
    const isImport = IMPORT_PAGE.test(pathname) && (req.header("content-type") ?? "").startsWith("multipart/form-data");
    const isTooLarge = Number(req.header("content-length") ?? 0) > (isImport ? MAX_IMPORT_BYTES : MAX_BODY_BYTES);
    const typed = isRead
      ? null
      : isTooLarge
        ? await readTextBesideFiles(request, portal.NEVER_KEPT)
        : await readTypedText(request, portal.NEVER_KEPT);
    const faults: FaultKind[] = [];
    const load = {
      nonce,
      clientAddress: clientAddressOf(context, env.trustProxy),
      memo: new Map(),
      report: (fault: FaultKind) => faults.push(fault),
    };
    const givenBack = (lostForm: LostForm): Promise<Response> => {
      const headers = { Cookie: req.header("cookie") ?? "" };
      return remix(new Request(new URL("/panne", request.url), { headers }), { ...load, memo: new Map(), lostForm });
    };
    let response = await (isTooLarge
      ? givenBack({ path: pathname, fields: typed ?? [], fault: "too-large" })
      : remix(request, load));
    if (!isTooLarge && response.status >= 500 && typed !== null) {
      response = await givenBack({ path: pathname, fields: typed, fault: faults[0] ?? "other" });
    }
    if (response.status === 404 && !isAnonymous)
      portal.log("warn", "request.not-found", { method: req.method, path: pathname });
    if (!response.headers.has("Content-Security-Policy")) {
      response.headers.set("Content-Security-Policy", contentSecurityPolicy(response, nonce));
    }
    secure(response, env);
    const mayKeep =
      key !== null &&
      req.method === "GET" &&
      response.status === 200 &&
      isPublic(response) &&
      !response.headers.has("Set-Cookie");
    if (mayKeep) return answer(context, published.keep(key, version, await toKept(response)));
    return compress(context, response);
  });
  return app;
}

type Handler = ReturnType<typeof createRequestHandler>;

/**
 * Remix through a handler per kind of address, each with the routes that may match there: the router ranks all the routes it
 * knows at every request, so that its cost would grow with the number of screens.
 */
function createRoutedHandler(build: PortalBuild, mode: string): Handler {
  const patterns = new Map(Object.keys(build.routes).map((id) => [id, patternOf(build, id)]));
  const words = new Set([...patterns.values()].flat().filter((segment) => !segment.startsWith(":")));
  const handlers = new Map<string, Handler>();
  return (request, context) => {
    const { pathname } = new URL(request.url);
    const segments = pathname
      .replace(/\.data$/, "")
      .split("/")
      .filter(Boolean)
      .slice(0, COMPARED_SEGMENTS);
    const isManifest = pathname === "/__manifest";
    const key = isManifest ? "*" : segments.map((segment) => (words.has(segment) ? segment : ":")).join("/");
    let handler = handlers.get(key);
    if (!handler) {
      const routes = isManifest
        ? build.routes
        : Object.fromEntries(
            Object.entries(build.routes).filter(([id]) =>
              mayMatch(patterns.get(id) ?? [], key.split("/").filter(Boolean)),
            ),
          );
      handler = createRequestHandler({ ...build, routes }, mode);
      if (handlers.size >= MAX_HANDLERS) handlers.clear();
      handlers.set(key, handler);
    }
    return handler(request, context);
  };
}

const COMPARED_SEGMENTS = 4;
const MAX_HANDLERS = 400;

/** « reseaux/:reseau/seances » as its segments, from the route and those above it. */
function patternOf({ routes }: ServerBuild, id: string): readonly string[] {
  const route = routes[id];
  if (!route) return [];
  const above = route.parentId === undefined ? [] : patternOf({ routes } as ServerBuild, route.parentId);
  return [...above, ...(route.path ?? "").split("/").filter(Boolean)];
}

/** May a route of this pattern take part in an address of these words? « : » stands for a segment that no route names. */
function mayMatch(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.slice(0, COMPARED_SEGMENTS).every((wanted, at) => {
    const given = segments[at];
    if (given === undefined) return false;
    return wanted.startsWith(":") || wanted === "*" || wanted === given || (given === ":" && wanted.includes(":"));
  });
}

/** What a form sends, so that a fault can give it back. Null for uploads and for what is too long to show. */
async function readTypedText(request: Request, secret: RegExp): Promise<Array<[string, string]> | null> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) return null;
  const text = await request.clone().text();
  if (text.length > MAX_RETURNED_CHARACTERS) return null;
  return [...new URLSearchParams(text)].filter(([name]) => !secret.test(name));
}

/** What was typed beside files too heavy to take: the files flow by unread. Null when even that would be too much. */
async function readTextBesideFiles(request: Request, secret: RegExp): Promise<Array<[string, string]> | null> {
  if (Number(request.headers.get("content-length")) > MAX_DRAINED_BYTES) return null;
  let room = MAX_RETURNED_CHARACTERS;
  try {
    const form = await parseMultipart(request, async ({ name, filename, data }) => {
      const isTyped = filename === undefined && !secret.test(name);
      const chunks: Uint8Array[] = [];
      for await (const chunk of data) {
        if (!isTyped) continue;
        room -= chunk.length;
        if (room < 0) throw new RangeError("More text than a page gives back");
        chunks.push(chunk);
      }
      return isTyped ? Buffer.concat(chunks).toString("utf8") : null;
    });
    return [...form].map(([name, value]) => [name, String(value)]);
  } catch {
    return null;
  }
}

function textInit(status: number): ResponseInit {
  return { status, headers: { "Content-Type": "text/plain; charset=utf-8" } };
}

function isPublic(response: Response): boolean {
  return (response.headers.get("Cache-Control") ?? "").startsWith("public");
}

/** Published pages by address, as bytes. A page lives as long as nothing public has changed, and never past midnight in Paris. */
function createPublishedPages(portal: typeof Portal) {
  const pages = new Map<string, Kept>();
  let version = 0;
  let day = "";
  const forgetStale = (): void => {
    const [nowVersion, nowDay] = [portal.currentPublicVersion(), portal.today(portal.systemClock)];
    if (nowVersion === version && nowDay === day) return;
    pages.clear();
    [version, day] = [nowVersion, nowDay];
  };
  return {
    find(key: string): Kept | undefined {
      forgetStale();
      return pages.get(key);
    },
    keep(key: string, computedFor: number, page: Kept): Kept {
      forgetStale();
      if (computedFor !== version) return page;
      if (pages.size >= MAX_KEPT_PAGES) {
        const [oldest] = pages.keys();
        if (oldest !== undefined) pages.delete(oldest);
      }
      pages.set(key, page);
      return page;
    },
  };
}

async function toKept(response: Response): Promise<Kept> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  const variants: Kept["variants"] = new Map([["identity", bytes]]);
  if (isCompressible(headers) && bytes.length >= MIN_COMPRESSED_BYTES) {
    variants.set("gzip", new Uint8Array(gzipSync(bytes, { level: 9 })));
    variants.set("br", new Uint8Array(brotli(bytes, 5)));
  }
  headers.set("Vary", "Accept-Encoding, Cookie");
  return { headers, etag: etagOf(bytes), variants };
}

function etagOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
}

/** The window is no wider than the page: brotli's own default sets four megabytes aside for each answer. */
function brotli(bytes: Uint8Array, quality: number): Buffer {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(12, Math.ceil(Math.log2(bytes.length)))),
  };
  return brotliCompressSync(bytes, { params });
}

function isCompressible(headers: Headers): boolean {
  return /^(text\/|application\/(json|manifest\+json|xml)|image\/svg)/.test(headers.get("Content-Type") ?? "");
}

function pickEncoding(accepted: string, kept: Kept): Variant["encoding"] {
  if (kept.variants.has("br") && /\bbr\b/.test(accepted)) return "br";
  if (kept.variants.has("gzip") && /\bgzip\b/.test(accepted)) return "gzip";
  return "identity";
}

function answer({ req }: Context, kept: Kept): Response {
  const encoding = pickEncoding(req.header("accept-encoding") ?? "", kept);
  const etag = `"${kept.etag}-${encoding}"`;
  const headers = new Headers(kept.headers);
  headers.set("ETag", etag);
  if ((req.header("if-none-match") ?? "").split(/\s*,\s*/).includes(etag)) {
    headers.delete("Content-Type");
    return new Response(null, { status: 304, headers });
  }
  if (encoding !== "identity") headers.set("Content-Encoding", encoding);
  const bytes = kept.variants.get(encoding) ?? new Uint8Array();
  headers.set("Content-Length", String(bytes.length));
  return new Response(req.method === "HEAD" ? null : bytes, { headers });
}

async function compress({ req }: Context, response: Response): Promise<Response> {
  const accepted = req.header("accept-encoding") ?? "";
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.body || type.startsWith("text/event-stream") || !isCompressible(response.headers)) return response;
  if (response.headers.has("Content-Encoding") || !/\b(br|gzip)\b/.test(accepted)) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.append("Vary", "Accept-Encoding");
  if (bytes.length < MIN_COMPRESSED_BYTES) return new Response(bytes, { status: response.status, headers });
  const useBrotli = /\bbr\b/.test(accepted);
  const body = new Uint8Array(useBrotli ? brotli(bytes, 4) : gzipSync(bytes, { level: 5 }));
  headers.set("Content-Encoding", useBrotli ? "br" : "gzip");
  headers.set("Content-Length", String(body.length));
  return new Response(body, { status: response.status, headers });
}

/** The built assets, each with what the build compressed beside it. */
function loadAssets(clientDir: string): ReadonlyMap<string, Kept> {
  const assets = new Map<string, Kept>();
  if (!existsSync(clientDir)) return assets;
  for (const entry of readdirSync(clientDir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const type = MEDIA_TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const address = `/${relative(clientDir, path).split(sep).join("/")}`;
    const isHashed = address.startsWith("/assets/");
    const bytes = new Uint8Array(readFileSync(path));
    const variants: Kept["variants"] = new Map([["identity", bytes]]);
    for (const [encoding, suffix] of [
      ["br", ".br"],
      ["gzip", ".gz"],
    ] as const)
      if (existsSync(path + suffix)) variants.set(encoding, new Uint8Array(readFileSync(path + suffix)));
    const headers = new Headers({
      "Content-Type": type,
      "Cache-Control": isHashed ? "public, max-age=31536000, immutable" : "public, max-age=3600",
      "X-Content-Type-Options": "nosniff",
      Vary: "Accept-Encoding",
    });
    assets.set(address, { headers, etag: etagOf(bytes), variants });
  }
  return assets;
}

/** A page without its own scripts allows none; one that asks for hydration allows those that carry the nonce. */
function contentSecurityPolicy(response: Response, nonce: string): string {
  const scripts = isPublic(response) ? "'none'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
  ].join("; ");
}

function mayBeFramed(headers: Headers): boolean {
  const ancestors = /frame-ancestors ([^;]*)/.exec(headers.get("Content-Security-Policy") ?? "")?.[1];
  return ancestors !== undefined && ancestors.trim() !== "'none'";
}

function secure(response: Response, env: { readonly publicUrl: string }): Response {
  const { headers } = response;
  headers.set("X-Content-Type-Options", "nosniff");
  // A page that says itself who may frame it is a chart for the communes' own sites.
  if (!mayBeFramed(headers)) headers.set("X-Frame-Options", "DENY");
  headers.set("Referrer-Policy", "same-origin");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-store");
  if (env.publicUrl.startsWith("https:")) headers.set("Strict-Transport-Security", "max-age=31536000");
  return response;
}

/**
 * Does a write come from one of our own pages? Browsers always say where a form was sent from; a client that
 * says nothing at all carries no ambient cookie of somebody else, so it is let through to the usual checks.
 */
function isSameOrigin(request: Request, publicUrl: string, trustProxy: boolean): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin") ?? originOf(request.headers.get("referer"));
  if (origin === null) return true;
  const host = (trustProxy ? request.headers.get("x-forwarded-host") : null) ?? request.headers.get("host");
  return origin === new URL(publicUrl).origin || hostOf(origin) === host;
}

function originOf(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  return new URL(address).origin;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function clientAddressOf(context: Context<{ Bindings: HttpBindings }>, trustProxy: boolean): string {
  const forwarded = trustProxy ? context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  return forwarded ?? context.env?.incoming?.socket.remoteAddress ?? "unknown";
}

/** Behind TLS the request arrives as http: what Remix compares and builds must be the address that people see. */
function withPublicAddress(request: Request, publicUrl: string): Request {
  if (!publicUrl.startsWith("https:") || request.url.startsWith("https:")) return request;
  return new Request(request.url.replace(/^http:/, "https:"), request);
}
