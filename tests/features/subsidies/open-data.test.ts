import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import { SUBSIDY_NATURES } from "~/domain/subsidy/subsidy";
import { composeScdlSubsidies, type PublishedSubsidy } from "~/documents/subsidies";
import { recordAnswer, requestSubsidy } from "~/features/subsidies/commands.server";
import { findSubsidy } from "~/features/subsidies/queries.server";
import { createCommittee, dayOf } from "../../support/database";

/** The constraints of « Subventions » 2.1.1, written again from the national schema: name, required, what a value must look like. */
const NATURES = [
  "aide en numéraire",
  "aide en nature",
  "aide en numéraire;aide en nature",
  "aide en nature;aide en numéraire",
];
const anything = () => true;
const upTo = (length: number) => (value: string) => value.length <= length;
const isDate = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
const isNumber = (value: string) => /^-?\d+(\.\d+)?$/.test(value);
const isPart = (value: string) => isNumber(value) && Number(value) >= 0.01 && Number(value) <= 1;

/** Luhn, as SIRENE controls a SIRET. */
const isSiret = (value: string) =>
  /^\d{14}$/.test(value) &&
  [...value].reduce((sum, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) %
    10 ===
    0;

const SCHEMA: readonly (readonly [name: string, isRequired: boolean, isValid: (value: string) => boolean])[] = [
  ["nomAttribuant", true, anything],
  ["idAttribuant", true, isSiret],
  ["dateConvention", true, isDate],
  ["referenceDecision", false, anything],
  ["nomBeneficiaire", true, anything],
  ["idBeneficiaire", false, isSiret],
  ["rnaBeneficiaire", false, (value) => /^W\d{9}$/.test(value)],
  ["objet", true, upTo(256)],
  ["montant", true, isNumber],
  ["nature", true, (value) => NATURES.includes(value)],
  ["conditionsVersement", true, upTo(256)],
  ["datesPeriodeVersement", true, (value) => /^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/.test(value)],
  ["idRAE", false, upTo(5)],
  ["notificationUE", true, (value) => value === "oui" || value === "non"],
  ["pourcentageSubvention", true, isPart],
  ["dispositifAide", false, anything],
];

/** What a validator of the schema would say of a file. */
function findFaults(csv: string): string[] {
  expect(csv.startsWith("\ufeff")).toBe(false);
  const [heading = [], ...rows] = parse(csv) as string[][];
  if (heading.join() !== SCHEMA.map(([name]) => name).join()) return [`heading ${heading.join()}`];
  return rows.flatMap((row, line) => {
    const faults = SCHEMA.flatMap(([name, isRequired, isValid], at) => {
      const value = row[at] ?? "";
      if (value === "") return isRequired ? [`${line}: ${name} is missing`] : [];
      return isValid(value) ? [] : [`${line}: ${name} = ${value}`];
    });
    return row[5] === "" && row[6] === "" ? [...faults, `${line}: no beneficiary`] : faults;
  });
}

const GIVEN: PublishedSubsidy = {
  ...{ funder: "Département", funderSiret: "21060004500392", agreedOn: dayOf("2026-05-10"), reference: "CONV-1" },
  ...{ beneficiary: "CCAS de Blain", beneficiarySiret: "21060004500392", object: "Journée annuelle" },
  ...{
    amount: toCents(200_050),
    nature: "cash",
    conditions: "unique",
    paidOn: null,
    periodEndsOn: dayOf("2026-12-31"),
  },
};

describe("les subventions accordées, selon le schéma SCDL « Subventions » 2.1.1", () => {
  it.each(SUBSIDY_NATURES)("une aide de nature %s", (nature) => {
    expect(findFaults(composeScdlSubsidies([{ ...GIVEN, nature }]))).toEqual([]);
  });

  it.each<[string, Partial<PublishedSubsidy>]>([
    ["versée", { paidOn: dayOf("2026-06-01") }],
    ["sans référence", { reference: "" }],
    ["un objet trop long", { object: "é".repeat(400), conditions: "x".repeat(300) }],
    ["des guillemets, virgules et sauts de ligne", { funder: 'Caisse "A",\r\nagence', object: "a;b,c" }],
    ["un texte qui serait une formule", { funder: "=1+1", object: "@SUM(A1)" }],
    ["un centime", { amount: toCents(1) }],
    ["un milliard", { amount: toCents(100_000_000_000) }],
  ])("%s", (_, changes) => {
    expect(findFaults(composeScdlSubsidies([GIVEN, { ...GIVEN, ...changes }]))).toEqual([]);
  });

  it("personne n’a rien accordé : l’en-tête seul", () => {
    expect(findFaults(composeScdlSubsidies([]))).toEqual([]);
    expect(composeScdlSubsidies([]).split("\r\n")).toHaveLength(2);
  });

  it("le contrôle voit ce qui n’est pas valide", () => {
    const csv = composeScdlSubsidies([{ ...GIVEN, funderSiret: "21060004500393" }]);
    expect(findFaults(csv)).toEqual(["0: idAttribuant = 21060004500393"]);
  });
});

describe("le Département est informé de la réponse d’un autre financeur — convention-cadre, art. VI", () => {
  const asked = {
    ...{ cle: "sub-1", year: 2026, funder: "Caisse de retraite", funderSiret: null, isCofunding: true },
    ...{ object: "Rompre l’isolement", requested: toCents(300_000), requestedOn: dayOf("2026-02-01") },
    ...{ nature: "cash" as const, conditions: "unique" },
  };
  const declined = { answer: "declined" as const, on: dayOf("2026-05-10"), granted: toCents(0), reference: "" };
  const agreed = { ...declined, answer: "agreed" as const, granted: toCents(90_000), reference: "CONV-9" };

  const mailsOf = (committee: Awaited<ReturnType<typeof createCommittee>>) =>
    committee.db.selectFrom("outboxMail").select(["toAddress", "bodyText", "kind"]).execute();

  it.each([
    ["accord", agreed, /Caisse de retraite a accordé 900,00 € le 10 mai 2026, pour 3 000,00 € demandés/],
    ["refus", declined, /Caisse de retraite a refusé, le 10 mai 2026, les 3 000,00 € demandés/],
  ])("%s : un courriel part avec la réponse, une fois", async (_, answer, sentence) => {
    const committee = await createCommittee();
    const secretary = await committee.contextOf("secretary");
    await requestSubsidy(secretary, asked);
    expect(await recordAnswer(secretary, "sub-1", answer)).toMatchObject({ ok: true });
    expect(await recordAnswer(secretary, "sub-1", answer)).toMatchObject({ ok: false, refusal: "already-answered" });
    const mails = await mailsOf(committee);
    expect(mails.map(({ toAddress, kind }) => [toAddress, kind])).toEqual([
      ["departement@blain.example", "information"],
    ]);
    expect(mails[0]?.bodyText.replace(/[\u00a0\u202f]/g, " ")).toMatch(sentence);
    expect((await findSubsidy(committee.db, committee.networkId, "sub-1"))?.mustInform).toBe(false);
  });

  it("la réponse du Département lui-même ne lui est pas annoncée", async () => {
    const committee = await createCommittee();
    const secretary = await committee.contextOf("secretary");
    await requestSubsidy(secretary, { ...asked, isCofunding: false });
    await recordAnswer(secretary, "sub-1", agreed);
    expect(await mailsOf(committee)).toEqual([]);
  });

  it("personne n’y siège : la réponse reste à annoncer", async () => {
    const committee = await createCommittee();
    await committee.db.updateTable("seat").set({ kind: "signatory" }).where("kind", "=", "department").execute();
    const secretary = await committee.contextOf("secretary");
    await requestSubsidy(secretary, asked);
    await recordAnswer(secretary, "sub-1", agreed);
    expect(await mailsOf(committee)).toEqual([]);
    expect((await findSubsidy(committee.db, committee.networkId, "sub-1"))?.mustInform).toBe(true);
  });
});
