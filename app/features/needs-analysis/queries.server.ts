import { composeReport, type CitedFigure, type ReportFacts } from "~/documents/needs-report";
import { READING_WORDS } from "~/documents/chart-model";
import { resolveReference, WAITING, type ReferenceBook } from "~/documents/needs-references";
import type { DocumentModel } from "~/documents/document-model";
import { checkClaims, type CheckedClaim, type FigureReference } from "~/domain/needs-analysis/claims";
import { presentationStanding, type PresentationStanding } from "~/domain/needs-analysis/legal-clock";
import { PARTNER_KINDS, type PartnerKind } from "~/domain/needs-analysis/observation";
import { findReferences, type Reference } from "~/domain/needs-analysis/references";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import { findIndicator } from "~/domain/observatory/catalogue";
import { THEMES, type ThemeCode } from "~/domain/observatory/indicator";
import { listSeats } from "~/services/committee-record.server";
import type { Db, Trx } from "~/services/db.server";
import { loadDrawing, loadTerritory, readIndicators } from "~/services/territory-reading.server";

export type ReportHead = {
  readonly id: string;
  readonly title: string;
  readonly renewalYear: number;
  readonly status: "draft" | "adopted";
  readonly adoptedOn: PlainDate | null;
};

export async function listReports(db: Db, networkId: NetworkId): Promise<readonly ReportHead[]> {
  const rows = await db
    .selectFrom("needsReport")
    .leftJoin("needsAdoption", "needsAdoption.reportId", "needsReport.id")
    .select(["needsReport.id", "needsReport.title", "needsReport.renewalYear", "needsReport.status"])
    .select("needsAdoption.adoptedOn")
    .where("needsReport.networkId", "=", networkId)
    .orderBy("needsReport.createdAt", "desc")
    .orderBy("needsReport.id")
    .execute();
  return rows.map(toHead);
}

type HeadRow = { id: string; title: string; renewalYear: number; status: string; adoptedOn: string | null };

function toHead({ id, title, renewalYear, status, adoptedOn }: HeadRow): ReportHead {
  return {
    ...{ id, title, renewalYear },
    status: status === "adopted" ? "adopted" : "draft",
    adoptedOn: adoptedOn as PlainDate | null,
  };
}

export type StoredChapter = {
  readonly id: string;
  readonly title: string;
  readonly guidance: string;
  readonly markdown: string;
  readonly revision: number;
  readonly witness: Witness;
  readonly updatedBy: string;
};
/** What each reference showed when the chapter was last saved. */
export type Witness = Readonly<Record<string, { readonly text: string; readonly period: string }>>;

export type StoredPartner = {
  readonly name: string;
  readonly kind: PartnerKind;
  readonly consultedOn: PlainDate;
  readonly manner: string;
};

export type Report = ReportHead & {
  readonly chapters: readonly StoredChapter[];
  /** Taken out of the report, text kept: they may come back. */
  readonly removed: readonly { readonly id: string; readonly title: string }[];
  readonly partners: readonly StoredPartner[];
  readonly adoption: StoredAdoption | null;
  /** No decision of the committee can have adopted it before. */
  readonly openedOn: PlainDate;
};
export type StoredAdoption = {
  readonly body: string;
  readonly actReference: string;
  readonly adoptedOn: PlainDate;
  readonly document: DocumentModel;
  readonly fingerprint: string;
};

