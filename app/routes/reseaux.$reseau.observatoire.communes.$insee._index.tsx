import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { DocumentModel } from "~/documents/document-model";
import { loadSheetDocument } from "~/features/observatory/sheet.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { DocumentBlocks } from "~/ui/document-view";
import { ButtonLink } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page } from "~/ui/page";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view?.document.title ?? "Fiche communale" },
];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openPublicPage(args);
  const code = args.params["insee"] ?? "";
  const document = await loadSheetDocument(getDb(), network, code, today(systemClock));
  if (!document) throw notFound();
  return data({ root: `/reseaux/${network.slug}`, code, document }, publicCaching(viewer));
}

export default function CommuneSheetPage() {
  const { root, code, document } = useLoaderData<typeof loader>();
  const home = `${root}/observatoire/communes`;
  return (
    <Page
      title={document.title}
      lead={document.subtitle}
      crumbs={[{ label: "Fiches communales", to: home }]}
      actions={<ButtonLink to={`${home}/${code}.pdf`}>Télécharger la fiche (PDF)</ButtonLink>}
    >
      <ObservatoryNav root={root} />
      <DocumentBlocks blocks={(document as DocumentModel).blocks} />
    </Page>
  );
}
