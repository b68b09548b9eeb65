import { dateOf, type LocalDateTime } from "~/domain/kernel/paris-time";
import type { AgendaItem } from "~/domain/meeting/agenda";
import { formatDate, formatPlannedAt, NBSP } from "./french";

export type AgendaLine = Pick<AgendaItem, "position" | "title" | "rapporteur" | "durationMinutes">;

/** « 1. Approbation du procès-verbal… (rapporteur : …, 10 min) » */
export function listAgendaLines(agenda: readonly AgendaLine[]): readonly string[] {
  return agenda.map(({ position, title, rapporteur, durationMinutes }) => {
    const details = [
      ...(rapporteur === null || rapporteur === "" ? [] : [`rapporteur${NBSP}: ${rapporteur}`]),
      ...(durationMinutes === null ? [] : [`${durationMinutes}${NBSP}min`]),
    ];
    return `${position}. ${title}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
  });
}

export type ConvocationFacts = {
  readonly networkName: string;
  readonly title: string;
  readonly startsAt: LocalDateTime;
  readonly place: string;
  readonly remoteLink: string;
  readonly agenda: readonly AgendaLine[];
  readonly documents: readonly string[];
  readonly addressee: string;
  readonly seatLabel: string;
  readonly seatRole: "titular" | "substitute";
  readonly urgencyReason: string | null;
  /** Set for a second convening: the day of the first meeting, and whether a quorum is still asked for. */
  readonly second: { readonly firstDay: LocalDateTime; readonly quorum: "none" | "same" } | null;
  readonly remoteAllowed: boolean;
  readonly proxiesAllowed: boolean;
  /** The addressee's own link: whoever has it answers in their name. */
  readonly replyLink: string;
  readonly meetingAddress: string;
};

export type ComposedMail = { readonly subject: string; readonly text: string };

/** The convocation that one addressee receives. */
export function composeConvocation(facts: ConvocationFacts): ComposedMail {
  const subject = `${facts.second ? "Seconde convocation" : "Convocation"}${NBSP}: ${facts.title}, ${formatPlannedAt(facts.startsAt)}`;
  const paragraphs = [
    "Madame, Monsieur,",
    describeCapacity(facts),
    [
      facts.title,
      `le ${formatPlannedAt(facts.startsAt)}`,
      `Lieu${NBSP}: ${facts.place}`,
      ...(facts.remoteLink === "" ? [] : [`Visioconférence${NBSP}: ${facts.remoteLink}`]),
    ].join("\n"),
    ...describeSecond(facts),
    ...(facts.urgencyReason === null
      ? []
      : [`Le délai de convocation est abrégé pour le motif suivant${NBSP}: ${facts.urgencyReason}`]),
    [`Ordre du jour${NBSP}:`, ...listAgendaLines(facts.agenda)].join("\n"),
    ...(facts.documents.length === 0
      ? []
      : [
          [
            `Documents à consulter dans le portail${NBSP}:`,
            ...facts.documents.map((title) => `- ${title}`),
            facts.meetingAddress,
          ].join("\n"),
        ]),
    [
      `Merci de répondre par ce lien, qui vous est personnel${NBSP}: ${describeChoices(facts)}.`,
      facts.replyLink,
      "Vous pouvez changer votre réponse jusqu’à l’ouverture de la séance.",
    ].join("\n"),
    facts.networkName,
  ];
  return { subject, text: `${paragraphs.join("\n\n")}\n` };
}

function describeCapacity({ networkName, seatLabel, seatRole }: ConvocationFacts): string {
  const capacity = seatRole === "titular" ? "titulaire" : "suppléant·e";
  return `Vous êtes convoqué·e, comme ${capacity} du siège «${NBSP}${seatLabel}${NBSP}», à la séance du comité de pilotage du réseau «${NBSP}${networkName}${NBSP}»${NBSP}:`;
}

function describeSecond({ second }: ConvocationFacts): readonly string[] {
  if (second === null) return [];
  const consequence =
    second.quorum === "none"
      ? "Cette fois, le comité pourra délibérer quel que soit le nombre de présents."
      : "Le quorum reste exigé.";
  return [
    `Seconde convocation, sur le même ordre du jour${NBSP}: la séance du ${formatDate(dateOf(second.firstDay))} n’a pas réuni le quorum. ${consequence}`,
  ];
}

function describeChoices({ remoteAllowed, proxiesAllowed }: ConvocationFacts): string {
  return [
    "présent·e",
    ...(remoteAllowed ? ["en visioconférence"] : []),
    "absent·e",
    ...(proxiesAllowed ? ["absent·e avec pouvoir"] : []),
  ].join(", ");
}

export type CancellationFacts = Pick<ConvocationFacts, "networkName" | "title" | "startsAt" | "place"> & {
  readonly reason: string;
};

export function composeCancellation(facts: CancellationFacts): ComposedMail {
  return {
    subject: `Annulation${NBSP}: ${facts.title}, ${formatPlannedAt(facts.startsAt)}`,
    text: `${[
      "Madame, Monsieur,",
      `La séance «${NBSP}${facts.title}${NBSP}» prévue le ${formatPlannedAt(facts.startsAt)} (${facts.place}) est annulée.`,
      `Motif${NBSP}: ${facts.reason}`,
      "Le fichier joint retire la séance de votre agenda.",
      facts.networkName,
    ].join("\n\n")}\n`,
  };
}
