import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { yearOf } from "~/domain/kernel/plain-date";
import { formatDate, NBSP } from "~/documents/french";
import { loadMatrix } from "~/features/action-plan/evaluation-queries.server";
import { loadPlanYear } from "~/features/action-plan/plan-queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { EmptyState, Page, Section } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Qui fait quoi" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "action-plan.read");
  const day = today(systemClock);
  const year = yearOf(day);
  const plan = await loadPlanYear(command.db, network.id, { year, today: day, mine: new Set(), part: "whole" });
  const { current } = await loadMatrix(command.db, network.id);
  const content = plan?.current.content;
  return {
    ...{ root: `/reseaux/${network.slug}`, year },
    mayWrite: can(viewer, "action-plan.share", { networkId: network.id }),
    axes: (content?.axes ?? []).map((axis) => ({
      ...axis,
      themes: (content?.themes ?? [])
        .filter(({ axisKey }) => axisKey === axis.key)
        .map((theme) => ({
          ...{ key: theme.key, label: theme.label, entry: current.get(theme.key) ?? null },
          actions: (plan?.lines ?? [])
            .filter(({ themeKey }) => themeKey === theme.key)
            .map(({ key, title }) => ({ key, title })),
        })),
    })),
    done: new URL(args.request.url).searchParams.get("fait") === "theme",
  };
}

export default function MatrixPage() {
  const { root, year, axes, mayWrite, done } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Qui fait quoi"
      lead="Ce que le Département et les CCAS assurent déjà sur chaque thème, et ce qu’ils font ensemble. Le tableau évolue sans avenant ; chaque version reste."
    >
      <PlanNav root={root} />
      {done && (
        <Notice tone="reached" role="status">
          <p>Le thème est mis à jour.</p>
        </Notice>
      )}
      {axes.length === 0 && (
        <EmptyState>
          <p>Le tableau reprend les thèmes du plan de l’année{NBSP}: ouvrez d’abord un plan.</p>
        </EmptyState>
      )}
      {axes
        .filter(({ themes }) => themes.length > 0)
        .map((axis) => (
          <Section key={axis.key} title={axis.label}>
            <div className="matrix">
              <Table
                caption={`${axis.label} : qui fait quoi`}
                captionHidden
                narrow="stack"
                columns={[
                  {
                    ...{ key: "theme", label: "Thème", heading: true },
                    cell: ({ key, label }) =>
                      mayWrite ? <Link to={`${root}/plan-d-actions/qui-fait-quoi/${key}`}>{label}</Link> : label,
                  },
                  {
                    key: "department",
                    label: "Le Département assure déjà",
                    cell: ({ entry }) => entry?.department || "—",
                  },
                  { key: "towns", label: "Les CCAS assurent déjà", cell: ({ entry }) => entry?.towns || "—" },
                  {
                    ...{ key: "together", label: "Ensemble" },
                    cell: ({ entry, actions }) => (
                      <>
                        {entry?.together}
                        {actions.map((action) => (
                          <span key={action.key} className="line">
                            <Link to={`${root}/plan-d-actions/actions/${action.key}?annee=${year}`}>
                              {action.title}
                            </Link>
                          </span>
                        ))}
                        {!entry?.together && actions.length === 0 && "—"}
                      </>
                    ),
                  },
                  {
                    ...{ key: "on", label: "Mis à jour" },
                    cell: ({ entry }) => (entry === null ? "jamais" : formatDate(entry.recordedOn)),
                  },
                ]}
                rows={axis.themes}
                rowKey={({ key }) => key}
              />
            </div>
          </Section>
        ))}
    </Page>
  );
}
