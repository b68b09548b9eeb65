import type { FieldMetadata } from "@conform-to/react";

export const LIBRARY_FILES = ".pdf,.png,.jpg,.jpeg,.odt,.ods,.docx,.xlsx,.txt,.md";
export const LIBRARY_HINT = "PDF, PNG, JPEG, ODT, ODS, DOCX, XLSX, TXT ou MD, 10 Mo au plus.";

/** A file to choose, with what is accepted and what was wrong. */
export function FileField({ field }: { readonly field: FieldMetadata<File | undefined> }) {
  const fault = field.errors;
  return (
    <div className="field" data-invalid={fault ? "" : undefined}>
      <label htmlFor={field.id}>Fichier</label>
      <p className="hint" id={field.descriptionId}>
        {LIBRARY_HINT} Le texte des ODT, ODS, DOCX, XLSX, TXT et MD entre dans la recherche ; un PDF ou une image s’y
        trouve par son titre et sa note.
      </p>
      {fault && (
        <p className="error" id={field.errorId}>
          <span className="visually-hidden">Erreur : </span>
          {fault.join(" ")}
        </p>
      )}
      <input
        type="file"
        id={field.id}
        name={field.name}
        accept={LIBRARY_FILES}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${field.descriptionId} ${field.errorId}` : field.descriptionId}
      />
    </div>
  );
}
