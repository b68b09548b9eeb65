import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { verifyChain } from "~/domain/register/chain";
import { canonicalJson } from "~/domain/register/canonical";
import { composeCsv } from "~/documents/csv";
import { formatDateTime } from "~/documents/french";
import {
  ARCHIVE_CSS,
  escapeHtml,
  fileHref,
  writeLink,
  writeList,
  writePage,
  writeTable,
  writeText,
} from "~/documents/html";
import { composeVerifier } from "~/documents/offline-verifier";
import { safeEntryName, type ArchiveFile } from "~/services/archive.server";
import { listAppliedMigrations, type Db } from "~/services/db.server";
import { readColumn } from "~/services/network-rows.server";
import { listRegister } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import {
  dataFingerprint,
  inPieces,
  readExported,
  startFindings,
  tableAsCsv,
  tableAsJson,
  type AttachedFile,
  type ExportPlan,
  type Findings,
  type HeldFile,
  type TableFacts,
} from "./data.server";
import { describeColumn, tableLabel } from "./dictionary";
import type { FileEntry, Manifest } from "./manifest";
import { writePages } from "./pages.server";

export type ArchiveSubject = {
  readonly networkId: NetworkId;
  readonly slug: string;
  readonly name: string;
  readonly at: Date;
  /** Where the files that people added are kept. */
  readonly folder: string;
};

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Is the archive other than what the register was told it would be? Somebody wrote meanwhile: it is made again. */
export class ArchiveMoved extends Error {
  override readonly name = "ArchiveMoved";
}

/**
 * The whole network, file after file: every table as JSON and CSV, the register, what people added, pages to read, the page that verifies,
 * and the manifest last.
 * @param db a snapshot: nothing may change while it is read, and nobody else may read through it
 * @throws ArchiveMoved when the data are not those that the register's last act seals
 */
export async function* composeArchive(db: Db, plan: ExportPlan, subject: ArchiveSubject): AsyncGenerator<ArchiveFile> {
  const { networkId, folder } = subject;
  const producedOn = formatDateTime(parisLocalAt(subject.at));
  const files: FileEntry[] = [];
  const keep = (file: ArchiveFile): ArchiveFile => sealed(file, files);
  const findings = await startFindings(db, networkId, dateOf(parisLocalAt(subject.at)));
  const facts: TableFacts[] = [];
  for (const table of plan.tables) {
    const { name } = table.shape;
    const json = tableAsJson(readExported(db, table, networkId, findings), name);
    yield keep({ path: jsonPath(name), pieces: json.pieces });
    facts.push(json.facts());
    const again = readExported(db, table, networkId, quietly(findings));
    yield keep({ path: `donnees/${name}.csv`, pieces: tableAsCsv(again, table.shape) });
  }
  const acts = await listRegister(db, networkId);
  const last = acts.at(-1);
  const seal =
    last?.kind === "archive-produced" ? (last.payload as { readonly dataSha256?: unknown }).dataSha256 : null;
  if (seal !== dataFingerprint(facts)) throw new ArchiveMoved("The data are not those that the register seals");
  const report = verifyChain(acts, sha256Hex);
  yield keep({ path: "registre.jsonl", pieces: inPieces(registerLines(acts)) });

  for (const held of findings.held.values()) yield keep({ ...(await readHeld(db, held)), isCompressed: true });
  yield* keepAll(minutesTexts(db, networkId), keep);
  const pathOf = new Map<string, string>();
  const missing: AttachedFile[] = [];
  for (const file of findings.attached) {
    if (pathOf.has(file.sha256)) continue;
    const bytes = await readIntact(file.sha256, folder);
    if (bytes === null) {
      missing.push(file);
      continue;
    }
    const path = `pieces/${file.sha256}-${safeEntryName(file.fileName)}`;
    pathOf.set(file.sha256, path);
    yield keep({ path, bytes, isCompressed: true });
  }
  const shown: { path: string; label: string }[] = [];
  const day = dateOf(parisLocalAt(subject.at));
  const pages = { db, networkId, network: subject.name, producedOn: day, attached: findings.attached };
  for await (const { label, ...page } of writePages({ ...pages, pathOf: (sha256) => pathOf.get(sha256) })) {
    if (!page.path.startsWith("seances/")) shown.push({ path: page.path, label });
    yield keep(page);
  }
  yield* keepAll(dictionaryFiles(plan, subject.name), keep);
  const register = { count: acts.length, lastHash: last?.hash ?? "", isSound: report.ok };
  yield keep({ path: "archive.css", bytes: encode(ARCHIVE_CSS) });
  const verifier = { network: subject.name, actCount: register.count, registerHash: register.lastHash, producedOn };
  yield keep({ path: "verifier.html", bytes: encode(composeVerifier(verifier)) });
  const manifest: Omit<Manifest, "files"> = {
    ...{ format: "archive-de-reseau", version: 1, kind: "archive", producedAt: subject.at.toISOString() },
    network: { id: networkId, slug: subject.slug, name: subject.name },
    migrations: [...(await listAppliedMigrations(db))],
    register: { count: register.count, lastHash: register.lastHash },
    dataSha256: dataFingerprint(facts),
    tables: facts.map((table) => ({ ...table, path: jsonPath(table.name) })),
    excluded: [...plan.excluded],
    missing: missing.map(({ table, id, sha256, fileName }) => ({ table, id, sha256, fileName })),
  };
  yield keep({
    path: "index.html",
    bytes: encode(await writeIndex(db, manifest, { shown, producedOn, isSound: report.ok })),
  });
  yield keep({ path: "LISEZMOI.txt", bytes: encode(README) });
  yield { path: "SHA256SUMS", bytes: encode(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("")) };
  yield { path: "MANIFEST.json", bytes: encode(`${JSON.stringify({ ...manifest, files }, null, 1)}\n`) };
}

