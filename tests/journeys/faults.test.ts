import { once } from "node:events";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_PASSWORD } from "~/features/account/demo-accounts";
import { launchBrowser, openDevice, signIn, startPortal, type RunningPortal } from "../support/browser";
import {
  bringMeetingForward,
  findFreePort,
  parisIn,
  PERSONAS,
  readDatabase,
  signInByPost,
  startDemoPortal,
  type Persona,
} from "./demo";
import { startMailbox } from "./mailbox";

let portal: RunningPortal;
let browser: Browser;
let meetingId: string;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  portal = await startDemoPortal();
  meetingId = bringMeetingForward(portal);
  browser = await launchBrowser();
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await portal?.stop();
});

const blain = (path: string): string => `${portal.address}/reseaux/blain${path}`;
const countOf = (table: string, where = "1 = 1", ...values: readonly unknown[]): number =>
  readDatabase<{ n: number }>(portal, `select count(*) as n from ${table} where ${where}`, ...values)[0]?.n ?? 0;

async function openAs(persona: Persona): Promise<Page> {
  const context = await openDevice(browser);
  context.setDefaultTimeout(10_000);
  contexts.push(context);
  const page = await context.newPage();
  await signIn(page, portal.address, PERSONAS[persona], DEMO_PASSWORD);
  await page.waitForURL((url) => url.pathname !== "/connexion");
  return page;
}

async function cookieOf(persona: Persona): Promise<string> {
  return (await signInByPost(portal.address, PERSONAS[persona])).cookie;
}

const post = (url: string, cookie: string, fields: Record<string, string>): Promise<Response> =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  });

const newKey = (): string =>
  Array.from({ length: 20 }, () => "abcdefghjkmnpqrstuvwxyz"[Math.floor(Math.random() * 23)]).join("");

describe("une session finie au milieu d’un formulaire", () => {
  it("se reprend : la personne se connecte, retrouve son texte et l’envoie", async () => {
    const page = await openAs("official");
    await page.goto(blain("/depenses/nouvelle"));
    await page.getByLabel("Objet").fill("Tables pliantes pour la journée annuelle");
    await page.getByLabel("Fournisseur").fill("Menuiserie du Pont");
    await page.getByLabel(/^Montant TTC/).fill("12,5");
    await page.getByLabel(/^Justification/).fill("Un texte long, écrit avec soin, qu’il ne faut pas perdre.");
    readDatabase(portal, "delete from session returning id_hash");
    await page.getByRole("button", { name: "Demander la dépense" }).click();
    await page.waitForURL(/\/connexion/);
    expect(countOf("expense", "object like 'Tables pliantes%'")).toBe(0);
    await page.getByLabel("Adresse électronique").fill(PERSONAS.official);
    await page.getByLabel("Mot de passe", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "Se connecter" }).click();
    await page.getByText("Un texte long, écrit avec soin").waitFor();
    await page.getByRole("button", { name: "Envoyer maintenant" }).click();
    await page.getByText("La demande est enregistrée").waitFor();
    expect(readDatabase(portal, "select amount_cents from expense where object like 'Tables pliantes%'")).toEqual([
      { amount_cents: 1250 },
    ]);
  });
});

describe("un double clic", () => {
  it("ne planifie qu’une séance", async () => {
    const page = await openAs("secretary");
    await page.goto(blain("/seances/nouvelle"));
    await page.getByLabel("Intitulé").fill("Séance cliquée deux fois");
    await page.getByLabel("Date").fill(parisIn(60 * 24 * 40).date);
    await page.getByLabel("Lieu").fill("Salle des fêtes");
    await page.getByRole("button", { name: "Planifier la séance" }).dblclick();
    await page.getByText("À faire").first().waitFor();
    expect(countOf("meeting", "title = 'Séance cliquée deux fois'")).toBe(1);
  });

  it("n’enregistre qu’une demande, même quand les deux envois se croisent", async () => {
    const cookie = await cookieOf("agent");
    const fields = {
      cle: newKey(),
      object: "Une seule fois",
      supplier: "Fournisseur",
      amount: "10",
      axis: "inter-ccas",
    };
    const answers = await Promise.all([1, 2, 3].map(() => post(blain("/depenses/nouvelle"), cookie, fields)));
    expect(answers.every(({ status }) => status === 303 || status === 409)).toBe(true);
    expect(countOf("expense", "object = 'Une seule fois'")).toBe(1);
    expect(countOf("register_entry", "kind = 'expense-requested' and payload like '%Une seule fois%'")).toBe(1);
  });
});

