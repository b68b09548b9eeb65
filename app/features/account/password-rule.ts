import { grant, refuse, type Decision } from "~/domain/kernel/decision";

export type PasswordRefusal = "password-too-short" | "password-too-long" | "password-is-email" | "password-common";

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

/** The commonest passwords that are long enough, and French habits; compared without case, spaces and punctuation. */
const COMMON = new Set([
  ...["123456789012", "1234567890123", "12345678901234", "123456123456", "111111111111", "000000000000"],
  ...["123123123123", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qwertyuiop12", "qwertyuiopas", "azertyuiop12", "azertyuiop123"],
  ...[
    "azertyuiopqs",
    "azertyuiopqsdf",
    "azerty123456",
    "qwerty123456",
    "motdepasse12",
    "motdepasse123",
    "motdepasse1234",
  ],
  ...["motdepasse2025", "motdepasse2026", "monmotdepasse", "passwordpassword", "password1234", "password12345"],
  ...["bonjourbonjour", "bonjour12345", "administrateur", "administrator", "administration", "soleilsoleil"],
  ...["changezmoi123", "changeme1234", "iloveyou1234", "jetaimejetaime", "letmeinletmein", "marseille13013"],
  ...["abcdefghijkl", "abcdefghijklm", "aaaaaaaaaaaa", "centrecommunal", "communedeblain", "mairiedeblain"],
]);

/** The same characters typed on two keyboards are the same password. */
export function normalizePassword(password: string): string {
  return password.normalize("NFKC");
}

/**
 * May this become the password of that account? Length alone makes it strong: no rule of composition, no expiry.
 * Limits: 12 and 200 characters are accepted.
 * Source: CNIL, délibération 2022-100 du 21 juillet 2022 (entropy, with a restriction of access); NIST SP 800-63B, 5.1.1.2.
 */
export function checkPassword(password: string, email: string): Decision<string, PasswordRefusal> {
  const normal = normalizePassword(password);
  const length = [...normal].length;
  if (length < PASSWORD_MIN) return refuse("password-too-short");
  if (length > PASSWORD_MAX) return refuse("password-too-long");
  if (normal.trim().toLowerCase() === email.toLowerCase()) return refuse("password-is-email");
  const bare = normal.toLowerCase().replace(/[\s\p{P}]/gu, "");
  return COMMON.has(bare) || new Set(bare).size < 4 ? refuse("password-common") : grant(normal);
}
