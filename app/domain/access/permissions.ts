import type { ExpenseStatus } from "../expense/expense";
import type { NetworkId, PersonId, SeatId } from "../kernel/ids";
import type { MeetingState } from "../meeting/lifecycle";
import type { MinutesState } from "../minutes/lifecycle";
import type { PollState } from "../voting/poll";

/** What a person is given in one network. « secretary »: of the lead CCAS. Roles and accounts are given by the administrator. */
export type NetworkRole = "agent" | "department-officer" | "elected-official" | "secretary";

/**
 * What a person may act as. Beyond the roles: « visitor » is everyone, signed in or not; « seat-holder » whoever holds a seat by a running
 * mandate (élu·e or délégué·e), whatever their role; « administrator » runs the installation, and neither votes nor writes minutes.
 */
export type Capacity = "visitor" | NetworkRole | "seat-holder" | "administrator";

export const CAPACITIES = [
  "visitor",
  "agent",
  "department-officer",
  "elected-official",
  "seat-holder",
  "secretary",
  "administrator",
] as const satisfies readonly Capacity[];

export const CAPACITY_LABELS: Record<Capacity, string> = {
  visitor: "Public",
  agent: "Agent·e",
  "department-officer": "Délégation départementale",
  "elected-official": "Élu·e",
  "seat-holder": "Titulaire d’un siège (mandat en cours)",
  secretary: "Secrétariat du CCAS pilote",
  administrator: "Administration du portail",
};

export type Actor = {
  /** Null for a visitor who is not signed in. */
  readonly personId: PersonId | null;
  readonly isAdministrator: boolean;
  readonly roles: readonly ActorRole[];
};

/** `seatIds`: the seats held today by a running mandate, none if empty. One entry per network and role. */
export type ActorRole = {
  readonly networkId: NetworkId;
  readonly role: NetworkRole;
  readonly seatIds: readonly SeatId[];
};

export type ResourceState =
  | MeetingState
  | MinutesState
  | ExpenseStatus
  /** Consultations have the states of polls. */
  | PollState
  /** Rules of the committee. */
  | "draft"
  | "adopted";

export type Permission = {
  readonly roles: readonly Capacity[];
  /** States of the resource in which the action is possible; left out when the resource has no state that matters. */
  readonly states?: readonly ResourceState[];
  /** In French, for the page that shows the permissions to everyone. */
  readonly label: string;
  readonly note?: string;
};

const EVERYONE: readonly Capacity[] = CAPACITIES;
const MEMBERS: readonly Capacity[] = ["agent", "department-officer", "elected-official", "seat-holder", "secretary"];
const MEMBERS_AND_ADMINISTRATOR: readonly Capacity[] = [...MEMBERS, "administrator"];
const ADMINISTRATOR: readonly Capacity[] = ["administrator"];
const SECRETARY: readonly Capacity[] = ["secretary"];
const DEPARTMENT_OFFICER: readonly Capacity[] = ["department-officer"];
const DEPARTMENT_OFFICER_AND_SECRETARY: readonly Capacity[] = ["department-officer", "secretary"];
const SECRETARY_AND_ADMINISTRATOR: readonly Capacity[] = ["secretary", "administrator"];
const SEAT_HOLDER: readonly Capacity[] = ["seat-holder"];
const SEAT_HOLDER_AND_SECRETARY: readonly Capacity[] = ["seat-holder", "secretary"];
/** Whoever may have sat in a past meeting, even if their mandate has ended since. */
const ATTENDEES: readonly Capacity[] = ["department-officer", "elected-official", "seat-holder", "secretary"];

const BEFORE_OPENING: readonly ResourceState[] = ["planned", "convened"];
const IN_SESSION: readonly ResourceState[] = ["open", "suspended"];
const UNTIL_CLOSED: readonly ResourceState[] = [...BEFORE_OPENING, ...IN_SESSION];
const FROM_CONVOCATION: readonly ResourceState[] = ["convened", "open", "suspended"];

