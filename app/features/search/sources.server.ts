import type { AgreementContent } from "~/domain/agreement/clause";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { DocumentModel } from "~/documents/document-model";
import type { ProseBlock, ProseInline } from "~/documents/prose";
import { decisionNumberOf } from "~/documents/voting-words";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Trx } from "~/services/db.server";
import { extractText } from "~/services/text-extraction.server";
import { sha256Hex } from "~/services/tokens.server";
import type { EntryAccess, EntryKind } from "./readers";

/** What could be found, before its words are read: `fingerprint` changes when they do. */
export type Source = {
  readonly kind: EntryKind;
  readonly subjectId: string;
  readonly access: EntryAccess;
  readonly datedOn: PlainDate;
  readonly title: string;
  /** Under the network's address. */
  readonly path: string;
  readonly fingerprint: string;
  readonly readBody: () => Promise<string>;
};

/** Everything that the search of a network may find now. @param folder of the files that people added */
export async function listSources(trx: Trx, networkId: NetworkId, folder: string): Promise<readonly Source[]> {
  return [
    ...(await listPublishedMinutes(trx, networkId)),
    ...(await listDraftMinutes(trx, networkId)),
    ...(await listDecisions(trx, networkId)),
    ...(await listAgendaItems(trx, networkId)),
    ...(await listPapers(trx, networkId, folder)),
    ...(await listAgreementArticles(trx, networkId)),
  ];
}

const known = (body: string) => async (): Promise<string> => body;

async function listPublishedMinutes(trx: Trx, networkId: NetworkId): Promise<readonly Source[]> {
  const rows = await trx
    .selectFrom("minutesPublication")
    .select(["minutesId", "year", "number", "title", "meetingDate", "sha256"])
    .select((eb) => eb("fullDocument", "like", '%"internal":true%').as("hasInternal"))
    .where("networkId", "=", networkId)
    .execute();
  return rows.flatMap((row): Source[] => {
    const base = {
      kind: "minutes" as const,
      title: row.title,
      ...{ datedOn: row.meetingDate as PlainDate, path: `proces-verbaux/${row.year}-${row.number}` },
      fingerprint: row.sha256,
    };
    const hasInternal = Boolean(row.hasInternal);
    const open: Source = {
      ...{ ...base, subjectId: row.minutesId, access: hasInternal ? "outside-attendees" : "public" },
      readBody: () => readMinutes(trx, row.minutesId, "public"),
    };
    if (!hasInternal) return [open];
    const full: Source = {
      ...{ ...base, subjectId: `${row.minutesId}.full`, access: "attendees" },
      readBody: () => readMinutes(trx, row.minutesId, "full"),
    };
    return [open, full];
  });
}

async function readMinutes(trx: Trx, minutesId: string, audience: "public" | "full"): Promise<string> {
  const row = await trx
    .selectFrom("minutesPublication")
    .select(["publicDocument", "fullDocument"])
    .where("minutesId", "=", minutesId)
    .executeTakeFirstOrThrow();
  return textOf(JSON.parse(audience === "public" ? row.publicDocument : row.fullDocument) as DocumentModel);
}

async function listDraftMinutes(trx: Trx, networkId: NetworkId): Promise<readonly Source[]> {
  const rows = await trx
    .selectFrom("minutesBlock")
    .innerJoin("minutes", "minutes.id", "minutesBlock.minutesId")
    .innerJoin("meeting", "meeting.id", "minutes.meetingId")
    .select(["minutesBlock.markdown", "minutes.id", "meeting.year", "meeting.rank", "meeting.title"])
    .select("meeting.startsAt")
    .where("minutes.networkId", "=", networkId)
    .where("minutes.status", "!=", "published")
    .orderBy("minutesBlock.blockKey")
    .execute();
  return [...new Set(rows.map(({ id }) => id))].flatMap((id): Source[] => {
    const blocks = rows.filter((row) => row.id === id);
    const [head] = blocks;
    if (!head) return [];
    const body = blocks.map(({ markdown }) => markdown).join("\n");
    return [
      {
        ...{ kind: "minutes", subjectId: id, access: "attendees", readBody: known(body), fingerprint: sha256Hex(body) },
        title: `Procès-verbal n° ${head.year}-${head.rank} en préparation, ${head.title}`,
        datedOn: dateOf(head.startsAt as LocalDateTime),
        path: `proces-verbaux/${head.year}-${head.rank}`,
      },
    ];
  });
}

async function listDecisions(trx: Trx, networkId: NetworkId): Promise<readonly Source[]> {
  const rows = await trx
    .selectFrom("pollResult")
    .innerJoin("poll", "poll.id", "pollResult.pollId")
    .leftJoin("meeting", "meeting.id", "poll.meetingId")
    .leftJoin("expense", (join) => join.onRef("expense.id", "=", "poll.subjectId").on("poll.subject", "=", "expense"))
    .select(["pollResult.pollId", "pollResult.decisionYear", "pollResult.decisionNumber", "pollResult.sentence"])
    .select(["pollResult.closedAt", "poll.title", "meeting.startsAt", "expense.supplier"])
    .where("pollResult.networkId", "=", networkId)
    .where("pollResult.decisionYear", "is not", null)
    .execute();
  return rows.map((row): Source => {
    const { decisionYear: year, decisionNumber: number } = row;
    const name = year === null || number === null ? "Rejet" : `Décision n° ${decisionNumberOf(year, number)}`;
    const body = [row.sentence, row.supplier ?? ""].join("\n").trim();
    return {
      ...{ kind: "decision", subjectId: row.pollId, access: "public", title: `${name}, ${row.title}` },
      datedOn:
        row.startsAt === null ? dateOf(parisLocalAt(new Date(row.closedAt))) : dateOf(row.startsAt as LocalDateTime),
      path: `decisions?annee=${year ?? ""}`,
      ...{ fingerprint: sha256Hex(`${row.title}\n${body}`), readBody: known(body) },
    };
  });
}

