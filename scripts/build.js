import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

if (process.argv.includes("--aide")) {
  console.log("npm run build : construit l’application dans le dossier build.");
  process.exit(0);
}
const root = fileURLToPath(new URL("..", import.meta.url));
const { status } = spawnSync("npx", ["--no-install", "remix", "vite:build", "--config", "remix.config.js"], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

// Compressed once here rather than at each start of the portal, which would take three seconds.
const COMPRESSED = new Set([".js", ".css", ".svg", ".txt", ".webmanifest"]);
for (const entry of readdirSync(join(root, "build", "client"), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !COMPRESSED.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
