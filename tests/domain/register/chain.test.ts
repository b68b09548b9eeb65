import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toId, type NetworkId } from "~/domain/kernel/ids";
import { ACT_KINDS, changesPublicPages, isActKind } from "~/domain/register/act-kinds";
import {
  formatActNumber,
  GENESIS_HASH,
  nextActNumber,
  parseActNumber,
  sealAct,
  textToHash,
  verifyChain,
  type RegisterEntry,
} from "~/domain/register/chain";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const blain: NetworkId = toId("blain");

function buildChain(numbers: readonly (readonly [number, number])[], networkId: NetworkId = blain): RegisterEntry[] {
  const chain: RegisterEntry[] = [];
  for (const [year, number] of numbers) {
    const previousHash = chain.at(-1)?.hash ?? GENESIS_HASH;
    const at = `${year}-06-01T10:00:00.000Z`;
    chain.push(
      sealAct(
        { networkId, year, number, kind: "ballot-cast", at, actor: "elue", payload: { rank: number }, previousHash },
        sha256,
      ),
    );
  }
  return chain;
}
const chain = buildChain([
  [2025, 1],
  [2025, 2],
  [2026, 1],
  [2026, 2],
  [2026, 3],
]);
const at = (index: number): RegisterEntry => chain[index]!;
const replace = (index: number, change: Partial<RegisterEntry>) =>
  chain.map((each, rank) => (rank === index ? { ...each, ...change } : each));
const reseal = (index: number, change: Partial<RegisterEntry>) =>
  replace(index, sealAct({ ...withoutHash(at(index)), ...change }, sha256));
const withoutHash = ({ networkId, year, number, kind, at: instant, actor, payload, previousHash }: RegisterEntry) => ({
  networkId,
  year,
  number,
  kind,
  at: instant,
  actor,
  payload,
  previousHash,
});

describe("textToHash — la forme canonique d’un acte", () => {
  it("tient tout l’acte, clés triées", () => {
    expect(textToHash(at(0))).toBe(
      `{"actor":"elue","at":"2025-06-01T10:00:00.000Z","kind":"ballot-cast","networkId":"blain","number":1,"payload":{"rank":1},"previousHash":"${"0".repeat(64)}","year":2025}`,
    );
  });

  it("scelle avec le SHA-256 de ce texte (valeur de sha256sum)", () => {
    expect(at(0).hash).toBe("74e5a1464d2007cb518924c2105d376141d78ef371548facf3576de34ef0f982");
  });
});

describe("verifyChain — intégrité du registre", () => {
  it("chaîne saine, d’une année à l’autre", () => {
    expect(verifyChain(chain, sha256)).toStrictEqual({ ok: true, count: 5, lastHash: at(4).hash });
  });

  it("registre vide", () =>
    expect(verifyChain([], sha256)).toStrictEqual({ ok: true, count: 0, lastHash: GENESIS_HASH }));

  it.each([
    { case: "contenu changé", entries: replace(1, { payload: { rank: 99 } }), fault: "altered", year: 2025, number: 2 },
    { case: "auteur changé", entries: replace(3, { actor: "autre" }), fault: "altered", year: 2026, number: 2 },
    {
      case: "heure changée",
      entries: replace(3, { at: "2026-06-01T10:00:00.001Z" }),
      fault: "altered",
      year: 2026,
      number: 2,
    },
    { case: "nature changée", entries: replace(3, { kind: "poll-closed" }), fault: "altered", year: 2026, number: 2 },
    {
      case: "empreinte changée",
      entries: replace(3, { hash: "f".repeat(64) }),
      fault: "altered",
      year: 2026,
      number: 2,
    },
    { case: "dernier acte changé", entries: replace(4, { payload: null }), fault: "altered", year: 2026, number: 3 },
    {
      case: "contenu changé et rescellé : le suivant ne s’y rattache plus",
      entries: reseal(1, { payload: { rank: 99 } }),
      fault: "broken-link",
      year: 2026,
      number: 1,
    },
    {
      case: "premier acte rattaché ailleurs",
      entries: reseal(0, { previousHash: "a".repeat(64) }),
      fault: "broken-link",
      year: 2025,
      number: 1,
    },
    {
      case: "acte supprimé au milieu",
      entries: [at(0), at(1), at(2), at(4)],
      fault: "missing-number",
      year: 2026,
      number: 2,
    },
    { case: "premier acte supprimé", entries: chain.slice(1), fault: "missing-number", year: 2025, number: 1 },
    {
      case: "premier acte de l’année supprimé",
      entries: [at(0), at(1), at(3), at(4)],
      fault: "missing-number",
      year: 2026,
      number: 1,
    },
    {
      case: "dernier acte de l’année supprimé",
      entries: [at(0), at(2), at(3), at(4)],
      fault: "broken-link",
      year: 2026,
      number: 1,
    },
    {
      case: "deux actes échangés",
      entries: [at(0), at(1), at(3), at(2), at(4)],
      fault: "wrong-order",
      year: 2026,
      number: 2,
    },
    { case: "acte doublé", entries: [at(0), at(1), at(1), at(2)], fault: "wrong-order", year: 2025, number: 2 },
    { case: "année qui recule", entries: [at(0), at(1), at(2), at(0)], fault: "wrong-order", year: 2025, number: 1 },
    {
      case: "acte d’un autre réseau",
      entries: reseal(3, { networkId: toId<"network">("ancenis") }),
      fault: "foreign-network",
      year: 2026,
      number: 2,
    },
  ])("$case : $fault", ({ entries, fault, year, number }) => {
    expect(verifyChain(entries, sha256)).toStrictEqual({ ok: false, fault, at: { year, number } });
  });

  it("les derniers actes coupés : la chaîne est saine, mais finit sur une autre empreinte", () => {
    const cut = verifyChain(chain.slice(0, 3), sha256);
    expect(cut).toStrictEqual({ ok: true, count: 3, lastHash: at(2).hash });
    expect(cut.ok && cut.lastHash).not.toBe(at(4).hash);
  });

  it("retrouve toute altération d’un seul champ", () => {
    const altered = fc.oneof(
      fc.string().map((actor) => ({ actor: `${actor}!` })),
      fc.integer({ min: 100 }).map((rank) => ({ payload: { rank } })),
      fc.constantFrom("vote", "").map((payload) => ({ payload })),
    );
    fc.assert(
      fc.property(fc.nat({ max: 4 }), altered, (index, change) => {
        const { year, number } = at(index);
        expect(verifyChain(replace(index, change), sha256)).toStrictEqual({
          ok: false,
          fault: "altered",
          at: { year, number },
        });
      }),
    );
  });
});

