import { beforeEach, describe, expect, it } from "vitest";
import {
  decideCorrection,
  publishMinutes,
  recordCorrectiveAct,
  requestCorrection,
  signMinutes,
  submitMinutes,
  writeProse,
} from "~/features/minutes/commands.server";
import {
  composeDraft,
  findDownloads,
  findMinutes,
  findPublication,
  findPublishedFiles,
  listCorrectiveActs,
  findVoteHindrance,
  listPending,
  listPublished,
  loadMinutes,
  textToSign,
} from "~/features/minutes/queries.server";
import { refreshIndex } from "~/features/search/index.server";
import { search } from "~/features/search/queries.server";
import { searchableAccesses } from "~/features/search/readers";
import { VISITOR } from "~/services/actor.server";
import { writeMarkdown } from "~/documents/markdown-writer";
import { writeTypst } from "~/documents/typst-writer";
import { sha256Hex } from "~/services/tokens.server";
import { createCommittee, dayOf, type Committee } from "../../support/database";
import { actorsOf, recordApproval, recordExpense, recordMeeting, recordPoll, type Actors } from "./story";

let committee: Committee;
let as: Actors;
let minutesId: string;
let itemId: string;

const PAGE = "https://portail.example/reseaux/blain/proces-verbaux/2026-1";
const discussion = () => `item/${itemId}/discussion`;
const slot = (markdown: string, revision = 0, internal = false, key = discussion()) => ({
  key,
  markdown,
  internal,
  revision,
});
const kindsOfActs = async (): Promise<readonly string[]> =>
  (await committee.db.selectFrom("registerEntry").select("kind").orderBy("sequence").execute()).map(({ kind }) => kind);
const load = async () => {
  const minutes = await loadMinutes(committee.db, committee.networkId, minutesId);
  if (!minutes) throw new Error("No minutes");
  return minutes;
};

beforeEach(async () => {
  committee = await createCommittee();
  as = await actorsOf(committee);
  ({ meetingId: minutesId, itemId } = await recordMeeting(committee));
  committee.clock.moveTo("2026-09-11T08:00:00Z");
});

async function writeAndSubmit(): Promise<void> {
  await writeProse(as.secretary, minutesId, [
    slot("Le comité **échange** sur l’année.<script>alert(1)</script>"),
    slot("Confidence notée pour mémoire.", 0, true, "opening"),
  ]);
  await submitMinutes(as.secretary, minutesId, PAGE);
}

async function adopt(): Promise<void> {
  await writeAndSubmit();
  const next = await recordMeeting(committee, { rank: 2 });
  await recordApproval(committee, minutesId, next.meetingId);
}

async function signBoth(): Promise<void> {
  await adopt();
  const { sha256 } = textToSign(await load());
  await signMinutes(as.blain, minutesId, sha256);
  await signMinutes(as.secretary, minutesId, sha256);
}

