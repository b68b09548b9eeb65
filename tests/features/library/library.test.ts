import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { LIBRARY_ACCESSES, type LibraryAccess } from "~/domain/library/library";
import { closeNetwork, recordHandover } from "~/features/handover/commands.server";
import { addPaper, addVersion, changePaper, decideRetention, disposePaper } from "~/features/library/commands.server";
import { libraryMessage } from "~/features/library/messages.fr";
import { findPaper, listPapers, listVersions, readableAccesses } from "~/features/library/queries.server";
import { refreshIndex } from "~/features/search/index.server";
import { search } from "~/features/search/queries.server";
import { searchableAccesses } from "~/features/search/readers";
import { VISITOR } from "~/services/actor.server";
import { today } from "~/services/clock.server";
import { createCommittee, type Committee } from "../../support/database";

const folder = mkdtempSync(join(tmpdir(), "bibliotheque-"));
afterAll(() => rmSync(folder, { recursive: true }));

let committee: Committee;
beforeEach(async () => {
  committee = await createCommittee();
});

const text = (content: string) => ({ name: "note.md", bytes: strToU8(content) });

async function add(key: string, access: LibraryAccess, content: string, title = `Papier ${key}`) {
  const sheet = { title, kind: "accounting", access, dutyStartsOn: toPlainDate("2010-01-01") } as const;
  return addPaper(await committee.contextOf("secretary"), { key, sheet, file: text(content), note: "" }, folder);
}

const actsOf = async (kind: string) =>
  committee.db.selectFrom("registerEntry").select("payload").where("kind", "=", kind).execute();

describe("la bibliothèque", () => {
  it("range un document une seule fois, garde chaque version avec son empreinte", async () => {
    await add("doc-1", "members", "première");
    await add("doc-1", "members", "première");
    expect(await actsOf("library-document-added")).toHaveLength(1);
    const secretary = await committee.contextOf("secretary");
    const version = { key: "v-2", file: text("seconde"), note: "Corrigée" };
    expect(await addVersion(secretary, "doc-1", version, folder)).toEqual({ ok: true, value: { number: 2 } });
    expect(await addVersion(secretary, "doc-1", version, folder)).toEqual({ ok: true, value: { number: 2 } });
    const same = await addVersion(secretary, "doc-1", { key: "v-3", file: text("seconde"), note: "La même" }, folder);
    expect(same).toEqual({ ok: false, refusal: "same-file" });
    const versions = await listVersions(committee.db, committee.networkId, "doc-1");
    expect(versions.map(({ number, note }) => [number, note])).toEqual([
      [2, "Corrigée"],
      [1, ""],
    ]);
    expect(new Set(versions.map(({ sha256 }) => sha256)).size).toBe(2);
    await expect(committee.db.updateTable("libraryVersion").set({ note: "autre" }).execute()).rejects.toThrow();
  });

  it("ne prend pas un programme, même nommé .md", async () => {
    const file = { name: "x.md", bytes: new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]) };
    const sheet = { title: "Intrus", kind: "other", access: "public", dutyStartsOn: null } as const;
    const decision = await addPaper(
      await committee.contextOf("secretary"),
      { key: "doc-x", sheet, file, note: "" },
      folder,
    );
    expect(decision).toEqual({ ok: false, refusal: "file-type-not-allowed" });
    expect(libraryMessage("file-type-not-allowed")).toContain("type accepté");
  });

  it("ne montre à chacun que ce qu’il lit, et rien d’un autre réseau", async () => {
    for (const access of LIBRARY_ACCESSES) await add(`doc-${access}`, access, access);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const titles = async (actor: Parameters<typeof readableAccesses>[0], networkId = committee.networkId) =>
      (
        await listPapers(
          committee.db,
          networkId,
          { accesses: readableAccesses(actor, networkId) },
          today(committee.clock),
        )
      ).map(({ access }) => access);
    expect(await titles(VISITOR)).toEqual(["public"]);
    expect((await titles((await committee.contextOf("agent")).actor)).sort()).toEqual(["members", "public"]);
    expect(await titles((await committee.contextOf("secretary")).actor)).toHaveLength(3);
    expect(await titles((await other.contextOf("secretary")).actor)).toEqual(["public"]);
    expect(await titles((await other.contextOf("secretary")).actor, other.networkId)).toEqual([]);
    expect(
      await changePaper(await other.contextOf("secretary"), "doc-public", {
        title: "Pris",
        kind: "other",
        access: "public",
        dutyStartsOn: null,
        revision: 1,
      }),
    ).toEqual({ ok: false, refusal: "document-unknown" });
  });

  it("n’élimine qu’au terme, avec un visa, et ne retire pas un fichier que tient un autre document", async () => {
    await add("doc-1", "members", "même contenu");
    await add("doc-2", "members", "même contenu");
    const secretary = await committee.contextOf("secretary");
    const act = {
      outcome: "eliminated",
      visaReference: "AD44 2026-12",
      visaOn: toPlainDate("2026-08-01"),
      reason: "Terme",
    } as const;
    expect(await disposePaper(secretary, "doc-1", act, folder)).toEqual({ ok: false, refusal: "not-due" });
    await decideRetention(secretary, { kind: "accounting", years: 10, fate: "destroy", note: "" });
    const [version] = await listVersions(committee.db, committee.networkId, "doc-1");
    expect(await disposePaper(secretary, "doc-1", act, folder)).toEqual({ ok: true, value: null });
    expect(existsSync(join(folder, version!.sha256))).toBe(true);
    expect(await disposePaper(secretary, "doc-1", act, folder)).toEqual({ ok: false, refusal: "already-disposed" });
    expect(await disposePaper(secretary, "doc-2", act, folder)).toEqual({ ok: true, value: null });
    expect(existsSync(join(folder, version!.sha256))).toBe(false);
    expect(await actsOf("library-document-disposed")).toHaveLength(2);
    const paper = await findPaper(committee.db, committee.networkId, "doc-1", ["members"], today(committee.clock));
    expect(paper?.disposal).toMatchObject({ outcome: "eliminated", visaReference: "AD44 2026-12" });
  });
});

