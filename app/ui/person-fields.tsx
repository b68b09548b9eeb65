import { CheckboxField, SelectField, TextField, type Field, type Option } from "./forms";

type Fields = Record<
  "personId" | "email" | "displayName" | "functionLabel" | "isMunicipalOfficial" | "isInChargeOfSocialAffairs",
  Field
>;

/** Somebody of the list, or a new person; and what their organisation declares of them. */
export function PersonFields({ fields, people }: { readonly fields: Fields; readonly people: readonly Option[] }) {
  const isNew = Boolean(fields.email.initialValue ?? fields.displayName.initialValue);
  const isFaulty = Boolean(fields.email.errors ?? fields.displayName.errors ?? fields.functionLabel.errors);
  return (
    <>
      <SelectField field={fields.personId} label="Personne déjà connue du réseau" options={people} empty="—" />
      <details className="field" open={isNew || isFaulty}>
        <summary>Nouvelle personne</summary>
        <TextField field={fields.displayName} label="Nom affiché" hint="Il est public : « Prénom Nom »." />
        <TextField
          field={fields.email}
          label="Adresse électronique"
          type="email"
          hint="Elle reçoit les convocations. Si le portail la connaît déjà, c’est la même personne."
        />
        <TextField
          field={fields.functionLabel}
          label="Fonction"
          optional
          hint="Par exemple : adjointe aux affaires sociales, Bouvron"
        />
      </details>
      <CheckboxField field={fields.isMunicipalOfficial} label="Élu·e municipal·e" />
      <CheckboxField field={fields.isInChargeOfSocialAffairs} label="En charge des affaires sociales" />
    </>
  );
}
