import { formatDate } from "~/documents/french";
import { dateOf } from "~/domain/kernel/paris-time";
import { listCorrectiveActs, type Publication } from "~/features/minutes/queries.server";
import { getDb } from "~/services/db.server";
import type { NetworkHead } from "~/services/gate.server";

/** What the page of published minutes shows. Nothing in it depends on the day, nor on who reads, but for the two links of members. */
export async function loadPublished(
  network: NetworkHead,
  publication: Publication,
  rights: { readonly seesFull: boolean; readonly mayRectify: boolean },
) {
  const acts = await listCorrectiveActs(getDb(), network.id, publication.minutesId);
  return {
    kind: "published" as const,
    list: `/reseaux/${network.slug}/proces-verbaux`,
    number: publication.number,
    title: publication.title,
    publishedOn: formatDate(dateOf(publication.publishedAt)),
    sha256: publication.sha256,
    document: publication.document,
    acts: acts.map(({ number, at, text }) => ({ number, on: formatDate(dateOf(at)), text })),
    ...rights,
  };
}

export type PublishedPage = Awaited<ReturnType<typeof loadPublished>>;