export const jsonPath = (table: string): string => `donnees/${table}.json`;

/** Notes the fingerprint of a file as it passes. */
export function sealed(file: ArchiveFile, files: FileEntry[]): ArchiveFile {
  if ("bytes" in file) {
    files.push({ path: file.path, bytes: file.bytes.length, sha256: sha256Hex(file.bytes) });
    return file;
  }
  const { pieces } = file;
  async function* watched(): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
    files.push({ path: file.path, bytes, sha256: hash.digest("hex") });
  }
  return { ...file, pieces: watched() };
}

async function* keepAll(
  source: AsyncIterable<ArchiveFile> | Iterable<ArchiveFile>,
  keep: (file: ArchiveFile) => ArchiveFile,
): AsyncGenerator<ArchiveFile> {
  for await (const file of source) yield keep(file);
}

/** A second reading finds what the first has found: it is not noted twice. */
function quietly(findings: Findings): Findings {
  return { ...findings, attached: [], held: new Map() };
}

export async function* registerLines(acts: Awaited<ReturnType<typeof listRegister>>): AsyncGenerator<string> {
  for (const { actorLabel: _label, ...act } of acts) yield `${canonicalJson(act)}\n`;
}

async function readHeld(db: Db, held: HeldFile): Promise<{ readonly path: string; readonly bytes: Uint8Array }> {
  const value = await readColumn(db, held);
  if (!(value instanceof Uint8Array)) throw new Error(`No file in ${held.table}`);
  return { path: held.path, bytes: value };
}

async function* minutesTexts(db: Db, networkId: NetworkId): AsyncGenerator<ArchiveFile> {
  const rows = await db
    .selectFrom("minutesPublication")
    .select(["minutesId", "year", "number"])
    .where("networkId", "=", networkId)
    .orderBy("minutesId")
    .execute();
  for (const { minutesId, year, number } of rows) {
    const { markdown } = await db
      .selectFrom("minutesPublication")
      .select("markdown")
      .where("minutesId", "=", minutesId)
      .executeTakeFirstOrThrow();
    yield { path: `proces-verbaux/${year}-${number}.md`, bytes: encode(markdown) };
  }
}

/** The bytes of a kept file; null when they are gone or are no longer those of their name. */
export async function readIntact(sha256: string, folder: string): Promise<Uint8Array | null> {
  const bytes = await readFile(join(folder, sha256)).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return null;
    throw fault;
  });
  return bytes !== null && sha256Hex(bytes) === sha256 ? bytes : null;
}

function* dictionaryFiles(plan: ExportPlan, network: string): Generator<ArchiveFile> {
  const lines = plan.tables.flatMap(({ shape }) =>
    shape.columns.map((column) => ({
      ...{ table: shape.name, label: tableLabel(shape.name), column: column.name, type: column.type },
      ...{ isNullable: column.isNullable, isKey: shape.key.includes(column.name) },
      refersTo: shape.references.find((reference) => reference.column === column.name)?.table ?? null,
      meaning: describeColumn(column.name),
    })),
  );
  const heading = ["Table", "Ce qu’elle contient", "Colonne", "Type", "Clé", "Peut être vide", "Renvoie à", "Sens"];
  const cells = lines.map((line) => [
    ...[line.table, line.label, line.column, line.type, line.isKey ? "oui" : "", line.isNullable ? "oui" : ""],
    ...[line.refersTo ?? "", line.meaning],
  ]);
  yield { path: "dictionnaire.json", bytes: encode(`${JSON.stringify(lines, null, 1)}\n`) };
  yield { path: "dictionnaire.csv", bytes: encode(composeCsv(heading, cells)) };
  const body = writeTable("Chaque colonne de chaque table", heading, cells);
  yield { path: "dictionnaire.html", bytes: encode(writePage({ title: "Dictionnaire des données", network, body })) };
}

