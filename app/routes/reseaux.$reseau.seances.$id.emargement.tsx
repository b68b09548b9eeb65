import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatDateTime, formatTime, toSeat } from "~/documents/french";
import { timeOf } from "~/domain/kernel/paris-time";
import { findAttendanceSheet } from "~/features/attendance/queries.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { meetingNumber } from "~/services/meeting-record.server";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Feuille d’émargement" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "meeting.read");
  const sheet = await findAttendanceSheet(getDb(), network.id, requireParam(args.params, "id"));
  if (!sheet) throw notFound();
  return { network: { slug: network.slug, name: network.name }, sheet, number: meetingNumber(sheet.head) };
}

type Line = Awaited<ReturnType<typeof loader>>["sheet"]["lines"][number];

/** One page to print and sign: a line per seat, with room for a name and a signature, and what was recorded if anything was. */
export default function AttendanceSheetPage() {
  const { network, sheet, number } = useLoaderData<typeof loader>();
  const { head, lines, openedAt, closedAt } = sheet;
  return (
    <Page
      title="Feuille d’émargement"
      lead={`${network.name}, ${head.title}, séance n°\u00a0${number}`}
      crumbs={[
        { label: "Séances", to: `/reseaux/${network.slug}/seances` },
        { label: head.title, to: `/reseaux/${network.slug}/seances/${head.id}` },
      ]}
    >
      <p>
        {formatDateTime(head.startsAt)}, {head.place}.{" "}
        {openedAt && <>Séance ouverte à {formatTime(timeOf(openedAt))}</>}
        {closedAt && <>, levée à {formatTime(timeOf(closedAt))}</>}
        {openedAt && "."}
      </p>
      <p className="screen-only soft">
        Imprimez cette page depuis votre navigateur (format A4){"\u00a0"}: chaque siège a sa ligne et sa place pour
        signer.
      </p>
      {/* A region that scrolls must take the focus, or the keyboard can't scroll it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="table-region" role="region" aria-labelledby="emargement" tabIndex={0}>
        <table className="sign-sheet">
          <caption id="emargement" className="visually-hidden">
            Émargement, une ligne par siège
          </caption>
          <thead>
            <tr>
              <th scope="col">Siège</th>
              <th scope="col">Nom</th>
              <th scope="col">Arrivée</th>
              <th scope="col">Départ</th>
              <th scope="col">Signature</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <SheetRow key={line.seatId} line={line} isOver={closedAt !== null} />
            ))}
          </tbody>
        </table>
      </div>
      <dl className="sign-officers">
        <div>
          <dt>Présidence de séance</dt>
          <dd>{sheet.chair}</dd>
        </div>
        <div>
          <dt>Secrétariat de séance</dt>
          <dd>{sheet.secretary}</dd>
        </div>
      </dl>
    </Page>
  );
}

function SheetRow({ line, isOver }: { readonly line: Line; readonly isOver: boolean }) {
  const { label, inOffice, holders, periods, proxyTo } = line;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        {!inOffice && "siège vacant"}
        {inOffice && periods.length === 0 && (
          <>
            {holders.map(({ personId, displayName, isSubstitute }) => (
              <span key={personId} className="presence">
                {displayName}
                {isSubstitute && " (suppléance)"}
              </span>
            ))}
            {proxyTo !== null && <span className="presence">pouvoir {toSeat(proxyTo)}</span>}
            {isOver && proxyTo === null && <span className="presence">absent</span>}
          </>
        )}
        {periods.map(({ person, from, mode }) => (
          <span key={from} className="presence">
            {person}
            {mode === "remote" && " (en visio)"}
          </span>
        ))}
      </td>
      <td>
        {periods.map(({ from }) => (
          <span key={from} className="presence">
            {formatTime(timeOf(from))}
          </span>
        ))}
      </td>
      <td>
        {periods.map(({ from, until }) => (
          <span key={from} className="presence">
            {until === null ? (isOver ? "à la fin" : "") : formatTime(timeOf(until))}
          </span>
        ))}
      </td>
      <td className="signature">
        <span className="visually-hidden">place pour signer</span>
      </td>
    </tr>
  );
}
