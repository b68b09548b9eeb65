import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { deflateRawSync, crc32 } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addDocument, type NewDocument } from "~/features/documents/commands.server";
import { documentMessage } from "~/features/documents/messages.fr";
import { findDocument, listDocuments } from "~/features/documents/queries.server";
import { planMeeting } from "~/features/meetings/commands.server";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import { downloadUpload, MAX_UPLOAD_BYTES } from "~/services/uploads.server";
import { createCommittee } from "../../support/database";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "documents-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const PDF = text("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

/** A ZIP archive written by hand, as ISO/IEC 21320-1 lays it out. */
function zip(entries: ReadonlyArray<readonly [string, string]>, stored = true): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const raw = Buffer.from(content);
    const packed = stored ? raw : deflateRawSync(raw);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(stored ? 0 : 8, 4);
    header.writeUInt32LE(crc32(raw), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(raw.length, 18);
    header.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), header, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), header, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  const size = Buffer.concat(central).length;
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...locals, ...central, Buffer.from("PK\u0005\u0006"), end]));
}

const ODT = zip([
  ["mimetype", "application/vnd.oasis.opendocument.text"],
  ["content.xml", "<office/>"],
]);
const DOCX_TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const DOCX = zip([
  ["[Content_Types].xml", DOCX_TYPES],
  ["word/document.xml", "<w:document/>"],
]);

async function setUp() {
  const committee = await createCommittee();
  const context = await committee.contextOf("secretary");
  await planMeeting(context, {
    cle: "seance-1",
    title: "Comité",
    startsAt: "2026-09-20T18:30" as LocalDateTime,
    place: "Blain",
  });
  const add = (changes: Partial<NewDocument> = {}) =>
    addDocument(
      context,
      {
        key: "document-1",
        fileName: "Devis été.pdf",
        bytes: PDF,
        visibility: "members",
        target: { kind: "meeting", meetingId: "seance-1", agendaItemId: null },
        ...changes,
      },
      folder,
    );
  return { committee, context, add };
}

describe("déposer un document", () => {
  it.each([
    { case: "PDF", fileName: "devis.pdf", bytes: PDF, mediaType: "application/pdf" },
    { case: "ODT", fileName: "note.odt", bytes: ODT, mediaType: "application/vnd.oasis.opendocument.text" },
    {
      case: "DOCX",
      fileName: "note.docx",
      bytes: DOCX,
      mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    },
  ])("$case : reconnu à son contenu", async ({ fileName, bytes, mediaType }) => {
    const { committee, add } = await setUp();
    expect((await add({ fileName, bytes })).ok).toBe(true);
    const [document] = await listDocuments(committee.db, committee.networkId, { meetingIds: ["seance-1"] });
    expect(document).toMatchObject({ mediaType, byteSize: bytes.length });
    expect(document?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(new Uint8Array(readFileSync(join(folder, document?.sha256 ?? "")))).toEqual(bytes);
  });

  it.each([
    { case: "vide", changes: { bytes: new Uint8Array() }, refusal: "file-empty" },
    { case: "trop gros", changes: { bytes: new Uint8Array(MAX_UPLOAD_BYTES + 1) }, refusal: "file-too-large" },
    {
      case: "HTML nommé PDF",
      changes: { bytes: text("<html><script>1</script></html>") },
      refusal: "file-type-not-allowed",
    },
    {
      case: "SVG avec script",
      changes: {
        fileName: "a.svg",
        bytes: text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      },
      refusal: "file-type-not-allowed",
    },
    {
      case: "ZIP quelconque nommé DOCX",
      changes: { fileName: "a.docx", bytes: zip([["a.txt", "a"]]) },
      refusal: "file-type-not-allowed",
    },
    { case: "PDF nommé DOCX", changes: { fileName: "a.docx" }, refusal: "file-name-differs-from-content" },
    {
      case: "séance d’un autre réseau",
      changes: { target: { kind: "meeting", meetingId: "ailleurs", agendaItemId: null } },
      refusal: "target-unknown",
    },
  ] as const)("$case : refusé, aucune ligne écrite", async ({ changes, refusal }) => {
    const { committee, add } = await setUp();
    expect(await add(changes)).toEqual({ ok: false, refusal });
    expect(documentMessage(refusal).length).toBeGreaterThan(20);
    expect(await committee.db.selectFrom("document").select("id").execute()).toEqual([]);
  });

  it("un double envoi ajoute une fois, et le même contenu n’est gardé qu’une fois", async () => {
    const { committee, add } = await setUp();
    await add();
    await add();
    await add({ key: "document-2", title: "Copie" });
    expect(await listDocuments(committee.db, committee.networkId, { meetingIds: ["seance-1"] })).toHaveLength(2);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("se télécharge, ne s’affiche jamais ; public seulement une fois la séance convoquée", async () => {
    const { committee, add } = await setUp();
    await add({ visibility: "public" });
    const file = await findDocument(committee.db, committee.networkId, "document-1");
    expect(file?.isPublic).toBe(false);
    const response = await downloadUpload(file!, folder);
    expect(response.headers.get("Content-Disposition")).toBe(
      "attachment; filename=\"Devis ete.pdf\"; filename*=UTF-8''Devis%20%C3%A9t%C3%A9.pdf",
    );
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PDF);
    const gone = await downloadUpload({ ...file!, sha256: "0".repeat(64) }, folder).catch((answer: Response) => answer);
    expect([gone.status, await gone.text()]).toEqual([404, expect.stringMatching(/n’est plus conservé/)]);
    await committee.db.updateTable("meeting").set({ status: "convened" }).where("id", "=", "seance-1").execute();
    expect((await findDocument(committee.db, committee.networkId, "document-1"))?.isPublic).toBe(true);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    expect(await findDocument(other.db, other.networkId, "document-1")).toBeNull();
  });
});
