import { describe, expect, it } from "vitest";
import { readActContent } from "~/features/register/payload-reading.fr";

const names = new Map([
  ["JCXv0XB5XKUDd2jCPKyR", "CCAS de Blain"],
  ["byqbbdf7rb8Cn4vcFqFJ", "CCAS de Bouvron"],
]);

describe("contenu d’un acte, tel qu’une personne le lit", () => {
  it.each([
    ["un siège par son nom", { seatId: "JCXv0XB5XKUDd2jCPKyR" }, ["Siège : CCAS de Blain"]],
    ["une heure locale", { minute: "2026-01-26T18:32" }, ["Heure : lundi 26 janvier 2026 à 18 h 32"]],
    ["un montant en euros", { amountCents: 118_540 }, ["Montant : 1 185,40 €"]],
    ["un mot du registre", { outcome: "inquorate" }, ["Issue : sans quorum"]],
    [
      "un décompte",
      { counts: { abstain: 0, against: 3, entitled: 6, for: 3 } },
      ["Décompte : 0 abstention, 3 contre, 6 appelés, 3 pour"],
    ],
    [
      "des votes publics, le siège d’abord",
      {
        votes: [
          { choice: "for", seatId: "JCXv0XB5XKUDd2jCPKyR" },
          { choice: "against", seatId: "byqbbdf7rb8Cn4vcFqFJ" },
        ],
      },
      ["Votes : CCAS de Blain, pour ; CCAS de Bouvron, contre"],
    ],
    [
      "des parts, chacune avec son montant",
      {
        shares: [
          { cents: 15_925, isLead: false, organizationId: "byqbbdf7rb8Cn4vcFqFJ", weight: 3153 },
          { cents: 52_406, isLead: true, organizationId: "JCXv0XB5XKUDd2jCPKyR", weight: 10_376 },
        ],
      },
      [
        "Parts : 159,25 €, CCAS de Bouvron, 3153 de poids ; 524,06 €, Part gardée par le pilote, CCAS de Blain, 10376 de poids",
      ],
    ],
    ["sans identifiant qui ne nomme rien", { pollId: "YLlP91GJdwhnMQm4SmhY", entryId: "x" }, []],
    ["sans valeur absente", { reason: null, body: "", voided: false }, []],
    ["sans mot de machine", { position: 3, slug: "blain" }, []],
  ] as const)("%s", (_, payload, expected) => {
    const lines = readActContent(payload, names).map(({ word, text }) =>
      `${word} : ${text}`.replace(/[\u00a0\u202f]/g, " "),
    );
    expect(lines).toEqual(expected);
  });
});
