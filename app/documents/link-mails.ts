/** What a link sent by mail opens. */
export type MailedLink = "sign-in" | "password-reset" | "invitation";

const TEXTS: Record<MailedLink, { readonly subject: string; readonly before: string; readonly after: string }> = {
  "sign-in": {
    subject: "Votre lien de connexion au portail du réseau",
    before: "Pour entrer dans le portail sans mot de passe, ouvrez ce lien et confirmez :",
    after:
      "Il sert une seule fois et vaut 15 minutes. Si vous n’avez rien demandé, ne faites rien : personne ne peut entrer sans ce message.",
  },
  "password-reset": {
    subject: "Choisir un nouveau mot de passe pour le portail du réseau",
    before: "Pour choisir un nouveau mot de passe, ouvrez ce lien :",
    after:
      "Il sert une seule fois et vaut une heure. Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.",
  },
  invitation: {
    subject: "Votre accès au portail du réseau",
    before:
      "Un accès au portail du réseau des CCAS vous est ouvert : vous y trouverez les convocations, les votes et les procès-verbaux. Pour choisir votre mot de passe, ouvrez ce lien :",
    after: "Il sert une seule fois et vaut sept jours. Passé ce délai, demandez-en un autre à la page de connexion.",
  },
};

/** @param address the link itself, with its token */
export function composeLinkMail(
  link: MailedLink,
  address: string,
): { readonly subject: string; readonly text: string } {
  const { subject, before, after } = TEXTS[link];
  return { subject, text: `Bonjour,\n\n${before}\n\n${address}\n\n${after}\n\nLe portail du réseau\n` };
}
