import { Link } from "@remix-run/react";
import type { PlanContent } from "~/domain/action-plan/plan";
import type { DerivedState } from "~/domain/action-plan/progress";
import type { Opinion } from "~/domain/action-plan/review";
import type { Cents } from "~/domain/kernel/money";
import { daysBetween, plainDateOf, type PlainDate } from "~/domain/kernel/plain-date";
import { describeBudget, OPINION_LABELS, STATE_LABELS } from "~/documents/action-plan-words";
import { count, formatShortDate, NBSP } from "~/documents/french";
import { Section } from "../page";
import { Tag } from "../status";
import { Table } from "../table";
import { OPINION_TONES, STATE_TONES } from "./tones";

export type ActionLineView = {
  readonly key: string;
  readonly title: string;
  readonly themeKey: string;
  readonly themeLabel: string;
  readonly axisKey: string;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly office: string;
  readonly partners: string;
  readonly territory: string;
  readonly budget: Cents | null;
  readonly startsOn: PlainDate | null;
  readonly endsOn: PlainDate | null;
  readonly state: DerivedState;
  readonly isLate: boolean;
  readonly percent: number | null;
  readonly delivered: number;
  readonly deliverables: number;
  readonly isInternal: boolean;
  readonly isMine: boolean;
  readonly opinion: Opinion | null;
};

export type ViewProps = {
  readonly year: number;
  readonly content: Pick<PlanContent, "axes" | "themes" | "actions">;
  readonly lines: readonly ActionLineView[];
  /** Where one action is read; null for whoever only reads the public page. */
  readonly actionPath: ((key: string) => string) | null;
};

export function StateTags({ line }: { readonly line: Pick<ActionLineView, "state" | "isLate"> }) {
  return (
    <span className="tag-row">
      <Tag tone={STATE_TONES[line.state]}>{STATE_LABELS[line.state]}</Tag>
      {line.isLate && <Tag tone="missed">En retard</Tag>}
    </span>
  );
}

/** The share done, as a bar and as a number; nothing measures: nothing is claimed. */
export function Share({ percent }: { readonly percent: number | null }) {
  if (percent === null) return <span className="soft">non mesuré</span>;
  return (
    <span className="share">
      <svg viewBox="0 0 60 8" width="45" height="6" aria-hidden="true" focusable="false">
        <rect className="share-track" x="0.5" y="0.5" width="59" height="7" />
        <rect className="share-done" x="1" y="1" width={(58 * percent) / 100} height="6" />
      </svg>
      {percent}
      {NBSP}%
    </span>
  );
}

function ActionName({
  line,
  actionPath,
}: {
  readonly line: ActionLineView;
  readonly actionPath: ViewProps["actionPath"];
}) {
  return (
    <>
      {actionPath ? <Link to={actionPath(line.key)}>{line.title}</Link> : line.title}
      {line.isInternal && actionPath && <span className="soft small"> (interne)</span>}
    </>
  );
}

function OwnerName({ line }: { readonly line: ActionLineView }) {
  if (line.ownerName === null) return <Tag tone="missed">À désigner</Tag>;
  return (
    <>
      {line.ownerName}
      <span className="soft small office">{line.office}</span>
    </>
  );
}

function ActionTable({
  caption,
  lines,
  actionPath,
  without = [],
}: {
  readonly caption: string;
  readonly lines: readonly ActionLineView[];
  readonly actionPath: ViewProps["actionPath"];
  readonly without?: readonly "owner"[];
}) {
  const isMember = actionPath !== null;
  const columns = [
    {
      ...{ key: "title", label: "Action", heading: true },
      cell: (line: ActionLineView) => (
        <>
          <ActionName line={line} actionPath={actionPath} />
          <span className="soft small office">{line.themeLabel}</span>
        </>
      ),
    },
    { key: "owner", label: "Portée par", cell: (line: ActionLineView) => <OwnerName line={line} /> },
    {
      ...{ key: "due", label: "Échéance" },
      cell: (line: ActionLineView) => (line.endsOn === null ? "à fixer" : formatShortDate(line.endsOn)),
    },
    { key: "state", label: "État", cell: (line: ActionLineView) => <StateTags line={line} /> },
    { key: "share", label: "Avancement", cell: (line: ActionLineView) => <Share percent={line.percent} /> },
    ...(isMember
      ? [
          {
            ...{ key: "opinion", label: "Département" },
            cell: (line: ActionLineView) =>
              line.opinion === null ? (
                <span className="soft">—</span>
              ) : (
                <Tag tone={OPINION_TONES[line.opinion]}>{OPINION_LABELS[line.opinion]}</Tag>
              ),
          },
        ]
      : []),
  ].filter(({ key }) => !without.some((left) => left === key));
  return (
    <Table caption={caption} captionHidden columns={columns} rows={lines} rowKey={({ key }) => key} narrow="stack" />
  );
}

export function ListView({ year, lines, actionPath }: ViewProps) {
  return <ActionTable caption={`Actions du plan ${year}`} lines={lines} actionPath={actionPath} />;
}

