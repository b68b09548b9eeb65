import { expect, it } from "vitest";
import { toCents } from "~/domain/kernel/money";
import { composeScdlSubsidies } from "~/documents/subsidies";
import { recordAnswer, recordPayment, requestSubsidy } from "~/features/subsidies/commands.server";
import { findSubsidy, loadPublication } from "~/features/subsidies/queries.server";
import { createCommittee, dayOf } from "../../support/database";

const asked = {
  ...{ cle: "sub-1", year: 2026, funder: "=Caisse, agricole", funderSiret: "23350001600040", isCofunding: true },
  ...{ object: 'Journée "annuelle"', requested: toCents(300_000), requestedOn: dayOf("2026-02-01") },
  ...{ nature: "cash" as const, conditions: "unique" },
};
const yes = { answer: "agreed" as const, on: dayOf("2026-05-10"), granted: toCents(200_050), reference: "CONV-1" };

it("demande, accord, versement, information ; un double envoi est une seule demande", async () => {
  const committee = await createCommittee();
  const secretary = await committee.contextOf("secretary");
  for (const _ of [1, 2]) expect((await requestSubsidy(secretary, asked)).ok).toBe(true);
  expect(
    await recordPayment(secretary, "sub-1", { on: dayOf("2026-06-01"), paid: toCents(1), reference: "V" }),
  ).toEqual({ ok: false, refusal: "not-agreed" });
  expect((await recordAnswer(secretary, "sub-1", yes)).ok).toBe(true);
  expect((await findSubsidy(committee.db, committee.networkId, "sub-1"))?.mustInform).toBe(false);
  expect(
    (await recordPayment(secretary, "sub-1", { on: dayOf("2026-06-01"), paid: toCents(200_050), reference: "VIR" })).ok,
  ).toBe(true);
  const acts = await committee.db.selectFrom("registerEntry").select("kind").orderBy("sequence").execute();
  expect(acts.map(({ kind }) => kind)).toEqual([
    "subsidy-requested",
    "subsidy-answered",
    "subsidy-informed",
    "subsidy-paid",
  ]);

  const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
  expect(await recordAnswer(await other.contextOf("secretary"), "sub-1", yes)).toEqual({
    ok: false,
    refusal: "subsidy-unknown",
  });

  expect((await loadPublication(committee.db, committee.networkId, 2026)).incomplete[0]?.gaps).toEqual([
    "beneficiary-siret",
  ]);
  await committee.db
    .updateTable("organization")
    .set({ siret: "21060004500392" })
    .where("id", "=", "org-blain-blain")
    .execute();
  const { lines } = await loadPublication(committee.db, committee.networkId, 2026);
  expect(composeScdlSubsidies(lines)).toBe(
    "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,dispositifAide\r\n" +
      `"'=Caisse, agricole",23350001600040,2026-05-10,CONV-1,CCAS de Blain,21060004500392,,"Journée ""annuelle""",2000.50,aide en numéraire,unique,2026-06-01,,non,1.00,\r\n`,
  );
});
