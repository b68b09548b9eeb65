export type PersonalDataUse = { readonly what: string; readonly why: string; readonly howLong: string };

/** What the database holds about people, for the people themselves. The same inventory, table by table, is in db/README.md. */
export const PERSONAL_DATA: readonly PersonalDataUse[] = [
  {
    what: "Nom affiché, fonction, adresse électronique",
    why: "Ouvrir un compte, convoquer, écrire les actes au bon nom.",
    howLong: "Tant que le réseau est dans le portail. Un compte peut être suspendu ; il n’est pas effacé de lui-même.",
  },
  {
    what: "Désignation au comité : siège, titulaire ou suppléant·e, dates, délibération, mandat municipal",
    why: "Savoir qui peut siéger et voter un jour donné. C’est une information publique.",
    howLong: "Sans limite : elle fonde la validité des votes passés.",
  },
  {
    what: "Rôle dans le réseau (secrétariat, agent·e, département)",
    why: "Donner les droits nécessaires, et pas davantage.",
    howLong: "Sans limite, avec ses dates de début et de fin.",
  },
  {
    what: "Mot de passe (empreinte argon2id) et clé de double authentification",
    why: "Vérifier que c’est bien vous. Le mot de passe lui-même n’est jamais conservé.",
    howLong: "Tant que le compte existe, ou jusqu’à leur remplacement.",
  },
  {
    what: "Session de connexion",
    why: "Rester connecté·e d’une page à l’autre.",
    howLong: "12 heures, ou 30 jours si vous cochez « rester connecté·e » ; prolongée par l’usage.",
  },
  {
    what: "Liens à usage unique (invitation, mot de passe oublié, connexion)",
    why: "Vous laisser entrer une fois par courriel. Seule leur empreinte est conservée.",
    howLong: "Jusqu’à leur échéance, puis effacés quand un nouveau lien est créé.",
  },
  {
    what: "Essais de connexion (empreinte de l’adresse électronique et de l’adresse du réseau)",
    why: "Limiter les essais de mots de passe.",
    howLong: "Un jour ; effacés au premier essai qui suit.",
  },
  {
    what: "Formulaire interrompu par la fin de la session",
    why: "Vous rendre ce que vous aviez tapé.",
    howLong: "Un jour au plus.",
  },
  {
    what: "Journal de sécurité : connexions, accès refusés, exports",
    why: "Comprendre un incident.",
    howLong: "Sans effacement automatique : le journal ne peut pas être modifié.",
  },
  {
    what: "Convocations, réponses, pouvoirs, présences à la minute, déports",
    why: "Prévoir et constater le quorum, établir le procès-verbal.",
    howLong: "Sans limite : ces actes ne peuvent être ni modifiés ni effacés.",
  },
  {
    what: "Vote de chaque siège dans un scrutin public ; dans un scrutin secret, seulement le fait d’avoir voté",
    why: "Compter les voix et prouver le résultat.",
    howLong: "Sans limite. Un bulletin secret n’est rattaché à personne.",
  },
  {
    what: "Procès-verbaux, demandes de correction, signatures",
    why: "Garder le compte rendu officiel des réunions.",
    howLong: "Sans limite une fois publiés.",
  },
  {
    what: "Demandes de dépense et documents déposés, avec le nom de qui les a déposés",
    why: "Instruire une décision.",
    howLong: "Tant que le réseau est dans le portail.",
  },
  {
    what: "Courriels envoyés par le portail, et la preuve de leur envoi",
    why: "Prouver qu’une convocation est partie, à quelle adresse et quel jour : sans elle, une séance peut être contestée.",
    howLong:
      "Tant que le réseau est dans le portail. L’adresse du jour de l’envoi reste dans la preuve après un départ, ou un changement d’adresse ; elle ne sert plus à écrire.",
  },
  {
    what: "Registre des actes : qui a fait quoi, et quand",
    why: "Prouver que rien n’a été changé après coup.",
    howLong: "Sans limite : chaque acte est scellé au précédent.",
  },
  {
    what: "Documents de la bibliothèque : qui les a déposés, et ce qu’ils contiennent",
    why: "Garder les papiers du réseau et leurs versions.",
    howLong: "Selon la règle de conservation du réseau ; l’élimination demande le visa des archives.",
  },
  {
    what: "Archive du réseau : noms et fonctions dans les actes, adresses électroniques de qui siège ou a un rôle",
    why: "Passer la main à un autre CCAS. Ni mot de passe, ni lien personnel ; l’adresse d’une personne partie n’y est que dans la preuve de ses convocations.",
    howLong: "Trois archives restent sur le portail ; chaque téléchargement est noté.",
  },
];
