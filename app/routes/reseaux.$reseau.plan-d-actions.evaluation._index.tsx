import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { yearOf } from "~/domain/kernel/plain-date";
import { reportTitle } from "~/documents/action-plan";
import { formatDate, NBSP } from "~/documents/french";
import { openProtocol, openReport } from "~/features/action-plan/evaluation-commands.server";
import { listProtocols, listReports } from "~/features/action-plan/evaluation-queries.server";
import { parseOpenProtocol, parseOpenReport, PROTOCOL_MODEL_KEYS } from "~/features/action-plan/form";
import { openReportMessage, protocolMessage, STANDING_LABELS } from "~/features/action-plan/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Évaluation et bilans" }];

const MODEL_LABELS: Record<(typeof PROTOCOL_MODEL_KEYS)[number], string> = {
  "social-actors": "Réseau des acteurs sociaux (convention, art. 7)",
  "local-protocol": "Protocole local (art. 5)",
  "departmental-framework": "Convention-cadre départementale (V)",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const day = today(systemClock);
  const [protocols, reports] = [await listProtocols(command.db, network.id), await listReports(command.db, network.id)];
  return {
    ...{ root: `/reseaux/${network.slug}`, year: yearOf(day), keys: [systemClock.newId(), systemClock.newId()] },
    mayConduct: can(viewer, "evaluation.conduct", { networkId: network.id }),
    protocols: protocols.toReversed().map(({ id, version, standing, decision, criteria }) => ({
      ...{ id, version, standing, decision, criteria: criteria.length },
    })),
    reports: reports.map(({ id, year, period, criteria, current, closed, openedOn }) => ({
      ...{ id, year, period, openedOn, criteria: criteria.length, scored: current.size, closedOn: closed?.on ?? null },
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "evaluation.conduct");
  const page = `/reseaux/${network.slug}/plan-d-actions/evaluation`;
  const form = await args.request.formData();
  if (form.get("acte") === "protocole") {
    const submission = parseOpenProtocol(form);
    if (submission.status !== "success") return data({ refusal: "Rechargez la page et recommencez." }, { status: 400 });
    const { cle, modele } = submission.value;
    const decision = await openProtocol(command, { cle, model: modele });
    if (!decision.ok) return data({ refusal: protocolMessage(decision.refusal) }, { status: 409 });
    return redirect(`${page}/protocoles/${decision.value.protocolId}`, 303);
  }
  const submission = parseOpenReport(form);
  if (submission.status !== "success")
    return data({ refusal: "Choisissez l’année et la période du bilan." }, { status: 400 });
  const { cle, annee, periode } = submission.value;
  const decision = await openReport(command, { cle, year: annee, period: periode });
  if (!decision.ok) return data({ refusal: openReportMessage(decision.refusal) }, { status: 409 });
  return redirect(`${page}/bilans/${decision.value.reportId}`, 303);
}

export default function EvaluationPage() {
  const { root, year, keys, mayConduct, protocols, reports } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const here = `${root}/plan-d-actions/evaluation`;
  const isPending = protocols.some(({ standing }) => standing !== "adopted");
  return (
    <Page
      title="Évaluation et bilans"
      lead="Le comité adopte un protocole ; chaque bilan note ses critères et les dit en mots. Aucun ne se clôt avec un critère vide."
    >
      <PlanNav root={root} />
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      <Section title="Bilans" id="bilans">
        {reports.length === 0 ? (
          <EmptyState>
            <p>Aucun bilan n’est ouvert. Il se rédige de lui-même à partir de ce qui est noté des actions.</p>
          </EmptyState>
        ) : (
          <Table
            caption="Bilans, le plus récent d’abord"
            captionHidden
            narrow="stack"
            columns={[
              {
                ...{ key: "report", label: "Bilan", heading: true },
                cell: (report) => <Link to={`${here}/bilans/${report.id}`}>{reportTitle(report)}</Link>,
              },
              {
                key: "scored",
                label: "Critères renseignés",
                cell: ({ scored, criteria }) => `${scored} sur ${criteria}`,
              },
              {
                ...{ key: "standing", label: "État" },
                cell: ({ closedOn }) =>
                  closedOn === null ? (
                    <Tag tone="pending">En cours</Tag>
                  ) : (
                    <Tag tone="reached">Clos le {formatDate(closedOn)}</Tag>
                  ),
              },
            ]}
            rows={reports}
            rowKey={({ id }) => id}
          />
        )}
        {mayConduct && (
          <Form method="post" className="screen-only">
            <ActKey value={keys[0] ?? ""} />
            <div className="field">
              <label htmlFor="annee">Année</label>
              <select id="annee" name="annee" defaultValue={String(year)}>
                {[year - 1, year].map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
              </select>
            </div>
            <div className="field">
              <label htmlFor="periode">Période</label>
              <select id="periode" name="periode" defaultValue="year">
                <option value="half-year">Premier semestre</option>
                <option value="year">Année</option>
              </select>
            </div>
            <Button>Ouvrir un bilan</Button>
          </Form>
        )}
      </Section>
      <Section title="Protocole d’évaluation" id="protocole">
        {protocols.length === 0 ? (
          <EmptyState>
            <p>
              Le comité n’a pas encore de protocole. Partez des critères d’un texte{NBSP}; ils se modifient avant le
              vote.
            </p>
          </EmptyState>
        ) : (
          <Table
            caption="Versions du protocole"
            captionHidden
            narrow="stack"
            columns={[
              {
                ...{ key: "version", label: "Version", heading: true },
                cell: ({ id, version }) => <Link to={`${here}/protocoles/${id}`}>Version {version}</Link>,
              },
              { key: "criteria", label: "Critères", number: true, cell: ({ criteria }) => criteria },
              {
                ...{ key: "standing", label: "État" },
                cell: ({ standing }) => (
                  <Tag tone={standing === "adopted" ? "reached" : "info"}>{STANDING_LABELS[standing]}</Tag>
                ),
              },
              {
                ...{ key: "decision", label: "Décision" },
                cell: ({ decision }) =>
                  decision === null ? "—" : `n°${NBSP}${decision.number}, ${formatDate(decision.decidedOn)}`,
              },
            ]}
            rows={protocols}
            rowKey={({ id }) => id}
          />
        )}
        {mayConduct && !isPending && (
          <Form method="post" className="screen-only">
            <ActKey value={keys[1] ?? ""} />
            <input type="hidden" name="acte" value="protocole" />
            {protocols.length === 0 && (
              <div className="field">
                <label htmlFor="modele">Critères de départ</label>
                <select id="modele" name="modele">
                  {PROTOCOL_MODEL_KEYS.map((key) => (
                    <option key={key} value={key}>
                      {MODEL_LABELS[key]}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <Button look="quiet">
              {protocols.length === 0 ? "Préparer le protocole" : "Préparer une nouvelle version"}
            </Button>
          </Form>
        )}
      </Section>
    </Page>
  );
}
