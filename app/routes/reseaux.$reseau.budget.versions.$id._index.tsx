import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { totalOf } from "~/domain/budget/budget";
import type { Cents } from "~/domain/kernel/money";
import type { LocalDateTime } from "~/domain/kernel/paris-time";
import { formatCents, formatDate, formatDateTime, NBSP } from "~/documents/french";
import { AXIS_LABELS } from "~/documents/money-words";
import { STANDING_LABELS } from "~/features/budget/messages.fr";
import { findBudgetVersion } from "~/features/budget/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { Page, Prose, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";
import { renderMarkdown } from "~/services/markdown.server";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.title ?? "Budget" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "budget.read");
  const found = await findBudgetVersion(command.db, network.id, requireParam(args.params, "id"));
  if (!found) throw notFound();
  const { version, meetings } = found;
  const isOpen = version.standing === "draft" || version.standing === "rejected";
  return {
    ...{ version, meetings },
    root: `/reseaux/${network.slug}`,
    title:
      version.version === 1
        ? `Budget ${version.year}, première version`
        : `Budget ${version.year}, révision n°${NBSP}${version.version - 1}`,
    total: totalOf(version.lines),
    noteHtml: version.note === "" ? null : renderMarkdown(version.note),
    mayEdit: isOpen && can(viewer, "budget.draft", { networkId: network.id }),
    isWritten: new URL(args.request.url).searchParams.get("fait") === "ecrit",
  };
}

export default function BudgetVersionPage() {
  const { version, meetings, root, title, total, noteHtml, mayEdit, isWritten } = useLoaderData<typeof loader>();
  const { decision, standing, year } = version;
  return (
    <Page
      title={title}
      lead={leadOf(standing, total, decision)}
      crumbs={[{ label: `Budget ${year}`, to: `${root}/budget?annee=${year}` }]}
      actions={
        mayEdit && (
          <ButtonLink to={`${root}/budget/versions/${version.id}/modifier`}>Modifier le prévisionnel</ButtonLink>
        )
      }
    >
      <MoneyNav />
      {isWritten && (
        <Notice tone="reached" role="status">
          <p>Le prévisionnel est enregistré.</p>
        </Notice>
      )}
      <p>
        <Tag tone={standing === "adopted" ? "reached" : standing === "rejected" ? "missed" : "pending"}>
          {STANDING_LABELS[standing]}
        </Tag>
      </p>
      <Table
        caption={`Lignes, dépenses de fonctionnement, ${year}`}
        columns={[
          { key: "label", label: "Ligne", heading: true, cell: (line) => line.label },
          { key: "axis", label: "Axe", cell: (line) => AXIS_LABELS[line.axis] },
          { key: "amount", label: "Montant", number: true, cell: (line) => formatCents(line.amount) },
        ]}
        rows={version.lines}
        rowKey={({ id }) => id}
        foot={
          <tr>
            <th scope="row">Total</th>
            <td />
            <td className="number">{formatCents(total)}</td>
          </tr>
        }
      />
      {noteHtml !== null && (
        <Section title="Note au comité">
          <Prose html={noteHtml} />
        </Section>
      )}
      {version.version > 1 && (
        <Section title="Ce que la révision change">
          {version.changes.length === 0 ? (
            <p className="soft">Rien ne change par rapport au budget en vigueur.</p>
          ) : (
            <Table
              caption="Différences, ligne par ligne"
              captionHidden
              columns={[
                { key: "label", label: "Ligne", heading: true, cell: (change) => change.label },
                { key: "before", label: "Avant", number: true, cell: ({ before }) => amountOr(before, "nouvelle") },
                { key: "after", label: "Après", number: true, cell: ({ after }) => amountOr(after, "supprimée") },
                {
                  key: "difference",
                  label: "Différence",
                  number: true,
                  cell: ({ before, after }) => signed((after ?? 0) - (before ?? 0)),
                },
              ]}
              rows={version.changes}
              rowKey={({ lineId }) => lineId}
            />
          )}
        </Section>
      )}
      <Section title="Vote du comité">
        {decision !== null && (
          <p>
            Décision n°{NBSP}
            {decision.number}, {formatDate(decision.decidedOn)}
            {NBSP}:{" "}
            {decision.meetingId === null ? (
              decision.sentence
            ) : (
              <Link to={`${root}/seances/${decision.meetingId}/scrutins/${decision.pollId}`}>{decision.sentence}</Link>
            )}
          </p>
        )}
        {meetings.length === 0 && decision === null && (
          <p>
            Ce prévisionnel n’est inscrit à aucun ordre du jour. Pour le mettre aux voix, ajoutez à une{" "}
            <Link to={`${root}/seances`}>séance</Link> un point «{NBSP}Adoption du budget de l’année{NBSP}».
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
    </Page>
  );
}

type View = ReturnType<typeof useLoaderData<typeof loader>>["version"];

function leadOf(standing: View["standing"], total: Cents, decision: View["decision"]): string {
  const amount = formatCents(total);
  if (decision) return `${amount}, adopté par le comité le ${formatDate(decision.decidedOn)}.`;
  if (standing === "voting") return `${amount}${NBSP}: le comité vote.`;
  if (standing === "rejected") return `${amount}${NBSP}: le comité l’a rejeté, il peut être repris.`;
  return `${amount}${NBSP}: projet, sans effet tant que le comité ne l’a pas voté.`;
}

function amountOr(cents: Cents | null, word: string): string {
  return cents === null ? word : formatCents(cents);
}

function signed(cents: number): string {
  return `${cents > 0 ? "+" : cents < 0 ? "−" : ""}${formatCents(Math.abs(cents) as Cents)}`;
}
