import type { DocumentModel } from "./document-model";
import { NBSP } from "./french";
import { readProse } from "./prose";

/** The only shared form that the agreement names. Source: Convention, preamble. */
export const OPTIONAL_AID_FORM = "demande-aide-facultative";

/**
 * The form that a network starts from: blank, to be printed or filled in a word processor, and kept by the CCAS that receives it. A proposal, that the network edits.
 */
export const STARTING_FORM = {
  title: "Demande d’aide facultative",
  bodyMd: `*Formulaire commun aux CCAS du réseau. Ne demandez que ce qui sert à la décision.*

## 1. Le CCAS qui reçoit la demande

CCAS : ........................................................................ Reçue le : ....... / ....... / ..............

Reçue par (fonction) : ...............................................................................................

## 2. La personne qui demande

Nom : .................................................... Prénom : ....................................................

Né·e le : ....... / ....... / .............. Téléphone : ....................................................

Adresse : ...............................................................................................................

Dans la commune depuis le : ....... / ....... / ..............

## 3. Le ménage

☐ Personne seule  ☐ Famille monoparentale  ☐ Couple sans enfant  ☐ Couple avec enfants  ☐ Autre

Nombre d’adultes : ..........  Nombre d’enfants à charge : ..........

## 4. Les ressources et les charges du mois

| Ressources | Montant | Charges | Montant |
| --- | --- | --- | --- |
| Salaires, retraites | ................ € | Loyer ou prêt | ................ € |
| Prestations familiales | ................ € | Énergie, eau | ................ € |
| Aide au logement | ................ € | Assurances, mutuelle | ................ € |
| RSA, prime d’activité | ................ € | Transports | ................ € |
| Autres | ................ € | Autres, crédits | ................ € |

## 5. La demande

Motif principal : ☐ Énergie  ☐ Loyer  ☐ Eau et autres charges  ☐ Alimentation  ☐ Mobilité  ☐ Santé  ☐ Enfance  ☐ Autre

Ce qui est demandé : ................................................................................................

Montant : ................................ €   Payé à : ☐ la personne  ☐ un tiers : ...........................

Autres aides demandées pour le même motif : ......................................................

## 6. La décision (partie du CCAS)

☐ Accord total  ☐ Accord partiel  ☐ Refus  ☐ Ajournement   Montant accordé : ........................ €

Motif : ........................................................................ Date : ....... / ....... / ..............

## 7. Vos données

Le CCAS qui reçoit cette demande garde seul ce formulaire. Les autres CCAS du réseau et le portail ne le reçoivent pas : seuls des nombres d’ensemble leur sont transmis, une fois par an.

Fait le : ....... / ....... / ..............   Signature :
`,
} as const;

export type SharedFormFacts = {
  readonly network: string;
  readonly title: string;
  readonly bodyMd: string;
  readonly version: number;
  readonly publishedOn: string;
};

export function composeSharedForm({ network, title, bodyMd, version, publishedOn }: SharedFormFacts): DocumentModel {
  return {
    ...{ language: "fr", title, subtitle: "", issuer: network, standing: null },
    reference: `Formulaire vierge, version${NBSP}${version}`,
    date: publishedOn,
    blocks: [
      { kind: "heading", level: 2, id: "vierge", text: "À remplir avec la personne, au CCAS" },
      { kind: "prose", key: "formulaire", level: 2, internal: false, content: readProse(bodyMd) },
    ],
  };
}
