import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERSONAS, readDatabase, signInByPost, startDemoPortal, type Persona } from "../journeys/demo";
import type { RunningPortal } from "../support/browser";

let portal: RunningPortal;
const cookies = new Map<Persona, string>();
const year = () => readDatabase<{ year: number }>(portal, "select year from network_event")[0]?.year ?? 0;

beforeAll(async () => {
  portal = await startDemoPortal();
  for (const persona of Object.keys(PERSONAS) as Persona[])
    cookies.set(persona, (await signInByPost(portal.address, PERSONAS[persona])).cookie);
}, 60_000);
afterAll(() => portal?.stop());

const EVERYONE = Object.keys(PERSONAS) as readonly Persona[];
const MEMBERS: readonly Persona[] = ["secretary", "official", "department", "agent"];
const ask = (path: string, persona: Persona | null, init: RequestInit = {}) =>
  fetch(`${portal.address}/reseaux/blain${path}`, {
    redirect: "manual",
    ...init,
    headers: { ...init.headers, ...(persona === null ? {} : { Cookie: cookies.get(persona) ?? "" }) },
  });

describe("l’argent du réseau, demandé par HTTP", { timeout: 20_000 }, () => {
  it.each([
    ...["/budget", "/depenses", "/depenses.csv", "/depenses.ods", "/depenses.json", "/appels-de-fonds"].map(
      (path) => [path, MEMBERS] as const,
    ),
    ...["/repartition", "/populations", "/journee-annuelle", "/temps-de-travail", "/salles-et-materiel"].map(
      (path) => [path, MEMBERS] as const,
    ),
    ...["/subventions", "/subventions.csv", "/justificatifs"].map((path) => [path, MEMBERS] as const),
    ...["budget", "appels", "temps-de-travail", "prets", "inscriptions", "demandes-de-subvention"].flatMap((table) =>
      ["csv", "ods", "json"].map((format) => [`/donnees/${table}.${format}`, MEMBERS] as const),
    ),
    ["/justificatifs.zip", ["secretary", "official", "department"]],
    ["/appels-de-fonds/preparer", MEMBERS],
    ["/repartition/choisir", ["secretary"]],
    ["/journee-annuelle/preparer", ["secretary"]],
    ["/temps-de-travail/nouveau", ["secretary"]],
    ["/subventions/nouvelle", ["secretary"]],
  ] as const)("%s", async (path, allowed) => {
    expect((await ask(path, null)).status).toBe(302);
    const answers = await Promise.all(EVERYONE.map(async (who) => [who, (await ask(path, who)).status] as const));
    const expected = EVERYONE.map((who) => [who, (allowed as readonly Persona[]).includes(who) ? 200 : 403] as const);
    expect(answers).toEqual(expected);
  });

  it("un appel ne s’émet ni ne s’annule par qui n’en a pas le droit, et rien n’est écrit", async () => {
    const count = () => readDatabase<{ n: number }>(portal, "select count(*) as n from register_entry")[0]?.n;
    const before = count();
    const [call] = readDatabase<{ id: string }>(portal, "select id from funding_call");
    for (const path of [`/appels-de-fonds/preparer?annee=${year()}`, `/appels-de-fonds/${call?.id ?? "x"}/annuler`])
      for (const who of ["official", "department", "agent", "administrator"] as const) {
        const body = new URLSearchParams({ annee: String(year()), empreinte: "x", reason: "x" });
        expect((await ask(path, who, { method: "POST", body })).status, `${who} ${path}`).toBe(403);
      }
    expect(count()).toBe(before);
  });

  it("chaque lecture du dossier de justificatifs est notée, un refus aussi", async () => {
    const read = () =>
      readDatabase<{ email: string; kind: string }>(
        portal,
        "select person.email, security_event.kind from security_event join person on person.id = security_event.person_id where security_event.kind in ('export', 'access-refused') order by security_event.at, security_event.id",
      );
    const before = read().length;
    for (const who of ["official", "official", "agent"] as const)
      await (await ask(`/justificatifs.zip?annee=${year()}`, who)).arrayBuffer();
    const noted = read().slice(before);
    expect(noted.filter(({ kind }) => kind === "export").map(({ email }) => email)).toEqual([
      ...[PERSONAS.official, PERSONAS.official],
    ]);
    expect(noted.filter(({ email }) => email === PERSONAS.agent)).toHaveLength(1);
    const page = await (await ask(`/justificatifs?annee=${year()}`, "agent")).text();
    expect(page).toContain("CCAS de Bouvron");
  });
});
