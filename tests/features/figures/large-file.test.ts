import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BrokenUpload, receiveLargeFile } from "~/services/large-file.server";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portail-envoi-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const CONTENT = 'Content-Disposition: form-data; name="fichier"; filename="a;b.csv"\r\nCOM;PMUN\r\n44015;10376\r\n';

/** What a browser sends, cut into pieces of a few bytes so that no header comes whole. */
function send(fileName: string): Request {
  const boundary = "----Limite42";
  const text = [
    `--${boundary}\r\nContent-Disposition: form-data; name="jeu"\r\n\r\npopulations; année=2023\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="fichier"; filename="${fileName}"\r\n`,
    `Content-Type: text/csv\r\n\r\n${CONTENT}\r\n--${boundary}--\r\n`,
  ].join("");
  const bytes = Buffer.from(text, "utf8");
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, rank) =>
    bytes.subarray(rank * 7, rank * 7 + 7),
  );
  return new Request("http://localhost/importer", {
    method: "POST",
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: Readable.toWeb(Readable.from(pieces)) as ReadableStream<Uint8Array>,
    duplex: "half",
  });
}

describe("le fichier envoyé", () => {
  it.each(["populations.csv", "populations 2023;communes.csv", "annee=2023;version=2.csv", "données d’été.csv"])(
    "garde son nom et son contenu : %s",
    async (fileName) => {
      const path = join(folder, "recu");
      const { form, file } = await receiveLargeFile(send(fileName), { field: "fichier", path, maxBytes: 10_000 });
      expect(file).toMatchObject({ fileName, byteSize: 91 });
      expect(form.get("jeu")).toBe("populations; année=2023");
      expect(await readFile(path, "utf8")).toBe(CONTENT);
    },
  );

  it("est refusé au-delà de la taille annoncée, et ne laisse rien", async () => {
    const path = join(folder, "trop");
    await expect(receiveLargeFile(send("a.csv"), { field: "fichier", path, maxBytes: 10 })).rejects.toThrow(
      BrokenUpload,
    );
    await expect(readFile(path)).rejects.toThrow();
  });
});
