import type { Opinion } from "../../app/domain/action-plan/review";
import type { PlannedAction } from "../../app/domain/action-plan/plan";
import type { Score } from "../../app/domain/action-plan/evaluation";
import type { Evidence, RecordedState } from "../../app/domain/action-plan/progress";
import type { OrganizationId } from "../../app/domain/kernel/ids";
import { toCents } from "../../app/domain/kernel/money";
import { dateOf, localDateTime, parisLocalAt, toPlainTime } from "../../app/domain/kernel/paris-time";
import { addDays, toPlainDate, yearOf, type PlainDate } from "../../app/domain/kernel/plain-date";
import {
  endReport,
  openProtocol,
  openReport,
  recordPartnership,
  scoreCriterion,
  writeProtocol,
} from "../../app/features/action-plan/evaluation-commands.server";
import { findReport, listProtocols } from "../../app/features/action-plan/evaluation-queries.server";
import {
  carryPlanOver,
  dropAction,
  fingerprintOf,
  openPlan,
  publishPlan,
  writeAction,
  writeThemes,
} from "../../app/features/action-plan/plan-commands.server";
import { findPlan } from "../../app/features/action-plan/plan-queries.server";
import {
  publishPractice,
  recordSpreading,
  writePractice,
} from "../../app/features/action-plan/practice-commands.server";
import { recordProgress } from "../../app/features/action-plan/progress-commands.server";
import {
  giveOpinion,
  giveVisa,
  recordReviewRule,
  startRound,
} from "../../app/features/action-plan/review-commands.server";
import { answerOpinion, extendRound } from "../../app/features/action-plan/review-follow-up.server";
import {
  findRound,
  listAdoptedDecisions,
  opinionsFingerprint,
} from "../../app/features/action-plan/review-queries.server";
import type { CommandContext } from "../../app/services/gate.server";
import { ORGANIZATIONS, type PlaceKey } from "./blain";
import { actAs, must, type Stage } from "./story";

/** The network's action plans: last year's, taken over from paper and reviewed; this year's, in progress; next year's, before the department. */

export type PlanTexts = {
  readonly year: number;
  readonly lastId: string;
  readonly currentId: string;
  readonly protocolId: string;
};

const clockAt = (stage: Stage, date: PlainDate, time: string): void =>
  stage.clock.moveTo(localDateTime(date, toPlainTime(time)));
const asSecretary = (stage: Stage): Promise<CommandContext> =>
  actAs(stage.db, stage.clock, stage.networkId, stage.secretaryId);
async function asTitular(stage: Stage, place: PlaceKey): Promise<CommandContext> {
  const personId = stage.titulars.get(place);
  if (personId === undefined) throw new Error(`Nobody sits for ${place}`);
  return actAs(stage.db, stage.clock, stage.networkId, personId);
}

async function organizationsOf(stage: Stage): Promise<ReadonlyMap<PlaceKey, OrganizationId>> {
  const rows = await stage.db.selectFrom("organization").select(["id", "name"]).execute();
  return new Map(
    (Object.keys(ORGANIZATIONS) as PlaceKey[]).map((place) => {
      const row = rows.find(({ name }) => name === ORGANIZATIONS[place].name);
      if (!row) throw new Error(`No organization for ${place}`);
      return [place, row.id as OrganizationId];
    }),
  );
}

type Sketch = {
  readonly key: string;
  readonly theme: string;
  readonly title: string;
  readonly objective: string;
  readonly place: PlaceKey;
  readonly office: string;
  readonly partners?: string;
  readonly territory?: string;
  readonly cents: number | null;
  readonly from: string;
  readonly to: string;
  readonly objectives: readonly string[];
  readonly programme: readonly string[];
  readonly markers?: PlannedAction["markers"];
  readonly inclusion?: string;
  readonly deliverables?: readonly (readonly [key: string, label: string, due: string])[];
  readonly indicators?: readonly (readonly [key: string, label: string, unit: string, target: number | null])[];
  readonly isInternal?: boolean;
};

function toAction(sketch: Sketch, year: number, organizations: ReadonlyMap<PlaceKey, OrganizationId>): PlannedAction {
  const organizationId = organizations.get(sketch.place);
  if (organizationId === undefined) throw new Error(`No organization for ${sketch.place}`);
  const on = (day: string): PlainDate => toPlainDate(`${year}-${day}`);
  return {
    ...{ key: sketch.key, themeKey: sketch.theme, title: sketch.title, objective: sketch.objective },
    owner: { organizationId, office: sketch.office },
    ...{ partners: sketch.partners ?? "", territory: sketch.territory ?? "Les six communes" },
    budget: sketch.cents === null ? null : toCents(sketch.cents),
    ...{ startsOn: on(sketch.from), endsOn: on(sketch.to) },
    ...{ objectiveKeys: sketch.objectives, programmeKeys: sketch.programme, markers: sketch.markers ?? [] },
    inclusion: sketch.inclusion === undefined ? null : { concerns: true, how: sketch.inclusion },
    deliverables: (sketch.deliverables ?? []).map(([key, label, due]) => ({ key, label, dueOn: on(due) })),
    indicators: (sketch.indicators ?? []).map(([key, label, unit, target]) => ({ key, label, unit, target })),
    ...{ isInternal: sketch.isInternal ?? false, carriedFrom: null },
  };
}

