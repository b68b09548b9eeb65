import { shareGauge, type Gauge } from "~/domain/budget/gauge";
import { formatCents, formatPercent } from "~/documents/french";
import { Table } from "./table";

type Step = "paid" | "invoiced" | "engaged" | "validated" | "proposed";

const STEPS: readonly { readonly key: Step; readonly label: string; readonly height: number }[] = [
  { key: "paid", label: "Payé", height: 40 },
  { key: "invoiced", label: "Facturé, à payer", height: 33 },
  { key: "engaged", label: "Engagé, facture attendue", height: 26 },
  { key: "validated", label: "Validé, à engager", height: 19 },
  { key: "proposed", label: "Demandé, à voter", height: 12 },
];

/** The bar of a budget: each step has its own height, so that it reads without its colour. */
function GaugeBar({ gauge }: { readonly gauge: Gauge }) {
  const drawn = STEPS.filter(({ key }) => gauge[key] > 0);
  const whole = Math.max(gauge.ceiling, 1, ...[drawn.reduce((sum, { key }) => sum + gauge[key], 0)]);
  const percent = (cents: number) => `${((cents / whole) * 100).toFixed(3)}%`;
  let start = 0;
  return (
    <svg className="budget-gauge" width="100%" height="44" aria-hidden="true" focusable="false">
      <rect className="gauge-track" x="0" y="2" width="100%" height="40" />
      {drawn.map(({ key, height }) => {
        const x = start;
        start += gauge[key];
        return (
          <rect
            key={key}
            className={`gauge-${key}`}
            x={percent(x)}
            y={42 - height}
            width={percent(gauge[key])}
            height={height}
          />
        );
      })}
      <line className="gauge-ceiling" x1={percent(gauge.ceiling)} x2={percent(gauge.ceiling)} y1="0" y2="44" />
    </svg>
  );
}

function Swatch({ step, height }: { readonly step: Step; readonly height: number }) {
  return (
    <svg className="budget-gauge gauge-key" width="14" height="20" aria-hidden="true" focusable="false">
      <rect className={`gauge-${step}`} x="0" y={20 - height / 2} width="14" height={height / 2} />
    </svg>
  );
}

/** A picture, and the table that says the same. */
export function BudgetGauge({ gauge, caption }: { readonly gauge: Gauge; readonly caption: string }) {
  const shares = shareGauge(gauge);
  const share = (step: Step | "remaining") => (shares === null ? "—" : formatPercent(shares[step] / 1000));
  return (
    <div className="gauge-figure">
      <GaugeBar gauge={gauge} />
      <Table
        caption={caption}
        captionHidden
        columns={[
          {
            key: "step",
            label: "Étape",
            heading: true,
            cell: ({ key, label, height }) => (
              <>
                <Swatch step={key} height={height} /> {label}
              </>
            ),
          },
          { key: "amount", label: "Montant", number: true, cell: ({ key }) => formatCents(gauge[key]) },
          { key: "share", label: "Part", number: true, cell: ({ key }) => share(key) },
        ]}
        rows={STEPS}
        rowKey={({ key }) => key}
        foot={
          <>
            <tr>
              <th scope="row">{gauge.remaining < 0 ? "Dépassement" : "Reste disponible"}</th>
              <td className="number">{formatCents(gauge.remaining)}</td>
              <td className="number">{share("remaining")}</td>
            </tr>
            <tr>
              <th scope="row">Budget de l’année</th>
              <td className="number">{formatCents(gauge.ceiling)}</td>
              <td className="number">{gauge.ceiling > 0 ? formatPercent(1) : "—"}</td>
            </tr>
          </>
        }
      />
    </div>
  );
}

export type GaugeRow = {
  readonly key: string;
  readonly label: string;
  readonly gauge: Gauge;
  readonly isPlanned?: boolean;
};

/** The same figures by axis or by line. @param planned false when no vote has set an amount by row */
export function GaugeTable({
  caption,
  heading,
  rows,
  planned,
}: {
  readonly caption: string;
  readonly heading: string;
  readonly rows: readonly GaugeRow[];
  readonly planned: boolean;
}) {
  const amount = (key: "ceiling" | "remaining" | Step, label: string) => ({
    ...{ key, label, number: true },
    cell: ({ gauge, isPlanned = true }: GaugeRow) =>
      !isPlanned && (key === "ceiling" || key === "remaining") ? "—" : formatCents(gauge[key]),
  });
  return (
    <Table
      caption={caption}
      columns={[
        { key: "label", label: heading, heading: true, cell: ({ label }) => label },
        ...(planned ? [amount("ceiling", "Prévu")] : []),
        amount("proposed", "Demandé"),
        amount("validated", "Validé"),
        amount("engaged", "Engagé"),
        amount("invoiced", "Facturé"),
        amount("paid", "Payé"),
        ...(planned ? [amount("remaining", "Reste")] : []),
      ]}
      rows={rows}
      rowKey={({ key }) => key}
      narrow="stack"
    />
  );
}