export async function findReport(db: Db | Trx, networkId: NetworkId, id: string): Promise<Report | null> {
  const head = await db
    .selectFrom("needsReport")
    .leftJoin("needsAdoption", "needsAdoption.reportId", "needsReport.id")
    .select(["needsReport.id", "needsReport.title", "needsReport.renewalYear", "needsReport.status"])
    .select(["needsAdoption.adoptedOn", "needsAdoption.body", "needsAdoption.actReference", "needsAdoption.content"])
    .select(["needsAdoption.fingerprint", "needsReport.createdAt"])
    .where("needsReport.networkId", "=", networkId)
    .where("needsReport.id", "=", id)
    .executeTakeFirst();
  if (!head) return null;
  const chapters = await db
    .selectFrom("needsChapter")
    .innerJoin("person", "person.id", "needsChapter.updatedBy")
    .select([
      "needsChapter.id",
      "needsChapter.title",
      "guidance",
      "markdown",
      "revision",
      "witness",
      "person.displayName",
      "removedAt",
    ])
    .where("needsChapter.networkId", "=", networkId)
    .where("reportId", "=", id)
    .orderBy("position")
    .orderBy("needsChapter.id")
    .execute();
  const partners = await db
    .selectFrom("needsPartner")
    .select(["name", "kind", "consultedOn", "manner"])
    .where("networkId", "=", networkId)
    .where("reportId", "=", id)
    .orderBy("consultedOn")
    .orderBy("id")
    .execute();
  const { body, actReference, adoptedOn, content, fingerprint } = head;
  return {
    ...toHead(head),
    openedOn: dateOf(parisLocalAt(new Date(head.createdAt))),
    chapters: chapters
      .filter(({ removedAt }) => removedAt === null)
      .map(({ displayName, witness, removedAt: _kept, ...chapter }) => ({
        ...chapter,
        witness: JSON.parse(witness) as Witness,
        updatedBy: displayName,
      })),
    removed: chapters.flatMap(({ id: chapterId, title, removedAt }) =>
      removedAt === null ? [] : [{ id: chapterId, title }],
    ),
    partners: partners.map((partner) => ({
      ...partner,
      kind: partner.kind as PartnerKind,
      consultedOn: partner.consultedOn as PlainDate,
    })),
    adoption:
      body === null || actReference === null || adoptedOn === null || content === null || fingerprint === null
        ? null
        : {
            ...{ body, actReference, fingerprint },
            adoptedOn: adoptedOn as PlainDate,
            document: JSON.parse(content) as DocumentModel,
          },
  };
}

/** The data behind every reference of some texts, in a handful of queries. */
export async function openReferenceBook(
  db: Db,
  networkId: NetworkId,
  texts: readonly string[],
): Promise<ReferenceBook> {
  const codes = new Set(texts.flatMap((text) => findReferences(text).found.map(({ reference }) => reference.code)));
  const indicators = [...codes].flatMap((code) => findIndicator(code) ?? []);
  const territory = await loadTerritory(db, networkId);
  const [readings, drawing] = await Promise.all([
    readIndicators(db, territory, indicators),
    loadDrawing(db, territory.communes),
  ]);
  return { readings, drawing };
}

export type ReportReading = {
  readonly document: DocumentModel;
  readonly cited: readonly CitedFigure[];
  readonly checks: readonly ChapterCheck[];
};
/** What somebody should read again in a chapter. */
export type ChapterCheck = {
  readonly chapterId: string;
  readonly title: string;
  readonly claims: readonly CheckedClaim[];
  readonly changes: readonly FigureChange[];
  /** What the text cites and nobody has imported: a reader would find « non disponible ». */
  readonly absent: readonly string[];
  /** What stands behind each reference of the chapter, as a reader sees it. */
  readonly figures: Readonly<Record<string, { readonly label: string; readonly text: string }>>;
};
export type FigureChange = {
  readonly raw: string;
  readonly before: { readonly text: string; readonly period: string };
  readonly now: { readonly text: string; readonly period: string };
};

/** A draft as it reads today, with the sentences that the figures contradict and the figures that changed since each chapter was saved. */
export async function readReport(
  db: Db,
  network: { readonly id: NetworkId; readonly name: string },
  report: Report,
  today: PlainDate,
  adoption: ReportFacts["adoption"] = null,
): Promise<ReportReading> {
  const book = await openReferenceBook(
    db,
    network.id,
    report.chapters.map(({ markdown }) => markdown),
  );
  const facts: ReportFacts = {
    ...{ title: report.title, networkName: network.name, renewalYear: report.renewalYear, today, adoption },
    chapters: report.chapters,
    partners: report.partners.map(({ kind, ...partner }) => ({ ...partner, kind: PARTNER_KINDS[kind] })),
    observations: await listPublicObservations(db, network.id),
  };
  return {
    ...composeReport(facts, book),
    checks: report.chapters.flatMap((chapter) => checkChapter(chapter, book) ?? []),
  };
}

