import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as steps from "./steps";

let stage: steps.Stage;

beforeAll(async () => {
  stage = await steps.openStage({ javaScript: true });
});
afterAll(() => stage?.stop());

describe("une année de comité, d’une base vide, par les seuls écrans", () => {
  it("de la création du réseau au procès-verbal lu par une habitante", async () => {
    await steps.walkTheYear(stage);
    expect(stage.pageFaults).toEqual([]);
  });
});
