import { describe, expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import { composeCallDocument, composeReminder, composeStatement } from "~/documents/funding-call";
import { draftCall } from "~/features/funding/call-draft.server";
import { cancelIssuedCall, followStatement, issueCall } from "~/features/funding/commands.server";
import { findCall } from "~/features/funding/queries.server";
import { dayOf, organizationOf, type TownKey } from "../../support/database";
import { createPaidYear } from "./paid-year";

async function issue() {
  const committee = await createPaidYear([{ key: "salle", cents: 118_040 }]);
  const { db, networkId } = committee;
  const request = {
    callId: "appel-1",
    year: 2026,
    leftIds: [],
    issuedOn: dayOf("2026-09-01"),
    intact: new Set<string>(),
  };
  const { fingerprint } = await draftCall(db, networkId, request);
  const context = await committee.contextOf("secretary");
  await issueCall(context, { cle: "appel-1", year: 2026, leftIds: [], fingerprint: fingerprint ?? "" });
  const read = async (town: TownKey) => {
    const call = await findCall(db, networkId, "appel-1");
    const memberId = organizationOf("blain", town);
    const statement = call?.statements.find((one) => one.memberId === memberId);
    if (!call || !statement) throw new Error("The call exists");
    const subject = {
      snapshot: call.snapshot,
      rank: 1,
      memberId: statement.member.organizationId,
      facts: statement.facts,
    };
    return { subject, text: JSON.stringify(composeStatement(subject)).replace(/[\u00a0\u202f]/g, " ") };
  };
  return { context, read };
}

describe("l’état liquidatif d’un CCAS — convention, art. 4.2.1", () => {
  it("dit la somme, le calcul, la facture, la décision et le mandat ; ni titre ni paiement", async () => {
    const { read } = await issue();
    const { text } = await read("bouvron");
    // 1 180,40 × 3 153 / 23 371, by hand.
    expect(text).toContain("Le CCAS de Bouvron doit 159,25 € au CCAS de Blain, qui a avancé les dépenses de l’année.");
    for (const words of ["3 153 sur 23 371", "millésime 2023", "Fournisseur salle, n° salle", "2026-1", "MD-salle"])
      expect(text).toContain(words);
    expect(text).toContain("n’est pas un titre de recettes");
    expect(text).not.toMatch(/pay[ée]|reçu|Chorus/i);
  });

  it("le pilote garde sa part et ne doit rien", async () => {
    const { text } = await (await issue()).read("blain");
    expect(text).toContain("il garde sa part de 524,06 €");
    expect(text).not.toContain("doit");
  });

  it("ne parle d’un paiement qu’avec sa référence ; annulé, il le porte", async () => {
    const { context, read } = await issue();
    const target = { callId: "appel-1", organizationId: organizationOf("blain", "bouvron") };
    const day = dayOf("2026-09-01");
    const follow = async (cle: string, event: Parameters<typeof followStatement>[2]["event"]) =>
      expect(await followStatement(context, target, { cle, event })).toMatchObject({ ok: true });
    await follow("t", { kind: "title", number: "T-12", date: day });
    await follow("p", { kind: "payment", reference: "VIR-9", date: day, amount: toCents(5_000) });
    expect((await read("bouvron")).text).toMatch(/50,00 € reçus le 1er septembre 2026, référence VIR-9/);
    const { subject } = await read("bouvron");
    const mail = composeReminder(subject.snapshot, subject.facts, { memberId: subject.memberId, address: "https://x" });
    expect(mail.text.replace(/[\u00a0\u202f]/g, " ")).toMatch(/part du CCAS de Bouvron.*109,25 €/);
    expect(await cancelIssuedCall(context, "appel-1", "Erreur")).toMatchObject({ ok: true });
    expect((await read("bouvron")).text).toContain('"standing":"ANNULÉ"');
  });

  it("l’appel entier porte la feuille de preuve et son contrôle", async () => {
    const { subject } = await (await issue()).read("bouvron");
    const text = JSON.stringify(composeCallDocument(subject.snapshot, 1, false)).replace(/[\u00a0\u202f]/g, " ");
    expect(text).toContain("118 040 × 3 153 / 23 371");
    expect(text).toContain("égalité exacte");
  });
});
