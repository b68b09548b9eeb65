import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { listDesignationWarnings } from "~/domain/committee/designation";
import { isMandateRunning } from "~/domain/committee/seats";
import { formatDate } from "~/documents/french";
import { designationWarning, SEAT_ROLE_LABELS } from "~/features/people/messages.fr";
import { findSeatHistory } from "~/features/people/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Les mandats d’un siège" }];

const RECORDED = "La désignation est enregistrée. Elle figure au registre des actes.";
const DONE: Record<string, string> = {
  designe: RECORDED,
  "designe-reserve": `${RECORDED} ${designationWarning("not-in-charge-of-social-affairs")}`,
  fin: "La fin du mandat est enregistrée. Elle figure au registre des actes.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "rules.read");
  const history = await findSeatHistory(getDb(), network.id, requireParam(args.params, "id"));
  if (!history) throw notFound();
  const on = today(systemClock);
  const asked = new URL(args.request.url).searchParams.get("fait") ?? "";
  return {
    slug: network.slug,
    seat: history.seat,
    mandates: history.mandates.map((mandate) => ({
      id: mandate.id,
      displayName: mandate.displayName,
      role: mandate.role,
      startsOn: mandate.startsOn,
      endsOn: mandate.endsOn,
      basis: mandate.basis,
      isMunicipalOfficial: mandate.isMunicipalOfficial,
      warning: listDesignationWarnings(history.seat, mandate).length > 0,
      standing: isMandateRunning(mandate, on)
        ? ("running" as const)
        : mandate.startsOn > on
          ? ("to-come" as const)
          : ("over" as const),
    })),
    mayRecord: can(viewer, "mandate.record", { networkId: network.id }),
    mayEnd: can(viewer, "mandate.end", { networkId: network.id }),
    done: DONE[asked] ?? null,
    isReserved: asked === "designe-reserve",
  };
}

const STANDINGS = {
  running: <Tag tone="reached">En cours</Tag>,
  "to-come": <Tag tone="info">À venir</Tag>,
  over: <Tag>Fini</Tag>,
};

export default function SeatPage() {
  const { slug, seat, mandates, mayRecord, mayEnd, done, isReserved } = useLoaderData<typeof loader>();
  const root = `/reseaux/${slug}/membres`;
  const isVacant = mandates.every(({ standing }) => standing !== "running");
  return (
    <Page
      title={seat.label}
      lead={isVacant ? "Ce siège est vacant : personne n’y a de mandat en cours." : "Ce siège est pourvu."}
      crumbs={[{ label: "Comité", to: root }]}
      actions={
        mayRecord && <ButtonLink to={`${root}/designer?siege=${seat.id}`}>Enregistrer une désignation</ButtonLink>
      }
    >
      {done && (
        <Notice tone={isReserved ? "pending" : "reached"} role="status">
          <p>{done}</p>
        </Notice>
      )}
      {mandates.length === 0 ? (
        <EmptyState>
          <p>Les mandats de ce siège paraîtront ici dès la première désignation.</p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Mandats, du plus récent au plus ancien"
          columns={[
            {
              key: "person",
              label: "Personne",
              heading: true,
              cell: (mandate) => (
                <>
                  {mandate.displayName}
                  <br />
                  <span className="soft small">{SEAT_ROLE_LABELS[mandate.role]}</span>
                </>
              ),
            },
            { key: "standing", label: "État", cell: ({ standing }) => STANDINGS[standing] },
            {
              key: "dates",
              label: "Dates",
              cell: ({ startsOn, endsOn }) =>
                endsOn ? `du ${formatDate(startsOn)} au ${formatDate(endsOn)}` : `depuis le ${formatDate(startsOn)}`,
            },
            {
              key: "basis",
              label: "Désignation",
              cell: ({ basis, isMunicipalOfficial, warning }) => (
                <>
                  {basis || "Acte non précisé"}
                  <br />
                  <span className="soft small">
                    {isMunicipalOfficial ? "Élu·e municipal·e" : "Non élu·e"}
                    {warning && ", pas en charge des affaires sociales (convention, art. 7)"}
                  </span>
                </>
              ),
            },
            {
              key: "end",
              label: "Action",
              cell: ({ id, standing }) =>
                mayEnd && standing !== "over" ? <Link to={`${root}/mandats/${id}/fin`}>Mettre fin</Link> : "—",
            },
          ]}
          rows={mandates}
          rowKey={({ id }) => id}
        />
      )}
    </Page>
  );
}
