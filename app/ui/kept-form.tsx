import { Form } from "@remix-run/react";
import { Button } from "./forms";

type KeptFormProps = {
  readonly path: string;
  readonly fields: ReadonlyArray<readonly [string, string]>;
  /** A file that came with it was not kept. */
  readonly hasLostFile?: boolean;
};

/** A number, a date or a choice explains nothing out of its form; what somebody wrote does. */
function isWritten(value: string): boolean {
  return value.trim().length > 2 && /\p{L}/u.test(value) && /[\s,.;:!?'’-]/.test(value.trim());
}

/** Everything that was typed into a form which could not be recorded: readable, and ready to be sent again as it was. */
export function KeptForm({ path, fields, hasLostFile = false }: KeptFormProps) {
  const written = fields.filter(([, value]) => isWritten(value));
  return (
    <>
      {written.map(([name, value], index) => (
        <div className="field" key={`${name}-${index}`}>
          <label htmlFor={`texte-${index}`}>Texte saisi</label>
          <textarea
            id={`texte-${index}`}
            readOnly
            defaultValue={value}
            rows={Math.min(16, value.split("\n").length + 2)}
          />
        </div>
      ))}
      <Form method="post" action={path} reloadDocument>
        {fields.map(([name, value], index) => (
          <input type="hidden" key={`${name}-${index}`} name={name} value={value} />
        ))}
        <Button>{hasLostFile ? "Envoyer sans le fichier" : "Envoyer de nouveau"}</Button>
      </Form>
    </>
  );
}
