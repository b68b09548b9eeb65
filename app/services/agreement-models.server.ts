import { AGREEMENT_MODELS, type AgreementModel } from "../../db/seed/agreements";

export type { AgreementModel } from "../../db/seed/agreements";

/** The five texts that ship with the portal, from which a network can be made. */
export function listAgreementModels(): readonly AgreementModel[] {
  return AGREEMENT_MODELS;
}

export function findAgreementModel(key: string): AgreementModel | null {
  return AGREEMENT_MODELS.find((model) => model.key === key) ?? null;
}
