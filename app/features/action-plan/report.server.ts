import { standingEntries } from "~/domain/action-plan/progress";
import { currentOpinions } from "~/domain/action-plan/review";
import type { NetworkId } from "~/domain/kernel/ids";
import { plainDateOf, type PlainDate } from "~/domain/kernel/plain-date";
import { composeReport } from "~/documents/action-plan";
import { ROUND_LABELS, VISA_LABELS } from "~/documents/action-plan-words";
import type { DocumentModel } from "~/documents/document-model";
import { formatDate, NBSP } from "~/documents/french";
import type { Db, Trx } from "~/services/db.server";
import { listPractices, listProtocols, type RecordedReport } from "./evaluation-queries.server";
import { currentPlan, listOrganizations, listPlans, listProgress, progressOf } from "./plan-queries.server";
import { listRounds, type RecordedRound } from "./review-queries.server";

/**
 * A report drafted from what was recorded of the year's actions until the end of its period, or until it was opened when that came later: what
 * was done in December is often written down in January. Lateness is judged at the end of the period. Null when the year has no plan.
 */
export async function composeYearReport(
  db: Db | Trx,
  networkId: NetworkId,
  report: RecordedReport,
  today: PlainDate,
  isClosed: boolean,
): Promise<DocumentModel | null> {
  const end = report.period === "half-year" ? plainDateOf(report.year, 6, 30) : plainDateOf(report.year, 12, 31);
  const asOf = today < end ? today : end;
  const until = report.openedOn > asOf ? report.openedOn : asOf;
  const plan = currentPlan(await listPlans(db, networkId, report.year));
  if (plan === null) return null;
  const entries = (await listProgress(db, networkId, report.year)).filter(({ recordedOn }) => recordedOn <= until);
  const organizations = await listOrganizations(db, networkId);
  const network = await db.selectFrom("network").select("name").where("id", "=", networkId).executeTakeFirstOrThrow();
  const round = (await listRounds(db, networkId, { year: report.year, today })).findLast(
    ({ openedOn }) => openedOn <= until,
  );
  const protocol = (await listProtocols(db, networkId)).find(({ id }) => id === report.protocolId);
  const practices = await listPractices(db, networkId, "public");
  const notes = new Map(
    plan.content.actions.map(({ key }) => [
      key,
      standingEntries(entries.filter(({ actionKey }) => actionKey === key))
        .map(({ note }) => note)
        .filter((note) => note !== ""),
    ]),
  );
  return composeReport({
    ...{
      network: network.name,
      year: report.year,
      period: report.period,
      content: plan.content,
      notes,
    },
    progress: progressOf(plan.content, entries, asOf),
    names: new Map(organizations.map(({ id, name }) => [id, name])),
    review: round ? describeRound(round) : null,
    opinions: new Map([...currentOpinions(round?.opinions ?? [])].map(([key, { opinion }]) => [key, opinion])),
    criteria: report.criteria,
    scores: report.current,
    protocol: describeProtocol(protocol?.version ?? 1, protocol?.decision?.number ?? null, protocol?.method ?? ""),
    practices: practices
      .filter(
        ({ publishedOn }) =>
          publishedOn !== null && publishedOn <= until && Number(publishedOn.slice(0, 4)) === report.year,
      )
      .map(({ title, contact }) => `${title} (${contact})`),
    on: isClosed ? today : until,
    isClosed,
  });
}

function describeProtocol(version: number, decision: string | null, method: string): string {
  const adopted = decision === null ? "" : `, adopté par le comité (décision n°${NBSP}${decision})`;
  return `Selon le protocole d’évaluation, version ${version}${adopted}. ${method}`.trim();
}

/** « Relecture du Département n° 2, close le 30 novembre 2026 : visa avec réserves. » */
export function describeRound({ rank, standing, visa, deadline, tacitOn }: RecordedRound): string {
  const head = `Relecture du Département n°${NBSP}${rank}`;
  if (visa !== null)
    return `${head}${NBSP}: ${uncapitalize(VISA_LABELS[visa.kind])} le ${formatDate(visa.givenOn)}${visa.isLate ? ", hors délai" : ""}.`;
  if (standing === "tacitly-approved" && tacitOn !== null)
    return `${head}${NBSP}: approbation tacite depuis le ${formatDate(tacitOn)}, faute de visa.`;
  return `${head}${NBSP}: ${uncapitalize(ROUND_LABELS[standing])} (échéance le ${formatDate(deadline)}).`;
}

/** The first letter only: names within keep theirs. */
function uncapitalize(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