const FORM: Sketch = {
  ...{ key: "formulaire", theme: "outils", title: "Formulaire commun de demande d’aide facultative" },
  objective: "Une même demande, les mêmes pièces, quel que soit le CCAS où l’habitant se présente.",
  ...{ place: "blain", office: "direction du CCAS", partners: "les six CCAS, la délégation départementale" },
  ...{ cents: 0, from: "02-01", to: "10-31", objectives: ["nourrir", "accompagner"], programme: ["p6", "p8"] },
  markers: ["access-to-rights"],
  inclusion: "Version facile à lire et à comprendre.",
  deliverables: [
    ["formulaire-v1", "Formulaire commun", "06-30"],
    ["formulaire-notice", "Notice pour les agents d’accueil", "10-31"],
  ],
  indicators: [["formulaire-ccas", "CCAS qui l’utilisent", "CCAS", 6]],
};
const DIRECTORY: Sketch = {
  ...{ key: "annuaire", theme: "outils", title: "Annuaire des acteurs sociaux du bassin de vie" },
  objective: "Savoir à qui orienter une personne, et le tenir à jour.",
  ...{ place: "la-chevallerais", office: "secrétariat du CCAS", partners: "associations de solidarité" },
  ...{ cents: 30_000, from: "03-01", to: "09-30", objectives: ["connaitre"], programme: ["p1"] },
  deliverables: [["annuaire-papier", "Annuaire imprimé et en ligne", "09-30"]],
};
const PORTRAIT: Sketch = {
  ...{ key: "portrait", theme: "besoins", title: "Portrait social du bassin de vie" },
  objective:
    "Des constats partagés sur la population et ses besoins, pour l’analyse des besoins sociaux de chaque CCAS.",
  ...{ place: "fay-de-bretagne", office: "responsable du CCAS", partners: "la délégation départementale, les CCAS" },
  ...{ cents: 45_000, from: "01-15", to: "12-15", objectives: ["nourrir"], programme: ["p3", "p4"] },
  deliverables: [
    ["portrait-collecte", "Grille d’activité recueillie dans les six CCAS", "05-31"],
    ["portrait-texte", "Portrait social rédigé", "12-15"],
  ],
};
const ISOLATION: Sketch = {
  ...{ key: "isolement", theme: "groupes", title: "Groupe thématique « Rompre l’isolement »" },
  objective: "Repérer les personnes isolées et leur proposer une visite, une sortie ou un appel.",
  ...{
    place: "le-gavre",
    office: "élu·e en charge des solidarités",
    partners: "bénévoles, aide à domicile, médiathèques",
  },
  ...{ cents: 60_000, from: "02-01", to: "12-31", objectives: ["accompagner", "connaitre"], programme: ["p5", "p10"] },
  markers: ["prevention", "participation"],
  inclusion: "Lieux accessibles et transport à la demande.",
  indicators: [
    ["isolement-reunions", "Réunions du groupe", "réunions", 5],
    ["isolement-personnes", "Personnes visitées au moins une fois", "personnes", 40],
  ],
};
const DAY: Sketch = {
  ...{ key: "journee", theme: "journee", title: "Journée annuelle des acteurs sociaux" },
  objective: "Réunir élus, professionnels et bénévoles autour d’un thème.",
  ...{ place: "blain", office: "pôle solidarité et lien social", partners: "tous les acteurs du réseau" },
  ...{
    cents: 180_000,
    from: "04-01",
    to: "11-30",
    objectives: ["connaitre", "nourrir"],
    programme: ["p1", "p2", "p11"],
  },
  markers: ["participation"],
  inclusion: "Salle accessible, boucle magnétique, interprète sur demande.",
  deliverables: [
    ["journee-programme", "Programme et invitations", "09-30"],
    ["journee-synthese", "Synthèse des ateliers", "11-30"],
  ],
  indicators: [["journee-presents", "Participants", "personnes", 110]],
};
const CHARTER: Sketch = {
  ...{ key: "charte", theme: "pratiques", title: "Charte d’accueil des six CCAS" },
  objective: "Les mêmes engagements d’écoute, de délai et de confidentialité dans chaque accueil.",
  ...{ place: "bouvron", office: "responsable du CCAS", partners: "la délégation départementale" },
  ...{ cents: 0, from: "01-15", to: "06-30", objectives: ["accompagner"], programme: ["p8"] },
  markers: ["access-to-rights"],
  deliverables: [["charte-texte", "Charte affichée dans les six accueils", "06-30"]],
};
const DIGITAL: Sketch = {
  ...{ key: "numerique", theme: "groupes", title: "Permanences d’aide aux démarches en ligne" },
  objective: "Un rendez-vous par semaine dans deux communes, tenu à tour de rôle.",
  ...{
    place: "notre-dame-des-landes",
    office: "agent d’accueil du CCAS",
    partners: "conseillers numériques, médiathèques",
  },
  ...{ territory: "Notre-Dame-des-Landes et Fay-de-Bretagne", cents: 25_000, from: "03-01", to: "12-31" },
  ...{ objectives: ["accompagner"], programme: ["p6", "p7"], markers: ["digital-inclusion", "access-to-rights"] },
  inclusion: "Accueil sans rendez-vous pour les personnes aidées par un tiers.",
  indicators: [["numerique-rdv", "Rendez-vous tenus", "rendez-vous", 120]],
};
const GRID: Sketch = {
  ...{ key: "grille", theme: "pratiques", title: "Repères communs pour les aides facultatives" },
  objective: "Comparer ce que chaque CCAS accorde, et s’accorder sur des repères que chacun reste libre de suivre.",
  ...{ place: "bouvron", office: "responsable du CCAS", partners: "les six conseils d’administration" },
  ...{ cents: null, from: "05-01", to: "12-15", objectives: ["nourrir", "accompagner"], programme: ["p3", "p8"] },
  deliverables: [["grille-note", "Note de comparaison", "12-15"]],
  isInternal: true,
};
const INFORMATION: Sketch = {
  ...{ key: "information", theme: "pratiques", title: "Information des CCAS sur les aides du Département" },
  objective: "Deux rencontres par an pour présenter ce qui change et répondre aux questions des agents.",
  ...{ place: "departement", office: "développement local", partners: "les six CCAS" },
  ...{ cents: 0, from: "02-01", to: "11-30", objectives: ["nourrir", "connaitre"], programme: ["p1"] },
  indicators: [["information-rencontres", "Rencontres tenues", "rencontres", 2]],
};

