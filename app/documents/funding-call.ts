import type { ApportionmentChoice } from "~/domain/apportionment/choice";
import { apportion } from "~/domain/apportionment/split-by-weight";
import { debtorOf, type DebtorKind } from "~/domain/funding-call/debtor";
import { outstandingOf, type StatementFacts, type StatementStatus } from "~/domain/funding-call/lifecycle";
import {
  statementsBySeat,
  type CallMember,
  type CallSnapshot,
  type ChoiceBasis,
  type PopulationTable,
} from "~/domain/funding-call/snapshot";
import type { OrganizationId } from "~/domain/kernel/ids";
import { toCents, type Cents } from "~/domain/kernel/money";
import type { PopulationKind } from "~/domain/population/population";
import type { ReferenceDateRule } from "~/domain/population/reference-date";
import { composeCsv, type CsvCell } from "./csv";
import { paragraph, strongParagraph, type DocumentColumn, type DocumentModel, type PlainBlock } from "./document-model";
import {
  count,
  enumerate,
  formatCents,
  formatDate,
  formatInteger,
  formatPercent,
  formatShortDate,
  NBSP,
} from "./french";
import { composeProofSheet, type ProofSheet } from "./proof-sheet";

export const POPULATION_LABELS: Record<PopulationKind, string> = {
  municipal: "population municipale",
  total: "population totale",
};

export const KEY_LABELS: Record<ApportionmentChoice["keyKind"], string> = {
  population: "au prorata de la population",
  equal: "en parts égales",
  fixed: "par parts fixes",
  mixed: "une part égale, le reste au prorata de la population",
  headcount: "au prorata des effectifs",
};

export const REFERENCE_LABELS: Record<ReferenceDateRule, string> = {
  "at-call": "au jour de l’appel",
  "at-annual-day": "au jour de la journée annuelle",
  "at-expense": "à la date des factures",
};

export const STATEMENT_LABELS: Record<StatementStatus, string> = {
  "kept-by-lead": "Gardée par le pilote",
  "nothing-due": "Rien à payer",
  issued: "Appelée",
  titled: "Titre émis",
  deposited: "Déposée sur Chorus Pro",
  "partly-paid": "Payée en partie",
  paid: "Payée",
  cancelled: "Annulée",
};

/**
 * Says who owes and who chose it, since the agreement names the communes and is signed by their CCAS. The lead owes nothing to itself.
 * @param memberId of one statement; null for the whole call
 */
export function debtorNote({ call, members, debtorBasis }: CallSnapshot, memberId: OrganizationId | null): string {
  const debtors = members
    .filter(({ organizationId }) => (memberId === null ? organizationId !== call.leadId : organizationId === memberId))
    .map(({ debtor }) => debtor);
  const communes = debtors.filter(({ kind }) => kind === "commune");
  const kept =
    communes.length === 0
      ? `le CCAS, signataire de la convention`
      : communes.length === debtors.length
        ? "la commune"
        : `la commune pour ${enumerate(communes.map(({ name }) => name))}, le CCAS pour les autres`;
  const clarification =
    debtorBasis === null || debtorBasis.decisionNumber === null ? "Point à clarifier par le comité." : "";
  return `La convention (art.${NBSP}4.2.1) écrit «${NBSP}auprès des autres communes${NBSP}» et ce sont les CCAS qui l’ont signée. Débiteur retenu ici${NBSP}: ${kept} (${describeBasis(debtorBasis)}). ${clarification}`.trim();
}

export const DEBTOR_LABELS: Record<DebtorKind, string> = { ccas: "CCAS", commune: "Commune" };

export const NOT_ACCOUNTING = `Cet état n’est pas un titre de recettes. Le titre, son numéro et l’imputation relèvent de l’ordonnateur et du comptable du CCAS pilote.`;

export function callTitle({ call }: Pick<CallSnapshot, "call">): string {
  return call.kind === "annual" ? `Appel de fonds ${call.year}` : `Appel complémentaire ${call.year}`;
}

