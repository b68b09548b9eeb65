import { createHash } from "node:crypto";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { endMandate } from "~/features/people/mandates.server";
import { reportSentence } from "~/features/register/messages.fr";
import { listActs, listJournal, listRegisterFacets } from "~/features/register/queries.server";
import { exportRegister, verifyRegister, verifyRegisters } from "~/features/register/verification.server";
import { writeTransaction } from "~/services/db.server";
import { recordAct } from "~/services/register.server";
import { recordSecurityEvent } from "~/services/security.server";
import { createCommittee, dayOf, type Committee } from "../../support/database";

async function recordMany(committee: Committee, number: number): Promise<void> {
  const { db, clock, networkId } = committee;
  for (let index = 1; index <= number; index += 1) {
    await writeTransaction(db, (trx) =>
      recordAct(
        trx,
        clock,
        { personId: null, displayName: "Portail" },
        {
          networkId,
          kind: index % 2 === 0 ? "seat-created" : "mandate-ended",
          payload: { rank: index },
        },
      ),
    );
  }
}

/** What somebody with the file of the database in their hands can do. */
async function tamper({ db }: Committee, statement: string): Promise<void> {
  for (const verb of ["update", "delete"]) await sql.raw(`drop trigger register_entry_refuses_${verb}`).execute(db);
  await sql.raw(statement).execute(db);
}

describe("registre des actes : rien ne s’y change ni ne s’y efface", () => {
  it.each(["update register_entry set actor_label = 'x'", "delete from register_entry"])(
    "la base refuse « %s »",
    async (statement) => {
      const committee = await createCommittee();
      await recordMany(committee, 1);
      await expect(sql.raw(statement).execute(committee.db)).rejects.toThrow("append-only");
    },
  );

  it("intact : le compte et la dernière empreinte", async () => {
    const committee = await createCommittee();
    await recordMany(committee, 3);
    const report = await verifyRegister(committee.db, committee.networkId);
    expect(report).toMatchObject({ ok: true, count: 3 });
    expect(reportSentence(report)).toMatch(
      /^Le registre est intact\u00a0: 3\u00a0actes vérifiés, dernière empreinte [0-9a-f]{64}\.$/,
    );
  });

  it.each([
    {
      case: "contenu modifié",
      statement: `update register_entry set payload = '{"rank":9}' where sequence = 2`,
      sentence: "L’acte 2026-0002 a été modifié après coup : son contenu ne donne plus son empreinte.",
    },
    {
      case: "acteur remplacé",
      statement: "update register_entry set actor = 'person-blain-agent' where sequence = 2",
      sentence: "L’acte 2026-0002 a été modifié après coup : son contenu ne donne plus son empreinte.",
    },
    {
      case: "acte retiré",
      statement: "delete from register_entry where sequence = 2",
      sentence: "L’acte 2026-0002 manque : il a été retiré du registre.",
    },
  ])("derrière le dos de la base, $case : détecté", async ({ statement, sentence }) => {
    const committee = await createCommittee();
    await recordMany(committee, 3);
    await tamper(committee, statement);
    const [network] = await verifyRegisters(committee.db, "blain");
    expect(network?.report.ok).toBe(false);
    expect(network && reportSentence(network.report)).toBe(sentence);
  });

  it("chaque réseau a sa chaîne ; une adresse inconnue n’en donne aucune", async () => {
    const committee = await createCommittee();
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    await recordMany(committee, 2);
    await recordMany(other, 1);
    const reports = await verifyRegisters(committee.db, null);
    expect(reports.map(({ slug, report }) => [slug, report.ok && report.count])).toEqual([
      ["autre", 1],
      ["blain", 2],
    ]);
    expect(await verifyRegisters(committee.db, "nulle-part")).toEqual([]);
  });

  it("l’export se vérifie sans le portail : chaque ligne redonne son empreinte et porte celle d’avant", async () => {
    const committee = await createCommittee();
    const context = await committee.contextOf("secretary");
    await endMandate(context, { mandateId: "mandate-blain-bouvron", endsOn: dayOf("2026-09-30") });
    await endMandate(context, { mandateId: "mandate-blain-blain", endsOn: dayOf("2026-09-30") });
    const lines = (await exportRegister(committee.db, committee.networkId)).trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    let previous = "0".repeat(64);
    for (const line of lines) {
      const { hash } = JSON.parse(line) as { hash: string };
      const sealed = line.replace(`"hash":"${hash}",`, "");
      expect(createHash("sha256").update(sealed).digest("hex")).toBe(hash);
      expect(sealed).toContain(`"previousHash":"${previous}"`);
      previous = hash;
    }
  });
});

describe("lire le registre", () => {
  it("par pages de 20, la dernière d’abord, filtré par nature, sans les actes d’un autre réseau", async () => {
    const committee = await createCommittee();
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    await recordMany(committee, 53);
    await recordMany(other, 1);
    const everything = { year: null, kind: null };
    const first = await listActs(committee.db, committee.networkId, { filter: everything, page: 1 });
    expect([first.total, first.acts.length, first.acts[0]?.number]).toEqual([53, 20, 53]);
    const second = await listActs(committee.db, committee.networkId, { filter: everything, page: 3 });
    expect(second.acts.map(({ number }) => number)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    const kind = "seat-created" as const;
    const created = await listActs(committee.db, committee.networkId, { filter: { year: 2026, kind }, page: 1 });
    expect(created.total).toBe(26);
    const elsewhen = await listActs(committee.db, committee.networkId, { filter: { year: 2025, kind: null }, page: 1 });
    expect(elsewhen.total).toBe(0);
    expect((await listRegisterFacets(committee.db, committee.networkId)).years).toEqual([2026]);
  });

  it("journal de sécurité : celui de ce réseau seulement", async () => {
    const committee = await createCommittee();
    const personId = committee.personOf("agent");
    for (const networkId of [committee.networkId, "network-autre-main", null]) {
      await recordSecurityEvent(committee.db, committee.clock, {
        kind: "access-refused",
        personId,
        networkId,
        detail: `meeting.plan GET /${networkId}`,
      });
    }
    const journal = await listJournal(committee.db, committee.networkId, 1);
    expect(journal.total).toBe(1);
    expect(journal.entries[0]).toMatchObject({ kind: "access-refused", displayName: "Élu·e référent·e, agent" });
  });
});
