import { Link } from "@remix-run/react";
import { formatNumber } from "~/documents/chart-model";
import { Tag } from "../status";

type Told = { readonly text: string; readonly period: string };
type Check = {
  readonly chapterId: string;
  readonly title: string;
  readonly claims: readonly {
    readonly sentence: string;
    readonly words: string;
    readonly claims: string;
    readonly verdict: string;
    readonly isFalse: boolean;
    readonly compared: readonly [number, number] | readonly number[] | null;
    readonly movements: readonly {
      readonly label: string;
      readonly from: { readonly period: string; readonly value: number };
      readonly to: { readonly period: string; readonly value: number };
      readonly direction: "up" | "down" | "stable";
    }[];
  }[];
  readonly changes: readonly {
    readonly raw: string;
    readonly label: string;
    readonly before: Told;
    readonly now: Told;
  }[];
  readonly absent: readonly string[];
};

const MOVES = { up: "a augmenté", down: "a baissé", stable: "est stable" } as const;

const write = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 2);

type ReportChecksProps = {
  readonly checks: readonly Check[];
  /** Of the report. */
  readonly home: string;
  readonly mayWrite: boolean;
};

/** Chapter by chapter, the sentences that the figures no longer hold up and the figures that changed under the text. */
export function ReportChecks({ checks, home, mayWrite }: ReportChecksProps) {
  return checks.map(({ chapterId, title, claims, changes, absent }) => (
    <section key={chapterId} className="report-check" aria-label={title}>
      <h3>{mayWrite ? <Link to={`${home}/chapitres/${chapterId}`}>{title}</Link> : title}</h3>
      <ul>
        {claims.map(({ sentence, words, claims: what, verdict, isFalse, movements, compared }) => (
          <li key={`${sentence} ${words}`}>
            <Tag tone={isFalse ? "missed" : "pending"}>{verdict}</Tag> «&nbsp;{sentence}&nbsp;» affirme {what} («&nbsp;
            {words}&nbsp;»).
            {movements.map(({ label, from, to, direction }) => (
              <span key={label}>
                {" "}
                {label} {MOVES[direction]}&nbsp;: {write(from.value)} ({from.period}), {write(to.value)} ({to.period}).
              </span>
            ))}
            {compared && (
              <span>
                {" "}
                Les deux valeurs sont {write(compared[0] ?? 0)} et {write(compared[1] ?? 0)}.
              </span>
            )}
          </li>
        ))}
        {changes.map(({ raw, label, before, now }) => (
          <li key={raw}>
            <Tag tone="info">chiffre changé</Tag> {label} valait {before.text} ({before.period}) quand le chapitre a été
            enregistré&nbsp;; il vaut {now.text} ({now.period}).
          </li>
        ))}
        {absent.map((label) => (
          <li key={label}>
            <Tag tone="pending">sans chiffre</Tag> {label}&nbsp;: rien n’a été importé, le rapport dira «&nbsp;non
            disponible&nbsp;». Importez le fichier, ou retirez la référence.
          </li>
        ))}
      </ul>
    </section>
  ));
}
