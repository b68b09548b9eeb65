import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 bits that travel in a link or a cookie; only their hash is stored. */
export function newSecretToken(): string {
  return randomBytes(32).toString("base64url");
}

export function sha256Hex(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

export function hashToken(token: string): string {
  return sha256Hex(token);
}

export function areEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
