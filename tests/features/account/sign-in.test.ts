import { TOTP, Secret } from "otpauth";
import { beforeEach, describe, expect, it } from "vitest";
import { requestLink } from "~/features/account/link-commands.server";
import { signInMessage } from "~/features/account/messages.fr";
import { readNextPath } from "~/features/account/next-path";
import { changePassword, choosePassword } from "~/features/account/password-commands.server";
import { checkPassword } from "~/features/account/password-rule";
import { minutesToWait } from "~/features/account/attempt-limit";
import { signInByCode, signInByLink, signInByPassword } from "~/features/account/sign-in-commands.server";
import { confirmTwoFactor, startTwoFactor } from "~/features/account/two-factor.server";
import { hashPassword } from "~/services/auth.server";
import { writeTransaction } from "~/services/db.server";
import { createLink } from "~/services/one-time-links.server";
import { hashToken } from "~/services/tokens.server";
import { createCommittee, type Committee } from "../../support/database";

const PASSWORD = "quatre mots sans lien";
const EMAIL = "bouvron@blain.example";

let committee: Committee;

beforeEach(async () => {
  committee = await createCommittee();
  await committee.db
    .insertInto("credential")
    .values({
      ...{ personId: committee.personOf("bouvron"), passwordHash: await hashPassword(PASSWORD) },
      ...{ passwordChangedAt: null, totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
    })
    .execute();
});

const trying = (email: string, password: string, clientAddress = "192.0.2.1") =>
  signInByPassword(committee, { email, password, clientAddress });

describe("connexion par mot de passe", () => {
  it("le bon mot de passe prouve l’identité", async () => {
    expect(await trying(EMAIL, PASSWORD)).toEqual({
      ok: true,
      value: { kind: "proven", personId: committee.personOf("bouvron") },
    });
  });

  it.each([
    { case: "compte inconnu", email: "personne@nulle.part", password: PASSWORD },
    { case: "mot de passe faux", email: EMAIL, password: "autre chose de faux" },
    { case: "compte sans mot de passe", email: "le-gavre@blain.example", password: PASSWORD },
  ])("$case : la même phrase", async ({ email, password }) => {
    const decision = await trying(email, password);
    expect(decision.ok).toBe(false);
    if (!decision.ok) expect(signInMessage(decision.refusal)).toBe("Adresse ou mot de passe incorrect.");
  });

  it("compte suspendu : la même phrase", async () => {
    await committee.db.updateTable("person").set({ disabledAt: "2026-01-01" }).where("email", "=", EMAIL).execute();
    expect(await trying(EMAIL, PASSWORD)).toEqual({ ok: false, refusal: { kind: "wrong-credentials" } });
  });

  it("cinq échecs : le sixième attend, même avec le bon mot de passe ; un quart d’heure plus tard, il passe", async () => {
    for (let turn = 0; turn < 5; turn += 1) await trying(EMAIL, "faux");
    const refused = await trying(EMAIL, PASSWORD);
    expect(refused).toEqual({ ok: false, refusal: { kind: "limited", minutes: 15 } });
    if (!refused.ok) expect(signInMessage(refused.refusal)).toMatch(/15\sminutes/);
    expect((await trying(EMAIL, PASSWORD, "192.0.2.2")).ok).toBe(true);
    committee.clock.advanceMinutes(15);
    expect((await trying(EMAIL, PASSWORD)).ok).toBe(true);
  });

  it("dix essais envoyés ensemble : cinq seulement sont examinés", async () => {
    const decisions = await Promise.all(Array.from({ length: 10 }, () => trying(EMAIL, "faux")));
    expect(decisions.filter((decision) => !decision.ok && decision.refusal.kind === "limited")).toHaveLength(5);
  });

  it("vingt échecs en une heure, de partout : le compte attend", async () => {
    for (let turn = 0; turn < 20; turn += 1) await trying(EMAIL, "faux", `192.0.2.${turn}`);
    expect(await trying(EMAIL, PASSWORD, "198.51.100.1")).toMatchObject({ ok: false, refusal: { kind: "limited" } });
  });

  it("ni adresse ni mot de passe en clair dans la base", async () => {
    await trying(EMAIL, "un secret tapé de travers");
    const attempts = await committee.db.selectFrom("signInAttempt").selectAll().execute();
    const events = await committee.db.selectFrom("securityEvent").selectAll().execute();
    expect(attempts).toHaveLength(2);
    expect(JSON.stringify([attempts, events])).not.toMatch(/bouvron@|192\.0|secret/);
  });
});

describe("liens à usage unique", () => {
  const link = (purpose: "sign-in" | "password-reset") =>
    writeTransaction(committee.db, (trx) =>
      createLink(trx, committee.clock, { personId: committee.personOf("bouvron"), purpose }),
    );

  it("un lien de connexion sert une fois, et seule son empreinte est gardée", async () => {
    const token = await link("sign-in");
    const rows = await committee.db.selectFrom("oneTimeLink").selectAll().execute();
    expect(rows.map((row) => row.tokenHash)).toEqual([hashToken(token)]);
    expect((await signInByLink(committee, token)).ok).toBe(true);
    expect(await signInByLink(committee, token)).toEqual({ ok: false, refusal: { kind: "link-invalid" } });
  });

  it("15 minutes : à la quinzième, il ne sert plus", async () => {
    const token = await link("sign-in");
    committee.clock.advanceMinutes(15);
    expect((await signInByLink(committee, token)).ok).toBe(false);
  });

  it("un lien de mot de passe n’ouvre pas de session, ni l’inverse", async () => {
    expect((await signInByLink(committee, await link("password-reset"))).ok).toBe(false);
    const token = await link("sign-in");
    expect(await choosePassword(committee, { token, password: PASSWORD })).toEqual({
      ok: false,
      refusal: "link-invalid",
    });
  });

  it("un mot de passe refusé n’use pas le lien ; accepté, il remplace l’ancien", async () => {
    const token = await link("password-reset");
    expect(await choosePassword(committee, { token, password: "trop court" })).toEqual({
      ok: false,
      refusal: "password-too-short",
    });
    expect((await choosePassword(committee, { token, password: "une phrase nouvelle" })).ok).toBe(true);
    expect((await trying(EMAIL, PASSWORD)).ok).toBe(false);
    expect((await trying(EMAIL, "une phrase nouvelle")).ok).toBe(true);
    expect(await choosePassword(committee, { token, password: PASSWORD })).toEqual({
      ok: false,
      refusal: "link-invalid",
    });
  });

  it("la demande répond de même pour tous ; un courriel part pour qui a un compte, cinq par heure au plus", async () => {
    expect(await requestLink(committee, { email: "personne@nulle.part", link: "sign-in" })).toBeUndefined();
    for (let turn = 0; turn < 7; turn += 1) {
      expect(await requestLink(committee, { email: EMAIL, link: "password-reset" })).toBeUndefined();
    }
    const mails = await committee.db.selectFrom("outboxMail").select(["toAddress", "bodyText"]).execute();
    expect(mails.map((mail) => mail.toAddress)).toEqual(Array(5).fill(EMAIL));
    expect(mails[0]?.bodyText).toMatch(/\/lien\/[\w-]{43}\n/);
  });
});

describe("mot de passe", () => {
  it.each([
    { case: "11 caractères", password: "abcdefghijK", refusal: "password-too-short" },
    { case: "201 caractères", password: "abcd".repeat(50) + "e", refusal: "password-too-long" },
    { case: "l’adresse", password: "Bouvron@blain.example", refusal: "password-is-email" },
    { case: "« motdepasse 1234 »", password: "MotDePasse-1234", refusal: "password-common" },
    { case: "un caractère répété", password: "aaaaaaaaaaaaaaa", refusal: "password-common" },
  ])("$case : refusé", ({ password, refusal }) => {
    expect(checkPassword(password, EMAIL)).toEqual({ ok: false, refusal });
  });

  it.each(["abcdefghij12", "abcd".repeat(50), "été à la plage"])("accepté : %s", (password) => {
    expect(checkPassword(password, EMAIL).ok).toBe(true);
  });

  it("le changer demande l’actuel et ferme les autres sessions", async () => {
    const personId = committee.personOf("bouvron");
    const session = (id: string) => ({
      ...{ idHash: hashToken(id), personId, expiresAt: 4_000_000_000, persistent: 0 as const, createdAt: "2026-09-01" },
    });
    await committee.db
      .insertInto("session")
      .values([session("ici"), session("ailleurs")])
      .execute();
    const change = { personId, email: EMAIL, next: "une phrase nouvelle", sessionId: "ici" };
    expect(await changePassword(committee, { ...change, current: "faux" })).toMatchObject({
      ok: false,
      refusal: { kind: "wrong-password" },
    });
    expect((await changePassword(committee, { ...change, current: PASSWORD })).ok).toBe(true);
    const left = await committee.db.selectFrom("session").select("idHash").execute();
    expect(left).toEqual([{ idHash: hashToken("ici") }]);
  });
});

describe("vérification en deux étapes", () => {
  const enable = async (): Promise<(atMs?: number) => string> => {
    const personId = committee.personOf("bouvron");
    await startTwoFactor(committee, personId);
    const { totpSecret } = await committee.db.selectFrom("credential").select("totpSecret").executeTakeFirstOrThrow();
    const totp = new TOTP({ secret: Secret.fromBase32(totpSecret!) });
    const code = (atMs = 0): string => totp.generate({ timestamp: committee.clock.now().getTime() + atMs });
    expect((await confirmTwoFactor(committee, { personId, code: code() })).ok).toBe(true);
    committee.clock.advanceMinutes(5);
    return code;
  };
  const pending = async (): Promise<string> => {
    const decision = await trying(EMAIL, PASSWORD);
    if (!decision.ok || decision.value.kind !== "code-needed") throw new Error("no code was asked for");
    return decision.value.token;
  };

  it("le mot de passe seul ne suffit plus ; le code ouvre, une seule fois", async () => {
    const code = await enable();
    const used = code();
    expect((await signInByCode(committee, { token: await pending(), code: used })).ok).toBe(true);
    expect(await signInByCode(committee, { token: await pending(), code: used })).toEqual({
      ok: false,
      refusal: { kind: "wrong-code" },
    });
  });

  it("un code plus ancien que le dernier utilisé est refusé aussi", async () => {
    const code = await enable();
    const [older, newer] = [code(), code(30_000)];
    expect((await signInByCode(committee, { token: await pending(), code: newer })).ok).toBe(true);
    expect((await signInByCode(committee, { token: await pending(), code: older })).ok).toBe(false);
  });

  it("cinq codes faux : le suivant attend, même juste", async () => {
    const code = await enable();
    const token = await pending();
    const wrong = code() === "000000" ? "111111" : "000000";
    for (let turn = 0; turn < 5; turn += 1) await signInByCode(committee, { token, code: wrong });
    expect(await signInByCode(committee, { token, code: code() })).toMatchObject({ refusal: { kind: "limited" } });
  });

  it("un lien de connexion demande aussi le code", async () => {
    await enable();
    const token = await writeTransaction(committee.db, (trx) =>
      createLink(trx, committee.clock, { personId: committee.personOf("bouvron"), purpose: "sign-in" }),
    );
    expect(await signInByLink(committee, token)).toMatchObject({ ok: true, value: { kind: "code-needed" } });
  });
});

describe("suite= : une page de ce site, ou rien", () => {
  it.each(["//evil.example", "/\\evil.example", "http://evil.example", "javascript:alert(1)", "/./%2e//evil.example"])(
    "%s est refusé",
    (text) => expect(readNextPath(text)).toBeNull(),
  );
  it.each(["/\t/evil.example", "/\n/evil.example", "", "seances", ".//evil.example", "/.//evil.example"])(
    "%j est refusé",
    (text) => expect(readNextPath(text)).toBeNull(),
  );
  it.each(["/", "/reseaux/blain/seances?annee=2026#ordre", "/reprise"])("%s est gardé", (text) =>
    expect(readNextPath(text)).toBe(text),
  );
});

describe("attente avant un nouvel essai", () => {
  const at = (time: string): Date => new Date(`2026-09-01T${time}Z`);
  const limit = { max: 2, minutes: 15 };
  it.each([
    { case: "un essai : aucune", attempts: ["08:00:00"], now: "08:01:00", minutes: 0 },
    {
      case: "deux essais : jusqu’au quart d’heure du premier",
      attempts: ["08:00:00", "08:05:00"],
      now: "08:06:00",
      minutes: 9,
    },
    {
      case: "à la seconde près, arrondi vers le haut",
      attempts: ["08:00:00", "08:05:00"],
      now: "08:14:01",
      minutes: 1,
    },
    { case: "au quart d’heure juste : aucune", attempts: ["08:00:00", "08:05:00"], now: "08:15:00", minutes: 0 },
  ])("$case", ({ attempts, now, minutes }) => {
    expect(minutesToWait(attempts.map(at), limit, at(now))).toBe(minutes);
  });
});
