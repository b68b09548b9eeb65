import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { describeFault, log } from "./log.server";

/** The engine is an optional dependency: on a machine where it could not be installed, pages and Markdown still work. */
export class PdfUnavailable extends Error {
  override readonly name = "PdfUnavailable";
}

type Engine = Pick<NodeCompiler, "pdf" | "evictCache">;

let engine: Promise<Engine> | null = null;

/** One engine for the process; its folder holds nothing, so that no file of the machine can enter a document. */
function getEngine(): Promise<Engine> {
  engine ??= import("@myriaddreamin/typst-ts-node-compiler").then(
    ({ NodeCompiler: Compiler }) => Compiler.create({ workspace: join(tmpdir(), "portail-empty-workspace") }),
    (fault: unknown) => {
      engine = null;
      log("warn", "pdf.engine-missing", describeFault(fault));
      throw new PdfUnavailable("The Typst engine is not installed");
    },
  );
  return engine;
}

/**
 * Typst source as a tagged PDF that claims PDF/UA-1. Characters that no font of the engine can draw are told by their number, as the
 * standard forbids empty boxes; the same source always gives the same bytes.
 * @throws PdfUnavailable without the engine; Error when the source can't be set, which is a fault of the writer
 */
export async function compilePdf(source: string): Promise<Uint8Array> {
  const compiler = await getEngine();
  try {
    return setPdf(compiler, source);
  } catch (fault) {
    const missing = listMissingCharacters(faultText(fault));
    if (missing.length === 0) throw fault;
    return setPdf(compiler, nameCharacters(source, missing));
  } finally {
    compiler.evictCache(10);
  }
}

/** A document of members, shown by the browser. @throws Response 503 with a sentence when this portal has no PDF engine */
export async function answerPdf(source: string, name: string): Promise<Response> {
  const bytes = await compilePdf(source).catch((fault: unknown) => {
    if (!(fault instanceof PdfUnavailable)) throw fault;
    throw new Response("Le moteur PDF n’est pas installé sur ce portail. La page contient le même texte.", {
      ...{ status: 503, statusText: "Service Unavailable", headers: { "Content-Type": "text/plain; charset=utf-8" } },
    });
  });
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": `inline; filename="${name}.pdf"`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}

export async function isPdfAvailable(): Promise<boolean> {
  return getEngine().then(
    () => true,
    () => false,
  );
}

function setPdf(compiler: Engine, source: string): Uint8Array {
  return new Uint8Array(compiler.pdf({ mainFileContent: source }, { pdfStandard: "ua-1" as never }));
}

function faultText(fault: unknown): string {
  return fault instanceof Error ? `${fault.message} ${JSON.stringify(fault)}` : String(fault);
}

/** The engine quotes each text that it could not draw: « the text `"漢"` could not be displayed ». */
function listMissingCharacters(message: string): readonly string[] {
  const quoted = [...message.matchAll(/the text `([^`]*)` could not be displayed/g)].map((match) => match[1] ?? "");
  return [...new Set(quoted.flatMap((text) => [...text]))].filter(
    (character) => (character.codePointAt(0) ?? 0) > 0x7e,
  );
}

function nameCharacters(source: string, characters: readonly string[]): string {
  return characters.reduce((text, character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return text.replaceAll(character, `[U+${code}]`);
  }, source);
}
