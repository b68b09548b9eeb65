import { CAPACITY_LABELS, type NetworkRole } from "~/domain/access/permissions";
import { ORGANIZATION_KINDS } from "./organization";

export const KIND_OPTIONS = Object.entries(ORGANIZATION_KINDS).map(([value, label]) => ({ value, label }));

const ROLES: readonly NetworkRole[] = ["secretary", "agent", "elected-official", "department-officer"];

export const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: CAPACITY_LABELS[value] }));
