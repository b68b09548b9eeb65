import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDate, formatDateTime } from "~/documents/french";
import { ACCESS_LABELS, KIND_LABELS, OUTCOME_LABELS, standingSentence } from "~/features/library/messages.fr";
import { findPaper, listVersions, readableAccesses } from "~/features/library/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openPublicPage, requireParam } from "~/services/gate.server";
import { formatBytes } from "~/ui/documents";
import { ButtonLink } from "~/ui/forms";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Document : ${data.paper.title}` : "Document" },
];

const DONE: Record<string, string> = {
  range: "Le document est rangé. L’acte est au registre.",
  version: "La nouvelle version est ajoutée ; les précédentes restent.",
  fiche: "La fiche est enregistrée.",
  sort: "L’acte est enregistré, avec le visa des archives.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  const id = requireParam(args.params, "id");
  const accesses = readableAccesses(actor, network.id);
  const paper = await findPaper(getDb(), network.id, id, accesses, today(systemClock));
  if (!paper) throw notFound();
  return {
    root: `/reseaux/${network.slug}/documents`,
    paper,
    retention: standingSentence(paper.standing),
    isMember: can(actor, "library.read", { networkId: network.id }),
    mayWrite: can(actor, "library.write", { networkId: network.id }) && network.closedOn === null,
    versions: await listVersions(getDb(), network.id, id),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export default function PaperPage() {
  const { root, paper, retention, isMember, mayWrite, versions, done } = useLoaderData<typeof loader>();
  const here = `${root}/fiches/${paper.id}`;
  const isGone = paper.disposal?.outcome === "eliminated";
  const mayChange = mayWrite && paper.disposal === null;
  return (
    <Page
      title={paper.title}
      lead={`${KIND_LABELS[paper.kind]}, version ${paper.version}.`}
      crumbs={[{ label: "Documents", to: root }]}
      actions={
        <>
          {!isGone && (
            <a className="button" data-look="main" href={`${here}/versions/${paper.version}`} download>
              Télécharger ({formatBytes(paper.byteSize)})
            </a>
          )}
          {mayChange && (
            <>
              <ButtonLink to={`${here}/version`} look="quiet">
                Ajouter une version
              </ButtonLink>
              <ButtonLink to={`${here}/modifier`} look="quiet">
                Modifier la fiche
              </ButtonLink>
            </>
          )}
        </>
      }
    >
      {done && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {paper.disposal && (
        <Notice tone="neutral" title={OUTCOME_LABELS[paper.disposal.outcome]}>
          <p>
            Visa des archives : {paper.disposal.visaReference}, du {formatDate(paper.disposal.visaOn)}.{" "}
            {paper.disposal.reason}
          </p>
          {isGone && <p>Le fichier n’est plus conservé ; son empreinte et l’acte restent.</p>}
        </Notice>
      )}
      <Definitions
        entries={[
          { term: "Lecture", detail: ACCESS_LABELS[paper.access] },
          ...(isMember
            ? [
                {
                  term: "Conservation",
                  detail: `${retention} Règle du réseau, à valider avec les Archives départementales.`,
                },
                {
                  term: "Comptée depuis",
                  detail: paper.dutyStartsOn === null ? "Date non fixée" : formatDate(paper.dutyStartsOn),
                },
              ]
            : []),
        ]}
      />
      {mayChange && paper.standing.kind === "due" && (
        <p>
          <ButtonLink to={`${here}/sort`} look="quiet">
            Enregistrer son sort final
          </ButtonLink>
        </p>
      )}
      <Section title="Versions" id="versions">
        <Table
          narrow="stack"
          caption="Versions, la plus récente d’abord"
          captionHidden
          rows={versions}
          rowKey={({ number }) => String(number)}
          columns={[
            {
              key: "number",
              label: "Version",
              heading: true,
              cell: (version) =>
                isGone ? (
                  `Version ${version.number}`
                ) : (
                  <a href={`${here}/versions/${version.number}`} download>
                    Version {version.number}
                  </a>
                ),
            },
            { key: "note", label: "Ce qui change", cell: (version) => version.note },
            { key: "when", label: "Déposée", cell: (version) => formatDateTime(version.createdAt) },
            ...(isMember
              ? [{ key: "who", label: "Par", cell: (version: (typeof versions)[number]) => version.uploadedBy }]
              : []),
            {
              key: "sha",
              label: "Empreinte SHA-256",
              cell: (version) => <code className="hash">{version.sha256}</code>,
            },
          ]}
        />
      </Section>
    </Page>
  );
}
