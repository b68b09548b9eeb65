import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { EXPENSE_AXES } from "~/domain/expense/expense";
import { dateOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import { addDays } from "~/domain/kernel/plain-date";
import { count, formatCents, formatDate, formatDateTime, NBSP } from "~/documents/french";
import { bookResource, setLastDay } from "~/features/in-kind/commands.server";
import { parseBooking, parseLastDay, type BookFields, type LastDayFields } from "~/features/in-kind/form";
import { AXIS_LABELS, bookingMessage, KIND_LABELS, retireMessage, STATUS_LABELS } from "~/features/in-kind/messages.fr";
import {
  actsForOwner,
  findResource,
  listBookingsOf,
  listComingMeetings,
} from "~/features/in-kind/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { listOwnOrganizations } from "~/services/committee-record.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, SelectField, TextField } from "~/ui/forms";
import { BOOKING_TONES } from "~/ui/means/tones";
import { MoneyNav } from "~/ui/money-nav";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.resource.label ?? "Prêt" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "in-kind.read");
  const resource = await findResource(command.db, network.id, requireParam(args.params, "id"));
  if (!resource) throw notFound();
  const day = today(systemClock);
  const [bookings, meetings, own] = await Promise.all([
    listBookingsOf(command.db, network.id, resource.id),
    listComingMeetings(command.db, network.id, day),
    listOwnOrganizations(command.db, network.id, viewer, day),
  ]);
  const scope = { networkId: network.id };
  const isLent = resource.lentUntil === null || resource.lentUntil >= day;
  return {
    resource,
    root: `/reseaux/${network.slug}/salles-et-materiel`,
    actKey: systemClock.newId(),
    earliest: addDays(day, resource.noticeDays),
    isLent,
    done: new URL(args.request.url).searchParams.get("fait") === "fin",
    bookings: bookings.filter(
      ({ endsAt, status }) => dateOf(endsAt) >= day && (status === "accepted" || status === "requested"),
    ),
    meetings: meetings.map(({ id, title, startsAt }) => ({
      value: id,
      label: `${title}, ${formatDateTime(startsAt as LocalDateTime)}`,
    })),
    mayBook: isLent && can(viewer, "in-kind.book", scope),
    mayEnd: can(viewer, "in-kind.offer", scope) && actsForOwner(viewer, network.id, own, resource.organizationId),
  };
}

export async function action(args: ActionFunctionArgs) {
  const resourceId = requireParam(args.params, "id");
  const form = await args.request.clone().formData();
  if (form.get("acte") === "finir") return end(args, resourceId, form);
  const { network, command } = await openMemberPage(args, "in-kind.book");
  const submission = parseBooking(form);
  if (submission.status !== "success") return data({ act: "reserver", result: submission.reply() }, { status: 400 });
  const decision = await bookResource(command, resourceId, submission.value);
  if (!decision.ok) {
    if (decision.refusal.includes("resource-unknown")) throw notFound();
    const result = submission.reply({ formErrors: decision.refusal.map(bookingMessage) });
    return data({ act: "reserver", result }, { status: 409 });
  }
  const { bookingId } = decision.value;
  return redirect(`/reseaux/${network.slug}/salles-et-materiel/reservations/${bookingId}?fait=demande`, 303);
}

