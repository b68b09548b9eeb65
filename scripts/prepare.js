import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a fresh clone needs before anything can run. Plain Node: nothing is installed yet when this is read. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const OLDEST_NODE = [20, 19];

export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Node ${OLDEST_NODE.join(".")} ou plus récent est nécessaire ; cette machine a Node ${process.versions.node}.`);
}

/** @param {string} sentence */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/**
 * Runs a command and shows, while it works, that it does.
 * @param {string} label @param {string} command @param {readonly string[]} words
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>}
 */
export function runStep(label, command, words, environment = {}) {
  const started = Date.now();
  const interactive = process.stdout.isTTY === true;
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  process.stdout.write(interactive ? `… ${label}` : `… ${label}\n`);
  return new Promise((resolve) => {
    const child = spawn(command, [...words], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    const beat = setInterval(
      () => process.stdout.write(interactive ? `\r… ${label} (${elapsed()})` : `  … ${label} (${elapsed()})\n`),
      interactive ? 1000 : 30_000,
    );
    const done = (/** @type {boolean} */ ok) => {
      clearInterval(beat);
      const mark = ok ? "✓" : "✗";
      process.stdout.write(
        interactive ? `\r${mark} ${label} (${elapsed()})    \n` : `${mark} ${label} (${elapsed()})\n`,
      );
      resolve({ ok, output, seconds: (Date.now() - started) / 1000 });
    };
    child.on("error", (fault) => {
      output += String(fault);
      done(false);
    });
    child.on("close", (code) => done(code === 0));
  });
}

function lockFingerprint() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** Installs what package-lock.json names, when it is missing or when the lock file has changed since. */
export async function ensureDependencies() {
  const mark = join(root, "node_modules", ".portail-lock");
  const wanted = lockFingerprint();
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  const options = ["--include=dev", "--no-audit", "--no-fund"];
  const label = "Installation des dépendances (quelques minutes la première fois)";
  let install = await runStep(label, "npm", ["ci", ...options]);
  if (!install.ok && install.output.includes("EUSAGE")) {
    console.log(
      "Ce registre n’a pas tous les paquets du fichier de verrouillage : nouvel essai avec ceux de cette plateforme.",
    );
    // A registry that lacks the binaries of other platforms makes `npm ci` refuse the lock file; `npm install` follows it all the same.
    install = await runStep("Installation sans les paquets d’autres plateformes", "npm", [
      "install",
      "--no-save",
      ...options,
    ]);
  }
  if (!install.ok) {
    const errors = install.output.split("\n").filter((line) => /^npm (error|ERR)|gyp ERR/.test(line));
    console.error(errors.slice(0, 40).join("\n"));
    fail(
      "Les dépendances ne s’installent pas : les premières lignes ci-dessus disent pourquoi. Il faut un accès au registre npm et, pour compiler better-sqlite3, python3, make et g++.",
    );
  }
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, wanted);
}

/** When the file, or anything in the folder, last changed. @param {string} path @returns {number} */
export function newestChange(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let newest = 0;
  for (const entry of readdirSync(path)) newest = Math.max(newest, newestChange(join(path, entry)));
  return newest;
}

/** Builds the application when it never was, or when a source has changed since. */
export async function ensureBuild() {
  const built = join(root, "build", "server", "index.js");
  const sources = ["app", "db", "remix.config.js", "package-lock.json"].map((name) => newestChange(join(root, name)));
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources)) return;
  const { ok, output } = await runStep("Construction de l’application", process.execPath, ["scripts/build.js"]);
  if (!ok) {
    console.error(
      output
        .split("\n")
        .filter((line) => !line.startsWith("    '"))
        .slice(-60)
        .join("\n"),
    );
    fail("L’application ne se construit pas.");
  }
}

/** Where a Chromium or a Chrome may be, the one that is asked for first. */
export const BROWSERS = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function hasBrowser() {
  return BROWSERS.some((path) => path && existsSync(path)) || hasPlaywrightBrowser();
}

function hasPlaywrightBrowser() {
  const asked = spawnSync(
    process.execPath,
    ["-e", "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))"],
    { cwd: root, encoding: "utf8" },
  );
  const path = asked.stdout?.trim();
  return Boolean(path) && existsSync(path);
}

/** An existing Chromium or Chrome; else Debian's package when this user may install it; else Playwright's own download. */
export async function ensureBrowser() {
  if (hasBrowser()) return;
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (mayInstall) {
    await runStep("Mise à jour de la liste des paquets", "apt-get", ["update", "-qq"]);
    await runStep("Installation de Chromium (paquet Debian)", "apt-get", ["install", "-y", "-qq", "chromium"], {
      DEBIAN_FRONTEND: "noninteractive",
    });
  }
  if (hasBrowser()) return;
  await runStep("Téléchargement de Chromium par Playwright", "npx", [
    "--no-install",
    "playwright-core",
    "install",
    "chromium",
  ]);
  if (hasBrowser()) return;
  fail(
    "Aucun navigateur pour les tests. Installez Chromium ou Chrome (Debian : « apt-get install chromium »), ou indiquez le sien : CHROMIUM_PATH=/chemin/vers/chromium npm test",
  );
}

/** @param {string} path */
export function removeFolder(path) {
  rmSync(path, { recursive: true, force: true });
}
