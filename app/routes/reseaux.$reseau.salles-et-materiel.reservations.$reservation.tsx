import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDateTime } from "~/documents/french";
import { answerRequest, cancelRequest } from "~/features/in-kind/commands.server";
import { parseAnswer, type AnswerFields } from "~/features/in-kind/form";
import { answerMessage, AXIS_LABELS, cancelMessage, STATUS_LABELS } from "~/features/in-kind/messages.fr";
import { actsForOwner, findBooking } from "~/features/in-kind/queries.server";
import { localNow, systemClock, today } from "~/services/clock.server";
import { listOwnOrganizations } from "~/services/committee-record.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, RadioField, TextArea } from "~/ui/forms";
import { BOOKING_TONES } from "~/ui/means/tones";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Réservation" }];

const DONE: Readonly<Record<string, string>> = {
  demande: "La demande est enregistrée. Le propriétaire l’acceptera ou la refusera.",
  reponse: "La réponse est enregistrée.",
  annulation: "La réservation est annulée.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "in-kind.read");
  const booking = await findBooking(command.db, network.id, requireParam(args.params, "reservation"));
  if (!booking) throw notFound();
  const own = await listOwnOrganizations(command.db, network.id, viewer, today(systemClock));
  const isOwner = actsForOwner(viewer, network.id, own, booking.ownerId);
  const isOpen = booking.status === "requested" || booking.status === "accepted";
  const scope = { networkId: network.id };
  return {
    booking,
    slug: network.slug,
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    mayAnswer: booking.status === "requested" && isOwner && can(viewer, "in-kind.decide", scope),
    mayCancel:
      isOpen &&
      booking.startsAt > localNow(systemClock) &&
      (isOwner || booking.requestedBy === viewer.personId) &&
      can(viewer, "in-kind.book", scope),
  };
}

export async function action(args: ActionFunctionArgs) {
  const bookingId = requireParam(args.params, "reservation");
  const form = await args.request.clone().formData();
  if (form.get("acte") === "annuler") {
    const { network, command } = await openMemberPage(args, "in-kind.book");
    const decision = await cancelRequest(command, bookingId);
    if (!decision.ok && decision.refusal === "booking-unknown") throw notFound();
    if (!decision.ok) return data({ refusal: cancelMessage(decision.refusal), result: null }, { status: 409 });
    return redirect(`/reseaux/${network.slug}/salles-et-materiel/reservations/${bookingId}?fait=annulation`, 303);
  }
  const { network, command } = await openMemberPage(args, "in-kind.decide");
  const submission = parseAnswer(form);
  if (submission.status !== "success") return data({ refusal: null, result: submission.reply() }, { status: 400 });
  const decision = await answerRequest(command, bookingId, submission.value);
  if (!decision.ok) {
    if (decision.refusal === "booking-unknown") throw notFound();
    const result = submission.reply({ formErrors: [answerMessage(decision.refusal)] });
    return data({ refusal: null, result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/salles-et-materiel/reservations/${bookingId}?fait=reponse`, 303);
}

export default function BookingPage() {
  const { booking, slug, done, mayAnswer, mayCancel } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const root = `/reseaux/${slug}/salles-et-materiel`;
  return (
    <Page
      title={`Réservation : ${booking.resourceLabel}`}
      lead={`${formatDateTime(booking.startsAt)} – ${formatDateTime(booking.endsAt)}`}
      crumbs={[
        { label: "Salles et matériel", to: root },
        { label: booking.resourceLabel, to: `${root}/${booking.resourceId}` },
      ]}
    >
      {answered?.refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      <p>
        <Tag tone={BOOKING_TONES[booking.status]}>{STATUS_LABELS[booking.status]}</Tag>
      </p>
      <Definitions
        entries={[
          { term: "Prêté par", detail: booking.ownerName },
          { term: "But", detail: booking.purpose },
          { term: "Action de la convention", detail: AXIS_LABELS[booking.axis] },
          ...(booking.meeting === null
            ? []
            : [
                {
                  term: "Séance",
                  detail: <Link to={`/reseaux/${slug}/seances/${booking.meeting.id}`}>{booking.meeting.title}</Link>,
                },
              ]),
          { term: "Quantité", detail: `${booking.quantity} × ${booking.unit}` },
          { term: "Demandée par", detail: booking.requesterName },
          ...(booking.reason === null ? [] : [{ term: "Réponse du propriétaire", detail: booking.reason }]),
        ]}
      />
      {mayAnswer && <AnswerForm lastResult={answered?.result ?? null} />}
      {mayCancel && (
        <details className="close-poll">
          <summary>Annuler cette réservation</summary>
          <Form method="post">
            <input type="hidden" name="acte" value="annuler" />
            <p>Le créneau redeviendra libre. Pour le reprendre, il faudra une nouvelle demande, avec son délai.</p>
            <Button look="danger">Annuler la réservation</Button>
          </Form>
        </details>
      )}
    </Page>
  );
}

function AnswerForm({
  lastResult,
}: {
  readonly lastResult: ReturnType<ReturnType<typeof parseAnswer>["reply"]> | null;
}) {
  const [form, fields] = useForm<AnswerFields>({ id: "reponse", ...(lastResult ? { lastResult } : {}) });
  return (
    <Section title="Répondre">
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <RadioField
          field={fields.answer}
          label="Réponse du propriétaire"
          options={[
            { value: "accept", label: "Accepter" },
            { value: "refuse", label: "Refuser, avec un motif" },
          ]}
        />
        <TextArea field={fields.reason} label="Motif ou consignes" optional rows={3} hint="Nécessaire pour un refus." />
        <Button>Enregistrer la réponse</Button>
      </Form>
    </Section>
  );
}
