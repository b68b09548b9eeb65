import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { count, formatLongDate, formatPlannedAt } from "~/documents/french";
import { conveneMeeting } from "~/features/convocations/commands.server";
import { parseConvene, type ConveneFields } from "~/features/convocations/form";
import { convocationMessage } from "~/features/convocations/messages.fr";
import { composeMail, findAddressees, loadMailFacts, readNotice } from "~/features/convocations/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { notFound } from "~/services/gate.server";
import { openMeetingPage } from "~/services/meeting-gate.server";
import { agendaWithPending } from "~/services/meeting-preparation.server";
import { listAgenda, loadMeetingRecord } from "~/services/meeting-record.server";
import { ActKey, Button, ButtonLink, ErrorSummary, TextArea } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Convoquer le comité" }];

/** What the confirmation will send, exactly, but for each addressee's own link. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, meeting, isTimely } = await openMeetingPage(args, "meeting.convene");
  if (!isTimely) throw redirect(`/reseaux/${network.slug}/seances/${meeting.id}`);
  const db = getDb();
  const record = await loadMeetingRecord(db, network.id, meeting.id);
  if (!record) throw notFound();
  const { agenda, added } = await agendaWithPending(db, meeting, systemClock.newId);
  const addressees = await findAddressees(db, record.seats);
  const facts = await loadMailFacts(db, meeting, { agenda, rules: record.rules, urgencyReason: null });
  const first = addressees[0];
  const notice = readNotice(meeting, record.rules, today(systemClock));
  return {
    slug: network.slug,
    id: meeting.id,
    title: meeting.title,
    startsAt: meeting.startsAt,
    revision: meeting.revision,
    actKey: systemClock.newId(),
    itemCount: agenda.length,
    proposals: (await listAgenda(db, network.id, meeting.id))
      .filter(({ status }) => status === "proposed")
      .map(({ id, title, rapporteur }) => ({ id, title, rapporteur })),
    added: added.map(({ title }) => title),
    notice: { sentence: notice.sentence, isMet: notice.count.isMet, urgencyAllowed: notice.urgencyAllowed },
    sendBy: notice.sendBy,
    addressees: addressees.map(({ displayName, seatLabel, seatRole, email }) => ({
      ...{ displayName, seatLabel, email },
      capacity: seatRole === "titular" ? "Titulaire" : "Suppléant·e",
    })),
    vacant: record.seats.filter((seat) => !seat.inOffice).map(({ label }) => label),
    isMailWaiting: getEnv().smtpUrl === null,
    preview: first ? { to: first, ...composeMail(facts, first, `${getEnv().publicUrl}/reponse/…`) } : null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, meeting, command } = await openMeetingPage(args, "meeting.convene");
  const submission = parseConvene(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply(), fault: null }, { status: 400 });
  const decision = await conveneMeeting(command, meeting.id, submission.value);
  if (decision.ok) return redirect(`/reseaux/${network.slug}/seances/${meeting.id}?fait=convoquee`);
  const message = convocationMessage(decision.refusal);
  const isAboutUrgency = decision.refusal === "urgency-reason-too-short" || decision.refusal === "notice-too-short";
  const result = submission.reply(isAboutUrgency ? { fieldErrors: { urgencyReason: [message] } } : {});
  return data({ result, fault: isAboutUrgency ? null : message }, { status: 409 });
}

export default function ConvenePage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, fields] = useForm<ConveneFields>({
    id: "convocation",
    ...(answer ? { lastResult: answer.result } : {}),
  });
  const root = `/reseaux/${view.slug}/seances`;
  const here = `${root}/${view.id}`;
  const needsUrgency = !view.notice.isMet && view.notice.urgencyAllowed;
  const isBlocked = view.itemCount === 0 || view.addressees.length === 0 || (!view.notice.isMet && !needsUrgency);
  return (
    <Page
      title="Convoquer le comité"
      lead={`${view.title}, ${formatPlannedAt(view.startsAt)}.`}
      crumbs={[
        { label: "Séances", to: root },
        { label: view.title, to: here },
      ]}
    >
      {answer?.fault && (
        <Notice tone="missed" role="alert" title="Rien n’est parti">
          <p>{answer.fault}</p>
        </Notice>
      )}
      <ErrorSummary form={form} />
      <Section title="Délai de convocation" id="delai">
        <Notice tone={view.notice.isMet ? "reached" : "missed"}>
          <p>{view.notice.sentence}.</p>
          {!view.notice.isMet && (
            <p>
              Le délai était tenu jusqu’au {formatLongDate(view.sendBy)}.{" "}
              {view.notice.urgencyAllowed
                ? "Le règlement permet de l’abréger pour une urgence motivée par écrit."
                : "Rien ne permet ici de l’abréger."}{" "}
              <Link to={`${here}/modifier`}>Choisir une autre date</Link>
            </p>
          )}
        </Notice>
      </Section>
      <Section title={count(view.addressees.length, "destinataire", "destinataires")} id="destinataires">
        {view.vacant.length > 0 && (
          <Notice tone="pending">
            <p>
              {view.vacant.length === 1 ? "Siège vacant, sans destinataire : " : "Sièges vacants, sans destinataire : "}
              {view.vacant.join(", ")}.
            </p>
          </Notice>
        )}
        <Table
          narrow="stack"
          caption="Qui recevra la convocation"
          captionHidden
          columns={[
            { key: "name", label: "Personne", heading: true, cell: (row) => row.displayName },
            { key: "seat", label: "Siège", cell: (row) => `${row.seatLabel}, ${row.capacity.toLowerCase()}` },
            { key: "email", label: "Adresse", cell: (row) => <span className="proof-detail">{row.email}</span> },
          ]}
          rows={view.addressees}
          rowKey={(row) => `${row.seatLabel}-${row.email}`}
        />
        {view.isMailWaiting && (
          <Notice tone="pending">
            <p>
              Aucun serveur d’envoi n’est réglé : les courriels attendront, lisibles, dans la boîte d’envoi du réseau.
            </p>
          </Notice>
        )}
      </Section>
      {view.proposals.length > 0 && (
        <Notice
          tone="pending"
          title={count(view.proposals.length, "point proposé attend", "points proposés attendent")}
        >
          <ul>
            {view.proposals.map(({ id, title, rapporteur }) => (
              <li key={id}>
                {title} <span className="soft">({rapporteur})</span>
              </li>
            ))}
          </ul>
          <p>
            Une fois la convocation partie, rien ne s’ajoute à l’ordre du jour : ces points ne pourront plus être que
            reportés ou refusés. <Link to={`${here}/ordre-du-jour#propositions`}>Décider d’abord</Link>
          </p>
        </Notice>
      )}
      {view.added.length > 0 && (
        <Notice>
          <p>
            {view.added.length === 1 ? "S’ajoute de lui-même" : "S’ajoutent d’eux-mêmes"} en tête de l’ordre du jour :{" "}
            {view.added.join(" ; ")}.
          </p>
        </Notice>
      )}
      {view.preview && (
        <Section title="Le courriel, tel qu’il partira" id="apercu">
          <p className="soft">
            Destinataire montré ici : {view.preview.to.displayName}. Chacun reçoit son siège, son propre lien de réponse
            et la séance en pièce jointe pour son agenda (convocation.ics).
          </p>
          <div className="mail-preview">
            <p className="subject">{view.preview.subject}</p>
            <pre>{view.preview.text}</pre>
          </div>
        </Section>
      )}
      {isBlocked ? (
        <ButtonLink to={view.itemCount === 0 ? `${here}/ordre-du-jour/nouveau` : `${here}/modifier`}>
          {view.itemCount === 0 ? "Ajouter un premier point" : "Changer la date"}
        </ButtonLink>
      ) : (
        <Form method="post" {...getFormProps(form)} noValidate>
          <ActKey value={view.actKey} />
          <input type="hidden" name="revision" value={view.revision} />
          {needsUrgency && (
            <TextArea
              field={fields.urgencyReason}
              label="Motif de l’urgence"
              hint="20 caractères au moins. Il figure dans la convocation et au procès-verbal."
              rows={3}
            />
          )}
          <p>
            Une fois la convocation partie, la date, le lieu et l’ordre du jour annoncés ne changent plus ; un point
            peut seulement être retiré ou déplacé, avec un motif.
          </p>
          <Button>Envoyer la convocation à {count(view.addressees.length, "destinataire", "destinataires")}</Button>
        </Form>
      )}
    </Page>
  );
}