export function checkChapter(chapter: StoredChapter, book: ReferenceBook): ChapterCheck | null {
  const claims = judgeClaims(chapter.markdown, book).filter(({ verdict }) => verdict !== "holds");
  const now = witnessOf(chapter.markdown, book);
  const changes = Object.entries(chapter.witness).flatMap(([raw, before]) => {
    const current = now[raw];
    return current && (current.text !== before.text || current.period !== before.period)
      ? [{ raw, before, now: current }]
      : [];
  });
  const absent = [
    ...new Set(findReferences(chapter.markdown).found.flatMap((one) => nameIfAbsent(one.reference, book))),
  ];
  if (claims.length === 0 && changes.length === 0 && absent.length === 0) return null;
  const figures = Object.fromEntries(
    findReferences(chapter.markdown).found.flatMap(({ raw, reference }) => {
      const answer = resolveReference(reference, book, "relecture");
      return answer.kind === "figure"
        ? [[raw, { label: `${answer.indicator.label}, ${answer.place.label}`, text: answer.text }]]
        : [];
    }),
  );
  return { chapterId: chapter.id, title: chapter.title, claims, changes, absent, figures };
}

function nameIfAbsent(reference: Reference, book: ReferenceBook): readonly string[] {
  const answer = resolveReference(reference, book, "absence");
  if (answer.kind === "figure" && answer.text === READING_WORDS.missing)
    return [`${answer.indicator.label}, ${answer.place.label}`];
  return answer.kind === "problem" && WAITING.includes(answer.problem)
    ? [findIndicator(reference.code)?.label ?? reference.code]
    : [];
}

export function judgeClaims(text: string, book: ReferenceBook): readonly CheckedClaim[] {
  const resolve = (reference: FigureReference) => {
    const answer = resolveReference(reference, book, "lecture");
    return answer.kind === "figure" ? answer : null;
  };
  return checkClaims(text, {
    movementOf: (reference) => resolve(reference)?.movement ?? null,
    valueOf: (reference) => resolve(reference)?.value ?? null,
  });
}

export function witnessOf(text: string, book: ReferenceBook): Witness {
  return Object.fromEntries(
    findReferences(text).found.flatMap(({ raw, reference }) => {
      const answer = resolveReference(reference, book, "temoin");
      return answer.kind === "figure" ? [[raw, { text: answer.text, period: answer.period }]] : [];
    }),
  );
}

async function listPublicObservations(db: Db, networkId: NetworkId): Promise<ReportFacts["observations"]> {
  const rows = await db
    .selectFrom("observation")
    .innerJoin("observationDecision", "observationDecision.observationId", "observation.id")
    .select(["observation.id", "observedOn", "partnerKind", "office", "theme", "textMd", "outcome"])
    .where("observation.networkId", "=", networkId)
    .orderBy("observedOn")
    .orderBy("observationDecision.createdAt")
    .orderBy("observationDecision.id")
    .execute();
  const latest = [...new Map(rows.map((row) => [row.id, row])).values()].filter(({ outcome }) => outcome === "public");
  return latest.map(({ observedOn, partnerKind, office, theme, textMd }) => ({
    on: observedOn as PlainDate,
    partner: PARTNER_KINDS[partnerKind as PartnerKind],
    theme: THEMES[theme as ThemeCode],
    ...{ office, text: textMd },
  }));
}

export type BoardPresentation = {
  readonly seatId: string;
  readonly label: string;
  readonly plannedOn: PlainDate | null;
  readonly presentedOn: PlainDate | null;
  readonly reference: string;
  readonly standing: PresentationStanding;
};

/** Where each CCAS stands: the article speaks to each board, so each has its line. */
export async function listPresentations(
  db: Db | Trx,
  networkId: NetworkId,
  { id, renewalYear }: Pick<Report, "id" | "renewalYear">,
  today: PlainDate,
): Promise<readonly BoardPresentation[]> {
  const seats = (await listSeats(db, networkId)).filter(({ kind }) => kind === "signatory");
  const rows = await db
    .selectFrom("needsPresentation")
    .select(["seatId", "kind", "onDate", "reference"])
    .where("networkId", "=", networkId)
    .where("reportId", "=", id)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  return seats.map(({ id: seatId, label }) => {
    const own = rows.filter((row) => row.seatId === seatId);
    const planned = own.findLast(({ kind }) => kind === "planned");
    const presented = own.findLast(({ kind }) => kind === "presented");
    const dates = {
      plannedOn: (planned?.onDate ?? null) as PlainDate | null,
      presentedOn: (presented?.onDate ?? null) as PlainDate | null,
    };
    return {
      ...{ seatId, label, ...dates, reference: (presented ?? planned)?.reference ?? "" },
      standing: presentationStanding(dates, renewalYear, today),
    };
  });
}
