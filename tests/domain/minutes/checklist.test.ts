import { describe, expect, it } from "vitest";
import { checkMinutes, missingElements, type ChecklistElement } from "~/domain/minutes/checklist";
import type { ItemFacts, MinutesFacts, MinutesProse } from "~/domain/minutes/structure";
import { expenseItem, facts, informationItem, prose, publicPoll, secretPoll } from "./facts";

const missing = (given: MinutesFacts, text: MinutesProse = prose) => missingElements(checkMinutes(given, text));
const withExpense = (change: Partial<ItemFacts>): MinutesFacts => ({
  ...facts,
  items: [informationItem, { ...expenseItem, ...change }],
});
const withPoll = (change: Partial<typeof publicPoll>): MinutesFacts =>
  withExpense({ polls: [{ ...publicPoll, ...change }] });
const withSeat = (change: Partial<MinutesFacts["seats"][number]>): MinutesFacts => ({
  ...facts,
  seats: [{ ...facts.seats[0]!, ...change }],
});

describe("checkMinutes — éléments de CGCT art. L.2121-15 (modèle)", () => {
  it("procès-verbal complet", () => {
    expect(checkMinutes(facts, prose).map(({ element, status }) => `${element}: ${status}`)).toStrictEqual([
      "date-and-time: present",
      "chair: present",
      "attendance: present",
      "listed-groups: not-applicable",
      "secretary: present",
      "quorum: present",
      "agenda: present",
      "decisions-and-reports: present",
      "ballot-requests: not-applicable",
      "ballot-results: present",
      "discussions: present",
    ]);
  });

  it.each<{ case: string; given: MinutesFacts; elements: ChecklistElement[]; text?: MinutesProse }>([
    { case: "heure d’ouverture", given: { ...facts, openedAt: null }, elements: ["date-and-time"] },
    { case: "heure de clôture", given: { ...facts, closedAt: null }, elements: ["date-and-time"] },
    { case: "présidence", given: { ...facts, chair: null }, elements: ["chair"] },
    { case: "nom de la présidence", given: { ...facts, chair: { ...facts.chair!, name: " " } }, elements: ["chair"] },
    { case: "secrétaire", given: { ...facts, secretary: null }, elements: ["secretary"] },
    { case: "aucun siège", given: { ...facts, seats: [] }, elements: ["attendance"] },
    { case: "présent sans nom", given: withSeat({ personName: null }), elements: ["attendance"] },
    { case: "présent sans heure", given: withSeat({ periods: [] }), elements: ["attendance"] },
    {
      case: "représenté sans heure : complet",
      given: withSeat({ presence: "represented", periods: [] }),
      elements: [],
    },
    {
      case: "absent sans nom : complet",
      given: withSeat({ presence: "absent", personName: null, periods: [] }),
      elements: [],
    },
    { case: "quorum à l’ouverture", given: { ...facts, openingQuorum: null }, elements: ["quorum"] },
    { case: "quorum au moment du vote", given: withExpense({ quorum: null }), elements: ["quorum"] },
    { case: "ordre du jour vide", given: { ...facts, items: [] }, elements: ["agenda"] },
    { case: "rapport", given: withExpense({ reports: [] }), elements: ["decisions-and-reports"] },
    { case: "dépense votée sans objet, fournisseur ni montant", given: withPoll({ expense: null }), elements: ["decisions-and-reports"] },
    {
      case: "vote sans dépense sur un autre point : complet",
      given: withExpense({ kind: "orientation", polls: [{ ...publicPoll, expense: null }] }),
      elements: [],
    },
    { case: "numéro de la décision", given: withPoll({ decisionNumber: null }), elements: ["decisions-and-reports"] },
    {
      case: "rejeté, donc sans numéro : complet",
      given: withPoll({ result: "rejected", decisionNumber: null }),
      elements: [],
    },
    {
      case: "rapport écrit dans le texte : complet",
      given: withExpense({ reports: [] }),
      text: { ...prose, "item/item2/report": { markdown: "Note du CCAS.", internal: false } },
      elements: [],
    },
    {
      case: "rapport interne",
      given: withExpense({ reports: [] }),
      text: { ...prose, "item/item2/report": { markdown: "Note.", internal: true } },
      elements: ["decisions-and-reports"],
    },
    {
      case: "scrutin non clos",
      given: withPoll({ isClosed: false }),
      elements: ["decisions-and-reports", "ballot-results"],
    },
    { case: "dépouillement", given: withPoll({ counts: null }), elements: ["ballot-results"] },
    { case: "phrase de résultat", given: withPoll({ resultSentence: null }), elements: ["ballot-results"] },
    {
      case: "nom d’un votant",
      given: withPoll({ ballots: publicPoll.ballots.slice(1) }),
      elements: ["ballot-results"],
    },
    {
      case: "sens d’un vote différent du décompte",
      given: withPoll({ ballots: publicPoll.ballots.map((ballot) => ({ ...ballot, choice: "for" as const })) }),
      elements: ["ballot-results"],
    },
    { case: "vote secret sans noms : complet", given: withExpense({ polls: [secretPoll] }), elements: [] },
    {
      case: "vote secret avec un nom : refusé",
      given: withExpense({ polls: [{ ...secretPoll, ballots: publicPoll.ballots }] }),
      elements: ["ballot-results"],
    },
    {
      case: "demande de vote secret sans auteurs",
      given: withExpense({ ballotRequests: [{ askedBy: [], granted: false }] }),
      elements: ["ballot-requests"],
    },
    {
      case: "demande de vote secret nommée : complet",
      given: withExpense({ ballotRequests: [{ askedBy: ["CCAS de Blain"], granted: false }] }),
      elements: [],
    },
    { case: "teneur des discussions", given: facts, text: {}, elements: ["discussions"] },
    {
      case: "discussion interne : la version publique ne l’aurait pas",
      given: facts,
      text: { ...prose, "item/item1/discussion": { markdown: "Oui.", internal: true } },
      elements: ["discussions"],
    },
    {
      case: "point non examiné : rien à en dire",
      given: withExpense({ wasExamined: false, reports: [], quorum: null, polls: [] }),
      text: { "item/item1/discussion": prose["item/item1/discussion"]! },
      elements: [],
    },
  ])("$case", ({ given, text, elements }) => expect(missing(given, text)).toStrictEqual(elements));

  it("nomme les points où il manque quelque chose", () => {
    const lines = checkMinutes(facts, {});
    expect(lines.find(({ element }) => element === "discussions")?.missingInItems).toStrictEqual([1, 2]);
  });

  it("procès-verbal de carence : ni décision, ni discussion, mais présents et quorum", () => {
    const inquorate: MinutesFacts = {
      ...facts,
      outcome: "inquorate",
      openingQuorum: { reached: false, sentence: "présents 2 : quorum non atteint", since: null },
    };
    expect(missing(inquorate, {})).toStrictEqual([]);
    expect(missing({ ...inquorate, openingQuorum: null }, {})).toStrictEqual(["quorum"]);
  });
});
