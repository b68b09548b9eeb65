import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { formatDateTime, formatOf } from "~/documents/french";
import { timeOf } from "~/domain/kernel/paris-time";
import { correctAttendance } from "~/features/attendance/commands.server";
import { parseCorrection, type CorrectionFields } from "~/features/attendance/form";
import { roomMessage } from "~/features/attendance/messages.fr";
import { findEntryToCorrect } from "~/features/attendance/queries.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, CheckboxField, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Corriger une présence" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "attendance.correct", "open");
  const entryId = new URL(args.request.url).searchParams.get("entree") ?? "";
  const facts = await findEntryToCorrect(getDb(), network.id, requireParam(args.params, "id"), entryId);
  if (!facts) throw notFound();
  const { head, entry, holders, remoteAllowed } = facts;
  return {
    slug: network.slug,
    meeting: { id: head.id, title: head.title },
    entry,
    occupants: holders.map(({ personId, displayName, isSubstitute }) => ({
      value: `${entry.seatId}.${personId}`,
      label: `${displayName} (${isSubstitute ? "suppléance" : "titulaire"})`,
    })),
    modes:
      entry.kind === "arrival" && (remoteAllowed || entry.mode === "remote")
        ? [
            { value: "in-person", label: "en salle" },
            { value: "remote", label: "en visio" },
          ]
        : [],
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "attendance.correct", "open");
  const meetingId = requireParam(args.params, "id");
  const submission = parseCorrection(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await correctAttendance(command, meetingId, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meetingId}?fait=correction`);
  if (decision.refusal === "meeting-not-found") throw notFound();
  return data({ result: submission.reply({ formErrors: [roomMessage(decision.refusal)] }) }, { status: 409 });
}

const ENTRY_NAMES = {
  arrival: "arrivée",
  departure: "départ",
  withdrawal: "déport",
  return: "fin du déport",
} as const;

export default function CorrectAttendancePage() {
  const { slug, meeting, entry, occupants, modes, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const occupant = `${entry.seatId}.${entry.personId}`;
  const [form, fields] = useForm<CorrectionFields>({
    id: "correction",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { heure: timeOf(entry.at), occupant, mode: entry.mode, motif: "" },
  });
  const here = `/reseaux/${slug}/seances/${meeting.id}`;
  return (
    <Page
      title="Corriger une présence"
      lead={`${entry.seat}\u00a0: ${ENTRY_NAMES[entry.kind]} ${formatOf(entry.person)}, ${formatDateTime(entry.at)}`}
      crumbs={[
        { label: "Séances", to: `/reseaux/${slug}/seances` },
        { label: meeting.title, to: here },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <input type="hidden" name="entree" value={entry.id} />
        <TextField field={fields.heure} label="Heure exacte" type="time" data-width="short" />
        {occupants.length > 1 ? (
          <SelectField field={fields.occupant} label="Qui siégeait" options={occupants} />
        ) : (
          <input type="hidden" name="occupant" value={occupant} />
        )}
        {modes.length > 0 ? (
          <SelectField field={fields.mode} label="Présence" options={modes} />
        ) : (
          <input type="hidden" name="mode" value={entry.mode} />
        )}
        <CheckboxField
          field={fields.annuler}
          label="Annuler cet enregistrement"
          hint="Il a été noté par erreur : rien ne le remplace."
        />
        <TextArea
          field={fields.motif}
          label="Motif de la correction"
          hint="L’enregistrement d’origine, la correction et son motif restent au registre."
        />
        <div className="row">
          <Button>Enregistrer la correction</Button>
          <Link to={here}>Revenir à la séance</Link>
        </div>
      </Form>
    </Page>
  );
}
