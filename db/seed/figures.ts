import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { importFigureReference } from "../../app/features/figures/reference.server";
import type { Stage } from "./story";

const REFERENCE = join(dirname(dirname(fileURLToPath(import.meta.url))), "reference");

/** The official figures of the six communes, by the command that an operator uses. */
export async function loadFigures({ db, clock }: Pick<Stage, "db" | "clock">): Promise<void> {
  await importFigureReference({ db, clock }, REFERENCE);
}
