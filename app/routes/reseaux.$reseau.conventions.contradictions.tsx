import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { articleWords } from "~/documents/agreement-words";
import { formatDate, formatPlannedAt } from "~/documents/french";
import { raiseClarification, settleClarification } from "~/features/agreements/follow-up.server";
import { clarificationSchema, parseForm, settleSchema } from "~/features/agreements/form";
import { settleMessage } from "~/features/agreements/messages.fr";
import { listAdoptedDecisions, listClarifications, loadAgreementList } from "~/features/agreements/queries.server";
import { listMeetings } from "~/features/meetings/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { ActKey, Button } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Contradictions des textes" }];

const DONE: Readonly<Record<string, string>> = {
  signalee: "La contradiction est signalée : le comité peut la trancher.",
  tranchee: "La réponse du comité est enregistrée, avec sa décision.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "agreement.read");
  const scope = { networkId: network.id };
  const maySettle = can(viewer, "agreement.record", scope);
  return {
    clarifications: await listClarifications(command.db, network.id),
    agreements: await loadAgreementList(command.db, network.id, today(systemClock)),
    decisions: maySettle ? await listAdoptedDecisions(command.db, network.id) : [],
    root: `/reseaux/${network.slug}`,
    actKey: systemClock.newId(),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    maySettle,
    /** Where the question can still be put on the agenda. */
    meetings: can(viewer, "agenda.edit", { ...scope, state: "planned" })
      ? (await listMeetings(command.db, network.id))
          .filter(({ status }) => status === "planned")
          .toReversed()
          .map(({ id, startsAt }) => ({ id, label: formatPlannedAt(startsAt) }))
      : null,
    mayRaise: can(viewer, "clarification.raise", scope),
  };
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.clone().formData();
  const act = String(form.get("acte"));
  const isRaise = act === "signaler";
  const { network, command } = await openMemberPage(args, isRaise ? "clarification.raise" : "agreement.record");
  const page = `/reseaux/${network.slug}/conventions/contradictions`;
  const typed = Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const refused = (message: string, status: 400 | 409) => data({ act, message, typed }, { status });
  const incomplete = (errors: Record<string, string[] | null> | undefined) =>
    refused(
      Object.values(errors ?? {})
        .flatMap((texts) => texts ?? [])
        .join(" "),
      400,
    );
  if (isRaise) {
    const submission = parseForm(form, clarificationSchema);
    if (submission.status !== "success") return incomplete(submission.error ?? {});
    const { agreementId, readings, ...input } = submission.value;
    const lines = readings
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const decision = await raiseClarification(command, agreementId, { ...input, readings: lines });
    return decision.ok ? redirect(`${page}?fait=signalee`, 303) : refused(settleMessage(decision.refusal), 409);
  }
  if (act !== "trancher") throw new Response("", { status: 400 });
  const submission = parseForm(form, settleSchema);
  if (submission.status !== "success") return incomplete(submission.error ?? {});
  const { clarificationId, ...answer } = submission.value;
  const decision = await settleClarification(command, clarificationId, answer);
  return decision.ok ? redirect(`${page}?fait=tranchee`, 303) : refused(settleMessage(decision.refusal), 409);
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ClarificationsPage() {
  const loaded = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { clarifications, root, done, maySettle, mayRaise } = loaded;
  return (
    <Page
      title="Contradictions des textes"
      lead="Ce que les conventions disent deux fois, ou ne disent pas. Chaque point attend une décision du comité."
      crumbs={[{ label: "Conventions", to: `${root}/conventions` }]}
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
      {loaded.meetings?.length === 0 && clarifications.some(({ settled }) => settled === null) && (
        <p>
          Pour en trancher une, <Link to={`${root}/seances/nouvelle`}>planifiez une séance</Link> : chaque question
          s’inscrira d’ici à son ordre du jour.
        </p>
      )}
      {clarifications.length === 0 ? (
        <EmptyState>
          <p>Aucune contradiction n’est signalée.</p>
        </EmptyState>
      ) : (
        clarifications.map((one) => (
          <article key={one.id} className="agreement-article">
            <h2>
              {one.title}{" "}
              <Tag tone={one.settled ? "reached" : "pending"}>{one.settled ? "Tranchée" : "À trancher"}</Tag>
            </h2>
            <p className="soft">
              {articleWords(one.articles)}, signalée le {formatDate(one.raisedOn)}
            </p>
            <p className="agreement-text">{one.problem}</p>
            {one.readings.length > 0 && (
              <>
                <p>Lectures possibles :</p>
                <ul>
                  {one.readings.map((reading) => (
                    <li key={reading}>{reading}</li>
                  ))}
                </ul>
              </>
            )}
            {one.settled ? (
              <p className="reading">
                <strong>Le comité a décidé :</strong> {one.settled.answer}{" "}
                {one.settled.meetingId === null ? (
                  one.settled.number
                ) : (
                  <Link to={`${root}/seances/${one.settled.meetingId}/scrutins/${one.settled.pollId}`}>
                    Décision {one.settled.number}
                  </Link>
                )}
              </p>
            ) : (
              <>
                {loaded.meetings !== null && <AgendaLinks meetings={loaded.meetings} root={root} one={one} />}
                {maySettle && (
                  <SettleForm
                    loaded={loaded}
                    one={one}
                    typed={answered?.typed["clarificationId"] === one.id ? answered.typed : {}}
                  />
                )}
              </>
            )}
          </article>
        ))
      )}
      {mayRaise && loaded.agreements.length > 0 && (
        <RaiseForm loaded={loaded} typed={answered?.act === "signaler" ? answered.typed : {}} />
      )}
    </Page>
  );
}

type Typed = Readonly<Record<string, string>>;

type Raised = Loaded["clarifications"][number];

type AgendaLinksProps = {
  readonly meetings: NonNullable<Loaded["meetings"]>;
  readonly root: string;
  readonly one: Raised;
};

function AgendaLinks({ meetings, root, one }: AgendaLinksProps) {
  const about = <span className="visually-hidden">, pour {one.title}</span>;
  return (
    <ul className="plain-list">
      {meetings.map(({ id, label }) => (
        <li key={id}>
          <Link to={`${root}/seances/${id}/ordre-du-jour/nouveau?type=agreement&contradiction=${one.id}`}>
            Inscrire à l’ordre du jour du {label}
            {about}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The decisions that may answer a question: those voted on the convention since it was raised come first. */
function groupDecisions(decisions: Loaded["decisions"], raisedOn: string) {
  const since = decisions.filter(({ decidedOn }) => decidedOn >= raisedOn);
  return [
    { label: "Sur la convention, depuis le signalement", choices: since.filter((one) => one.isOnAgreement) },
    { label: "Sur un autre sujet, depuis le signalement", choices: since.filter((one) => !one.isOnAgreement) },
    { label: "Avant le signalement", choices: decisions.filter(({ decidedOn }) => decidedOn < raisedOn) },
  ].filter(({ choices }) => choices.length > 0);
}

type SettleFormProps = { readonly loaded: Loaded; readonly one: Raised; readonly typed: Typed };

function SettleForm({ loaded, one: { id, raisedOn }, typed }: SettleFormProps) {
  return (
    <details className="panel" open={Object.keys(typed).length > 0}>
      <summary>Enregistrer la décision du comité</summary>
      {loaded.decisions.length === 0 ? (
        <p>
          Le comité n’a encore rien adopté sur ce sujet : inscrivez un point « convention » à l’ordre du jour d’une
          séance, et mettez-le au vote.
        </p>
      ) : (
        <Form method="post">
          <input type="hidden" name="acte" value="trancher" />
          <input type="hidden" name="clarificationId" value={id} />
          <div className="field">
            <label htmlFor={`decision-${id}`}>Décision adoptée</label>
            <select id={`decision-${id}`} name="pollId" defaultValue={typed["pollId"] ?? ""}>
              <option value="">Choisir</option>
              {groupDecisions(loaded.decisions, raisedOn).map((group) => (
                <optgroup key={group.label} label={group.label}>
                  {group.choices.map(({ pollId, label }) => (
                    <option key={pollId} value={pollId}>
                      {label}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor={`reponse-${id}`}>Ce que le comité a décidé</label>
            <textarea id={`reponse-${id}`} name="answer" rows={3} defaultValue={typed["answer"]} />
          </div>
          <p>Cette réponse ne s’efface pas.</p>
          <Button>Enregistrer la réponse</Button>
        </Form>
      )}
    </details>
  );
}

function RaiseForm({ loaded, typed }: { readonly loaded: Loaded; readonly typed: Typed }) {
  return (
    <Section title="Signaler une contradiction" id="signaler">
      <Form method="post">
        <input type="hidden" name="acte" value="signaler" />
        <ActKey value={typed["cle"] ?? loaded.actKey} />
        <div className="field">
          <label htmlFor="signaler-convention">Convention</label>
          <select
            id="signaler-convention"
            name="agreementId"
            defaultValue={typed["agreementId"] ?? loaded.agreements[0]?.id}
          >
            {loaded.agreements.map(({ id, title, effectOn }) => (
              <option key={id} value={id}>
                {title}, {formatDate(effectOn)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="signaler-articles">Articles en cause</label>
          <input
            id="signaler-articles"
            name="articles"
            type="text"
            data-width="short"
            defaultValue={typed["articles"]}
          />
        </div>
        <div className="field">
          <label htmlFor="signaler-titre">Titre</label>
          <input id="signaler-titre" name="title" type="text" defaultValue={typed["title"]} />
        </div>
        <div className="field">
          <label htmlFor="signaler-probleme">Ce qui se contredit ou ce qui manque</label>
          <textarea id="signaler-probleme" name="problem" rows={4} defaultValue={typed["problem"]} />
        </div>
        <div className="field">
          <label htmlFor="signaler-lectures">Lectures possibles, une par ligne (facultatif)</label>
          <textarea id="signaler-lectures" name="readings" rows={3} defaultValue={typed["readings"]} />
        </div>
        <Button>Signaler</Button>
      </Form>
    </Section>
  );
}
