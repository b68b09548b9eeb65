import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";

/** As it is stored and compared: an address has no case that matters. */
export const emailField = z
  .string({ error: "Indiquez votre adresse électronique." })
  .trim()
  .toLowerCase()
  .max(200, "Cette adresse est trop longue : 200 caractères au plus.")
  .pipe(z.email({ error: "Cette adresse est incomplète : écrivez-la comme prenom.nom@commune.fr." }));

// Longer than any password that may be chosen: a huge text must not reach the hash.
const typedPassword = z.string({ error: "Indiquez votre mot de passe." }).max(1000, "Ce mot de passe est trop long.");

const checkbox = z.preprocess((value) => value === "on", z.boolean());

export const signInSchema = z.object({ email: emailField, motDePasse: typedPassword, rester: checkbox });
export const requestLinkSchema = z.object({ email: emailField });
export const codeSchema = z.object({
  code: z
    .string({ error: "Indiquez le code à 6 chiffres." })
    .transform((text) => text.replace(/\s/g, ""))
    .pipe(z.string().regex(/^\d{6}$/, "Le code compte 6 chiffres : recopiez celui que l’application affiche.")),
});
export const confirmPasswordSchema = z.object({ motDePasse: typedPassword });

const twoTimes = {
  motDePasse: z
    .string({ error: "Choisissez un mot de passe." })
    .max(1000, "Ce mot de passe est trop long : 200 caractères au plus."),
  motDePasseConfirmation: z.string({ error: "Recopiez le mot de passe." }).max(1000, "Ce mot de passe est trop long."),
};
const areTheSame = (form: { readonly motDePasse: string; readonly motDePasseConfirmation: string }): boolean =>
  form.motDePasse === form.motDePasseConfirmation;
const differ = { error: "Les deux mots de passe diffèrent : recopiez le premier.", path: ["motDePasseConfirmation"] };

export const choosePasswordSchema = z.object(twoTimes).refine(areTheSame, differ);
export const changePasswordSchema = z
  .object({ motDePasseActuel: z.string({ error: "Indiquez votre mot de passe actuel." }).max(1000), ...twoTimes })
  .refine(areTheSame, differ);

export type SignInFields = z.input<typeof signInSchema>;
export type RequestLinkFields = z.input<typeof requestLinkSchema>;
export type CodeFields = z.input<typeof codeSchema>;
export type ConfirmPasswordFields = z.input<typeof confirmPasswordSchema>;
export type ChoosePasswordFields = z.input<typeof choosePasswordSchema>;
export type ChangePasswordFields = z.input<typeof changePasswordSchema>;

/** What must never be sent back into a page. */
export const HIDDEN_FIELDS = ["motDePasse", "motDePasseConfirmation", "motDePasseActuel", "code"];

export function parseForm<Schema extends z.ZodType>(form: FormData, schema: Schema) {
  return parseWithZod(form, { schema });
}
