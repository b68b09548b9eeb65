import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDocument } from "~/features/documents/commands.server";
import { takeOverMessage } from "~/features/handover/messages.fr";
import { produceArchive, type ProductionPlace } from "~/features/handover/production.server";
import { takeOver, type TakeOverOptions, type TakeOverRefusal } from "~/features/handover/take-over.server";
import { dataFingerprint } from "~/features/handover/data.server";
import type { Manifest } from "~/features/handover/manifest";
import { actingPerson } from "~/services/gate.server";
import { createOpenMeeting, EXPENSE } from "../votes/open-meeting";
import { createCommittee, createTestDatabase, type Committee } from "../../support/database";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let folder: string;
let committee: Committee;
let whole: Buffer;
let registerHash: string;
let place: ProductionPlace;
const added: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hostile-"));
  committee = await createOpenMeeting();
  place = {
    documents: join(folder, "documents"),
    archives: join(folder, "archives"),
    openSource: () => ({ db: committee.db, close: async () => undefined }),
  };
  const secretary = await committee.contextOf("secretary");
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const document = await addDocument(
    secretary,
    {
      key: "doc-1",
      fileName: "devis.png",
      bytes: png,
      visibility: "members",
      target: { kind: "expense", expenseId: EXPENSE },
    },
    place.documents,
  );
  if (!document.ok) throw new Error(document.refusal);
  const { db, clock, networkId } = committee;
  const made = await produceArchive(
    { db, clock, networkId, acting: actingPerson(secretary.actor) },
    { key: "archive-1" },
    place,
  );
  if (!made.ok) throw new Error(made.refusal);
  registerHash = made.value.registerHash;
  whole = await readFile(made.value.path);
}, 30_000);
afterAll(() => rm(folder, { recursive: true }));

type Files = Record<string, Uint8Array>;

/** The archive with a change, sealed again as far as an attacker can. */
function remake(change: (files: Files) => void, reseal = true): Buffer {
  const files: Files = { ...unzipSync(new Uint8Array(whole)) };
  change(files);
  const manifest = JSON.parse(strFromU8(files["MANIFEST.json"]!)) as Manifest;
  if (reseal) {
    manifest.files = manifest.files.filter(({ path }) => files[path]);
    for (const file of manifest.files)
      Object.assign(file, { bytes: files[file.path]!.length, sha256: sha256(files[file.path]!) });
    for (const table of manifest.tables) {
      const rows = JSON.parse(strFromU8(files[table.path]!)) as unknown[];
      Object.assign(table, { rows: rows.length, sha256: sha256(files[table.path]!) });
    }
    manifest.dataSha256 = dataFingerprint(manifest.tables);
    files["MANIFEST.json"] = strToU8(JSON.stringify(manifest));
    files["SHA256SUMS"] = strToU8(manifest.files.map((file) => `${file.sha256}  ${file.path}\n`).join(""));
  }
  return Buffer.from(zipSync(files, { level: 1 }));
}

const edit = (files: Files, path: string, change: (text: string) => string): void => {
  const before = strFromU8(files[path]!);
  const after = change(before);
  if (after === before) throw new Error(`Nothing changed in ${path}`);
  files[path] = strToU8(after);
};

async function tryOn(source: Buffer, options: Partial<TakeOverOptions> = {}): Promise<TakeOverRefusal | null> {
  const db = await createTestDatabase();
  const target = await mkdtemp(join(folder, "vide-"));
  added.push(target);
  const decision = await takeOver(db, source, { expectedHash: null, isRehearsal: false, folder: target, ...options });
  if (!decision.ok) {
    const left = await Promise.all(
      (["network", "organization", "person", "registerEntry"] as const).map((table) =>
        db.selectFrom(table).selectAll().execute(),
      ),
    );
    expect(left.flat(), "rien ne reste").toEqual([]);
    expect(await readdir(target), "aucun fichier ne reste").toEqual([]);
    expect(takeOverMessage(decision.refusal).length).toBeGreaterThan(20);
  }
  await db.destroy();
  return decision.ok ? null : decision.refusal;
}

describe("une archive intacte", () => {
  it("se reprend, avec ses pièces", async () => {
    expect(await tryOn(whole, { expectedHash: registerHash })).toBeNull();
    expect(await readdir(added.at(-1)!)).toHaveLength(1);
  });
  it("se répète sans rien écrire", async () => {
    const db = await createTestDatabase();
    const decision = await takeOver(db, whole, { expectedHash: null, isRehearsal: true, folder: join(folder, "rien") });
    expect(decision.ok).toBe(true);
    expect(await db.selectFrom("network").selectAll().execute()).toEqual([]);
    await db.destroy();
  });
});

