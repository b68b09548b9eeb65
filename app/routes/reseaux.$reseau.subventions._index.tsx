import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { yearOf } from "~/domain/kernel/plain-date";
import { enumerate, formatCents, formatShortDate, NBSP } from "~/documents/french";
import { GAP_LABELS, STATUS_LABELS } from "~/features/subsidies/messages.fr";
import { listSubsidies, listSubsidyYears, loadPublication } from "~/features/subsidies/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { SUBSIDY_TONES } from "~/ui/means/tones";
import { YearLinks } from "~/ui/means/year-links";
import { MoneyNav } from "~/ui/money-nav";
import { TableFiles } from "~/ui/table-files";
import { EmptyState, Page } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Subventions ${data?.year ?? ""}` }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "subsidy.read");
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const thisYear = yearOf(today(systemClock));
  const year = /^20\d\d$/.test(asked) ? Number(asked) : thisYear;
  const [subsidies, publication, years] = await Promise.all([
    listSubsidies(command.db, network.id, year),
    loadPublication(command.db, network.id, year),
    listSubsidyYears(command.db, network.id),
  ]);
  return {
    subsidies,
    publishable: publication.lines.length,
    incomplete: publication.incomplete,
    year,
    years: [...new Set([thisYear, year, ...years])].sort((one, other) => other - one),
    root: `/reseaux/${network.slug}/subventions`,
    mayRecord: can(viewer, "subsidy.record", { networkId: network.id }),
  };
}

export default function SubsidiesPage() {
  const { subsidies, publishable, incomplete, year, years, root, mayRecord } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Subventions de ${year}`}
      lead="Ce qui est demandé au Département et aux autres financeurs, leurs réponses, les versements reçus."
      actions={mayRecord && <ButtonLink to={`${root}/nouvelle?annee=${year}`}>Noter une demande</ButtonLink>}
    >
      <MoneyNav />
      <TableFiles table="demandes-de-subvention" year={year} />
      <YearLinks root={root} year={year} years={years} />
      {subsidies.some(({ mustInform }) => mustInform) && (
        <Notice tone="pending" title="Le Département doit être informé">
          <p>Un autre financeur a répondu : la convention demande d’en informer le Département.</p>
        </Notice>
      )}
      {subsidies.length === 0 ? (
        <EmptyState>
          <p>Aucune demande pour {year}. La première paraîtra ici, avec la réponse du financeur et le versement.</p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption={`Demandes de subvention de ${year}`}
          captionHidden
          columns={[
            {
              key: "object",
              label: "Objet",
              heading: true,
              cell: (row) => <Link to={`${root}/${row.id}`}>{row.object}</Link>,
            },
            { key: "funder", label: "Financeur", cell: (row) => row.funder },
            { key: "requested", label: "Demandé", number: true, cell: (row) => formatCents(row.requested) },
            {
              key: "granted",
              label: "Accordé",
              number: true,
              cell: (row) => (row.granted === null ? "" : formatCents(row.granted)),
            },
            {
              key: "paid",
              label: "Versé",
              number: true,
              cell: (row) => (row.paid === null ? "" : formatCents(row.paid)),
            },
            {
              key: "status",
              label: "État",
              cell: (row) => <Tag tone={SUBSIDY_TONES[row.status]}>{STATUS_LABELS[row.status]}</Tag>,
            },
            {
              key: "informed",
              label: "Département informé le",
              cell: (row) => {
                if (!row.isCofunding) return "sans objet";
                if (row.mustInform) return <Tag tone="pending">À faire</Tag>;
                return row.informedOn === null ? "pas encore de réponse" : formatShortDate(row.informedOn);
              },
            },
          ]}
          rows={subsidies}
          rowKey={(row) => row.id}
        />
      )}
      {publishable > 0 && (
        <p>
          <a href={`${root}.csv?annee=${year}`} download>
            Données des subventions accordées en {year}
          </a>{" "}
          <span className="soft small">(CSV, schéma national SCDL « Subventions » 2.1.1)</span>
        </p>
      )}
      {incomplete.length > 0 && (
        <Notice tone="info" title="Ces subventions accordées n’entrent pas encore dans les données à publier">
          <ul>
            {incomplete.map(({ id, funder, gaps }) => (
              <li key={id}>
                {funder}
                {NBSP}: il manque {enumerate(gaps.map((gap) => GAP_LABELS[gap]))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </Page>
  );
}
