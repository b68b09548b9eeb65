import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { EXPENSE_AXES } from "~/domain/expense/expense";
import { yearOf } from "~/domain/kernel/plain-date";
import { formatCents, formatDate, formatInteger, NBSP } from "~/documents/french";
import { readYear } from "~/features/staff-time/form";
import { AXIS_LABELS, formatMinutes, STANDING_LABELS } from "~/features/staff-time/messages.fr";
import { listTimeYears, loadYear, type ProrationBasis, type YearView } from "~/features/staff-time/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { TableFiles } from "~/ui/table-files";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { STANDING_TONES } from "~/ui/means/tones";
import { YearLinks } from "~/ui/means/year-links";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Temps de travail ${data?.year ?? ""}` }];

const DONE: Readonly<Record<string, string>> = {
  ligne: "La ligne est notée.",
  correction: "La correction est notée ; ce qu’elle remplace reste dans l’historique.",
  retrait: "La ligne est retirée de l’état ; elle reste dans l’historique.",
  approbation: "L’approbation du comité est enregistrée : l’état de l’année est arrêté.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "staff-time.read");
  const params = new URL(args.request.url).searchParams;
  const thisYear = yearOf(today(systemClock));
  const year = readYear(params.get("annee"), thisYear);
  const [view, years] = await Promise.all([
    loadYear(command.db, network.id, year),
    listTimeYears(command.db, network.id),
  ]);
  const scope = { networkId: network.id };
  return {
    ...shownView(view),
    year,
    years: [...new Set([thisYear, year, ...years])].sort((one, other) => other - one),
    root: `/reseaux/${network.slug}/temps-de-travail`,
    done: DONE[params.get("fait") ?? ""] ?? null,
    mayRecord: can(viewer, "staff-time.record", scope) && view.approval === null,
    mayApprove: can(viewer, "staff-time.approve", scope) && view.approval === null && view.state !== null,
  };
}

/** Maps don't cross to the page. */
function shownView({ lines, state, approval, basis, prorated, effects, organizations }: YearView) {
  const places = [...(basis?.labels.keys() ?? [])];
  const members = basis
    ? basis.weights
        .map(({ id, weight }) => ({ id, weight, label: basis.labels.get(id) ?? id }))
        .sort((one, other) => places.indexOf(one.id) - places.indexOf(other.id))
    : [];
  return {
    lines: lines.map((line) => ({
      ...line,
      contestedBy: line.contest && (organizations.get(line.contest.organizationId) ?? ""),
    })),
    state,
    approval,
    members,
    source: basis && sentenceOf(basis.source),
    shares: prorated && {
      rows: prorated.rows.map(({ id, amount, cells }) => ({
        id,
        amount,
        cells: cells.map(({ memberId, cents }) => ({ memberId, cents })),
      })),
      annual: prorated.annual.shares.map(({ id, cents }) => ({ id, cents })),
    },
    effects,
  };
}

function sentenceOf(source: ProrationBasis["source"]): string {
  return source.kind === "call"
    ? `Poids arrêtés par l’appel de fonds n°${NBSP}${source.rank} de ${source.year}.`
    : `Population municipale, millésime ${source.vintage} (${source.producer}), en vigueur le ${formatDate(source.inForceOn as Parameters<typeof formatDate>[0])}. L’appel de fonds de l’année, une fois émis, fixera les poids.`;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function StaffTimePage() {
  const view = useLoaderData<typeof loader>();
  const { year, years, root, done, lines, state, approval, mayRecord, mayApprove } = view;
  return (
    <Page
      title={`Temps de travail, ${year}`}
      lead="Les heures que le CCAS pilote consacre au réseau, par fonction et par axe. Elles sont valorisées et réparties comme l’argent, mais à part : elles ne sont jamais appelées (convention, art. 4.2.2)."
      actions={
        <>
          {mayRecord && <ButtonLink to={`${root}/nouveau?annee=${year}`}>Noter du temps</ButtonLink>}
          {mayApprove && (
            <ButtonLink to={`${root}/approuver?annee=${year}`} look="quiet">
              Enregistrer l’approbation du comité
            </ButtonLink>
          )}
        </>
      }
    >
      <MoneyNav />
      <TableFiles table="temps-de-travail" year={year} />
      <YearLinks root={root} year={year} years={years} />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {approval !== null && (
        <Notice tone="reached" title={`État approuvé par la décision n°${NBSP}${approval.decisionNumber}`}>
          <p>
            Arrêté le {formatDate(approval.recordedOn)}
            {NBSP}: {formatMinutes(approval.minutes)}, {formatCents(approval.total)}.
            {state !== null && state.total !== approval.total && (
              <>
                {" "}
                Avec les lignes contestées que le comité a admises depuis{NBSP}: {formatCents(state.total)}.
              </>
            )}
          </p>
        </Notice>
      )}
      {lines.length === 0 ? (
        <EmptyState>
          <p>
            Aucune heure n’est notée pour {year}. Le secrétariat les note par fonction, jamais par personne, puis le
            comité approuve l’état de l’année.
          </p>
        </EmptyState>
      ) : (
        <>
          <Lines view={view} />
          {state !== null && <Totals state={state} />}
          {state !== null && <Shares view={view} />}
          {view.effects.length > 0 && <Sensitivity view={view} />}
        </>
      )}
    </Page>
  );
}

function Lines({ view: { lines, root } }: { readonly view: Loaded }) {
  return (
    <Section title="Lignes de l’année">
      <Table
        narrow="stack"
        caption="Heures par fonction et par axe"
        captionHidden
        columns={[
          {
            key: "function",
            label: "Fonction",
            heading: true,
            cell: (line) => <Link to={`${root}/${line.id}`}>{line.staffFunction}</Link>,
          },
          { key: "axis", label: "Axe", cell: (line) => AXIS_LABELS[line.axis] },
          { key: "hours", label: "Temps", number: true, cell: (line) => formatMinutes(line.minutes) },
          { key: "cost", label: "Coût d’une heure", number: true, cell: (line) => formatCents(line.centsPerHour) },
          { key: "basis", label: "Fondement du coût", cell: (line) => line.basis },
          {
            key: "standing",
            label: "État",
            cell: (line) => (
              <>
                <Tag tone={STANDING_TONES[line.standing]}>{STANDING_LABELS[line.standing]}</Tag>
                {line.contestedBy !== null && <span className="small soft"> (contestation : {line.contestedBy})</span>}
              </>
            ),
          },
        ]}
        rows={lines}
        rowKey={(line) => line.id}
      />
    </Section>
  );
}

function Totals({ state }: { readonly state: NonNullable<Loaded["state"]> }) {
  const left = [...state.contested, ...state.rejected];
  return (
    <Section title="État de l’année">
      <Table
        caption="Valeur par axe"
        captionHidden
        columns={[
          { key: "axis", label: "Axe", heading: true, cell: (row) => AXIS_LABELS[row.axis] },
          { key: "minutes", label: "Temps", number: true, cell: (row) => formatMinutes(row.minutes) },
          { key: "value", label: "Valeur", number: true, cell: (row) => formatCents(row.value) },
        ]}
        rows={state.axes}
        rowKey={(row) => row.axis}
        foot={
          <tr>
            <th scope="row">Total</th>
            <td className="number">{formatMinutes(state.minutes)}</td>
            <td className="number">{formatCents(state.total)}</td>
          </tr>
        }
      />
      {left.length > 0 && (
        <p className="small soft">
          Hors total, parce que contesté ou écarté par un vote{NBSP}:{" "}
          {left
            .map((line) => `${line.staffFunction}, ${formatMinutes(line.minutes)}, ${formatCents(line.value)}`)
            .join(" ; ")}
          .
        </p>
      )}
    </Section>
  );
}

function Shares({ view: { members, shares, source } }: { readonly view: Loaded }) {
  if (shares === null)
    return (
      <Section title="Répartition entre les CCAS">
        <EmptyState>
          <p>
            {members.length === 0
              ? "Les populations des communes ne sont pas encore chargées, et aucun appel de fonds n’a fixé les poids de l’année : la répartition paraîtra dès que l’un des deux sera connu."
              : "Aucune ligne admise : il n’y a rien à répartir."}
          </p>
        </EmptyState>
      </Section>
    );
  const centsOf = (cells: readonly { readonly memberId: string; readonly cents: number }[], id: string) =>
    cells.find(({ memberId }) => memberId === id)?.cents ?? 0;
  const rows = members.map((member) => ({
    ...member,
    byAxis: EXPENSE_AXES.map((axis) => centsOf(shares.rows.find(({ id }) => id === axis)?.cells ?? [], member.id)),
    total: shares.annual.find(({ id }) => id === member.id)?.cents ?? 0,
  }));
  const show = (cents: number) => formatCents(cents as Parameters<typeof formatCents>[0]);
  return (
    <Section title="Répartition entre les CCAS">
      <p className="small soft">
        {source} Lignes et colonnes sont exactes au centime. Valeur pour information, jamais appelée.
      </p>
      <Table
        caption="Part de chaque CCAS, par axe"
        captionHidden
        columns={[
          { key: "label", label: "CCAS", heading: true, cell: (row) => row.label },
          { key: "weight", label: "Poids", number: true, cell: (row) => formatInteger(row.weight) },
          ...EXPENSE_AXES.map((axis, index) => ({
            key: axis,
            label: AXIS_LABELS[axis],
            number: true,
            cell: (row: (typeof rows)[number]) => show(row.byAxis[index] ?? 0),
          })),
          { key: "total", label: "Total", number: true, cell: (row) => show(row.total) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
      />
    </Section>
  );
}

function Sensitivity({ view: { effects, members } }: { readonly view: Loaded }) {
  const signed = (cents: number) => `${cents > 0 ? "+" : ""}${formatCents(cents as Parameters<typeof formatCents>[0])}`;
  const changeOf = (changes: Loaded["effects"][number]["more"], id: string) =>
    changes.find((one) => one.id === id)?.change ?? 0;
  const rows = effects.flatMap(({ staffFunction, hour, more, less }) => [
    { key: `${staffFunction}+`, label: `${staffFunction}, une heure de plus`, total: hour, changes: more },
    ...(less === null
      ? []
      : [{ key: `${staffFunction}-`, label: `${staffFunction}, une heure de moins`, total: -hour, changes: less }]),
  ]);
  return (
    <details>
      <summary>Ce que change une heure de plus ou de moins</summary>
      <Table
        caption="Effet d’une heure sur le total et sur la part de chaque CCAS"
        columns={[
          { key: "label", label: "Changement", heading: true, cell: (row) => row.label },
          { key: "total", label: "Total", number: true, cell: (row) => signed(row.total) },
          ...members.map((member) => ({
            key: member.id,
            label: member.label,
            number: true,
            cell: (row: (typeof rows)[number]) => signed(changeOf(row.changes, member.id)),
          })),
        ]}
        rows={rows}
        rowKey={(row) => row.key}
      />
    </details>
  );
}
