import type { FieldMetadata, FormMetadata, SubmissionResult } from "@conform-to/react";
import { Link } from "@remix-run/react";
import type { ButtonHTMLAttributes, InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from "react";

/**
 * Form controls over conform's field metadata: label, hint and errors are tied to the control, what was typed comes
 * back after a refusal, and everything works without a script.
 */

// Conform's metadata is generic over the whole form; a control only needs its own field.
type AnyField = FieldMetadata<unknown, Record<string, unknown>, string[]>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape of the form does not matter to one control
export type Field = FieldMetadata<any, any, string[]>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- nor to the summary of its errors
export type AnyForm = FormMetadata<any, string[]>;

type FrameProps = {
  readonly field: Field;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
};

function describedBy(field: Field, hint: ReactNode): string | undefined {
  const ids = [hint ? field.descriptionId : null, field.errors ? field.errorId : null].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function FieldMessages({ field, hint }: { readonly field: AnyField | Field; readonly hint: ReactNode }) {
  return (
    <>
      {hint && (
        <p className="hint" id={field.descriptionId}>
          {hint}
        </p>
      )}
      {field.errors && (
        <p className="error" id={field.errorId}>
          <span className="visually-hidden">Erreur : </span>
          {field.errors.join(" ")}
        </p>
      )}
    </>
  );
}

function FieldFrame({ field, label, hint, optional, children }: FrameProps & { readonly children: ReactNode }) {
  return (
    <div className="field" data-invalid={field.errors ? "" : undefined}>
      <label htmlFor={field.id}>
        {label} {optional && <span className="optional">(facultatif)</span>}
      </label>
      <FieldMessages field={field} hint={hint} />
      {children}
    </div>
  );
}

type InputProps = FrameProps & Omit<InputHTMLAttributes<HTMLInputElement>, "name" | "id" | "defaultValue" | "form">;

export function TextField({ field, label, hint, optional, ...input }: InputProps) {
  const frame = { field, label, ...(hint ? { hint } : {}), ...(optional ? { optional } : {}) };
  return (
    <FieldFrame {...frame}>
      <input
        type="text"
        {...input}
        id={field.id}
        name={field.name}
        defaultValue={textOf(field.initialValue)}
        aria-invalid={field.errors ? true : undefined}
        aria-describedby={describedBy(field, hint)}
      />
    </FieldFrame>
  );
}

type AreaProps = FrameProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name" | "id" | "defaultValue" | "form">;

export function TextArea({ field, label, hint, optional, ...area }: AreaProps) {
  const frame = { field, label, ...(hint ? { hint } : {}), ...(optional ? { optional } : {}) };
  return (
    <FieldFrame {...frame}>
      <textarea
        {...area}
        id={field.id}
        name={field.name}
        defaultValue={textOf(field.initialValue)}
        aria-invalid={field.errors ? true : undefined}
        aria-describedby={describedBy(field, hint)}
      />
    </FieldFrame>
  );
}

export type Option = {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
};

/** @param empty label of the choice that stands for « nothing chosen yet » */
export function SelectField({
  field,
  label,
  hint,
  optional,
  options,
  empty,
}: FrameProps & { readonly options: readonly Option[]; readonly empty?: string }) {
  const frame = { field, label, ...(hint ? { hint } : {}), ...(optional ? { optional } : {}) };
  return (
    <FieldFrame {...frame}>
      <select
        id={field.id}
        name={field.name}
        defaultValue={textOf(field.initialValue)}
        aria-invalid={field.errors ? true : undefined}
        aria-describedby={describedBy(field, hint)}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** @param large for the few choices that are the whole question of a page */
export function RadioField({
  field,
  label,
  hint,
  options,
  large = false,
}: Omit<FrameProps, "optional"> & { readonly options: readonly Option[]; readonly large?: boolean }) {
  const initial = textOf(field.initialValue);
  return (
    <fieldset
      className={large ? "field choices-large" : "field"}
      data-invalid={field.errors ? "" : undefined}
      id={field.id}
      aria-describedby={describedBy(field, hint)}
    >
      <legend>{label}</legend>
      <FieldMessages field={field} hint={hint} />
      {options.map((option) => (
        <label className="choice" key={option.value}>
          <input
            type="radio"
            name={field.name}
            value={option.value}
            defaultChecked={initial === option.value}
            disabled={option.disabled}
          />
          <span>
            {option.label}
            {option.hint && <span className="hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function CheckboxField({ field, label, hint }: Omit<FrameProps, "optional">) {
  return (
    <div className="field" data-invalid={field.errors ? "" : undefined}>
      <label className="choice" htmlFor={field.id}>
        <input
          type="checkbox"
          id={field.id}
          name={field.name}
          value="on"
          defaultChecked={field.initialValue === "on" || field.initialValue === true}
          aria-invalid={field.errors ? true : undefined}
          aria-describedby={describedBy(field, hint)}
        />
        <span>{label}</span>
      </label>
      <FieldMessages field={field} hint={hint} />
    </div>
  );
}

/** What is wrong, at the top of the form, each fault a link to its field. It takes the focus. */
export function ErrorSummary({ form }: { readonly form: AnyForm }) {
  const faults = Object.entries(form.allErrors).flatMap(([name, messages]) =>
    (messages ?? []).map((message: string) => ({ name, message })),
  );
  if (faults.length === 0) return null;
  return (
    // The summary must be read first after a refusal, with or without a script.
    // eslint-disable-next-line jsx-a11y/no-autofocus
    <div className="error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2>{faults.length === 1 ? "Une erreur est à corriger" : `${faults.length} erreurs sont à corriger`}</h2>
      <ul>
        {faults.map(({ name, message }) => (
          <li key={`${name}-${message}`}>{name === "" ? message : <a href={`#${form.id}-${name}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

export type ButtonLook = "main" | "quiet" | "danger" | "small";

export function Button({
  look = "main",
  children,
  ...button
}: ButtonHTMLAttributes<HTMLButtonElement> & { readonly look?: ButtonLook }) {
  return (
    <button type="submit" {...button} className="button" data-look={look}>
      {children}
    </button>
  );
}

export function ButtonLink({
  to,
  look = "main",
  children,
}: {
  readonly to: string;
  readonly look?: ButtonLook;
  readonly children: ReactNode;
}) {
  return (
    <Link to={to} className="button" data-look={look}>
      {children}
    </Link>
  );
}

/** The identity that this form's act will bear: sent twice, it is still one act. */
export function ActKey({ value }: { readonly value: string }) {
  return <input type="hidden" name="cle" value={value} />;
}

/**
 * The version that whoever types had before them, for a hidden field. After a fault in a field it stays that one: what another person wrote
 * meanwhile has not been read. After a refusal of the whole form, which tells it, it is the one of today.
 */
export function seenVersion(
  answer: SubmissionResult<string[]> | null | undefined,
  name: string,
  current: string | number,
): string | number {
  if (!answer || answer.error?.[""]) return current;
  const typed = answer.initialValue?.[name];
  return typeof typed === "string" ? typed : "";
}
