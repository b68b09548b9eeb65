import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { departmentOf } from "~/domain/observatory/figure";
import type { SeatId } from "~/domain/kernel/ids";
import { listSeats } from "~/services/committee-record.server";
import { listDepartmentNames } from "~/services/figures-record.server";
import { writeTransaction, type Trx } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { insertSeat } from "./network-commands.server";
import { obtainOrganization, toKind, type KnownOrganization } from "./organization-commands.server";
import { ccasOf, parseInseeCode } from "./organization";

/** Seats of several CCAS at once, from a list of communes: one a line, by its INSEE code or by its name. */

export type CommuneFault = {
  readonly line: number;
  readonly text: string;
  readonly kind: "code-unknown" | "name-unknown" | "several-communes" | "twice" | "already-seated";
  /** Between which to choose, for a name that several communes bear: « 44023 (Loire-Atlantique) ». */
  readonly candidates: readonly string[];
};

/** More than any department counts. */
export const MOST_COMMUNES = 1_000;

type Wanted = { readonly code: string; readonly commune: string; readonly organizationName: string | null };

const CODED = /^(\d{5}|2[AB]\d{3})(?:[\s;,:]+(.+))?$/i;

/**
 * Adds the seats of the CCAS of these communes, all or none. The CCAS that the portal knows is taken; another one is created under the
 * name of its commune in the official geographic code, or under the one that follows the code.
 */
export async function addCommunes(
  context: CommandContext,
  { text }: { readonly text: string },
): Promise<Decision<{ readonly added: number }, readonly CommuneFault[]>> {
  const { db, clock, networkId } = context;
  return writeTransaction(db, async (trx): Promise<Decision<{ readonly added: number }, readonly CommuneFault[]>> => {
    const read = await readCommunes(trx, text);
    if (!read.ok) return read;
    const codes = read.value.map(({ code }) => code);
    const known = await listCcas(trx, codes);
    const seated = new Set((await listSeats(trx, networkId)).map(({ organizationId }) => organizationId));
    const faults = read.value.flatMap(({ code, line, text: typed }): CommuneFault[] => {
      const organization = known.get(code);
      return organization && seated.has(organization.id)
        ? [{ line, text: typed, kind: "already-seated", candidates: [] }]
        : [];
    });
    // The same list sent twice: nothing more to do.
    if (faults.length === read.value.length) return grant({ added: 0 });
    if (faults.length > 0) return refuse(faults);
    for (const wanted of read.value) {
      const organization = known.get(wanted.code) ?? (await createCcas(trx, context, wanted));
      const seat = await insertSeat(trx, context, { id: clock.newId() as SeatId, organization });
      if (!seat.ok) throw new Error(`A checked seat was refused: ${seat.refusal}`);
    }
    return grant({ added: read.value.length });
  });
}

async function createCcas(trx: Trx, { clock }: CommandContext, wanted: Wanted): Promise<KnownOrganization> {
  const organization = {
    kind: "ccas" as const,
    name: wanted.organizationName ?? ccasOf(wanted.commune),
    shortName: wanted.commune.slice(0, 60),
    ...{ inseeCode: wanted.code, siret: null },
  };
  const created = await obtainOrganization(trx, clock, { choice: { kind: "new", organization }, id: clock.newId() });
  if (!created.ok) throw new Error(`A checked organisation was refused: ${created.refusal}`);
  return created.value;
}

async function listCcas(trx: Trx, codes: readonly string[]): Promise<ReadonlyMap<string, KnownOrganization>> {
  const rows = await trx
    .selectFrom("organization")
    .select(["id", "kind", "name", "inseeCode"])
    .where("kind", "=", "ccas")
    .where("inseeCode", "in", [...codes])
    .execute();
  return new Map(
    rows.map(({ id, kind, name, inseeCode }) => [
      inseeCode ?? "",
      { id: id as KnownOrganization["id"], kind: toKind(kind), name },
    ]),
  );
}

type ReadCommune = Wanted & { readonly line: number; readonly text: string };

async function readCommunes(
  trx: Trx,
  text: string,
): Promise<Decision<readonly ReadCommune[], readonly CommuneFault[]>> {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, text: line.replace(/[\s;,]+$/, "").trim() }))
    .filter((one) => one.text !== "")
    .slice(0, MOST_COMMUNES);
  const names = await listCommuneNames(trx);
  const departments = await listDepartmentNames(trx);
  const byName = new Map<string, string[]>();
  for (const [code, name] of names) byName.set(plain(name), [...(byName.get(plain(name)) ?? []), code]);
  const seen = new Set<string>();
  const faults: CommuneFault[] = [];
  const read: ReadCommune[] = [];
  for (const one of lines) {
    const complain = (kind: CommuneFault["kind"], candidates: readonly string[] = []) =>
      faults.push({ ...one, kind, candidates });
    const [, typed, rest] = CODED.exec(one.text) ?? [];
    const found = typed === undefined ? (byName.get(plain(one.text)) ?? []) : [parseInseeCode(typed, "ccas") ?? typed];
    const [code, ...others] = found;
    if (code === undefined) {
      complain("name-unknown");
      continue;
    }
    if (others.length > 0) {
      complain(
        "several-communes",
        found.toSorted().map((one) => `${one} (${departments.get(departmentOf(one)) ?? departmentOf(one)})`),
      );
      continue;
    }
    const commune = names.get(code) ?? rest?.replace(/^CCAS\s+(de la |de l’|de l'|des |de |d’|d'|du )?/i, "");
    if (commune === undefined) complain("code-unknown");
    else if (seen.has(code)) complain("twice");
    else {
      const isNamed = rest !== undefined && /^(CCAS|CIAS)\b/i.test(rest);
      read.push({ ...one, code, commune, organizationName: isNamed ? rest.slice(0, 200) : null });
    }
    seen.add(code);
  }
  return faults.length > 0 ? refuse(faults) : grant(read);
}

/** The official geographic code, else the names that the latest populations bear. */
async function listCommuneNames(trx: Trx): Promise<ReadonlyMap<string, string>> {
  const official = await trx.selectFrom("commune").select(["code", "name"]).execute();
  const latest = trx.selectFrom("populationDataset").select("id").orderBy("vintage", "desc").limit(1);
  const labelled =
    official.length > NATIONAL_CODE
      ? []
      : await trx
          .selectFrom("population")
          .select(["communeCode as code", "label as name"])
          .where("datasetId", "in", latest)
          .where("label", "!=", "")
          .execute();
  return new Map([...labelled, ...official].map(({ code, name }) => [code, name]));
}

const NATIONAL_CODE = 30_000;

/** « Saint-Mars-du-Désert », « SAINT MARS DU DESERT » and « St Mars du Désert » are one name. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/œ/gi, "oe")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .replace(/\bst(e?)\b/g, "saint$1")
    .trim();
}