/** « Appel n° 2026-1 » */
export function callReference(year: number, rank: number): string {
  return `Appel n°${NBSP}${year}-${rank}`;
}

/** « Clé : au prorata de la population municipale, dernièrement connue au jour de l’appel (décision n° 2026-4). » */
export function describeChoice(choice: ApportionmentChoice, basis: ChoiceBasis | null): string {
  const isByPopulation = choice.keyKind === "population" || choice.keyKind === "mixed";
  const key = KEY_LABELS[choice.keyKind].replace("la population", `la ${POPULATION_LABELS[choice.populationKind]}`);
  const part = choice.equalPart === null ? "" : ` (${choice.equalPart.numerator}/${choice.equalPart.denominator})`;
  const date = isByPopulation ? `, dernièrement connue ${REFERENCE_LABELS[choice.referenceDate]}` : "";
  return `Répartition ${key}${choice.keyKind === "mixed" ? part : ""}${date} (${describeBasis(basis)}).`;
}

function describeBasis(basis: ChoiceBasis | null): string {
  if (basis === null) return "par défaut, non décidé par le comité";
  return basis.decisionNumber === null
    ? `choix enregistré, en vigueur depuis le ${formatDate(basis.effectiveFrom)}, sans vote rattaché`
    : `décision n°${NBSP}${basis.decisionNumber}, en vigueur depuis le ${formatDate(basis.effectiveFrom)}`;
}

/** Whose communes owe under a choice: « Débiteur : Commune de Bouvron ; le CCAS pour les autres. »; null while every CCAS owes for itself. */
export function describeDebtors(
  choice: ApportionmentChoice,
  members: readonly { readonly organizationId: string; readonly name: string; readonly siret: string | null }[],
): string | null {
  const chosen = new Map<string, ApportionmentChoice["members"][number]>(
    choice.members.map((member) => [member.organizationId, member]),
  );
  const communes = members
    .map((member) => debtorOf(member, chosen.get(member.organizationId)))
    .filter(({ kind }) => kind === "commune")
    .map(({ name, siret }) => (siret === null ? name : `${name} (SIRET ${siret})`));
  return communes.length === 0 ? null : `Débiteur${NBSP}: ${enumerate(communes)}${NBSP}; le CCAS pour les autres.`;
}

/** The source of the figures, as every screen and export cites it. */
export function describePopulation(table: PopulationTable): string {
  const { dataset, vintage, inForceOn, kind } = table;
  return `${dataset.producer}, ${POPULATION_LABELS[kind]}, millésime ${vintage}, en vigueur le ${formatDate(inForceOn)}. ${dataset.title}, ${dataset.licence}, ${dataset.address}, SHA-256 ${dataset.sha256}.`;
}

/** The apportionment of a call, to redo by hand. */
export function proofSheetOf(snapshot: CallSnapshot): ProofSheet {
  const { call, members, choice, choiceBasis, population } = snapshot;
  const places = new Map<string, number>(members.map(({ organizationId }, place) => [organizationId, place]));
  const placeOf = ({ id }: { readonly id: string }) => places.get(id) ?? places.size;
  const sheet = composeProofSheet({
    title: `Feuille de preuve, ${callTitle(snapshot).toLowerCase()}`,
    sources: [
      describeChoice(choice, choiceBasis),
      ...(population === null ? [] : [describePopulation(population)]),
      ...(call.kind === "complementary" ? ["Poids de l’appel annuel, repris tels quels."] : []),
    ],
    weightName: choice.keyKind === "population" ? "habitants" : choice.keyKind === "headcount" ? "effectifs" : "parts",
    labels: new Map(members.map(({ organizationId, name }) => [organizationId, name])),
    apportionment: apportion(call.total, call.weights),
  });
  return { ...sheet, rows: [...sheet.rows].sort((one, other) => placeOf(one) - placeOf(other)) };
}

const FALLBACKS = { "le ": "", "au ": "à ", "du ": "de " } as const;

const FEMININE = { "le ": "la ", "au ": "à la ", "du ": "de la " } as const;

