import { beforeEach, describe, expect, it } from "vitest";
import { toPlainDate } from "~/domain/kernel/plain-date";
import { decisionMessage, observationMessage } from "~/features/observatory/messages.fr";
import {
  countPublicAdditions,
  decideObservation,
  listObservations,
  recordObservation,
} from "~/features/observatory/observations.server";
import type { ObservationInput } from "~/features/observatory/form";
import { createCommittee, type Committee } from "../../support/database";

const OBSERVED: ObservationInput = {
  ...{
    cle: "obs-1",
    observedOn: toPlainDate("2026-08-01"),
    partnerKind: "association",
    office: "Antenne locale",
    theme: "revenus",
  },
  text: "Les demandes d’aide alimentaire arrivent plus tôt dans le mois.",
};
const VISITOR = { personId: null, isAdministrator: false, roles: [] };

describe("observations de terrain — ce que les chiffres ne disent pas, sans nommer personne", () => {
  let committee: Committee;
  beforeEach(async () => {
    committee = await createCommittee();
  });

  it.each([
    ["une date à venir", { observedOn: toPlainDate("2026-09-02") }, "observed-in-the-future"],
    ["une commune d’ailleurs", { communeCode: "75056" }, "commune-unknown"],
    ["une personne nommée", { text: "Mme Martin ne peut plus payer son loyer depuis mars." }, "names-someone"],
    ["un téléphone", { text: "Rappeler la famille au 06 12 34 56 78 dès lundi." }, "names-someone"],
    ["un service qui est une personne", { office: "Monsieur Durand" }, "names-someone"],
  ] as const)("%s : refusée, rien n’est écrit", async (_, change, refusal) => {
    expect(await recordObservation(await committee.contextOf("agent"), { ...OBSERVED, ...change })).toEqual({
      ok: false,
      refusal,
    });
    expect(observationMessage(refusal).length).toBeGreaterThan(20);
    expect(await committee.db.selectFrom("observation").selectAll().execute()).toEqual([]);
  });

  it("n’est lue que de qui l’a écrite et du secrétariat, jusqu’à la décision du CCAS pilote", async () => {
    const [agent, secretary, elected] = [
      await committee.contextOf("agent"),
      await committee.contextOf("secretary"),
      await committee.contextOf("bouvron"),
    ];
    await recordObservation(agent, OBSERVED);
    await recordObservation(agent, OBSERVED);
    const seen = async () =>
      Promise.all(
        [agent.actor, secretary.actor, elected.actor, VISITOR].map(
          async (actor) => (await listObservations(committee.db, committee.networkId, actor)).length,
        ),
      );
    expect(await seen()).toEqual([1, 1, 0, 0]);
    expect(await decideObservation(secretary, "obs-1", { cle: "d-1", outcome: "members", note: "" })).toEqual({
      ok: true,
      value: null,
    });
    expect(await seen()).toEqual([1, 1, 1, 0]);
    await decideObservation(secretary, "obs-1", { cle: "d-2", outcome: "public", note: "" });
    expect(await seen()).toEqual([1, 1, 1, 1]);
    expect((await countPublicAdditions(committee.db, committee.networkId)).observations).toBe(1);
    const kinds = await committee.db.selectFrom("registerEntry").select("kind").orderBy("sequence").execute();
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "observation-recorded",
      "observation-decided",
      "observation-decided",
    ]);
  });

  it.each([
    ["ne pas la retenir sans motif", { outcome: "rejected", note: "" }, "reason-missing"],
    ["décider la même chose", { outcome: "public", note: "" }, "same-outcome"],
  ] as const)("%s : refusé", async (_, input, refusal) => {
    await recordObservation(await committee.contextOf("agent"), OBSERVED);
    const secretary = await committee.contextOf("secretary");
    await decideObservation(secretary, "obs-1", { cle: "d-1", outcome: "public", note: "" });
    expect(await decideObservation(secretary, "obs-1", { cle: "d-2", ...input })).toEqual({ ok: false, refusal });
    expect(decisionMessage(refusal).length).toBeGreaterThan(20);
  });

  it("un autre réseau n’y trouve rien", async () => {
    await recordObservation(await committee.contextOf("agent"), OBSERVED);
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "ailleurs" });
    const stranger = await other.contextOf("secretary");
    expect(await listObservations(committee.db, other.networkId, stranger.actor)).toEqual([]);
    expect(await decideObservation(stranger, "obs-1", { cle: "d-1", outcome: "public", note: "" })).toEqual({
      ok: false,
      refusal: "observation-unknown",
    });
  });
});
