import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { NBSP } from "~/documents/french";
import { AGENDA_KIND_LABELS } from "~/documents/meeting-words";
import { capitalize } from "~/documents/quorum-tracking";
import { editAgendaItem, removeItem } from "~/features/meetings/agenda.server";
import { parseEditItem, parseRemoveItem, type EditItemFields } from "~/features/meetings/form";
import { agendaMessage } from "~/features/meetings/messages.fr";
import { findAgendaItem, fingerprintOf } from "~/features/meetings/queries.server";
import { loadItemSubjects } from "~/services/agenda-subject.server";
import { getDb } from "~/services/db.server";
import { notFound, requireParam } from "~/services/gate.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { Button, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Modifier un point" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting, isTimely } = await openMeetingPage(args, "agenda.edit");
  if (!isTimely) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const item = await findAgendaItem(getDb(), network.id, meeting.id, requireParam(args.params, "item"));
  if (!item) throw notFound();
  const subjects = await loadItemSubjects(
    getDb(),
    { networkId: network.id, meetingId: meeting.id, readsExpenses: false },
    [item],
  );
  return {
    slug: network.slug,
    meeting: { id: meeting.id, title: meeting.title, revision: meeting.revision },
    isFree: meeting.status === "planned",
    mayEdit: meeting.status === "planned" && meeting.convening === "first",
    settled: subjects[item.id]?.settled ?? null,
    seen: fingerprintOf(item),
    item: {
      kind: item.kind,
      title: item.title,
      rapporteur: item.rapporteur ?? "",
      duration: item.durationMinutes === null ? "" : String(item.durationMinutes),
      descriptionMd: item.descriptionMd,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "agenda.edit");
  const target = { meetingId: meeting.id, itemId: requireParam(args.params, "item") };
  const form = await args.request.formData();
  const agenda = `/reseaux/${network.slug}/seances/${meeting.id}/ordre-du-jour`;
  if (form.get("intent") === "remove") {
    const submission = parseRemoveItem(form);
    if (submission.status !== "success")
      return data(
        { result: null, fault: "La demande est incomplète : recommencez.", isStale: false, reason: "" },
        { status: 400 },
      );
    const decision = await removeItem(command, target, submission.value);
    if (decision.ok) return redirect(agenda);
    return data(
      { result: null, fault: agendaMessage(decision.refusal), isStale: false, reason: submission.value.reason },
      { status: 409 },
    );
  }
  const submission = parseEditItem(form);
  if (submission.status !== "success")
    return data({ result: submission.reply(), fault: null, isStale: false, reason: "" }, { status: 400 });
  const decision = await editAgendaItem(command, target, submission.value);
  if (decision.ok) return redirect(`${agenda}#point-${target.itemId}`);
  return data(
    {
      result: submission.reply(),
      fault: agendaMessage(decision.refusal),
      isStale: decision.refusal === "stale",
      reason: "",
    },
    { status: 409 },
  );
}

export default function EditItemPage() {
  const { slug, meeting, isFree, mayEdit, settled, seen, item } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, fields] = useForm<EditItemFields>({
    id: "point",
    ...(answer?.result ? { lastResult: answer.result } : {}),
    defaultValue: {
      title: item.title,
      rapporteur: item.rapporteur,
      durationMinutes: item.duration,
      descriptionMd: item.descriptionMd,
    },
  });
  const root = `/reseaux/${slug}/seances`;
  return (
    <Page
      title={item.title}
      lead={AGENDA_KIND_LABELS[item.kind]}
      crumbs={[
        { label: "Séances", to: root },
        { label: meeting.title, to: `${root}/${meeting.id}` },
        { label: "Ordre du jour", to: `${root}/${meeting.id}/ordre-du-jour` },
      ]}
    >
      {answer?.fault && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answer.fault}</p>
        </Notice>
      )}
      {answer?.isStale && (
        <Section title="Version enregistrée entre-temps" id="actuelle">
          <Definitions
            entries={[
              { term: "Intitulé", detail: item.title },
              { term: "Rapporteur", detail: item.rapporteur || "Aucun" },
              { term: "Durée", detail: item.duration === "" ? "Non annoncée" : `${item.duration} min` },
              { term: "Présentation", detail: <pre>{item.descriptionMd || "Vide"}</pre> },
            ]}
          />
        </Section>
      )}
      {mayEdit && (
        <>
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <input type="hidden" name="seen" value={seen} />
            <TextField field={fields.title} label="Intitulé" />
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
            <Button>Enregistrer</Button>
          </Form>
        </>
      )}
      <Section title="Retirer ce point" id="retirer">
        {settled !== null && (
          <Notice tone="pending" title="Ce point est sans objet">
            <p>{capitalize(settled)}.</p>
          </Notice>
        )}
        <p>Le point quitte l’ordre du jour ; le retrait est noté au registre des actes.</p>
        <Form method="post">
          <input type="hidden" name="intent" value="remove" />
          <input type="hidden" name="revision" value={meeting.revision} />
          <div className="field">
            <label htmlFor="motif">Motif du retrait {isFree && <span className="optional">(facultatif)</span>}</label>
            <input
              id="motif"
              name="reason"
              type="text"
              defaultValue={answer?.reason ?? (settled === null ? "" : `Sans objet${NBSP}: ${settled}`)}
            />
          </div>
          <Button look="danger">Retirer de l’ordre du jour</Button>
        </Form>
      </Section>
    </Page>
  );
}