/** Writes last year's and this year's plans and the protocol of evaluation, ready to be put to the vote on `meetingDate`. */
export async function draftPlans(stage: Stage, meetingDate: PlainDate, today: PlainDate): Promise<PlanTexts> {
  const year = yearOf(today);
  const organizations = await organizationsOf(stage);
  const { clock } = stage;
  clockAt(stage, addDays(meetingDate, -110), "10:00");
  const lastId = clock.newId();
  must(await openPlan(await asSecretary(stage), { cle: lastId, year: year - 1, frame: "social-actors" }));
  const former = [FORM, DIRECTORY, PORTRAIT, ISOLATION, DAY, CHARTER];
  for (const sketch of former) await write(stage, lastId, toAction(sketch, year - 1, organizations));
  await sayWhyNone(stage, lastId, { cias: "Le réseau attend d’avoir deux ans de recul." }, LAST_PRESENTATION);
  await reviewLastYear(stage, lastId, meetingDate);

  clockAt(stage, addDays(meetingDate, -30), "14:00");
  const currentId = clock.newId();
  const keys = former.filter(({ key }) => key !== "charte").map(({ key }) => key);
  must(await carryPlanOver(await asSecretary(stage), { cle: currentId, fromYear: year - 1, keys }));
  for (const sketch of [DIGITAL, GRID, INFORMATION])
    await write(stage, currentId, toAction(sketch, year, organizations));
  const isolation = toAction(ISOLATION, year, organizations);
  await write(stage, currentId, { ...isolation, budget: toCents(75_000), carriedFrom: year - 1 });
  await sayWhyNone(stage, currentId, { cias: "La réflexion reprendra avec le bilan de la convention." }, PRESENTATION);
  await reviewThisYear(stage, currentId, meetingDate);

  clockAt(stage, addDays(meetingDate, -18), "15:00");
  const protocolId = clock.newId();
  must(await openProtocol(await asSecretary(stage), { cle: protocolId, model: "social-actors" }));
  const protocol = (await listProtocols(stage.db, stage.networkId)).find(({ id }) => id === protocolId);
  must(
    await writeProtocol(await asSecretary(stage), {
      ...{ protocolId, criteria: protocol?.criteria ?? [] },
      method:
        "Le secrétariat rédige à partir de ce qui est noté des actions ; le comité en débat au premier semestre pour l’année passée, en septembre pour le semestre.",
    }),
  );
  return { year, lastId, currentId, protocolId };
}

const LAST_PRESENTATION = "Plan tenu sur papier, repris ici pour comparer les années.";
const PRESENTATION =
  "Des actions portées par les six CCAS et la délégation départementale. Le silence du Département vaut approbation quinze jours après l’échéance d’une relecture.";

async function write(stage: Stage, planId: string, action: PlannedAction): Promise<void> {
  const plan = await findPlan(stage.db, stage.networkId, planId);
  const before = plan?.content.actions.find(({ key }) => key === action.key) ?? null;
  must(await writeAction(await asSecretary(stage), { planId, action, known: fingerprintOf(before) }));
}

async function sayWhyNone(
  stage: Stage,
  planId: string,
  reasons: Readonly<Record<string, string>>,
  presentation: string,
): Promise<void> {
  const plan = await findPlan(stage.db, stage.networkId, planId);
  if (!plan) throw new Error("No plan");
  const served = new Set(plan.content.actions.map(({ themeKey }) => themeKey));
  must(
    await writeThemes(await asSecretary(stage), {
      ...{ planId, revision: plan.revision, presentation, axes: plan.content.axes },
      themes: plan.content.themes.map((theme) => ({
        ...theme,
        withoutAction: served.has(theme.key) ? null : (reasons[theme.key] ?? "Rien de prévu cette année."),
      })),
    }),
  );
}

type Said = readonly [key: string, opinion: Opinion, reason?: string, comment?: string];

async function openRoundOn(stage: Stage, planId: string, deadline: PlainDate, message: string): Promise<string> {
  const cle = stage.clock.newId();
  const address = `https://portail.example.org/reseaux/blain/plan-d-actions/relectures/${cle}`;
  must(await startRound(await asSecretary(stage), { cle, planId, deadline, message, address }));
  return cle;
}

async function answer(stage: Stage, roundId: string, said: readonly Said[]): Promise<void> {
  for (const [actionKey, opinion, reason = "", comment = ""] of said) {
    stage.clock.passMinutes(4);
    must(
      await giveOpinion(await asTitular(stage, "departement"), {
        ...{ cle: stage.clock.newId(), roundId, actionKey, opinion, reason, comment, knownId: null },
      }),
    );
  }
}

