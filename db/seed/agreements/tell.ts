import { dateOf, localDateTime, parisLocalAt, toPlainTime } from "../../../app/domain/kernel/paris-time";
import type { NetworkId, PersonId } from "../../../app/domain/kernel/ids";
import { addDays, addMonths, plainDateOf, yearOf, type PlainDate } from "../../../app/domain/kernel/plain-date";
import { DEMO_PASSWORD } from "../../../app/features/account/demo-accounts";
import {
  changeDraft,
  recordBilan,
  renewAgreement,
  signAgreement,
} from "../../../app/features/agreements/encode.server";
import {
  draftAmendment,
  recordBoardVote,
  submitAmendment,
  writeChange,
} from "../../../app/features/agreements/amendments.server";
import { noteProof } from "../../../app/features/agreements/follow-up.server";
import { draftFromModel, encodeModel } from "../../../app/features/agreements/models.server";
import { addSeat, createNetwork } from "../../../app/features/networks/network-commands.server";
import { recordMandate } from "../../../app/features/people/mandates.server";
import { addMember } from "../../../app/features/networks/person-commands.server";
import { loadViewer } from "../../../app/services/actor.server";
import { findAgreementModel, type AgreementModel } from "../../../app/services/agreement-models.server";
import { listAgreements } from "../../../app/services/agreement-record.server";
import { listSeats } from "../../../app/services/committee-record.server";
import { hashPassword } from "../../../app/services/auth.server";
import type { CommandContext } from "../../../app/services/gate.server";
import { actAs, must, type Stage } from "../story";

const SUPPOSED =
  "**Supposition de la démonstration** : rien ne dit que la convention signée en 2014 ait été renouvelée. Le portail suppose des conventions identiques, de trois ans, pour que le réseau vive aujourd’hui. Dates de signature et de délibération sont inventées.";

function modelOf(key: string): AgreementModel {
  const model = findAgreementModel(key);
  if (!model) throw new Error(`No model ${key}`);
  return model;
}

/** The conventions of the demonstration: Blain's text and the renewals that it is supposed to have had, and the four other networks. */
export async function tellAgreements(stage: Stage, now: Date): Promise<void> {
  const today = dateOf(parisLocalAt(now));
  stage.clock.moveTo(localDateTime(addDays(today, -2), toPlainTime("09:00")));
  await tellBlain(stage, today);
  for (const key of ["garde", "dreux", "nord", "sceaux"]) await tellNetwork(stage, modelOf(key), today);
  stage.clock.moveTo(parisLocalAt(now));
}

async function organizationsOf(context: CommandContext): Promise<ReadonlyMap<string, string>> {
  const rows = await context.db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.inseeCode", "organization.name"])
    .where("seat.networkId", "=", context.networkId)
    .execute();
  return new Map(rows.map(({ id, inseeCode, name }) => [inseeCode ?? name, id]));
}

async function enter(context: CommandContext, model: AgreementModel): Promise<string> {
  const known = await organizationsOf(context);
  const organizations = new Map(
    model.organizations.flatMap(({ key, inseeCode, name }) => {
      const id = known.get(inseeCode ?? name);
      return id === undefined ? [] : [[key, id] as const];
    }),
  );
  const cle = context.clock.newId();
  const effectOn = model.effectOn as PlainDate;
  const input = draftFromModel(model, { cle, organizations, effectOn, keepsHabilitations: true });
  const { agreementId } = must(await encodeModel(context, model, input));
  if (model.signedOn !== null) must(await signAgreement(context, agreementId, model.signedOn as PlainDate));
  return agreementId;
}

/** Renews with the same text until one covers the day; each renewal has its assessment before it. */
async function renewUntil(context: CommandContext, first: string, through: PlainDate, note: string): Promise<string> {
  let current = first;
  for (;;) {
    const agreement = (await listAgreements(context.db, context.networkId, through)).find(({ id }) => id === current);
    const endsOn = agreement?.standing?.endsOn ?? null;
    if (!agreement || endsOn === null || endsOn >= through) return current;
    const title = `Bilan ${yearOf(agreement.effectOn)}-${yearOf(endsOn)} (supposé)`;
    const bilan = { cle: context.clock.newId(), title, establishedOn: addDays(endsOn, -200), body: note };
    must(await recordBilan(context, current, bilan));
    const renewed = must(
      await renewAgreement(context, current, { cle: context.clock.newId(), isSupposed: true, note }),
    );
    const draft = (await listAgreements(context.db, context.networkId, through)).find(
      ({ id }) => id === renewed.agreementId,
    );
    if (!draft) throw new Error("The renewal is missing");
    must(
      await changeDraft(context, draft.id, {
        ...{ revision: draft.revision, title: draft.title, note, effectOn: draft.effectOn, place: agreement.place },
        content: draft.content,
        parties: draft.parties.map(({ id: _id, leftOn: _leftOn, ...party }) => ({
          ...party,
          ...(party.needsHabilitation ? { deliberationNumber: "supposée", deliberationOn: addDays(endsOn, -40) } : {}),
        })),
      }),
    );
    must(await signAgreement(context, draft.id, addDays(endsOn, -16)));
    current = draft.id;
  }
}

