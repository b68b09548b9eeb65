import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NetworkId, PersonId } from "../../app/domain/kernel/ids";
import { yearOf } from "../../app/domain/kernel/plain-date";
import { vintageInForce } from "../../app/domain/population/population";
import { draftCall } from "../../app/features/funding/call-draft.server";
import { issueCall } from "../../app/features/funding/commands.server";
import { systemClock, today } from "../../app/services/clock.server";
import { databasePath, migrateToLatest, openDatabase, type Db } from "../../app/services/db.server";
import { actAs, must } from "../../db/seed/story";

const SIZES = [6, 600, 35_000] as const;
const EXPENSES = 4;
const BATCH = 500;

const AT = "2020-01-01T08:00:00.000Z";
const NETWORK = "bench-network-000001" as NetworkId;
const SECRETARY = "bench-secretary-0001" as PersonId;

const codeOf = (rank: number): string => String(rank + 1).padStart(5, "0");
/** Spread as communes are: many small ones, few large. */
const inhabitantsOf = (rank: number): number => 50 + Math.floor(2_000_000 / (rank + 17)) + ((rank * 7919) % 613);

async function insertMany<Row>(
  rows: readonly Row[],
  insert: (batch: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) await insert(rows.slice(from, from + BATCH));
}

/** A network of so many CCAS whose year waits for its call: figures in force, the annual day closed, four expenses voted and paid. */
async function foundNetwork(db: Db, size: number): Promise<void> {
  const day = today(systemClock);
  const year = yearOf(day);
  const person = { functionLabel: "", isAdministrator: 0, disabledAt: null, createdAt: AT } as const;
  const organizations = Array.from({ length: size }, (_, rank) => ({
    ...{ id: `bench-organization-${codeOf(rank)}`, kind: "ccas", name: `CCAS ${codeOf(rank)}` },
    ...{ shortName: codeOf(rank), inseeCode: codeOf(rank), siret: null, createdAt: AT },
  }));
  const leadId = organizations[0]?.id ?? "";
  await db
    .insertInto("person")
    .values({ id: SECRETARY, email: "bench@example.org", displayName: "Bench", ...person })
    .execute();
  await insertMany(organizations, (batch) => db.insertInto("organization").values(batch).execute());
  await db
    .insertInto("network")
    .values({
      ...{ id: NETWORK, slug: "bench", name: "Bench", presentationMd: "", contactMd: "", isDemo: 0 as const },
      ...{ leadOrganizationId: leadId, createdAt: AT },
    })
    .execute();
  await db
    .insertInto("roleGrant")
    .values({
      ...{ id: "bench-role", networkId: NETWORK, personId: SECRETARY, role: "secretary", organizationId: leadId },
      ...{ startsOn: "2020-01-01", endsOn: null, createdAt: AT },
    })
    .execute();
  await insertMany(
    organizations.map(({ id, name }, rank) => ({
      ...{ id: `seat-${id}`, networkId: NETWORK, organizationId: id, kind: "signatory", label: name },
      ...{ position: rank + 1, createdOn: "2020-01-01" },
    })),
    (batch) => db.insertInto("seat").values(batch).execute(),
  );
  const vintage = vintageInForce(day);
  await db
    .insertInto("populationDataset")
    .values({
      ...{ id: "bench-dataset", producer: "bench", title: "bench", vintage, inForceOn: `${year}-01-01` },
      ...{ geographyOn: `${year}-01-01`, address: "", licence: "", retrievedOn: day, sha256: "0".repeat(64) },
      ...{ rowCount: size, importedAt: AT },
    })
    .execute();
  await insertMany(
    organizations.map(({ inseeCode, name }, rank) => ({
      ...{ datasetId: "bench-dataset", communeCode: inseeCode, label: name, countedApart: 0 },
      ...{ municipal: inhabitantsOf(rank), total: inhabitantsOf(rank) },
    })),
    (batch) => db.insertInto("population").values(batch).execute(),
  );
  await db
    .insertInto("networkEvent")
    .values({
      ...{ id: "bench-event", networkId: NETWORK, year, kind: "annual-day", title: "Bench", status: "closed" },
      ...{ heldOn: day, place: "", hostOrganizationId: null, programmeMd: "", costCents: null, closedAt: AT },
      ...{ closedBy: SECRETARY, revision: 1, createdBy: SECRETARY, createdAt: AT },
    })
    .execute();
  for (let rank = 1; rank <= EXPENSES; rank += 1) await insertExpense(db, { rank, year, day });
}

type Spent = { readonly rank: number; readonly year: number; readonly day: string };

