import { can } from "~/domain/access/permissions";
import { formatDateTime } from "~/documents/french";
import { MINUTES_TEXT_FREEDOM } from "~/domain/minutes/lifecycle";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { minutesTitle } from "~/documents/minutes";
import { signingCapacityOf } from "~/features/minutes/commands.server";
import { checklistLabel, clockSentence, STATE_LABELS } from "~/features/minutes/messages.fr";
import {
  composeDraft,
  findFullPublication,
  findPublicationClock,
  isLeadSecretary,
  listAttendees,
  textToSign,
} from "~/features/minutes/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { addressOf, type MinutesPage } from "./open-minutes.server";

const DONE: Readonly<Record<string, string>> = {
  soumis: "Le procès-verbal est soumis aux corrections ; un courriel part à chaque personne qui a assisté à la séance.",
  enregistre: "Le texte est enregistré.",
  signe: "Votre signature est enregistrée au registre.",
};

/** What members see of minutes on their way to publication: the state first, what is missing, who acts next. */
export async function loadDraft({ network, viewer, minutes, home }: MinutesPage, done: string | null) {
  const day = today(systemClock);
  const { state } = minutes;
  const scope = { networkId: network.id, state } as const;
  const attendees = await listAttendees(getDb(), network.id, minutes);
  const capacity = signingCapacityOf(minutes, viewer.personId);
  const clock = await findPublicationClock(getDb(), network.id, minutes.adoption, null, day);
  const full = state === "published" ? await findFullPublication(getDb(), network.id, minutes.id, addressOf(network, minutes.meeting)) : null;
  const names: Record<string, string> = {
    [minutes.facts.chair?.personId ?? ""]: minutes.facts.chair?.name ?? "",
    [minutes.facts.secretary?.personId ?? ""]: minutes.facts.secretary?.name ?? "",
  };
  const missing = minutes.checklist.filter(({ status }) => status === "missing");
  return {
    kind: "draft" as const,
    list: `/reseaux/${network.slug}/proces-verbaux`,
    home,
    meetingPage: `/reseaux/${network.slug}/seances/${minutes.meeting.id}`,
    number: minutes.number,
    title: minutesTitle(minutes.facts),
    state,
    stateLabel: STATE_LABELS[state],
    done: done === null ? null : (DONE[done] ?? null),
    document: full ?? composeDraft(minutes),
    checklist: minutes.checklist.map((line) => ({
      status: line.status,
      label: checklistLabel(line),
      element: line.element,
    })),
    isComplete: missing.length === 0,
    isMeetingClosed: minutes.meeting.status === "closed",
    pendingCorrections: minutes.pendingCorrections,
    isBeingVoted: minutes.isBeingVoted,
    adoption:
      minutes.adoption === null ? null : { meeting: minutes.adoption.meetingNumber, on: minutes.adoption.adoptedOn },
    clock: clock === null || state === "published" ? null : clockSentence(clock),
    isOverdue: clock?.status === "overdue",
    sha256: MINUTES_TEXT_FREEDOM[state] === "locked" ? textToSign(minutes).sha256 : null,
    signatures: minutes.signatures.map(({ capacity: role, personId, signedAt, textSha256 }) => ({
      role: role === "chair" ? "Présidence de séance" : "Secrétaire de séance",
      name: names[personId] ?? "",
      at: formatDateTime(parisLocalAt(new Date(signedAt))),
      textSha256,
    })),
    meetingDate: dateOf(minutes.facts.scheduledAt),
    mayEdit: can(viewer, "minutes.edit", scope),
    maySubmit: can(viewer, "minutes.submit", scope),
    mayCorrect:
      can(viewer, "minutes.request-correction", scope) &&
      attendees.some(({ personId }) => personId === viewer.personId) &&
      !minutes.isBeingVoted,
    seesCorrections: state !== "draft",
    maySign:
      can(viewer, "minutes.sign", scope) &&
      capacity !== null &&
      !minutes.signatures.some((signature) => signature.capacity === capacity),
    mayPublish:
      can(viewer, "minutes.publish", scope) && (await isLeadSecretary(getDb(), network.id, viewer.personId, day)),
  };
}

export type DraftPage = Awaited<ReturnType<typeof loadDraft>>;