describe("une archive abîmée ou refaite est refusée, et ne laisse rien", () => {
  const CUT = (share: number) => () => whole.subarray(0, Math.floor(whole.length * share));
  it.each<{ case: string; make: () => Buffer; kind: TakeOverRefusal["kind"] }>([
    { case: "coupée à la moitié", make: CUT(0.5), kind: "damaged" },
    { case: "coupée de ses derniers octets", make: () => whole.subarray(0, whole.length - 30), kind: "damaged" },
    { case: "vide", make: () => Buffer.alloc(0), kind: "damaged" },
    { case: "un autre fichier", make: () => Buffer.from("%PDF-1.7 rien"), kind: "damaged" },
    { case: "un ZIP quelconque", make: () => Buffer.from(zipSync({ "a.txt": strToU8("a") })), kind: "not-an-archive" },
    {
      case: "un octet changé au milieu",
      make: () => {
        const copy = Buffer.from(whole);
        const at = copy.indexOf("donnees/expense.json") + 40;
        copy[at] = copy[at]! ^ 0xff;
        return copy;
      },
      kind: "damaged",
    },
    {
      case: "une ligne changée, le manifeste non",
      make: () =>
        remake((files) => edit(files, "donnees/expense.json", (text) => text.replace("177543", "277543")), false),
      kind: "file-altered",
    },
    {
      case: "une ligne changée, tout le manifeste refait",
      make: () => remake((files) => edit(files, "donnees/expense.json", (text) => text.replace("177543", "277543"))),
      kind: "data-not-sealed",
    },
    {
      case: "un acte changé",
      make: () =>
        remake((files) =>
          edit(files, "donnees/register_entry.json", (text) => text.replace('"number":2,', '"number":9,')),
        ),
      kind: "register-broken",
    },
    {
      case: "le dernier acte retiré",
      make: () =>
        remake((files) => {
          const rows = JSON.parse(strFromU8(files["donnees/register_entry.json"]!)) as unknown[];
          files["donnees/register_entry.json"] = strToU8(
            JSON.stringify(rows.slice(0, -1)).replaceAll("},{", "},\n{").replace("[", "[\n").replace(/\]$/, "\n]\n"),
          );
        }),
      kind: "register-differs",
    },
    {
      case: "le registre lisible n’est pas celui des données",
      make: () => remake((files) => edit(files, "registre.jsonl", (text) => text.replace(/expense/, "expanse"))),
      kind: "register-differs",
    },
    {
      case: "un fichier ajouté",
      make: () => remake((files) => (files["intrus.html"] = strToU8("<script>")), false),
      kind: "file-added",
    },
    {
      case: "un fichier retiré",
      make: () => remake((files) => Reflect.deleteProperty(files, "comite.html"), false),
      kind: "file-missing",
    },
    {
      case: "une pièce remplacée",
      make: () =>
        remake((files) => {
          const path = Object.keys(files).find((name) => name.startsWith("pieces/"))!;
          files[path] = strToU8("autre chose");
        }),
      kind: "file-altered",
    },
    {
      case: "une table que le portail ne connaît pas",
      make: () =>
        remake((files) => {
          const manifest = JSON.parse(strFromU8(files["MANIFEST.json"]!)) as Manifest;
          for (const table of manifest.tables) if (table.name === "subsidy") table.name = "credential";
          files["MANIFEST.json"] = strToU8(JSON.stringify(manifest));
        }),
      kind: "rows-refused",
    },
    {
      case: "une autre version",
      make: () =>
        remake(
          (files) =>
            edit(files, "MANIFEST.json", (text) => text.replace('"migrations": [', '"migrations": ["9999-ailleurs",')),
          false,
        ),
      kind: "other-version",
    },
    {
      case: "une table qu’une autre version a renommée",
      make: () =>
        remake((files) => {
          const manifest = JSON.parse(strFromU8(files["MANIFEST.json"]!)) as Manifest;
          for (const table of manifest.tables) if (table.name === "subsidy") table.name = "grant_of_old";
          files["MANIFEST.json"] = strToU8(JSON.stringify(manifest));
        }),
      kind: "other-tables",
    },
    {
      case: "une table qu’une autre version ne connaît pas",
      make: () =>
        remake((files) => {
          const manifest = JSON.parse(strFromU8(files["MANIFEST.json"]!)) as Manifest;
          manifest.tables = manifest.tables.filter(({ name }) => name !== "subsidy");
          files["MANIFEST.json"] = strToU8(JSON.stringify(manifest));
        }),
      kind: "other-tables",
    },
    {
      case: "une colonne qu’une autre version a renommée",
      make: () =>
        remake((files) => edit(files, "donnees/network.json", (text) => text.replaceAll('"slug":', '"adresse":'))),
      kind: "other-tables",
    },
    {
      case: "l’extrait d’un membre",
      make: () =>
        remake((files) => edit(files, "MANIFEST.json", (text) => text.replace('"archive"', '"extrait"')), false),
      kind: "extract-only",
    },
    {
      case: "une ligne d’un autre réseau",
      make: () =>
        remake((files) =>
          edit(files, "donnees/expense.json", (text) =>
            text.replace(/"network_id":"[^"]+"/, '"network_id":"ailleurs"'),
          ),
        ),
      kind: "rows-refused",
    },
    {
      case: "une personne qui manque",
      make: () => remake((files) => (files["donnees/person.json"] = strToU8("[\n]\n"))),
      kind: "rows-refused",
    },
  ])("$case", async ({ make, kind }) => {
    expect((await tryOn(make()))?.kind).toBe(kind);
  });

  it("une archive d’une autre version le dit, avec la version et le jour, pas seulement une table", () => {
    const theirs = { detail: "subsidy", theirs: "0012-plan", producedAt: "2025-03-04T10:00:00.000Z" };
    const message = takeOverMessage({ kind: "other-tables", ...theirs });
    expect(message).toMatch(/^L’archive vient d’une autre version du portail .*4\s+mars\s+2025.*0012-plan/u);
  });

  it.each([
    { case: "un chemin qui remonte", name: "../../hors.txt" },
    { case: "un chemin absolu", name: "/etc/cron.d/x" },
    { case: "une lettre de lecteur", name: "C:\\Windows\\x" },
    { case: "un dossier nommé « .. » au milieu", name: "pieces/../../x" },
  ])("$case", async ({ name }) => {
    const files = unzipSync(new Uint8Array(whole));
    const hostile = Buffer.from(zipSync({ ...files, [name]: strToU8("x") }, { level: 1 }));
    expect((await tryOn(hostile))?.kind).toBe("unsafe-name");
  });

  it("une bombe n’est pas déballée", async () => {
    const files = unzipSync(new Uint8Array(whole));
    const bomb = Buffer.from(zipSync({ ...files, "pieces/bombe": new Uint8Array(30_000_000) }, { level: 9 }));
    expect((await tryOn(bomb))?.kind).toBe("too-large");
  });

  it("l’empreinte notée ailleurs n’est pas la sienne", async () => {
    expect((await tryOn(whole, { expectedHash: "0".repeat(64) }))?.kind).toBe("fingerprint-differs");
  });

  it("le réseau est déjà là, ou un autre", async () => {
    const options = { expectedHash: null, isRehearsal: false, folder };
    expect(await takeOver(committee.db, whole, options)).toMatchObject({ refusal: { kind: "network-exists" } });
    const other = await createCommittee({ slug: "autre" });
    expect(await takeOver(other.db, whole, options)).toMatchObject({ refusal: { kind: "installation-not-empty" } });
  });
});

