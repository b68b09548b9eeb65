import { toId } from "~/domain/kernel/ids";
import { toPlainDate } from "~/domain/kernel/plain-date";
import type { Designation, Mandate, Seat } from "~/domain/committee/seats";

const CCAS = ["blain", "bouvron", "le-gavre", "la-chevallerais", "fay-de-bretagne", "notre-dame-des-landes"];

export const SIGNATORIES = CCAS.map((name) => toId<"organization">(name));

export const SEATS: readonly Seat[] = [
  ...CCAS.map((name, index): Seat => ({
    id: toId(`seat-${name}`),
    organizationId: toId(name),
    label: `CCAS ${name}`,
    kind: "signatory",
    position: index + 1,
  })),
  {
    id: toId("seat-department"),
    organizationId: toId("department"),
    label: "Département",
    kind: "department",
    position: 7,
  },
];

type LooseDesignation = Partial<Omit<Designation, "seatId" | "personId" | "startsOn" | "endsOn">> & {
  seat: string;
  person: string;
  from?: string;
  to?: string | null;
};

export function designation({ seat, person, from = "2026-04-01", to = null, ...flags }: LooseDesignation): Designation {
  return {
    role: "titular",
    isMunicipalOfficial: true,
    isInChargeOfSocialAffairs: true,
    ...flags,
    seatId: toId(`seat-${seat}`),
    personId: toId(person),
    startsOn: toPlainDate(from),
    endsOn: to === null ? null : toPlainDate(to),
  };
}

export function mandate(loose: LooseDesignation): Mandate {
  return { id: toId(`mandate-${loose.person}`), ...designation(loose) };
}
