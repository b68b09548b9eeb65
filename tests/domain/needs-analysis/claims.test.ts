import { describe, expect, it } from "vitest";
import { checkClaims, type ClaimReader } from "~/domain/needs-analysis/claims";
import { findMovement } from "~/domain/needs-analysis/movement";

/** « monte », « descend » and « stable » are what their names say; « secret » can't be compared. */
const VALUES: Readonly<Record<string, readonly [number, number]>> = {
  monte: [10, 12],
  descend: [12, 10],
  stable: [10, 10],
};
const reader: ClaimReader = {
  movementOf: ({ code }) => {
    const [from, to] = VALUES[code] ?? [];
    return from === undefined || to === undefined
      ? null
      : {
          from: { period: "2018", value: from },
          to: { period: "2023", value: to },
          direction: to > from ? "up" : to < from ? "down" : "stable",
        };
  },
  valueOf: ({ code }) => VALUES[code]?.[1] ?? null,
};
const verdicts = (text: string) => checkClaims(text, reader).map(({ kind, verdict }) => [kind, verdict]);

describe("checkClaims — une phrase que les chiffres contredisent est signalée", () => {
  it.each([
    ["vraie hausse", "La pauvreté est en hausse : {{ind:monte}}.", [["up", "holds"]]],
    ["« en hausse » alors que le chiffre baisse", "La pauvreté est en hausse : {{ind:descend}}.", [["up", "false"]]],
    ["verbe conjugué", "Le nombre a augmenté, {{ind:descend}}.", [["up", "false"]]],
    ["baisse vraie", "Il recule à {{ind:descend}}.", [["down", "holds"]]],
    ["baisse fausse", "Une baisse qui se lit à {{ind:monte}}.", [["down", "false"]]],
    ["stable faux", "Le taux reste stable, {{ind:monte}}.", [["stable", "false"]]],
    ["stable vrai", "Le taux se maintient à {{ind:stable}}.", [["stable", "holds"]]],
    ["hausse d’un chiffre stable", "Le taux progresse : {{ind:stable}}.", [["up", "false"]]],
    ["supérieur vrai", "{{ind:monte}} est supérieur à {{ind:descend}}.", [["above", "holds"]]],
    ["supérieur faux", "{{ind:descend}} est supérieur à {{ind:monte}}.", [["above", "false"]]],
    ["inférieur vrai", "{{ind:descend}}, plus faible que {{ind:monte}}.", [["below", "holds"]]],
    ["infinitif : rien n’est affirmé", "Il risque d’augmenter : {{ind:descend}}.", []],
    ["sans référence : rien à vérifier", "Tout est en hausse.", []],
    ["la référence d’une autre phrase ne compte pas", "Tout est en hausse. Il y en a {{ind:descend}}.", []],
    ["négation : une personne relit", "Le taux n’est pas en hausse : {{ind:descend}}.", [["up", "unreadable"]]],
    ["secret : une personne relit", "Le taux est en hausse : {{ind:secret}}.", [["up", "unreadable"]]],
    [
      "deux mots contraires dans une proposition",
      "Hausse puis baisse, {{ind:monte}}.",
      [
        ["up", "unreadable"],
        ["down", "unreadable"],
      ],
    ],
  ])("%s", (_, text, expected) => expect(verdicts(text)).toEqual(expected));

  it("sépare les propositions : chacune a ses chiffres", () => {
    expect(verdicts("L’un est en hausse ({{ind:monte}}), mais l’autre est en baisse ({{ind:monte}}).")).toEqual([
      ["up", "holds"],
      ["down", "false"],
    ]);
  });

  it("tous les chiffres de la proposition doivent suivre", () => {
    const [claim] = checkClaims("En hausse partout : {{ind:monte}}, {{ind:descend}}.", reader);
    expect(claim?.verdict).toBe("false");
    expect(claim?.movements.map(({ raw, movement }) => [raw, movement.direction])).toEqual([
      ["{{ind:monte}}", "up"],
      ["{{ind:descend}}", "down"],
    ]);
  });

  it("garde la phrase telle qu’elle est écrite, puces et titres retirés", () => {
    const [claim] = checkClaims("Intro.\n\n- La part est en hausse : {{ind:descend}}.\n- Autre chose.", reader);
    expect(claim?.sentence).toBe("La part est en hausse : {{ind:descend}}.");
    expect(claim?.words).toBe("en hausse");
  });
});

describe("findMovement — d’où à où, sans franchir de rupture", () => {
  const plain = { breaks: [], unit: "habitants" };
  const point = (period: string, value: number | null) => ({ period, value });

  it("part de la plus ancienne période à cinq ans au plus", () => {
    const points = [point("2010", 1), point("2018", 100), point("2021", 120), point("2023", 130)];
    expect(findMovement(plain, points)).toEqual({
      from: { period: "2018", value: 100 },
      to: { period: "2023", value: 130 },
      direction: "up",
    });
  });

  it.each([
    ["dernier chiffre secret", [point("2018", 100), point("2023", null)]],
    ["une seule période", [point("2023", 100)]],
    ["rien", []],
    ["plus de cinq ans d’écart", [point("2010", 100), point("2023", 130)]],
  ])("%s : rien à comparer", (_, points) => expect(findMovement(plain, points)).toBeNull());

  it("Filosofi 2021 et 2023 ne se comparent pas", () => {
    const filosofi = { unit: "%", breaks: [{ before: "2021", after: "2023", reason: "" }] };
    expect(findMovement(filosofi, [point("2019", 8), point("2021", 9), point("2023", 12)])).toBeNull();
    expect(findMovement(filosofi, [point("2019", 8), point("2021", 9)])?.direction).toBe("up");
  });

  it.each([
    ["un compte qui bouge de moins d’un pour cent", "habitants", 1000, 1009, "stable"],
    ["d’un peu plus", "habitants", 1000, 1011, "up"],
    ["un taux à 0,3 point près", "%", 9, 9.3, "stable"],
    ["au-delà", "%", 9, 8.6, "down"],
  ])("%s", (_, unit, from, to, direction) =>
    expect(findMovement({ breaks: [], unit }, [point("2020", from), point("2023", to)])?.direction).toBe(direction),
  );
});
