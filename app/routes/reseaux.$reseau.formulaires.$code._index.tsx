import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { NBSP } from "~/documents/french";
import { formatInstant } from "~/documents/meeting-words";
import { findSharedForm } from "~/features/indicators/shared-forms.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage } from "~/services/gate.server";
import { renderMarkdown } from "~/services/markdown.server";
import { ButtonLink } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Page, Prose } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.title ?? "Formulaire" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  const params = new URL(args.request.url).searchParams;
  const form = await findSharedForm(getDb(), network.id, args.params["code"] ?? "", params.get("version"));
  if (!form) throw notFound();
  const scope = { networkId: network.id };
  return {
    ...{ title: form.title, version: form.version, publishedAt: form.publishedAt, note: form.note },
    html: renderMarkdown(form.bodyMd, { headingLevel: 1 }),
    page: `/reseaux/${network.slug}/formulaires/${form.formCode}`,
    query: params.get("version") === null ? "" : `?version=${form.version}`,
    root: `/reseaux/${network.slug}`,
    isMember: can(actor, "campaign.read", scope),
    mayPublish: can(actor, "shared-form.publish", scope),
    isPublished: params.get("fait") === "publie",
  };
}

export default function SharedFormPage() {
  const { title, version, publishedAt, html, page, query, root, isMember, mayPublish, isPublished } =
    useLoaderData<typeof loader>();
  return (
    <Page
      title={title}
      lead={`Formulaire vierge, version ${version}, publiée le ${formatInstant(publishedAt)}.`}
      crumbs={[{ label: "Formulaires", to: `${root}/formulaires` }]}
      actions={mayPublish && <ButtonLink to={`${page}/modifier`}>Publier une nouvelle version</ButtonLink>}
    >
      <IndicatorsNav isMember={isMember} />
      {isPublished && (
        <Notice tone="reached" role="status">
          <p>La version {version} est en ligne.</p>
        </Notice>
      )}
      <p className="screen-only">
        À imprimer depuis cette page, ou à télécharger{NBSP}: <a href={`${page}.odt${query}`}>ODT</a>,{" "}
        <a href={`${page}.pdf${query}`}>PDF</a>. Le portail ne garde aucun formulaire rempli.
      </p>
      <div className="blank-form">
        <Prose html={html} />
      </div>
    </Page>
  );
}
