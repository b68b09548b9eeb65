import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser, ensureBuild, ensureDependencies, ensureNode, root, runStep } from "./prepare.js";

const HELP = `npm test : installe ce qui manque, puis vérifie tout : types, style, architecture, règles, base, écrans, accessibilité.
  --rapide  sans les tests de navigateur`;

if (process.argv.includes("--aide")) {
  console.log(HELP);
  process.exit(0);
}

ensureNode();
await ensureDependencies();
const inBrowser = !process.argv.includes("--rapide");
if (inBrowser) await ensureBrowser();
await ensureBuild();

const reports = join(root, "node_modules", ".cache", "portail");
mkdirSync(reports, { recursive: true });

const CHECKS = [
  { label: "Types", command: "npx", words: ["--no-install", "tsc", "--noEmit"] },
  {
    label: "Style",
    command: "npx",
    words: ["--no-install", "eslint", "--config", "scripts/eslint.config.js", "app", "db", "scripts", "tests"],
  },
  {
    label: "Architecture",
    command: "npx",
    words: ["--no-install", "depcruise", "--config", "scripts/dependency-cruiser.cjs", "app", "db", "scripts", "tests"],
  },
];

const total = { passed: 0, failed: 0, skipped: 0 };

/** @param {{ label: string, command: string, words: string[] }} check */
async function runCheck({ label, command, words }) {
  const { ok, output } = await runStep(label, command, words);
  total[ok ? "passed" : "failed"] += 1;
  if (!ok) console.error(output);
}

/** @param {"unit" | "browser"} project @param {string} label */
async function runTests(project, label) {
  const report = join(reports, `${project}.json`);
  rmSync(report, { force: true });
  const { ok, output } = await runStep(label, "npx", [
    "--no-install",
    ...["vitest", "run", "--config", "tests/vitest.config.ts", "--project", project],
    ...["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
  ]);
  if (!ok) console.error(output);
  if (!existsSync(report)) {
    total.failed += 1;
    return;
  }
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
  total.passed += numPassedTests;
  total.failed += numFailedTests;
  total.skipped += numPendingTests;
  if (!ok && numFailedTests === 0) total.failed += 1;
}

await Promise.all([
  (async () => {
    for (const check of CHECKS) await runCheck(check);
  })(),
  runTests("unit", "Règles, base de données et documents"),
]);
if (inBrowser) await runTests("browser", "Parcours et accessibilité dans un navigateur");

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 ? 0 : 1);
