import { formatOfPlace } from "~/documents/french";

export type OrganizationKind = "ccas" | "cias" | "union" | "departement" | "autre";

export const ORGANIZATION_KINDS: Record<OrganizationKind, string> = {
  ccas: "CCAS",
  cias: "CIAS",
  union: "Union de CCAS",
  departement: "Département",
  autre: "Autre organisme",
};

export function isOrganizationKind(text: string): text is OrganizationKind {
  return Object.hasOwn(ORGANIZATION_KINDS, text);
}

/** CCAS, CIAS and their unions sign the convention and sit as signatories. */
export function isSignatoryKind(kind: OrganizationKind): boolean {
  return kind === "ccas" || kind === "cias" || kind === "union";
}

const COMMUNE_CODE = /^(\d{2}|2[AB])\d{3}$/;
const DEPARTMENT_CODE = /^(\d{2}|2[AB]|97[1-6])$/;

/** The INSEE code of a commune, 5 characters (2A and 2B in Corsica), or of a department, 2 or 3; null when it can't be one. */
export function parseInseeCode(text: string, kind: OrganizationKind): string | null {
  const code = text.replace(/\s/g, "").toUpperCase();
  return (kind === "departement" ? DEPARTMENT_CODE : COMMUNE_CODE).test(code) ? code : null;
}

/**
 * A SIRET: 14 digits whose last one is a Luhn check; null when it is none. Spaces are dropped.
 * Source: INSEE, définition du numéro SIRET.
 */
export function parseSiret(text: string): string | null {
  const siret = text.replace(/\s/g, "");
  if (!/^\d{14}$/.test(siret) || /^0+$/.test(siret)) return null;
  const sum = [...siret].reduce((total, digit, index) => {
    const weighted = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0 ? siret : null;
}

/** « Réseau des acteurs sociaux » → « reseau-des-acteurs-sociaux »: what an address may carry. */
export function toSlug(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}

/** « Le Gâvre » → « CCAS du Gâvre », « Erdeven » → « CCAS d’Erdeven ». */
export function ccasOf(commune: string): string {
  return `CCAS ${formatOfPlace(commune)}`;
}
