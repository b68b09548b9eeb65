import { describe, expect, it } from "vitest";
import { parseRenewal, type RenewalInput, type RenewedRole } from "~/features/people/form";
import { renewalMessage } from "~/features/people/messages.fr";
import { previewRenewal, renewCommittee } from "~/features/people/renewal.server";
import { createCommittee, dayOf, type Committee, type TownKey } from "../../support/database";

const FLAGS = { isMunicipalOfficial: true, isInChargeOfSocialAffairs: true };
const KEEP: RenewedRole = { choice: "keep", ...FLAGS };
const VACANT: RenewedRole = { choice: "vacant", ...FLAGS };
const ANNE: RenewedRole = {
  choice: "other",
  ...FLAGS,
  person: { kind: "new", email: "anne@bouvron.example", displayName: "Anne Le Goff", functionLabel: "" },
};
const CCAS: readonly TownKey[] = [
  "blain",
  "bouvron",
  "la-chevallerais",
  "fay-de-bretagne",
  "le-gavre",
  "notre-dame-des-landes",
];

/** Everybody kept, Bouvron replaced, Le Gâvre vacant; the department unchanged. */
function renewal(titulars: Partial<Record<TownKey, RenewedRole>> = {}): RenewalInput {
  const chosen = { bouvron: ANNE, "le-gavre": VACANT, ...titulars };
  return {
    cle: "renewal-1",
    date: dayOf("2026-10-01"),
    plan: undefined,
    seats: [
      ...CCAS.map((key) => ({
        seatId: `seat-blain-${key}`,
        titular: (chosen as Partial<Record<TownKey, RenewedRole>>)[key] ?? KEEP,
        substitute: VACANT,
        basis: "Délibération d’installation",
      })),
      {
        seatId: "seat-blain-departement",
        titular: { choice: "unchanged", ...FLAGS } as RenewedRole,
        substitute: VACANT,
        basis: "",
      },
    ],
  };
}

async function confirmed(committee: Committee, input: RenewalInput): Promise<RenewalInput> {
  const preview = await previewRenewal(await committee.contextOf("secretary"), input);
  return { ...input, plan: preview.ok ? preview.value.fingerprint : undefined };
}

const actKinds = async ({ db }: Committee): Promise<readonly string[]> =>
  (await db.selectFrom("registerEntry").select("kind").orderBy("sequence").execute()).map(({ kind }) => kind);

describe("renouvellement après les élections municipales", () => {
  it("relire n’écrit rien et dit tout", async () => {
    const committee = await createCommittee();
    const preview = await previewRenewal(await committee.contextOf("secretary"), renewal());
    expect(preview).toMatchObject({
      ok: true,
      value: { plan: { ends: { length: 6 }, starts: { length: 5 }, vacantSeats: ["seat-blain-le-gavre"] } },
    });
    expect(await actKinds(committee)).toEqual([]);
    expect(await committee.db.selectFrom("person").select("id").execute()).toHaveLength(10);
  });

  it("confirmer : un acte par mandat, dans l’ordre ; confirmer deux fois n’y change rien", async () => {
    const committee = await createCommittee();
    const context = await committee.contextOf("secretary");
    const input = await confirmed(committee, renewal());
    expect(await renewCommittee(context, input)).toEqual({ ok: true, value: { ended: 6, started: 5 } });
    expect((await renewCommittee(context, input)).ok).toBe(true);
    expect(await actKinds(committee)).toEqual([
      ...Array<string>(6).fill("mandate-ended"),
      ...Array<string>(5).fill("mandate-recorded"),
    ]);
    const rows = await committee.db
      .selectFrom("mandate")
      .select(["seatId", "startsOn", "endsOn"])
      .where("seatId", "in", ["seat-blain-bouvron", "seat-blain-departement", "seat-blain-le-gavre"])
      .orderBy("seatId")
      .orderBy("startsOn")
      .execute();
    expect(rows).toEqual([
      { seatId: "seat-blain-bouvron", startsOn: "2026-04-01", endsOn: "2026-09-30" },
      { seatId: "seat-blain-bouvron", startsOn: "2026-10-01", endsOn: null },
      { seatId: "seat-blain-departement", startsOn: "2026-04-01", endsOn: null },
      { seatId: "seat-blain-le-gavre", startsOn: "2026-04-01", endsOn: "2026-09-30" },
    ]);
  });

  it("le comité a changé depuis la relecture : rien n’est enregistré", async () => {
    const committee = await createCommittee();
    const input = await confirmed(committee, renewal());
    await committee.db
      .updateTable("mandate")
      .set({ endsOn: "2026-09-15" })
      .where("id", "=", "mandate-blain-le-gavre")
      .execute();
    const decision = await renewCommittee(await committee.contextOf("secretary"), input);
    expect(decision).toEqual({ ok: false, refusal: { kind: "plan-changed" } });
    expect(await actKinds(committee)).toEqual([]);
  });

  it.each([
    { case: "personne non élue", titulars: { bouvron: { ...ANNE, isMunicipalOfficial: false } } },
    { case: "deux sièges à une même personne nouvelle", titulars: { "le-gavre": ANNE } },
    {
      case: "une personne d’un autre réseau",
      titulars: { bouvron: { ...ANNE, person: { kind: "known", personId: "person-autre-blain" } } },
    },
  ] as const)("$case : refusé avec une phrase", async ({ titulars }) => {
    const committee = await createCommittee();
    await createCommittee({ db: committee.db, clock: committee.clock, slug: "autre" });
    const preview = await previewRenewal(await committee.contextOf("secretary"), renewal(titulars));
    expect(preview.ok).toBe(false);
    if (!preview.ok) {
      const names = { seat: () => "CCAS", person: () => "Anne Le Goff" };
      expect(renewalMessage(preview.refusal, names).text).toMatch(/[.]$/);
    }
  });

  it("un siège que personne n’occupe ne peut pas être reconduit", async () => {
    const committee = await createCommittee({ vacant: ["blain"] });
    const preview = await previewRenewal(await committee.contextOf("secretary"), renewal());
    expect(preview).toMatchObject({ ok: false, refusal: { kind: "nobody-to-keep", seatId: "seat-blain-blain" } });
  });

  it("le formulaire exige un nom et une adresse pour une nouvelle personne", () => {
    const form = new FormData();
    for (const [name, value] of [
      ["cle", "renewal-1"],
      ["date", "2026-10-01"],
      ["seats[0].seatId", "seat-blain-blain"],
      ["seats[0].titular.choice", "other"],
      ["seats[0].titular.email", "anne@bouvron.example"],
      ["seats[0].substitute.choice", "vacant"],
    ] as const) {
      form.set(name, value);
    }
    const submission = parseRenewal(form);
    expect(submission.status).toBe("error");
    expect(submission.reply().error).toEqual({
      "seats[0].titular.displayName": ["Indiquez le nom de cette personne."],
    });
  });
});
