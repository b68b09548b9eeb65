import { describe, expect, it } from "vitest";
import { parseOpinion } from "~/features/action-plan/form";
import { seenVersion } from "~/ui/forms";

function submit(known: string) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ cle: "cle-de-l-avis-0001", known, opinion: "" })) form.set(name, value);
  return parseOpinion(form);
}

describe("la version que l’on avait sous les yeux", () => {
  it("page neuve : celle du jour", () => expect(seenVersion(undefined, "known", "du-jour")).toBe("du-jour"));

  it.each([
    ["un avis déjà lu", "lu", "lu"],
    ["aucun avis encore", "", ""],
  ])("faute dans un champ, %s : on n’a pas lu ce qu’un autre écrit entre-temps", (_, known, seen) => {
    const answer = submit(known).reply();
    expect(answer.status).toBe("error");
    expect(seenVersion(answer, "known", "du-jour")).toBe(seen);
  });

  it("refus du formulaire entier : les deux textes sont montrés, celui du jour est lu", () =>
    expect(seenVersion(submit("lu").reply({ formErrors: ["Une autre personne a écrit."] }), "known", "du-jour")).toBe(
      "du-jour",
    ));
});
