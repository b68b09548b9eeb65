import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import SQLite from "better-sqlite3";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("npm run demo", { timeout: 60_000 }, () => {
  it.each([["--neuf"], []])("n’efface ni n’ouvre une base qui n’est pas la démonstration (%s)", (...words) => {
    const dataDir = mkdtempSync(join(tmpdir(), "portail-reel-"));
    try {
      const path = join(dataDir, "portail.sqlite");
      const base = new SQLite(path);
      base.exec("create table person (id text, email text, is_administrator integer)");
      base.exec("insert into person values ('p1', 'maire@exemple.fr', 1)");
      base.close();
      mkdirSync(join(dataDir, "documents"));
      writeFileSync(join(dataDir, "documents", "piece"), "pièce");
      const before = readFileSync(path);
      const { status, stderr } = spawnSync(process.execPath, ["scripts/demo.js", ...words], {
        ...{ cwd: root, encoding: "utf8", env: { ...process.env, DATA_DIR: dataDir } },
      });
      expect(stderr).toMatch(/n’est pas celle de la démonstration/);
      expect(status).toBe(1);
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(existsSync(join(dataDir, "documents", "piece"))).toBe(true);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it("le port déjà pris : dit aussitôt, et --neuf n’efface pas la démonstration qui tourne encore", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "portail-servi-"));
    const served = createServer();
    try {
      const port = await new Promise<number>((resolve) =>
        served.listen(0, () => resolve((served.address() as AddressInfo).port)),
      );
      const path = join(dataDir, "portail.sqlite");
      writeFileSync(path, "… admin@blain.demo …");
      const { status, stderr } = spawnSync(process.execPath, ["scripts/demo.js", "--neuf"], {
        ...{ cwd: root, encoding: "utf8", env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) } },
      });
      expect(stderr).toContain(`Le port ${port} est déjà pris`);
      expect(status).toBe(1);
      expect(existsSync(path)).toBe(true);
    } finally {
      served.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
