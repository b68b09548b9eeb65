import { describe, expect, it } from "vitest";
import { checkContent, clausesOf, durationOf } from "~/domain/agreement/clause";
import { computeNotice } from "~/domain/agreement/notice";
import { deadlineBefore, listObligations } from "~/domain/agreement/obligations";
import { assessTerm, checkDuration } from "~/domain/agreement/terms";
import { draftFromModel, moveModel, noteOfModel } from "~/features/agreements/models.server";
import { addMonths, parsePlainDate, type PlainDate } from "~/domain/kernel/plain-date";
import { findAgreementModel, listAgreementModels, type AgreementModel } from "~/services/agreement-models.server";

const day = (text: string) => text as PlainDate;
const model = (key: string): AgreementModel => {
  const found = findAgreementModel(key);
  if (!found) throw new Error(key);
  return found;
};
const notice = (key: string, clauseKey: string, sentOn: string, receivedOn: string | null = null) => {
  const found = clausesOf(model(key).clauses, "notice").find((one) => one.key === clauseKey);
  if (!found) throw new Error(clauseKey);
  const answer = computeNotice(found.rule.notice, {
    sentOn: day(sentOn),
    receivedOn: receivedOn ? day(receivedOn) : null,
    deemed: null,
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return [answer.value.retained?.endsOn, answer.value.others.map(({ endsOn }) => endsOn), answer.value.isAmbiguous];
};

describe("les cinq textes livrés", () => {
  it("sont cinq", () =>
    expect(listAgreementModels().map(({ key }) => key)).toEqual(["blain", "garde", "dreux", "nord", "sceaux"]));

  it.each(listAgreementModels().map((one) => [one.key, one] as const))("%s se tient", (_, text) => {
    expect(checkContent(text)).toEqual([]);
    const duration = durationOf(text.clauses);
    expect(duration && checkDuration(duration, day(text.effectOn))).toEqual([]);
    expect(text.organizations.some(({ key, isSeated }) => key === text.lead && isSeated)).toBe(true);
    expect(text.parties.every(({ organization }) => text.organizations.some(({ key }) => key === organization))).toBe(
      true,
    );
    expect(text.clarifications.length).toBeGreaterThan(1);
    for (const date of [text.effectOn, text.signedOn, ...text.parties.map((party) => party.deliberationOn)])
      if (date !== null) expect(parsePlainDate(date)).toBe(date);
    const covered = new Set(text.clauses.map(({ article }) => article));
    expect(covered.size).toBeGreaterThan(5);
  });

  it("ne nomment personne", () => {
    const whole = JSON.stringify(listAgreementModels());
    for (const name of [
      "LEROUX",
      "VERGER",
      "COMBE",
      "CRUAUD",
      "SARDAIS",
      "NAUD",
      "ALBERTINI",
      "ARNAUD",
      "BILLET",
      "CHAKKAR",
      "FRISON",
      "RAGAZZO",
      "LECERF",
    ])
      expect(whole.toUpperCase()).not.toContain(name);
  });
});

describe("un texte repris par un autre réseau", () => {
  const effectOn = day("2027-02-01");
  it.each(listAgreementModels().map((one) => [one.key, one] as const))("%s : ses suppositions restent", (_, text) => {
    const draft = draftFromModel(moveModel(text, effectOn), {
      ...{ cle: "c", organizations: new Map(), effectOn, keepsHabilitations: false },
    });
    expect(draft.parties.map((party) => [party.deliberationNumber, party.deliberationOn, party.chain])).toEqual(
      text.parties.map(() => ["", null, []]),
    );
    expect(draft.content.acts).toEqual([]);
    expect(moveModel(text, effectOn).annexes.map(({ datedOn }) => datedOn)).toEqual(text.annexes.map(() => effectOn));
    expect(noteOfModel(text)).not.toMatch(/suppos|démonstration/);
  });
  it.each([
    ["blain", "Effet avant la signature"],
    ["dreux", "Signée avant la décision"],
    ["nord", "Dates qui ne s’accordent pas"],
  ])("%s : « %s » tient aux dates de l’original et n’est pas reprise", (key, title) => {
    const titles = (text: AgreementModel) => text.clarifications.map((one) => one.title);
    expect(titles(model(key))).toContain(title);
    expect(titles(moveModel(model(key), effectOn))).toEqual(titles(model(key)).filter((one) => one !== title));
  });
});

describe("dates que les textes donnent", () => {
  it("Blain, art. 11 : fin le 31 décembre 2016, renégociation au plus tard le 30 juin 2016", () => {
    const { clauses, effectOn } = model("blain");
    const standing = assessTerm(durationOf(clauses)!, day(effectOn), day("2016-03-10"));
    expect(standing).toMatchObject({ state: "running", endsOn: "2016-12-31", otherReading: null });
    const [renegotiation] = clausesOf(clauses, "deadline").filter(({ key }) => key === "renegociation");
    expect(deadlineBefore(day("2016-12-31"), renegotiation!.rule.before)).toBe("2016-06-30");
    const told = listObligations(
      { clauses, startsOn: day(effectOn), standing, knownSince: null },
      [],
      day("2016-03-10"),
    );
    expect(told.find(({ clauseKey }) => clauseKey === "renegociation")).toMatchObject({
      state: "due",
      dueOn: "2016-06-30",
    });
  });
  it("Blain, art. 10 : mise en demeure envoyée le 10 mars 2016, fin le 10 juin 2016", () =>
    expect(notice("blain", "mise-en-demeure", "2016-03-10")).toEqual(["2016-06-10", [], false]));
  it("Nord, VII : reçue le 5 novembre 2020, fin le 5 février 2021", () =>
    expect(notice("nord", "denonciation", "2020-11-03", "2020-11-05")).toEqual(["2021-02-05", [], false]));
  it("Dreux, art. 9.3 : le 12 juin, fin le 31 juillet, ou le 12 juillet", () =>
    expect(notice("dreux", "denonciation", "2025-06-12")).toEqual(["2025-07-31", ["2025-07-12"], false]));
  it("Sceaux, art. 8 : point de départ non précisé", () =>
    expect(notice("sceaux", "denonciation", "2026-02-02", "2026-02-04")).toEqual(["2026-05-04", ["2026-05-02"], true]));
  it("La Garde, art. 9 : indéterminée après un an, l’autre lecture dite", () => {
    const { clauses, effectOn } = model("garde");
    const standing = assessTerm(durationOf(clauses)!, day(effectOn), addMonths(day(effectOn), 14));
    expect(standing).toMatchObject({ state: "indefinite", endsOn: null, isUnlimited: true });
    expect(standing.otherReading?.endsOn).toBe("2027-06-15");
  });
  it("Dreux, art. 2.1 : sept séances en octobre, aucune en août", () => {
    const { clauses, effectOn } = model("dreux");
    const asked = (today: string) => {
      const standing = assessTerm(durationOf(clauses)!, day(effectOn), day(today));
      return listObligations({ clauses, startsOn: day(effectOn), standing, knownSince: null }, [], day(today))
        .filter(({ clauseKey, period }) => clauseKey === "mensuelles" && period!.to >= day(today))
        .map(({ needed }) => needed);
    };
    expect([asked("2025-10-10"), asked("2025-08-10")]).toEqual([[7], []]);
  });
});