async function visa(stage: Stage, roundId: string, comment: string): Promise<void> {
  stage.clock.passMinutes(10);
  const round = await findRound(stage.db, stage.networkId, roundId, dateOf(parisLocalAt(stage.clock.now())));
  if (!round) throw new Error("No round");
  must(
    await giveVisa(await asTitular(stage, "departement"), {
      ...{ roundId, kind: "approved-with-reserves", comment, fillWithout: true },
      fingerprint: opinionsFingerprint(round),
    }),
  );
}

async function reviewLastYear(stage: Stage, planId: string, meetingDate: PlainDate): Promise<void> {
  clockAt(stage, addDays(meetingDate, -105), "09:00");
  const roundId = await openRoundOn(stage, planId, addDays(meetingDate, -80), "Premier plan écrit du réseau.");
  clockAt(stage, addDays(meetingDate, -84), "14:00");
  await answer(stage, roundId, [
    ["formulaire", "favourable", "", "Le service social du Département peut relire la notice."],
    ["annuaire", "reserve", "Un annuaire imprimé vieillit vite : prévoir qui le tient à jour."],
    ["portrait", "favourable"],
    ["isolement", "favourable"],
    ["journee", "favourable"],
  ]);
  await visa(stage, roundId, "Plan clair et réaliste. La réserve porte sur la tenue de l’annuaire.");
}

async function reviewThisYear(stage: Stage, planId: string, meetingDate: PlainDate): Promise<void> {
  clockAt(stage, addDays(meetingDate, -28), "09:00");
  const roundId = await openRoundOn(stage, planId, addDays(meetingDate, -16), "");
  clockAt(stage, addDays(meetingDate, -20), "10:00");
  await answer(stage, roundId, [
    ["formulaire", "favourable"],
    ["annuaire", "reserve", "La réserve de l’an dernier demeure : dire qui tient l’annuaire à jour."],
    ["portrait", "favourable", "", "Les données de la délégation sont disponibles en avril."],
    ["isolement", "favourable"],
    ["journee", "favourable"],
    ["numerique", "favourable", "", "À articuler avec les conseillers numériques du Département."],
    ["information", "favourable"],
  ]);
  await visa(stage, roundId, "Avis favorable d’ensemble.");
}

/** What the plans became after the committee adopted them, up to today. */
export async function tellActionPlan(
  stage: Stage,
  texts: PlanTexts,
  { today, meetingDate }: { readonly today: PlainDate; readonly meetingDate: PlainDate },
): Promise<void> {
  const year = yearOf(today);
  clockAt(stage, addDays(meetingDate, 4), "09:00");
  await recordRule(stage, year);
  must(await publishPlan(await asSecretary(stage), texts.currentId));
  await tellLastYear(stage, year - 1, meetingDate);
  await tellThisYear(stage, year, today);
  await tellPartnership(stage, today);
  await tellPractices(stage, today);
  await tellNextYear(stage, year, today);
  await tellNord(stage, year, today);
  await tellSceaux(stage, year, today);
}

async function recordRule(stage: Stage, year: number): Promise<void> {
  const decisions = await listAdoptedDecisions(stage.db, stage.networkId);
  const basis = decisions.find(({ title }) => title.includes(`plan d’actions ${year}`))?.number ?? null;
  must(
    await recordReviewRule(await asSecretary(stage), {
      ...{ cle: stage.clock.newId(), silenceDays: basis === null ? null : 15, late: "marked", basis },
    }),
  );
}

type Noted = {
  readonly key: string;
  readonly place: PlaceKey | "secretary";
  readonly state: RecordedState;
  readonly note: string;
  readonly delivered?: readonly string[];
  readonly readings?: readonly (readonly [string, number])[];
  readonly proof?: string;
};

async function record(stage: Stage, year: number, noted: Noted): Promise<void> {
  const evidence: readonly Evidence[] = noted.proof === undefined ? [] : [{ kind: "reference", text: noted.proof }];
  const context = noted.place === "secretary" ? await asSecretary(stage) : await asTitular(stage, noted.place);
  must(
    await recordProgress(context, {
      ...{ cle: stage.clock.newId(), year, actionKey: noted.key, state: noted.state, note: noted.note },
      ...{ delivered: noted.delivered ?? [], evidence },
      readings: (noted.readings ?? []).map(([indicatorKey, value]) => ({ indicatorKey, value })),
    }),
  );
}

async function tellLastYear(stage: Stage, year: number, meetingDate: PlainDate): Promise<void> {
  clockAt(stage, addDays(meetingDate, 6), "10:00");
  await record(stage, year, {
    ...{
      key: "charte",
      place: "bouvron",
      state: "done",
      note: "Affichée dans les six accueils.",
      delivered: ["charte-texte"],
    },
    proof: "Charte signée, registre du CCAS de Bouvron, pièce 7",
  });
  await record(stage, year, {
    ...{ key: "journee", place: "secretary", state: "done", note: "Journée tenue, 94 participants." },
    ...{ delivered: ["journee-programme", "journee-synthese"], readings: [["journee-presents", 94]] },
    proof: "Synthèse des ateliers, archives du pôle solidarité",
  });
  await record(stage, year, {
    ...{ key: "formulaire", place: "secretary", state: "in-progress", delivered: ["formulaire-v1"] },
    ...{ note: "Formulaire arrêté par le groupe inter-CCAS, notice à écrire.", readings: [["formulaire-ccas", 3]] },
    proof: "Formulaire commun, version 1",
  });
  const reportId = stage.clock.newId();
  const opened = await openReport(await asSecretary(stage), { cle: reportId, year, period: "year" });
  must(opened);
  await scoreAll(stage, reportId, [
    [
      "objet",
      3,
      "Les moyens sont mis en commun et les dépenses partagées ; l’identification du temps passé reste à améliorer.",
    ],
    ["programme", 3, "Neuf des onze lignes du programme ont été servies par une action au moins."],
    ["utilite", 3, "La charte a raccourci les délais de rendez-vous dans quatre accueils sur six, selon leurs agents."],
    ["interet", 4, "Les six communes, les plus petites comprises, bénéficient des mêmes outils."],
    [
      "suite",
      3,
      "Les membres souhaitent poursuivre ; la question d’un CIAS sera posée avec le bilan de la convention.",
    ],
  ]);
  stage.clock.passMinutes(30);
  must(await endReport(await asSecretary(stage), reportId));
}

