import { useEffect, useRef, useState } from "react";
import { Notice } from "~/ui/status";

export type CellField = {
  readonly cellKey: string;
  readonly depth: 0 | 1 | 2;
  readonly label: string;
  readonly fullLabel: string;
  readonly isAmount: boolean;
  readonly value: string;
  readonly state: string;
  readonly comment: string;
  readonly known: number;
  readonly before: string | null;
  readonly messages: readonly { readonly severity: "blocking" | "warning"; readonly text: string }[];
  readonly setAside: {
    readonly typed: string;
    readonly comment: string;
    readonly by: string;
    readonly at: string;
  } | null;
  /** Somebody else wrote this meanwhile. */
  readonly theirs?: { readonly typed: string; readonly comment: string; readonly by: string };
};

type Props = {
  readonly field: CellField;
  readonly yearBefore: number;
  readonly isReadOnly: boolean;
  readonly states: readonly { readonly value: string; readonly label: string }[];
  readonly names: { readonly value: string; readonly state: string; readonly comment: string; readonly known: string };
  readonly formatMoment: (instant: string) => string;
};

export const fieldIdOf = (cellKey: string): string => `case-${cellKey.replaceAll("/", "_")}`;

/** One cell: its number or its state, last year's beside it, its comment, and what the controls say. */
export function CellFields({ field, yearBefore, isReadOnly, states, names, formatMoment }: Props) {
  const id = fieldIdOf(field.cellKey);
  const { box, known } = useKnownRevision(field);
  const isBlocked = field.messages.some(({ severity }) => severity === "blocking");
  const notes = field.messages.length > 0 || field.theirs !== undefined || field.setAside !== null;
  return (
    <div className="cell-entry" ref={box} data-depth={field.depth} data-invalid={isBlocked ? "" : undefined}>
      <label htmlFor={id} className="cell-entry-label">
        {field.label}
        <span className="visually-hidden">, {field.fullLabel}</span>
      </label>
      <span className="cell-entry-before">
        {yearBefore} : {field.before ?? "—"}
      </span>
      <input
        type="text"
        id={id}
        name={names.value}
        defaultValue={field.value}
        inputMode={field.isAmount ? "decimal" : "numeric"}
        autoComplete="off"
        maxLength={200}
        readOnly={isReadOnly}
        aria-invalid={isBlocked ? true : undefined}
        aria-describedby={notes ? `${id}-notes` : undefined}
      />
      <select
        name={names.state}
        defaultValue={field.state}
        aria-label={`État : ${field.fullLabel}`}
        disabled={isReadOnly}
      >
        {states.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <details className="cell-entry-comment" open={field.comment !== "" || field.messages.length > 0}>
        <summary>
          Commentaire<span className="visually-hidden"> : {field.fullLabel}</span>
        </summary>
        <textarea
          name={names.comment}
          defaultValue={field.comment}
          rows={2}
          maxLength={1000}
          readOnly={isReadOnly}
          aria-label={`Commentaire : ${field.fullLabel}`}
        />
      </details>
      <input type="hidden" name={names.known} value={known} readOnly />
      {notes && (
        <div className="cell-entry-notes" id={`${id}-notes`}>
          {field.messages.map(({ severity, text }) => (
            <p key={text} className={severity === "blocking" ? "error" : "cell-warning"}>
              {severity === "blocking" ? "À corriger : " : "À vérifier : "}
              {text}
            </p>
          ))}
          {field.theirs && (
            <Notice tone="missed">
              <p>
                {field.theirs.by} a enregistré « {field.theirs.typed || "rien"} » pendant que vous écriviez. Votre
                saisie est dans le champ : enregistrez de nouveau pour la garder, ou reprenez la sienne.
              </p>
            </Notice>
          )}
          {field.setAside && !field.theirs && (
            <p className="hint">
              Mis de côté, {field.setAside.by}, {formatMoment(field.setAside.at)} : « {field.setAside.typed || "rien"}
              {field.setAside.comment !== "" && `, ${field.setAside.comment}`} ».
            </p>
          )}
        </div>
      )}
    </div>
  );
}

/**
 * The revision that the person has before the eyes. While what is typed differs from what is stored, the page may learn of a newer revision that was not
 * shown: sending that one would pass for having read it.
 */
function useKnownRevision({ value, state, comment, known }: CellField) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(known);
  useEffect(() => {
    const shown = [...(box.current?.querySelectorAll<HTMLInputElement>("input[type=text], select, textarea") ?? [])];
    const stored = [value, state, comment];
    if (shown.every((each, rank) => each.value === stored[rank])) setSeen(known);
  }, [value, state, comment, known]);
  return { box, known: seen };
}
