import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { parisLocalAt } from "~/domain/kernel/paris-time";
import { formatDateTime } from "~/documents/french";
import { retrySending } from "~/features/outbox/commands.server";
import { MAIL_KIND_LABELS, outcomeLabel, retryMessage, statusLabel } from "~/features/outbox/messages.fr";
import { findMail } from "~/features/outbox/queries.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button } from "~/ui/forms";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Un envoi" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "outbox.read");
  const mail = await findMail(getDb(), network.id, requireParam(args.params, "id"));
  if (!mail) throw notFound();
  const when = (instant: string): string => formatDateTime(parisLocalAt(new Date(instant)));
  return {
    slug: network.slug,
    hasServer: getEnv().smtpUrl !== null,
    isRetried: new URL(args.request.url).searchParams.get("fait") === "relance",
    mayRetry:
      can(viewer, "outbox.retry", { networkId: network.id }) &&
      (mail.status === "failed" || (mail.status === "queued" && mail.attempts > 0)),
    mail: {
      ...mail,
      nextAttemptAt: mail.nextAttemptAt && when(mail.nextAttemptAt),
      events: mail.events.map((event) => ({ ...event, at: when(event.at) })),
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "outbox.retry");
  const mailId = requireParam(args.params, "id");
  const decision = await retrySending(command, { mailId });
  if (decision.ok) return redirect(`/reseaux/${network.slug}/parametres/envois/${mailId}?fait=relance`);
  if (decision.refusal === "unknown-mail") throw notFound();
  return data({ message: retryMessage(decision.refusal) }, { status: 409 });
}

export default function MailPage() {
  const { slug, hasServer, isRetried, mayRetry, mail } = useLoaderData<typeof loader>();
  const message = useActionData<typeof action>()?.message;
  return (
    <Page
      title={mail.subject}
      lead={`${MAIL_KIND_LABELS[mail.kind]} à ${mail.recipient ?? mail.toAddress}. ${statusLabel(mail.status, hasServer)}.`}
      crumbs={[
        { label: "Paramètres", to: `/reseaux/${slug}/parametres` },
        { label: "Envois", to: `/reseaux/${slug}/parametres/envois` },
      ]}
    >
      {isRetried && (
        <Notice tone="reached" role="status">
          <p>
            Le courriel est de nouveau en tête de file
            {hasServer ? "" : " : il partira dès qu’un serveur d’envoi sera configuré"}.
          </p>
        </Notice>
      )}
      {message && (
        <Notice tone="missed" role="alert">
          <p>{message}</p>
        </Notice>
      )}
      <Definitions
        entries={[
          { term: "Destinataire", detail: mail.toAddress },
          { term: "État", detail: statusLabel(mail.status, hasServer) },
          { term: "Tentatives", detail: String(mail.attempts) },
          ...(mail.lastError ? [{ term: "Dernière erreur", detail: mail.lastError }] : []),
          ...(hasServer && mail.nextAttemptAt ? [{ term: "Prochaine tentative", detail: mail.nextAttemptAt }] : []),
          ...(mail.attachmentNames.length > 0
            ? [{ term: "Pièces jointes", detail: mail.attachmentNames.join(", ") }]
            : []),
          ...(mail.messageId ? [{ term: "Identifiant du message", detail: <code>{mail.messageId}</code> }] : []),
        ]}
      />
      {mayRetry && (
        <Form method="post" className="field">
          <Button>Relancer l’envoi</Button>
        </Form>
      )}
      <Section title="Preuve d’envoi" id="preuve">
        <ol>
          {mail.events.map((event) => (
            <li key={`${event.at}-${event.outcome}-${event.detail}`}>
              {event.at}
              {NB}: {outcomeLabel(event.outcome)}
              {event.outcome !== "retried" && ` ${event.detail}`}
            </li>
          ))}
        </ol>
      </Section>
      <Section title="Texte" id="texte">
        {mail.body === null ? (
          <p className="soft">Ce courriel contient un lien qui ouvre un compte : seul son destinataire peut le lire.</p>
        ) : (
          <div className="sheet mail-body">{mail.body}</div>
        )}
      </Section>
    </Page>
  );
}

const NB = "\u00a0";
