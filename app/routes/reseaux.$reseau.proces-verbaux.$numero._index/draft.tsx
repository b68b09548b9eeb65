import { Form, Link } from "@remix-run/react";
import { formatDate, formatLongDate } from "~/documents/french";
import { DocumentView } from "~/ui/document-view";
import { Button, ButtonLink } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import type { DraftPage } from "./draft.server";

export function DraftMinutes({ page, refusal }: { readonly page: DraftPage; readonly refusal: string | null }) {
  return (
    <Page title={page.title} crumbs={[{ label: "Procès-verbaux", to: page.list }]}>
      {refusal && (
        <Notice tone="missed" role="alert" title="Le procès-verbal n’a pas été soumis">
          <p>{refusal}</p>
        </Notice>
      )}
      {page.done && (
        <Notice tone="reached" role="status">
          <p>{page.done}</p>
        </Notice>
      )}
      <StateNotice page={page} />
      <NextActs page={page} />
      {page.state !== "published" && <Checklist page={page} />}
      <DocumentView document={page.document} />
      <Signatures page={page} />
    </Page>
  );
}

function StateNotice({ page }: { readonly page: DraftPage }) {
  const sentence = {
    draft: page.isMeetingClosed
      ? "Le secrétariat rédige ; les corrections s’ouvriront quand le projet sera soumis."
      : "La séance n’est pas levée : les faits s’ajoutent à mesure qu’ils sont enregistrés.",
    "in-review": page.isBeingVoted
      ? "Le comité vote en ce moment sur ce procès-verbal : son texte ne change plus."
      : "Les personnes qui ont assisté à la séance peuvent demander des corrections. Le comité l’arrêtera par un vote à sa prochaine séance.",
    adopted:
      "Le comité l’a arrêté : son texte ne change plus. La présidence et le secrétariat de la séance le signent.",
    signed: "Il est arrêté et signé. Le secrétariat du CCAS pilote le publie.",
    published: "Il est publié. Cette version complète contient les parties internes et n’est pas publique.",
  }[page.state];
  return (
    <Notice
      tone={page.isOverdue ? "missed" : page.state === "published" ? "reached" : "pending"}
      title={`${page.stateLabel} · n° ${page.number}`}
    >
      <p>{sentence}</p>
      {page.adoption && (
        <p>
          Arrêté le {formatDate(page.adoption.on)}, à la séance n° {page.adoption.meeting}.
        </p>
      )}
      {page.clock && <p>{page.clock}</p>}
      {page.pendingCorrections > 0 && page.state === "in-review" && (
        <p>
          <Link to={`${page.home}/corrections`}>
            {page.pendingCorrections === 1
              ? "Une demande de correction attend une réponse"
              : `${page.pendingCorrections} demandes de correction attendent une réponse`}
          </Link>
          .
        </p>
      )}
    </Notice>
  );
}

function NextActs({ page }: { readonly page: DraftPage }) {
  return (
    <div className="row screen-only section">
      {page.mayEdit && <ButtonLink to={`${page.home}/rediger`}>Rédiger</ButtonLink>}
      {page.mayCorrect && <ButtonLink to={`${page.home}/corrections`}>Demander une correction</ButtonLink>}
      {page.maySign && <ButtonLink to={`${page.home}/signer`}>Relire et signer</ButtonLink>}
      {page.mayPublish && <ButtonLink to={`${page.home}/publier`}>Publier le procès-verbal</ButtonLink>}
      {page.seesCorrections && <Link to={`${page.home}/corrections`}>Corrections</Link>}
      <a href={`${page.home}.pdf${page.state === "published" ? "?complet" : ""}`}>PDF</a>
      <a href={`${page.home}.md${page.state === "published" ? "?complet" : ""}`}>Markdown</a>
      <Link to={page.meetingPage}>Séance du {formatLongDate(page.meetingDate)}</Link>
    </div>
  );
}

function Checklist({ page }: { readonly page: DraftPage }) {
  const missing = page.checklist.filter(({ status }) => status === "missing");
  return (
    <Section title="Ce que le procès-verbal doit contenir" id="elements">
      {missing.length === 0 ? (
        <p>
          <Tag tone="reached">Complet</Tag> Tous les éléments demandés sont là (CGCT, art. L.2121-15, par analogie).
        </p>
      ) : (
        <>
          <p>
            <Tag tone="missed">Incomplet</Tag> Tant qu’il manque un élément, le procès-verbal ne peut être ni soumis ni
            arrêté (CGCT, art. L.2121-15, par analogie). Il manque&nbsp;:
          </p>
          <ul>
            {missing.map(({ label, element }) => (
              <li key={element}>
                {PROSE_ELEMENTS.has(element) && page.mayEdit ? (
                  <Link to={`${page.home}/rediger`}>{label}</Link>
                ) : (
                  <Link to={page.meetingPage}>{label}</Link>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>Voir les dix éléments</summary>
        <ul className="plain-list">
          {page.checklist.map(({ label, status, element }) => (
            <li key={element}>
              <Tag tone={status === "present" ? "reached" : status === "missing" ? "missed" : "neutral"}>
                {status === "present" ? "Présent" : status === "missing" ? "Manquant" : "Sans objet"}
              </Tag>{" "}
              {label}
            </li>
          ))}
        </ul>
      </details>
      {page.maySubmit && page.isMeetingClosed && page.isComplete && (
        <details className="section">
          <summary>Soumettre aux corrections</summary>
          <p>
            Le texte ne se rédigera plus librement : il ne changera que par une correction demandée par une personne qui
            a assisté à la séance et acceptée par le secrétariat. Un courriel part à chacune d’elles.
          </p>
          <Form method="post" action="?index">
            <Button name="intent" value="soumettre">
              Soumettre le procès-verbal aux corrections
            </Button>
          </Form>
        </details>
      )}
    </Section>
  );
}

const PROSE_ELEMENTS = new Set<string>(["discussions", "decisions-and-reports"]);

function Signatures({ page }: { readonly page: DraftPage }) {
  if (page.sha256 === null) return null;
  return (
    <Section title="Signatures et empreinte" id="empreinte">
      {page.signatures.length === 0 ? (
        <p>Personne n’a encore signé.</p>
      ) : (
        <ul>
          {page.signatures.map(({ role, name, at }) => (
            <li key={role}>
              {role}&nbsp;: {name}, le {at}
            </li>
          ))}
        </ul>
      )}
      <p>Empreinte SHA-256 du texte complet, celle que chaque signature enregistre&nbsp;:</p>
      <p className="fingerprint">{page.sha256}</p>
    </Section>
  );
}
