import type { NetworkId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { composeCsv, type CsvCell } from "~/documents/csv";
import { formatCents } from "~/documents/french";
import { AXIS_LABELS } from "~/documents/money-words";
import { safeEntryName, type WholeFile } from "~/services/archive.server";
import type { Db } from "~/services/db.server";
import { sha256Hex } from "~/services/tokens.server";
import { extractRegister, loadYearFile, verifyDocument, type YearFile } from "./queries.server";

type Listed = { readonly kind: string; readonly label: string; readonly path: string; readonly check: string };

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const euros = (cents: number | null): CsvCell => (cents === null ? null : cents / 100);

export type ArchiveSubject = { readonly networkName: string; readonly networkId: NetworkId; readonly year: number };

/**
 * The justification file of a year, file after file: tables, register, documents proved one by one, then the index and the fingerprints.
 * A document that is gone, or no longer what it was, is told in the index; the rest still comes.
 */
export async function* writeArchive(
  db: Db,
  { networkName, networkId, year }: ArchiveSubject,
  folder: string,
): AsyncGenerator<WholeFile> {
  const file = await loadYearFile(db, networkId, year);
  const listed: Listed[] = [];
  const sums: string[] = [];
  const seal = (entry: WholeFile): WholeFile => {
    sums.push(`${sha256Hex(entry.bytes)}  ${entry.path}\n`);
    return entry;
  };
  for (const { path, label, content } of tablesOf(file)) {
    listed.push({ kind: "Tableau", label, path, check: "produit par le portail" });
    yield seal({ path, bytes: text(content) });
  }
  const register = await extractRegister(db, networkId, year);
  listed.push({ kind: "Registre", label: `Actes de ${year}`, path: "registre.jsonl", check: "chaîne d’empreintes" });
  yield seal({ path: "registre.jsonl", bytes: text(register) });
  for (const [index, document] of file.documents.entries()) {
    const checked = await verifyDocument(document.sha256, folder);
    const path = `documents/${String(index + 1).padStart(4, "0")}-${safeEntryName(document.fileName)}`;
    const facts = { kind: "Document", label: document.title };
    if (checked.kind === "intact") {
      listed.push({ ...facts, path, check: "intact" });
      yield seal({ path, bytes: checked.bytes, isCompressed: true });
    } else if (checked.kind === "missing") {
      listed.push({
        ...facts,
        path: "",
        check: `ABSENT : le fichier d’empreinte ${document.sha256} n’est plus conservé`,
      });
    } else {
      const check = `ALTÉRÉ : empreinte attendue ${document.sha256}, trouvée ${checked.found} ; non joint`;
      listed.push({ ...facts, path: "", check });
    }
  }
  yield seal({ path: "index.csv", bytes: text(indexCsv(listed)) });
  yield seal({ path: "index.html", bytes: text(indexHtml(networkName, year, listed)) });
  yield { path: "SHA256SUMS", bytes: text(sums.join("")) };
}

function tablesOf({ year, decisions, expenses, invoices, calls }: YearFile) {
  return [
    {
      ...{ path: "decisions.csv", label: "Décisions du comité" },
      content: composeCsv(
        ["Numéro", "Objet", "Issue", "Détail"],
        decisions.map((row) => [
          row.number,
          row.title,
          row.outcome === "adopted" ? "Adoptée" : "Rejetée",
          row.sentence,
        ]),
      ),
    },
    {
      ...{ path: "depenses.csv", label: "Demandes de dépense" },
      content: composeCsv(
        ["Identifiant", "Objet", "Fournisseur", "Montant TTC (€)", "Axe", "Demandée le", "Retirée le"],
        expenses.map((row) => [
          ...[
            row.id,
            row.object,
            row.supplier,
            euros(row.amountCents),
            AXIS_LABELS[row.axis],
            row.createdAt.slice(0, 10),
          ],
          row.withdrawnAt?.slice(0, 10) ?? null,
        ]),
      ),
    },
    {
      ...{ path: "factures.csv", label: "Factures et mandats" },
      content: composeCsv(
        ["Dépense", "Fournisseur", "Numéro", "Date", "Montant TTC (€)", "Payée le", "Référence du mandat"],
        invoices.map((row) => [
          ...[row.object, row.supplier, row.number, row.datedOn, euros(row.amountCents)],
          ...[row.paidOn, row.warrantReference],
        ]),
      ),
    },
    {
      ...{ path: "appels-de-fonds.csv", label: "Appels de fonds" },
      content: composeCsv(
        [
          ...["Appel", "Nature", "Émis le", "Total (€)", "CCAS", "Poids", "Part (€)", "Appelé (€)"],
          ...["Titre", "Titre du", "Référence Chorus Pro", "Reçu (€)", "Références des paiements"],
          ...["Annulé le", "Motif de l’annulation"],
        ],
        calls.map((row) => [
          ...[`${year}-${row.rank}`, row.kind === "annual" ? "annuel" : "complémentaire", row.issuedAt.slice(0, 10)],
          ...[euros(row.totalCents), row.name, row.weight, euros(row.cents), row.isLead === 1 ? 0 : euros(row.cents)],
          ...[row.title?.reference ?? null, row.title?.onDate ?? null, row.deposit?.reference ?? null],
          ...[euros(row.paidCents), row.paymentReferences],
          ...[row.cancellation?.onDate ?? null, row.cancellation?.note ?? null],
        ]),
      ),
    },
  ];
}

function indexCsv(listed: readonly Listed[]): string {
  return composeCsv(
    ["Nature", "Intitulé", "Fichier", "Contrôle"],
    listed.map(({ kind, label, path, check }) => [kind, label, path, check]),
  );
}

const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A page that opens from the archive, without the portal. */
function indexHtml(networkName: string, year: number, listed: readonly Listed[]): string {
  const title = escapeHtml(`${networkName} : justificatifs de ${year}`);
  const rows = listed.map(({ kind, label, path, check }) => {
    const name = escapeHtml(label);
    const link = path === "" ? name : `<a href="${path.split("/").map(encodeURIComponent).join("/")}">${name}</a>`;
    return `<tr><td>${escapeHtml(kind)}</td><th scope="row">${link}</th><td>${escapeHtml(check)}</td></tr>`;
  });
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><h1>${title}</h1>
<p>Chaque fichier se vérifie avec SHA256SUMS (« sha256sum -c SHA256SUMS »).</p>
<table><caption>Contenu</caption><thead><tr><th scope="col">Nature</th><th scope="col">Intitulé</th><th scope="col">Contrôle</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></body></html>
`;
}

/** « 4 décisions, 12 345,00 € de factures »: what the page of the year tells before the download. */
export function sumInvoices(file: YearFile): string {
  return formatCents(file.invoices.reduce((sum, { amountCents }) => sum + amountCents, 0) as Cents);
}