async function scoreAll(
  stage: Stage,
  reportId: string,
  scores: readonly (readonly [criterionKey: string, score: Score, narrative: string])[],
): Promise<void> {
  const report = await findReport(stage.db, stage.networkId, reportId);
  if (!report) throw new Error("No report");
  for (const [criterionKey, score, narrative] of scores) {
    stage.clock.passMinutes(3);
    must(
      await scoreCriterion(await asSecretary(stage), {
        cle: stage.clock.newId(),
        reportId,
        criterionKey,
        score,
        narrative,
      }),
    );
  }
}

async function tellThisYear(stage: Stage, year: number, today: PlainDate): Promise<void> {
  const at = (daysAgo: number) => clockAt(stage, addDays(today, -daysAgo), "11:00");
  at(230);
  await record(stage, year, {
    ...{ key: "formulaire", place: "secretary", state: "in-progress", note: "Formulaire revu, notice à relire." },
    ...{ delivered: ["formulaire-v1"], proof: "Formulaire commun, version 2" },
    readings: [["formulaire-ccas", 4]],
  });
  at(190);
  await record(stage, year, {
    ...{ key: "portrait", place: "fay-de-bretagne", state: "in-progress", note: "Grille reçue des six CCAS." },
    ...{ delivered: ["portrait-collecte"], proof: "Tableau de recueil, serveur du CCAS de Fay-de-Bretagne" },
  });
  at(150);
  await record(stage, year, {
    ...{
      key: "isolement",
      place: "le-gavre",
      state: "in-progress",
      note: "Trois réunions, un carnet d’adresses partagé.",
    },
    readings: [
      ["isolement-reunions", 3],
      ["isolement-personnes", 17],
    ],
  });
  await record(stage, year, {
    ...{ key: "information", place: "departement", state: "in-progress", note: "Première rencontre tenue à Blain." },
    ...{ readings: [["information-rencontres", 1]], proof: "Support de la rencontre" },
  });
  at(143);
  await record(stage, year, {
    ...{
      key: "journee",
      place: "secretary",
      state: "in-progress",
      note: "Journée tenue ; la synthèse reste à écrire.",
    },
    ...{ delivered: ["journee-programme"], readings: [["journee-presents", 88]] },
    proof: "Inscriptions closes de la journée annuelle",
  });
  at(95);
  await record(stage, year, {
    ...{ key: "numerique", place: "notre-dame-des-landes", state: "in-progress", readings: [["numerique-rdv", 58]] },
    note: "Permanences tenues chaque mardi depuis le printemps.",
  });
  const reportId = stage.clock.newId();
  must(await openReport(await asSecretary(stage), { cle: reportId, year, period: "half-year" }));
  await scoreAll(stage, reportId, [
    ["objet", 3, "Les actions du semestre mettent en commun outils et moyens, à un rythme inégal selon les communes."],
    ["utilite", 3, "Les permanences numériques répondent à un besoin que les accueils constataient chaque semaine."],
  ]);
  at(40);
  await record(stage, year, {
    ...{ key: "formulaire", place: "secretary", state: "done", delivered: ["formulaire-notice"] },
    ...{ note: "Les six CCAS utilisent le formulaire et sa notice.", readings: [["formulaire-ccas", 6]] },
    proof: "Notice, version du comité",
  });
  at(24);
  await record(stage, year, {
    ...{
      key: "isolement",
      place: "le-gavre",
      state: "in-progress",
      note: "Visites du samedi lancées dans quatre communes.",
    },
    readings: [
      ["isolement-reunions", 4],
      ["isolement-personnes", 29],
    ],
  });
}

async function tellPartnership(stage: Stage, today: PlainDate): Promise<void> {
  clockAt(stage, addDays(today, -60), "10:00");
  const rows = [
    [
      "outils",
      "Règlement départemental d’aide sociale, fonds de solidarité.",
      "Aides facultatives, domiciliation, accueil.",
      "Formulaire commun et orientation croisée.",
    ],
    [
      "besoins",
      "Données départementales, appui du développement local.",
      "Analyse des besoins sociaux de chaque commune.",
      "Grille d’activité et portrait du bassin de vie.",
    ],
    [
      "groupes",
      "Coordination gérontologique, travail social de secteur.",
      "Visites, portage de repas, animation locale.",
      "Groupe « Rompre l’isolement ».",
    ],
  ] as const;
  for (const [themeKey, department, towns, together] of rows) {
    const cle = stage.clock.newId();
    must(
      await recordPartnership(await asSecretary(stage), { cle, themeKey, department, towns, together, knownId: null }),
    );
    stage.clock.passMinutes(5);
  }
}

