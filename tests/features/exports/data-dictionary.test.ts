import { describe, expect, it } from "vitest";
import { apportion } from "~/domain/apportionment/split-by-weight";
import { toCents } from "~/domain/kernel/money";
import { DATA_DICTIONARY } from "~/documents/data-dictionary";
import { composeCallCsv, composeStatementCsv } from "~/documents/funding-call";
import {
  BUDGET_HEADING,
  LOANS_HEADING,
  nameCells,
  REGISTRATIONS_HEADING,
  SUBSIDY_REQUESTS_HEADING,
  TIME_HEADING,
} from "~/documents/money-tables";
import { composeProofCsv, composeProofSheet } from "~/documents/proof-sheet";
import { composeTrackingCsv } from "~/documents/quorum-tracking";
import { composeScdlSubsidies } from "~/documents/subsidies";
import { decisionsToCsv } from "~/features/decisions/export.server";
import { issueCall } from "~/features/funding/commands.server";
import { draftCall } from "~/features/funding/call-draft.server";
import { findCall } from "~/features/funding/queries.server";
import { expensesToCsv } from "~/features/spending/export.server";
import { dayOf, organizationOf } from "../../support/database";
import { createPaidYear } from "../funding/paid-year";

/** The heading of an export, as a spreadsheet reads it. */
const headingOf = (csv: string, separator = ";") =>
  (csv.replace("\ufeff", "").split("\r\n")[0] ?? "").split(separator).map((cell) => cell.replace(/^"|"$/g, ""));

const described = (key: string) => DATA_DICTIONARY.find((one) => one.key === key)?.columns.map(({ name }) => name);

describe("le dictionnaire des données dit chaque colonne de chaque export, dans l’ordre", () => {
  const sheet = composeProofSheet({
    ...{ title: "", sources: [], weightName: "habitants", labels: new Map() },
    apportionment: apportion(toCents(1), [{ id: "a", weight: 1 }]),
  });
  it.each([
    ["decisions", headingOf(decisionsToCsv([]))],
    ["quorum", headingOf(composeTrackingCsv([], []))],
    ["depenses", headingOf(expensesToCsv([]))],
    ["preuve", headingOf(composeProofCsv(sheet))],
    ["subventions", headingOf(composeScdlSubsidies([]), ",")],
    ["budget", [...BUDGET_HEADING]],
    ["temps-de-travail", [...TIME_HEADING]],
    ["prets", [...LOANS_HEADING]],
    ["inscriptions", [...REGISTRATIONS_HEADING]],
    ["demandes-de-subvention", [...SUBSIDY_REQUESTS_HEADING]],
  ])("%s", (key, heading) => expect(described(key)).toEqual(heading));

  it("appel et état", async () => {
    const committee = await createPaidYear([{ key: "salle", cents: 1_000 }]);
    const { db, networkId } = committee;
    const request = { callId: "appel-1", year: 2026, leftIds: [], issuedOn: dayOf("2026-09-01") };
    const { fingerprint } = await draftCall(db, networkId, { ...request, intact: new Set() });
    await issueCall(await committee.contextOf("secretary"), {
      ...{ cle: "appel-1", year: 2026, leftIds: [], fingerprint: fingerprint ?? "" },
    });
    const call = await findCall(db, networkId, "appel-1");
    if (!call) throw new Error("The call exists");
    expect(described("appel")).toEqual(headingOf(composeCallCsv(call.snapshot, 1, call.statements)));
    const statement = composeStatementCsv(call.snapshot, 1, organizationOf("blain", "bouvron"));
    expect(described("etat")).toEqual(headingOf(statement));
  });

  it("en JSON, un montant est en centimes entiers, et le vide reste vide", () => {
    const table = {
      heading: ["ligne", "prevu_euros", "reste_euros"],
      rows: [
        ["salle", 1180.4, null],
        ["guide", 0.01, -19.99],
      ],
    };
    expect(nameCells(table)).toEqual([
      { ligne: "salle", prevu_centimes: 118_040, reste_centimes: null },
      { ligne: "guide", prevu_centimes: 1, reste_centimes: -1999 },
    ]);
  });

  it("chaque colonne a un sens, chaque clé est seule", () => {
    expect(new Set(DATA_DICTIONARY.map(({ key }) => key)).size).toBe(DATA_DICTIONARY.length);
    for (const { columns } of DATA_DICTIONARY)
      for (const { name, meaning } of columns) expect(meaning.length, name).toBeGreaterThan(3);
  });
});
