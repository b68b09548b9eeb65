import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { clausesOf } from "~/domain/agreement/clause";
import { missingGroups } from "~/domain/agreement/obligations";
import { articleWords, compositionWords, GROUP_PRESENCES, ruleWords } from "~/documents/agreement-words";
import { enumerate, formatDate, NBSP } from "~/documents/french";
import { linkMeeting, recordPresences, type Presence } from "~/features/agreements/follow-up.server";
import { linkSchema, parseForm } from "~/features/agreements/form";
import { linkMessage } from "~/features/agreements/messages.fr";
import { loadGovernance } from "~/features/agreements/queries.server";
import { agreementsToFollow } from "~/services/agreement-record.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { Button } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Rencontres de la convention" }];

const DONE: Readonly<Record<string, string>> = {
  designee: "La séance répond désormais à cette clause.",
  participants: "Les participants sont notés : groupe par groupe, présent ou absent.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "agreement.read");
  const { agreements, meetings } = await loadGovernance(command.db, network.id, today(systemClock));
  return {
    kinds: agreementsToFollow(agreements).flatMap((agreement) =>
      clausesOf(agreement.content.clauses, "frequency")
        .filter(({ rule }) => rule.fact === "governance-meeting")
        .map((clause) => {
          const composition = clausesOf(agreement.content.clauses, "composition").find(
            ({ rule }) => rule.of === clause.key,
          );
          return {
            ...{ agreementId: agreement.id, key: clause.key, title: clause.title, article: clause.article },
            ...{ sentence: clause.sentence, rhythm: ruleWords(clause.rule) },
            at: composition?.rule.at ?? "each",
            groups: composition?.rule.groups ?? [],
            meetings: meetings
              .filter(({ clauseKey, agreementId }) => clauseKey === clause.key && agreementId === agreement.id)
              .map((meeting) => ({
                isToCome: meeting.on > today(systemClock),
                ...meeting,
                missing: missingGroups(
                  composition?.rule.groups ?? [],
                  Object.entries(meeting.presences).flatMap(([key, presence]) => (presence === "present" ? [key] : [])),
                ),
              })),
          };
        }),
    ),
    free: meetings.filter(({ clauseKey }) => clauseKey === null).slice(0, 40),
    root: `/reseaux/${network.slug}`,
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    mayRecord: can(viewer, "agreement.record", { networkId: network.id }),
    mayPlan: can(viewer, "meeting.plan", { networkId: network.id }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.record");
  const page = `/reseaux/${network.slug}/conventions/rencontres`;
  const form = await args.request.formData();
  const refused = (message: string, status: 400 | 409) => data({ message }, { status });
  if (form.get("acte") === "participants") {
    const presences: Record<string, Presence> = {};
    for (const [name, value] of form)
      if (name.startsWith("g-") && (value === "present" || value === "absent")) presences[name.slice(2)] = value;
    const decision = await recordPresences(command, String(form.get("meetingId")), presences);
    return decision.ok ? redirect(`${page}?fait=participants`, 303) : refused(linkMessage(decision.refusal), 409);
  }
  if (form.get("acte") !== "designer") throw new Response("", { status: 400 });
  const submission = parseForm(form, linkSchema);
  if (submission.status !== "success")
    return refused(
      Object.values(submission.error ?? {})
        .flatMap((texts) => texts ?? [])
        .join(" "),
      400,
    );
  const [agreementId = "", clauseKey = ""] = submission.value.clause.split("|");
  const decision = await linkMeeting(command, agreementId, { meetingId: submission.value.meetingId, clauseKey });
  return decision.ok ? redirect(`${page}?fait=designee`, 303) : refused(linkMessage(decision.refusal), 409);
}

const STATES = {
  planned: { tone: "pending", label: "À venir" },
  open: { tone: "info", label: "En cours" },
  held: { tone: "reached", label: "Tenue" },
} as const;

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Kind = Loaded["kinds"][number];

export default function GovernancePage() {
  const loaded = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.message;
  const { kinds, root, done } = loaded;
  return (
    <Page
      title="Rencontres de la convention"
      lead="Les réunions que le texte prévoit à côté du comité : leur rythme, qui doit y être, et celles qui se sont tenues."
      crumbs={[{ label: "Conventions", to: `${root}/conventions` }]}
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
      {kinds.length === 0 ? (
        <EmptyState>
          <p>Les conventions en cours ne prévoient pas d’autre rencontre que les séances du comité.</p>
        </EmptyState>
      ) : (
        kinds.map((kind) => <MeetingKind key={`${kind.agreementId}-${kind.key}`} {...{ kind, loaded }} />)
      )}
    </Page>
  );
}

function MeetingKind({
  kind,
  loaded: { root, mayRecord, mayPlan, free },
}: {
  readonly kind: Kind;
  readonly loaded: Loaded;
}) {
  const id = `${kind.agreementId}|${kind.key}`;
  return (
    <Section title={kind.title} id={`rencontre-${kind.key}`}>
      <p>
        {kind.sentence}{" "}
        <span className="soft">
          ({articleWords(kind.article)}, {kind.rhythm})
        </span>
      </p>
      {kind.groups.length > 0 && <p>{compositionWords(kind.at, kind.groups)}</p>}
      {mayPlan && (
        <p>
          <Link to={`${root}/seances/nouvelle?${new URLSearchParams({ intitule: kind.title, clause: id }).toString()}`}>
            Planifier cette rencontre<span className="visually-hidden"> : {kind.title}</span>
          </Link>
        </p>
      )}
      {kind.meetings.map((meeting) => (
        <article key={meeting.id} className="agreement-article">
          <h3>
            <Link to={`${root}/seances/${meeting.id}`}>
              {meeting.title}, {formatDate(meeting.on)}
            </Link>{" "}
            <Tag tone={STATES[meeting.state].tone}>{STATES[meeting.state].label}</Tag>
          </h3>
          {kind.groups.length > 0 && !meeting.isToCome && (
            <>
              <ul>
                {kind.groups.map((group) => (
                  <li key={group.key}>
                    {group.label}
                    {NBSP}: {GROUP_PRESENCES[meeting.presences[group.key] ?? "unknown"]}
                  </li>
                ))}
              </ul>
              {meeting.missing.length > 0 && (
                <p className="soft">
                  La composition n’est pas complète{NBSP}: {enumerate(meeting.missing)}.
                </p>
              )}
              {mayRecord && (
                <details className="panel">
                  <summary>Noter les participants</summary>
                  <Form method="post">
                    <input type="hidden" name="acte" value="participants" />
                    <input type="hidden" name="meetingId" value={meeting.id} />
                    {kind.groups.map((group) => (
                      <fieldset className="field" key={group.key}>
                        <legend>{group.label}</legend>
                        {(["present", "absent"] as const).map((presence) => (
                          <label className="choice" key={presence}>
                            <input
                              type="radio"
                              name={`g-${group.key}`}
                              value={presence}
                              defaultChecked={meeting.presences[group.key] === presence}
                            />
                            <span>{GROUP_PRESENCES[presence]}</span>
                          </label>
                        ))}
                      </fieldset>
                    ))}
                    <Button>Enregistrer les participants</Button>
                  </Form>
                </details>
              )}
            </>
          )}
        </article>
      ))}
      {mayRecord && free.length > 0 && (
        <details className="panel">
          <summary>Désigner une séance pour cette rencontre</summary>
          <p>
            La séance comptera pour cette clause, et non plus pour le rythme du comité. Son procès-verbal dira chaque
            groupe, présent ou absent.
          </p>
          <Form method="post">
            <input type="hidden" name="acte" value="designer" />
            <input type="hidden" name="clause" value={id} />
            <div className="field">
              <label htmlFor={`seance-${kind.key}`}>Séance</label>
              <select id={`seance-${kind.key}`} name="meetingId" defaultValue="">
                <option value="">Choisir</option>
                {free.map((meeting) => (
                  <option key={meeting.id} value={meeting.id}>
                    {formatDate(meeting.on)}, {meeting.title}
                  </option>
                ))}
              </select>
            </div>
            <Button>Désigner cette séance</Button>
          </Form>
        </details>
      )}
    </Section>
  );
}