describe("les identifiants d’ailleurs", () => {
  it("ne mènent nulle part, et l’essai est noté", async () => {
    const administrator = await cookieOf("administrator");
    const created = await post(`${portal.address}/administration/reseaux/nouveau`, administrator, {
      ...{ cle: newKey(), networkName: "Réseau voisin", slug: "voisin", organizationId: "" },
      ...{ kind: "ccas", name: "CCAS de Nort-sur-Erdre", inseeCode: "44110" },
    });
    expect(created.status).toBe(302);
    const cookie = await cookieOf("secretary");
    const get = async (path: string): Promise<number> =>
      (await fetch(portal.address + path, { headers: { Cookie: cookie }, redirect: "manual" })).status;

    for (const path of ["/membres/designer", "/depenses", "/parametres/registre", "/seances/nouvelle"])
      expect([path, await get(`/reseaux/voisin${path}`)]).toEqual([path, 403]);
    expect(
      countOf("security_event", "kind = 'access-refused' and detail like '%/reseaux/voisin/%'"),
    ).toBeGreaterThanOrEqual(4);

    const [expense] = readDatabase<{ id: string }>(portal, "select id from expense limit 1");
    const [poll] = readDatabase<{ id: string }>(portal, "select id from poll limit 1");
    const [seat] = readDatabase<{ id: string }>(
      portal,
      "select id from seat where network_id = (select id from network where slug = 'voisin')",
    );
    const [other] = readDatabase<{ id: string }>(
      portal,
      "select id from seat where network_id = (select id from network where slug = 'blain')",
    );
    const asAdministrator = (path: string): Promise<number> =>
      fetch(portal.address + path, { headers: { Cookie: administrator }, redirect: "manual" }).then(
        ({ status }) => status,
      );
    // The administrator has a right in both networks: only the network of the address counts.
    expect(await asAdministrator(`/reseaux/voisin/seances/${meetingId}`)).toBe(404);
    expect(await asAdministrator(`/reseaux/voisin/membres/sieges/${other?.id}`)).toBe(404);
    expect(await get(`/reseaux/blain/membres/sieges/${seat?.id}`)).toBe(404);
    expect(await get(`/reseaux/voisin/depenses/${expense?.id}`)).toBe(403);
    expect(await get(`/reseaux/blain/seances/${meetingId}/scrutins/${poll?.id}`)).toBe(404);

    const refused = await post(blain("/membres/designer"), cookie, {
      ...{
        cle: newKey(),
        seatId: seat?.id ?? "",
        role: "titular",
        personId: "",
        displayName: "Intruse",
        email: "intruse@exemple.fr",
      },
      ...{ startsOn: "2026-01-01", basis: "aucune délibération" },
    });
    expect([400, 403, 404, 409]).toContain(refused.status);
    expect(countOf("mandate", "seat_id = ?", seat?.id)).toBe(0);
    expect(countOf("person", "email = 'intruse@exemple.fr'")).toBe(0);
  });

  it("refusent à une élue ce qui est au secrétariat, avec une page qui le dit", async () => {
    const cookie = await cookieOf("official");
    const answer = await post(blain(`/seances/${meetingId}/ouvrir`), cookie, { presidence: "", secretaire: "" });
    expect(answer.status).toBe(403);
    expect(countOf("meeting", "id = ? and status = 'convened'", meetingId)).toBe(1);
    expect(
      countOf("security_event", "kind = 'access-refused' and detail like ?", `meeting.open POST %${meetingId}%`),
    ).toBe(1);
  });
});

