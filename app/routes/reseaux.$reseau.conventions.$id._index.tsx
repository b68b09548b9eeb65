import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { isExecutory } from "~/domain/agreement/clause";
import { computeAppealDeadline } from "~/domain/agreement/notice";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import {
  articleWords,
  capital,
  CLAUSE_KIND_LABELS,
  explainAppeal,
  explainNotice,
  NOTICE_STATES,
  PURPOSE_LABELS,
  ruleWords,
  STANDING_LABELS,
} from "~/documents/agreement-words";
import { formatDate, NBSP } from "~/documents/french";
import {
  addAnnexVersion,
  chooseReading,
  recordBilan,
  recordPartyLeft,
  renewAgreement,
  signAgreement,
} from "~/features/agreements/encode.server";
import {
  annexSchema,
  bilanSchema,
  leaveSchema,
  parseForm,
  readingSchema,
  renewSchema,
  signSchema,
} from "~/features/agreements/form";
import {
  AMENDMENT_LABELS,
  habilitationWords,
  KIND_LABELS,
  partyMessage,
  readingMessage,
  recordMessage,
  renewMessage,
  signMessage,
} from "~/features/agreements/messages.fr";
import { listAdoptedDecisions, loadAgreementPage } from "~/features/agreements/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { AMENDMENT_TONES, NOTICE_TONES, STANDING_TONES } from "~/ui/agreement/tones";
import { ActKey, Button, ButtonLink } from "~/ui/forms";
import { Definitions, EmptyState, Page, Prose, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Convention : ${view.view.agreement.title}` : "Convention" },
];

const DONE: Readonly<Record<string, string>> = {
  encodee: "La convention est encodée, en projet.",
  modifiee: "Le projet est modifié.",
  signee: "La signature est notée : la convention compte désormais.",
  suivante:
    "La convention suivante est préparée, avec le même texte. Vérifiez-la, puis notez les délibérations et la signature.",
  depart: "Le départ est noté.",
  bilan: "Le bilan est au dossier.",
  annexe: "La nouvelle version de l’annexe est enregistrée ; les précédentes restent.",
  clause: "La clause suit désormais l’avenant : obligations et échéances sont recalculées.",
  lecture: "La lecture retenue par le comité est enregistrée.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "agreement.read");
  const view = await loadAgreementPage(command.db, network.id, requireParam(args.params, "id"), today(systemClock));
  if (!view) throw notFound();
  const mayRecord = can(viewer, "agreement.record", { networkId: network.id });
  return {
    view,
    mayRecord,
    decisions: mayRecord ? await listAdoptedDecisions(command.db, network.id) : [],
    root: `/reseaux/${network.slug}`,
    day: today(systemClock),
    actKey: systemClock.newId(),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const id = requireParam(args.params, "id");
  const { network, command } = await openMemberPage(args, "agreement.record");
  const page = `/reseaux/${network.slug}/conventions/${id}`;
  const form = await args.request.formData();
  const done = (word: string, to = page) => redirect(`${to}?fait=${word}`, 303);
  const refused = (message: string, status: 400 | 409) => data({ message }, { status });
  const incomplete = (errors: Record<string, string[] | null> | undefined) =>
    refused(
      Object.values(errors ?? {})
        .flatMap((texts) => texts ?? [])
        .join(" "),
      400,
    );
  switch (String(form.get("acte"))) {
    case "signer": {
      const submission = parseForm(form, signSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const decision = await signAgreement(command, id, submission.value.signedOn);
      return decision.ok ? done("signee") : refused(signMessage(decision.refusal), 409);
    }
    case "renouveler": {
      const submission = parseForm(form, renewSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const decision = await renewAgreement(command, id, submission.value);
      if (!decision.ok) return refused(renewMessage(decision.refusal), 409);
      return done("suivante", `/reseaux/${network.slug}/conventions/${decision.value.agreementId}`);
    }
    case "depart": {
      const submission = parseForm(form, leaveSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const decision = await recordPartyLeft(command, id, submission.value);
      return decision.ok ? done("depart") : refused(partyMessage(decision.refusal), 409);
    }
    case "bilan": {
      const submission = parseForm(form, bilanSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const decision = await recordBilan(command, id, submission.value);
      return decision.ok ? done("bilan") : refused(recordMessage(decision.refusal), 409);
    }
    case "annexe": {
      const submission = parseForm(form, annexSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { annexKey, cle, ...annex } = submission.value;
      const decision = await addAnnexVersion(command, id, {
        ...annex,
        cle,
        annexKey: annexKey === "" ? cle : annexKey,
      });
      return decision.ok ? done("annexe") : refused(recordMessage(decision.refusal), 409);
    }
    case "lecture": {
      const submission = parseForm(form, readingSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const decision = await chooseReading(command, id, submission.value);
      return decision.ok ? done("lecture") : refused(readingMessage(decision.refusal), 409);
    }
    default:
      throw new Response("", { status: 400 });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Part = { readonly loaded: Loaded };

export default function AgreementPage() {
  const loaded = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.message;
  const { view, root, done, mayRecord } = loaded;
  const { agreement } = view;
  const { standing, signedOn } = agreement;
  const state = signedOn === null ? "draft" : (standing?.state ?? "draft");
  const page = `${root}/conventions/${agreement.id}`;
  return (
    <Page
      title={agreement.title}
      lead={`${KIND_LABELS[agreement.kind]}, effet le ${formatDate(agreement.effectOn)}`}
      crumbs={[{ label: "Conventions", to: `${root}/conventions` }]}
      actions={
        mayRecord && (
          <>
            {signedOn === null && <ButtonLink to={`${page}/modifier`}>Modifier le projet</ButtonLink>}
            {signedOn !== null && state !== "expired" && state !== "terminated" && (
              <ButtonLink to={`${page}/avenants/nouveau`}>Préparer un avenant</ButtonLink>
            )}
            {signedOn !== null && (
              <ButtonLink look="quiet" to={`${page}/preavis`}>
                Noter un courrier de fin
              </ButtonLink>
            )}
          </>
        )
      }
    >
      <AgreementNav root={root} />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {refusal !== undefined && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{refusal}</p>
        </Notice>
      )}
      <p className="row">
        <Tag tone={STANDING_TONES[state]}>{state === "draft" ? "Projet, non signée" : STANDING_LABELS[state]}</Tag>
        {agreement.isSupposed && <Tag tone="info">Supposée par la démonstration</Tag>}
      </p>
      {view.noteHtml !== null && <Prose html={view.noteHtml} />}
      {view.retroactiveDays > 0 && (
        <Notice tone="pending" title="Effet rétroactif">
          <p>
            La convention prend effet {view.retroactiveDays}
            {NBSP}jours avant sa signature.
          </p>
        </Notice>
      )}
      <Section title="Durée" id="duree">
        {view.reasoning.length === 0 ? (
          <p>Aucune clause ne dit la durée.</p>
        ) : (
          <ul>
            {view.reasoning.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        {mayRecord && standing?.otherReading && <ReadingForm loaded={loaded} />}
      </Section>
      <Parties loaded={loaded} />
      <Acts loaded={loaded} />
      <Text loaded={loaded} />
      <Amendments loaded={loaded} />
      <Notices loaded={loaded} />
      <Annexes loaded={loaded} />
      <Chain loaded={loaded} />
      <Contradictions loaded={loaded} />
      {mayRecord && signedOn === null && (
        <Section title="Signature" id="signature">
          <p>La convention compte une fois signée ; chaque partie doit avoir sa délibération, datée et numérotée.</p>
          <Form method="post">
            <input type="hidden" name="acte" value="signer" />
            <div className="field">
              <label htmlFor="signee-le">Signée le</label>
              <input id="signee-le" name="signedOn" type="date" defaultValue={loaded.day} data-width="short" />
            </div>
            <Button>Noter la signature</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}

function ReadingForm({ loaded: { decisions } }: Part) {
  return (
    <details className="panel">
      <summary>Noter la lecture que le comité a retenue</summary>
      {decisions.length === 0 ? (
        <p>Le comité doit d’abord voter : inscrivez un point « convention » à l’ordre du jour.</p>
      ) : (
        <Form method="post">
          <input type="hidden" name="acte" value="lecture" />
          <fieldset className="field">
            <legend>Lecture retenue</legend>
            <label className="choice">
              <input type="radio" name="decided" value="indefinite" />
              <span>Durée indéterminée après la première période</span>
            </label>
            <label className="choice">
              <input type="radio" name="decided" value="same-term" />
              <span>Reconduite chaque fois pour la même durée</span>
            </label>
          </fieldset>
          <DecisionField id="lecture-decision" decisions={decisions} />
          <Button>Enregistrer la lecture</Button>
        </Form>
      )}
    </details>
  );
}

function DecisionField({ id, decisions }: { readonly id: string; readonly decisions: Loaded["decisions"] }) {
  return (
    <div className="field">
      <label htmlFor={id}>Décision du comité</label>
      <select id={id} name="pollId" defaultValue="">
        <option value="">Choisir une décision adoptée</option>
        {decisions.map(({ pollId, label }) => (
          <option key={pollId} value={pollId}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Parties({ loaded: { view, mayRecord, day } }: Part) {
  const { agreement, faults } = view;
  const staying = agreement.parties.filter(({ leftOn }) => leftOn === null);
  return (
    <Section title="Parties et signatures" id="parties">
      {agreement.signedOn !== null && (
        <p>
          Signée le {formatDate(agreement.signedOn)}
          {agreement.place === "" ? "" : `, à ${agreement.place}`}.
        </p>
      )}
      {faults.length > 0 && (
        <Notice tone="pending" title="Habilitations à compléter">
          <ul>
            {faults.map((fault) => (
              <li key={habilitationWords(fault)}>{habilitationWords(fault)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Table
        caption="Parties, qui signe et par quel pouvoir"
        captionHidden
        narrow="stack"
        columns={[
          { key: "label", label: "Partie", heading: true, cell: (party) => party.label },
          { key: "office", label: "Signe", cell: (party) => party.office },
          {
            key: "deliberation",
            label: "Délibération",
            cell: (party) =>
              party.deliberationOn === null
                ? party.needsHabilitation
                  ? "à noter"
                  : "sans objet"
                : `${party.board}, ${formatDate(party.deliberationOn)} (${party.deliberationNumber})`,
          },
          {
            key: "chain",
            label: "Délégations",
            cell: (party) =>
              party.chain.length === 0 ? (
                ""
              ) : (
                <ol>
                  {party.chain.map((link) => (
                    <li key={link.act}>
                      {link.act}, {formatDate(link.on)}
                      {NBSP}: de {link.from} à {link.to}
                    </li>
                  ))}
                </ol>
              ),
          },
          { key: "left", label: "Départ", cell: (party) => (party.leftOn === null ? "" : formatDate(party.leftOn)) },
        ]}
        rows={agreement.parties}
        rowKey={(party) => party.id}
      />
      {mayRecord && agreement.signedOn !== null && staying.length > 1 && (
        <details className="panel">
          <summary>Noter le départ d’une partie</summary>
          <Form method="post">
            <input type="hidden" name="acte" value="depart" />
            <div className="field">
              <label htmlFor="depart-partie">Partie</label>
              <select id="depart-partie" name="partyId" defaultValue="">
                <option value="">Choisir</option>
                {staying.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
            </div>
            <div className="field">
              <label htmlFor="depart-jour">Dernier jour comme partie</label>
              <input id="depart-jour" name="leftOn" type="date" defaultValue={day} data-width="short" />
            </div>
            <p>Son conseil ne comptera plus pour les avenants après ce jour. Ce départ ne s’efface pas.</p>
            <Button>Noter le départ</Button>
          </Form>
        </details>
      )}
    </Section>
  );
}

function Acts({ loaded: { view } }: Part) {
  const { acts } = view.agreement.content;
  if (acts.length === 0) return null;
  return (
    <Section title="Actes qui autorisent" id="actes">
      {acts.map((act) => {
        const published = act.publishedOn === null ? null : parsePlainDate(act.publishedOn);
        return (
          <div key={act.number}>
            <h3>
              {act.label} {act.number}
            </h3>
            <p>
              <Tag tone={isExecutory(act) ? "reached" : "pending"}>
                {isExecutory(act) ? "Exécutoire" : "Caractère exécutoire non établi"}
              </Tag>
            </p>
            <Definitions
              entries={[
                { term: "Signée le", detail: formatOptional(act.signedOn) },
                { term: "Transmise le", detail: formatOptional(act.transmittedOn) },
                { term: "Publiée le", detail: formatOptional(act.publishedOn) },
                { term: "Vu", detail: <TextList texts={act.grounds} /> },
                { term: "Décide", detail: <TextList texts={act.articles} /> },
                ...(act.appeal === null
                  ? []
                  : [
                      {
                        term: "Recours",
                        detail: (
                          <TextList
                            texts={[
                              `${act.appeal.court}.`,
                              ...(published === null
                                ? []
                                : explainAppeal(
                                    published,
                                    act.appeal.months,
                                    computeAppealDeadline(published, act.appeal.months),
                                  )),
                            ]}
                          />
                        ),
                      },
                    ]),
              ]}
            />
          </div>
        );
      })}
    </Section>
  );
}

function formatOptional(date: string | null): string {
  const read = date === null ? null : parsePlainDate(date);
  return read === null ? "date non indiquée" : formatDate(read);
}

function TextList({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul>
      {texts.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}

function Text({ loaded: { view, mayRecord, root } }: Part) {
  const { content, amendments } = view.agreement;
  const amended = amendments.flatMap(({ standing, changes }) =>
    standing.state === "effective" ? changes.map(({ article }) => article) : [],
  );
  return (
    <Section title="Articles et clauses" id="articles">
      {content.articles.length === 0 ? (
        <EmptyState>
          <p>Aucun article n’est encore entré.</p>
        </EmptyState>
      ) : (
        content.articles.map((article) => (
          <article key={article.number} className="agreement-article" id={`art-${article.number.replace(/\s/g, "-")}`}>
            <h3>
              {capital(articleWords(article.number))} — {article.title}
            </h3>
            {view.protectedArticles.includes(article.number) && (
              <p>
                <Tag tone="info">Un avenant ne peut pas le toucher</Tag>
              </p>
            )}
            <p className="agreement-text">{article.text}</p>
            <ul className="clauses">
              {content.clauses
                .filter((clause) => clause.article === article.number)
                .map((clause) => (
                  <li key={clause.key}>
                    <strong>{clause.title}</strong> <Tag>{CLAUSE_KIND_LABELS[clause.rule.kind]}</Tag>
                    <br />
                    {clause.sentence}
                    {clause.rule.kind !== "standing" && <span className="soft"> ({ruleWords(clause.rule)})</span>}
                    {mayRecord && amended.includes(article.number) && clause.rule.kind !== "standing" && (
                      <>
                        {" "}
                        <Link to={`${root}/conventions/${view.agreement.id}/clause?clause=${clause.key}`}>
                          Mettre en accord avec l’avenant<span className="visually-hidden"> : {clause.title}</span>
                        </Link>
                      </>
                    )}
                  </li>
                ))}
            </ul>
          </article>
        ))
      )}
    </Section>
  );
}

function Amendments({ loaded: { view, root } }: Part) {
  const { agreement } = view;
  if (agreement.amendments.length === 0) return null;
  return (
    <Section title="Avenants" id="avenants">
      <Table
        caption="Avenants de la convention"
        captionHidden
        columns={[
          {
            key: "title",
            label: "Avenant",
            heading: true,
            cell: (one) => (
              <Link to={`${root}/conventions/${agreement.id}/avenants/${one.id}`}>
                n°{NBSP}
                {one.number}, {one.title}
              </Link>
            ),
          },
          {
            key: "articles",
            label: "Articles",
            cell: (one) => one.changes.map(({ article }) => article).join(", "),
          },
          {
            key: "boards",
            label: "Conseils",
            cell: (one) => `${one.standing.approved} sur ${one.standing.needed}`,
          },
          {
            key: "state",
            label: "État",
            cell: (one) => (
              <Tag tone={AMENDMENT_TONES[one.standing.state]}>
                {AMENDMENT_LABELS[one.standing.state]}
                {one.standing.effectiveOn === null ? "" : ` depuis le ${formatDate(one.standing.effectiveOn)}`}
              </Tag>
            ),
          },
        ]}
        rows={agreement.amendments}
        rowKey={(one) => one.id}
      />
    </Section>
  );
}

function Notices({ loaded: { view, root } }: Part) {
  const { agreement } = view;
  if (agreement.notices.length === 0) return null;
  return (
    <Section title="Courriers de fin" id="courriers">
      {agreement.notices.map((notice) => (
        <div key={notice.id} className="agreement-article">
          <h3>
            {PURPOSE_LABELS[notice.purpose] ?? "Courrier"} du {formatDate(notice.sentOn)}
          </h3>
          <p>
            <Tag tone={NOTICE_TONES[notice.state]}>{NOTICE_STATES[notice.state]}</Tag>
          </p>
          {notice.reason !== "" && <p>{notice.reason}</p>}
          {notice.answer !== null && <TextList texts={explainNotice(notice.answer)} />}
          <p>
            <Link to={`${root}/conventions/${agreement.id}/preavis`}>Suivre ce courrier</Link>
          </p>
        </div>
      ))}
    </Section>
  );
}

function Annexes({ loaded: { view, mayRecord, day, actKey } }: Part) {
  const { annexes } = view;
  const latest = annexes.filter((annex, index) => annexes[index - 1]?.annexKey !== annex.annexKey);
  if (annexes.length === 0 && !mayRecord) return null;
  return (
    <Section title="Annexes" id="annexes">
      {latest.map((annex) => (
        <div key={annex.id} className="agreement-article">
          <h3>{annex.title}</h3>
          <p className="soft">
            Version {annex.version} du {formatDate(annex.datedOn)}
            {NBSP}: {annex.reason}
          </p>
          <Prose html={annex.html} />
          {annexes.some((one) => one.annexKey === annex.annexKey && one.id !== annex.id) && (
            <details className="panel">
              <summary>Versions précédentes</summary>
              {annexes
                .filter((one) => one.annexKey === annex.annexKey && one.id !== annex.id)
                .map((one) => (
                  <div key={one.id}>
                    <p className="soft">
                      Version {one.version} du {formatDate(one.datedOn)}
                      {NBSP}: {one.reason}
                    </p>
                    <Prose html={one.html} />
                  </div>
                ))}
            </details>
          )}
        </div>
      ))}
      {mayRecord && (
        <details className="panel">
          <summary>Ajouter une annexe ou une nouvelle version</summary>
          <p>Une annexe évolue sans avenant quand le texte le permet ; chaque version reste lisible.</p>
          <Form method="post">
            <input type="hidden" name="acte" value="annexe" />
            <ActKey value={actKey} />
            <div className="field">
              <label htmlFor="annexe-cle">Annexe</label>
              <select id="annexe-cle" name="annexKey" defaultValue="">
                <option value="">Une nouvelle annexe</option>
                {latest.map((annex) => (
                  <option key={annex.annexKey} value={annex.annexKey}>
                    Nouvelle version de « {annex.title} »
                  </option>
                ))}
              </select>
            </div>
            <Line id="annexe-titre" name="title" label="Titre" />
            <Line id="annexe-date" name="datedOn" label="Datée du" type="date" value={day} />
            <Line id="annexe-motif" name="reason" label="Ce qui change" />
            <Area id="annexe-texte" name="body" label="Texte" />
            <Button>Enregistrer la version</Button>
          </Form>
        </details>
      )}
    </Section>
  );
}

function Chain({ loaded: { view, mayRecord, root, day, actKey } }: Part) {
  const { agreement, chain, parent, children, bilans, next } = view;
  return (
    <Section title="Renouvellements et bilans" id="bilans">
      <Table
        caption="Chaîne des conventions"
        narrow="stack"
        columns={[
          {
            key: "title",
            label: "Convention",
            heading: true,
            cell: (one) =>
              one.id === agreement.id ? (
                <>
                  {formatDate(one.effectOn)} <span className="soft">(celle-ci)</span>
                </>
              ) : (
                <Link to={`${root}/conventions/${one.id}`}>{formatDate(one.effectOn)}</Link>
              ),
          },
          {
            key: "end",
            label: "Dernier jour",
            cell: (one) => (one.endsOn === null ? "sans terme" : formatDate(one.endsOn)),
          },
          { key: "bilan", label: "Bilan", cell: (one) => (one.bilans.length === 0 ? "aucun" : one.bilans.join(", ")) },
          {
            key: "supposed",
            label: "Remarque",
            cell: (one) => (one.isSupposed ? "supposée par la démonstration" : ""),
          },
        ]}
        rows={chain}
        rowKey={(one) => one.id}
      />
      {parent && (
        <p>
          Décline la convention cadre <Link to={`${root}/conventions/${parent.id}`}>{parent.title}</Link>.
        </p>
      )}
      {children.length > 0 && (
        <>
          <p>Déclinée par{NBSP}:</p>
          <ul>
            {children.map((child) => (
              <li key={child.id}>
                <Link to={`${root}/conventions/${child.id}`}>{child.title}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {bilans.map((bilan) => (
        <div key={bilan.id} className="agreement-article">
          <h3>
            {bilan.title}, {formatDate(bilan.establishedOn)}
          </h3>
          {bilan.html !== null && <Prose html={bilan.html} />}
        </div>
      ))}
      {mayRecord && (
        <details className="panel">
          <summary>Mettre un bilan au dossier</summary>
          <Form method="post">
            <input type="hidden" name="acte" value="bilan" />
            <ActKey value={actKey} />
            <Line id="bilan-titre" name="title" label="Titre" />
            <Line id="bilan-date" name="establishedOn" label="Établi le" type="date" value={day} />
            <Area id="bilan-texte" name="body" label="Texte du bilan" />
            <Button>Enregistrer le bilan</Button>
          </Form>
        </details>
      )}
      {mayRecord && agreement.signedOn !== null && next === null && (
        <details className="panel">
          <summary>Préparer la convention suivante</summary>
          <p>
            Un projet au même texte prend la suite, sans signature ni délibération. Il se modifie librement avant d’être
            signé ; le texte actuel ne change pas.
          </p>
          <Form method="post">
            <input type="hidden" name="acte" value="renouveler" />
            <ActKey value={`${actKey}-s`} />
            <Button>Préparer la convention suivante</Button>
          </Form>
        </details>
      )}
    </Section>
  );
}

type LineProps = {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly value?: string;
};

function Line({ id, name, label, type = "text", value }: LineProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        defaultValue={value}
        {...(type === "date" ? { "data-width": "short" } : {})}
      />
    </div>
  );
}

function Area({ id, name, label }: Omit<LineProps, "type" | "value">) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} name={name} rows={6} />
    </div>
  );
}

function Contradictions({ loaded: { view, root } }: Part) {
  if (view.clarifications.length === 0) return null;
  return (
    <Section title="Contradictions relevées dans le texte" id="contradictions">
      <ul>
        {view.clarifications.map((one) => (
          <li key={one.id}>
            {articlesOf(one.articles)}
            {NBSP}: {one.title}{" "}
            <Tag tone={one.settled ? "reached" : "pending"}>{one.settled ? "Tranchée" : "À trancher"}</Tag>
          </li>
        ))}
      </ul>
      <p>
        <Link to={`${root}/conventions/contradictions`}>Lire et trancher les contradictions</Link>
      </p>
    </Section>
  );
}

function articlesOf(articles: string): string {
  return articleWords(articles);
}