async function end(args: ActionFunctionArgs, resourceId: string, form: FormData) {
  const { network, command } = await openMemberPage(args, "in-kind.offer");
  const submission = parseLastDay(form);
  if (submission.status !== "success") return data({ act: "finir", result: submission.reply() }, { status: 400 });
  const decision = await setLastDay(command, resourceId, submission.value.lastDay);
  if (!decision.ok) {
    if (decision.refusal === "resource-unknown") throw notFound();
    return data(
      { act: "finir", result: submission.reply({ formErrors: [retireMessage(decision.refusal)] }) },
      { status: 409 },
    );
  }
  return redirect(`/reseaux/${network.slug}/salles-et-materiel/${resourceId}?fait=fin`, 303);
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Answered = ReturnType<typeof useActionData<typeof action>>;

export default function ResourcePage() {
  const view = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { resource, bookings, root, done, isLent } = view;
  return (
    <Page
      title={resource.label}
      lead={`${KIND_LABELS[resource.kind]}, ${resource.organizationName}`}
      crumbs={[{ label: "Salles et matériel", to: root }]}
    >
      <MoneyNav />
      {done && (
        <Notice tone="reached" role="status">
          <p>Le dernier jour du prêt est enregistré.</p>
        </Notice>
      )}
      {!isLent && (
        <Notice tone="pending">
          <p>Cette mise à disposition est arrêtée : elle ne se réserve plus.</p>
        </Notice>
      )}
      <Definitions
        entries={[
          { term: "Délai demandé", detail: count(resource.noticeDays, "jour", "jours") },
          {
            term: "Valeur pour mémoire",
            detail:
              resource.unitValue === null
                ? "Non valorisé"
                : `${formatCents(resource.unitValue)} / ${resource.unit} (${resource.valueBasis}), jamais facturée`,
          },
          { term: "Dernier jour", detail: resource.lentUntil === null ? "Non fixé" : formatDate(resource.lentUntil) },
        ]}
      />
      <Section title="Occupation à venir">
        {bookings.length === 0 ? (
          <p className="soft">Libre : aucune demande en cours ni réservation à venir.</p>
        ) : (
          <ul className="plain-list">
            {bookings.map((booking) => (
              <li key={booking.id}>
                <Tag tone={BOOKING_TONES[booking.status]}>{STATUS_LABELS[booking.status]}</Tag>{" "}
                <Link to={`${root}/reservations/${booking.id}`}>
                  {formatDateTime(booking.startsAt)} – {formatDateTime(booking.endsAt)}
                </Link>
                {NBSP}: {booking.purpose}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {view.mayBook && <BookForm key={view.actKey} view={view} answered={answered} />}
      {view.mayEnd && <EndForm view={view} answered={answered} />}
    </Page>
  );
}

function BookForm({ view, answered }: { readonly view: Loaded; readonly answered: Answered }) {
  const { actKey, earliest, meetings, resource } = view;
  const [form, fields] = useForm<BookFields>({
    id: "reservation",
    ...(answered?.act === "reserver" ? { lastResult: answered.result } : {}),
    defaultValue: { axis: "inter-ccas", quantity: "1" },
  });
  return (
    <Section title="Réserver">
      <p>
        {resource.organizationName} demande {count(resource.noticeDays, "jour", "jours")} de délai : à partir du{" "}
        {formatDate(earliest)}. Le propriétaire accepte ou refuse.
      </p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.startsAt} label="Début" type="datetime-local" data-width="short" />
        <TextField field={fields.endsAt} label="Fin" type="datetime-local" data-width="short" />
        <TextField
          field={fields.quantity}
          label={`Nombre d’unités (${resource.unit})`}
          inputMode="numeric"
          data-width="short"
          autoComplete="off"
        />
        <TextField
          field={fields.purpose}
          label="But"
          hint="Le prêt ne sert qu’aux actions du réseau (convention, art. 5.3)."
          autoComplete="off"
        />
        <RadioField
          field={fields.axis}
          label="Action de la convention"
          options={EXPENSE_AXES.map((axis) => ({ value: axis, label: AXIS_LABELS[axis] }))}
        />
        <SelectField
          field={fields.meetingId}
          label="Séance du réseau"
          optional
          options={meetings}
          empty="Aucune en particulier"
        />
        <Button>Demander la réservation</Button>
      </Form>
    </Section>
  );
}

function EndForm({ view, answered }: { readonly view: Loaded; readonly answered: Answered }) {
  const [form, fields] = useForm<LastDayFields>({
    id: "fin",
    ...(answered?.act === "finir" ? { lastResult: answered.result } : {}),
    defaultValue: { lastDay: view.resource.lentUntil ?? "" },
  });
  return (
    <details className="close-poll" open={answered?.act === "finir"}>
      <summary>Fixer le dernier jour du prêt</summary>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="acte" value="finir" />
        <p>Après ce jour, plus aucune réservation ne sera possible. Celles qui sont acceptées restent.</p>
        <TextField field={fields.lastDay} label="Dernier jour" type="date" data-width="short" />
        <Button look="quiet">Enregistrer ce dernier jour</Button>
      </Form>
    </details>
  );
}
