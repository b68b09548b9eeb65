import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BROWSERS } from "../../scripts/prepare.js";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The Chromium or Chrome of this machine, or null for Playwright's own download. */
export function findChromium(): string | null {
  return BROWSERS.find((path): path is string => path !== undefined && path !== "" && existsSync(path)) ?? null;
}

export async function launchBrowser(): Promise<Browser> {
  const path = findChromium();
  return chromium.launch({
    ...(path ? { executablePath: path } : {}),
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

export type RunningPortal = {
  readonly address: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
};

/**
 * Starts the built portal on a free port, over a data folder of its own.
 * @param environment more settings, such as DEMO or SMTP_URL
 */
export async function startPortal(
  environment: Record<string, string> = {},
  dataDir = mkdtempSync(join(tmpdir(), "portail-")),
): Promise<RunningPortal> {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "scripts/start.ts")], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", PORT: "0", DATA_DIR: dataDir, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const port = await new Promise<number>((resolve, reject) => {
    child.on("message", (message: { ready?: number }) => {
      if (message.ready) resolve(message.ready);
    });
    child.on("exit", (code) => reject(new Error(`The portal stopped (${code}):\n${output}`)));
  });
  return {
    address: `http://localhost:${port}`,
    dataDir,
    process: child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        await ended;
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A person's own browser: cookies apart from the others'. */
export function openDevice(
  browser: Browser,
  options: {
    readonly javaScriptEnabled?: boolean;
    readonly width?: number;
    readonly colorScheme?: "light" | "dark";
  } = {},
): Promise<BrowserContext> {
  return browser.newContext({
    locale: "fr-FR",
    timezoneId: "America/Guadeloupe",
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    colorScheme: options.colorScheme ?? "light",
    viewport: { width: options.width ?? 1280, height: 900 },
  });
}

export async function signIn(page: Page, address: string, email: string, password: string): Promise<void> {
  await page.goto(`${address}/connexion`);
  await page.getByLabel("Adresse électronique").fill(email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Se connecter" }).click();
}
