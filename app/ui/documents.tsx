import { NBSP } from "~/documents/french";
import { Tag } from "./status";

export type ShownDocument = {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly byteSize: number;
  readonly visibility: "public" | "members";
};

/** What the file input may offer; the server reads the bytes anyway. */
export const ACCEPTED_FILES = ".pdf,.png,.jpg,.jpeg,.odt,.ods,.docx,.xlsx";
export const FILE_HINT = "PDF, PNG, JPEG, ODT, ODS, DOCX ou XLSX, 10 Mo au plus.";

/** Links that download, each with its kind and its weight, as a reader on a slow line needs to know. */
export function DocumentList({
  slug,
  documents,
  showVisibility = false,
}: {
  readonly slug: string;
  readonly documents: readonly ShownDocument[];
  readonly showVisibility?: boolean;
}) {
  if (documents.length === 0) return null;
  return (
    <ul className="documents">
      {documents.map((document) => (
        <li key={document.id}>
          <a href={`/reseaux/${slug}/documents/${document.id}`} download>
            {document.title}
          </a>{" "}
          <span className="soft small">
            ({endingOf(document.fileName)}, {formatBytes(document.byteSize)})
          </span>{" "}
          {showVisibility && <Tag>{document.visibility === "public" ? "Public" : "Membres"}</Tag>}
        </li>
      ))}
    </ul>
  );
}

function endingOf(fileName: string): string {
  return (/\.([^.]+)$/.exec(fileName)?.[1] ?? "fichier").toUpperCase();
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes}${NBSP}octets`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)}${NBSP}Ko`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")}${NBSP}Mo`;
}
