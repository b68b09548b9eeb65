import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { expect, it } from "vitest";
import { writeArchive } from "~/features/control/archive.server";
import { streamArchive } from "~/services/archive.server";
import { createOpenMeeting, EXPENSE } from "../votes/open-meeting";
import { createCommittee, type Committee } from "../../support/database";

const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

async function attach({ db, networkId, personOf }: Committee, id: string, fileName: string, digest: string) {
  await db
    .insertInto("document")
    .values({
      ...{ id, networkId, meetingId: null, agendaItemId: null, expenseId: EXPENSE, title: `=${fileName}`, fileName },
      ...{ mediaType: "application/pdf", byteSize: 4, sha256: digest, visibility: "members" },
      ...{ uploadedBy: personOf("secretary"), createdAt: "2026-09-01T17:00:00.000Z" },
    })
    .execute();
}

it("le dossier vient entier : noms hostiles contenus, pièces absente et altérée dites, empreintes justes", async () => {
  const committee = await createOpenMeeting();
  const folder = await mkdtemp(join(tmpdir(), "justificatifs-"));
  const [whole, gone, altered] = [sha256("%PDF"), sha256("gone"), sha256("before")];
  await writeFile(join(folder, whole), "%PDF");
  await writeFile(join(folder, altered), "after");
  await attach(committee, "doc-1", "../../etc/passwd\u202e<b>.pdf", whole);
  await attach(committee, "doc-2", "disparu.pdf", gone);
  await attach(committee, "doc-3", "altere.pdf", altered);
  await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });

  const subject = { networkName: "Réseau <b>", networkId: committee.networkId, year: 2026 };
  const stream = streamArchive(writeArchive(committee.db, subject, folder), new Date("2026-09-01T10:00:00Z"));
  const files = unzipSync(new Uint8Array(await new Response(stream).arrayBuffer()));
  await rm(folder, { recursive: true });

  const names = Object.keys(files);
  expect(names).toContain("documents/0001-_.._etc_passwd_b_.pdf");
  expect(names.filter((name) => name.includes("..") && name.split("/").includes(".."))).toEqual([]);
  expect(names.filter((name) => name.startsWith("documents/"))).toHaveLength(1);
  const index = strFromU8(files["index.csv"]!);
  expect(index).toMatch(/'=disparu\.pdf;;ABSENT/);
  expect(index).toMatch(/'=altere\.pdf;;.*ALTÉRÉ/);
  expect(strFromU8(files["index.html"]!)).not.toContain("<b>");
  for (const line of strFromU8(files["SHA256SUMS"]!).trim().split("\n")) {
    const [digest = "", path = ""] = line.split("  ");
    expect(sha256(files[path]!), path).toBe(digest);
  }
  expect(strFromU8(files["depenses.csv"]!)).toContain("Traiteur de l’Isac;1775,43");
});
