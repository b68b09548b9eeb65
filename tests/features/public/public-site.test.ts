import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { listNetworks, listPublicPaths, loadPublicNetwork } from "~/features/public-site/queries.server";
import type { Viewer } from "~/services/actor.server";
import { publicCaching } from "~/services/public-cache.server";
import { createCommittee, createTestDatabase, dayOf, type Committee } from "../../support/database";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8");

async function addMeeting({ db, networkId, personOf }: Committee, id: string, status: string): Promise<void> {
  await db
    .insertInto("meeting")
    .values({
      ...{
        id,
        networkId,
        year: 2026,
        rank: id.length,
        title: `Séance ${status}`,
        status,
        startsAt: "2026-10-01T18:30",
      },
      ...{ convening: "first", firstMeetingId: null, plannedEndAt: null, place: "Blain", outcome: null },
      ...{ remoteLink: "https://visio.example", urgencyReason: null, chairSeatId: null, chairPersonId: null },
      ...{ secretaryPersonId: null, currentItemId: null, rulesContent: null, rulesVersion: null, revision: 1 },
      ...{ seatsSnapshot: null, createdBy: personOf("secretary"), createdAt: "2026-09-01T08:00:00Z" },
    })
    .execute();
}

describe("la page publique d’un réseau", () => {
  it("annonce une séance convoquée, jamais une séance seulement planifiée", async () => {
    const committee = await createCommittee();
    await addMeeting(committee, "m1", "planned");
    const load = () => loadPublicNetwork(committee.db, committee.networkId, dayOf("2026-09-10"));
    expect((await load()).nextMeeting).toBeNull();
    await addMeeting(committee, "m-2", "convened");
    expect((await load()).nextMeeting).toMatchObject({ id: "m-2" });
  });

  it("ne livre ni adresse électronique ni lien de visioconférence", async () => {
    const committee = await createCommittee();
    await addMeeting(committee, "m1", "convened");
    const text = JSON.stringify(await loadPublicNetwork(committee.db, committee.networkId, dayOf("2026-09-10")));
    expect(text).not.toContain("@");
    expect(text).not.toContain("visio.example");
  });

  it("rend inoffensif ce qui est écrit dans la présentation", async () => {
    const { db, networkId } = await createCommittee();
    await db.updateTable("network").set({ presentationMd: "Bonjour <script>alert(1)</script>" }).execute();
    const { presentationHtml } = await loadPublicNetwork(db, networkId, dayOf("2026-09-10"));
    expect(presentationHtml).toContain("Bonjour");
    expect(presentationHtml).not.toContain("script");
  });

  it("dit qu’un siège est vacant", async () => {
    const { db, networkId } = await createCommittee({ vacant: ["bouvron"] });
    const { seats } = await loadPublicNetwork(db, networkId, dayOf("2026-09-10"));
    expect(seats.filter(({ inOffice }) => !inOffice).map(({ label }) => label)).toEqual(["CCAS de Bouvron"]);
  });
});

describe("l’accueil et le plan", () => {
  it("liste chaque réseau avec les sièges qui sont les siens", async () => {
    const { db } = await createCommittee();
    await createCommittee({ db, slug: "autre" });
    expect((await listNetworks(db)).map(({ members }) => members.length)).toEqual([7, 7]);
    expect(await listPublicPaths(db)).toContain("/reseaux/autre/decisions");
  });

  it("sans aucun réseau, ne tombe pas", async () => {
    expect(await listNetworks(await createTestDatabase())).toEqual([]);
  });

  it("ne laisse garder que la page des visiteurs", () => {
    expect(publicCaching(null).headers?.["Cache-Control"]).toBe("public, max-age=0, must-revalidate");
    expect(publicCaching({} as Viewer)).toEqual({});
  });
});

describe("db/README.md", () => {
  it("nomme chaque table de la base", async () => {
    const readme = read("db/README.md");
    const db = await createTestDatabase();
    const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
    const ours = tables.rows.map(({ name }) => name).filter((name) => !/^(sqlite|kysely)_/.test(name));
    expect(ours.length).toBeGreaterThan(30);
    expect(ours.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

/** WCAG 2.2, 1.4.3: relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

describe("contrastes des couleurs (RGAA 3.2, 3.3)", () => {
  const css = read("app/styles/tokens.css");
  const dark = css.indexOf("prefers-color-scheme: dark");
  const schemes = [
    ["clair", css.slice(0, dark)],
    ["sombre", css.slice(dark)],
  ] as const;
  const texts = ["ink", "ink-soft", "accent", "warm", "reached", "missed", "pending"];
  const grounds = ["paper", "sheet", "sunken"];
  const pairs: readonly (readonly [string, string, number])[] = [
    ...texts.flatMap((text) => grounds.map((ground) => [text, ground, 4.5] as const)),
    ...["accent", "warm", "reached", "missed", "pending"].map((tone) => [tone, `${tone}-soft`, 4.5] as const),
    ...["accent", "warm", "reached", "missed", "pending"].map((tone) => ["ink", `${tone}-soft`, 4.5] as const),
    ["accent-ink", "accent", 4.5],
    ...grounds.flatMap((ground) => ["rule-strong", "focus"].map((line) => [line, ground, 3] as const)),
  ];

  it.each(schemes.flatMap(([scheme, text]) => pairs.map((pair) => [scheme, ...pair, text] as const)))(
    "%s : %s sur %s, au moins %d",
    (_scheme, front, ground, least, text) => {
      const colour = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(text)?.[1] ?? "";
      expect(contrast(colour(front), colour(ground))).toBeGreaterThanOrEqual(least);
    },
  );
});
