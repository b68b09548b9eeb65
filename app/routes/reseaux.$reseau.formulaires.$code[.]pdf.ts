import type { LoaderFunctionArgs } from "@remix-run/node";
import { writeTypst } from "~/documents/typst-writer";
import { composeSharedForm } from "~/documents/shared-form";
import { formatInstant } from "~/documents/meeting-words";
import { findSharedForm } from "~/features/indicators/shared-forms.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { answerPdf } from "~/services/pdf.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openPublicPage(args);
  const version = new URL(args.request.url).searchParams.get("version");
  const form = await findSharedForm(getDb(), network.id, args.params["code"] ?? "", version);
  if (!form) throw notFound();
  const document = composeSharedForm({ ...form, network: network.name, publishedOn: formatInstant(form.publishedAt) });
  return answerPdf(writeTypst(document, { fingerprint: null }), `${form.formCode}-v${form.version}`);
}
