import { grant, refuse, type Decision } from "~/domain/kernel/decision";
import { writeTransaction, type Db } from "~/services/db.server";
import { actingPerson, type CommandContext } from "~/services/gate.server";
import { recordAct } from "~/services/register.server";
import { sha256Hex } from "~/services/tokens.server";
import type { NetworkId } from "~/domain/kernel/ids";
import { listSharedForms, type SharedForm } from "./queries.server";
import type { PublishFormRefusal } from "./refusals";

export type PublishInput = {
  readonly formCode: string;
  /** The version that was on the screen; 0 when there was none. */
  readonly known: number;
  readonly title: string;
  readonly bodyMd: string;
  readonly note: string;
};

/** Puts a version of a blank form online. Earlier versions stay. What it holds is blank by nature: the portal has no place for a filled one. */
export async function publishSharedForm(
  { db, clock, networkId, actor }: CommandContext,
  { formCode, known, title, bodyMd, note }: PublishInput,
): Promise<Decision<{ readonly version: number }, PublishFormRefusal>> {
  return writeTransaction(db, async (trx): Promise<Decision<{ readonly version: number }, PublishFormRefusal>> => {
    const current = (await listSharedForms(trx, networkId)).find((form) => form.formCode === formCode);
    if (current && current.title === title && current.bodyMd === bodyMd) {
      return current.version === known ? refuse("nothing-changed") : grant({ version: current.version });
    }
    if ((current?.version ?? 0) !== known) return refuse("changed-meanwhile");
    const version = known + 1;
    await trx
      .insertInto("sharedFormVersion")
      .values({
        ...{ id: clock.newId(), networkId, formCode, version, title, bodyMd, note },
        ...{ publishedBy: actor.personId, publishedAt: clock.now().toISOString() },
      })
      .execute();
    await recordAct(trx, clock, actingPerson(actor), {
      networkId,
      kind: "shared-form-published",
      payload: { formCode, version, title, contentSha256: sha256Hex(bodyMd) },
    });
    return grant({ version });
  });
}

/** One version of a form, the latest when none is asked for; null when there is none. */
export async function findSharedForm(
  db: Db,
  networkId: NetworkId,
  formCode: string,
  version: string | null,
): Promise<SharedForm | null> {
  const versions = (await listSharedForms(db, networkId)).filter((form) => form.formCode === formCode);
  return (version === null ? versions[0] : versions.find((form) => String(form.version) === version)) ?? null;
}
