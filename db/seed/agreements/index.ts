import { BLAIN } from "./blain";
import { DREUX } from "./dreux";
import { GARDE } from "./garde";
import { NORD } from "./nord";
import { SCEAUX } from "./sceaux";
import type { AgreementModel } from "./model";

export type { AgreementModel } from "./model";

/** The five texts that ship with the portal. */
export const AGREEMENT_MODELS: readonly AgreementModel[] = [BLAIN, GARDE, DREUX, NORD, SCEAUX];
