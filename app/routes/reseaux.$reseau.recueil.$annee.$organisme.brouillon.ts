import type { ActionFunctionArgs } from "@remix-run/node";
import { readEntries, readSentFields } from "~/features/indicators/form";
import { stepMessage } from "~/features/indicators/messages.fr";
import { saveCells } from "~/features/indicators/submission-commands.server";
import { notFound } from "~/services/gate.server";
import { openSubmissionPage } from "~/services/submission-gate.server";
import type { DraftAnswer } from "~/ui/indicators/draft-saving";

/** What a page that is being filled sends by itself. */
export async function action(args: ActionFunctionArgs) {
  const { command, target } = await openSubmissionPage(args, "submission.fill");
  const fields = readSentFields(await args.request.text());
  if (fields === null) throw new Response("Champs illisibles.", { status: 400 });
  const decision = await saveCells(command, target, readEntries(fields));
  if (!decision.ok) {
    if (decision.refusal === "unknown-submission" || decision.refusal === "not-own-organization") throw notFound();
    return Response.json({ refusal: stepMessage(decision.refusal), conflicts: 0 } satisfies DraftAnswer);
  }
  return Response.json({ refusal: null, conflicts: decision.value.conflicts.length } satisfies DraftAnswer);
}