describe("la recherche", () => {
  const find = async (words: string, who: "visitor" | "agent" | "secretary") => {
    await refreshIndex(committee.db, committee.networkId, folder);
    const actor = who === "visitor" ? VISITOR : (await committee.contextOf(who)).actor;
    const query = {
      text: words,
      kind: null,
      year: null,
      page: 1,
      accesses: searchableAccesses(actor, committee.networkId),
    };
    return search(committee.db, committee.networkId, query);
  };

  it("trouve sans accent, au singulier, par le début d’un mot, dans un ODT, et jamais ce que l’on ne lit pas", async () => {
    await add("doc-1", "public", "Les délibérations du conseil", "Ouvert");
    await add("doc-2", "members", "Une délibération réservée", "Interne");
    await add("doc-3", "lead", "Brouillon de délibération", "Pilote");
    const content = '<?xml version="1.0"?><office><text:p>Budget de l&apos;épicerie sociale</text:p></office>';
    const odt = zipSync({
      mimetype: [strToU8("application/vnd.oasis.opendocument.text"), { level: 0 }],
      "content.xml": strToU8(content),
    });
    const sheet = { title: "Épicerie", kind: "report", access: "public", dutyStartsOn: null } as const;
    const added = await addPaper(
      await committee.contextOf("secretary"),
      { key: "doc-4", sheet, file: { name: "e.odt", bytes: odt }, note: "" },
      folder,
    );
    expect(added.ok).toBe(true);
    expect((await find("deliberation", "visitor")).total).toBe(1);
    expect((await find("DÉLIBÉRATIONS", "agent")).total).toBe(2);
    expect((await find("délib", "secretary")).total).toBe(3);
    expect((await find("epicerie budget", "visitor")).entries[0]?.path).toBe("documents/fiches/doc-4");
    expect((await find("epicerie absent", "visitor")).total).toBe(0);
    expect((await find("de la", "visitor")).hasWords).toBe(false);
    expect((await find("' or 1=1 --%", "visitor")).total).toBe(0);
  });

  it("suit un changement d’accès et une nouvelle version", async () => {
    await add("doc-1", "public", "chauffage");
    expect((await find("chauffage", "visitor")).total).toBe(1);
    const secretary = await committee.contextOf("secretary");
    await changePaper(secretary, "doc-1", {
      title: "Papier doc-1",
      kind: "accounting",
      access: "lead",
      dutyStartsOn: null,
      revision: 1,
    });
    expect((await find("chauffage", "visitor")).total).toBe(0);
    await addVersion(secretary, "doc-1", { key: "v-2", file: text("isolation"), note: "n" }, folder);
    expect((await find("chauffage", "secretary")).total).toBe(0);
    expect((await find("isolation", "secretary")).total).toBe(1);
  });
});

describe("les passations", () => {
  const onDate = toPlainDate("2026-08-31");
  it("la remise vient après le changement de pilote ; le pilote ne sort pas ; deux envois font un acte", async () => {
    const secretary = await committee.contextOf("secretary");
    const organization = (key: string) => `org-blain-${key}`;
    const change = { kind: "lead-change", key: "rec-1", onDate, basis: "Avenant n° 1" } as const;
    expect(
      await recordHandover(secretary, {
        ...change,
        fromOrganizationId: organization("blain"),
        toOrganizationId: organization("bouvron"),
      }),
    ).toEqual({ ok: false, refusal: "not-yet-lead" });
    const exit = { kind: "member-exit", key: "rec-2", onDate, basis: "Délibération" } as const;
    expect(await recordHandover(secretary, { ...exit, organizationId: organization("blain") })).toEqual({
      ok: false,
      refusal: "lead-does-not-leave",
    });
    for (let sent = 0; sent < 2; sent += 1)
      expect((await recordHandover(secretary, { ...exit, organizationId: organization("bouvron") })).ok).toBe(true);
    expect(await actsOf("handover-recorded")).toHaveLength(1);
  });

  it("le réseau ne finit qu’une fois, sans séance ni scrutin en cours", async () => {
    const administrator = await committee.contextOf("administrator");
    const end = { key: "fin-1", onDate, basis: "Échéance sans renouvellement" };
    expect(await closeNetwork(administrator, { ...end, onDate: toPlainDate("2027-01-01") })).toEqual({
      ok: false,
      refusal: "end-in-future",
    });
    expect(await closeNetwork(administrator, end)).toEqual({ ok: true, value: null });
    expect(await closeNetwork(administrator, end)).toEqual({ ok: true, value: null });
    expect(await closeNetwork(administrator, { ...end, key: "fin-2" })).toEqual({
      ok: false,
      refusal: "already-closed",
    });
    expect(await actsOf("network-closed")).toHaveLength(1);
  });
});
