import type { Fact } from "~/domain/agreement/obligations";
import type { NetworkId } from "~/domain/kernel/ids";
import { dateOf, parisLocalAt, type LocalDateTime } from "~/domain/kernel/paris-time";
import { plainDateOf, type PlainDate } from "~/domain/kernel/plain-date";
import { formatDate } from "~/documents/french";
import type { RecordedAgreement } from "~/services/agreement-record.server";
import { listBudgets } from "~/services/budget-record.server";
import type { Db, Trx } from "~/services/db.server";

const dayOfInstant = (instant: string): PlainDate => dateOf(parisLocalAt(new Date(instant)));

/**
 * What the portal knows that may prove an obligation, whichever convention asks for it. What is adopted early counts for the year that it is for, and
 * what is settled late counts for the year that it is about.
 * @param root address of the network, for the links
 */
export async function loadFacts(db: Db | Trx, networkId: NetworkId, root: string): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  const meetings = await db
    .selectFrom("meeting")
    .leftJoin("governanceMeeting", "governanceMeeting.meetingId", "meeting.id")
    .select([
      "meeting.id",
      "meeting.title",
      "meeting.startsAt",
      "governanceMeeting.clauseKey",
      "governanceMeeting.presences",
    ])
    .where("meeting.networkId", "=", networkId)
    .where("meeting.status", "=", "closed")
    .execute();
  for (const { id, title, startsAt, clauseKey, presences } of meetings) {
    const on = dateOf(startsAt as LocalDateTime);
    const common = { on, label: `${title}, ${formatDate(on)}`, href: `${root}/seances/${id}` };
    facts.push(
      clauseKey === null
        ? { ...common, source: "committee-meeting", clauseKey: null }
        : { ...common, source: "governance-meeting", clauseKey, groups: presentGroups(presences ?? "{}") },
    );
  }
  const published = await db
    .selectFrom("minutesPublication")
    .select(["year", "number", "publishedAt"])
    .where("networkId", "=", networkId)
    .execute();
  for (const { year, number, publishedAt } of published) {
    const label = `Procès-verbal ${year}-${number} publié`;
    const href = `${root}/proces-verbaux/${year}-${number}`;
    facts.push({ source: "minutes", clauseKey: null, on: dayOfInstant(publishedAt), label, href });
  }
  const days = await db
    .selectFrom("networkEvent")
    .select(["title", "heldOn", "year"])
    .where("networkId", "=", networkId)
    .where("kind", "=", "annual-day")
    .where("status", "=", "closed")
    .where("heldOn", "is not", null)
    .execute();
  for (const { title, heldOn, year } of days) {
    const on = heldOn as PlainDate;
    const href = `${root}/journee-annuelle?annee=${year}`;
    facts.push({ source: "annual-day", clauseKey: null, on, label: `${title}, ${formatDate(on)}`, href });
  }
  const calls = await db
    .selectFrom("fundingCall")
    .select(["id", "year", "rank", "issuedAt"])
    .where("networkId", "=", networkId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("fundingCallEvent")
            .select("fundingCallEvent.id")
            .whereRef("fundingCallEvent.callId", "=", "fundingCall.id")
            .where("fundingCallEvent.kind", "=", "cancelled"),
        ),
      ),
    )
    .execute();
  for (const { id, year, rank, issuedAt } of calls) {
    const label = `Appel de fonds ${year}-${rank}`;
    facts.push({
      source: "funding-call",
      clauseKey: null,
      on: dayOfInstant(issuedAt),
      label,
      href: `${root}/appels-de-fonds/${id}`,
    });
  }
  for (const { id, year, decision } of await listBudgets(db, networkId, null)) {
    if (decision === null) continue;
    const label = `Budget ${year}, adopté le ${formatDate(decision.decidedOn)}`;
    const on = later(decision.decidedOn, plainDateOf(year, 1, 1));
    facts.push({ source: "budget", clauseKey: null, on, label, href: `${root}/budget/versions/${id}` });
  }
  const states = await db
    .selectFrom("staffTimeState")
    .select(["year", "createdAt"])
    .where("networkId", "=", networkId)
    .execute();
  for (const { year, createdAt } of states) {
    const on = earlier(dayOfInstant(createdAt), plainDateOf(year, 12, 31));
    const href = `${root}/temps-de-travail?annee=${year}`;
    facts.push({ source: "staff-time", clauseKey: null, on, label: `État du temps de travail ${year}`, href });
  }
  const subsidies = await db
    .selectFrom("subsidy")
    .select(["id", "object", "funder", "answeredOn"])
    .where("networkId", "=", networkId)
    .where("grantedCents", "is not", null)
    .execute();
  for (const { id, object, funder, answeredOn } of subsidies) {
    if (answeredOn === null) continue;
    const href = `${root}/subventions/${id}`;
    facts.push({
      source: "subsidy",
      clauseKey: null,
      on: answeredOn as PlainDate,
      label: `${object}, ${funder}`,
      href,
    });
  }
  return facts;
}

function presentGroups(presences: string): readonly string[] {
  return Object.entries(JSON.parse(presences) as Record<string, string>).flatMap(([key, presence]) =>
    presence === "present" ? [key] : [],
  );
}

const later = (one: PlainDate, other: PlainDate) => (one > other ? one : other);
const earlier = (one: PlainDate, other: PlainDate) => (one < other ? one : other);

/** What is on file for each convention: its assessments, the convention that follows it, and what was noted by hand. */
export async function loadOwnFacts(
  db: Db | Trx,
  networkId: NetworkId,
  agreements: readonly RecordedAgreement[],
  root: string,
): Promise<ReadonlyMap<string, readonly Fact[]>> {
  const bilans = await db
    .selectFrom("agreementBilan")
    .select(["id", "agreementId", "title", "establishedOn"])
    .where("networkId", "=", networkId)
    .execute();
  const evidence = await db.selectFrom("obligationEvidence").selectAll().where("networkId", "=", networkId).execute();
  return new Map(
    agreements.map(({ id }) => {
      const page = `${root}/conventions/${id}`;
      const next = agreements.find(({ previousId }) => previousId === id);
      const facts: readonly Fact[] = [
        ...bilans
          .filter(({ agreementId }) => agreementId === id)
          .map((bilan): Fact => ({
            ...{ source: "bilan", clauseKey: null, on: bilan.establishedOn as PlainDate },
            ...{ label: `${bilan.title}, ${formatDate(bilan.establishedOn as PlainDate)}`, href: `${page}#bilans` },
          })),
        ...evidence
          .filter(({ agreementId }) => agreementId === id)
          .map((note): Fact => ({
            ...{ source: "note", clauseKey: note.clauseKey, on: note.onDate as PlainDate },
            ...{ label: note.label, href: note.address },
          })),
        ...(next
          ? [
              {
                ...({ source: "new-agreement", clauseKey: null } as const),
                label: `Convention suivante : ${next.title}`,
                on: next.signedOn ?? dayOfInstant(next.createdAt),
                href: `${root}/conventions/${next.id}`,
              },
            ]
          : []),
      ];
      return [id, facts] as const;
    }),
  );
}
