import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { yearOf } from "~/domain/kernel/plain-date";
import { count, formatDateTime } from "~/documents/french";
import { sumInvoices } from "~/features/control/archive.server";
import { listConsultations, loadYearFile, verifyDocument } from "~/features/control/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { documentsFolder, isStored } from "~/services/uploads.server";
import { YearLinks } from "~/ui/means/year-links";
import { MoneyNav } from "~/ui/money-nav";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Justificatifs ${data?.year ?? ""}` }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "control.read");
  const { searchParams } = new URL(args.request.url);
  const asked = searchParams.get("annee") ?? "";
  const isVerified = searchParams.get("controle") === "empreintes";
  const thisYear = yearOf(today(systemClock));
  const year = /^20\d\d$/.test(asked) ? Number(asked) : thisYear;
  const [file, consultations] = await Promise.all([
    loadYearFile(command.db, network.id, year),
    listConsultations(command.db, network.id),
  ]);
  const faults: { id: string; title: string; kind: "missing" | "altered" }[] = [];
  for (const { id, title, sha256 } of file.documents) {
    if (!(await isStored(sha256))) faults.push({ id, title, kind: "missing" });
    else if (isVerified) {
      const { kind } = await verifyDocument(sha256, documentsFolder());
      if (kind !== "intact") faults.push({ id, title, kind });
    }
  }
  return {
    year,
    years: [...new Set([thisYear, thisYear - 1, thisYear - 2, year])].sort((one, other) => other - one),
    root: `/reseaux/${network.slug}/justificatifs`,
    counts: {
      decisions: file.decisions.length,
      expenses: file.expenses.length,
      invoices: file.invoices.length,
      documents: file.documents.length,
      calls: new Set(file.calls.map(({ rank }) => rank)).size,
    },
    invoiced: sumInvoices(file),
    ...{ faults, isVerified },
    consultations,
    mayExport: can(viewer, "control.export", { networkId: network.id }),
  };
}

export default function ControlPage() {
  const view = useLoaderData<typeof loader>();
  const { year, years, root, counts, invoiced, faults, isVerified, consultations, mayExport } = view;
  return (
    <Page
      title={`Justificatifs de ${year}`}
      lead="Le comité tient à disposition toute pièce justificative ; le contrôle peut se faire à tout moment (convention, art. 6)."
    >
      <MoneyNav />
      <YearLinks root={root} year={year} years={years} />
      <Section title="Ce que contient le dossier">
        <Definitions
          entries={[
            { term: "Décisions", detail: count(counts.decisions, "décision", "décisions") },
            { term: "Dépenses", detail: count(counts.expenses, "demande", "demandes") },
            { term: "Factures", detail: `${count(counts.invoices, "facture", "factures")}, ${invoiced}` },
            { term: "Appels de fonds", detail: count(counts.calls, "appel", "appels") },
            { term: "Pièces jointes", detail: count(counts.documents, "document", "documents") },
            { term: "Registre", detail: `les actes de ${year}, avec leurs empreintes` },
          ]}
        />
        {faults.length > 0 && (
          <Notice tone="missed" title="Des pièces ne sont plus ce qu’elles étaient">
            <ul>
              {faults.map(({ id, title, kind }) => (
                <li key={id}>
                  {title} : {kind === "missing" ? "le fichier est absent" : "le fichier a été altéré"}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {isVerified && faults.length === 0 && (
          <Notice tone="reached" title="Chaque pièce est intacte">
            <p>L’empreinte SHA-256 de chaque fichier est celle du jour de son dépôt.</p>
          </Notice>
        )}
        {counts.documents > 0 && !isVerified && (
          <p>
            <Link to={`${root}?annee=${year}&controle=empreintes`}>Vérifier l’empreinte de chaque pièce</Link>
          </p>
        )}
        {mayExport ? (
          <>
            <p>
              <a className="button" data-look="main" href={`${root}.zip?annee=${year}`} download>
                Télécharger le dossier de {year} (ZIP)
              </a>
            </p>
            <p className="soft small">Ce téléchargement sera noté et visible des membres du réseau.</p>
          </>
        ) : (
          <p className="soft">Le dossier se télécharge par le secrétariat ou par le ou la titulaire d’un siège.</p>
        )}
      </Section>
      <Section title="Qui a consulté">
        {consultations.length === 0 ? (
          <p className="soft">Personne n’a encore téléchargé de dossier.</p>
        ) : (
          <Table
            caption="Téléchargements du dossier, le plus récent d’abord"
            captionHidden
            columns={[
              { key: "at", label: "Quand", heading: true, cell: (row) => formatDateTime(row.at) },
              { key: "who", label: "Qui", cell: (row) => row.name },
              { key: "year", label: "Dossier", cell: (row) => row.year },
            ]}
            rows={consultations.map((row, index) => ({ ...row, key: String(index) }))}
            rowKey={(row) => row.key}
          />
        )}
      </Section>
    </Page>
  );
}
