import { type COMPARED_FIELDS, type PlanChanges } from "~/domain/action-plan/changes";
import type { PlanContent } from "~/domain/action-plan/plan";
import { describeField, FIELD_LABELS } from "~/documents/action-plan-words";
import { count, NBSP } from "~/documents/french";
import { Tag } from "../status";

export type Names = readonly (readonly [string, string])[];

/** « 2 nouvelles, 1 retirée, 3 modifiées, 4 inchangées » */
export function summarizeChanges({ actions, unchanged }: PlanChanges): string {
  const of = (kind: string) => actions.filter((change) => change.kind === kind).length;
  const counts = [
    { value: of("added"), one: "nouvelle", many: "nouvelles" },
    { value: of("removed"), one: "retirée", many: "retirées" },
    { value: of("changed"), one: "modifiée", many: "modifiées" },
    { value: unchanged, one: "inchangée", many: "inchangées" },
  ].filter(({ value }) => value > 0);
  return counts.map(({ value, one, many }) => count(value, one, many)).join(", ");
}

/** What changed, action by action: the former words beside the new ones. */
export function ChangeList({
  changes,
  before,
  after,
  names,
}: {
  readonly changes: PlanChanges;
  readonly before: PlanContent;
  readonly after: PlanContent;
  readonly names: Names;
}) {
  if (changes.actions.length === 0 && changes.themes.length === 0) return <p>Rien n’a changé.</p>;
  return (
    <ul className="change-list">
      {changes.actions.map((change) => {
        if (change.kind === "added")
          return (
            <li key={change.after.key}>
              <Tag tone="info">Nouvelle</Tag> {change.after.title}
            </li>
          );
        if (change.kind === "removed")
          return (
            <li key={change.before.key}>
              <Tag tone="neutral">Retirée</Tag> {change.before.title}
            </li>
          );
        return (
          <li key={change.after.key}>
            <Tag tone="pending">Modifiée</Tag> {change.after.title}
            <FieldChanges
              before={{ plan: before, key: change.after.key }}
              after={after}
              fields={change.fields}
              names={names}
            />
          </li>
        );
      })}
      {changes.themes.map(({ themeKey, before: old, after: next }) => (
        <li key={`theme-${themeKey}`}>
          <Tag tone="neutral">Thème</Tag> {next?.label ?? old?.label ?? ""}
          {describeTheme(old, next)}
        </li>
      ))}
    </ul>
  );
}

type Theme = PlanChanges["themes"][number]["before"];

function describeTheme(old: Theme, next: Theme): string {
  if (old === null) return `${NBSP}: nouveau thème`;
  if (next === null) return `${NBSP}: thème retiré`;
  if (old.label !== next.label) return `${NBSP}: nommé auparavant «${NBSP}${old.label}${NBSP}»`;
  if (next.withoutAction !== null) return `${NBSP}: dit sans action (${next.withoutAction})`;
  return `${NBSP}: n’est plus dit sans action`;
}

export function FieldChanges({
  before,
  after,
  fields,
  names,
}: {
  readonly before: { readonly plan: PlanContent; readonly key: string };
  readonly after: PlanContent;
  readonly fields: readonly (typeof COMPARED_FIELDS)[number][];
  readonly names: Names;
}) {
  const old = before.plan.actions.find(({ key }) => key === before.key);
  const next = after.actions.find(({ key }) => key === before.key);
  if (old === undefined || next === undefined) return null;
  const known = new Map(names);
  return (
    <dl className="field-changes">
      {fields.map((field) => (
        <div key={field}>
          <dt>{FIELD_LABELS[field]}</dt>
          <dd>
            <del>{describeField(before.plan, old, field, known) || "(vide)"}</del>{" "}
            <ins>{describeField(after, next, field, known) || "(vide)"}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
