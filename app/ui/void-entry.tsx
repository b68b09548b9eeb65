import { Form } from "@remix-run/react";
import { useId } from "react";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { formatDate, NBSP } from "~/documents/french";
import { ActKey, Button } from "./forms";

type VoidEntryProps = {
  readonly entryId: string;
  readonly actKey: string;
  /** What the entry says, « Titre T-12 ». */
  readonly label: string;
  readonly refused: { readonly entryId: string; readonly reason: string } | null;
};

/** Voids a mistyped entry: asked once, with its reason, and what will happen. */
export function VoidEntry({ entryId, actKey, label, refused }: VoidEntryProps) {
  const field = useId();
  const own = refused?.entryId === entryId ? refused : null;
  return (
    <details className="void-entry screen-only" open={own !== null}>
      <summary>
        Annuler<span className="visually-hidden"> l’entrée {label}</span>
      </summary>
      <Form method="post">
        <input type="hidden" name="step" value="void" />
        <input type="hidden" name="entree" value={entryId} />
        <ActKey value={actKey} />
        <p>L’entrée restera lisible, barrée, avec ce motif, et ne comptera plus. Notez ensuite la bonne.</p>
        <div className="field">
          <label htmlFor={field}>Motif</label>
          <textarea id={field} name="motif" rows={2} required maxLength={1000} defaultValue={own?.reason ?? ""} />
        </div>
        <Button look="danger">Annuler cette entrée</Button>
      </Form>
    </details>
  );
}

type VoidedNoteProps = {
  readonly voided: { readonly on: PlainDate; readonly recordedBy: string; readonly reason: string };
};

/** Who voided an entry, when and why. */
export function VoidedNote({ voided }: VoidedNoteProps) {
  return (
    <span className="soft">
      {" "}
      annulé le {formatDate(voided.on)} par {voided.recordedBy}
      {NBSP}: {voided.reason}
    </span>
  );
}
