import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { clausesOf } from "~/domain/agreement/clause";
import { parsePlainDate, type PlainDate } from "~/domain/kernel/plain-date";
import { articleWords, explainNotice, NOTICE_STATES, PURPOSE_LABELS, ruleWords } from "~/documents/agreement-words";
import { formatDate, NBSP } from "~/documents/french";
import { commonSchema, followSchema, noticeSchema, parseForm } from "~/features/agreements/form";
import { followMessage, noticeMessage } from "~/features/agreements/messages.fr";
import { followNotice, recordCommonAgreement, recordNotice } from "~/features/agreements/notices.server";
import { loadAgreementPage } from "~/features/agreements/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { NOTICE_TONES } from "~/ui/agreement/tones";
import { ActKey, Button } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Courriers de fin" }];

const DONE: Readonly<Record<string, string>> = {
  courrier: "Le courrier est noté ; le dernier jour est calculé ci-dessous.",
  suite: "La suite du courrier est notée.",
  accord: "L’accord de toutes les parties est noté.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.record");
  const id = requireParam(args.params, "id");
  const view = await loadAgreementPage(command.db, network.id, id, today(systemClock));
  if (!view) throw notFound();
  const { agreement } = view;
  return {
    root: `/reseaux/${network.slug}`,
    agreement: { id, title: agreement.title, signedOn: agreement.signedOn },
    parties: agreement.parties
      .filter(({ leftOn }) => leftOn === null)
      .map(({ id: partyId, label }) => ({ partyId, label })),
    clauses: clausesOf(agreement.content.clauses, "notice"),
    common: clausesOf(agreement.content.clauses, "unanimity").find(({ rule }) => rule.act === "termination") ?? null,
    notices: agreement.notices,
    day: today(systemClock),
    actKey: systemClock.newId(),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const id = requireParam(args.params, "id");
  const { network, command } = await openMemberPage(args, "agreement.record");
  const view = await loadAgreementPage(command.db, network.id, id, today(systemClock));
  if (!view) throw notFound();
  const form = await args.request.formData();
  const act = String(form.get("acte"));
  const typed = Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const done = (word: string) => redirect(`/reseaux/${network.slug}/conventions/${id}/preavis?fait=${word}`, 303);
  const refused = (message: string, status: 400 | 409, asksOld = false) =>
    data({ act, message, typed, asksOld }, { status });
  const incomplete = (errors: Record<string, string[] | null> | undefined) =>
    refused(
      Object.values(errors ?? {})
        .flatMap((texts) => texts ?? [])
        .join(" "),
      400,
    );
  switch (act) {
    case "courrier": {
      const submission = parseForm(form, noticeSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { count, unit, partyId, ancien, ...notice } = submission.value;
      const deemed = count === null ? null : { count, unit };
      const decision = await recordNotice(command, id, {
        ...{ ...notice, deemed, partyId: partyId || null, isOldConfirmed: ancien === "oui" },
      });
      if (decision.ok) return done("courrier");
      return refused(noticeMessage(decision.refusal), 409, decision.refusal === "already-over");
    }
    case "suite": {
      const submission = parseForm(form, followSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { noticeId, event: kind, on, note } = submission.value;
      if (!view.agreement.notices.some((notice) => notice.id === noticeId)) throw notFound();
      const decision = await followNotice(command, noticeId, { kind, on, note });
      return decision.ok ? done("suite") : refused(followMessage(decision.refusal), 409);
    }
    case "accord": {
      const submission = parseForm(form, commonSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const consents = new Map<string, PlainDate>();
      for (const { id: partyId } of view.agreement.parties) {
        const on = parsePlainDate(String(form.get(`accord-${partyId}`) ?? ""));
        if (on !== null) consents.set(partyId, on);
      }
      const common = clausesOf(view.agreement.content.clauses, "unanimity").find(
        ({ rule }) => rule.act === "termination",
      );
      const input = { ...submission.value, clauseKey: common?.key ?? "commun-accord", consents };
      const decision = await recordCommonAgreement(command, id, input);
      return decision.ok ? done("accord") : refused(noticeMessage(decision.refusal), 409);
    }
    default:
      throw new Response("", { status: 400 });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function NoticesPage() {
  const loaded = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { root, agreement, notices, clauses, done } = loaded;
  return (
    <Page
      title="Courriers de fin"
      lead="Mise en demeure, dénonciation, fin d’un commun accord : ce qui est parti, ce qui en découle."
      crumbs={[
        { label: "Conventions", to: `${root}/conventions` },
        { label: agreement.title, to: `${root}/conventions/${agreement.id}` },
      ]}
    >
      <AgreementNav root={root} />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.message}</p>
        </Notice>
      )}
      {notices.map((notice) => (
        <Followed key={notice.id} {...{ notice, loaded }} />
      ))}
      {agreement.signedOn === null ? (
        <p>Cette convention n’est pas signée : il n’y a rien à dénoncer.</p>
      ) : (
        <>
          {clauses.length > 0 && (
            <NoticeForm
              loaded={loaded}
              typed={answered?.act === "courrier" ? answered.typed : {}}
              asksOld={answered?.asksOld ?? false}
            />
          )}
          {loaded.common !== null && (
            <CommonForm loaded={loaded} typed={answered?.act === "accord" ? answered.typed : {}} />
          )}
        </>
      )}
    </Page>
  );
}

function Followed({ notice, loaded }: { readonly notice: Loaded["notices"][number]; readonly loaded: Loaded }) {
  const isOpen = notice.state === "running" || notice.state === "awaiting-receipt";
  const party = loaded.parties.find(({ partyId }) => partyId === notice.partyId);
  const rule = loaded.clauses.find(({ key }) => key === notice.clauseKey)?.rule;
  return (
    <Section title={`${PURPOSE_LABELS[notice.purpose] ?? "Courrier"} du ${formatDate(notice.sentOn)}`}>
      <p className="row">
        <Tag tone={NOTICE_TONES[notice.state]}>{NOTICE_STATES[notice.state]}</Tag>
      </p>
      <p>
        {party ? `Par ${party.label}. ` : ""}
        {notice.reference === "" ? "" : `Référence ${notice.reference}. `}
        {notice.reason}
      </p>
      {notice.answer !== null && (
        <ul>
          {explainNotice(notice.answer).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {notice.consents.length > 0 && (
        <ul>
          {notice.consents.map(({ party: label, on }) => (
            <li key={label}>
              {label}
              {NBSP}: accord du {on === null ? "…" : formatDate(on)}
            </li>
          ))}
        </ul>
      )}
      {notice.endsOn !== null && isOpen && (
        <p>
          Dernier jour de la convention{NBSP}: {formatDate(notice.endsOn)}.
        </p>
      )}
      {(isOpen || notice.state === "ended") && (
        <details className="panel">
          <summary>Noter la suite</summary>
          {!isOpen && <p>Seulement ce qui a eu lieu avant la fin du préavis, et qui se note après coup.</p>}
          <Form method="post">
            <input type="hidden" name="acte" value="suite" />
            <input type="hidden" name="noticeId" value={notice.id} />
            <fieldset className="field">
              <legend>Ce qui s’est passé</legend>
              {notice.receivedOn === null && notice.purpose !== "common-agreement" && (
                <label className="choice">
                  <input type="radio" name="event" value="received" />
                  <span>Le courrier a été reçu (accusé de réception)</span>
                </label>
              )}
              {rule?.curable && (
                <label className="choice">
                  <input type="radio" name="event" value="cured" />
                  <span>
                    Le manquement est réparé<span className="hint">La résiliation s’arrête.</span>
                  </span>
                </label>
              )}
              <label className="choice">
                <input type="radio" name="event" value="withdrawn" />
                <span>Le courrier est retiré</span>
              </label>
            </fieldset>
            <div className="field">
              <label htmlFor={`suite-${notice.id}`}>Le</label>
              <input id={`suite-${notice.id}`} name="on" type="date" defaultValue={loaded.day} data-width="short" />
            </div>
            <div className="field">
              <label htmlFor={`note-${notice.id}`}>Remarque (facultatif)</label>
              <input id={`note-${notice.id}`} name="note" type="text" />
            </div>
            <Button>Noter la suite</Button>
          </Form>
        </details>
      )}
    </Section>
  );
}

type FormProps = { readonly loaded: Loaded; readonly typed: Readonly<Record<string, string>> };

function NoticeForm({
  loaded: { clauses, parties, day, actKey, root },
  typed,
  asksOld,
}: FormProps & { readonly asksOld: boolean }) {
  return (
    <Section title="Noter un courrier" id="noter">
      <p>
        Pour essayer un calcul sans rien noter, utilisez <a href={`${root}/conventions/calculs`}>les calculs</a>.
      </p>
      <Form method="post">
        <input type="hidden" name="acte" value="courrier" />
        <ActKey value={typed["cle"] ?? actKey} />
        <fieldset className="field">
          <legend>Fondement</legend>
          {clauses.map((clause) => (
            <label className="choice" key={clause.key}>
              <input
                type="radio"
                name="clauseKey"
                value={clause.key}
                defaultChecked={typed["clauseKey"] === clause.key}
              />
              <span>
                {PURPOSE_LABELS[clause.rule.purpose]} ({articleWords(clause.article)})
                <span className="hint">{ruleWords(clause.rule)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor="courrier-partie">Partie qui écrit</label>
          <select id="courrier-partie" name="partyId" defaultValue={typed["partyId"] ?? ""}>
            <option value="">Non précisée</option>
            {parties.map(({ partyId, label }) => (
              <option key={partyId} value={partyId}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="courrier-envoi">Envoyé le</label>
          <input
            id="courrier-envoi"
            name="sentOn"
            type="date"
            data-width="short"
            defaultValue={typed["sentOn"] ?? day}
          />
        </div>
        <div className="field">
          <label htmlFor="courrier-reception">Reçu le (facultatif)</label>
          <input
            id="courrier-reception"
            name="receivedOn"
            type="date"
            data-width="short"
            defaultValue={typed["receivedOn"]}
          />
        </div>
        <div className="field">
          <label htmlFor="courrier-reference">Numéro de la lettre recommandée (facultatif)</label>
          <input
            id="courrier-reference"
            name="reference"
            type="text"
            defaultValue={typed["reference"]}
            autoComplete="off"
          />
        </div>
        <div className="field">
          <label htmlFor="courrier-motif">Motif</label>
          <p className="hint" id="courrier-motif-aide">
            Nécessaire pour une mise en demeure, ou pour dire pourquoi un délai est raisonnable.
          </p>
          <textarea
            id="courrier-motif"
            name="reason"
            rows={4}
            defaultValue={typed["reason"]}
            aria-describedby="courrier-motif-aide"
          />
        </div>
        {clauses.some(({ rule }) => rule.notice.length === "reasonable") && (
          <fieldset className="field">
            <legend>Délai raisonnable retenu</legend>
            <div className="row">
              <div className="field">
                <label htmlFor="courrier-delai">Nombre</label>
                <input
                  id="courrier-delai"
                  name="count"
                  inputMode="numeric"
                  data-width="short"
                  defaultValue={typed["count"]}
                />
              </div>
              <div className="field">
                <label htmlFor="courrier-unite">Unité</label>
                <select id="courrier-unite" name="unit" defaultValue={typed["unit"] ?? "months"}>
                  <option value="months">mois</option>
                  <option value="days">jours</option>
                </select>
              </div>
            </div>
          </fieldset>
        )}
        {asksOld && (
          <label className="choice">
            <input type="checkbox" name="ancien" value="oui" />
            <span>
              La date est juste<span className="hint">Le préavis est fini : la convention a pris fin.</span>
            </span>
          </label>
        )}
        <p>Un courrier noté ne s’efface pas{NBSP}; il peut être dit retiré, ou le manquement réparé.</p>
        <Button>Noter le courrier</Button>
      </Form>
    </Section>
  );
}

function CommonForm({ loaded: { parties, actKey, common, day }, typed }: FormProps) {
  return (
    <Section title="Fin d’un commun accord" id="accord">
      <p>
        {common === null ? "" : `${articleWords(common.article)} : ${common.sentence} `}
        Chaque partie consent, avec la date de son acte{NBSP}: il les faut toutes.
      </p>
      <details className="panel">
        <summary>Noter l’accord de toutes les parties</summary>
        <Form method="post">
          <input type="hidden" name="acte" value="accord" />
          <ActKey value={typed["cle"] ?? `${actKey}-a`} />
          {parties.map(({ partyId, label }) => (
            <div className="field" key={partyId}>
              <label htmlFor={`accord-${partyId}`}>{label}, accord du</label>
              <input
                id={`accord-${partyId}`}
                name={`accord-${partyId}`}
                type="date"
                data-width="short"
                defaultValue={typed[`accord-${partyId}`]}
              />
            </div>
          ))}
          <div className="field">
            <label htmlFor="accord-fin">Dernier jour choisi</label>
            <input id="accord-fin" name="endsOn" type="date" data-width="short" defaultValue={typed["endsOn"] ?? day} />
          </div>
          <div className="field">
            <label htmlFor="accord-motif">Motif (facultatif)</label>
            <input id="accord-motif" name="reason" type="text" defaultValue={typed["reason"]} />
          </div>
          <Button look="danger">Mettre fin à la convention</Button>
        </Form>
      </details>
    </Section>
  );
}
