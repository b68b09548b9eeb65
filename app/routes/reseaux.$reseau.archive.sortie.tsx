import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { recordHandover } from "~/features/handover/commands.server";
import { exitSchema, parseForm, type ExitFields } from "~/features/handover/form";
import { handoverMessage } from "~/features/handover/messages.fr";
import { listMembers } from "~/features/handover/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Sortie d’un membre" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "archive.read");
  const members = await listMembers(command.db, network.id);
  return {
    root: `/reseaux/${network.slug}`,
    leaving: members.filter(({ isLead }) => !isLead),
    lead: members.find(({ isLead }) => isLead)?.name ?? "",
    today: today(systemClock),
    actKey: systemClock.newId(),
    mayRecord: can(viewer, "handover.record", { networkId: network.id }),
    seesCalls: can(viewer, "funding.read", { networkId: network.id }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "handover.record");
  const submission = parseForm(await args.request.formData(), exitSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, organization, onDate, basis } = submission.value;
  const decision = await recordHandover(command, {
    ...{ kind: "member-exit", key: cle, organizationId: organization, onDate: toPlainDate(onDate), basis },
  });
  if (!decision.ok)
    return data({ result: submission.reply({ formErrors: [handoverMessage(decision.refusal)] }) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/archive/passations/${decision.value.recordId}`, 303);
}

export default function MemberExitPage() {
  const { root, leaving, lead, today: day, actKey, mayRecord, seesCalls } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ExitFields>({
    id: "sortie",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { onDate: day },
  });
  return (
    <Page
      title="Sortie d’un membre"
      lead="Ce qui reste au réseau, ce que le CCAS emporte, et l’acte qui le dit."
      crumbs={[{ label: "Archive et passation", to: `${root}/archive` }]}
    >
      <Section title="Ce qui reste" id="reste">
        <p>
          Tout ce qui a été décidé avec lui : séances, votes, procès-verbaux, parts des appels de fonds, registre. Rien
          n’est effacé : ces actes prouvent ce qui a été décidé. Les sommes encore dues se règlent.
        </p>
      </Section>
      <Section title="Ce qu’il emporte" id="emporte">
        <p>
          Son extrait : ses propres lignes dans chaque table (son siège, ses désignations, ses parts, ses prêts, ses
          réponses), les procès-verbaux publiés, les documents que les membres lisent, le registre, et la page qui
          vérifie le tout sans réseau. Rien de ce qui est propre aux autres membres. Il se produit depuis la page{" "}
          <Link to={`${root}/archive#passation`}>Archive et passation</Link>.
        </p>
      </Section>
      <Section title="Dans l’ordre" id="ordre">
        <ol>
          <li>La sortie est décidée selon la convention : avenant, ou résiliation avec son préavis.</li>
          <li>
            Les sommes dues sont réglées :{" "}
            {seesCalls ? <Link to={`${root}/appels-de-fonds`}>appels de fonds</Link> : "appels de fonds"}.
          </li>
          <li>
            Son extrait est produit et remis à {leaving.length === 0 ? "ce membre" : "ce CCAS"} par {lead}.
          </li>
          <li>
            Ses désignations prennent fin : <Link to={`${root}/membres`}>comité</Link>. Son siège, vide, ne compte plus
            dans le quorum.
          </li>
          <li>La passation est enregistrée ici, au registre.</li>
        </ol>
      </Section>
      {mayRecord && leaving.length > 0 && (
        <Section title="Enregistrer la sortie" id="enregistrer">
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={actKey} />
            <SelectField
              field={fields.organization}
              label="Qui sort"
              options={leaving.map(({ organizationId, name }) => ({ value: organizationId, label: name }))}
              empty="Choisir"
            />
            <TextField field={fields.onDate} type="date" data-width="short" label="Date d’effet" />
            <TextField field={fields.basis} label="Acte qui le décide" />
            <Button>Enregistrer la sortie</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
