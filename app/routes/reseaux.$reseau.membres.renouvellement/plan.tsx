import { toPlainDate } from "~/domain/kernel/plain-date";
import { count, formatDate, formatOf } from "~/documents/french";
import { SEAT_ROLE_LABELS } from "~/features/people/messages.fr";
import { ActKey, Button, ButtonLink } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import type { RenewalPlanView } from "./plan.server";

type PlanPageProps = {
  readonly plan: RenewalPlanView;
  readonly actKey: string;
  readonly slug: string;
  /** Everything that was typed, sent again with the confirmation. */
  readonly entries: readonly (readonly [string, string])[];
  readonly message: string | null;
};

/** Says exactly what the renewal ends and starts, and asks once. */
export function RenewalPlanPage({ plan, actKey, slug, entries, message }: PlanPageProps) {
  const root = `/reseaux/${slug}/membres`;
  return (
    <Page
      title="Relire le renouvellement"
      lead={`Rien n’est encore enregistré. Au ${formatDate(toPlainDate(plan.date))} : ${count(plan.ends.length, "mandat finit", "mandats finissent")}, ${count(plan.starts.length, "mandat commence", "mandats commencent")}.`}
      crumbs={[
        { label: "Comité", to: root },
        { label: "Renouvellement", to: `${root}/renouvellement` },
      ]}
    >
      {message && (
        <Notice tone="missed" role="alert">
          <p>{message}</p>
        </Notice>
      )}
      <Section title="Ce qui finit">
        {plan.ends.length === 0 ? (
          <p>Aucun mandat en cours ne finit.</p>
        ) : (
          <ul>
            {plan.ends.map(({ seat, role, person, endsOn }) => (
              <li key={`${seat}-${role}-${person}`}>
                <strong>{seat}</strong>, {SEAT_ROLE_LABELS[role].toLowerCase()}
                {NB}: le mandat {formatOf(person)} finit le {formatDate(toPlainDate(endsOn))}.
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Ce qui commence">
        {plan.starts.length === 0 ? (
          <p>Aucun mandat ne commence.</p>
        ) : (
          <ul>
            {plan.starts.map(({ seat, role, person, isNew, warning }) => (
              <li key={`${seat}-${role}`}>
                <strong>{seat}</strong>, {SEAT_ROLE_LABELS[role].toLowerCase()}
                {NB}: {person}
                {isNew && " (nouvelle personne, inscrite à l’annuaire)"}, à partir du{" "}
                {formatDate(toPlainDate(plan.date))}.
                {warning && (
                  <>
                    <br />
                    <span className="soft small">{warning}</span>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {plan.vacant.length > 0 && (
        <Section title="Sièges qui deviennent vacants">
          <ul>
            {plan.vacant.map((seat) => (
              <li key={seat}>{seat}</li>
            ))}
          </ul>
        </Section>
      )}
      {plan.unchanged.length > 0 && (
        <Section title="Sièges qui ne changent pas">
          <ul>
            {plan.unchanged.map((seat) => (
              <li key={seat}>{seat}</li>
            ))}
          </ul>
        </Section>
      )}
      <form method="post" className="stack">
        <ActKey value={actKey} />
        {entries.map(([name, value]) => (
          <input type="hidden" key={name} name={name} value={value} />
        ))}
        <input type="hidden" name="plan" value={plan.fingerprint} />
        <p>
          En confirmant, tous ces mandats sont enregistrés ensemble, chacun par un acte du registre. Les séances déjà
          tenues ne changent pas.
        </p>
        <div className="row">
          <Button name="etape" value="confirmer">
            Confirmer le renouvellement
          </Button>
          <Button name="etape" value="corriger" look="quiet">
            Corriger
          </Button>
          <ButtonLink to={root} look="quiet">
            Abandonner
          </ButtonLink>
        </div>
      </form>
    </Page>
  );
}

const NB = "\u00a0";
