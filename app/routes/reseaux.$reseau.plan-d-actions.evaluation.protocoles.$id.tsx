import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDate, NBSP } from "~/documents/french";
import { writeProtocol } from "~/features/action-plan/evaluation-commands.server";
import { listProtocols } from "~/features/action-plan/evaluation-queries.server";
import { BLANK_ROWS, parseProtocol, type ProtocolFields } from "~/features/action-plan/form";
import { protocolMessage } from "~/features/action-plan/messages.fr";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ErrorSummary, TextArea, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Protocole d’évaluation" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const id = requireParam(args.params, "id");
  const protocol = (await listProtocols(command.db, network.id)).find((each) => each.id === id);
  if (!protocol) throw notFound();
  const isOpen = protocol.standing === "draft" || protocol.standing === "rejected";
  return {
    ...{ root: `/reseaux/${network.slug}`, protocol },
    mayWrite: isOpen && can(viewer, "evaluation.conduct", { networkId: network.id }),
    blank: Array.from({ length: BLANK_ROWS }, () => ({
      key: systemClock.newId(),
      label: "",
      question: "",
      source: "",
    })),
    done: new URL(args.request.url).searchParams.get("fait") === "ecrit",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "evaluation.conduct");
  const protocolId = requireParam(args.params, "id");
  const submission = parseProtocol(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await writeProtocol(command, { protocolId, ...submission.value });
  if (!decision.ok) {
    if (decision.refusal.kind === "protocol-unknown") throw notFound();
    return data({ result: submission.reply({ formErrors: [protocolMessage(decision.refusal)] }) }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions/evaluation/protocoles/${protocolId}?fait=ecrit`, 303);
}

export default function ProtocolPage() {
  const { root, protocol, mayWrite, blank, done } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ProtocolFields>({
    id: "protocole",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { method: protocol.method, criteria: [...protocol.criteria, ...blank] },
  });
  return (
    <Page
      title={`Protocole d’évaluation, version ${protocol.version}`}
      lead={
        protocol.decision === null
          ? `Il s’applique une fois adopté par le comité${NBSP}: inscrivez-le à l’ordre du jour d’une séance.`
          : `Adopté par le comité le ${formatDate(protocol.decision.decidedOn)}, décision n°${NBSP}${protocol.decision.number}.`
      }
      crumbs={[{ label: "Évaluation et bilans", to: `${root}/plan-d-actions/evaluation` }]}
    >
      <PlanNav root={root} />
      {done && (
        <Notice tone="reached" role="status">
          <p>
            Le protocole est enregistré. <Link to={`${root}/seances`}>L’inscrire à l’ordre du jour d’une séance</Link>
          </p>
        </Notice>
      )}
      {mayWrite ? (
        <>
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <TextArea
              field={fields.method}
              label="Méthode"
              hint="Qui évalue, avec qui, quand, de quelles sources."
              rows={4}
              optional
            />
            {fields.criteria.getFieldList().map((row, index) => {
              const criterion = row.getFieldset();
              return (
                <fieldset key={row.key} className="plan-row">
                  <legend>Critère {index + 1}</legend>
                  <input
                    type="hidden"
                    name={criterion.key.name}
                    defaultValue={String(criterion.key.initialValue ?? "")}
                  />
                  <TextField field={criterion.label} label="Nom du critère" optional />
                  <TextField field={criterion.question} label="Question posée" optional />
                  <TextField field={criterion.source} label="Texte qui le demande" optional />
                </fieldset>
              );
            })}
            <p className="hint">Pour enlever un critère, videz son nom.</p>
            <Button>Enregistrer le protocole</Button>
          </Form>
        </>
      ) : (
        <Section title="Critères">
          {protocol.method !== "" && <p>{protocol.method}</p>}
          <ol>
            {protocol.criteria.map(({ key, label, question, source }) => (
              <li key={key}>
                <strong>{label}</strong>. {question} <span className="soft small">{source}</span>
              </li>
            ))}
          </ol>
          <p>Chaque critère reçoit une note de 1 à 4 et une appréciation en mots.</p>
        </Section>
      )}
    </Page>
  );
}
