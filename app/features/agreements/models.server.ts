import { grant, type Decision } from "~/domain/kernel/decision";
import { addDays, addMonths, type PlainDate } from "~/domain/kernel/plain-date";
import type { AgreementModel } from "~/services/agreement-models.server";
import type { CommandContext } from "~/services/gate.server";
import { addAnnexVersion, encodeAgreement, type EncodeInput } from "./encode.server";
import { raiseClarification } from "./follow-up.server";
import type { EncodeRefusal } from "./refusals";

/** Which record of the portal stands for an organisation of the model. */
export type OrganizationIds = ReadonlyMap<string, string>;

/** The text of a model as a draft of the network: parties without habilitation when it is not the network of the text itself. */
export function draftFromModel(
  model: AgreementModel,
  options: {
    readonly cle: string;
    readonly organizations: OrganizationIds;
    readonly effectOn: PlainDate;
    readonly keepsHabilitations: boolean;
  },
): EncodeInput {
  const { cle, organizations, effectOn, keepsHabilitations } = options;
  return {
    ...{ cle, kind: model.kind, title: model.title, note: model.note, effectOn, place: model.place },
    ...{ isSupposed: false, parentId: null, previousId: null },
    content: { articles: model.articles, clauses: model.clauses, acts: keepsHabilitations ? model.acts : [] },
    parties: model.parties.map((party) => ({
      ...{ organizationId: organizations.get(party.organization) ?? null, label: party.label, office: party.office },
      ...{ board: party.board, needsHabilitation: party.needsHabilitation },
      deliberationNumber: keepsHabilitations ? party.deliberationNumber : "",
      deliberationOn: keepsHabilitations ? (party.deliberationOn as PlainDate | null) : null,
      chain: keepsHabilitations ? party.chain : [],
    })),
  };
}

/** What a new network reads above the text that it took over. */
export function noteOfModel(model: AgreementModel): string {
  return `Encodée à partir du texte livré « ${model.title} ». Les articles gardent les dates, les montants et les noms de lieux de l’original : à relire avant de signer.`;
}

/** Enters the text of a model into a network, with its annexes and its contradictions. */
export async function encodeModel(
  context: CommandContext,
  model: AgreementModel,
  input: EncodeInput,
): Promise<Decision<{ readonly agreementId: string }, EncodeRefusal>> {
  const encoded = await encodeAgreement(context, input);
  if (!encoded.ok) return encoded;
  const { agreementId } = encoded.value;
  for (const [index, { key, title, datedOn, body }] of model.annexes.entries()) {
    await addAnnexVersion(context, agreementId, {
      ...{ cle: `${agreementId}-a${index}`, annexKey: key, title, datedOn: datedOn as PlainDate, body },
      reason: "Version d’origine",
    });
  }
  for (const [index, clarification] of model.clarifications.entries()) {
    await raiseClarification(context, agreementId, { cle: `${agreementId}-c${index}`, ...clarification });
  }
  return grant({ agreementId });
}

/**
 * A model for another network starts on the day of its choice; a text with a fixed last day is moved with it, its annexes too. What is
 * contradictory only in the dates of the original stays behind.
 */
export function moveModel(model: AgreementModel, effectOn: PlainDate): AgreementModel {
  return {
    ...model,
    annexes: model.annexes.map((annex) => ({ ...annex, datedOn: effectOn })),
    clarifications: model.clarifications.filter(({ isOfItsDates }) => isOfItsDates !== true),
    clauses: model.clauses.map((clause) => {
      if (clause.rule.kind !== "duration" || clause.rule.duration.first.kind !== "until") return clause;
      const first = { kind: "until", on: addDays(addMonths(effectOn, 9), -1) } as const;
      return { ...clause, rule: { ...clause.rule, duration: { ...clause.rule.duration, first } } };
    }),
  };
}