async function tellBlain(stage: Stage, today: PlainDate): Promise<void> {
  const context = await actAs(stage.db, stage.clock, stage.networkId, stage.secretaryId);
  const first = await enter(context, modelOf("blain"));
  const through = today > plainDateOf(2026, 1, 1) ? today : plainDateOf(2026, 1, 1);
  const current = await renewUntil(context, first, through, SUPPOSED);
  const year = yearOf(today);
  must(
    await noteProof(context, current, {
      ...{ cle: stage.clock.newId(), clauseKey: "grille", on: earlyIn(year, 15, today) },
      ...{ label: `Grille statistique ${year - 1} remise par les six CCAS`, address: null },
    }),
  );
  await tellAmendment(stage, current, today);
}

/** An amendment before the boards: four of the six have approved it. */
async function tellAmendment(stage: Stage, agreementId: string, today: PlainDate): Promise<void> {
  const { clock, db, networkId } = stage;
  const secretary = () => actAs(db, clock, networkId, stage.secretaryId);
  clock.moveTo(localDateTime(addDays(today, -60), toPlainTime("09:00")));
  const { amendmentId } = must(
    await draftAmendment(await secretary(), agreementId, {
      ...{ cle: clock.newId(), title: "Cinq réunions du comité et un contact partagé" },
      reason: "Le comité se réunit déjà cinq fois par an ; chaque CCAS souhaite être joignable.",
    }),
  );
  const changes = [
    {
      article: "7",
      title: "",
      after:
        "L’évaluation est chiffrée et qualitative, selon des conditions convenues entre le comité et le réseau. Les élu·es en charge des affaires sociales participent au comité, qui se réunit au moins cinq fois par an et fixe orientations et moyens. L’évaluation regarde la conformité aux articles 1 et 2 et l’utilité sociale, jusqu’à la conclusion d’une nouvelle convention.",
    },
    {
      article: "8",
      title: "",
      after:
        "Le contact est en mairie de Blain et dans chaque CCAS. Les acteurs mentionnent le soutien financier des CCAS sur leurs supports et pendant leurs principaux événements ; les CCAS font connaître le réseau.",
    },
  ];
  for (const [index, change] of changes.entries())
    must(await writeChange(await secretary(), amendmentId, { revision: index + 1, ...change }));
  must(await submitAmendment(await secretary(), amendmentId));
  const parties = (await listAgreements(db, networkId, today)).find(({ id }) => id === agreementId)?.parties ?? [];
  for (const [index, party] of parties.slice(0, 4).entries()) {
    const on = addDays(today, -50 + index * 9);
    clock.moveTo(localDateTime(addDays(on, 2), toPlainTime("10:00")));
    must(
      await recordBoardVote(await secretary(), amendmentId, {
        ...{ cle: clock.newId(), partyId: party.id, outcome: "approved", number: `${yearOf(on)}-${31 + index * 4}` },
        ...{ on, transmittedOn: addDays(on, 1) },
        votes: { members: 13, cast: 11, for: 10, against: 0, abstentions: 1 },
      }),
    );
  }
  clock.moveTo(localDateTime(addDays(today, -2), toPlainTime("09:00")));
}

async function tellNetwork(stage: Stage, model: AgreementModel, today: PlainDate): Promise<void> {
  const { db, clock } = stage;
  const administratorRow = await db
    .selectFrom("person")
    .select("id")
    .where("isAdministrator", "=", 1)
    .executeTakeFirstOrThrow();
  const administrator = await loadViewer(db, administratorRow.id, today);
  const lead = model.organizations.find(({ key }) => key === model.lead);
  if (!administrator || !lead) throw new Error(`Nobody leads ${model.key}`);
  clock.moveTo(localDateTime(addMonths(today, -14), toPlainTime("09:00")));
  const networkId = clock.newId() as NetworkId;
  const context: CommandContext = { db, clock, networkId, actor: administrator };
  const toOrganization = ({ kind, name, shortName, inseeCode }: AgreementModel["organizations"][number]) =>
    ({ kind: "new", organization: { kind, name, shortName, inseeCode, siret: null } }) as const;
  must(
    await createNetwork(context, {
      ...{ cle: networkId, name: model.networkName, slug: model.key },
      ...{ presentationMd: model.presentation, contactMd: model.contact, lead: toOrganization(lead) },
    }),
  );
  await db.updateTable("network").set({ isDemo: 1 }).where("id", "=", networkId).execute();
  for (const organization of model.organizations.filter(({ key, isSeated }) => isSeated && key !== model.lead))
    must(await addSeat(context, { cle: clock.newId(), organization: toOrganization(organization) }));
  const { leadOrganizationId } = await db
    .selectFrom("network")
    .select("leadOrganizationId")
    .where("id", "=", networkId)
    .executeTakeFirstOrThrow();
  const person = {
    cle: clock.newId(),
    email: `secretariat@${model.key}.demo`,
    displayName: `Secrétariat, ${lead.name}`,
    functionLabel: "",
    invite: false,
  };
  const role = { role: "secretary", organizationId: leadOrganizationId, startsOn: addMonths(today, -14) } as const;
  const { personId } = must(await addMember(context, { person, role }));
  await givePassword(stage, personId);
  await seatOffices(stage, context, model, lead.name);
  clock.moveTo(localDateTime(addDays(today, -2), toPlainTime("09:00")));
  const secretary = await actAs(db, clock, networkId, personId as PersonId);
  const first = await enter(secretary, model);
  if (model.key === "nord") await renewUntil(secretary, first, today, SUPPOSED_NORD);
  await tellProofs(secretary, model.key, today);
}

