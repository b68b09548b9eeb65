import { Form } from "@remix-run/react";
import { ActKey, Button, CheckboxField, SelectField, TextField, type Field, type Option } from "./forms";

export type OrganizationFieldSet = {
  readonly kind: Field;
  readonly name: Field;
  readonly shortName: Field;
  readonly inseeCode: Field;
  readonly siret: Field;
};

export function OrganizationFields({
  fields,
  kinds,
}: {
  readonly fields: OrganizationFieldSet;
  readonly kinds: readonly Option[];
}) {
  return (
    <>
      <SelectField field={fields.kind} label="Nature de l’organisme" options={kinds} />
      <TextField field={fields.name} label="Nom de l’organisme" hint="Par exemple : CCAS de Bouvron" />
      <TextField
        field={fields.shortName}
        label="Nom court"
        optional
        hint="Pour les tableaux ; sans lui, le nom de la commune : Bouvron"
      />
      <TextField
        field={fields.inseeCode}
        label="Code INSEE"
        data-width="short"
        hint="Celui de la commune (44023), qui n’est pas le code postal ; celui du département (44)"
      />
      <TextField
        field={fields.siret}
        label="SIRET"
        optional
        data-width="short"
        hint="14 chiffres"
        inputMode="numeric"
      />
    </>
  );
}

type ChoiceProps = {
  readonly fields: OrganizationFieldSet & { readonly organizationId: Field };
  readonly organizations: readonly Option[];
  readonly kinds: readonly Option[];
};

/** An organisation of the list, or one to describe: the list says « a new one » until somebody chooses, so the description is open. */
export function OrganizationChoiceFields({ fields, organizations, kinds }: ChoiceProps) {
  if (organizations.length === 0) return <OrganizationFields fields={fields} kinds={kinds} />;
  return (
    <>
      <SelectField
        field={fields.organizationId}
        label="Organisme"
        options={organizations}
        empty="Un nouvel organisme, décrit ci-dessous"
      />
      <details open>
        <summary>Décrire un nouvel organisme</summary>
        <OrganizationFields fields={fields} kinds={kinds} />
      </details>
    </>
  );
}

export function SeatForm({
  action,
  actKey,
  formProps,
  ...choice
}: ChoiceProps & { readonly action: string; readonly actKey: string; readonly formProps: object }) {
  return (
    <Form method="post" action={action} {...formProps} noValidate>
      <ActKey value={actKey} />
      <OrganizationChoiceFields {...choice} />
      <Button>Ajouter le siège</Button>
    </Form>
  );
}

export type PersonFieldSet = { readonly displayName: Field; readonly email: Field; readonly functionLabel: Field };

export function PersonFields({ fields }: { readonly fields: PersonFieldSet }) {
  return (
    <>
      <TextField
        field={fields.displayName}
        label="Nom affiché"
        hint="Nom et prénom, ou la fonction : Élu·e référent·e, CCAS de Bouvron"
        autoComplete="off"
      />
      <TextField
        field={fields.email}
        label="Adresse électronique"
        type="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        field={fields.functionLabel}
        label="Fonction"
        optional
        hint="Par exemple : directrice du CCAS"
        autoComplete="off"
      />
    </>
  );
}

export function InvitationField({ field }: { readonly field: Field }) {
  return (
    <CheckboxField
      field={field}
      label="Lui envoyer une invitation"
      hint="Un lien par courriel, valable sept jours, pour choisir son mot de passe."
    />
  );
}

type MemberProps = {
  readonly action: string;
  readonly actKey: string;
  readonly formProps: object;
  readonly fields: PersonFieldSet & {
    readonly invite: Field;
    readonly role: Field;
    readonly organizationId: Field;
    readonly startsOn: Field;
  };
  readonly roles: readonly Option[];
  readonly organizations: readonly Option[];
};

export function MemberForm({ action, actKey, formProps, fields, roles, organizations }: MemberProps) {
  return (
    <Form method="post" action={action} {...formProps} noValidate>
      <ActKey value={actKey} />
      <PersonFields fields={fields} />
      <SelectField
        field={fields.role}
        label="Rôle"
        options={roles}
        empty="Aucun pour l’instant"
        hint="Un siège du comité ne se donne pas ici : il suit la désignation par l’organisme, à la page Comité."
      />
      <SelectField
        field={fields.organizationId}
        label="Au nom de"
        options={organizations}
        empty="Choisir l’organisme"
        hint="Inutile sans rôle."
      />
      <TextField field={fields.startsOn} label="À partir du" type="date" data-width="short" />
      <InvitationField field={fields.invite} />
      <Button>Ajouter la personne</Button>
    </Form>
  );
}