describe("du HTML et des scripts dans les champs", () => {
  const ATTACK = `<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1"><a href="javascript:window.pwned = 1">ici</a>`;

  /** No element of the attack has come to life. */
  async function expectHarmless(page: Page): Promise<void> {
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined();
    const alive = page.locator(`[onerror], img[src="x"], a[href^="javascript:"], main script`);
    expect(await alive.count()).toBe(0);
    await page
      .getByRole("link", { name: "ici", exact: true })
      .first()
      .click({ timeout: 300 })
      .catch(() => undefined);
    expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined();
  }

  it.each([
    {
      form: "/depenses/nouvelle",
      fill: {
        object: `Objet ${ATTACK}`.slice(0, 120),
        supplier: ATTACK.slice(0, 90),
        amount: "3",
        justification: ATTACK,
      },
      also: ["/depenses"],
    },
    {
      form: "/seances/nouvelle",
      fill: { title: `Titre ${ATTACK}`.slice(0, 110), date: parisIn(60 * 24 * 50).date, place: ATTACK.slice(0, 110) },
      also: ["/seances", ""],
    },
    {
      form: "/parametres/reseau",
      fill: { networkName: `Réseau ${ATTACK}`.slice(0, 110), presentation: ATTACK, contact: ATTACK },
      also: ["", "/membres"],
    },
  ])("restent du texte : $form", async ({ form, fill, also }) => {
    const page = await openAs("secretary");
    await page.goto(blain(form));
    for (const [name, text] of Object.entries(fill)) await page.locator(`main [name="${name}"]`).fill(text);
    await page.locator("main form[method=post] button[type=submit]").last().click();
    await page.waitForURL((url) => !url.pathname.endsWith(form) || url.search.includes("fait"));
    await expectHarmless(page);
    for (const path of also) {
      await page.goto(blain(path));
      await expectHarmless(page);
    }
  });
});

describe("des fichiers", () => {
  const PDF = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
  let expense: string;

  async function send(
    cookie: string,
    name: string,
    type: string,
    bytes: Buffer,
    visibility = "public",
  ): Promise<Response> {
    const form = new FormData();
    form.set("cle", newKey());
    form.set("visibility", visibility);
    form.set("file", new File([new Uint8Array(bytes)], name, { type }));
    return fetch(blain(`/depenses/${expense}`), {
      method: "POST",
      redirect: "manual",
      headers: { Cookie: cookie },
      body: form,
    });
  }

  it("sont pris pour ce qu’ils contiennent, et se téléchargent sans jamais s’afficher", async () => {
    const cookie = await cookieOf("secretary");
    const before = countOf("document");
    expense = readDatabase<{ id: string }>(portal, "select id from expense limit 1")[0]?.id ?? "";
    for (const [name, type, bytes] of [
      ["trop-gros.pdf", "application/pdf", Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024 + 1)])],
      ["page.html", "text/html", Buffer.from("<script>alert(1)</script>")],
      ["page.pdf", "application/pdf", Buffer.from("<script>alert(1)</script>")],
      ["dessin.svg", "image/svg+xml", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)],
      ["vide.pdf", "application/pdf", Buffer.alloc(0)],
    ] as const) {
      const answer = await send(cookie, name, type, bytes);
      expect([name, [400, 409, 413].includes(answer.status)]).toEqual([name, true]);
      const page = await answer.text();
      expect(page).toMatch(/fichier|Fichier/);
    }
    expect(countOf("document")).toBe(before);

    expect((await send(cookie, "devis.pdf", "text/html", PDF)).status).toBe(303);
    const [document] = readDatabase<{ id: string }>(
      portal,
      "select id from document where file_name = 'devis.pdf' order by created_at desc limit 1",
    );
    const download = await fetch(blain(`/documents/${document?.id}`));
    expect(download.status).toBe(200);
    expect(download.headers.get("content-type")).toBe("application/pdf");
    expect(download.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(download.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await download.arrayBuffer())).toEqual(PDF);

    expect((await send(cookie, "interne.pdf", "application/pdf", Buffer.concat([PDF, PDF]), "members")).status).toBe(
      303,
    );
    const [internal] = readDatabase<{ id: string }>(portal, "select id from document where file_name = 'interne.pdf'");
    expect((await fetch(blain(`/documents/${internal?.id}`), { redirect: "manual" })).status).toBe(302);
  });
});

