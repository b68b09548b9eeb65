import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { orderActions } from "~/domain/action-plan/plan";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { OPINION_LABELS, ROUND_LABELS, VISA_LABELS } from "~/documents/action-plan-words";
import { count, formatDate, formatLongDate, NBSP } from "~/documents/french";
import { parseExtension, type ExtensionFields } from "~/features/action-plan/form";
import { extensionMessage } from "~/features/action-plan/messages.fr";
import { listOrganizations } from "~/features/action-plan/plan-queries.server";
import { loadRound } from "~/features/action-plan/review-queries.server";
import { extendRound } from "~/features/action-plan/review-follow-up.server";
import { systemClock, today } from "~/services/clock.server";
import { getEnv } from "~/services/env.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ButtonLink, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { ChangeList, summarizeChanges } from "~/ui/plan/plan-changes";
import { PlanNav } from "~/ui/plan/plan-nav";
import { FollowUps } from "~/ui/plan/follow-ups";
import { ReviewRuleSentence } from "~/ui/plan/review-rule";
import { OPINION_TONES, ROUND_TONES, VISA_TONES } from "~/ui/plan/tones";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Relecture du plan ${view.year}` : "Relecture" },
];

const DONE: Readonly<Record<string, string>> = {
  ouverte: "La relecture est ouverte, le Département est prévenu.",
  avis: "L’avis est enregistré.",
  "avis-dernier": "L’avis est enregistré. Chaque action a le sien : il reste à donner le visa.",
  prolongee: "L’échéance est prolongée, le Département est prévenu. L’acte est au registre.",
  visa: "Le visa est enregistré. La relecture est achevée.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const round = await loadRound(command.db, network.id, requireParam(args.params, "id"), today(systemClock));
  if (!round) throw notFound();
  const mayReview = round.mayAnswer && can(viewer, "action-plan.review", { networkId: network.id });
  const changed = new Set(
    (round.sinceLastRound ?? round.sinceLastYear)?.changes.actions.flatMap((change) =>
      change.kind === "removed" ? [] : [change.after.key],
    ) ?? [],
  );
  const themes = new Map(round.snapshot.themes.map(({ key, label }) => [key, label]));
  const owners = await listOrganizations(command.db, network.id);
  const names = new Map<string, string>(owners.map(({ id, name }) => [id, name]));
  return {
    ...{ root: `/reseaux/${network.slug}`, mayReview, year: round.year, rank: round.rank, id: round.id },
    ...{ standing: round.standing, deadline: round.deadline, openedOn: round.openedOn, tacitOn: round.tacitOn },
    ...{ rule: round.rule, visa: round.visa, message: round.message, planId: round.planId, snapshot: round.snapshot },
    ...{ sinceLastYear: round.sinceLastYear, sinceLastRound: round.sinceLastRound, given: round.current.size },
    names: [...names] as readonly (readonly [string, string])[],
    actions: orderActions(round.snapshot).map((action) => ({
      ...{ key: action.key, title: action.title, theme: themes.get(action.themeKey) ?? "" },
      owner: action.owner === null ? "À désigner" : (names.get(action.owner.organizationId) ?? "Organisme parti"),
      isChanged: changed.has(action.key),
      current: round.current.get(action.key) ?? null,
      former: round.formerOpinions.get(action.key) ?? null,
    })),
    extensions: round.extensions,
    firstDeadline: round.firstDeadline,
    actKey: systemClock.newId(),
    mayExtend:
      ["open", "overdue", "lapsed"].includes(round.standing) &&
      can(viewer, "action-plan.draft", { networkId: network.id }),
    silentThemes: round.snapshot.themes.filter(
      ({ key, withoutAction }) =>
        withoutAction !== null && round.snapshot.actions.every(({ themeKey }) => themeKey !== key),
    ),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const roundId = requireParam(args.params, "id");
  const submission = parseExtension(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const page = `/reseaux/${network.slug}/plan-d-actions/relectures/${roundId}`;
  const address = `${getEnv().publicUrl}${page}`;
  const decision = await extendRound(command, { ...submission.value, roundId, address });
  if (decision.ok) return redirect(`${page}?fait=prolongee`, 303);
  if (decision.refusal === "round-unknown") throw notFound();
  const message = extensionMessage(decision.refusal);
  const result = submission.reply(
    decision.refusal === "reason-missing"
      ? { fieldErrors: { reason: [message] } }
      : ["not-later", "deadline-too-near", "deadline-too-far"].includes(decision.refusal)
        ? { fieldErrors: { deadline: [message] } }
        : { formErrors: [message] },
  );
  return data({ result }, { status: 409 });
}

export default function RoundPage() {
  const view = useLoaderData<typeof loader>();
  const { root, id, year, rank, actions, mayReview, given, visa } = view;
  const here = `${root}/plan-d-actions/relectures/${id}`;
  const next = actions.find(({ current }) => current === null);
  return (
    <Page
      title={`Relecture du plan d’actions ${year}, n°${NBSP}${rank}`}
      lead={leadOf(view)}
      crumbs={[{ label: "Relectures du Département", to: `${root}/plan-d-actions/relectures` }]}
      actions={
        mayReview ? (
          next ? (
            <ButtonLink to={`${here}/actions/${next.key}`}>
              {given === 0 ? "Commencer les avis" : "Continuer les avis"}
            </ButtonLink>
          ) : (
            <ButtonLink to={`${here}/visa`}>Donner le visa</ButtonLink>
          )
        ) : undefined
      }
    >
      <PlanNav root={root} />
      {view.done !== null && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      <p className="row">
        <Tag tone={ROUND_TONES[view.standing]}>{ROUND_LABELS[view.standing]}</Tag>
        <span>
          {given} avis sur {actions.length}
        </span>
      </p>
      {visa !== null && (
        <Notice tone={VISA_TONES[visa.kind]} title={`${VISA_LABELS[visa.kind]}, le ${formatDate(visa.givenOn)}`}>
          <p>
            {visa.by}
            {visa.isLate && ", hors délai"}
          </p>
          {visa.comment !== "" && <p>{visa.comment}</p>}
        </Notice>
      )}
      {view.message !== "" && (
        <Notice title="Message du réseau">
          <p>{view.message}</p>
        </Notice>
      )}
      <Section title="Les actions" id="actions">
        <ul className="review-list">
          {actions.map((action) => (
            <li key={action.key} data-waiting={action.current === null ? "" : undefined}>
              <div>
                <h3>
                  <Link to={`${here}/actions/${action.key}`}>{action.title}</Link>
                </h3>
                <p className="soft small">
                  {action.theme}, {action.owner}
                  {action.isChanged && " · modifiée ou nouvelle"}
                  {action.former &&
                    ` · ${action.former.year === year ? `relecture n°${NBSP}${action.former.rank}` : action.former.year}${NBSP}: ${OPINION_LABELS[action.former.opinion].toLowerCase()}`}
                </p>
                {action.current !== null && action.current.reason !== "" && (
                  <p>
                    Motif{NBSP}: {action.current.reason}
                  </p>
                )}
                {action.current !== null && action.current.comment !== "" && <p>{action.current.comment}</p>}
                <FollowUps answers={action.current?.answers ?? []} />
              </div>
              <p>
                {action.current === null ? (
                  <Tag tone="pending">À donner</Tag>
                ) : (
                  <Tag tone={OPINION_TONES[action.current.opinion]}>
                    {OPINION_LABELS[action.current.opinion]}
                    {action.current.isLate && ", hors délai"}
                  </Tag>
                )}
              </p>
            </li>
          ))}
        </ul>
        {view.silentThemes.length > 0 && (
          <>
            <h3>Thèmes sans action</h3>
            <ul>
              {view.silentThemes.map(({ key, label, withoutAction }) => (
                <li key={key}>
                  {label}
                  {NBSP}: {withoutAction}
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <Section title="Ce qui a changé" id="changements">
        {view.sinceLastRound === null && view.sinceLastYear === null && (
          <p>C’est la première relecture d’un premier plan{NBSP}: il n’y a rien à comparer.</p>
        )}
        {view.sinceLastRound !== null && (
          <details open={mayReview || undefined}>
            <summary>
              Depuis la relecture n°{NBSP}
              {view.sinceLastRound.rank}
              {NBSP}: {summarizeChanges(view.sinceLastRound.changes)}
            </summary>
            <ChangeList
              changes={view.sinceLastRound.changes}
              before={view.sinceLastRound.before}
              after={view.snapshot}
              names={view.names}
            />
          </details>
        )}
        {view.sinceLastYear !== null && (
          <details>
            <summary>
              Depuis le plan {view.sinceLastYear.year}
              {NBSP}: {summarizeChanges(view.sinceLastYear.changes)}
            </summary>
            <ChangeList
              changes={view.sinceLastYear.changes}
              before={view.sinceLastYear.before}
              after={view.snapshot}
              names={view.names}
            />
          </details>
        )}
      </Section>
      <Section title="La règle de cette relecture" id="regle">
        <ReviewRuleSentence rule={view.rule} />
        <p>
          <Link to={`${root}/plan-d-actions/plans/${view.planId}`}>La version soumise</Link>, figée le{" "}
          {formatDate(view.openedOn)}.
        </p>
        {view.extensions.length > 0 && (
          <>
            <p>Échéance d’origine : {formatDate(view.firstDeadline)}.</p>
            <ul>
              {view.extensions.map((extension) => (
                <li key={extension.id}>
                  Prolongée jusqu’au {formatDate(extension.deadline)}, le {formatDate(extension.recordedOn)},{" "}
                  {extension.by}. Motif{NBSP}: {extension.reason}
                </li>
              ))}
            </ul>
          </>
        )}
        {view.mayExtend && <ExtensionForm actKey={view.actKey} deadline={view.deadline} />}
      </Section>
    </Page>
  );
}

function ExtensionForm({ actKey, deadline }: { readonly actKey: string; readonly deadline: PlainDate }) {
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ExtensionFields>({ id: "prolonger", ...(lastResult ? { lastResult } : {}) });
  return (
    <details className="panel" open={lastResult !== undefined || undefined}>
      <summary>Prolonger l’échéance</summary>
      <p>
        L’échéance du {formatDate(deadline)} reste dans l’historique. Le Département est prévenu par courriel, et l’acte
        est inscrit au registre avec son motif{NBSP}; il ne se reprend pas.
      </p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.deadline} label="Nouveau dernier jour pour répondre" type="date" data-width="short" />
        <TextArea field={fields.reason} label="Motif" rows={3} />
        <Button>Prolonger l’échéance</Button>
      </Form>
    </details>
  );
}

function leadOf({
  standing,
  deadline,
  tacitOn,
  visa,
  actions,
}: ReturnType<typeof useLoaderData<typeof loader>>): string {
  const asked = `${count(actions.length, "action soumise", "actions soumises")} à l’avis du Département`;
  if (visa !== null) return `${asked}. Le visa est donné.`;
  switch (standing) {
    case "open":
      return `${asked}, au plus tard le ${formatLongDate(deadline)}.${tacitOn === null ? "" : ` Sans visa, le plan est réputé approuvé à partir du ${formatDate(tacitOn)}.`}`;
    case "overdue":
      return `${asked}. L’échéance du ${formatLongDate(deadline)} est passée${NBSP}: un avis est encore reçu, et marqué hors délai.${tacitOn === null ? "" : ` Sans visa, le plan est réputé approuvé à partir du ${formatDate(tacitOn)}.`}`;
    case "lapsed":
      return `${asked}. L’échéance du ${formatLongDate(deadline)} est passée${NBSP}: aucun avis n’est plus reçu.`;
    case "tacitly-approved":
      return `${asked}. Faute de visa, le plan est réputé approuvé depuis le ${tacitOn === null ? "" : formatLongDate(tacitOn)}.`;
    default:
      return `${asked}. Une relecture plus récente la remplace.`;
  }
}