async function insertExpense(db: Db, { rank, year, day }: Spent): Promise<void> {
  const id = `bench-expense-${rank}`;
  const cents = 100_003 * rank;
  await db
    .insertInto("expense")
    .values({
      ...{ id, networkId: NETWORK, object: id, supplier: id, amountCents: cents, axis: "commun" },
      ...{ justificationMd: "", requestedBy: SECRETARY, organizationId: null, withdrawnAt: null, createdAt: AT },
    })
    .execute();
  await db
    .insertInto("poll")
    .values({
      ...{ id: `poll-${id}`, networkId: NETWORK, meetingId: null, agendaItemId: null, subject: "expense" },
      ...{ subjectId: id, title: id, bodyMd: "", mode: "public", status: "closed", openedAt: AT, closesOn: null },
      ...{ closedAt: AT, openedBy: SECRETARY, createdAt: AT },
    })
    .execute();
  await db
    .insertInto("pollResult")
    .values({
      ...{ pollId: `poll-${id}`, networkId: NETWORK, outcome: "adopted", tally: "{}", entitled: "[]" },
      ...{ quorum: "null", castingVote: null, sentence: "", decisionYear: year, decisionNumber: rank, closedAt: AT },
    })
    .execute();
  await db
    .insertInto("invoice")
    .values({
      ...{ id: `invoice-${id}`, networkId: NETWORK, expenseId: id, supplier: id, number: id, datedOn: day },
      ...{ identityKey: id, amountCents: cents, isFinal: 1 as const, documentId: null },
      ...{ recordedBy: SECRETARY, createdAt: AT },
    })
    .execute();
  await db
    .insertInto("invoicePayment")
    .values({
      ...{ invoiceId: `invoice-${id}`, networkId: NETWORK, paidOn: day, warrantReference: id },
      ...{ recordedBy: SECRETARY, createdAt: AT },
    })
    .execute();
}

type Row = (...cells: readonly (string | number)[]) => void;

/** Previews and issues a call on a durable base: figures read, shares and their detail by expense, snapshot, register. */
export async function measureCalls(work: string, row: Row): Promise<void> {
  let perShare: number | null = null;
  for (const size of SIZES) {
    const folder = join(work, `call-${size}`);
    mkdirSync(folder);
    const db = openDatabase(databasePath(folder));
    await migrateToLatest(db);
    await foundNetwork(db, size);
    const callId = systemClock.newId();
    const day = today(systemClock);
    const request = { callId, year: yearOf(day), leftIds: [], issuedOn: day, intact: new Set<string>() };
    const started = performance.now();
    const { fingerprint } = await draftCall(db, NETWORK, request);
    const previewed = performance.now();
    const secretary = await actAs(db, systemClock, NETWORK, SECRETARY);
    must(await issueCall(secretary, { cle: callId, year: request.year, leftIds: [], fingerprint: fingerprint ?? "" }));
    const issued = performance.now();
    await db.destroy();
    const cost = ((issued - previewed) * 1000) / size;
    perShare ??= cost;
    row(
      ...[size, (previewed - started).toFixed(0), (issued - previewed).toFixed(0), cost.toFixed(0)],
      (cost / perShare).toFixed(2),
    );
  }
}

/** A national file as INSEE writes it, for a machine that has none: the same columns, the same number of lines. */
function writeNationalFile(work: string): string {
  const departments = [...Array.from({ length: 95 }, (_, rank) => String(rank + 1).padStart(2, "0")), "2A", "2B"];
  const listed = [...departments.filter((one) => one !== "20"), "971", "972", "973", "974"];
  const lines = ["REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT"];
  for (let rank = 0; lines.length < 34_951; rank += 1) {
    const department = listed[rank % listed.length] ?? "";
    const length = department.length === 3 ? 2 : 3;
    const number = String(Math.floor(rank / listed.length) + 1);
    if (number.length > length) continue;
    const commune = number.padStart(length, "0");
    const [counted, apart] = [inhabitantsOf(rank), rank % 97];
    lines.push(
      `52;Pays de la Loire;${department};1;01;${commune};${department.slice(0, 2)}${department.slice(2)}${commune};Commune-sur-Rivière;${counted};${apart};${counted + apart}`,
    );
  }
  const path = join(work, "donnees_communes.csv");
  writeFileSync(path, `${lines.join("\r\n")}\r\n`);
  return path;
}

export type Reading = { readonly rows: number; readonly milliseconds: number; readonly peakMegabytes: number };

function readInChild(order: { readonly kind: "import" | "parse"; readonly path: string; readonly work: string }) {
  return new Promise<Reading>((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("population-reader.ts", import.meta.url)), {
      execArgv: ["--import", "tsx"],
    });
    child.on("message", resolve as (message: unknown) => void);
    child.on("exit", (code) => code !== 0 && reject(new Error(`The reader stopped (${code})`)));
    child.send(order);
  });
}

/** The import of the national file, hash, controls and writing included, against a parser that splits it and keeps nothing; in turns. */
export async function measureImport(work: string, given: string | null, row: Row): Promise<void> {
  const path = given ?? writeNationalFile(work);
  const taken: Record<"import" | "parse", Reading[]> = { import: [], parse: [] };
  for (let round = 0; round < 3; round += 1) {
    for (const kind of ["parse", "import"] as const) {
      const folder = join(work, `${kind}-${round}`);
      mkdirSync(folder);
      taken[kind].push(await readInChild({ kind, path, work: folder }));
    }
  }
  const middle = (readings: readonly Reading[]): Reading => {
    const one = readings.toSorted((a, b) => a.milliseconds - b.milliseconds)[1];
    if (!one) throw new Error("Nothing was measured");
    return one;
  };
  const [bare, ours] = [middle(taken.parse), middle(taken.import)];
  const perSecond = ({ rows, milliseconds }: Reading) => Math.round((rows * 1000) / milliseconds);
  row("bare parser", bare.rows, perSecond(bare), "1", bare.peakMegabytes.toFixed(0), "1");
  row(
    ...["import", ours.rows, perSecond(ours), (perSecond(ours) / perSecond(bare)).toFixed(2)],
    ...[ours.peakMegabytes.toFixed(0), (ours.peakMegabytes / bare.peakMegabytes).toFixed(2)],
  );
}
