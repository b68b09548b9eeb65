import type { PlainDate } from "~/domain/kernel/plain-date";
import { formatLongDate, NBSP } from "./french";

export type ReminderFacts = {
  readonly network: string;
  readonly organization: string;
  readonly year: number;
  readonly deadline: PlainDate;
  readonly today: PlainDate;
  readonly address: string;
};

/** The mail that reminds a CCAS of its submission. It holds no figure. */
export function composeReminder({ network, organization, year, deadline, today, address }: ReminderFacts): {
  readonly subject: string;
  readonly text: string;
} {
  const when =
    today > deadline
      ? `était attendue pour le ${formatLongDate(deadline)}`
      : `est attendue pour le ${formatLongDate(deadline)}`;
  return {
    subject: `Indicateurs ${year}${NBSP}: la saisie du ${organization}`,
    text: [
      "Bonjour,",
      "",
      `La grille d’activité ${year} du ${organization} ${when} et n’a pas encore été transmise au réseau «${NBSP}${network}${NBSP}».`,
      "",
      `Vous pouvez la remplir en plusieurs fois, sur le portail ou dans un tableur${NBSP}:`,
      address,
      "",
      "Seules des données d’ensemble sont demandées, jamais des situations de personnes.",
    ].join("\n"),
  };
}
