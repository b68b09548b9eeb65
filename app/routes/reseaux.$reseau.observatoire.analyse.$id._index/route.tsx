import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { DocumentModel } from "~/documents/document-model";
import { count, formatDate } from "~/documents/french";
import { legalSentence } from "~/documents/needs-report";
import { can } from "~/domain/access/permissions";
import { presentationWindow, type PresentationStanding } from "~/domain/needs-analysis/legal-clock";
import { CLAIM_LABELS, PRESENTATION_LABELS, VERDICT_LABELS } from "~/features/needs-analysis/messages.fr";
import { listPresentations, readReport } from "~/features/needs-analysis/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { publicCaching } from "~/services/public-cache.server";
import { ReportChecks } from "~/ui/observatory/report-checks";
import { DocumentView } from "~/ui/document-view";
import { ButtonLink } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page, Section } from "~/ui/page";
import { Notice, Tag, type Tone } from "~/ui/status";
import { Table } from "~/ui/table";
import { openReport } from "./open-report.server";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view?.document.title ?? "Analyse des besoins sociaux" },
];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const DONE: Readonly<Record<string, string>> = {
  adoptee: "L’adoption est enregistrée : le rapport est figé et public.",
  enregistre: "Le chapitre est enregistré.",
  presentation: "La présentation est enregistrée.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor, report, root, home, isMember } = await openReport(args);
  const db = getDb();
  const now = today(systemClock);
  const reading = report.adoption ? null : await readReport(db, network, report, now);
  const boards = await listPresentations(db, network.id, report, now);
  const scope = { networkId: network.id };
  const isDraft = report.status === "draft";
  return data(
    {
      ...{ root, home, isMember, isDraft },
      mayWrite: isDraft && can(actor, "analysis.write", scope),
      mayManage: can(actor, "analysis.manage", scope),
      mayAdopt: isDraft && can(actor, "analysis.adopt", scope),
      done: viewer ? (DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null) : null,
      document: report.adoption?.document ?? reading?.document ?? EMPTY,
      fingerprint: report.adoption?.fingerprint ?? null,
      legal: legalSentence(report.renewalYear),
      until: formatDate(presentationWindow(report.renewalYear).until),
      chapters: report.chapters.map(({ id, title, markdown, updatedBy, revision }) => ({
        ...{ id, title, updatedBy },
        isEmpty: markdown.trim() === "",
        isTouched: revision > 0,
      })),
      checks: (reading?.checks ?? []).map(({ chapterId, title, claims, changes, absent, figures }) => ({
        ...{ chapterId, title, absent },
        changes: changes.map((change) => ({ ...change, label: figures[change.raw]?.label ?? change.raw })),
        claims: claims.map(({ sentence, words, kind, verdict, movements, compared }) => ({
          ...{ words, compared, isFalse: verdict === "false" },
          sentence: Object.entries(figures).reduce((told, [raw, { text }]) => told.replaceAll(raw, text), sentence),
          claims: CLAIM_LABELS[kind],
          verdict: VERDICT_LABELS[verdict],
          movements: movements.map(({ raw, movement }) => ({ label: figures[raw]?.label ?? raw, ...movement })),
        })),
      })),
      partners: report.partners.length,
      boards: boards.map(({ seatId, label, plannedOn, presentedOn, reference, standing }) => ({
        ...{ seatId, label, reference, standing },
        standingLabel: PRESENTATION_LABELS[standing],
        on: presentedOn ?? plannedOn,
        date: presentedOn === null ? (plannedOn === null ? "" : formatDate(plannedOn)) : formatDate(presentedOn),
      })),
    },
    publicCaching(viewer),
  );
}

const EMPTY: DocumentModel = {
  ...{ language: "fr", title: "", subtitle: "", issuer: "", reference: "", date: "", standing: null, blocks: [] },
};

const TONES: Record<PresentationStanding, Tone> = {
  presented: "reached",
  "presented-early": "pending",
  "presented-late": "missed",
  planned: "info",
  "planned-early": "pending",
  "planned-late": "missed",
  "to-plan": "pending",
  overdue: "missed",
};