describe("une page périmée et deux secrétaires", () => {
  it("n’ouvrent la séance qu’une fois", async () => {
    const [one, other] = [await openAs("secretary"), await openAs("secretary")];
    for (const page of [one, other]) {
      await page.goto(blain(`/seances/${meetingId}/ouvrir`));
      for (const select of await page.locator("main form select").all()) await select.selectOption({ index: 1 });
    }
    for (const page of [one, other]) {
      await page.getByRole("button", { name: "Ouvrir la séance" }).click();
      await page.getByText("Séance ouverte").first().waitFor();
    }
    expect(countOf("meeting_transition", "meeting_id = ? and to_status = 'open'", meetingId)).toBe(1);
  });

  it("écrivent le même procès-verbal sans rien perdre", async () => {
    readDatabase(
      portal,
      `insert into role_grant (id, network_id, person_id, organization_id, role, starts_on, ends_on, created_by, created_at)
       select ?, network_id, (select id from person where email = ?), organization_id, role, starts_on, null, null, created_at
       from role_grant where role = 'secretary' limit 1 returning id`,
      newKey(),
      PERSONAS.agent,
    );
    const [rank] = readDatabase<{ number: string }>(
      portal,
      "select year || '-' || rank as number from meeting where id = ?",
      meetingId,
    );
    const [one, other] = [await openAs("secretary"), await openAs("agent")];
    for (const page of [one, other]) await page.goto(blain(`/proces-verbaux/${rank?.number}/rediger`));
    const textOf = (page: Page) => page.getByRole("textbox", { name: "Ouverture de la séance" });
    await textOf(one).fill("La séance s’ouvre dans la salle du conseil.");
    await one.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await one.getByText("Le texte est enregistré").waitFor();
    await textOf(other).fill("La séance s’ouvre en présence du public.");
    await other.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await other.getByText("Une partie a été modifiée par quelqu’un d’autre").waitFor();
    expect(await textOf(other).inputValue()).toBe("La séance s’ouvre en présence du public.");
    await other.getByText("salle du conseil").first().waitFor();
    await textOf(other).fill("La séance s’ouvre dans la salle du conseil, en présence du public.");
    await other.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await other.getByText("Le texte est enregistré").waitFor();
    await one.goto(blain(`/proces-verbaux/${rank?.number}`));
    await one.getByText("dans la salle du conseil, en présence du public").waitFor();
  });
});

describe("un processus tué pendant un vote", () => {
  it("garde le bulletin et son acte ensemble, ou aucun des deux, et redémarre", async () => {
    const page = await openAs("secretary");
    await page.goto(blain(`/seances/${meetingId}`));
    for (let arrivals = 0; arrivals < 5; arrivals += 1) {
      await page
        .getByRole("button", { name: /^Arrivée/ })
        .first()
        .click();
      await page
        .getByRole("button", { name: /^Départ/ })
        .nth(arrivals)
        .waitFor();
    }
    await page.getByRole("button", { name: /Ouvrir ce point.*Conférence/ }).click();
    await page.getByRole("link", { name: "Ouvrir un scrutin" }).click();
    await page.getByRole("button", { name: "Ouvrir le scrutin" }).click();
    await page.waitForURL(/\/scrutins\/(?!nouveau)/);
    const poll = page.url();
    const pollId = new URL(poll).pathname.split("/").at(-1) ?? "";
    await page.context().close();
    contexts.splice(contexts.indexOf(page.context()), 1);

    const voters = readDatabase<{ email: string; seatId: string }>(
      portal,
      `select person.email, attendance_event.seat_id as seatId from attendance_event
       join person on person.id = attendance_event.person_id where attendance_event.meeting_id = ? order by attendance_event.rowid`,
      meetingId,
    );
    expect(voters.length).toBe(5);
    const environment = { PORT: new URL(portal.address).port, PUBLIC_URL: portal.address, DEMO: "1" };
    for (const [index, delay] of [0, 4, 12].entries()) {
      const voter = voters[index];
      if (!voter) throw new Error("No voter");
      const { cookie } = await signInByPost(portal.address, voter.email);
      const answer = post(poll, cookie, { acte: "voter", siege: voter.seatId, choix: "for" }).catch(() => null);
      await new Promise((resolve) => setTimeout(resolve, delay));
      const ended = once(portal.process, "exit");
      portal.process.kill("SIGKILL");
      await ended;
      const told = await answer;
      const ballots = countOf("ballot", "poll_id = ? and seat_id = ?", pollId, voter.seatId);
      const acts = countOf(
        "register_entry",
        "kind = 'ballot-cast' and payload like ? and payload like ?",
        `%${pollId}%`,
        `%${voter.seatId}%`,
      );
      expect(acts).toBe(ballots);
      if (told?.status === 303) expect(ballots).toBe(1);
      portal = await startPortal(environment, portal.dataDir);
      const again = await signInByPost(portal.address, voter.email);
      const repeated = await post(poll, again.cookie, { acte: "voter", siege: voter.seatId, choix: "for" });
      expect(repeated.status).toBe(ballots === 1 ? 409 : 303);
      expect(countOf("ballot", "poll_id = ? and seat_id = ?", pollId, voter.seatId)).toBe(1);
    }

    const [voter, , , neighbour] = voters;
    if (!voter || !neighbour) throw new Error("No voter");
    const { cookie } = await signInByPost(portal.address, voter.email);
    const foreign = await post(poll, cookie, { acte: "voter", siege: neighbour.seatId, choix: "against" });
    expect(foreign.status, "voter pour le siège d’un autre").toBe(403);
    expect(await foreign.text()).toContain("Vous ne votez pas pour ce siège");
    expect(countOf("ballot", "poll_id = ? and seat_id = ?", pollId, neighbour.seatId)).toBe(0);
    expect(countOf("security_event", "detail like ?", `not-your-seat ${neighbour.seatId}%`)).toBe(1);
  });
});

