import type { LoaderFunctionArgs } from "@remix-run/node";
import { writeOpenDocument } from "~/documents/open-document";
import { composeSharedForm } from "~/documents/shared-form";
import { formatInstant } from "~/documents/meeting-words";
import { findSharedForm } from "~/features/indicators/shared-forms.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { answerOpenDocument } from "~/services/open-document.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openPublicPage(args);
  const version = new URL(args.request.url).searchParams.get("version");
  const form = await findSharedForm(getDb(), network.id, args.params["code"] ?? "", version);
  if (!form) throw notFound();
  const document = composeSharedForm({ ...form, network: network.name, publishedOn: formatInstant(form.publishedAt) });
  return answerOpenDocument(writeOpenDocument(document), `${form.formCode}-v${form.version}`);
}