async function listAgendaItems(trx: Trx, networkId: NetworkId): Promise<readonly Source[]> {
  const rows = await trx
    .selectFrom("agendaItem")
    .innerJoin("meeting", "meeting.id", "agendaItem.meetingId")
    .select(["agendaItem.id", "agendaItem.title", "agendaItem.descriptionMd", "meeting.id as meetingId"])
    .select(["meeting.title as meetingTitle", "meeting.startsAt", "meeting.status"])
    .where("agendaItem.networkId", "=", networkId)
    .where("agendaItem.status", "=", "accepted")
    .where("meeting.status", "!=", "cancelled")
    .execute();
  return rows.flatMap((row): Source[] => {
    const base = {
      kind: "agenda" as const,
      ...{ title: `${row.title} (${row.meetingTitle})`, path: `seances/${row.meetingId}` },
      datedOn: dateOf(row.startsAt as LocalDateTime),
    };
    const fingerprint = sha256Hex(`${row.title}\n${row.meetingTitle}\n${row.startsAt}\n${row.descriptionMd}`);
    const body = row.descriptionMd.trim();
    const open: Source = {
      ...{ ...base, subjectId: row.id, fingerprint, readBody: known("") },
      access: body === "" ? "public" : "outside-members",
    };
    const inside: Source = {
      ...base,
      subjectId: `${row.id}.full`,
      access: "members",
      fingerprint,
      readBody: known(body),
    };
    if (row.status === "planned") return [inside];
    return body === "" ? [open] : [open, inside];
  });
}

async function listPapers(trx: Trx, networkId: NetworkId, folder: string): Promise<readonly Source[]> {
  const rows = await trx
    .selectFrom("libraryDocument")
    .innerJoin("libraryVersion", "libraryVersion.documentId", "libraryDocument.id")
    .leftJoin("libraryDisposal", "libraryDisposal.documentId", "libraryDocument.id")
    .select(["libraryDocument.id", "libraryDocument.title", "libraryDocument.access", "libraryVersion.number"])
    .select(["libraryVersion.note", "libraryVersion.sha256", "libraryVersion.mediaType", "libraryVersion.createdAt"])
    .select("libraryVersion.fileName")
    .where("libraryDocument.networkId", "=", networkId)
    .where("libraryDisposal.documentId", "is", null)
    .orderBy("libraryVersion.number")
    .execute();
  const latest = new Map(rows.map((row) => [row.id, row]));
  return [...latest.values()].map((row): Source => ({
    ...{ kind: "document", subjectId: row.id, title: row.title, path: `documents/fiches/${row.id}` },
    access: row.access === "public" || row.access === "members" ? row.access : "lead",
    datedOn: dateOf(parisLocalAt(new Date(row.createdAt))),
    fingerprint: sha256Hex([row.title, row.note, row.sha256].join("\n")),
    readBody: async () => {
      const bytes = await readFile(join(folder, row.sha256)).catch(() => null);
      return [row.note, row.fileName, bytes === null ? "" : extractText(bytes, row.mediaType)].join("\n").trim();
    },
  }));
}

/** The articles of each convention, as its text says them; what amendments make of them is told by its page. */
async function listAgreementArticles(trx: Trx, networkId: NetworkId): Promise<readonly Source[]> {
  const rows = await trx
    .selectFrom("agreement")
    .select(["id", "title", "effectOn", "content"])
    .where("networkId", "=", networkId)
    .execute();
  return rows.flatMap(({ id, title, effectOn, content }) => {
    const { articles } = JSON.parse(content) as Pick<AgreementContent, "articles">;
    return articles.map((article, index): Source => ({
      ...{ kind: "agreement", subjectId: `${id}.${index}`, access: "members", path: `conventions/${id}` },
      ...{ title: `Article ${article.number}, ${title}`, datedOn: effectOn as PlainDate },
      fingerprint: sha256Hex(JSON.stringify(article)),
      readBody: known(stringsIn(article).join("\n")),
    }));
  });
}

/** The words of a document, in their order. */
function textOf({ title, subtitle, blocks }: DocumentModel): string {
  const lines: string[] = [title, subtitle];
  for (const block of blocks) {
    if (block.kind === "prose") lines.push(...block.content.map(proseText));
    else
      for (const plain of block.kind === "fact" || block.kind === "together" ? block.blocks : [block])
        lines.push(...stringsIn(plain));
  }
  return lines.filter((line) => line !== "").join("\n");
}

/** Every text of a plain block: a table's caption and cells, a list's items… but not its keys, which are codes. */
function stringsIn(value: object): readonly string[] {
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
    if (typeof part === "string") return ["kind", "id", "key", "align"].includes(name) ? [] : [part];
    return typeof part === "object" && part !== null ? stringsIn(part) : [];
  });
}

function proseText(block: ProseBlock): string {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return inlineText(block.content);
    case "list":
      return block.items.map((item) => item.map(proseText).join("\n")).join("\n");
    case "quote":
      return block.blocks.map(proseText).join("\n");
    case "code":
      return block.text;
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(inlineText).join(" ")).join("\n");
    case "rule":
      return "";
  }
}

function inlineText(parts: readonly ProseInline[]): string {
  return parts
    .map((part) => {
      if (part.kind === "break") return "\n";
      return part.kind === "text" || part.kind === "code" ? part.text : inlineText(part.content);
    })
    .join("");
}