describe("la connexion", () => {
  it("donne la même phrase pour tout échec, puis fait attendre, et le note", async () => {
    const attempt = (email: string, motDePasse: string): Promise<Response> =>
      post(`${portal.address}/connexion?index`, "", { email, motDePasse });
    const sentenceOf = async (response: Response): Promise<string> =>
      /role="alert"[\s\S]*?<li>([\s\S]*?)<\/li>/.exec(await response.text())?.[1] ?? "";
    const unknown = await attempt("personne@exemple.fr", "un mot de passe faux");
    const wrong = await attempt(PERSONAS.department, "un mot de passe faux");
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    const sentence = await sentenceOf(wrong);
    expect(sentence).not.toBe("");
    expect(await sentenceOf(unknown)).toBe(sentence);
    for (let failures = 1; failures < 5; failures += 1) await attempt(PERSONAS.department, "un mot de passe faux");
    const limited = await attempt(PERSONAS.department, DEMO_PASSWORD);
    expect(limited.status).toBe(429);
    expect(limited.headers.getSetCookie().join()).not.toContain("portail_session=");
    expect(countOf("security_event", "kind = 'sign-in-limited'")).toBeGreaterThanOrEqual(1);
  });

  it("pose un cookie que ni script ni autre site ne lit, et que TLS protège", async () => {
    const plain = (await signInByPost(portal.address, PERSONAS.secretary)).setCookies.join("\n");
    expect(plain).toMatch(/portail_session=[^;]+;/);
    expect(plain).toMatch(/HttpOnly/i);
    expect(plain).toMatch(/SameSite=Lax/i);
    const session = plain.split("\n").find((line) => line.startsWith("portail_session="));
    expect(session, "le navigateur l’oublie en se fermant").not.toMatch(/Max-Age|Expires/i);
    const fields = { email: PERSONAS.secretary, motDePasse: DEMO_PASSWORD, rester: "on" };
    const kept = (await post(`${portal.address}/connexion?index`, "", fields)).headers.getSetCookie().join("\n");
    expect(kept, "« rester connecté » : trente jours").toMatch(/Max-Age=2592000/);
    const behindTls = await startDemoPortal({ PUBLIC_URL: "https://reseau.exemple.fr", TRUST_PROXY: "1" });
    try {
      for (const line of (await signInByPost(behindTls.address, PERSONAS.secretary)).setCookies) {
        expect(line).toMatch(/;\s*Secure/i);
        expect(line).toMatch(/HttpOnly/i);
        expect(line).toMatch(/SameSite=Lax/i);
      }
    } finally {
      await behindTls.stop();
    }
  });
});

describe("le serveur d’envoi en panne", () => {
  it("laisse les courriels visibles, qui partent quand il revient", async () => {
    const port = await findFreePort();
    const stranded = await startDemoPortal({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    try {
      const { cookie } = await signInByPost(stranded.address, PERSONAS.secretary);
      const waiting = async (): Promise<{ id: string; toAddress: string } | undefined> =>
        readDatabase<{ id: string; toAddress: string }>(
          stranded,
          "select id, to_address as toAddress from outbox_mail where attempts > 0 and status = 'queued' and last_error is not null and network_id is not null limit 1",
        )[0];
      await expect.poll(waiting, { timeout: 20_000 }).toBeDefined();
      const mail = await waiting();
      const page = `${stranded.address}/reseaux/blain/parametres/envois/${mail?.id}`;
      expect(await (await fetch(page, { headers: { Cookie: cookie } })).text()).toContain("Dernière erreur");
      const mailbox = await startMailbox(port);
      try {
        expect((await post(page, cookie, {})).status).toBeLessThan(400);
        await mailbox.waitForMail(mail?.toAddress ?? "", /./, 20);
        await expect
          .poll(() => readDatabase(stranded, "select status from outbox_mail where id = ?", mail?.id), {
            timeout: 10_000,
          })
          .toEqual([{ status: "sent" }]);
      } finally {
        await mailbox.stop();
      }
    } finally {
      await stranded.stop();
    }
  });
});
