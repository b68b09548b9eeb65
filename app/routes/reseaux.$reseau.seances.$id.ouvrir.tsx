import { nameWithSeat } from "~/documents/meeting-words";
import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { formatDateTime, formatTime } from "~/documents/french";
import { timeOf } from "~/domain/kernel/paris-time";
import { parseOpenSession, type OpenSessionFields } from "~/features/meetings/session-form";
import { sessionMessage } from "~/features/meetings/session-messages.fr";
import { findOpeningFacts, openSession, type OfficerCandidate } from "~/features/meetings/session.server";
import { localNow, systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, SelectField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Ouvrir la séance" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "meeting.open", "convened");
  const facts = await findOpeningFacts(getDb(), network.id, requireParam(args.params, "id"));
  if (!facts) throw notFound();
  const { head, chairs, secretaries } = facts;
  if (head.status !== "convened") throw redirect(`/reseaux/${network.slug}/seances/${head.id}`);
  const chair = chairs.find(({ seatId, personId }) => seatId === head.chairSeatId && personId === head.chairPersonId);
  const secretary = secretaries.find(({ personId }) => personId === (head.secretaryPersonId ?? viewer.personId));
  const now = localNow(systemClock);
  return {
    slug: network.slug,
    meeting: { id: head.id, title: head.title, startsAt: head.startsAt },
    earlyAt: now < head.startsAt ? formatTime(timeOf(now)) : null,
    chairs: chairs.map((candidate) => ({ value: valueOf(candidate), label: labelOf(candidate) })),
    secretaries: secretaries.map((candidate) => ({ value: candidate.personId, label: labelOf(candidate) })),
    presidence: chair ? valueOf(chair) : "",
    secretaire: secretary?.personId ?? "",
  };
}

function valueOf({ seatId, personId }: OfficerCandidate): string {
  return `${seatId ?? ""}.${personId}`;
}

function labelOf({ displayName, seatLabel }: OfficerCandidate): string {
  return nameWithSeat(displayName, seatLabel);
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "meeting.open", "convened");
  const meetingId = requireParam(args.params, "id");
  const submission = parseOpenSession(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { presidence, secretaire } = submission.value;
  const decision = await openSession(command, { meetingId, chair: presidence, secretaryPersonId: secretaire });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meetingId}?fait=ouverte`);
  if (decision.refusal === "meeting-not-found") throw notFound();
  if (decision.refusal === "wrong-state") return redirect(`/reseaux/${network.slug}/seances/${meetingId}`);
  return data({ result: submission.reply({ formErrors: [sessionMessage(decision.refusal)] }) }, { status: 409 });
}

export default function OpenMeetingPage() {
  const { slug, meeting, earlyAt, chairs, secretaries, presidence, secretaire } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<OpenSessionFields>({
    id: "ouverture",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { presidence, secretaire },
  });
  const here = `/reseaux/${slug}/seances/${meeting.id}`;
  return (
    <Page
      title="Ouvrir la séance"
      lead={`${meeting.title}, ${formatDateTime(meeting.startsAt)}`}
      crumbs={[
        { label: "Séances", to: `/reseaux/${slug}/seances` },
        { label: meeting.title, to: here },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <SelectField
          field={fields.presidence}
          label="Présidence de séance"
          hint="Une personne qui occupe un siège et qui est présente. Sa voix départage les votes à égalité, si le règlement le prévoit."
          options={chairs}
          empty="Choisissez une personne"
        />
        <SelectField
          field={fields.secretaire}
          label="Secrétariat de séance"
          hint="Elle ou il signe le procès-verbal avec la présidence."
          options={secretaries}
          empty="Choisissez une personne"
        />
        {earlyAt && (
          <Notice tone="pending" title="La séance s’ouvrirait avant l’heure">
            <p>
              Il est {earlyAt}, et la convocation annonce {formatTime(timeOf(meeting.startsAt))}
              {"\u00a0"}: qui arrive à l’heure dite trouverait la séance commencée.
            </p>
          </Notice>
        )}
        <Notice tone="info" title="Ce qui va se passer">
          <p>
            L’heure d’ouverture est inscrite au registre. Les sièges, leurs titulaires et le règlement sont figés tels
            qu’ils sont ce jour{"\u00a0"}: ils donnent le quorum de toute la séance. Vous notez ensuite les arrivées,
            une à une.
          </p>
        </Notice>
        <div className="row">
          <Button>Ouvrir la séance</Button>
          <Link to={here}>Revenir sans ouvrir</Link>
        </div>
      </Form>
    </Page>
  );
}
