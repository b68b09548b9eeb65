import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { listChanges } from "~/domain/indicator/dictionary";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import { formatDate, formatDateTime, NBSP } from "~/documents/french";
import { changeDictionary } from "~/features/indicators/dictionary-commands.server";
import { describeDictionary } from "~/features/indicators/dictionary-view";
import { CHANGE_LABELS, DICTIONARY_STANDING_LABELS, dictionaryMessage } from "~/features/indicators/messages.fr";
import { listMeetingsAbout } from "~/features/indicators/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, openPublicPage, requireParam } from "~/services/gate.server";
import { listDictionaries } from "~/services/indicator-record.server";
import { Button, ButtonLink } from "~/ui/forms";
import { DictionarySections } from "~/ui/indicators/dictionary-sections";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Grille d’indicateurs, version ${view.version}` : "Grille d’indicateurs" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, actor } = await openPublicPage(args);
  const scope = { networkId: network.id };
  const isMember = can(actor, "campaign.read", scope);
  const dictionaries = await listDictionaries(getDb(), network.id);
  const id = requireParam(args.params, "id");
  const at = dictionaries.findIndex((each) => each.id === id);
  const dictionary = dictionaries[at];
  if (!dictionary || (!isMember && dictionary.standing !== "adopted")) throw notFound();
  const before = dictionaries.slice(0, at).findLast(({ standing }) => standing === "adopted");
  const { version, standing, note, revision, decision, indicators } = dictionary;
  return {
    ...{ id, version, standing, note, revision, decision, isMember },
    sections: describeDictionary(indicators),
    count: indicators.length,
    former: before?.version ?? null,
    changes: before ? listChanges(before.indicators, indicators) : [],
    meetings: isMember ? await listMeetingsAbout(getDb(), network.id, id) : [],
    mayEdit: (standing === "draft" || standing === "rejected") && can(actor, "dictionary.draft", scope),
    isWritten: new URL(args.request.url).searchParams.get("fait") === "ecrit",
    root: `/reseaux/${network.slug}`,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "dictionary.draft");
  const id = requireParam(args.params, "id");
  const form = await args.request.formData();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const change =
    text("acte") === "retirer"
      ? ({ kind: "remove", code: text("code") } as const)
      : ({ kind: "note", note: text("note").trim().slice(0, 4000) } as const);
  const decision = await changeDictionary(command, id, Number(text("known")), change);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/dictionnaire/versions/${id}?fait=ecrit`, 303);
  if (decision.refusal.kind === "unknown-dictionary") throw notFound();
  return data({ refusal: dictionaryMessage(decision.refusal), note: text("note") }, { status: 409 });
}

export default function DictionaryVersionPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { id, version, standing, decision, root, mayEdit, changes, meetings } = view;
  const here = `${root}/dictionnaire/versions/${id}`;
  return (
    <Page
      title={`Grille d’indicateurs, version ${version}`}
      lead={
        decision
          ? `${view.count} indicateurs, adoptés par le comité le ${formatDate(decision.decidedOn)}.`
          : `${view.count} indicateurs${NBSP}: projet, sans effet tant que le comité ne l’a pas voté.`
      }
      crumbs={[{ label: "Dictionnaire", to: `${root}/dictionnaire` }]}
      actions={mayEdit && <ButtonLink to={`${here}/nouveau`}>Ajouter un indicateur</ButtonLink>}
    >
      <IndicatorsNav isMember={view.isMember} />
      {view.isWritten && !answer && (
        <Notice tone="reached" role="status">
          <p>La version est enregistrée.</p>
        </Notice>
      )}
      {answer && (
        <Notice tone="missed" role="alert">
          <p>{answer.refusal}</p>
        </Notice>
      )}
      <p>
        <Tag tone={standing === "adopted" ? "reached" : standing === "rejected" ? "missed" : "pending"}>
          {DICTIONARY_STANDING_LABELS[standing]}
        </Tag>
      </p>
      {view.note !== "" && <p>{view.note}</p>}
      {view.former !== null && (
        <Section title={`Ce qui change depuis la version ${view.former}`}>
          {changes.length === 0 ? (
            <p className="soft">Rien pour l’instant.</p>
          ) : (
            <ul>
              {changes.map(({ code, label, kind }) => (
                <li key={code}>
                  <strong>{label}</strong> ({code}){NBSP}: {CHANGE_LABELS[kind]}.
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
      <Section title="Vote du comité">
        {decision && (
          <p>
            Décision n°{NBSP}
            {decision.number}, {formatDate(decision.decidedOn)}
            {NBSP}: {decision.sentence}
          </p>
        )}
        {!decision && meetings.length === 0 && (
          <p>
            Cette version n’est inscrite à aucun ordre du jour. Pour la mettre aux voix, ajoutez à une{" "}
            <Link to={`${root}/seances`}>séance</Link> un point «{NBSP}Adoption de la grille d’indicateurs{NBSP}».
          </p>
        )}
        <ul>
          {meetings.map((meeting) => (
            <li key={meeting.id}>
              Inscrit à l’ordre du jour{NBSP}: <Link to={`${root}/seances/${meeting.id}`}>{meeting.title}</Link>,{" "}
              {formatDateTime(meeting.startsAt as LocalDateTime)}
            </li>
          ))}
        </ul>
      </Section>
      <DictionarySections sections={view.sections} {...(mayEdit ? { editFrom: here, revision: view.revision } : {})} />
      {mayEdit && (
        <Section title="Note au comité">
          <Form method="post">
            <input type="hidden" name="known" value={view.revision} />
            <div className="field">
              <label htmlFor="note">Ce que le comité doit savoir avant de voter</label>
              <textarea id="note" name="note" rows={4} maxLength={4000} defaultValue={answer?.note ?? view.note} />
            </div>
            <Button name="acte" value="note" look="quiet">
              Enregistrer la note
            </Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
