import type { ActionFunctionArgs } from "@remix-run/node";
import { readProse } from "~/documents/prose";
import { LONGEST_PROSE } from "~/domain/minutes/corrections";
import { openMinutes } from "./reseaux.$reseau.proces-verbaux.$numero._index/open-minutes.server";

/** How a text would read in the minutes, while it is typed. Nothing is recorded. */
export async function action(args: ActionFunctionArgs) {
  await openMinutes(args, "minutes.edit");
  const text = (await args.request.formData()).get("texte");
  return { content: typeof text === "string" ? readProse(text.slice(0, LONGEST_PROSE)) : [] };
}
