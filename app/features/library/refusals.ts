import type { DisposalRefusal } from "~/domain/library/retention";
import type { UploadRefusal } from "~/services/uploads.server";

export type LibraryRefusal = UploadRefusal | DisposalRefusal | "document-unknown" | "already-changed" | "same-file";
