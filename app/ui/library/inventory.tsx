import type { LocalDateTime } from "~/domain/kernel/paris-time";
import type { RunningBusiness } from "~/domain/handover/closing";
import { count, formatDateTime } from "~/documents/french";
import { Definitions } from "../page";
import { Table } from "../table";

export type ShownInventory = {
  readonly register: { readonly count: number; readonly lastHash: string };
  readonly papers: readonly { readonly label: string; readonly count: number }[];
  readonly running: RunningBusiness;
  readonly archive: { readonly sha256: string; readonly producedAt: LocalDateTime } | null;
};

/** What changes hands: the papers, counted; what still runs; the register and its last fingerprint. */
export function Inventory({ inventory }: { readonly inventory: ShownInventory }) {
  const { register, papers, running, archive } = inventory;
  return (
    <>
      <Table
        caption="Papiers"
        rows={papers}
        rowKey={({ label }) => label}
        columns={[
          { key: "label", label: "Papiers", heading: true, cell: (row) => row.label },
          { key: "count", label: "Nombre", number: true, cell: (row) => row.count },
        ]}
      />
      <Definitions
        entries={[
          { term: "Registre", detail: count(register.count, "acte", "actes") },
          { term: "Dernière empreinte", detail: <code className="hash">{register.lastHash}</code> },
          {
            term: "En cours",
            detail: `${count(running.meetings, "séance convoquée ou ouverte", "séances convoquées ou ouvertes")}, ${count(running.openPolls, "scrutin ouvert", "scrutins ouverts")}, ${count(running.unpaidInvoices, "facture à payer", "factures à payer")}`,
          },
          {
            term: "Dernière archive",
            detail: archive === null ? "Aucune" : `${formatDateTime(archive.producedAt)}, SHA-256 ${archive.sha256}`,
          },
        ]}
      />
    </>
  );
}
