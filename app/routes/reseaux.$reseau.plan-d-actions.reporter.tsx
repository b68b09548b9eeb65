import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { isId } from "~/domain/kernel/ids";
import { yearOf } from "~/domain/kernel/plain-date";
import { STATE_LABELS } from "~/documents/action-plan-words";
import { carryMessage } from "~/features/action-plan/messages.fr";
import { carryPlanOver } from "~/features/action-plan/plan-commands.server";
import { loadPlanYear } from "~/features/action-plan/plan-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Notice } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Reporter le plan ${view.year} vers ${view.year + 1}` : "Reporter le plan" },
];

function readYear(text: string | null, fallback: number): number {
  return text !== null && /^20\d\d$/.test(text) ? Number(text) : fallback;
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const day = today(systemClock);
  const year = readYear(new URL(args.request.url).searchParams.get("annee"), yearOf(day));
  const plan = await loadPlanYear(command.db, network.id, { year, today: day, mine: new Set(), part: "whole" });
  return {
    ...{ root: `/reseaux/${network.slug}`, year, actKey: systemClock.newId() },
    actions: (plan?.lines ?? []).map(({ key, title, state, delivered, deliverables }) => ({
      ...{ key, title, state, delivered, deliverables },
      goesOn: state === "not-started" || state === "in-progress",
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.draft");
  const form = await args.request.formData();
  const cle = String(form.get("cle") ?? "");
  const fromYear = readYear(String(form.get("annee") ?? ""), 0);
  if (!isId(cle)) return data({ refusal: "Rechargez la page et recommencez." }, { status: 400 });
  const decision = await carryPlanOver(command, { cle, fromYear, keys: form.getAll("actions").map(String) });
  if (!decision.ok) return data({ refusal: carryMessage(decision.refusal) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/plan-d-actions/plans/${decision.value.planId}?fait=reporte`, 303);
}

export default function CarryOverPage() {
  const { root, year, actions, actKey } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <Page
      title={`Reporter le plan ${year} vers ${year + 1}`}
      lead="Les actions choisies sont reprises en une fois. Ce qui est remis n’est plus à remettre ; une action réalisée que l’on choisit recommence entière ; un thème sans action devra de nouveau dire pourquoi."
      crumbs={[{ label: `Plan d’actions ${year}`, to: `${root}/plan-d-actions?annee=${year}` }]}
    >
      <PlanNav root={root} />
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {actions.length === 0 ? (
        <EmptyState>
          <p>L’année {year} n’a pas de plan à reporter.</p>
        </EmptyState>
      ) : (
        <Form method="post">
          <ActKey value={actKey} />
          <input type="hidden" name="annee" value={year} />
          <fieldset>
            <legend>Actions à reprendre en {year + 1}</legend>
            {actions.map(({ key, title, state, goesOn, delivered, deliverables }) => (
              <label className="choice" key={key}>
                <input type="checkbox" name="actions" value={key} defaultChecked={goesOn} />
                <span>
                  {title}
                  <span className="hint">
                    {STATE_LABELS[state]}
                    {deliverables > 0 && `, ${delivered} sur ${deliverables} remis`}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
          <Button>Reporter les actions choisies vers {year + 1}</Button>
        </Form>
      )}
    </Page>
  );
}
