import { dateOf, localDateTime, parisLocalAt, toPlainTime } from "../../app/domain/kernel/paris-time";
import { addDays, addMonths, yearOf, type PlainDate } from "../../app/domain/kernel/plain-date";
import type { ObservationOutcome, PartnerKind } from "../../app/domain/needs-analysis/observation";
import type { ThemeCode } from "../../app/domain/observatory/indicator";
import {
  recordPartner,
  recordPresentation,
  saveChapter,
  startReport,
} from "../../app/features/needs-analysis/commands.server";
import { findReport } from "../../app/features/needs-analysis/queries.server";
import { decideObservation, recordObservation } from "../../app/features/observatory/observations.server";
import { actAs, must, type Stage } from "./story";

type Told = {
  readonly daysAgo: number;
  readonly partnerKind: PartnerKind;
  readonly office: string;
  readonly theme: ThemeCode;
  readonly communeCode?: string;
  readonly text: string;
  readonly outcome: ObservationOutcome | null;
};

const OBSERVATIONS: readonly Told[] = [
  {
    ...{
      daysAgo: 210,
      partnerKind: "ccas",
      office: "Accueil du CCAS de Blain",
      theme: "revenus",
      communeCode: "44015",
    },
    text: "Les demandes d’aide pour l’énergie arrivent plus tôt dans l’hiver, et viennent plus souvent de personnes qui travaillent.",
    outcome: "public",
  },
  {
    ...{
      daysAgo: 160,
      partnerKind: "association",
      office: "Antenne locale d’une association d’aide alimentaire",
      theme: "familles",
    },
    text: "Les familles monoparentales disent renoncer aux distributions quand elles ont lieu pendant les heures d’école.",
    outcome: "public",
  },
  {
    ...{ daysAgo: 95, partnerKind: "health", office: "Équipe d’un service d’aide à domicile", theme: "autonomie" },
    text: "Les retours d’hospitalisation sans aide prévue à domicile sont plus fréquents dans les communes sans pharmacie.",
    outcome: "members",
  },
  {
    ...{ daysAgo: 20, partnerKind: "employment", office: "Permanence de la mission locale", theme: "emploi" },
    text: "Le permis de conduire et la garde d’enfants reviennent à chaque entretien comme premiers obstacles à l’emploi.",
    outcome: null,
  },
];

const PARTNERS = [
  { name: "Département, délégation territoriale", kind: "department", manner: "réunion de cadrage" },
  { name: "Caisse d’allocations familiales", kind: "benefits", manner: "entretien sur les chiffres disponibles" },
  { name: "Mission locale", kind: "employment", manner: "questionnaire" },
] as const;

/** What a writer adds to the proposed text. The second sentence claims what the figures of the demonstration contradict: the portal shows it. */
const EMPLOYMENT = `{{graph:demandeurs-emploi/evolution}}

Fin 2024, le réseau compte {{ind:demandeurs-emploi}} en catégories A, B et C. À Blain, le nombre de demandeurs d’emploi est en hausse : {{ind:demandeurs-emploi@blain}}.

Au recensement, le taux de chômage des 15 à 64 ans est de {{ind:taux-de-chomage}}.`;

/** Observations at each stage of their reading, and the analysis of the next year in preparation. */
export async function tellObservatory(stage: Stage, now: Date): Promise<void> {
  const { clock, db, networkId } = stage;
  const today = dateOf(parisLocalAt(now));
  const secretary = () => actAs(db, clock, networkId, stage.secretaryId);
  const moveTo = (date: PlainDate) => clock.moveTo(localDateTime(date, toPlainTime("11:00")));
  for (const { daysAgo, outcome, communeCode, ...told } of OBSERVATIONS) {
    const observedOn = addDays(today, -daysAgo);
    moveTo(addDays(observedOn, 2));
    const { observationId } = must(
      await recordObservation(await secretary(), {
        ...{ cle: clock.newId(), observedOn, ...told },
        ...(communeCode === undefined ? {} : { communeCode }),
      }),
    );
    if (outcome === null) continue;
    moveTo(addDays(observedOn, 5));
    must(await decideObservation(await secretary(), observationId, { cle: clock.newId(), outcome, note: "" }));
  }
  moveTo(addDays(today, -60));
  const renewalYear = yearOf(today);
  const { reportId } = must(
    await startReport(await secretary(), {
      ...{ cle: clock.newId(), title: `Analyse des besoins sociaux ${renewalYear + 1}`, renewalYear },
    }),
  );
  for (const [rank, partner] of PARTNERS.entries()) {
    moveTo(addDays(today, -45 + rank * 10));
    must(
      await recordPartner(await secretary(), reportId, {
        ...{ cle: clock.newId(), consultedOn: addDays(today, -45 + rank * 10), ...partner },
      }),
    );
  }
  moveTo(addDays(today, -10));
  const report = await findReport(db, networkId, reportId);
  const chapter = report?.chapters.find(({ title }) => title === "L’emploi");
  if (!chapter) throw new Error("The proposed plan has no chapter on employment");
  must(
    await saveChapter(await secretary(), reportId, chapter.id, {
      ...{ title: chapter.title, markdown: EMPLOYMENT, revision: chapter.revision },
    }),
  );
  const [first] = stage.seats.values();
  if (first)
    must(
      await recordPresentation(await secretary(), reportId, {
        ...{ cle: clock.newId(), seatId: first, kind: "planned", onDate: addMonths(today, 6), reference: "" },
      }),
    );
  clock.moveTo(parisLocalAt(now));
}
