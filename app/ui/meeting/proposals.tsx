import { ButtonLink } from "~/ui/forms";
import { Section } from "~/ui/page";
import { Tag } from "~/ui/status";

type ProposalsProps = {
  readonly proposals: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: keyof typeof WORDS;
    readonly rapporteur: string | null;
    readonly refusalReason: string | null;
  }[];
  /** Null for whoever does not decide. */
  readonly decideAt: string | null;
  readonly label: string;
};

const WORDS = { proposed: "En attente", refused: "Refusée", removed: "Retirée", accepted: "Acceptée" } as const;

/** What members proposed: what waits for whoever decides, and its own answer for whoever proposed it. */
export function Proposals({ proposals, decideAt, label }: ProposalsProps) {
  if (proposals.length === 0) return null;
  return (
    <Section title="Points proposés" id="propositions">
      <ul className="plain-list">
        {proposals.map((proposal) => (
          <li key={proposal.id}>
            <strong>{proposal.title}</strong>{" "}
            <Tag tone={proposal.status === "proposed" ? "pending" : "missed"}>{WORDS[proposal.status]}</Tag>
            <div className="soft">Proposé par {proposal.rapporteur}</div>
            {proposal.refusalReason && <div>Motif du refus : {proposal.refusalReason}</div>}
          </li>
        ))}
      </ul>
      {decideAt !== null && (
        <ButtonLink to={decideAt} look="quiet">
          {label}
        </ButtonLink>
      )}
    </Section>
  );
}
