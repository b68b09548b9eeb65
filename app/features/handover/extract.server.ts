import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { formatDate, formatDateTime } from "~/documents/french";
import { ARCHIVE_CSS, escapeHtml, fileHref, writeLink, writeList, writePage, writeTable } from "~/documents/html";
import { composeVerifier } from "~/documents/offline-verifier";
import { safeEntryName, type ArchiveFile } from "~/services/archive.server";
import { listAppliedMigrations, type Db } from "~/services/db.server";
import type { RawRow } from "~/services/network-rows.server";
import { listRegister } from "~/services/register.server";
import { jsonPath, readIntact, registerLines, sealed, type ArchiveSubject } from "./compose.server";
import {
  dataFingerprint,
  inPieces,
  isFileReference,
  readExported,
  startFindings,
  tableAsCsv,
  tableAsJson,
  type ExportedTable,
  type ExportPlan,
  type TableFacts,
} from "./data.server";
import { tableLabel } from "./dictionary";
import type { FileEntry, Manifest } from "./manifest";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Rows of these tables are no trail towards what belongs to a member: half of the network hangs on each. */
const HUBS = new Set(["network", "organization", "seat", "person", "meeting", "poll"]);

/**
 * What a member takes along: its own rows in every table (its seat's, its organisation's, and what hangs on them), the published minutes, the
 * papers that members read, the register and the page that verifies it. Nothing of the other members' own.
 */
export async function* composeExtract(
  db: Db,
  plan: ExportPlan,
  subject: ArchiveSubject & { readonly organization: { readonly id: string; readonly name: string } },
): AsyncGenerator<ArchiveFile> {
  const { networkId, organization, folder, name: network } = subject;
  const files: FileEntry[] = [];
  const keep = (file: ArchiveFile): ArchiveFile => sealed(file, files);
  const own = await findOwn(db, plan, networkId, organization.id, subject.at);
  const facts: TableFacts[] = [];
  for (const { table, rows } of own) {
    const json = tableAsJson(each(rows), table.shape.name);
    yield keep({ path: jsonPath(table.shape.name), pieces: json.pieces });
    facts.push(json.facts());
    yield keep({ path: `donnees/${table.shape.name}.csv`, pieces: tableAsCsv(each(rows), table.shape) });
  }
  const acts = await listRegister(db, networkId);
  const lastHash = acts.at(-1)?.hash ?? "0".repeat(64);
  yield keep({ path: "registre.jsonl", pieces: inPieces(registerLines(acts)) });
  const minutes: string[] = [];
  for (const row of await listMinutes(db, networkId)) {
    const number = `${row.year}-${row.number}`;
    const { pdf, markdown } = await db
      .selectFrom("minutesPublication")
      .select(["pdf", "markdown"])
      .where("minutesId", "=", row.minutesId)
      .executeTakeFirstOrThrow();
    yield keep({ path: `proces-verbaux/${number}.md`, bytes: encode(markdown) });
    if (pdf !== null) yield keep({ path: `proces-verbaux/${number}.pdf`, bytes: pdf, isCompressed: true });
    const href = fileHref(`proces-verbaux/${number}.${pdf === null ? "md" : "pdf"}`);
    minutes.push(writeLink(`N° ${number}, ${row.title}`, href));
  }
  const papers: string[] = [];
  const seen = new Set<string>();
  for (const file of await listReadablePapers(db, networkId)) {
    const path = `pieces/${file.sha256}-${safeEntryName(file.fileName)}`;
    const bytes = seen.has(file.sha256) ? null : await readIntact(file.sha256, folder);
    if (bytes === null) continue;
    seen.add(file.sha256);
    yield keep({ path, bytes, isCompressed: true });
    papers.push(writeLink(file.title, fileHref(path)));
  }
  const producedOn = formatDateTime(parisLocalAt(subject.at));
  const verifier = { network, actCount: acts.length, registerHash: lastHash, producedOn };
  yield keep({ path: "verifier.html", bytes: encode(composeVerifier(verifier)) });
  yield keep({ path: "archive.css", bytes: encode(ARCHIVE_CSS) });
  const body = [
    `<p>Ce que ${escapeHtml(organization.name)} emporte, au ${escapeHtml(formatDate(dateOf(parisLocalAt(subject.at))))}. L’archive complète reste au CCAS pilote.</p>`,
    `<p>${writeLink("Vérifier cet extrait", "verifier.html")} : ${acts.length} actes, dernière empreinte <code>${escapeHtml(lastHash)}</code>.</p>`,
    `<h2>Procès-verbaux publiés</h2>${writeList(minutes) || "<p>Aucun.</p>"}`,
    `<h2>Documents des membres</h2>${writeList(papers) || "<p>Aucun.</p>"}`,
    "<h2>Ses propres données</h2>",
    writeTable(
      "Tables",
      ["Contenu", "Lignes", "CSV"],
      own.map(({ table, rows }) => [
        ...[tableLabel(table.shape.name), String(rows.length)],
        { text: "CSV", href: fileHref(`donnees/${table.shape.name}.csv`) },
      ]),
    ),
  ];
  const title = `Extrait pour ${organization.name}`;
  yield keep({ path: "index.html", bytes: encode(writePage({ title, network, body: body.join("\n") })) });
  const manifest: Manifest = {
    ...{ format: "archive-de-reseau", version: 1, kind: "extrait", producedAt: subject.at.toISOString() },
    network: { id: networkId, slug: subject.slug, name: network },
    migrations: [...(await listAppliedMigrations(db))],
    register: { count: acts.length, lastHash },
    dataSha256: dataFingerprint(facts),
    tables: facts.map((table) => ({ ...table, path: jsonPath(table.name) })),
    ...{ excluded: [], missing: [], files },
  };
  yield { path: "SHA256SUMS", bytes: encode(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("")) };
  yield { path: "MANIFEST.json", bytes: encode(`${JSON.stringify(manifest, null, 1)}\n`) };
}

