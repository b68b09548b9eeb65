import type { SeatRole } from "~/domain/committee/seats";
import type { PlainDate } from "~/domain/kernel/plain-date";
import type { RenewalInput } from "~/features/people/form";
import { designationWarning } from "~/features/people/messages.fr";
import type { RenewalPreview } from "~/features/people/renewal.server";

/** A plan in words that can travel to the page. */
export type RenewalPlanView = {
  readonly date: PlainDate;
  readonly fingerprint: string;
  readonly ends: readonly {
    readonly seat: string;
    readonly role: SeatRole;
    readonly person: string;
    readonly endsOn: PlainDate;
  }[];
  readonly starts: readonly {
    readonly seat: string;
    readonly role: SeatRole;
    readonly person: string;
    readonly isNew: boolean;
    readonly warning: string | null;
  }[];
  readonly vacant: readonly string[];
  readonly unchanged: readonly string[];
};

export function viewPlan(input: RenewalInput, preview: RenewalPreview): RenewalPlanView {
  const { plan, fingerprint, seatLabels, personNames, ended, newcomers } = preview;
  return {
    date: input.date,
    fingerprint,
    ends: [...seatLabels].flatMap(([seatId, seat]) =>
      plan.ends.flatMap(({ mandateId, endsOn }) => {
        const mandate = ended.get(mandateId);
        return mandate?.seatId === seatId ? [{ seat, role: mandate.role, person: mandate.displayName, endsOn }] : [];
      }),
    ),
    starts: plan.starts.map(({ seatId, role, personId, isInChargeOfSocialAffairs }) => {
      const warning = isInChargeOfSocialAffairs ? undefined : plan.warnings.find((given) => given.seatId === seatId);
      return {
        seat: seatLabels.get(seatId) ?? "",
        role,
        person: personNames.get(personId) ?? "",
        isNew: newcomers.has(personId),
        warning: warning ? designationWarning(warning.kind) : null,
      };
    }),
    vacant: plan.vacantSeats.map((seatId) => seatLabels.get(seatId) ?? ""),
    unchanged: [...seatLabels]
      .filter(([id]) => input.seats.every(({ seatId, titular }) => seatId !== id || titular.choice === "unchanged"))
      .map(([, label]) => label),
  };
}