/** Whoever leads has an elected official in its seat, and the département its delegation: offices, no names. */
async function seatOffices(stage: Stage, context: CommandContext, model: AgreementModel, lead: string): Promise<void> {
  const { db, clock } = stage;
  const startsOn = dateOf(parisLocalAt(clock.now()));
  for (const { id: seatId, label } of await listSeats(db, context.networkId)) {
    const isDepartment = model.organizations.some(({ kind, name }) => kind === "departement" && name === label);
    if (!isDepartment && label !== lead) continue;
    const email = `${isDepartment ? "departement" : "elu"}@${model.key}.demo`;
    const displayName = isDepartment ? `Délégation, ${label}` : `Élu·e, ${label}`;
    must(
      await recordMandate(context, {
        ...{ cle: clock.newId(), seatId, role: "titular", startsOn, endsOn: null },
        person: { kind: "new", email, displayName, functionLabel: "" },
        ...{ isMunicipalOfficial: !isDepartment, isInChargeOfSocialAffairs: true },
        basis: "Supposée pour la démonstration",
      }),
    );
    const person = await db.selectFrom("person").select("id").where("email", "=", email).executeTakeFirstOrThrow();
    await givePassword(stage, person.id);
  }
}

const SUPPOSED_NORD =
  "**Supposition de la démonstration** : le texte couvre trois ans. Le portail suppose des conventions identiques ensuite, pour que le réseau vive aujourd’hui. Dates et bilans sont inventés.";

async function givePassword(stage: Stage, personId: string): Promise<void> {
  const known = await stage.db
    .selectFrom("credential")
    .select("passwordHash")
    .where("passwordHash", "is not", null)
    .executeTakeFirst();
  await stage.db
    .insertInto("credential")
    .values({
      ...{ personId, passwordHash: known?.passwordHash ?? (await hashPassword(DEMO_PASSWORD)) },
      passwordChangedAt: stage.clock.now().toISOString(),
      ...{ totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
    })
    .execute();
}

/** A few proofs, so that each network shows obligations that are met, due and late. */
async function tellProofs(context: CommandContext, key: string, today: PlainDate): Promise<void> {
  const current = (await listAgreements(context.db, context.networkId, today)).find(
    ({ standing }) => standing?.state === "running" || standing?.state === "indefinite",
  );
  if (!current) return;
  const note = async (clauseKey: string, on: PlainDate, label: string) =>
    must(await noteProof(context, current.id, { cle: context.clock.newId(), clauseKey, on, label, address: null }));
  const year = yearOf(today);
  if (key === "garde") {
    await note("bilan-directions", addDays(today, -95), "Bilan des directions avec le superviseur (supposé)");
    const bilan = {
      cle: context.clock.newId(),
      title: "Bilan de la première année (supposé)",
      establishedOn: addDays(today, -170),
    };
    must(await recordBilan(context, current.id, { ...bilan, body: "Supposition de la démonstration." }));
  }
  if (key === "dreux") {
    await note("calendrier", earlyIn(year, 10, today), `Calendrier ${year} convenu (supposé)`);
    for (let session = 1; session <= 4; session += 1)
      await note("mensuelles", addDays(today, -2 - session), `Groupe ${session} tenu (supposé)`);
  }
  if (key === "nord") await note("plan", earlyIn(year, 20, today), `Plan d’actions ${year} défini (supposé)`);
  if (key === "sceaux") await note("bilan", addDays(today, -120), "Réunion de bilan tenue (supposée)");
}

/** A day of January, or the latest that is over. */
function earlyIn(year: number, day: number, today: PlainDate): PlainDate {
  const wanted = plainDateOf(year, 1, day);
  const last = addDays(today, -3);
  return wanted < last ? wanted : last;
}