describe("formatActNumber — numéros annuels", () => {
  it.each([
    { text: "2026-0001", year: 2026, number: 1 },
    { text: "2026-9999", year: 2026, number: 9999 },
    { text: "2026-10000", year: 2026, number: 10000 },
  ])("$text", ({ text, ...number }) => {
    expect(formatActNumber(number)).toBe(text);
    expect(parseActNumber(text)).toStrictEqual(number);
  });

  it.each(["2026-1", "2026-00001", "2026-0000", "26-0001", "2026-0001 ", "2026-abcd", ""])(
    "« %s » n’en est pas un",
    (text) => {
      expect(parseActNumber(text)).toBeNull();
    },
  );

  it.each([
    { case: "premier acte", last: null, at: "2026-05-01T10:00:00Z", next: { year: 2026, number: 1 } },
    {
      case: "le suivant",
      last: { year: 2026, number: 7 },
      at: "2026-05-01T10:00:00Z",
      next: { year: 2026, number: 8 },
    },
    {
      case: "nouvelle année, à l’heure de Paris",
      last: { year: 2026, number: 7 },
      at: "2026-12-31T23:00:00Z",
      next: { year: 2027, number: 1 },
    },
    {
      case: "une minute avant",
      last: { year: 2026, number: 7 },
      at: "2026-12-31T22:59:00Z",
      next: { year: 2026, number: 8 },
    },
    {
      case: "horloge qui recule",
      last: { year: 2027, number: 1 },
      at: "2026-12-31T22:59:00Z",
      next: { year: 2027, number: 2 },
    },
  ])("$case", ({ last, at: instant, next }) => expect(nextActNumber(last, new Date(instant))).toStrictEqual(next));
});

describe("ACT_KINDS — ce qui change les pages publiques", () => {
  it("un vote n’y change rien, une publication si", () => {
    expect(changesPublicPages("ballot-cast")).toBe(false);
    expect(changesPublicPages("secret-ballot-signed")).toBe(false);
    expect(changesPublicPages("minutes-published")).toBe(true);
    expect(changesPublicPages("decision-adopted")).toBe(true);
    expect(changesPublicPages("meeting-convened")).toBe(true);
    expect(changesPublicPages("mandate-recorded")).toBe(true);
  });

  it("tient chaque nature d’acte, et elles seules", () => {
    for (const kind of Object.keys(ACT_KINDS)) expect(isActKind(kind), kind).toBe(/^[a-z]+(-[a-z]+)*$/.test(kind));
    expect(isActKind("poll-closed")).toBe(true);
    expect(isActKind("toString")).toBe(false);
    expect(isActKind("")).toBe(false);
  });
});