export default function ReportPage() {
  const view = useLoaderData<typeof loader>();
  const { root, home, isDraft, isMember, mayWrite, mayManage, mayAdopt, document, boards, checks, chapters } = view;
  const presented = boards.filter(({ standing }) => standing.startsWith("presented")).length;
  const falseClaims = checks.flatMap(({ claims }) => claims).filter(({ isFalse }) => isFalse).length;
  return (
    <Page
      title={document.title}
      lead={
        isDraft
          ? `En préparation. À présenter à chaque conseil d’administration avant le ${view.until} ; ${count(presented, "présentation faite", "présentations faites")} sur ${boards.length}.`
          : `Adoptée le ${document.date}. ${count(presented, "présentation faite", "présentations faites")} sur ${boards.length}.`
      }
      crumbs={[{ label: "Analyse des besoins sociaux", to: `${root}/observatoire/analyse` }]}
      actions={
        <>
          <ButtonLink to={`${home}.pdf`}>Télécharger (PDF)</ButtonLink>
          {mayAdopt && (
            <ButtonLink to={`${home}/adopter`} look="quiet">
              Enregistrer l’adoption
            </ButtonLink>
          )}
        </>
      }
    >
      <ObservatoryNav root={root} />
      {view.done && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      {isDraft && (
        <Section title="À relire" id="a-relire">
          {checks.length === 0 ? (
            <p>
              Aucune phrase n’est contredite par les chiffres, aucun chiffre ne manque, et aucun n’a changé depuis que
              les chapitres ont été enregistrés.
            </p>
          ) : (
            <>
              {falseClaims > 0 && (
                <Notice
                  tone="missed"
                  title={`${count(falseClaims, "phrase contredite", "phrases contredites")} par les chiffres`}
                />
              )}
              <ReportChecks checks={checks} home={home} mayWrite={mayWrite} />
            </>
          )}
        </Section>
      )}
      {isDraft && (
        <Section title="Chapitres" id="chapitres">
          <ol>
            {chapters.map(({ id, title, isEmpty, isTouched, updatedBy }) => (
              <li key={id}>
                {mayWrite ? <Link to={`${home}/chapitres/${id}`}>{title}</Link> : title}{" "}
                {isEmpty ? (
                  <Tag tone="pending">à écrire</Tag>
                ) : isTouched ? (
                  <span className="soft">dernier texte&nbsp;: {updatedBy}</span>
                ) : (
                  <span className="soft">texte proposé</span>
                )}
              </li>
            ))}
          </ol>
          {mayWrite && (
            <p>
              <Link to={`${home}/chapitres/nouveau`}>Ajouter un chapitre</Link> ou{" "}
              <Link to={`${home}/chapitres`}>changer l’ordre, retirer un chapitre</Link>
            </p>
          )}
        </Section>
      )}
      <Section title="Présentation aux conseils d’administration" id="presentations">
        <p>{view.legal}</p>
        <Table
          caption="Où en est chaque CCAS"
          captionHidden
          narrow="stack"
          columns={[
            { key: "ccas", label: "CCAS", heading: true, cell: ({ label }) => label },
            {
              key: "etat",
              label: "État",
              cell: ({ standing, standingLabel }) => <Tag tone={TONES[standing]}>{standingLabel}</Tag>,
            },
            { key: "date", label: "Date", cell: ({ date }) => date },
            { key: "acte", label: "Référence", cell: ({ reference }) => reference },
          ]}
          rows={boards}
          rowKey={({ seatId }) => seatId}
        />
        {mayManage && (
          <p>
            <Link to={`${home}/presentations`}>Prévoir ou noter une présentation</Link>
          </p>
        )}
        {mayManage && isDraft && (
          <p>
            <Link to={`${home}/partenaires`}>Partenaires consultés ({view.partners})</Link>
          </p>
        )}
      </Section>
      <DocumentView document={document as DocumentModel} />
      {view.fingerprint && (
        <p className="document-note">
          Empreinte SHA-256 du rapport adopté&nbsp;: <code>{view.fingerprint}</code>
        </p>
      )}
      {isMember && !isDraft && (
        <p className="soft">
          Les chiffres de ce rapport sont ceux de son adoption. L’observatoire montre ceux d’aujourd’hui.
        </p>
      )}
    </Page>
  );
}