async function tellPractices(stage: Stage, today: PlainDate): Promise<void> {
  clockAt(stage, addDays(today, -50), "10:00");
  const practiceId = stage.clock.newId();
  must(
    await writePractice(await asSecretary(stage), {
      ...{ practiceId, revision: 0, actionKey: "charte" },
      card: {
        title: "Une charte d’accueil commune à six CCAS",
        need: "Chaque accueil avait ses usages : délais, confidentialité, écoute variaient d’une commune à l’autre.",
        done: "Un groupe d’agents a écrit huit engagements en trois séances, relus par les élus puis affichés partout.",
        results: "Les six accueils l’appliquent ; quatre d’entre eux disent recevoir plus vite.",
        conditions: "Trois demi-journées d’agents, un relecteur extérieur, une date d’affichage unique.",
        contact: "CCAS de Bouvron, accueil",
      },
    }),
  );
  must(await publishPractice(await asSecretary(stage), practiceId));
  clockAt(stage, addDays(today, -30), "10:00");
  for (const [channel, reference] of [
    ["website", "Sites des six communes"],
    ["meeting", "Réunion des agents d’accueil"],
  ] as const)
    must(
      await recordSpreading(await asSecretary(stage), {
        ...{ cle: stage.clock.newId(), practiceId, channel, reference, on: addDays(today, -32) },
      }),
    );
  must(
    await writePractice(await asTitular(stage, "le-gavre"), {
      ...{ practiceId: stage.clock.newId(), revision: 0, actionKey: "isolement" },
      card: {
        title: "Visites du samedi par des binômes de bénévoles",
        need: "Le samedi, ni l’aide à domicile ni les clubs ne passent.",
        done: "Des binômes, formés en une matinée, visitent les personnes qui l’ont demandé.",
        ...{ results: "", conditions: "", contact: "CCAS du Gâvre" },
      },
    }),
  );
}

/** Next year's plan: carried over, reviewed once in part, mended, and before the department again today. */
async function tellNextYear(stage: Stage, year: number, today: PlainDate): Promise<void> {
  const organizations = await organizationsOf(stage);
  clockAt(stage, addDays(today, -37), "09:30");
  const planId = stage.clock.newId();
  const keys = ["annuaire", "portrait", "isolement", "journee", "numerique", "information", "grille"];
  must(await carryPlanOver(await asSecretary(stage), { cle: planId, fromYear: year, keys }));
  const reasons = { cias: "Le comité en débat avec le bilan de la convention, avant toute action." };
  await sayWhyNone(stage, planId, reasons, "Projet soumis au Département avant le vote du comité.");
  clockAt(stage, addDays(today, -34), "09:00");
  const first = await openRoundOn(stage, planId, addDays(today, -24), "Première lecture, avant le débat du comité.");
  clockAt(stage, addDays(today, -26), "11:00");
  must(
    await extendRound(await asSecretary(stage), {
      ...{ cle: stage.clock.newId(), roundId: first, deadline: addDays(today, -14), address: "" },
      reason: "Le service social du Département demande dix jours de plus, pour consulter ses équipes.",
    }),
  );
  clockAt(stage, addDays(today, -20), "16:00");
  await answer(stage, first, [
    ["annuaire", "reserve", "Personne n’est dit responsable de la mise à jour."],
    ["numerique", "favourable"],
  ]);
  clockAt(stage, addDays(today, -8), "10:00");
  must(
    await answerOpinion(await asSecretary(stage), {
      ...{ cle: stage.clock.newId(), roundId: first, actionKey: "annuaire" },
      address: `https://portail.example.org/reseaux/blain/plan-d-actions/relectures/${first}/actions/annuaire`,
      text: "Le secrétariat du CCAS met l’annuaire à jour deux fois par an ; la mise à jour d’automne devient un livrable daté.",
    }),
  );
  const directory = toAction(DIRECTORY, year + 1, organizations);
  await write(stage, planId, {
    ...directory,
    objective: "Savoir à qui orienter une personne. Le secrétariat du CCAS met l’annuaire à jour deux fois par an.",
    partners: "associations de solidarité, service social du Département",
    deliverables: [
      ...directory.deliverables,
      { key: "annuaire-maj", label: "Mise à jour d’automne", dueOn: toPlainDate(`${year + 1}-11-15`) },
    ],
  });
  must(await dropAction(await asSecretary(stage), { planId, actionKey: "grille" }));
  await sayWhyNone(stage, planId, reasons, "Projet soumis au Département avant le vote du comité.");
  clockAt(stage, addDays(today, -5), "09:00");
  await openRoundOn(
    stage,
    planId,
    addDays(today, 16),
    "La réserve sur l’annuaire est prise en compte : sa mise à jour a un responsable et une date.",
  );
}

type NordSketch = readonly [
  theme: string,
  title: string,
  owner: "union" | "departement",
  office: string,
  deliverable: string,
  due: string,
  inclusion: string,
];

