import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const resolve = { alias: { "~": fileURLToPath(new URL("../app", import.meta.url)) } };

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        resolve,
        test: {
          name: "unit",
          include: ["tests/{domain,documents,features,ui,routes,architecture,reference,scripts}/**/*.test.{ts,tsx}"],
          setupFiles: ["tests/support/silence.ts"],
          testTimeout: 30_000,
          env: { NODE_ENV: "test" },
        },
      },
      {
        root,
        resolve,
        test: {
          name: "browser",
          include: ["tests/{journeys,accessibility}/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 180_000,
          // Three files at a time: each waits for its browser more than it computes.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          env: { NODE_ENV: "test" },
        },
      },
    ],
  },
});
