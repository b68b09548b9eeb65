import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A path inside the archive: folders and names of our own making, no way out of it. */
const path = z
  .string()
  .max(400)
  .refine((text) => text !== "" && !text.startsWith("/") && !/\\|\u0000|^[A-Za-z]:/.test(text))
  .refine((text) => text.split("/").every((part) => part !== "" && part !== "." && part !== ".."));

export const manifestSchema = z.object({
  format: z.literal("archive-de-reseau"),
  version: z.literal(1),
  /** « extrait »: what one member takes along; it is read, not put back. */
  kind: z.enum(["archive", "extrait"]),
  producedAt: z.string(),
  network: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  migrations: z.array(z.string()),
  register: z.object({ count: z.int().min(0), lastHash: sha256 }),
  dataSha256: sha256,
  tables: z.array(z.object({ name: z.string(), rows: z.int().min(0), sha256, path })),
  excluded: z.array(z.object({ table: z.string(), reason: z.string() })),
  missing: z.array(z.object({ table: z.string(), id: z.string(), sha256: z.string(), fileName: z.string() })),
  files: z.array(z.object({ path, bytes: z.int().min(0), sha256 })),
});

/** What an archive says that it holds. Written last, read first. */
export type Manifest = z.output<typeof manifestSchema>;
export type FileEntry = Manifest["files"][number];
