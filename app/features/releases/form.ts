import { z } from "zod";
import { AUDIENCES } from "~/domain/statistics/disclosure/sensitivity";

export const publishForm = z.object({
  cle: z.string().regex(/^[A-Za-z0-9_-]{2,64}$/),
  empreinte: z.string().regex(/^[0-9a-f]{64}$/),
});
export const thresholdForm = z.object({
  public: z.enum(AUDIENCES),
  seuil: z
    .string({ error: "Écrivez un nombre entier de personnes." })
    .trim()
    .regex(/^\d{1,4}$/, "Écrivez un nombre entier de personnes.")
    .transform(Number),
});
export type PublishInput = z.infer<typeof publishForm>;
export type ThresholdInput = z.infer<typeof thresholdForm>;

/** « membres », « public »: how an address names an audience. */
export const AUDIENCE_PATHS = { members: "membres", public: "public" } as const;
