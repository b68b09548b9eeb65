import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

if (process.argv.includes("--aide")) {
  console.log("npm run build : construit l’application dans le dossier build.");
  process.exit(0);
}
const root = fileURLToPath(new URL("..", import.meta.url));
const { status } = spawnSync("npx", ["--no-install", "remix", "vite:build", "--config", "remix.config.js"], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
