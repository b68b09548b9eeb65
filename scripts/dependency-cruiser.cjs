/* The law of the house, one rule for each forbidden arrow: see app/README.md. */
const layer = (name) => `^app/${name}/`;
const forbidden = [
  { name: "no-circular", from: {}, to: { circular: true } },
  { name: "domain-is-pure", from: { path: layer("domain") }, to: { pathNot: layer("domain") } },
  {
    name: "kernel-is-the-floor",
    from: { path: "^app/domain/kernel/" },
    to: { path: "^app/domain/", pathNot: "^app/domain/kernel/" },
  },
  {
    name: "documents-are-pure",
    from: { path: layer("documents") },
    to: { pathNot: "^app/(domain|documents)/|node_modules/marked/" },
  },
  { name: "ui-knows-no-server", from: { path: layer("ui") }, to: { path: "^(app/(features|services|routes)|db)/" } },
  { name: "services-know-no-feature", from: { path: layer("services") }, to: { path: "^app/(features|routes|ui)/" } },
  {
    name: "features-know-no-web",
    from: { path: layer("features") },
    to: { path: "^app/(routes|ui)/|node_modules/@remix-run" },
  },
  {
    name: "features-are-independent",
    from: { path: "^app/features/([^/]+)/" },
    to: { path: "^app/features/", pathNot: "^app/features/$1/" },
  },
  {
    name: "only-db-service-opens-db",
    from: { path: "^app/", pathNot: "^app/services/(db|agreement-models)\\.server\\.ts$" },
    to: { path: "^db/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "routes-write-no-sql",
    from: { path: layer("routes") },
    to: { path: "node_modules/(kysely|better-sqlite3)" },
  },
  {
    name: "migrations-are-frozen",
    from: { path: "^db/migrations/" },
    to: { path: "^(app|scripts)/|^db/(schema|seed)" },
  },
  {
    name: "server-code-carries-the-suffix",
    from: { path: "^app/", pathNot: "\\.server\\.tsx?$|^app/entry\\.server" },
    to: {
      path: "^(node_modules/(kysely|better-sqlite3|lucia|nodemailer|@node-rs)|(node:)?(fs|path|crypto|child_process|zlib|os)$)",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "browser-modules-import-no-server-module",
    from: { path: "^app/", pathNot: "\\.server\\.tsx?$|^app/(routes/|root\\.tsx|entry\\.server)" },
    to: { path: "\\.server\\.tsx?$", dependencyTypesNot: ["type-only"] },
  },
  { name: "app-knows-no-tests", from: { path: "^(app|db|scripts)/" }, to: { path: "^tests/" } },
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: "error", ...rule })),
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
  },
};
