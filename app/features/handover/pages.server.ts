import type { PlanContent } from "~/domain/action-plan/plan";
import type { ExpenseAxis } from "~/domain/expense/expense";
import type { NetworkId } from "~/domain/kernel/ids";
import type { Cents } from "~/domain/kernel/money";
import { parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { AgendaItemKind } from "~/domain/meeting/agenda";
import type { MeetingOutcome, MeetingState } from "~/domain/meeting/lifecycle";
import { articleWords, capital, STANDING_LABELS } from "~/documents/agreement-words";
import type { DocumentModel } from "~/documents/document-model";
import { formatCents, formatDate, formatDateTime, formatShortDate } from "~/documents/french";
import {
  escapeHtml,
  fileHref,
  writeDocument,
  writeLink,
  writeList,
  writePage,
  writeTable,
  writeText,
  type HtmlCell,
} from "~/documents/html";
import { AGENDA_KIND_LABELS, MEETING_STATE_LABELS, OUTCOME_LABELS } from "~/documents/meeting-words";
import { AXIS_LABELS } from "~/documents/money-words";
import { decisionNumberOf } from "~/documents/voting-words";
import { listAgreements } from "~/services/agreement-record.server";
import type { WholeFile } from "~/services/archive.server";
import type { Db } from "~/services/db.server";
import type { AttachedFile } from "./data.server";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const day = (instant: string): string => formatDate(instant.slice(0, 10) as PlainDate);
const euros = (cents: number | null): string => (cents === null ? "" : formatCents(cents as Cents));

export type PagesContext = {
  readonly db: Db;
  readonly networkId: NetworkId;
  readonly network: string;
  readonly producedOn: PlainDate;
  /** Where the bytes of a file that people added lie in the archive; undefined when they are gone. */
  readonly pathOf: (sha256: string) => string | undefined;
  readonly attached: readonly AttachedFile[];
};

type PageFile = WholeFile & { readonly label: string };

function page(context: PagesContext, path: string, label: string, body: string): PageFile {
  const depth = path.split("/").length - 1;
  return { path, label, bytes: encode(writePage({ title: label, network: context.network, body, depth })) };
}

/** The pages that people read first, one by one. */
export async function* writePages(context: PagesContext): AsyncGenerator<PageFile> {
  yield await membersPage(context);
  yield* meetingPages(context);
  yield await decisionsPage(context);
  yield await expensesPage(context);
  yield await budgetPage(context);
  yield await callsPage(context);
  yield await agreementsPage(context);
  yield await plansPage(context);
  yield documentsPage(context);
}

async function membersPage(context: PagesContext): Promise<PageFile> {
  const { db, networkId } = context;
  const mandates = await db
    .selectFrom("mandate")
    .innerJoin("seat", "seat.id", "mandate.seatId")
    .innerJoin("person", "person.id", "mandate.personId")
    .select(["seat.label", "seat.position", "person.displayName", "mandate.role", "mandate.startsOn", "mandate.endsOn"])
    .select("mandate.basis")
    .where("mandate.networkId", "=", networkId)
    .orderBy("seat.position")
    .orderBy("mandate.startsOn")
    .execute();
  const rows = mandates.map((row) => [
    ...[row.label, row.displayName, row.role === "titular" ? "Titulaire" : "Suppléance"],
    ...[
      formatDate(row.startsOn as PlainDate),
      row.endsOn === null ? "" : formatDate(row.endsOn as PlainDate),
      row.basis,
    ],
  ]);
  const table = writeTable(
    "Désignations au comité",
    ["Siège", "Qui", "Qualité", "Depuis", "Jusqu’au", "Fondement"],
    rows,
  );
  return page(context, "comite.html", "Le comité", table);
}

async function* meetingPages(context: PagesContext): AsyncGenerator<PageFile> {
  const { db, networkId } = context;
  const meetings = await db
    .selectFrom("meeting")
    .select(["id", "year", "rank", "title", "status", "outcome", "startsAt", "place"])
    .where("networkId", "=", networkId)
    .orderBy("startsAt", "desc")
    .orderBy("id")
    .execute();
  for (const meeting of meetings) yield await meetingPage(context, meeting);
  const rows = meetings.map((meeting): HtmlCell[] => [
    { text: `${meeting.year}-${meeting.rank}`, href: fileHref(`seances/${meeting.year}-${meeting.rank}.html`) },
    ...[meeting.title, formatDateTime(meeting.startsAt as LocalDateTime), stateOf(meeting), meeting.place],
  ]);
  const table = writeTable("Séances, la plus récente d’abord", ["Numéro", "Séance", "Date", "État", "Lieu"], rows);
  yield page(context, "seances.html", "Les séances", table);
}

type MeetingRow = {
  readonly id: string;
  readonly year: number;
  readonly rank: number;
  readonly title: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly startsAt: string;
  readonly place: string;
};

function stateOf({ status, outcome }: Pick<MeetingRow, "status" | "outcome">): string {
  const state = MEETING_STATE_LABELS[status as MeetingState] ?? status;
  return outcome === null ? state : `${state}, ${OUTCOME_LABELS[outcome as MeetingOutcome] ?? outcome}`;
}

async function meetingPage(context: PagesContext, meeting: MeetingRow): Promise<PageFile> {
  const { db, networkId } = context;
  const items = await db
    .selectFrom("agendaItem")
    .select(["position", "kind", "title", "descriptionMd"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meeting.id)
    .where("status", "=", "accepted")
    .orderBy("position")
    .execute();
  const results = await db
    .selectFrom("poll")
    .innerJoin("pollResult", "pollResult.pollId", "poll.id")
    .select(["poll.title", "pollResult.sentence", "pollResult.decisionYear", "pollResult.decisionNumber"])
    .where("poll.networkId", "=", networkId)
    .where("poll.meetingId", "=", meeting.id)
    .orderBy("pollResult.closedAt")
    .execute();
  const documents = await db
    .selectFrom("document")
    .select(["title", "sha256"])
    .where("networkId", "=", networkId)
    .where("meetingId", "=", meeting.id)
    .orderBy("createdAt")
    .execute();
  const publication = await db
    .selectFrom("minutesPublication")
    .select(["year", "number", "fullDocument", "publishedAt", "sha256", "pdf"])
    .where("networkId", "=", networkId)
    .where("minutesId", "=", meeting.id)
    .executeTakeFirst();
  const agenda = items.map(
    ({ kind, title, descriptionMd }) =>
      `<strong>${escapeHtml(title)}</strong> <em>(${escapeHtml(AGENDA_KIND_LABELS[kind as AgendaItemKind] ?? kind)})</em>${writeText(descriptionMd)}`,
  );
  const number = `${meeting.year}-${meeting.rank}`;
  const body = [
    `<p>Séance ${escapeHtml(number)}, ${escapeHtml(formatDateTime(meeting.startsAt as LocalDateTime))}, ${escapeHtml(meeting.place)} : ${escapeHtml(stateOf(meeting))}.</p>`,
    "<h2>Ordre du jour</h2>",
    agenda.length === 0 ? "<p>Aucun point.</p>" : `<ol>${agenda.map((item) => `<li>${item}</li>`).join("")}</ol>`,
    "<h2>Votes</h2>",
    writeTable(
      "Résultats",
      ["Décision", "Objet", "Résultat"],
      results.map((row) => [decisionNumber(row) || "Sans numéro", row.title, row.sentence]),
    ),
    "<h2>Documents</h2>",
    writeList(documents.map(({ title, sha256 }) => attachment(context, title, sha256, 1))) ||
      "<p>Aucun document joint.</p>",
    ...(publication
      ? [
          `<h2>Procès-verbal, publié le ${escapeHtml(formatDateTime(parisLocalAt(new Date(publication.publishedAt))))}</h2>`,
          publication.pdf === null
            ? ""
            : `<p>${writeLink("Le même en PDF", fileHref(`proces-verbaux/${publication.year}-${publication.number}.pdf`, 1))}, ${writeLink("et en texte", fileHref(`proces-verbaux/${publication.year}-${publication.number}.md`, 1))}.</p>`,
          writeDocument(JSON.parse(publication.fullDocument) as DocumentModel),
        ]
      : ["<h2>Procès-verbal</h2><p>Il n’est pas publié. Son texte en préparation est dans les données.</p>"]),
  ];
  return page(context, `seances/${number}.html`, meeting.title, body.join("\n"));
}

function decisionNumber(row: { readonly decisionYear: number | null; readonly decisionNumber: number | null }): string {
  return row.decisionYear === null || row.decisionNumber === null
    ? ""
    : decisionNumberOf(row.decisionYear, row.decisionNumber);
}

function attachment({ pathOf }: PagesContext, title: string, sha256: string, depth: number): string {
  const path = pathOf(sha256);
  return path === undefined
    ? `${escapeHtml(title)} <em>(fichier absent ; empreinte ${escapeHtml(sha256)})</em>`
    : writeLink(title, fileHref(path, depth));
}

async function decisionsPage(context: PagesContext): Promise<PageFile> {
  const rows = await context.db
    .selectFrom("pollResult")
    .innerJoin("poll", "poll.id", "pollResult.pollId")
    .select(["poll.title", "pollResult.outcome", "pollResult.sentence", "pollResult.closedAt"])
    .select(["pollResult.decisionYear", "pollResult.decisionNumber"])
    .where("pollResult.networkId", "=", context.networkId)
    .where("pollResult.decisionYear", "is not", null)
    .orderBy("pollResult.decisionYear", "desc")
    .orderBy("pollResult.decisionNumber", "desc")
    .orderBy("pollResult.pollId")
    .execute();
  const cells = rows.map((row) => [
    ...[decisionNumber(row) || "Rejet", row.title, day(row.closedAt)],
    ...[row.outcome === "adopted" ? "Adoptée" : "Rejetée", row.sentence],
  ]);
  const table = writeTable("Décisions du comité", ["Numéro", "Objet", "Date", "Issue", "Résultat"], cells);
  return page(context, "decisions.html", "Les décisions", table);
}

async function expensesPage(context: PagesContext): Promise<PageFile> {
  const { db, networkId } = context;
  const expenses = await db
    .selectFrom("expense")
    .leftJoin("engagement", "engagement.expenseId", "expense.id")
    .select(["expense.object", "expense.supplier", "expense.amountCents", "expense.axis", "expense.createdAt"])
    .select(["expense.withdrawnAt", "engagement.amountCents as engagedCents", "engagement.engagedOn"])
    .where("expense.networkId", "=", networkId)
    .orderBy("expense.createdAt", "desc")
    .execute();
  const invoices = await db
    .selectFrom("invoice")
    .innerJoin("expense", "expense.id", "invoice.expenseId")
    .leftJoin("invoicePayment", "invoicePayment.invoiceId", "invoice.id")
    .select(["expense.object", "invoice.supplier", "invoice.number", "invoice.datedOn", "invoice.amountCents"])
    .select(["invoicePayment.paidOn", "invoicePayment.warrantReference"])
    .where("invoice.networkId", "=", networkId)
    .orderBy("invoice.datedOn", "desc")
    .execute();
  const body = [
    writeTable(
      "Demandes de dépense",
      ["Objet", "Fournisseur", "Montant", "Axe", "Demandée le", "Engagée"],
      expenses.map((row) => [
        ...[row.object, row.supplier, euros(row.amountCents), AXIS_LABELS[row.axis as ExpenseAxis] ?? row.axis],
        row.withdrawnAt === null ? day(row.createdAt) : `${day(row.createdAt)}, retirée`,
        row.engagedOn === null ? "" : `${euros(row.engagedCents)}, ${formatShortDate(row.engagedOn as PlainDate)}`,
      ]),
    ),
    writeTable(
      "Factures",
      ["Numéro", "Dépense", "Fournisseur", "Date", "Montant", "Payée"],
      invoices.map((row) => [
        ...[row.number, row.object, row.supplier, formatDate(row.datedOn as PlainDate), euros(row.amountCents)],
        row.paidOn === null ? "Non" : `${formatDate(row.paidOn as PlainDate)}, mandat ${row.warrantReference ?? ""}`,
      ]),
    ),
  ];
  return page(context, "depenses.html", "Les dépenses", body.join("\n"));
}

async function budgetPage(context: PagesContext): Promise<PageFile> {
  const rows = await context.db
    .selectFrom("budgetLine")
    .innerJoin("budgetVersion", "budgetVersion.id", "budgetLine.budgetId")
    .select(["budgetVersion.year", "budgetVersion.version", "budgetLine.label", "budgetLine.axis"])
    .select("budgetLine.amountCents")
    .where("budgetLine.networkId", "=", context.networkId)
    .orderBy("budgetVersion.year", "desc")
    .orderBy("budgetVersion.version", "desc")
    .orderBy("budgetLine.position")
    .execute();
  const cells = rows.map((row) => [
    ...[`${row.year}, version ${row.version}`, row.label, AXIS_LABELS[row.axis as ExpenseAxis] ?? row.axis],
    euros(row.amountCents),
  ]);
  const table = writeTable("Budgets et révisions", ["Budget", "Ligne", "Axe", "Montant"], cells);
  return page(context, "budget.html", "Le budget", table);
}

async function callsPage(context: PagesContext): Promise<PageFile> {
  const rows = await context.db
    .selectFrom("fundingCallShare")
    .innerJoin("fundingCall", "fundingCall.id", "fundingCallShare.callId")
    .innerJoin("organization", "organization.id", "fundingCallShare.organizationId")
    .select(["fundingCall.year", "fundingCall.rank", "fundingCall.issuedAt", "organization.name"])
    .select(["fundingCallShare.weight", "fundingCallShare.cents"])
    .where("fundingCall.networkId", "=", context.networkId)
    .orderBy("fundingCall.year", "desc")
    .orderBy("fundingCall.rank", "desc")
    .orderBy("organization.name")
    .execute();
  const cells = rows.map((row) => [
    ...[`${row.year}-${row.rank}`, day(row.issuedAt), row.name, row.weight, euros(row.cents)],
  ]);
  const table = writeTable("Parts appelées", ["Appel", "Émis le", "Organisme", "Poids", "Part"], cells);
  return page(context, "appels-de-fonds.html", "Les appels de fonds", table);
}

async function agreementsPage(context: PagesContext): Promise<PageFile> {
  const agreements = await listAgreements(context.db, context.networkId, context.producedOn);
  const body = agreements.flatMap(({ title, effectOn, standing, parties, content, amendments }) => [
    `<h2>${escapeHtml(title)}, ${formatDate(effectOn)}</h2>`,
    writeList([
      ...(standing ? [escapeHtml(STANDING_LABELS[standing.state])] : []),
      ...(standing?.endsOn ? [escapeHtml(`Dernier jour : ${formatDate(standing.endsOn)}`)] : []),
      ...amendments.map(({ title: name }) => escapeHtml(`Avenant : ${name}`)),
    ]),
    writeTable(
      "Parties",
      ["Partie", "Départ"],
      parties.map(({ label, leftOn }) => [label, leftOn === null ? "" : formatDate(leftOn)]),
    ),
    ...content.articles.flatMap(({ number, title: name, text }) => [
      `<h3>${escapeHtml(`${capital(articleWords(number))}, ${name}`)}</h3>`,
      writeText(text),
      writeList(
        content.clauses
          .filter(({ article }) => article === number)
          .map((clause) => escapeHtml(`${clause.title} : ${clause.sentence}`)),
      ),
    ]),
  ]);
  return page(context, "conventions.html", "Les conventions", body.join("\n") || "<p><em>Aucune convention.</em></p>");
}

async function plansPage({ db, networkId, ...context }: PagesContext): Promise<PageFile> {
  const plans = await db
    .selectFrom("actionPlan")
    .select(["year", "version", "content"])
    .where("networkId", "=", networkId)
    .orderBy("year", "desc")
    .orderBy("version", "desc")
    .execute();
  const names = new Map(
    (await db.selectFrom("organization").select(["id", "name"]).execute()).map(({ id, name }) => [id, name] as const),
  );
  const body = plans.map(({ year, version, content: json }) => {
    const { themes, actions } = JSON.parse(json) as PlanContent;
    const rows = themes.flatMap((theme) => {
      const own = actions.filter(({ themeKey }) => themeKey === theme.key);
      if (own.length === 0) return [[theme.label, `Sans action : ${theme.withoutAction ?? ""}`, "", "", "", ""]];
      return own.map(({ title, owner, endsOn, budget, deliverables }) => [
        ...[theme.label, title, owner === null ? "" : `${names.get(owner.organizationId) ?? ""}, ${owner.office}`],
        ...[
          endsOn === null ? "" : formatDate(endsOn),
          euros(budget),
          deliverables.map(({ label }) => label).join(" ; "),
        ],
      ]);
    });
    const columns = ["Thème", "Action", "Portée par", "Échéance", "Budget", "Livrables"];
    return writeTable(`Plan d’actions ${year}, version ${version}`, columns, rows);
  });
  const whole = { ...context, db, networkId };
  return page(whole, "plan-d-actions.html", "Le plan d’actions", body.join("\n") || "<p><em>Aucun plan.</em></p>");
}

function documentsPage(context: PagesContext): PageFile {
  const rows = context.attached.map(({ title, fileName, sha256 }): HtmlCell[] => {
    const path = context.pathOf(sha256);
    return [
      path === undefined ? title : { text: title, href: fileHref(path) },
      fileName,
      path === undefined ? "Absent" : "Intact",
      sha256,
    ];
  });
  const table = writeTable("Pièces jointes et bibliothèque", ["Titre", "Fichier", "État", "SHA-256"], rows);
  return page(context, "documents.html", "Les documents", table);
}
