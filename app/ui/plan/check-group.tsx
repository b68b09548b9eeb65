import type { Field, Option } from "../forms";

/** Several choices of one list, each a box to tick; what was ticked comes back after a refusal. */
export function CheckGroup({
  field,
  legend,
  hint,
  options,
  columns = false,
}: {
  readonly field: Field;
  readonly legend: string;
  readonly hint?: string;
  readonly options: readonly Option[];
  readonly columns?: boolean;
}) {
  if (options.length === 0) return null;
  const initial: unknown = field.initialValue;
  const ticked = new Set(Array.isArray(initial) ? initial.map(String) : typeof initial === "string" ? [initial] : []);
  return (
    <fieldset className={columns ? "field check-columns" : "field"} id={field.id}>
      <legend>{legend}</legend>
      {hint && <p className="hint">{hint}</p>}
      {field.errors && <p className="error">{field.errors.join(" ")}</p>}
      {options.map(({ value, label }) => (
        <label className="choice" key={value}>
          <input type="checkbox" name={field.name} value={value} defaultChecked={ticked.has(value)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
