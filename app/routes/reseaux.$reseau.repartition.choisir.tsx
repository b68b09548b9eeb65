import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { KEY_KINDS } from "~/domain/apportionment/choice";
import { DEBTOR_KINDS } from "~/domain/funding-call/debtor";
import { REFERENCE_DATE_RULES } from "~/domain/population/reference-date";
import { DEBTOR_LABELS, KEY_LABELS, POPULATION_LABELS, REFERENCE_LABELS } from "~/documents/funding-call";
import { findChoice, listFoundingDecisions, recordChoice } from "~/features/funding/choices.server";
import { parseChoice, type ChoiceFields } from "~/features/funding/form";
import { listMembers } from "~/features/funding/members.server";
import { choiceMessage } from "~/features/funding/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, SelectField, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Choix de répartition" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "funding.choose");
  const on = today(systemClock);
  const { choice } = await findChoice(command.db, network.id, on);
  const held = new Map(choice.members.map((member) => [member.organizationId, member]));
  return {
    ...{ root: `/reseaux/${network.slug}`, actKey: systemClock.newId(), on },
    ...{ keyKind: choice.keyKind, populationKind: choice.populationKind, referenceDate: choice.referenceDate },
    equalPart: choice.equalPart === null ? "" : `${choice.equalPart.numerator}/${choice.equalPart.denominator}`,
    decisions: await listFoundingDecisions(command.db, network.id),
    members: (await listMembers(command.db, network.id)).map(({ organizationId, name }) => {
      const member = held.get(organizationId);
      const share = member?.fixedShare ?? null;
      return {
        ...{ id: organizationId, name, isLead: organizationId === network.leadOrganizationId },
        ...{ isSharing: member?.isSharing ?? true },
        share: share === null ? "" : `${share.numerator}/${share.denominator}`,
        headcount: String(member?.headcount ?? ""),
        debtor: member?.debtor ?? "ccas",
        communeSiret: member?.communeSiret ?? "",
      };
    }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "funding.choose");
  const members = await listMembers(command.db, network.id);
  const submission = parseChoice(await args.request.formData(), members);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await recordChoice(command, submission.value);
  if (!decision.ok)
    return data({ result: submission.reply({ formErrors: [choiceMessage(decision.refusal)] }) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/repartition`, 303);
}

export default function ChoosePage() {
  const { root, actKey, on, members, decisions, ...choice } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ChoiceFields>({
    id: "choix",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { ...choice, effectiveFrom: on, basisPollId: "" },
  });
  const typed = (name: string, kept: string) => {
    const value: unknown = lastResult?.initialValue?.[name];
    return lastResult ? (typeof value === "string" ? value : "") : kept;
  };
  return (
    <Page
      title="Choix de répartition"
      lead="Le comité décide, le secrétariat enregistre. Les appels déjà émis ne changent pas."
      crumbs={[{ label: "Répartition", to: `${root}/repartition` }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <RadioField
          field={fields.keyKind}
          label="Clé de répartition"
          options={KEY_KINDS.map((value) => ({ value, label: KEY_LABELS[value] }))}
        />
        <TextField
          field={fields.equalPart}
          label="Part égale"
          optional
          hint="Pour la clé mixte : 1/4 ou 25 %."
          data-width="short"
        />
        <RadioField
          field={fields.populationKind}
          label="Population"
          options={(["municipal", "total"] as const).map((value) => ({ value, label: POPULATION_LABELS[value] }))}
        />
        <RadioField
          field={fields.referenceDate}
          label="« Dernièrement connue »"
          options={REFERENCE_DATE_RULES.map((value) => ({ value, label: REFERENCE_LABELS[value] }))}
        />
        <fieldset className="field sharing">
          <legend>Qui partage</legend>
          <p className="hint">
            Décochez un CCAS sorti du réseau, ou entré en cours d’année qui ne partage pas encore. Les parts fixes et
            les effectifs ne servent qu’à ces clés.
          </p>
          {members.map((member) => (
            <div key={member.id} className="sharing-member">
              <label className="choice">
                <input
                  type="checkbox"
                  name={`partage-${member.id}`}
                  defaultChecked={typed(`partage-${member.id}`, member.isSharing ? "on" : "") === "on"}
                />
                <span>{member.name}</span>
              </label>
              <label>
                Part fixe<span className="visually-hidden"> : {member.name}</span>{" "}
                <input
                  name={`part-${member.id}`}
                  defaultValue={typed(`part-${member.id}`, member.share)}
                  data-width="short"
                />
              </label>
              <label>
                Effectif<span className="visually-hidden"> : {member.name}</span>{" "}
                <input
                  name={`effectif-${member.id}`}
                  defaultValue={typed(`effectif-${member.id}`, member.headcount)}
                  inputMode="numeric"
                  data-width="short"
                />
              </label>
            </div>
          ))}
        </fieldset>
        <fieldset className="field sharing">
          <legend>Qui doit la part</legend>
          <p className="hint">
            L’article 4.2.1 appelle les fonds « auprès des autres communes », et ce sont les CCAS qui ont signé : le
            CCAS doit la part tant que le réseau n’a pas choisi la commune, et le pilote garde la sienne. La commune a
            son propre SIRET, que le titre demande.
          </p>
          {members
            .filter(({ isLead }) => !isLead)
            .map((member) => (
              <div key={member.id} className="sharing-member">
                <span>{member.name}</span>
                <label>
                  Débiteur<span className="visually-hidden"> : {member.name}</span>{" "}
                  <select name={`debiteur-${member.id}`} defaultValue={typed(`debiteur-${member.id}`, member.debtor)}>
                    {DEBTOR_KINDS.map((kind) => (
                      <option key={kind} value={kind}>
                        {DEBTOR_LABELS[kind]}
                      </option>
                    ))}
                  </select>
                </label>
                <label>
                  SIRET de la commune<span className="visually-hidden"> : {member.name}</span>{" "}
                  <input
                    name={`siret-commune-${member.id}`}
                    defaultValue={typed(`siret-commune-${member.id}`, member.communeSiret)}
                    inputMode="numeric"
                    data-width="short"
                  />
                </label>
              </div>
            ))}
        </fieldset>
        <SelectField
          field={fields.basisPollId}
          label="Décision qui le fonde"
          optional
          empty="Aucune : le choix paraîtra sans vote rattaché"
          options={decisions.map(({ id, title, number }) => ({
            value: id,
            label: number === null ? title : `${number} : ${title}`,
          }))}
        />
        <TextField field={fields.effectiveFrom} label="À partir du" type="date" data-width="short" />
        <Button>Enregistrer le choix</Button>
      </Form>
    </Page>
  );
}
