import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerTemplate } from "~/features/indicators/template.server";
import { notFound } from "~/services/gate.server";
import { openSubmissionPage } from "~/services/submission-gate.server";

export async function loader(args: LoaderFunctionArgs) {
  const { command, target } = await openSubmissionPage(args, "submission.fill");
  const file = await answerTemplate(command, target, "xlsx");
  if (!file) throw notFound();
  return file;
}
