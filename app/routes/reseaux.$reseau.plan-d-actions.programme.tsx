import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { FRAMES } from "~/domain/action-plan/frames";
import { yearOf } from "~/domain/kernel/plain-date";
import { count, NBSP } from "~/documents/french";
import { loadPlanYear } from "~/features/action-plan/plan-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { EmptyState, Page, Section } from "~/ui/page";
import { StateTags } from "~/ui/plan/action-views";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Programme d’actions" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "action-plan.read");
  const day = today(systemClock);
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const year = /^20\d\d$/.test(asked) ? Number(asked) : yearOf(day);
  const plan = await loadPlanYear(command.db, network.id, { year, today: day, mine: new Set(), part: "whole" });
  const lines = plan?.lines ?? [];
  const content = plan?.current.content;
  const linesOf = (field: "objectiveKeys" | "programmeKeys", key: string) => {
    const keys = new Set(content?.actions.filter((action) => action[field].includes(key)).map((action) => action.key));
    return lines
      .filter((line) => keys.has(line.key))
      .map(({ key: own, title, state, isLate, evidence }) => ({ key: own, title, state, isLate, evidence }));
  };
  const rowsOf = (field: "objectiveKeys" | "programmeKeys") =>
    (field === "objectiveKeys" ? content?.objectives : content?.programme)?.map(({ key, label }) => ({
      ...{ key, label, actions: linesOf(field, key) },
    })) ?? [];
  return {
    ...{ root: `/reseaux/${network.slug}`, year, source: content ? FRAMES[content.frame].source : "" },
    objectives: rowsOf("objectiveKeys"),
    programme: rowsOf("programmeKeys"),
  };
}

export default function ProgrammePage() {
  const { root, year, objectives, programme, source } = useLoaderData<typeof loader>();
  const served = programme.filter(({ actions }) => actions.length > 0).length;
  return (
    <Page
      title={`Objectifs et programme, ${year}`}
      lead={
        programme.length === 0
          ? "Ce que les actions de l’année servent."
          : `${served} des ${programme.length} lignes du programme de la convention ont une action cette année (${source}).`
      }
    >
      <PlanNav root={root} />
      {objectives.length + programme.length === 0 ? (
        <EmptyState>
          <p>Le plan de cette année ne nomme ni objectif ni programme.</p>
        </EmptyState>
      ) : (
        <>
          {objectives.length > 0 && (
            <Served title="Objectifs de la convention" rows={objectives} root={root} year={year} />
          )}
          {programme.length > 0 && <Served title="Lignes du programme" rows={programme} root={root} year={year} />}
        </>
      )}
    </Page>
  );
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["programme"][number];

function Served({
  title,
  rows,
  root,
  year,
}: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly root: string;
  readonly year: number;
}) {
  return (
    <Section title={title}>
      <Table
        caption={`${title} et actions qui les servent`}
        captionHidden
        narrow="stack"
        columns={[
          { key: "label", label: "Ce que dit le texte", heading: true, cell: ({ label }) => label },
          {
            ...{ key: "actions", label: "Actions" },
            cell: ({ actions }) =>
              actions.length === 0 ? (
                <Tag tone="pending">Aucune action</Tag>
              ) : (
                <ul className="deliverables">
                  {actions.map((action) => (
                    <li key={action.key}>
                      <Link to={`${root}/plan-d-actions/actions/${action.key}?annee=${year}`}>{action.title}</Link>{" "}
                      <StateTags line={action} />
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            ...{ key: "evidence", label: "Preuves" },
            cell: ({ actions }) => {
              const pieces = actions.reduce((sum, { evidence }) => sum + evidence, 0);
              return pieces === 0 ? `aucune${NBSP}` : count(pieces, "pièce", "pièces");
            },
          },
        ]}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </Section>
  );
}