describe("faits du procès-verbal", () => {
  it("viennent des enregistrements, et toujours les mêmes", async () => {
    const text = writeMarkdown(composeDraft(await load()));
    expect(text).toContain("CCAS de Bouvron");
    expect(text).toContain("À 18\u00a0h\u00a034, 7 sièges, aucun vacant, 7 en exercice\u00a0; majorité 4\u00a0; présents 4\u00a0: quorum atteint");
    expect(text).toContain("Clôture** : jeudi 10\u00a0septembre 2026 à\u00a020\u00a0h\u00a005");
    expect(writeMarkdown(composeDraft(await load()))).toBe(text);
  });

  it("qui a répondu qu’il ne viendrait pas est excusé, qui n’a rien dit est absent", async () => {
    const reply = (sequence: number, seat: "la-chevallerais" | "fay-de-bretagne", choice: string) => ({
      ...{ id: `reply-${sequence}`, networkId: committee.networkId, meetingId: "meeting-blain-1", seatId: committee.seatOf(seat) },
      ...{ personId: committee.personOf(seat), choice, proxyToSeatId: null, comment: "", at: "2026-09-08T08:00:00.000Z", sequence },
    });
    await committee.db
      .insertInto("reply")
      .values([reply(1, "la-chevallerais", "absent"), reply(2, "fay-de-bretagne", "absent"), reply(3, "fay-de-bretagne", "present")])
      .execute();
    const text = writeMarkdown(composeDraft(await load()));
    expect(text.match(/^\| CCAS de La Chevallerais .*$/m)?.[0]).toContain("Excusé·e");
    expect(text.match(/^\| CCAS de Fay-de-Bretagne .*$/m)?.[0]).toContain("Absent·e");
  });

  it("quorum perdu puis retrouvé en cours de séance : écrit à la minute, une fois chacun", async () => {
    const [arrival] = await committee.db.selectFrom("attendanceEvent").selectAll().where("seatId", "=", committee.seatOf("le-gavre")).execute();
    await committee.db
      .insertInto("attendanceEvent")
      .values([
        { ...arrival!, id: "departure", sequence: 10, kind: "departure", at: "2026-09-10T19:02" },
        { ...arrival!, id: "return", sequence: 11, kind: "arrival", at: "2026-09-10T19:20" },
        { ...arrival!, id: "end", sequence: 12, kind: "departure", at: "2026-09-10T20:05" },
      ])
      .execute();
    const text = writeMarkdown(composeDraft(await load()));
    const sentence = "7 sièges, aucun vacant, 7 en exercice\u00a0; majorité 4\u00a0; présents";
    expect(text.match(/\*\*Le quorum [^\n]*/g)).toStrictEqual([
      `**Le quorum est perdu à 19\u00a0h\u00a002, et aucun vote ne peut plus avoir lieu (${sentence} 3\u00a0: quorum non atteint).**`,
      `**Le quorum est de nouveau atteint à 19\u00a0h\u00a020 (${sentence} 4\u00a0: quorum atteint).**`,
    ]);
  });

  it("procès-verbal de carence : présents, quorum, et la seconde convocation", async () => {
    const failed = await recordMeeting(committee, { rank: 3, outcome: "inquorate" });
    const second = await recordMeeting(committee, { rank: 4, status: "open" });
    await committee.db.updateTable("meeting").set({ firstMeetingId: failed.meetingId, convening: "second" }).where("id", "=", second.meetingId).execute();
    const minutes = await loadMinutes(committee.db, committee.networkId, failed.meetingId);
    const text = writeMarkdown(composeDraft(minutes!));
    expect(text).toContain("Procès-verbal de carence");
    expect(text).toContain("présents 2\u00a0: quorum non atteint");
    expect(text).toContain("Étaient présents\u00a0: CCAS de Blain et CCAS de Bouvron.");
    expect(text).toContain("(séance n°\u00a02026-4)");
  });

  it("dépense votée, ou consultation écrite ratifiée : objet, fournisseur et montant viennent de la demande", async () => {
    const expense = await recordExpense(committee);
    const consultation = await recordPoll(committee, { id: "written", subject: "expense", subjectId: expense });
    await recordPoll(committee, { id: "voted", meetingId: minutesId, itemId, subject: "expense", subjectId: expense });
    await recordPoll(committee, { id: "ratified", meetingId: minutesId, itemId, subject: "motion", subjectId: consultation });
    await recordPoll(committee, { id: "other", meetingId: minutesId, itemId, subject: "motion", subjectId: null });
    const told = { object: "Salle de la journée annuelle", supplier: "Atelier Rivage", amount: 84_050 };
    const { polls } = (await load()).facts.items[0]!;
    expect(Object.fromEntries(polls.map(({ id, expense: about }) => [id, about]))).toStrictEqual({ voted: told, ratified: told, other: null });
    expect(writeMarkdown(composeDraft(await load())).match(/840,50/g)).toHaveLength(2);
  });

  it("le numéro d’un autre réseau ne mène nulle part", async () => {
    const other = await createCommittee({ db: committee.db, clock: committee.clock, slug: "ailleurs" });
    expect(await findMinutes(committee.db, other.networkId, { year: 2026, rank: 1 })).toBeNull();
    const theirs = await other.contextOf("secretary");
    expect(await writeProse(theirs, minutesId, [slot("Intrusion")])).toStrictEqual({ ok: false, refusal: "meeting-not-open" });
    expect(await committee.db.selectFrom("minutesBlock").selectAll().execute()).toStrictEqual([]);
  });
});

