import type { ReactNode } from "react";
import type { AgendaItemKind } from "~/domain/meeting/agenda";
import { NBSP } from "~/documents/french";
import { AGENDA_KIND_LABELS } from "~/documents/meeting-words";
import { Prose } from "../page";
import { Notice } from "../status";
import { ItemSubject, type ShownSubject } from "./item-subject";
import { DocumentList, type ShownDocument } from "../documents";

export type ShownItem = {
  readonly id: string;
  readonly kind: AgendaItemKind;
  readonly title: string;
  readonly rapporteur: string | null;
  readonly durationMinutes: number | null;
  /** Sanitised; empty when there is nothing to present, or nobody who may read it. */
  readonly descriptionHtml: string;
  readonly documents: readonly ShownDocument[];
};

type AgendaListProps = {
  readonly slug: string;
  readonly items: readonly ShownItem[];
  /** What items are about, by item. */
  readonly subjects: Readonly<Record<string, ShownSubject>>;
  /** What may be done with an item, after its texts. */
  readonly tools?: (item: ShownItem, index: number) => ReactNode;
};

/** The agenda, numbered, each item with what was prepared for it. */
export function AgendaList({ slug, items, subjects, tools }: AgendaListProps) {
  return (
    <ol className="agenda">
      {items.map((item, index) => (
        <li key={item.id} id={`point-${item.id}`}>
          <div className="agenda-title">{item.title}</div>
          <div className="soft small">{describeItem(item)}</div>
          <ItemSubject slug={slug} subject={subjects[item.id]} />
          {item.descriptionHtml !== "" && <Prose html={item.descriptionHtml} />}
          <DocumentList slug={slug} documents={item.documents} />
          {tools?.(item, index)}
        </li>
      ))}
    </ol>
  );
}

/** Items that nobody has to add: the convocation puts them at the head of the agenda. */
export function ComingItems({ titles }: { readonly titles: readonly string[] }) {
  if (titles.length === 0) return null;
  return (
    <Notice
      title={
        titles.length === 1
          ? "Un point s’ajoutera de lui-même à la convocation"
          : `${titles.length} points s’ajouteront d’eux-mêmes à la convocation`
      }
    >
      <ul>
        {titles.map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
    </Notice>
  );
}

function describeItem({ kind, rapporteur, durationMinutes }: ShownItem): string {
  return [
    AGENDA_KIND_LABELS[kind],
    ...(rapporteur ? [`rapporteur${NBSP}: ${rapporteur}`] : []),
    ...(durationMinutes === null ? [] : [`${durationMinutes}${NBSP}min`]),
  ].join(", ");
}

/** « Durée annoncée : 1 h 20 (2 points sans durée) » */
export function describeDuration({ minutes, withoutDuration }: { minutes: number; withoutDuration: number }): string {
  const hours = Math.floor(minutes / 60);
  const rest = String(minutes % 60).padStart(2, "0");
  const length = hours === 0 ? `${minutes}${NBSP}min` : `${hours}${NBSP}h${minutes % 60 === 0 ? "" : `${NBSP}${rest}`}`;
  const without =
    withoutDuration === 0
      ? ""
      : ` (${withoutDuration}${NBSP}${withoutDuration > 1 ? "points" : "point"} sans durée annoncée)`;
  return minutes === 0 ? "Aucune durée annoncée" : `Durée annoncée${NBSP}: ${length}${without}`;
}
