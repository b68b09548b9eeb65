type Level = "info" | "warn" | "error";

let silent = process.env["NODE_ENV"] === "test";

export function silenceLog(on: boolean): void {
  silent = on;
}

/** One JSON line per event on the standard error. Never a password, a token, a ballot or a typed text. */
export function log(level: Level, event: string, details: Record<string, string | number | boolean | null> = {}): void {
  if (silent) return;
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...details })}\n`);
}

/** A fault as the log shows it: its kind and message, and where it arose. */
export function describeFault(fault: unknown): Record<string, string> {
  if (!(fault instanceof Error)) return { fault: String(fault) };
  const code = "code" in fault && typeof fault.code === "string" ? { code: fault.code } : {};
  return { fault: fault.message, ...code, stack: (fault.stack ?? "").split("\n").slice(1, 5).join(" | ").trim() };
}

/** Is the database locked by somebody else, is the disk full, or is it something else? */
export function kindOfFault(fault: unknown): "busy" | "full" | "other" {
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "busy";
  return code === "SQLITE_FULL" || code === "ENOSPC" || code.startsWith("SQLITE_IOERR") ? "full" : "other";
}
