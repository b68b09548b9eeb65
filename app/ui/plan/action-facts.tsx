import type { PlanContent, PlannedAction } from "~/domain/action-plan/plan";
import { describeBudget, describeInclusion, MARKER_LABELS } from "~/documents/action-plan-words";
import { formatDate } from "~/documents/french";
import { Definitions } from "../page";
import type { Names } from "./plan-changes";

/** What a plan says of one action, whatever became of it. */
export function ActionFacts({
  content,
  action,
  names,
}: {
  readonly content: PlanContent;
  readonly action: PlannedAction;
  readonly names: Names;
}) {
  const theme = content.themes.find(({ key }) => key === action.themeKey);
  const axis = content.axes.find(({ key }) => key === theme?.axisKey);
  const objectives = content.objectives.filter(({ key }) => action.objectiveKeys.includes(key));
  const programme = content.programme.filter(({ key }) => action.programmeKeys.includes(key));
  const owner = action.owner;
  const known = new Map(names);
  return (
    <Definitions
      entries={[
        { term: "Axe et thème", detail: `${axis?.label ?? ""}, ${theme?.label ?? ""}` },
        {
          term: "Portée par",
          detail:
            owner === null ? "À désigner" : `${known.get(owner.organizationId) ?? "Organisme parti"}, ${owner.office}`,
        },
        ...(action.partners === "" ? [] : [{ term: "Partenaires", detail: action.partners }]),
        ...(action.territory === "" ? [] : [{ term: "Territoire", detail: action.territory }]),
        {
          term: "Calendrier",
          detail:
            action.endsOn === null
              ? "Échéance à fixer"
              : `${action.startsOn === null ? "" : `du ${formatDate(action.startsOn)} `}au ${formatDate(action.endsOn)}`,
        },
        { term: "Budget", detail: describeBudget(action.budget) },
        ...(objectives.length === 0
          ? []
          : [{ term: "Objectifs", detail: <Lines texts={objectives.map(({ label }) => label)} /> }]),
        ...(programme.length === 0
          ? []
          : [{ term: "Programme", detail: <Lines texts={programme.map(({ label }) => label)} /> }]),
        ...(action.markers.length === 0
          ? []
          : [{ term: "Repères", detail: action.markers.map((marker) => MARKER_LABELS[marker]).join(", ") }]),
        ...(action.inclusion === null
          ? []
          : [{ term: "Inclusion handicap", detail: describeInclusion(action.inclusion) }]),
        ...(action.carriedFrom === null ? [] : [{ term: "Reportée de", detail: String(action.carriedFrom) }]),
      ]}
    />
  );
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
  return (
    <>
      {texts.map((text) => (
        <span key={text} className="line">
          {text}
        </span>
      ))}
    </>
  );
}