type OwnTable = { readonly table: ExportedTable; readonly rows: readonly RawRow[] };

async function findOwn(
  db: Db,
  plan: ExportPlan,
  networkId: NetworkId,
  organizationId: string,
  at: Date,
): Promise<readonly OwnTable[]> {
  const seats = await db
    .selectFrom("seat")
    .select("id")
    .where("networkId", "=", networkId)
    .where("organizationId", "=", organizationId)
    .execute();
  const ours = new Set([organizationId, ...seats.map(({ id }) => id)]);
  const findings = await startFindings(db, networkId, dateOf(parisLocalAt(at)));
  const ofNetwork = plan.tables.filter(
    ({ shape, scope }) => scope.kind === "network" && shape.name !== "register_entry" && shape.name !== "outbox_mail",
  );
  const direct = new Map<string, ReadonlySet<unknown>>();
  for (const table of ofNetwork) {
    const ids = new Set<unknown>();
    for await (const row of readExported(db, table, networkId, findings))
      if (Object.values(row).some((value) => typeof value === "string" && ours.has(value))) ids.add(row["id"]);
    if (ids.size > 0 && !HUBS.has(table.shape.name)) direct.set(table.shape.name, ids);
  }
  const own: OwnTable[] = [];
  for (const table of ofNetwork) {
    const trails = table.shape.references.filter((reference) => direct.has(reference.table));
    const rows: RawRow[] = [];
    for await (const row of readExported(db, table, networkId, findings)) {
      const isDirect = Object.values(row).some((value) => typeof value === "string" && ours.has(value));
      const hangsOn = trails.some(({ table: target, column }) => direct.get(target)?.has(row[column]) === true);
      if (isDirect || hangsOn) rows.push(withoutFiles(row));
    }
    if (rows.length > 0) own.push({ table, rows });
  }
  return own;
}

function withoutFiles(row: RawRow): RawRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isFileReference(value) ? value.sha256 : value]),
  );
}

async function* each(rows: readonly RawRow[]): AsyncGenerator<RawRow> {
  yield* rows;
}

function listMinutes(db: Db, networkId: NetworkId) {
  return db
    .selectFrom("minutesPublication")
    .select(["minutesId", "year", "number", "title"])
    .where("networkId", "=", networkId)
    .orderBy("meetingDate")
    .orderBy("minutesId")
    .execute();
}

async function listReadablePapers(db: Db, networkId: NetworkId) {
  const attached = await db
    .selectFrom("document")
    .select(["title", "fileName", "sha256"])
    .where("networkId", "=", networkId)
    .orderBy("createdAt")
    .execute();
  const kept = await db
    .selectFrom("libraryVersion")
    .innerJoin("libraryDocument", "libraryDocument.id", "libraryVersion.documentId")
    .select(["libraryDocument.title", "libraryVersion.fileName", "libraryVersion.sha256"])
    .where("libraryVersion.networkId", "=", networkId)
    .where("libraryDocument.access", "in", ["public", "members"])
    .orderBy("libraryVersion.createdAt")
    .execute();
  return [...attached, ...kept];
}
