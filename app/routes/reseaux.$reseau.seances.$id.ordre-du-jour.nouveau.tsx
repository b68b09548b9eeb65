import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { AGENDA_LIMITS, KINDS_WITH_SUBJECT, type AgendaItemKind } from "~/domain/meeting/agenda";
import { articleWords } from "~/documents/agreement-words";
import { AGENDA_KIND_LABELS } from "~/documents/meeting-words";
import type { NetworkId } from "~/domain/kernel/ids";
import { listClarifications } from "~/features/agreements/queries.server";
import { addAgendaItem, mayAddItem } from "~/features/meetings/agenda.server";
import { AGENDA_ITEM_KINDS, parseAgendaItem, type AgendaItemFields } from "~/features/meetings/form";
import { agendaMessage } from "~/features/meetings/messages.fr";
import { listAgendaSubjects } from "~/features/meetings/queries.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Ajouter un point" }];

const SUBJECT_LABELS: Partial<Record<AgendaItemKind, string>> = {
  "expense-validation": "Dépense demandée",
  "minutes-approval": "Procès-verbal à approuver",
  "rules-adoption": "Projet de règlement",
  "budget-adoption": "Prévisionnel de l’année",
  "dictionary-adoption": "Version de la grille d’indicateurs",
  "action-plan": "Plan ou protocole d’évaluation",
  ratification: "Consultation écrite close",
};

const NOTHING_TO_CHOOSE: Partial<Record<AgendaItemKind, string>> = {
  "expense-validation": "Aucune demande de dépense n’attend de vote.",
  "minutes-approval": "Aucun procès-verbal n’attend d’approbation.",
  "rules-adoption": "Aucun projet de règlement n’est préparé.",
  "budget-adoption": "Aucun prévisionnel n’attend de vote : préparez-le depuis la page Budget.",
  "dictionary-adoption": "Aucune version de la grille n’attend de vote : préparez-la depuis la page Dictionnaire.",
  "action-plan":
    "Aucun plan complet ni protocole d’évaluation n’attend de vote : préparez-les depuis la page Plan d’actions.",
  ratification: "Aucune consultation écrite close n’attend de ratification.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting, isTimely } = await openMeetingPage(args, "agenda.edit");
  if (!isTimely) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const heading = { slug: network.slug, id: meeting.id, title: meeting.title };
  const change = mayAddItem(meeting);
  if (!change.ok) return { ...heading, impossible: agendaMessage(change.refusal) } as const;
  const query = new URL(args.request.url).searchParams;
  const asked = query.get("type");
  const kind = AGENDA_ITEM_KINDS.find((each) => each === asked) ?? null;
  return {
    ...heading,
    impossible: null,
    actKey: systemClock.newId(),
    kind,
    question: await findQuestion(network.id, kind === "agreement" ? query.get("contradiction") : null),
    subjects: kind === null ? [] : await listAgendaSubjects(getDb(), network.id, kind),
  };
}

/** The contradiction of a text that the item would put to the committee, told as the item's own words. */
async function findQuestion(networkId: NetworkId, id: string | null) {
  if (id === null) return null;
  const one = (await listClarifications(getDb(), networkId)).find((each) => each.id === id && each.settled === null);
  if (!one) return null;
  const readings =
    one.readings.length > 0 ? `\n\nLectures possibles :\n\n${one.readings.map((each) => `- ${each}`).join("\n")}` : "";
  return {
    title: shorten(`${one.title} (${articleWords(one.articles)})`, AGENDA_LIMITS.longestTitle),
    descriptionMd: `${one.problem}${readings}`,
  };
}

function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "agenda.edit");
  const submission = parseAgendaItem(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await addAgendaItem(command, meeting.id, submission.value);
  if (decision.ok)
    return redirect(`/reseaux/${network.slug}/seances/${meeting.id}/ordre-du-jour#point-${decision.value.itemId}`);
  const isAboutSubject = decision.refusal === "subject-missing" || decision.refusal === "subject-unknown";
  const result = submission.reply({
    fieldErrors: { [isAboutSubject ? "subjectId" : "title"]: [agendaMessage(decision.refusal)] },
  });
  return data({ result }, { status: 409 });
}

export default function NewItemPage() {
  const view = useLoaderData<typeof loader>();
  const root = `/reseaux/${view.slug}/seances`;
  const here = `${root}/${view.id}/ordre-du-jour`;
  const crumbs = [
    { label: "Séances", to: root },
    { label: view.title, to: `${root}/${view.id}` },
    { label: "Ordre du jour", to: here },
  ];
  if (view.impossible !== null)
    return (
      <Page title="Aucun point ne s’ajoute" crumbs={crumbs}>
        <Notice tone="pending">
          <p>{view.impossible}</p>
        </Notice>
        <p>
          <Link to={here}>Revenir à l’ordre du jour</Link>
        </p>
      </Page>
    );
  return (
    <Page
      title={view.kind === null ? "Quel point ajouter ?" : `Ajouter un point : ${AGENDA_KIND_LABELS[view.kind]}`}
      crumbs={crumbs}
    >
      {view.kind === null ? (
        <ul className="plain-list">
          {AGENDA_ITEM_KINDS.map((kind) => (
            <li key={kind}>
              <Link to={`${here}/nouveau?type=${kind}`}>{AGENDA_KIND_LABELS[kind]}</Link>
            </li>
          ))}
        </ul>
      ) : (
        <ItemForm
          kind={view.kind}
          question={view.question}
          subjects={view.subjects}
          actKey={view.actKey}
          back={`${here}/nouveau`}
        />
      )}
    </Page>
  );
}

type ItemFormProps = {
  readonly kind: AgendaItemKind;
  readonly question: { readonly title: string; readonly descriptionMd: string } | null;
  readonly subjects: ReadonlyArray<{ readonly id: string; readonly label: string }>;
  readonly actKey: string;
  readonly back: string;
};

function ItemForm({ kind, question, subjects, actKey, back }: ItemFormProps) {
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<AgendaItemFields>({
    id: "point",
    ...(question ? { defaultValue: question } : {}),
    ...(lastResult ? { lastResult } : {}),
  });
  const hasSubject = KINDS_WITH_SUBJECT[kind];
  if (hasSubject && subjects.length === 0) {
    return (
      <EmptyState>
        <p>{NOTHING_TO_CHOOSE[kind]}</p>
        <p>
          <Link to={back}>Choisir une autre nature de point</Link>
        </p>
      </EmptyState>
    );
  }
  return (
    <>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <input type="hidden" name="kind" value={kind} />
        {hasSubject && (
          <SelectField
            field={fields.subjectId}
            label={SUBJECT_LABELS[kind]}
            options={subjects.map(({ id, label }) => ({ value: id, label }))}
            empty="Choisir…"
          />
        )}
        <TextField
          field={fields.title}
          label="Intitulé"
          optional={hasSubject}
          {...(hasSubject ? { hint: "Sans intitulé, le point prend le nom de ce que vous avez choisi." } : {})}
        />
        <TextField field={fields.rapporteur} label="Rapporteur ou rapporteuse" optional />
        <TextField
          field={fields.durationMinutes}
          label="Durée, en minutes"
          inputMode="numeric"
          data-width="short"
          optional
        />
        <TextArea
          field={fields.descriptionMd}
          label="Présentation"
          optional
          rows={8}
          hint="Elle paraît dans le dossier de séance. Mise en forme Markdown : **gras**, listes avec « - », liens."
        />
        <Button>Ajouter à l’ordre du jour</Button>
      </Form>
    </>
  );
}