describe("écrire à deux", () => {
  it("le second voit l’autre texte, garde le sien, et peut enregistrer par-dessus", async () => {
    await writeProse(as.secretary, minutesId, [slot("Premier texte")]);
    expect(await writeProse(as.secretary, minutesId, [slot("Autre texte")])).toMatchObject({
      ok: true,
      value: { saved: [], conflicts: [{ key: discussion(), mine: "Autre texte", theirs: "Premier texte", theirRevision: 1 }] },
    });
    expect((await load()).prose[discussion()]?.markdown).toBe("Premier texte");
    await writeProse(as.secretary, minutesId, [slot("Les deux textes", 1)]);
    expect((await load()).prose[discussion()]?.markdown).toBe("Les deux textes");
    const history = await committee.db.selectFrom("minutesBlockHistory").select("markdown").orderBy("revision").execute();
    expect(history.map(({ markdown }) => markdown)).toStrictEqual(["Premier texte", "Les deux textes"]);
  });

  it("une partie que le second n’a pas touchée n’écrase rien", async () => {
    await writeProse(as.secretary, minutesId, [slot("Premier texte")]);
    expect(await writeProse(as.secretary, minutesId, [slot("", 0), slot("Bonsoir", 0, false, "opening")])).toMatchObject({
      ok: true,
      value: { saved: ["opening"], conflicts: [] },
    });
    expect((await load()).prose[discussion()]?.markdown).toBe("Premier texte");
  });

  it.each([
    ["une partie inconnue", () => slot("x", 0, false, "attendance"), "block-unknown"],
    ["un texte trop long", () => slot("x".repeat(20_001)), "text-too-long"],
  ])("%s : refusé, rien d’écrit", async (_case, block, refusal) => {
    expect(await writeProse(as.secretary, minutesId, [block()])).toStrictEqual({ ok: false, refusal });
    expect(await committee.db.selectFrom("minutesBlock").selectAll().execute()).toStrictEqual([]);
  });
});

describe("soumettre, corriger, arrêter — CGCT art. L.2121-15 (modèle)", () => {
  it("un élément manquant bloque la soumission et le vote, et se nomme", async () => {
    expect(await submitMinutes(as.secretary, minutesId, PAGE)).toStrictEqual({ ok: false, refusal: "elements-missing" });
    expect(await kindsOfActs()).toStrictEqual([]);
    const hindrance = await findVoteHindrance(committee.db, committee.networkId, minutesId);
    expect(hindrance?.elements).toContain("la teneur des discussions (point 1)");
  });

  it("soumis : un acte, un courriel par personne présente, plus d’écriture libre, le vote peut s’ouvrir", async () => {
    await writeAndSubmit();
    expect(await kindsOfActs()).toStrictEqual(["minutes-submitted"]);
    const mails = await committee.db.selectFrom("outboxMail").select("toAddress").orderBy("toAddress").execute();
    expect(mails.map(({ toAddress }) => toAddress)).toStrictEqual([
      "blain@blain.example",
      "bouvron@blain.example",
      "departement@blain.example",
      "le-gavre@blain.example",
      "secretary@blain.example",
    ]);
    expect(await writeProse(as.secretary, minutesId, [slot("Trop tard", 1)])).toStrictEqual({ ok: false, refusal: "not-a-draft" });
    expect(await submitMinutes(as.secretary, minutesId, PAGE)).toStrictEqual({ ok: false, refusal: "not-a-draft" });
    expect(await findVoteHindrance(committee.db, committee.networkId, minutesId)).toBeNull();
  });

  it("seules les personnes présentes demandent une correction ; envoyée deux fois, elle compte une fois", async () => {
    await writeAndSubmit();
    const input = { id: "correction-1", blockKey: discussion(), proposedMarkdown: "Le comité débat.", comment: "Plus exact" };
    expect(await requestCorrection(as.absent, minutesId, input)).toStrictEqual({ ok: false, refusal: "did-not-attend" });
    expect(await requestCorrection(as.bouvron, minutesId, { ...input, blockKey: "attendance" })).toStrictEqual({ ok: false, refusal: "block-locked" });
    expect((await requestCorrection(as.bouvron, minutesId, input)).ok).toBe(true);
    expect((await requestCorrection(as.bouvron, minutesId, input)).ok).toBe(true);
    expect(await kindsOfActs()).toStrictEqual(["minutes-submitted", "minutes-correction-requested"]);
    expect(await findVoteHindrance(committee.db, committee.networkId, minutesId)).toMatchObject({
      pendingCorrections: 1,
      elements: ["des demandes de correction attendent une réponse"],
    });
    expect(await decideCorrection(as.secretary, minutesId, "correction-1", { kind: "refuse", reason: " " })).toStrictEqual({
      ok: false,
      refusal: "refusal-reason-missing",
    });
    expect((await decideCorrection(as.secretary, minutesId, "correction-1", { kind: "accept" })).ok).toBe(true);
    expect((await load()).prose[discussion()]?.markdown).toBe("Le comité débat.");
    expect(await decideCorrection(as.secretary, minutesId, "correction-1", { kind: "accept" })).toStrictEqual({ ok: false, refusal: "already-decided" });
  });

  it("un vote de la séance elle-même, ou un rejet, n’arrête rien", async () => {
    await writeAndSubmit();
    await recordApproval(committee, minutesId, minutesId);
    const next = await recordMeeting(committee, { rank: 2 });
    await recordApproval(committee, minutesId, next.meetingId, "rejected");
    expect((await load()).state).toBe("in-review");
  });

  it("arrêté par le vote de la séance suivante : le texte ne change plus", async () => {
    await adopt();
    expect((await load()).state).toBe("adopted");
    expect(
      await requestCorrection(as.bouvron, minutesId, { id: "c2", blockKey: discussion(), proposedMarkdown: "x", comment: "non" }),
    ).toStrictEqual({ ok: false, refusal: "not-in-review" });
  });
});

