import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { parisLocalAt } from "~/domain/kernel/paris-time";
import { count, formatDateTime } from "~/documents/french";
import { MAIL_KIND_LABELS, MAIL_STATUS_TONES, statusLabel } from "~/features/outbox/messages.fr";
import { listMails, PAGE_SIZE, type MailStatus } from "~/features/outbox/queries.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { openMemberPage } from "~/services/gate.server";
import { EmptyState, Page } from "~/ui/page";
import { Pager, readPage } from "~/ui/pager";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Envois" }];

const FILTERS: Record<string, MailStatus> = { attente: "queued", envoyes: "sent", echecs: "failed" };

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "outbox.read");
  const search = new URL(args.request.url).searchParams;
  const filter = search.get("etat") ?? "";
  const page = readPage(search);
  const { mails, total } = await listMails(getDb(), network.id, { status: FILTERS[filter] ?? null, page });
  return {
    slug: network.slug,
    filter: FILTERS[filter] ? filter : "",
    hasServer: getEnv().smtpUrl !== null,
    page,
    pageSize: PAGE_SIZE,
    total,
    mails: mails.map((mail) => ({ ...mail, createdAt: formatDateTime(parisLocalAt(new Date(mail.createdAt))) })),
  };
}

const CHOICES = [
  { filter: "", label: "Tous" },
  { filter: "attente", label: "En attente" },
  { filter: "envoyes", label: "Envoyés" },
  { filter: "echecs", label: "En échec" },
];

export default function OutboxPage() {
  const { slug, filter, hasServer, page, pageSize, total, mails } = useLoaderData<typeof loader>();
  const root = `/reseaux/${slug}/parametres/envois`;
  return (
    <Page
      title="Envois"
      lead={`${count(total, "courriel", "courriels")}, du plus récent au plus ancien, avec la preuve de chaque envoi.`}
      crumbs={[{ label: "Paramètres", to: `/reseaux/${slug}/parametres` }]}
    >
      {!hasServer && (
        <Notice tone="pending" title="Aucun serveur d’envoi n’est configuré">
          <p>
            Les courriels attendent ici et partiront dès que l’administration aura indiqué un serveur (réglage
            SMTP_URL).
          </p>
        </Notice>
      )}
      <nav aria-label="Filtrer les envois">
        <ul className="row plain-row">
          {CHOICES.map((choice) => (
            <li key={choice.filter}>
              <Link
                to={choice.filter === "" ? root : `${root}?etat=${choice.filter}`}
                aria-current={choice.filter === filter ? "true" : undefined}
              >
                {choice.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {mails.length === 0 ? (
        <EmptyState>
          <p>Les convocations et les autres courriels du réseau paraîtront ici dès leur préparation.</p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Courriels"
          captionHidden
          columns={[
            {
              key: "subject",
              label: "Objet",
              heading: true,
              cell: (mail) => <Link to={`${root}/${mail.id}`}>{mail.subject}</Link>,
            },
            { key: "kind", label: "Nature", cell: ({ kind }) => MAIL_KIND_LABELS[kind] },
            {
              key: "to",
              label: "Destinataire",
              cell: ({ recipient, toAddress }) => (
                <>
                  {recipient && (
                    <>
                      {recipient}
                      <br />
                    </>
                  )}
                  <span className="small">{toAddress}</span>
                </>
              ),
            },
            { key: "date", label: "Préparé le", cell: ({ createdAt }) => createdAt },
            {
              key: "status",
              label: "État",
              cell: ({ status, attempts, lastError }) => (
                <>
                  <Tag tone={MAIL_STATUS_TONES[status]}>{statusLabel(status, hasServer)}</Tag>
                  {attempts > 0 && status !== "sent" && (
                    <>
                      <br />
                      <span className="small">
                        {count(attempts, "tentative", "tentatives")}
                        {lastError && ` : ${lastError}`}
                      </span>
                    </>
                  )}
                </>
              ),
            },
          ]}
          rows={mails}
          rowKey={({ id }) => id}
        />
      )}
      <Pager
        page={page}
        pageSize={pageSize}
        total={total}
        addressOf={(wanted) => `${root}?page=${wanted}${filter && `&etat=${filter}`}`}
      />
    </Page>
  );
}