/** Axis by axis, theme by theme: what is done, or why nothing is. */
export function AxisView({ content, lines, actionPath }: ViewProps) {
  return (
    <>
      {content.axes.map((axis) => {
        const themes = content.themes.filter(({ axisKey }) => axisKey === axis.key);
        if (themes.length === 0) return null;
        return (
          <Section key={axis.key} title={axis.label} id={`axe-${axis.key}`}>
            {themes.map((theme) => {
              const own = lines.filter(({ themeKey }) => themeKey === theme.key);
              return (
                <div key={theme.key} className="theme">
                  <h3>{theme.label}</h3>
                  {own.length === 0 && (
                    <p className="theme-silent">
                      {theme.withoutAction === null
                        ? `Sans action, la raison reste à dire.`
                        : `Sans action${NBSP}: ${theme.withoutAction}`}
                    </p>
                  )}
                  {own.map((line) => (
                    <ActionBrief
                      key={line.key}
                      line={line}
                      objective={content.actions.find(({ key }) => key === line.key)?.objective ?? ""}
                      actionPath={actionPath}
                    />
                  ))}
                </div>
              );
            })}
          </Section>
        );
      })}
    </>
  );
}

function ActionBrief({
  line,
  objective,
  actionPath,
}: {
  readonly line: ActionLineView;
  readonly objective: string;
  readonly actionPath: ViewProps["actionPath"];
}) {
  const facts = [
    line.ownerName === null ? "porteur à désigner" : `${line.ownerName}, ${line.office}`,
    ...(line.partners === "" ? [] : [`avec ${line.partners}`]),
    ...(line.endsOn === null ? [] : [`pour le ${formatShortDate(line.endsOn)}`]),
    ...(line.deliverables === 0
      ? []
      : [`${line.delivered} sur ${count(line.deliverables, "livrable remis", "livrables remis")}`]),
    ...(actionPath === null ? [] : [describeBudget(line.budget)]),
  ];
  return (
    <article className="action-brief">
      <h4>
        <ActionName line={line} actionPath={actionPath} />
      </h4>
      {objective !== "" && <p>{objective}</p>}
      <p className="soft small">{facts.join(" · ")}</p>
      <p>
        <StateTags line={line} />{" "}
        {line.opinion !== null && (
          <Tag tone={OPINION_TONES[line.opinion]}>
            Département{NBSP}: {OPINION_LABELS[line.opinion].toLowerCase()}
          </Tag>
        )}
      </p>
    </article>
  );
}

const MONTHS = ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"] as const;
const WIDTH = 360;

/** The year from left to right; what goes beyond it is cut at its edge, and its dates stay in words. */
export function TimelineView({ year, lines, actionPath, today }: ViewProps & { readonly today: PlainDate }) {
  const first = plainDateOf(year, 1, 1);
  const days = daysBetween(first, plainDateOf(year + 1, 1, 1));
  const place = (date: PlainDate) => (WIDTH * Math.max(0, Math.min(days, daysBetween(first, date)))) / days;
  const now = daysBetween(first, today);
  const dated = lines.toSorted((a, b) => compare(a.startsOn ?? a.endsOn, b.startsOn ?? b.endsOn));
  return (
    <Table
      caption={`Calendrier ${year}, les actions dans l’ordre de leur début`}
      captionHidden
      narrow="stack"
      columns={[
        {
          ...{ key: "title", label: "Action", heading: true },
          cell: (line) => (
            <>
              <ActionName line={line} actionPath={actionPath} />
              <span className="soft small office">
                {line.startsOn === null ? "…" : formatShortDate(line.startsOn)} –{" "}
                {line.endsOn === null ? "à fixer" : formatShortDate(line.endsOn)}
              </span>
              <StateTags line={line} />
            </>
          ),
        },
        {
          ...{ key: "bar", label: "De janvier à décembre" },
          cell: (line) => (
            <svg
              className="timeline"
              viewBox={`0 0 ${WIDTH} 26`}
              width={WIDTH}
              height="26"
              aria-hidden="true"
              focusable="false"
            >
              {MONTHS.map((letter, month) => (
                <g key={month}>
                  <line className="timeline-tick" x1={(WIDTH * month) / 12} y1="0" x2={(WIDTH * month) / 12} y2="26" />
                  <text className="timeline-month" x={(WIDTH * month) / 12 + 3} y="9">
                    {letter}
                  </text>
                </g>
              ))}
              {line.endsOn !== null && (
                <rect
                  className="timeline-bar"
                  data-state={line.isLate ? "late" : line.state}
                  x={place(line.startsOn ?? first)}
                  y="12"
                  width={Math.max(3, place(line.endsOn) - place(line.startsOn ?? first))}
                  height="10"
                />
              )}
              {now >= 0 && now < days && (
                <line className="timeline-now" x1={place(today)} y1="0" x2={place(today)} y2="26" />
              )}
            </svg>
          ),
        },
      ]}
      rows={dated}
      rowKey={({ key }) => key}
    />
  );
}

function compare(one: PlainDate | null, other: PlainDate | null): number {
  const [a, b] = [one ?? "9999", other ?? "9999"];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What each organization answers for. */
export function OwnerView({ lines, actionPath }: ViewProps) {
  const owners = [...new Set(lines.map(({ ownerName }) => ownerName ?? ""))];
  return (
    <>
      {owners.map((owner) => {
        const own = lines.filter(({ ownerName }) => (ownerName ?? "") === owner);
        const late = own.filter(({ isLate }) => isLate).length;
        const title = owner === "" ? "À désigner" : owner;
        return (
          <Section key={title} title={title} id={`porteur-${own[0]?.ownerId ?? "aucun"}`}>
            <p className="soft">
              {count(own.length, "action", "actions")}
              {late > 0 && `, ${late} en retard`}
            </p>
            <ActionTable
              caption={`Actions portées par ${title}`}
              lines={own}
              actionPath={actionPath}
              without={["owner"]}
            />
          </Section>
        );
      })}
    </>
  );
}