/** « du CCAS de Bouvron », « de la commune de Bouvron »; another kind of name takes no article: « de Bouvron ». */
function withArticle(name: string, article: keyof typeof FALLBACKS): string {
  if (name.startsWith("Commune ")) return `${FEMININE[article]}${name.replace(/^C/, "c")}`;
  return `${name.startsWith("CCAS") ? article : FALLBACKS[article]}${name}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export type StatementSubject = {
  readonly snapshot: CallSnapshot;
  readonly rank: number;
  readonly memberId: OrganizationId;
  readonly facts: StatementFacts;
};

const START: DocumentColumn["align"] = "start";
const END: DocumentColumn["align"] = "end";

/** What one CCAS owes under a call, with the invoices and decisions behind it: the « état liquidatif ». */
export function composeStatement({ snapshot, rank, memberId, facts }: StatementSubject): DocumentModel {
  const { call, members } = snapshot;
  const member = members.find(({ organizationId }) => organizationId === memberId);
  const share = call.statements.find((statement) => statement.memberId === memberId);
  const weight = call.weights.find(({ id }) => id === memberId)?.weight ?? 0;
  const lead = members.find(({ organizationId }) => organizationId === call.leadId);
  if (!member || !share) throw new Error("The member is not in the call");
  const totalWeight = call.weights.reduce((sum, one) => sum + one.weight, 0);
  const sentence = share.isLead
    ? `${capitalize(withArticle(member.name, "le "))} pilote le réseau${NBSP}: il garde sa part de ${formatCents(share.share)} et n’appelle rien à lui-même.`
    : `${capitalize(withArticle(member.debtor.name, "le "))} doit ${formatCents(share.owed)} ${withArticle(lead?.name ?? "CCAS pilote", "au ")}, qui a avancé les dépenses de l’année.`;
  return {
    language: "fr",
    title: `État liquidatif — ${member.name}`,
    subtitle: `${callTitle(snapshot)}, part ${withArticle(member.name, "du ")}`,
    issuer: snapshot.networkName,
    reference: callReference(call.year, rank),
    date: formatDate(call.issuedOn),
    standing: facts.isCancelled ? "ANNULÉ" : null,
    blocks: [
      strongParagraph(sentence),
      { kind: "heading", level: 2, id: "base", text: "Base de calcul" },
      {
        kind: "definitions",
        entries: [
          { term: "Total des dépenses", detail: formatCents(call.total) },
          {
            term: "Poids",
            detail: `${formatInteger(weight)} sur ${formatInteger(totalWeight)}, soit ${formatPercent(weight / totalWeight, 3)}`,
          },
          { term: "Part", detail: formatCents(share.share) },
        ],
      },
      paragraph(describeChoice(snapshot.choice, snapshot.choiceBasis)),
      ...(snapshot.population === null ? [] : [paragraph(describePopulation(snapshot.population))]),
      { kind: "heading", level: 2, id: "factures", text: "Dépenses, factures et décisions" },
      composeDetailTable(snapshot, memberId),
      composeInvoiceTable(snapshot),
      {
        kind: "together",
        blocks: [
          ...(share.owed > 0 ? composeTitleData(snapshot, rank, member, lead ?? null) : []),
          ...composeFollowUp(facts),
          ...(share.isUnderTitleMinimum
            ? [
                note(
                  `La part est inférieure à ${formatCents(call.titleMinimum.amount)}, minimum usuel d’un titre de recettes${NBSP}: à vérifier avec le comptable.`,
                ),
              ]
            : []),
          ...(share.isLead ? [] : [note(debtorNote(snapshot, memberId))]),
          note(NOT_ACCOUNTING),
        ],
      },
    ],
  };
}

/** What the lead's accountant needs to draw up the « titre »: its number, its date and its account are theirs to give. */
function composeTitleData(
  snapshot: CallSnapshot,
  rank: number,
  { organizationId, debtor }: CallMember,
  lead: CallMember | null,
): readonly PlainBlock[] {
  const share = snapshot.call.statements.find(({ memberId }) => memberId === organizationId);
  const withSiret = ({ name, siret }: { readonly name: string; readonly siret: string | null }) =>
    `${name}, ${siret === null ? `SIRET à compléter` : `SIRET ${siret}`}`;
  return [
    { kind: "heading", level: 2, id: "titre", text: "Données pour le projet de titre" },
    {
      kind: "definitions",
      entries: [
        { term: "Débiteur", detail: withSiret(debtor) },
        { term: "Créancier", detail: lead === null ? "" : withSiret(lead) },
        { term: "Objet", detail: titleObject(snapshot, rank) },
        { term: "Montant", detail: formatCents(share?.owed ?? toCents(0)) },
        {
          term: "Pièces",
          detail: `cet état, ${count(snapshot.invoices.length, "facture", "factures")} et les décisions citées, la convention`,
        },
      ],
    },
  ];
}

function titleObject(snapshot: CallSnapshot, rank: number): string {
  return `Participation aux dépenses ${snapshot.call.year} du réseau (${callReference(snapshot.call.year, rank).toLowerCase()}), convention, art.${NBSP}4.2.1`;
}

function note(text: string): PlainBlock {
  return { kind: "note", text };
}

function objectOf(snapshot: CallSnapshot, expenseId: string): string {
  return snapshot.invoices.find((invoice) => invoice.expenseId === expenseId)?.object ?? expenseId;
}

function composeDetailTable(snapshot: CallSnapshot, memberId: OrganizationId): PlainBlock {
  const { detail } = snapshot.call;
  const rows = detail.rows.map(({ id, amount, cells }) => [
    objectOf(snapshot, id),
    formatCents(amount),
    formatCents(cells.find((cell) => cell.memberId === memberId)?.cents ?? toCents(0)),
  ]);
  const share = detail.annual.shares.find(({ id }) => id === memberId)?.cents ?? toCents(0);
  return {
    kind: "table",
    caption: "Part par dépense",
    columns: [
      { label: "Dépense", align: START },
      { label: "Montant", align: END },
      { label: "Part du CCAS", align: END },
    ],
    rows: [...rows, ["Total", formatCents(snapshot.call.total), formatCents(share)]],
  };
}

function composeInvoiceTable(snapshot: CallSnapshot): PlainBlock {
  return {
    kind: "table",
    caption: "Factures avancées par le pilote",
    columns: [
      { label: "Facture", align: START },
      { label: "Date", align: START },
      { label: "Décision", align: START },
      { label: "Mandat", align: START },
      { label: "Montant", align: END },
    ],
    rows: snapshot.invoices.map((invoice) => [
      `${invoice.supplier}, n°${NBSP}${invoice.number}`,
      formatShortDate(invoice.datedOn),
      invoice.decisionNumber ?? "",
      invoice.mandate ?? "",
      formatCents(invoice.amount),
    ]),
  };
}

function composeFollowUp(facts: StatementFacts): readonly PlainBlock[] {
  const { title, deposit, payments } = facts;
  const items = [
    ...(title ? [`Titre n°${NBSP}${title.number} du ${formatDate(title.date)}`] : []),
    ...(deposit ? [`Dépôt Chorus Pro ${deposit.chorusReference} du ${formatDate(deposit.date)}`] : []),
    ...payments.map(
      ({ amount, date, reference }) => `${formatCents(amount)} reçus le ${formatDate(date)}, référence ${reference}`,
    ),
  ];
  if (items.length === 0) return [];
  return [
    { kind: "heading", level: 2, id: "suivi", text: "Titre, dépôt et paiements notés" },
    { kind: "list", ordered: false, items },
  ];
}

/** The proof of so many members fits on one sheet of paper, with its steps. */
const MOST_MEMBERS_ON_A_SHEET = 20;

/** The whole call: every share, the detail by expense, the proof. */
export function composeCallDocument(snapshot: CallSnapshot, rank: number, isCancelled: boolean): DocumentModel {
  const { call, members } = snapshot;
  const nameOf = new Map(members.map(({ organizationId, name }) => [organizationId, name]));
  const weights = new Map(call.weights.map(({ id, weight }) => [id, weight]));
  const sheet = proofSheetOf(snapshot);
  const proof: readonly PlainBlock[] = [
    { kind: "heading", level: 2, id: "preuve", text: "Feuille de preuve" },
    {
      kind: "table",
      caption: "Calcul, en centimes",
      columns: [
        { label: "CCAS", align: START },
        { label: "Fraction", align: END },
        { label: "Quotient", align: END },
        { label: "Reste", align: END },
        { label: "Rang", align: END },
        { label: "Part", align: END },
      ],
      rows: sheet.rows.map((row) => [
        row.label,
        row.fraction,
        row.quotient,
        row.remainder,
        `${row.rank}${row.extraCent === "" ? "" : ` (${row.extraCent})`}`,
        formatCents(row.cents),
      ]),
    },
    { kind: "list", ordered: true, items: [...sheet.steps, sheet.check.sentence] },
  ];
  return {
    language: "fr",
    title: callTitle(snapshot),
    subtitle: `${count(call.invoices.length, "facture avancée", "factures avancées")}, ${count(members.length, "CCAS", "CCAS")}`,
    issuer: snapshot.networkName,
    reference: callReference(call.year, rank),
    date: formatDate(call.issuedOn),
    standing: isCancelled ? "ANNULÉ" : null,
    blocks: [
      strongParagraph(
        `${formatCents(call.total)} à répartir, dont ${formatCents(call.claimed)} appelés${NBSP}: le pilote garde sa part.`,
      ),
      paragraph(describeChoice(snapshot.choice, snapshot.choiceBasis)),
      ...(snapshot.population === null ? [] : [paragraph(describePopulation(snapshot.population))]),
      {
        kind: "table",
        caption: "Parts",
        columns: [
          { label: "CCAS", align: START },
          { label: "Poids", align: END },
          { label: "Part", align: END },
          { label: "Appelé", align: END },
        ],
        rows: [
          ...statementsBySeat(snapshot).map(({ memberId, share, owed }) => [
            nameOf.get(memberId) ?? memberId,
            formatInteger(weights.get(memberId) ?? 0),
            formatCents(share),
            formatCents(owed),
          ]),
          [
            "Total",
            formatInteger(Number(call.detail.annual.totalWeight)),
            formatCents(call.total),
            formatCents(call.claimed),
          ],
        ],
      },
      composeInvoiceTable(snapshot),
      note(debtorNote(snapshot, null)),
      note(NOT_ACCOUNTING),
      ...(members.length > MOST_MEMBERS_ON_A_SHEET ? proof : [{ kind: "together" as const, blocks: proof }]),
    ],
  };
}

const euros = (cents: number): number => cents / 100;

export const CALL_HEADING: readonly string[] = [
  ...["appel", "nature", "emis_le", "ccas", "siret", "code_commune", "poids", "part_euros", "appele_euros", "etat"],
  ...["debiteur", "debiteur_nature", "debiteur_siret", "objet_du_titre"],
  ...["titre_numero", "titre_date", "chorus_reference", "paye_euros", "reste_euros", "source_des_poids"],
];

/** Every share of a call, a row each. */
export function composeCallCsv(...call: Parameters<typeof tabulateCall>): string {
  const { heading, rows } = tabulateCall(...call);
  return composeCsv(heading, rows);
}

/** The same for any spreadsheet. */
export function tabulateCall(
  snapshot: CallSnapshot,
  rank: number,
  statements: readonly {
    readonly memberId: string;
    readonly facts: StatementFacts;
    readonly status: StatementStatus;
  }[],
): { readonly heading: readonly string[]; readonly rows: readonly (readonly CsvCell[])[] } {
  const { call, members, population } = snapshot;
  const followed = new Map(statements.map((statement) => [statement.memberId, statement]));
  const weights = new Map<string, number>(call.weights.map(({ id, weight }) => [id, weight]));
  const rows = statementsBySeat(snapshot).map(({ memberId, share, owed }): readonly CsvCell[] => {
    const member = members.find(({ organizationId }) => organizationId === memberId);
    const state = followed.get(memberId);
    const facts = state?.facts ?? null;
    return [
      ...[`${call.year}-${rank}`, call.kind === "annual" ? "annuel" : "complémentaire", call.issuedOn],
      ...[member?.name ?? memberId, member?.siret ?? null, member?.communeCode ?? null, weights.get(memberId) ?? null],
      ...[euros(share), euros(owed), state ? STATEMENT_LABELS[state.status] : null],
      ...(member === undefined || owed === 0
        ? [null, null, null, null]
        : [member.debtor.name, DEBTOR_LABELS[member.debtor.kind], member.debtor.siret, titleObject(snapshot, rank)]),
      ...[facts?.title?.number ?? null, facts?.title?.date ?? null, facts?.deposit?.chorusReference ?? null],
      facts === null ? null : euros(facts.payments.reduce((sum, { amount }) => sum + amount, 0)),
      facts === null ? null : euros(outstandingOf(facts)),
      population === null ? describeChoice(snapshot.choice, snapshot.choiceBasis) : describePopulation(population),
    ];
  });
  return { heading: CALL_HEADING, rows };
}

/** What one CCAS owes, an expense a row, with the invoices and decisions behind it. */
export function composeStatementCsv(snapshot: CallSnapshot, rank: number, memberId: OrganizationId): string {
  const { call, invoices, members } = snapshot;
  const member = members.find(({ organizationId }) => organizationId === memberId);
  const name = member?.name ?? memberId;
  const heading = [
    ...[
      "appel",
      "ccas",
      "debiteur",
      "debiteur_siret",
      "depense",
      "factures",
      "decisions",
      "mandats",
      "montant_euros",
      "part_euros",
    ],
  ];
  const rows = call.detail.rows.map(({ id, amount, cells }): readonly CsvCell[] => {
    const own = invoices.filter(({ expenseId }) => expenseId === id);
    const joined = (read: (invoice: (typeof own)[number]) => string | null) =>
      [...new Set(own.flatMap((invoice) => read(invoice) ?? []))].join(", ");
    return [
      ...[
        `${call.year}-${rank}`,
        name,
        member?.debtor.name ?? null,
        member?.debtor.siret ?? null,
        own[0]?.object ?? id,
        joined(({ supplier, number }) => `${supplier} ${number}`),
      ],
      ...[joined(({ decisionNumber }) => decisionNumber), joined(({ mandate }) => mandate), euros(amount)],
      euros(cells.find((cell) => cell.memberId === memberId)?.cents ?? 0),
    ];
  });
  return composeCsv(heading, rows);
}

/** The mail that reminds a CCAS of what is outstanding; it claims nothing that is not recorded. */
export function composeReminder(
  snapshot: CallSnapshot,
  facts: StatementFacts,
  { memberId, address }: { readonly memberId: OrganizationId; readonly address: string },
): { readonly subject: string; readonly text: string } {
  const member = snapshot.members.find(({ organizationId }) => organizationId === memberId);
  const outstanding: Cents = outstandingOf(facts);
  const title =
    facts.title === null
      ? "Aucun titre de recettes n’est encore enregistré sur le portail."
      : `Titre de recettes n°${NBSP}${facts.title.number} du ${formatDate(facts.title.date)}.`;
  return {
    subject: `${callTitle(snapshot)}${NBSP}: ${formatCents(outstanding)} en attente, ${member?.name ?? ""}`,
    text: [
      "Bonjour,",
      "",
      `Sauf erreur, la part ${member ? withArticle(member.name, "du ") : "de votre CCAS"} dans l’${callTitle(snapshot).toLowerCase()} du réseau ${snapshot.networkName} reste à payer pour ${formatCents(outstanding)}.`,
      title,
      "",
      `L’état liquidatif, les factures et le calcul${NBSP}: ${address}`,
      "",
      `Si le paiement est déjà fait, indiquez sa référence au secrétariat${NBSP}: le portail ne le sait pas.`,
    ].join("\n"),
  };
}