/** Source: Convention-cadre Nord, III-1, restated: what the text names for each field, as plausible actions of one year. */
const NORD_ACTIONS: readonly NordSketch[] = [
  [
    "t01",
    "Un interlocuteur de la CAF pour les professionnels",
    "union",
    "délégation générale",
    "Demande conjointe à la CAF",
    "04-30",
    "Le circuit vaut pour l’allocation aux adultes handicapés.",
  ],
  [
    "t02",
    "Coopérations intercommunales à faire connaître",
    "union",
    "commission intercommunalité",
    "Support de communication",
    "09-30",
    "Support accessible aux lecteurs d’écran.",
  ],
  [
    "t03",
    "Temps communs de sensibilisation des accueils",
    "departement",
    "direction générale solidarité",
    "Besoins de formation recensés",
    "06-30",
    "Un module sur l’accueil des personnes handicapées.",
  ],
  [
    "t04",
    "Accompagnement des allocataires du RSA : partage d’expériences",
    "departement",
    "direction insertion",
    "Recueil d’actions innovantes",
    "10-31",
    "Les freins liés à la santé sont repérés.",
  ],
  [
    "t05",
    "Fiches pratiques sur l’habitat indigne",
    "union",
    "commission logement",
    "Fiches pratiques",
    "11-30",
    "Une fiche sur l’adaptation du logement.",
  ],
  [
    "t06",
    "Situations préoccupantes : rappel des relais",
    "departement",
    "direction enfance famille",
    "Note aux CCAS",
    "05-31",
    "Consultations de PMI accessibles signalées.",
  ],
  [
    "t08",
    "Bilan des CCAS labellisés « relais autonomie »",
    "departement",
    "direction autonomie",
    "Bilan de l’animation",
    "10-15",
    "Le label concerne aussi les personnes handicapées.",
  ],
  [
    "t10",
    "Rencontres territoriales contre l’isolement",
    "union",
    "commission bien vieillir",
    "Comptes rendus des rencontres",
    "12-10",
    "Lieux accessibles et transport à la demande.",
  ],
  [
    "t11",
    "Recours à la prévention et aux soins",
    "departement",
    "direction santé",
    "Schéma des interventions",
    "12-15",
    "Consultations adaptées recensées.",
  ],
  [
    "t13",
    "Innovations des CCAS et des UTPAS à essaimer",
    "union",
    "communication",
    "Trois fiches de bonnes pratiques",
    "11-30",
    "Versions faciles à lire.",
  ],
];

const NORD_SILENT: Readonly<Record<string, string>> = {
  t07: "Le repérage de l’illettrisme est porté cette année par l’action sur l’insertion.",
  t09: "Les réunions techniques reprennent après la révision du schéma départemental.",
  t12: "Thème porté par chaque action, qui dit comment elle le prend en compte.",
};

/** Another network of the demonstration, by its secretary; null where the demonstration does not have it. */
async function enterNetwork(stage: Stage, slug: string) {
  const keeper = await stage.db
    .selectFrom("network")
    .innerJoin("roleGrant", "roleGrant.networkId", "network.id")
    .select(["network.id", "roleGrant.personId"])
    .where("network.slug", "=", slug)
    .where("roleGrant.role", "=", "secretary")
    .executeTakeFirst();
  if (!keeper) return null;
  const networkId = keeper.id as Stage["networkId"];
  const seats = await stage.db
    .selectFrom("seat")
    .innerJoin("organization", "organization.id", "seat.organizationId")
    .select(["organization.id", "organization.kind"])
    .where("seat.networkId", "=", networkId)
    .execute();
  const context = () => actAs(stage.db, stage.clock, networkId, keeper.personId as Stage["secretaryId"]);
  return { networkId, seats, context };
}

/** The thirteen themes of the Nord text, each with an action or a reason, where the demonstration has that network. */
async function tellNord(stage: Stage, year: number, today: PlainDate): Promise<void> {
  const other = await enterNetwork(stage, "nord");
  if (!other) return;
  clockAt(stage, addDays(today, -12), "10:00");
  const { networkId, context, seats } = other;
  const planId = stage.clock.newId();
  must(await openPlan(await context(), { cle: planId, year, frame: "departmental-framework" }));
  for (const [theme, title, owner, office, deliverable, due, how] of NORD_ACTIONS) {
    const organization = seats.find(({ kind }) => (kind === "departement") === (owner === "departement"));
    if (!organization) throw new Error(`No seat for ${owner}`);
    const action: PlannedAction = {
      ...{ key: `nord-${theme}`, themeKey: theme, title, objective: "", partners: "CCAS et UTPAS" },
      owner: { organizationId: organization.id as OrganizationId, office },
      ...{ territory: "Département du Nord", budget: null, startsOn: toPlainDate(`${year}-01-15`) },
      endsOn: toPlainDate(`${year}-${due}`),
      ...{ objectiveKeys: [], programmeKeys: [], markers: [], inclusion: { concerns: true, how } },
      deliverables: [{ key: `nord-${theme}-l`, label: deliverable, dueOn: toPlainDate(`${year}-${due}`) }],
      ...{ indicators: [], isInternal: false, carriedFrom: null },
    };
    must(await writeAction(await context(), { planId, action, known: "" }));
  }
  const plan = await findPlan(stage.db, networkId, planId);
  if (!plan) throw new Error("No plan");
  must(
    await writeThemes(await context(), {
      ...{ planId, revision: plan.revision, axes: plan.content.axes },
      presentation: "Plan supposé de la démonstration, sur les treize thèmes de la convention-cadre.",
      themes: plan.content.themes.map((theme) => ({ ...theme, withoutAction: NORD_SILENT[theme.key] ?? null })),
    }),
  );
}

type SceauxSketch = readonly [
  theme: string,
  title: string,
  owner: "town" | "departement",
  office: string,
  deliverable: string,
  due: string,
];

