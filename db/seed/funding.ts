import { fileURLToPath } from "node:url";
import { dateOf, localDateTime, parisLocalAt, toPlainTime } from "../../app/domain/kernel/paris-time";
import { addDays, yearOf, type PlainDate } from "../../app/domain/kernel/plain-date";
import { closeAnnualDay, noteRegistrations, recordAnnualDay } from "../../app/features/events/commands.server";
import { draftCall, listIntactProofs } from "../../app/features/funding/call-draft.server";
import { followStatement, issueCall } from "../../app/features/funding/commands.server";
import { findCall } from "../../app/features/funding/queries.server";
import { importReference } from "../../app/features/population/reference.server";
import { toCents } from "../../app/domain/kernel/money";
import type { Stage } from "./story";
import { actAs, must } from "./story";

const REFERENCE = fileURLToPath(new URL("../reference", import.meta.url));

const PROGRAMME = `- **9 h** : accueil par les six CCAS
- **9 h 30** : « Qui peut m’aider ? », le guide des aides
- **14 h** : ateliers, accès aux droits et lien social
- **16 h 30** : clôture`;

const REGISTERED = [
  { actorType: "elected", organization: "Six communes", headcount: 14 },
  { actorType: "volunteer", organization: "Associations du territoire", headcount: 31 },
  { actorType: "professional", organization: "CCAS, Département, missions locales", headcount: 43 },
] as const;

/** The annual day held and closed, the call that follows it, its titles and the first payments; the guide waits for a complementary call. */
export async function tellFunding(stage: Stage, now: Date): Promise<void> {
  const { clock, db, networkId } = stage;
  const today = dateOf(parisLocalAt(now));
  const secretary = () => actAs(db, clock, networkId, stage.secretaryId);
  const moveTo = (date: PlainDate) => clock.moveTo(localDateTime(date, toPlainTime("10:00")));
  const heldOn = addDays(today, -150);
  const year = yearOf(heldOn);
  const host = await db
    .selectFrom("network")
    .select("leadOrganizationId")
    .where("id", "=", networkId)
    .executeTakeFirstOrThrow();
  moveTo(addDays(heldOn, -41));
  await importReference({ db, clock }, REFERENCE);
  moveTo(addDays(heldOn, -40));
  must(
    await recordAnnualDay(await secretary(), {
      ...{ cle: clock.newId(), year, revision: 0, title: "Journée des acteurs sociaux", heldOn },
      ...{ place: "Salle des fêtes de Blain", hostOrganizationId: host.leadOrganizationId, programme: PROGRAMME },
      cost: toCents(118_040),
    }),
  );
  moveTo(addDays(heldOn, -5));
  for (const registration of REGISTERED)
    must(await noteRegistrations(await secretary(), year, { cle: clock.newId(), ...registration }));
  moveTo(addDays(heldOn, 6));
  must(await closeAnnualDay(await secretary(), year));
  await tellCall(stage, year, addDays(heldOn, 20));
  clock.moveTo(parisLocalAt(now));
}

/** Left out when the project's table has no population in force that year: the page then says what is missing. References are invented. */
async function tellCall(
  { db, clock, networkId, secretaryId, folder }: Stage,
  year: number,
  issuedOn: PlainDate,
): Promise<void> {
  const secretary = () => actAs(db, clock, networkId, secretaryId);
  clock.moveTo(localDateTime(issuedOn, toPlainTime("10:00")));
  const cle = clock.newId();
  const kept = folder ?? undefined;
  const intact = await listIntactProofs(db, networkId, year, kept);
  const request = { callId: cle, year, issuedOn, intact };
  const all = await draftCall(db, networkId, { ...request, leftIds: [] });
  const leftIds = all.taken.filter(({ object }) => object.startsWith("Impression")).map(({ id }) => id);
  const { fingerprint, obstacles } = await draftCall(db, networkId, { ...request, leftIds });
  if (obstacles.some(({ source }) => source === "weights")) return;
  if (fingerprint === null) throw new Error(`No call for ${year}: ${JSON.stringify(obstacles)}`);
  must(await issueCall(await secretary(), { cle, year, leftIds, fingerprint }, kept));
  const owing = (await findCall(db, networkId, cle))?.statements.filter(({ owed }) => owed > 0) ?? [];
  const follow = async (memberId: string, event: Parameters<typeof followStatement>[2]["event"]) => {
    const target = { callId: cle, organizationId: memberId };
    must(await followStatement(await secretary(), target, { cle: clock.newId(), event }));
  };
  const titledOn = addDays(issuedOn, 8);
  clock.moveTo(localDateTime(titledOn, toPlainTime("11:00")));
  for (const [index, { memberId }] of owing.entries()) {
    await follow(memberId, { kind: "title", number: `T-${year}-${310 + index}`, date: titledOn });
    if (index === owing.length - 1) continue;
    await follow(memberId, { kind: "deposit", chorusReference: `CPP-${year}-${7041 + index}`, date: titledOn });
  }
  for (const [index, { memberId, owed }] of owing.slice(0, 3).entries()) {
    const paidOn = addDays(issuedOn, 30 + index * 5);
    clock.moveTo(localDateTime(paidOn, toPlainTime("11:00")));
    const amount = index === 2 ? toCents(Math.floor(owed / 2)) : owed;
    await follow(memberId, { kind: "payment", reference: `VIR-${year}-${88 + index}`, date: paidOn, amount });
  }
}
