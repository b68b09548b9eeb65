import { afterEach, beforeEach, vi } from "vitest";

// A warning or an error on the console is a failure; a test that expects one says so with its own spy.
beforeEach(() => {
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      throw new Error(`console.${level}: ${words.map(String).join(" ")}`);
    });
  }
});
afterEach(() => vi.restoreAllMocks());