describe("la production", () => {
  it("attend la clôture d’un scrutin : deux archives autour d’un bulletin secret le diraient", async () => {
    const open = await createOpenMeeting();
    await open.db
      .insertInto("poll")
      .values({
        ...{
          id: "poll-secret",
          networkId: open.networkId,
          meetingId: null,
          agendaItemId: null,
          subject: "motion",
          subjectId: null,
        },
        ...{
          title: "Vote",
          bodyMd: "",
          mode: "secret",
          status: "open",
          openedAt: null,
          closesOn: null,
          closedAt: null,
        },
        ...{ openedBy: null, createdAt: "2026-09-01T10:00:00Z" },
      })
      .execute();
    const { db, clock, networkId } = open;
    const made = await produceArchive(
      { db, clock, networkId, acting: { personId: null, displayName: "Portail" } },
      { key: "archive-2" },
      { ...place, openSource: () => ({ db, close: async () => undefined }) },
    );
    expect(made).toEqual({ ok: false, refusal: "poll-open" });
    const acts = await db.selectFrom("registerEntry").select("kind").where("kind", "=", "archive-produced").execute();
    expect(acts).toEqual([]);
  });

  it("demandée deux fois, n’en fait qu’une", async () => {
    const secretary = await committee.contextOf("secretary");
    const { db, clock, networkId } = committee;
    const ask = () =>
      produceArchive({ db, clock, networkId, acting: actingPerson(secretary.actor) }, { key: "archive-3" }, place);
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(one).toEqual(two);
    expect(await ask()).toMatchObject({ ok: true });
    const acts = await db
      .selectFrom("registerEntry")
      .select("payload")
      .where("kind", "=", "archive-produced")
      .execute();
    expect(acts.filter(({ payload }) => payload.includes("archive-3"))).toHaveLength(1);
  });
});