async function writeIndex(
  db: Db,
  manifest: Omit<Manifest, "files">,
  {
    shown,
    producedOn,
    isSound,
  }: {
    readonly shown: readonly { path: string; label: string }[];
    readonly producedOn: string;
    readonly isSound: boolean;
  },
): Promise<string> {
  const network = await db
    .selectFrom("network")
    .innerJoin("organization", "organization.id", "network.leadOrganizationId")
    .select(["network.presentationMd", "network.contactMd", "organization.name as lead"])
    .where("network.id", "=", manifest.network.id)
    .executeTakeFirstOrThrow();
  const body = [
    `<p>Archive complète, produite ${escapeHtml(producedOn)}. CCAS pilote : ${escapeHtml(network.lead)}.</p>`,
    writeText(network.presentationMd),
    "<h2>À lire</h2>",
    writeList(shown.map(({ path, label }) => writeLink(label, fileHref(path)))),
    "<h2>Vérifier</h2>",
    `<p>${writeLink("Ouvrir la page de vérification", "verifier.html")} : elle recalcule, sans réseau, chaque empreinte. ${manifest.register.count} actes, dernière empreinte <code>${escapeHtml(manifest.register.lastHash)}</code>.</p>`,
    isSound
      ? ""
      : "<p><strong>Attention : à la production, la chaîne du registre n’était déjà plus intacte. La page de vérification dit où.</strong></p>",
    "<h2>Reprendre sur un autre portail</h2>",
    "<p>Sur une installation vide de la même version : <code>npm run archive:reprendre -- --fichier archive.zip</code>. Chaque personne reçoit ensuite une invitation : aucun mot de passe n’est dans l’archive.</p>",
    "<h2>Toutes les données</h2>",
    `<p>${writeLink("Le dictionnaire", "dictionnaire.html")} dit ce que tient chaque colonne. Le CSV s’ouvre dans un tableur ; le JSON sert à la reprise.</p>`,
    writeTable(
      "Tables du réseau",
      ["Table", "Contenu", "Lignes", "CSV", "JSON"],
      manifest.tables.map(({ name, rows, path }) => [
        ...[name, tableLabel(name), String(rows)],
        { text: "CSV", href: fileHref(`donnees/${name}.csv`) },
        { text: "JSON", href: fileHref(path) },
      ]),
    ),
    "<h2>Ce qui n’y est pas, et pourquoi</h2>",
    writeTable(
      "Tables laissées",
      ["Table", "Raison"],
      manifest.excluded.map(({ table, reason }) => [table, reason]),
    ),
    "<p>Les adresses électroniques des personnes qui n’ont plus ni rôle ni siège sont retirées, comme les liens personnels des courriels. Un bulletin secret n’est rattaché à aucun siège : ni ici, ni dans le portail.</p>",
    ...(manifest.missing.length === 0
      ? []
      : [
          writeTable(
            "Fichiers absents du portail à la production (éliminés, perdus ou altérés)",
            ["Fichier", "Empreinte"],
            manifest.missing.map(({ fileName, sha256 }) => [fileName, sha256]),
          ),
        ]),
  ];
  return writePage({
    title: `Archive du ${manifest.network.name}`,
    network: manifest.network.name,
    body: body.join("\n"),
  });
}

const README = `ARCHIVE D’UN RÉSEAU DE CCAS

index.html         par où commencer : s’ouvre dans un navigateur, sans réseau
verifier.html      vérifie chaque fichier et la chaîne du registre, sans réseau
seances/           une page par séance, avec son procès-verbal
proces-verbaux/    les procès-verbaux publiés, en PDF et en texte
pieces/            les fichiers déposés, sous le nom de leur empreinte
donnees/           chaque table, en CSV et en JSON ; dictionnaire.* en dit le sens
registre.jsonl     le registre, un acte par ligne, avec les empreintes
MANIFEST.json      la liste des fichiers et leurs empreintes ; SHA256SUMS, la même pour « sha256sum -c »

Reprise sur une installation vide :
  npm run archive:reprendre -- --fichier archive.zip --empreinte <dernière empreinte notée ailleurs>
`;
