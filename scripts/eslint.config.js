import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const bannedSyntax = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Time is an argument." },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Time is an argument.",
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Chance is an argument.",
  },
];

export default tseslint.config(
  { basePath: root, ignores: ["build/**", "node_modules/**"] },
  ...tseslint.configs.recommended.map((entry) => ({ ...entry, basePath: root })),
  {
    basePath: root,
    files: ["**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      eqeqeq: "error",
    },
  },
  { basePath: root, files: ["app/**/*.{ts,tsx}"], rules: { "@typescript-eslint/no-non-null-assertion": "error" } },
  {
    basePath: root,
    files: ["app/**/*.tsx"],
    ...jsxA11y.flatConfigs.recommended,
  },
  {
    basePath: root,
    files: ["app/**/*.tsx"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    basePath: root,
    files: ["app/domain/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        "process",
        "fetch",
        "console",
        "setTimeout",
        "setInterval",
        "crypto",
        "Intl",
        "Buffer",
      ],
      "no-restricted-syntax": [
        "error",
        ...bannedSyntax,
        { selector: "AwaitExpression", message: "The domain never waits." },
      ],
    },
  },
  {
    basePath: root,
    files: ["app/features/**/*.ts", "app/documents/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...bannedSyntax] },
  },
  { basePath: root, files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
