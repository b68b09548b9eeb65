import { count } from "~/documents/french";
import { assertNever } from "~/domain/kernel/decision";
import type { SecurityEventKind } from "~/services/security.server";
import { PASSWORD_MAX, PASSWORD_MIN, type PasswordRefusal } from "./password-rule";
import type { ChangePasswordRefusal, ChoosePasswordRefusal } from "./password-commands.server";
import type { SignInRefusal } from "./sign-in-commands.server";
import type { TwoFactorRefusal } from "./two-factor.server";

const PASSWORD: Record<PasswordRefusal, string> = {
  "password-too-short": `Ce mot de passe est trop court : il en faut ${PASSWORD_MIN} caractères au moins. Quelques mots sans lien entre eux font l’affaire.`,
  "password-too-long": `Ce mot de passe est trop long : ${PASSWORD_MAX} caractères au plus.`,
  "password-is-email": "Votre adresse électronique ne peut pas servir de mot de passe : choisissez-en un autre.",
  "password-common": "Ce mot de passe est l’un des plus essayés par les pirates : choisissez-en un autre.",
};

export const LINK_INVALID =
  "Ce lien ne sert plus : il a déjà été utilisé, un plus récent l’a remplacé, ou son délai est passé.";
const WRONG_CODE =
  "Ce code n’est pas le bon, ou il a déjà servi. Attendez que l’application en affiche un autre, puis recopiez-le.";

function limited(minutes: number): string {
  return `Trop d’essais en peu de temps. Réessayez dans ${count(minutes, "minute", "minutes")}.`;
}

export function signInMessage(refusal: SignInRefusal): string {
  switch (refusal.kind) {
    case "wrong-credentials":
      return "Adresse ou mot de passe incorrect.";
    case "wrong-code":
      return WRONG_CODE;
    case "link-invalid":
      return LINK_INVALID;
    case "limited":
      return limited(refusal.minutes);
    default:
      return assertNever(refusal);
  }
}

export function choosePasswordMessage(refusal: ChoosePasswordRefusal): string {
  return refusal === "link-invalid" ? LINK_INVALID : PASSWORD[refusal];
}

export function changePasswordMessage(refusal: ChangePasswordRefusal): string {
  if (refusal.kind === "limited") return limited(refusal.minutes);
  return refusal.kind === "wrong-password" ? "Le mot de passe actuel n’est pas le bon." : PASSWORD[refusal.kind];
}

export function twoFactorMessage(refusal: TwoFactorRefusal): string {
  switch (refusal.kind) {
    case "wrong-code":
      return WRONG_CODE;
    case "wrong-password":
      return "Ce mot de passe n’est pas le bon.";
    case "not-started":
      return "L’activation n’a pas été commencée : reprenez-la depuis « Mon compte ».";
    case "limited":
      return limited(refusal.minutes);
    default:
      return assertNever(refusal);
  }
}

const EVENTS: Record<SecurityEventKind, string> = {
  "sign-in": "connexion",
  "sign-in-refused": "connexion refusée",
  "sign-in-limited": "connexion refusée, trop d’essais",
  "sign-out": "déconnexion",
  "password-changed": "mot de passe changé",
  "totp-enabled": "vérification en deux étapes activée",
  "totp-disabled": "vérification en deux étapes retirée",
  "access-refused": "accès refusé à une page",
  "account-disabled": "compte suspendu",
  "account-enabled": "compte rétabli",
  export: "export de données",
};

export function eventLabel(kind: string): string {
  return Object.hasOwn(EVENTS, kind) ? EVENTS[kind as SecurityEventKind] : kind;
}
