import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import { fileURLToPath } from "node:url";

// The one place where Remix is configured: this file is the Vite configuration (`remix vite:build --config remix.config.js`).
export default defineConfig({
  plugins: [
    remix({
      appDirectory: "app",
      buildDirectory: "build",
      serverModuleFormat: "esm",
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        v3_lazyRouteDiscovery: true,
      },
      ignoredRouteFiles: ["**/*.md", "**/.*"],
    }),
  ],
  publicDir: "app/public",
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  // One bundle of the application's own code; what npm installed is loaded from node_modules.
  ssr: { external: ["better-sqlite3", "@node-rs/argon2", "@myriaddreamin/typst-ts-node-compiler", "nodemailer"] },
  build: { assetsInlineLimit: 0, target: "es2022" },
});
