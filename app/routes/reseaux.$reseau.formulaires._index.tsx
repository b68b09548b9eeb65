import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { NBSP } from "~/documents/french";
import { formatInstant } from "~/documents/meeting-words";
import { OPTIONAL_AID_FORM } from "~/documents/shared-form";
import { listSharedForms } from "~/features/indicators/queries.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ButtonLink } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Formulaires partagés" }];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const scope = { networkId: network.id };
  const forms = await listSharedForms(getDb(), network.id);
  return data(
    {
      forms: forms.map(({ id, formCode, version, title, note, publishedAt }) => ({
        ...{ id, formCode, version, title, note, publishedAt },
      })),
      root: `/reseaux/${network.slug}`,
      isMember: can(actor, "campaign.read", scope),
      mayPublish: can(actor, "shared-form.publish", scope),
    },
    publicCaching(viewer),
  );
}

export default function SharedFormsPage() {
  const { forms, root, isMember, mayPublish } = useLoaderData<typeof loader>();
  const current = forms.filter((form, index) => forms.findIndex((each) => each.formCode === form.formCode) === index);
  return (
    <Page
      title="Formulaires partagés"
      lead="Des formulaires vierges, communs aux CCAS du réseau, à imprimer ou à remplir chez soi."
      actions={
        mayPublish && (
          <ButtonLink to={`${root}/formulaires/${OPTIONAL_AID_FORM}/modifier`}>Publier une version</ButtonLink>
        )
      }
    >
      <IndicatorsNav isMember={isMember} />
      <Notice tone="info" title="Le portail ne garde aucun formulaire rempli">
        <p>
          Il n’y a ici que des modèles vierges, et aucun endroit pour déposer un formulaire rempli. Celui que vous
          remplissez va au CCAS de votre commune, qui le garde seul.
        </p>
      </Notice>
      {current.length === 0 ? (
        <EmptyState>
          <p>
            Aucun formulaire n’est encore publié. Le secrétariat du CCAS pilote publie le premier à partir du modèle.
          </p>
        </EmptyState>
      ) : (
        current.map(({ id, formCode, title, version, publishedAt }) => (
          <Section key={id} title={title}>
            <p>
              Version {version}, publiée le {formatInstant(publishedAt)}.
            </p>
            <p className="row">
              <ButtonLink to={`${root}/formulaires/${formCode}`}>Lire et imprimer</ButtonLink>
              <a href={`${root}/formulaires/${formCode}.odt`}>Télécharger en ODT</a>
              <a href={`${root}/formulaires/${formCode}.pdf`}>Télécharger en PDF</a>
            </p>
          </Section>
        ))
      )}
      {forms.length > current.length && (
        <Section title="Versions précédentes">
          <Table
            narrow="stack"
            caption="Toutes les versions, la plus récente d’abord"
            captionHidden
            columns={[
              {
                key: "version",
                label: "Version",
                heading: true,
                cell: ({ formCode, version, title }) => (
                  <Link to={`${root}/formulaires/${formCode}?version=${version}`}>
                    {title}, version{NBSP}
                    {version}
                  </Link>
                ),
              },
              { key: "at", label: "Publiée le", cell: ({ publishedAt }) => formatInstant(publishedAt) },
              { key: "note", label: "Ce qui change", cell: ({ note }) => note },
            ]}
            rows={forms}
            rowKey={({ id }) => id}
          />
        </Section>
      )}
    </Page>
  );
}
