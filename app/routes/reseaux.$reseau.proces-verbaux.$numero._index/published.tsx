import { Link } from "@remix-run/react";
import { NBSP } from "~/documents/french";
import { DocumentView } from "~/ui/document-view";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import type { PublishedPage } from "./published.server";

export function PublishedMinutes({ page }: { readonly page: PublishedPage }) {
  const home = `${page.list}/${page.number}`;
  return (
    <Page
      title={page.title}
      lead={`Procès-verbal n° ${page.number}, publié le ${page.publishedOn}.`}
      crumbs={[{ label: "Procès-verbaux", to: page.list }]}
      actions={
        <>
          <a href={`${home}.pdf`}>Télécharger en PDF</a>
          <a href={`${home}.md`}>Télécharger le texte (Markdown)</a>
          {page.seesFull && (
            <Link to={`${home}?complet`}>Version des membres, avec ses parties internes s’il y en a</Link>
          )}
          {page.mayRectify && <Link to={`${home}/rectifier`}>Publier un acte rectificatif</Link>}
        </>
      }
    >
      {page.acts.map((act) => (
        <Notice key={act.number} tone="pending" title={`Acte rectificatif n° ${act.number} du ${act.on}`}>
          <p>{act.text}</p>
          <p className="small">
            Le procès-verbal ci-dessous reste tel qu’il a été publié ; cet acte, inscrit au registre, le complète.
          </p>
        </Notice>
      ))}
      <DocumentView document={page.document} />
      <Section title="Vérifier ce procès-verbal" id="verifier">
        <p>
          Il ne change plus depuis sa publication. Son empreinte SHA-256, inscrite au registre des actes, est celle du
          fichier Markdown {page.acts.length === 0 ? "proposé au téléchargement" : "tel qu’il a été publié"} ; elle
          figure au pied de chaque page du PDF.
        </p>
        {page.acts.length > 0 && (
          <p>
            Les fichiers proposés en haut de la page portent en annexe les actes rectificatifs, hors de cette empreinte.
            Sans eux{NBSP}: <a href={`${home}.pdf?publie`}>PDF tel que publié</a>,{" "}
            <a href={`${home}.md?publie`}>Markdown tel que publié</a>.
          </p>
        )}
        <p className="fingerprint">{page.sha256}</p>
      </Section>
    </Page>
  );
}