describe("signer et publier", () => {
  it("deux signatures distinctes, sur le texte affiché et aucun autre", async () => {
    await adopt();
    const { sha256 } = textToSign(await load());
    expect(await signMinutes(as.bouvron, minutesId, sha256)).toStrictEqual({ ok: false, refusal: "not-an-officer" });
    expect(await signMinutes(as.blain, minutesId, sha256Hex("autre"))).toStrictEqual({ ok: false, refusal: "text-changed" });
    expect(await publishMinutes(as.secretary, minutesId)).toStrictEqual({ ok: false, refusal: "not-signed" });
    expect((await signMinutes(as.blain, minutesId, sha256)).ok).toBe(true);
    expect(await signMinutes(as.blain, minutesId, sha256)).toStrictEqual({ ok: false, refusal: "already-signed" });
    expect((await load()).state).toBe("adopted");
    expect((await signMinutes(as.secretary, minutesId, sha256)).ok).toBe(true);
    expect((await load()).state).toBe("signed");
  });

  it("un fait corrigé entre les deux signatures ne change pas le texte signé", async () => {
    await adopt();
    const { sha256 } = textToSign(await load());
    await signMinutes(as.blain, minutesId, sha256);
    await committee.db.updateTable("meeting").set({ place: "Ailleurs" }).where("id", "=", minutesId).execute();
    expect(textToSign(await load()).sha256).toBe(sha256);
    expect((await signMinutes(as.secretary, minutesId, sha256)).ok).toBe(true);
  });

  it("publié : les fichiers sont gardés à l’octet, l’acte porte leur empreinte, rien d’interne n’y est", async () => {
    await signBoth();
    expect(await publishMinutes(as.bouvron, minutesId)).toStrictEqual({ ok: false, refusal: "not-the-lead-secretary" });
    expect((await publishMinutes(as.secretary, minutesId)).ok).toBe(true);
    expect(await publishMinutes(as.secretary, minutesId)).toStrictEqual({ ok: false, refusal: "already-published" });
    const number = { year: 2026, rank: 1 };
    const files = await findPublishedFiles(committee.db, committee.networkId, number);
    const publication = await findPublication(committee.db, committee.networkId, number);
    expect(sha256Hex(files!.markdown)).toBe(files!.sha256);
    const act = await committee.db.selectFrom("registerEntry").select("payload").where("kind", "=", "minutes-published").executeTakeFirstOrThrow();
    expect(act.payload).toContain(files!.sha256);
    const forms = [files!.markdown, JSON.stringify(publication!.document), writeTypst(publication!.document, { fingerprint: null })];
    for (const form of forms) {
      expect(form).toContain("échange");
      expect(form).not.toMatch(/Confidence|<script/);
    }
    if (files!.pdf) {
      expect(Buffer.from(files!.pdf.slice(0, 5)).toString()).toBe("%PDF-");
      expect(act.payload).toContain(sha256Hex(files!.pdf));
    }
    await committee.db.updateTable("person").set({ displayName: "Autre nom" }).execute();
    const again = await findPublishedFiles(committee.db, committee.networkId, number);
    expect(Buffer.from(again!.pdf ?? []).equals(Buffer.from(files!.pdf ?? []))).toBe(true);
    expect(again!.markdown).toBe(files!.markdown);
  }, 60_000);

  it("publié : la base refuse de changer ou d’effacer", async () => {
    await signBoth();
    await publishMinutes(as.secretary, minutesId);
    const { db } = committee;
    await expect(db.updateTable("minutesPublication").set({ markdown: "faux" }).execute()).rejects.toThrow();
    await expect(db.deleteFrom("minutesPublication").execute()).rejects.toThrow();
    await expect(db.updateTable("minutesSignature").set({ textSha256: "faux" }).execute()).rejects.toThrow();
    await expect(db.updateTable("minutes").set({ status: "draft" }).execute()).rejects.toThrow();
  }, 60_000);

  it("un acte rectificatif se place à côté, une seule fois ; la recherche ignore accents et majuscules", async () => {
    expect(await recordCorrectiveAct(as.secretary, minutesId, { id: "r1", text: "Lire 19 h." })).toStrictEqual({ ok: false, refusal: "not-published" });
    await signBoth();
    await publishMinutes(as.secretary, minutesId);
    const number = { year: 2026, rank: 1 };
    const address = "https://portail.example/pv/2026-1";
    const download = async (asPublished = false) =>
      (await findDownloads(committee.db, committee.networkId, number, { address, asPublished }))!;
    const frozen = (await findPublishedFiles(committee.db, committee.networkId, number))!;
    expect((await download()).markdown).toBe(frozen.markdown);
    expect((await download()).pdf).toStrictEqual(frozen.pdf);
    await recordCorrectiveAct(as.secretary, minutesId, { id: "r1", text: "Lire 19 h." });
    await recordCorrectiveAct(as.secretary, minutesId, { id: "r1", text: "Lire 19 h." });
    const { markdown, document, sha256 } = await download();
    const [head, annex] = markdown.split(frozen.markdown);
    expect(head).toMatch(/^> Ce procès-verbal est complété par l’acte rectificatif n°\u00a02026-\d+ du 11\u00a0septembre 2026, en annexe à la fin\.\n\n$/);
    expect(annex).toMatch(/^\n## Annexe : actes rectificatifs\n[^]*### Acte rectificatif n°\u00a02026-\d+ du 11\u00a0septembre 2026\n\nLire 19 h\.\n/);
    expect(annex).toContain(address);
    expect(sha256).toBe(frozen.sha256);
    const source = writeTypst(document, { fingerprint: sha256 });
    expect(source.indexOf("complété par")).toBeLessThan(source.indexOf("heading(level: 2"));
    expect(source.lastIndexOf("Lire 19 h.")).toBeGreaterThan(source.indexOf("Annexe : actes rectificatifs"));
    expect((await download(true)).markdown).toBe(frozen.markdown);
    expect((await download(true)).pdf).toStrictEqual(frozen.pdf);
    const acts = await listCorrectiveActs(committee.db, committee.networkId, minutesId);
    expect(acts.map(({ text }) => text)).toStrictEqual(["Lire 19 h."]);
    await refreshIndex(committee.db, committee.networkId);
    const find = async (text: string) => {
      const query = { text, kind: "minutes", year: null, page: 1 } as const;
      return search(committee.db, committee.networkId, { ...query, accesses: searchableAccesses(VISITOR, committee.networkId) });
    };
    expect((await find("ECHANGE annee")).total).toBe(1);
    expect((await find("confidence")).total).toBe(0);
    expect((await listPublished(committee.db, committee.networkId, 1)).total).toBe(1);
  }, 60_000);
});

describe("la liste de ce qui est en préparation", () => {
  it("vient par pages de dix, la séance la plus ancienne d’abord, et dit combien il y en a en tout", async () => {
    for (let rank = 2; rank <= 4; rank += 1) await recordMeeting(committee, { rank });
    const rows = await committee.db.selectFrom("meeting").selectAll().where("rank", "=", 4).execute();
    await committee.db
      .insertInto("meeting")
      .values(rows.flatMap((row) => Array.from({ length: 8 }, (_, year) => ({ ...row, id: `later-${year}`, year: 2027 + year, startsAt: `${2027 + year}-12-10T18:30` }))))
      .execute();
    const pageOf = async (page: number) => {
      const { entries, total } = await listPending(committee.db, committee.networkId, dayOf("2035-01-01"), page);
      return [entries.map(({ number }) => number), total];
    };
    expect(await pageOf(1)).toStrictEqual([["2026-1", "2026-2", "2026-3", "2026-4", "2027-4", "2028-4", "2029-4", "2030-4", "2031-4", "2032-4"], 12]);
    expect(await pageOf(2)).toStrictEqual([["2033-4", "2034-4"], 12]);
    expect(await pageOf(3)).toStrictEqual([[], 12]);
  });
});
