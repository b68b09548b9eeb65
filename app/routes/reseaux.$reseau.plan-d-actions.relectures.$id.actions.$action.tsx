import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { orderActions } from "~/domain/action-plan/plan";
import { callsForAnswer, OPINIONS } from "~/domain/action-plan/review";
import { describeDeliverable, describeIndicator, OPINION_LABELS } from "~/documents/action-plan-words";
import { formatDate, NBSP } from "~/documents/french";
import { parseFollowUp, parseOpinion, type FollowUpFields, type OpinionFields } from "~/features/action-plan/form";
import { followUpMessage, opinionMessage } from "~/features/action-plan/messages.fr";
import {
  isInCharge,
  isSecretaryOf,
  listOrganizations,
  organizationsOf,
} from "~/features/action-plan/plan-queries.server";
import { giveOpinion } from "~/features/action-plan/review-commands.server";
import { loadRound } from "~/features/action-plan/review-queries.server";
import { answerOpinion } from "~/features/action-plan/review-follow-up.server";
import { systemClock, today } from "~/services/clock.server";
import { getEnv } from "~/services/env.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, TextArea, seenVersion } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { ActionFacts } from "~/ui/plan/action-facts";
import { FollowUps } from "~/ui/plan/follow-ups";
import { FieldChanges } from "~/ui/plan/plan-changes";
import { PlanNav } from "~/ui/plan/plan-nav";
import { OPINION_TONES } from "~/ui/plan/tones";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Avis : ${view.action.title}` : "Avis du Département" },
];

const DONE: Readonly<Record<string, string>> = {
  avis: "L’avis est enregistré. Voici l’action suivante.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const round = await loadRound(command.db, network.id, requireParam(args.params, "id"), today(systemClock));
  const key = requireParam(args.params, "action");
  const ordered = round === null ? [] : orderActions(round.snapshot);
  const index = ordered.findIndex((each) => each.key === key);
  const action = ordered[index];
  if (!round || !action) throw notFound();
  const changesOf = (since: typeof round.sinceLastRound | typeof round.sinceLastYear) => {
    if (since === null) return null;
    const change = since.changes.actions.find((each) => each.kind !== "removed" && each.after.key === key);
    return {
      before: since.before,
      kind: change?.kind ?? ("same" as const),
      fields: change?.kind === "changed" ? change.fields : [],
    };
  };
  const current = round.current.get(key) ?? null;
  const mayAnswerReserve = async (): Promise<boolean> => {
    if (current === null || !callsForAnswer(current)) return false;
    if (!can(viewer, "action-plan.progress", { networkId: network.id })) return false;
    if (can(viewer, "action-plan.review", { networkId: network.id })) return false;
    const own = await organizationsOf(command.db, network.id, viewer.personId, today(systemClock));
    return isInCharge(action, { own, isSecretary: isSecretaryOf(viewer, network.id) });
  };
  return {
    ...{ root: `/reseaux/${network.slug}`, id: round.id, year: round.year, rank: round.rank, action },
    ...{
      snapshot: round.snapshot,
      actKey: systemClock.newId(),
      answerKey: systemClock.newId(),
      isLate: round.standing === "overdue",
    },
    deadline: round.deadline,
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    names: (await listOrganizations(command.db, network.id)).map(({ id, name }) => [id as string, name] as const),
    place: { number: index + 1, total: ordered.length },
    previous: ordered[index - 1]?.key ?? null,
    next: ordered[index + 1]?.key ?? null,
    current,
    history: round.opinions.filter(({ actionKey }) => actionKey === key).toReversed(),
    former: round.formerOpinions.get(key) ?? null,
    sinceRound: changesOf(round.sinceLastRound),
    sinceYear: changesOf(round.sinceLastYear),
    mayAnswer: await mayAnswerReserve(),
    hasJustAnswered: new URL(args.request.url).searchParams.get("fait") === "suite",
    mayReview: round.mayAnswer && can(viewer, "action-plan.review", { networkId: network.id }),
  };
}

/** What is done about a reserve. */
async function recordFollowUp(args: ActionFunctionArgs, form: FormData) {
  const { network, command } = await openMemberPage(args, "action-plan.progress");
  const roundId = requireParam(args.params, "id");
  const actionKey = requireParam(args.params, "action");
  const submission = parseFollowUp(form);
  const refused = (result: ReturnType<typeof submission.reply>, status: 400 | 409) =>
    data({ result: null, followUp: result, isUnseen: false }, { status });
  if (submission.status !== "success") return refused(submission.reply(), 400);
  const { cle, answer } = submission.value;
  const page = `/reseaux/${network.slug}/plan-d-actions/relectures/${roundId}/actions/${actionKey}`;
  const address = `${getEnv().publicUrl}${page}`;
  const decision = await answerOpinion(command, { cle, roundId, actionKey, text: answer, address });
  if (!decision.ok) {
    if (decision.refusal === "round-unknown") throw notFound();
    return refused(submission.reply({ fieldErrors: { answer: [followUpMessage(decision.refusal)] } }), 409);
  }
  return redirect(`${page}?fait=suite`, 303);
}

export async function action(args: ActionFunctionArgs) {
  const typed = await args.request.clone().formData();
  if (typed.get("acte") === "suite") return recordFollowUp(args, typed);
  const { network, command } = await openMemberPage(args, "action-plan.review");
  const roundId = requireParam(args.params, "id");
  const actionKey = requireParam(args.params, "action");
  const submission = parseOpinion(typed);
  if (submission.status !== "success")
    return data({ result: submission.reply(), followUp: null, isUnseen: false }, { status: 400 });
  const { known, ...opinion } = submission.value;
  const decision = await giveOpinion(command, { ...opinion, roundId, actionKey, knownId: known ?? null });
  const page = `/reseaux/${network.slug}/plan-d-actions/relectures/${roundId}`;
  if (!decision.ok) {
    const { kind } = decision.refusal;
    if (kind === "round-unknown" || kind === "action-unknown") throw notFound();
    const message = opinionMessage(decision.refusal);
    const result = submission.reply(
      kind === "reason-missing" ? { fieldErrors: { reason: [message] } } : { formErrors: [message] },
    );
    return data({ result, followUp: null, isUnseen: kind === "changed-meanwhile" }, { status: 409 });
  }
  const round = await loadRound(command.db, network.id, roundId, today(systemClock));
  const waiting = round === null ? [] : orderActions(round.snapshot).filter(({ key }) => !round.current.has(key));
  const next = waiting[0];
  return redirect(next ? `${page}/actions/${next.key}?fait=avis` : `${page}?fait=avis-dernier`, 303);
}

const HINTS: Partial<Record<(typeof OPINIONS)[number], string>> = {
  reserve: "Le motif est demandé.",
  unfavourable: "Le motif est demandé.",
  "no-opinion": "L’action est hors du champ du Département, ou il ne se prononce pas.",
};

export default function OpinionPage() {
  const view = useLoaderData<typeof loader>();
  const { root, id, year, action: own, current, place, mayReview, snapshot, names } = view;
  const answered = useActionData<typeof action>();
  const lastResult = answered?.result;
  const [form, fields] = useForm<OpinionFields>({
    id: "avis",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      ...{ opinion: current?.opinion, reason: current?.reason ?? "", comment: current?.comment ?? "" },
      known: current?.id ?? "",
    },
  });
  const here = `${root}/plan-d-actions/relectures/${id}`;
  return (
    <Page
      title={own.title}
      lead={own.objective === "" ? `Action ${place.number} sur ${place.total}` : own.objective}
      crumbs={[
        { label: "Relectures du Département", to: `${root}/plan-d-actions/relectures` },
        { label: `Plan ${year}, n° ${view.rank}`, to: here },
      ]}
    >
      <PlanNav root={root} />
      <nav className="row screen-only" aria-label="Actions de la relecture">
        <span className="soft">
          Action {place.number} sur {place.total}
        </span>
        {view.previous !== null && <Link to={`${here}/actions/${view.previous}`}>Précédente</Link>}
        {view.next !== null && <Link to={`${here}/actions/${view.next}`}>Suivante</Link>}
        <Link to={here}>Toutes les actions</Link>
      </nav>
      {answered === undefined && view.done !== null && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      {answered?.isUnseen && current !== null && (
        <Notice tone="pending" role="alert" title="Un autre avis a été donné pendant que vous écriviez">
          <p>
            {current.reviewer}, le {formatDate(current.givenOn)}
            {NBSP}: <Tag tone={OPINION_TONES[current.opinion]}>{OPINION_LABELS[current.opinion]}</Tag>
          </p>
          {current.reason !== "" && (
            <p>
              Motif{NBSP}: {current.reason}
            </p>
          )}
          {current.comment !== "" && <p>{current.comment}</p>}
          <p>
            Le vôtre est resté dans le formulaire, tel que vous l’avez écrit. Complétez-le si besoin{NBSP}:
            l’enregistrer remplacera celui-ci, qui reste dans l’historique.
          </p>
        </Notice>
      )}
      {view.isLate && mayReview && (
        <Notice tone="pending">
          <p>
            L’échéance était le {formatDate(view.deadline)}
            {NBSP}: cet avis sera marqué hors délai.
          </p>
        </Notice>
      )}
      <Section title="Ce qui est prévu" id="prevu">
        <ActionFacts content={snapshot} action={own} names={names} />
        {own.deliverables.length > 0 && (
          <>
            <h3>Livrables</h3>
            <ul>
              {own.deliverables.map((deliverable) => (
                <li key={deliverable.key}>{describeDeliverable(deliverable)}</li>
              ))}
            </ul>
          </>
        )}
        {own.indicators.length > 0 && (
          <>
            <h3>Indicateurs</h3>
            <ul>
              {own.indicators.map((indicator) => (
                <li key={indicator.key}>{describeIndicator(indicator)}</li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <Since label={`Depuis la relecture n°${NBSP}${view.rank - 1}`} since={view.sinceRound} view={view} />
      <Since label={`Depuis le plan ${year - 1}`} since={view.sinceYear} view={view} />
      {view.former !== null && (
        <p>
          Avis précédent ({view.former.year}, relecture n°{NBSP}
          {view.former.rank}){NBSP}:{" "}
          <Tag tone={OPINION_TONES[view.former.opinion]}>{OPINION_LABELS[view.former.opinion]}</Tag>{" "}
          {view.former.reason}
        </p>
      )}
      <FollowUps answers={view.former?.answers ?? []} />
      {view.hasJustAnswered && (
        <Notice tone="reached" role="status">
          <p>La suite donnée est enregistrée. Le Département la lira ici et à la prochaine relecture.</p>
        </Notice>
      )}
      {mayReview ? (
        <Section title="L’avis du Département" id="avis-du-departement">
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={view.actKey} />
            <input type="hidden" name="known" defaultValue={seenVersion(lastResult, "known", current?.id ?? "")} />
            <RadioField
              field={fields.opinion}
              label="Avis"
              large
              options={OPINIONS.map((opinion) => {
                const hint = HINTS[opinion];
                return { value: opinion, label: OPINION_LABELS[opinion], ...(hint ? { hint } : {}) };
              })}
            />
            <TextArea
              field={fields.reason}
              label="Motif"
              hint="Demandé pour une réserve ou un avis défavorable : ce qui manque, et ce qui lèverait la réserve."
              rows={4}
            />
            <TextArea field={fields.comment} label="Commentaire" optional rows={3} />
            <Button>{view.next === null ? "Enregistrer l’avis" : "Enregistrer et passer à la suivante"}</Button>
          </Form>
        </Section>
      ) : (
        <Section title="L’avis du Département" id="avis-du-departement">
          {current === null ? (
            <p>Aucun avis n’est donné sur cette action.</p>
          ) : (
            <>
              <p>
                <Tag tone={OPINION_TONES[current.opinion]}>{OPINION_LABELS[current.opinion]}</Tag> le{" "}
                {formatDate(current.givenOn)}, {current.reviewer}
                {current.isLate && ", hors délai"}
              </p>
              {current.reason !== "" && <p>{current.reason}</p>}
              {current.comment !== "" && <p>{current.comment}</p>}
            </>
          )}
        </Section>
      )}
      {current !== null && callsForAnswer(current) && (current.answers.length > 0 || view.mayAnswer) && (
        <Section title="Suite donnée à la réserve" id="suite">
          <FollowUps answers={current.answers} />
          {view.mayAnswer && <FollowUpForm key={current.answers.length} actKey={view.answerKey} />}
        </Section>
      )}
      {view.history.length > 1 && (
        <details>
          <summary>Avis donnés sur cette action dans cette relecture</summary>
          <ul>
            {view.history.map((given) => (
              <li key={given.id}>
                {formatDate(given.givenOn)}, {given.reviewer}
                {NBSP}: {OPINION_LABELS[given.opinion].toLowerCase()}. {given.reason} {given.comment}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Page>
  );
}

function FollowUpForm({ actKey }: { readonly actKey: string }) {
  const lastResult = useActionData<typeof action>()?.followUp;
  const [form, fields] = useForm<FollowUpFields>({ id: "reponse", ...(lastResult ? { lastResult } : {}) });
  return (
    <Form method="post" {...getFormProps(form)} noValidate>
      <ActKey value={actKey} />
      <input type="hidden" name="acte" value="suite" />
      <TextArea
        field={fields.answer}
        label="Ce qui est fait, ou pourquoi rien ne change"
        hint="Le Département le lit ici et à la prochaine relecture. L’acte est inscrit au registre."
        rows={4}
      />
      <Button>Enregistrer la suite donnée</Button>
    </Form>
  );
}

type View = ReturnType<typeof useLoaderData<typeof loader>>;

function Since({
  label,
  since,
  view,
}: {
  readonly label: string;
  readonly since: View["sinceRound"];
  readonly view: View;
}) {
  if (since === null) return null;
  return (
    <Section title={label}>
      {since.kind === "same" && <p>Rien n’a changé dans cette action.</p>}
      {since.kind === "added" && <p>L’action est nouvelle.</p>}
      {since.kind === "changed" && (
        <FieldChanges
          before={{ plan: since.before, key: view.action.key }}
          after={view.snapshot}
          fields={since.fields}
          names={view.names}
        />
      )}
    </Section>
  );
}
