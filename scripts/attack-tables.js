import { spawnSync } from "node:child_process";
import { root } from "./prepare.js";

const HELP = `npm run secret:attaquer [-- NOMBRE] : engendre NOMBRE tableaux (2 000 sauf mention) de chaque sorte (croisés, hiérarchiques, liés, deux publications,
deux années), les protège, et laisse un lecteur indépendant chercher ce qui est masqué. Le moindre succès arrête tout.`;

const [asked = "2000"] = process.argv.slice(2);
if (asked === "--aide") {
  console.log(HELP);
  process.exit(0);
}
if (!/^[1-9]\d{0,6}$/.test(asked)) {
  console.error(`« ${asked} » n’est pas un nombre de tableaux.\nAide : npm run secret:attaquer -- --aide`);
  process.exit(1);
}
const { status } = spawnSync(
  "npx",
  ["--no-install", "vitest", "run", "--config", "tests/vitest.config.ts", "tests/domain/statistics/protection.test.ts"],
  { cwd: root, stdio: "inherit", env: { ...process.env, SECRET_TABLES: asked } },
);
process.exit(status ?? 1);