const TABLE = {
  "public.read": { roles: EVERYONE, label: "Lire les pages publiques : réseau, calendrier, décisions" },
  "permissions.read": { roles: EVERYONE, label: "Lire ce tableau des droits" },

  "network.create": { roles: ADMINISTRATOR, label: "Créer un réseau" },
  "network.edit": {
    roles: SECRETARY_AND_ADMINISTRATOR,
    label: "Modifier la présentation et les coordonnées du réseau",
  },
  "network.change-lead": {
    roles: ADMINISTRATOR,
    label: "Changer de CCAS pilote",
    note: "Sur le fondement d’un avenant.",
  },
  "network.read-dashboard": { roles: MEMBERS_AND_ADMINISTRATOR, label: "Voir le tableau de bord du réseau" },
  "organization.manage": { roles: SECRETARY_AND_ADMINISTRATOR, label: "Tenir la liste des organismes" },
  "person.invite": { roles: SECRETARY_AND_ADMINISTRATOR, label: "Inviter une personne" },
  "account.manage": { roles: ADMINISTRATOR, label: "Suspendre un compte, lever un blocage" },
  "role.grant": { roles: ADMINISTRATOR, label: "Donner un rôle" },
  "role.end": { roles: ADMINISTRATOR, label: "Retirer un rôle" },
  "directory.read": { roles: MEMBERS_AND_ADMINISTRATOR, label: "Lire l’annuaire du réseau" },
  "seat.create": { roles: ADMINISTRATOR, label: "Créer un siège" },
  "seat.renew": {
    roles: SECRETARY_AND_ADMINISTRATOR,
    label: "Renouveler les représentant·es après les élections municipales",
  },
  "mandate.record": { roles: SECRETARY_AND_ADMINISTRATOR, label: "Enregistrer une désignation" },
  "mandate.end": { roles: SECRETARY_AND_ADMINISTRATOR, label: "Mettre fin à un mandat" },

  "rules.read": { roles: MEMBERS_AND_ADMINISTRATOR, label: "Lire le règlement de fonctionnement" },
  "rules.draft": { roles: SECRETARY, states: ["draft"], label: "Préparer le règlement de fonctionnement" },
  "rules.adopt": {
    roles: SECRETARY,
    states: ["draft"],
    label: "Enregistrer l’adoption du règlement de fonctionnement",
    note: "Le comité l’adopte par un vote ; le secrétariat l’enregistre.",
  },

  "meeting.read": { roles: MEMBERS_AND_ADMINISTRATOR, label: "Voir une séance, la suivre en direct" },
  "meeting.plan": { roles: SECRETARY, label: "Planifier une séance" },
  "meeting.change": { roles: SECRETARY, states: ["planned"], label: "Changer la date ou le lieu d’une séance" },
  "meeting.convene": { roles: SECRETARY, states: ["planned"], label: "Envoyer la convocation" },
  "meeting.open": { roles: SECRETARY, states: ["convened"], label: "Ouvrir la séance" },
  "meeting.suspend": { roles: SECRETARY, states: ["open"], label: "Suspendre la séance" },
  "meeting.resume": { roles: SECRETARY, states: ["suspended"], label: "Reprendre la séance" },
  "meeting.close": { roles: SECRETARY, states: IN_SESSION, label: "Lever la séance" },
  "meeting.cancel": { roles: SECRETARY, states: BEFORE_OPENING, label: "Annuler une séance" },
  "meeting.reconvene": {
    roles: SECRETARY,
    states: ["open", "suspended", "closed"],
    label: "Préparer la seconde convocation",
    note: "Seulement faute de quorum.",
  },

  "agenda.edit": {
    roles: SECRETARY,
    states: ["planned", "convened", "open", "suspended"],
    label: "Modifier l’ordre du jour",
    note: "Après la convocation : retirer ou déplacer un point, avec un motif.",
  },
  "agenda.propose": { roles: SEAT_HOLDER, states: ["planned"], label: "Proposer un point à l’ordre du jour" },
  "agenda.decide-proposal": {
    roles: SECRETARY,
    states: [...UNTIL_CLOSED, "closed", "cancelled"],
    label: "Accepter, reporter ou refuser un point proposé",
    note: "Après la convocation, et même la séance levée ou annulée, un point ne peut plus qu’être reporté à une autre séance ou refusé.",
  },

  "reply.give": { roles: SEAT_HOLDER, states: ["convened"], label: "Répondre à la convocation" },
  "reply.record": { roles: SECRETARY, states: ["convened"], label: "Noter la réponse d’un membre" },
  "attendance.record": { roles: SECRETARY, states: IN_SESSION, label: "Noter les arrivées et les départs" },
  "attendance.correct": {
    roles: SECRETARY,
    states: ["open", "suspended", "closed"],
    label: "Corriger une présence",
    note: "Une correction est un nouvel enregistrement.",
  },
  "withdrawal.declare": { roles: SEAT_HOLDER, states: IN_SESSION, label: "Déclarer son déport sur un point" },
  "withdrawal.record": { roles: SECRETARY, states: IN_SESSION, label: "Noter le déport d’un membre" },
  "proxy.give": { roles: SEAT_HOLDER, states: FROM_CONVOCATION, label: "Donner pouvoir à un autre siège" },
  "proxy.record": { roles: SECRETARY, states: FROM_CONVOCATION, label: "Enregistrer un pouvoir écrit" },
  "proxy.revoke": {
    roles: SEAT_HOLDER_AND_SECRETARY,
    states: FROM_CONVOCATION,
    label: "Révoquer un pouvoir",
    note: "Le sien, ou celui d’un membre qui le demande au secrétariat.",
  },

  "poll.read": { roles: MEMBERS, label: "Voir les scrutins et leurs résultats" },
  "poll.open": { roles: SECRETARY, states: ["open"], label: "Ouvrir un scrutin", note: "La séance est ouverte." },
  "poll.request-secret": {
    roles: SEAT_HOLDER,
    states: ["open"],
    label: "Demander le vote secret",
    note: "La séance est ouverte.",
  },
  "poll.vote": { roles: SEAT_HOLDER, states: ["open"], label: "Voter", note: "Pour son siège et le pouvoir reçu." },
  "poll.record-room": { roles: SECRETARY, states: ["open"], label: "Saisir les votes de la salle" },
  "poll.close": { roles: SECRETARY, states: ["open"], label: "Clore un scrutin" },
  "consultation.open": { roles: SECRETARY, label: "Ouvrir une consultation écrite" },
  "consultation.vote": { roles: SEAT_HOLDER, states: ["open"], label: "Répondre à une consultation écrite" },
  "consultation.close": { roles: SECRETARY, states: ["open"], label: "Clore une consultation écrite" },

  "expense.read": { roles: MEMBERS, label: "Voir les demandes de dépense" },
  "expense.request": { roles: ["agent", "seat-holder", "secretary"], label: "Demander une dépense" },
  "expense.withdraw": {
    roles: ["agent", "seat-holder", "secretary"],
    states: ["requested", "on-agenda"],
    label: "Retirer une demande de dépense",
    note: "La sienne ; le secrétariat peut les retirer toutes.",
  },

  "staff-time.read": { roles: MEMBERS, label: "Voir le temps de travail mis à disposition du réseau" },
  "staff-time.record": {
    roles: SECRETARY,
    label: "Noter et corriger le temps de travail",
    note: "Une correction est un nouvel enregistrement.",
  },
  "staff-time.contest": {
    roles: SEAT_HOLDER,
    label: "Contester une ligne de temps de travail",
    note: "Elle sort de l’état annuel ; le comité en décide à part.",
  },
  "staff-time.approve": {
    roles: SECRETARY,
    label: "Enregistrer l’approbation de l’état annuel du temps de travail",
    note: "Le comité l’approuve par un vote ; le secrétariat l’enregistre.",
  },
  "in-kind.read": {
    roles: MEMBERS,
    label: "Voir les salles, fluides et matériels mis à disposition, et leurs réservations",
  },
  "in-kind.offer": {
    roles: ["agent", "seat-holder", "secretary"],
    label: "Proposer une salle ou du matériel",
    note: "De son propre CCAS ; le secrétariat peut le faire pour tous.",
  },
  "in-kind.book": { roles: ["agent", "seat-holder", "secretary"], label: "Demander une salle ou du matériel" },
  "in-kind.decide": {
    roles: ["agent", "seat-holder", "secretary"],
    label: "Accepter ou refuser une réservation",
    note: "Pour les biens de son propre CCAS ; le secrétariat peut le faire pour tous.",
  },
  "subsidy.read": { roles: MEMBERS, label: "Voir les demandes de subvention et les cofinancements" },
  "subsidy.record": {
    roles: SECRETARY,
    label: "Noter une demande de subvention, sa réponse, son versement, l’information du Département",
  },
  "control.read": { roles: MEMBERS, label: "Voir ce que contient le dossier de justificatifs, et qui l’a consulté" },
  "control.export": {
    roles: SEAT_HOLDER_AND_SECRETARY,
    label: "Télécharger le dossier de justificatifs d’une année",
    note: "Chaque téléchargement est noté et visible des membres.",
  },

  "funding.read": { roles: MEMBERS, label: "Voir les appels de fonds, leur répartition et les populations retenues" },
  "funding.choose": {
    roles: SECRETARY,
    label: "Enregistrer les choix de répartition",
    note: "Le comité les décide ; le secrétariat les enregistre avec la décision.",
  },
  "funding.call": { roles: SECRETARY, label: "Émettre ou annuler un appel de fonds" },
  "funding.follow": {
    roles: SECRETARY,
    label: "Noter le titre, le dépôt et le paiement d’une part, annuler une entrée mal tapée, relancer un CCAS",
  },
  "event.read": { roles: MEMBERS, label: "Voir la journée annuelle" },
  "event.manage": { roles: SECRETARY, label: "Préparer la journée annuelle, noter les inscriptions, la clore" },
  "expense.engage": {
    roles: SECRETARY,
    label: "Engager une dépense validée par le comité",
    note: "Jamais celle que l’on a demandée soi-même.",
  },
  "invoice.record": { roles: SECRETARY, label: "Enregistrer une facture" },
  "invoice.pay": {
    roles: SECRETARY,
    label: "Enregistrer le paiement d’une facture",
    note: "Avec la référence du mandat.",
  },
  "budget.read": { roles: MEMBERS, label: "Voir le budget et son avancement" },
  "budget.draft": {
    roles: SECRETARY,
    label: "Préparer le budget de l’année ou sa révision",
    note: "Le comité l’adopte par un vote.",
  },
  "account-code.edit": { roles: SECRETARY, label: "Tenir la liste des comptes d’imputation" },

  "agreement.read": {
    roles: MEMBERS_AND_ADMINISTRATOR,
    label: "Lire les conventions, leurs clauses et les obligations",
  },
  "agreement.record": {
    roles: SECRETARY,
    label: "Encoder une convention, ses avenants, les délibérations des conseils, les préavis et les preuves",
  },
  "clarification.raise": {
    roles: SEAT_HOLDER_AND_SECRETARY,
    label: "Signaler une contradiction dans le texte d’une convention",
    note: "Le comité la tranche par un vote.",
  },
  "dictionary.draft": {
    roles: SECRETARY,
    label: "Préparer une version de la grille d’indicateurs",
    note: "Le comité l’adopte par un vote.",
  },
  "campaign.read": {
    roles: MEMBERS,
    label: "Suivre l’avancement du recueil d’indicateurs",
    note: "L’avancement, jamais les chiffres d’un autre CCAS.",
  },
  "campaign.manage": {
    roles: SECRETARY,
    label: "Ouvrir et clore le recueil d’une année, relancer, valider ou rouvrir une saisie",
  },
  "submission.fill": {
    roles: ["agent", "seat-holder", "secretary"],
    label: "Saisir et transmettre les indicateurs d’un CCAS",
    note: "Ceux de son propre CCAS ; le secrétariat peut le faire pour tous.",
  },
  "release.read-members": {
    roles: MEMBERS,
    label: "Lire les indicateurs publiés pour les membres",
    note: "Sous le seuil de secret des membres ; le public lit sa propre publication.",
  },
  "release.publish": {
    roles: SECRETARY,
    label: "Préparer et publier les indicateurs, relever un seuil de secret",
    note: "Une publication ne se modifie ni ne se retire.",
  },
  "shared-form.publish": { roles: SECRETARY, label: "Publier une version d’un formulaire partagé" },

  "action-plan.read": { roles: MEMBERS, label: "Voir le plan d’actions, son avancement et les avis du Département" },
  "action-plan.draft": {
    roles: SECRETARY,
    label: "Préparer le plan d’actions, le soumettre à relecture, le reporter, le publier",
    note: "Le comité l’adopte par un vote.",
  },
  "action-plan.progress": {
    roles: MEMBERS,
    label: "Noter l’avancement d’une action",
    note: "Les personnes de l’organisme qui porte l’action, et le secrétariat.",
  },
  "action-plan.review": { roles: DEPARTMENT_OFFICER, label: "Donner l’avis et le visa du Département sur le plan" },
  "action-plan.share": {
    roles: DEPARTMENT_OFFICER_AND_SECRETARY,
    label: "Tenir le tableau « qui fait quoi » avec le Département",
  },
  "evaluation.conduct": {
    roles: SECRETARY,
    label: "Préparer le protocole d’évaluation, rédiger et clore un bilan",
    note: "Le comité adopte le protocole par un vote.",
  },
  "practice.write": { roles: MEMBERS, label: "Rédiger une fiche de bonne pratique, noter où elle est diffusée" },
  "practice.publish": { roles: SECRETARY, label: "Publier une fiche de bonne pratique" },

  "minutes.read-published": { roles: EVERYONE, states: ["published"], label: "Lire un procès-verbal publié" },
  "minutes.read-draft": {
    roles: ATTENDEES,
    states: ["draft", "in-review", "adopted", "signed", "published"],
    label: "Lire un procès-verbal avant sa publication, et ses parties internes",
  },
  "minutes.edit": { roles: SECRETARY, states: ["draft"], label: "Rédiger le procès-verbal" },
  "minutes.submit": { roles: SECRETARY, states: ["draft"], label: "Soumettre le procès-verbal aux corrections" },
  "minutes.request-correction": {
    roles: ATTENDEES,
    states: ["in-review"],
    label: "Demander une correction du procès-verbal",
    note: "Pour qui a assisté à la séance.",
  },
  "minutes.decide-correction": { roles: SECRETARY, states: ["in-review"], label: "Accepter ou refuser une correction" },
  "minutes.adopt": {
    roles: SECRETARY,
    states: ["in-review"],
    label: "Enregistrer l’adoption du procès-verbal",
    note: "Le comité l’adopte par un vote.",
  },
  "minutes.sign": {
    roles: ATTENDEES,
    states: ["adopted"],
    label: "Signer le procès-verbal",
    note: "Président·e et secrétaire de la séance, deux personnes distinctes.",
  },
  "minutes.publish": { roles: SECRETARY, states: ["signed"], label: "Publier le procès-verbal" },
  "minutes.correct-published": {
    roles: SECRETARY,
    states: ["published"],
    label: "Publier un acte rectificatif",
    note: "Le procès-verbal publié ne change pas.",
  },

  "observation.read": { roles: MEMBERS, label: "Lire les observations de terrain réservées aux membres" },
  "observation.write": { roles: MEMBERS, label: "Écrire une observation de terrain" },
  "observation.decide": {
    roles: SECRETARY,
    label: "Décider qui lit une observation",
    note: "Le CCAS pilote la garde pour les membres, la publie ou ne la retient pas.",
  },
  "analysis.read": { roles: MEMBERS, label: "Lire l’analyse des besoins sociaux en préparation" },
  "analysis.write": { roles: ["agent", "secretary"], label: "Rédiger l’analyse des besoins sociaux" },
  "analysis.manage": {
    roles: SECRETARY,
    label: "Ouvrir une analyse des besoins sociaux, noter les partenaires consultés et les présentations",
  },
  "analysis.adopt": {
    roles: SECRETARY,
    label: "Enregistrer l’adoption de l’analyse des besoins sociaux",
    note: "Le comité ou un conseil d’administration l’adopte ; ses chiffres sont alors figés et le rapport devient public.",
  },

  "figures.import": {
    roles: SECRETARY_AND_ADMINISTRATOR,
    label: "Importer des chiffres officiels",
    note: "Les pages de l’observatoire sont publiques.",
  },

  "quorum.read": { roles: MEMBERS_AND_ADMINISTRATOR, label: "Voir le suivi trimestriel du quorum" },
  "document.read": { roles: MEMBERS, label: "Lire les documents internes" },
  "document.upload": { roles: MEMBERS, label: "Déposer un document" },
  "library.read": { roles: MEMBERS, label: "Lire les documents de la bibliothèque réservés aux membres" },
  "library.write": {
    roles: SECRETARY,
    label: "Ranger un document dans la bibliothèque, en ajouter une version, dire qui le lit",
  },
  "library.retain": {
    roles: SECRETARY,
    label: "Fixer la durée de conservation des documents, enregistrer une élimination visée par les archives",
    note: "Rien n’est jamais éliminé de soi-même.",
  },
  "archive.read": { roles: MEMBERS_AND_ADMINISTRATOR, label: "Voir les archives produites et les passations" },
  "archive.produce": {
    roles: SECRETARY_AND_ADMINISTRATOR,
    label: "Produire et télécharger l’archive complète du réseau",
    note: "Chaque production est inscrite au registre, chaque téléchargement au journal.",
  },
  "archive.extract": {
    roles: ["seat-holder", "secretary", "administrator"],
    label: "Produire et télécharger l’extrait d’un CCAS",
    note: "Titulaire d’un siège : celui de son propre organisme.",
  },
  "handover.record": {
    roles: SECRETARY_AND_ADMINISTRATOR,
    label: "Enregistrer une passation : changement de pilote, sortie d’un membre",
  },
  "network.close": {
    roles: ADMINISTRATOR,
    label: "Mettre fin au réseau",
    note: "Il reste lisible ; plus rien ne s’y écrit.",
  },
  "register.read": { roles: MEMBERS_AND_ADMINISTRATOR, label: "Lire le registre des actes" },
  "outbox.read": { roles: SECRETARY_AND_ADMINISTRATOR, label: "Voir les envois et leurs preuves" },
  "outbox.retry": { roles: SECRETARY_AND_ADMINISTRATOR, label: "Relancer un envoi" },
  "audit.read": { roles: SECRETARY_AND_ADMINISTRATOR, label: "Lire le journal des actions" },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof TABLE;

/** Who may do what, in which state: the one table that refuses on the server, hides in the screens and shows as a page. */
export const PERMISSIONS: Readonly<Record<Action, Permission>> = TABLE;

/** What is acted on: its network (null: the installation itself) and, for actions that depend on it, its state. */
export type Scope = { readonly networkId: NetworkId | null; readonly state?: ResourceState };

/** What the actor is in a network. A role or a seat in another network counts for nothing. */
export function capacitiesIn(actor: Actor, networkId: NetworkId | null): ReadonlySet<Capacity> {
  const capacities = new Set<Capacity>(["visitor"]);
  if (actor.personId === null) return capacities;
  if (actor.isAdministrator) capacities.add("administrator");
  for (const held of actor.roles) {
    if (held.networkId !== networkId) continue;
    capacities.add(held.role);
    if (held.seatIds.length > 0) capacities.add("seat-holder");
  }
  return capacities;
}

/**
 * May the actor do this there, in that state? Whose seat, request or signature it is remains for the rule of that action to decide.
 * An action that depends on a state is refused when the state is not given.
 */
export function can(actor: Actor, action: Action, scope: Scope): boolean {
  const permission = PERMISSIONS[action];
  if (permission.states !== undefined && (scope.state === undefined || !permission.states.includes(scope.state)))
    return false;
  const capacities = capacitiesIn(actor, scope.networkId);
  return permission.roles.some((role) => capacities.has(role));
}

/** Does the actor hold this seat, by a running mandate, in this network? */
export function holdsSeat(actor: Actor, networkId: NetworkId, seatId: SeatId): boolean {
  return (
    actor.personId !== null && actor.roles.some((held) => held.networkId === networkId && held.seatIds.includes(seatId))
  );
}