/** Source: Protocole local de Sceaux, art. 1 to 3, restated: what the text names, as plausible actions of one year. */
const SCEAUX_ACTIONS: readonly SceauxSketch[] = [
  [
    "a2",
    "Repères communs pour orienter les familles",
    "departement",
    "unité évaluation",
    "Fiche d’orientation",
    "06-30",
  ],
  ["a4", "Visites à domicile des personnes âgées isolées", "town", "CCAS, pôle seniors", "Bilan des visites", "12-15"],
  [
    "x1",
    "Travailleurs sociaux présents aux Blagis",
    "departement",
    "service des solidarités",
    "Calendrier affiché",
    "03-31",
  ],
  ["x2", "Guide des services sociaux de la ville et du Département", "town", "CCAS, accueil", "Guide imprimé", "12-10"],
  ["x3", "Aide aux démarches en ligne", "town", "CCAS, accueil", "Planning des ateliers", "12-20"],
  ["x8", "Une seule fiche pour les aides financières", "departement", "unité accompagnement", "Fiche commune", "12-15"],
];
const SCEAUX_SILENT: Readonly<Record<string, string>> = {
  a1: "Les consultations de PMI et les crèches travaillent déjà ensemble ; rien de nouveau cette année.",
  a3: "Les deux services y répondent par l’accès aux droits.",
  x4: "Le Département conduit l’insertion ; le point se fera au bilan annuel.",
  x5: "À traiter après la rencontre annuelle des professionnels.",
  x6: "Les situations se traitent entre professionnels, hors du portail.",
  x7: "Aucune action nouvelle avant le contrat local de santé.",
};

/** Who already does what, theme by theme, and what is joint: the annex of the protocol, supposed as its text does not give it. */
const SCEAUX_MATRIX: readonly (readonly [theme: string, department: string, town: string, together: string])[] = [
  [
    "a1",
    "Consultations de PMI, agrément des assistantes maternelles.",
    "Crèches, relais petite enfance.",
    "Orientation des familles entre la PMI et les crèches.",
  ],
  [
    "a2",
    "Aide sociale à l’enfance, prévention spécialisée.",
    "Accueils de loisirs, réussite éducative.",
    "Repères communs pour orienter les familles.",
  ],
  [
    "a3",
    "Accompagnement social, aide aux foyers en difficulté.",
    "Aides facultatives du CCAS.",
    "Relais d’un service à l’autre, avec l’accord de la personne.",
  ],
  [
    "a4",
    "Allocation personnalisée d’autonomie.",
    "Aide à domicile, animation, résidence pour personnes âgées.",
    "Visites aux personnes isolées.",
  ],
  [
    "x1",
    "Accueil du service territorial, en trois unités.",
    "Accueil du CCAS en mairie.",
    "Présence de travailleurs sociaux aux Blagis.",
  ],
  [
    "x2",
    "Règlement départemental d’aide sociale.",
    "Aide sociale légale, domiciliation.",
    "Guide commun des services.",
  ],
  ["x3", "Aide aux téléprocédures dans les accueils.", "Ateliers numériques.", "Ateliers dans les deux accueils."],
  ["x4", "Accompagnement des allocataires du RSA.", "Chantiers et emplois saisonniers.", ""],
  ["x5", "Prestation de compensation, avec la maison départementale.", "Dossiers aidés à l’accueil du CCAS.", ""],
  [
    "x6",
    "Informations préoccupantes, adultes vulnérables.",
    "Veille sociale, plan canicule.",
    "Circuit d’alerte sans nom dans le portail.",
  ],
  ["x7", "Prévention, vaccination.", "Ateliers de prévention.", ""],
  [
    "x8",
    "Fonds de solidarité pour le logement.",
    "Secours d’urgence, épicerie sociale.",
    "Une seule fiche pour les aides financières.",
  ],
];

/** The ages of life and the cross-cutting themes of Sceaux: its plan of the year, and who does what. */
async function tellSceaux(stage: Stage, year: number, today: PlainDate): Promise<void> {
  const other = await enterNetwork(stage, "sceaux");
  if (!other) return;
  clockAt(stage, addDays(today, -11), "10:00");
  const { networkId, context, seats } = other;
  const planId = stage.clock.newId();
  must(await openPlan(await context(), { cle: planId, year, frame: "local-protocol" }));
  for (const [theme, title, owner, office, deliverable, due] of SCEAUX_ACTIONS) {
    const organization = seats.find(({ kind }) => (kind === "departement") === (owner === "departement"));
    if (!organization) throw new Error(`No seat for ${owner}`);
    const action: PlannedAction = {
      ...{ key: `sceaux-${theme}`, themeKey: theme, title, objective: "", partners: "Ville, CCAS, Département" },
      owner: { organizationId: organization.id as OrganizationId, office },
      ...{ territory: "Sceaux", budget: null, startsOn: toPlainDate(`${year}-01-15`) },
      endsOn: toPlainDate(`${year}-${due}`),
      ...{ objectiveKeys: ["connaitre"], programmeKeys: [], markers: [], inclusion: null },
      deliverables: [{ key: `sceaux-${theme}-l`, label: deliverable, dueOn: toPlainDate(`${year}-${due}`) }],
      ...{ indicators: [], isInternal: false, carriedFrom: null },
    };
    must(await writeAction(await context(), { planId, action, known: "" }));
  }
  const plan = await findPlan(stage.db, networkId, planId);
  if (!plan) throw new Error("No plan");
  must(
    await writeThemes(await context(), {
      ...{ planId, revision: plan.revision, axes: plan.content.axes },
      presentation: "Plan supposé de la démonstration, sur les âges de la vie et les thèmes transversaux du protocole.",
      themes: plan.content.themes.map((theme) => ({ ...theme, withoutAction: SCEAUX_SILENT[theme.key] ?? null })),
    }),
  );
  for (const [themeKey, department, towns, together] of SCEAUX_MATRIX) {
    stage.clock.passMinutes(5);
    const cle = stage.clock.newId();
    must(await recordPartnership(await context(), { cle, themeKey, department, towns, together, knownId: null }));
  }
}
