import { afterAll, beforeAll, describe, it } from "vitest";
import * as steps from "./steps";

let stage: steps.Stage;

beforeAll(async () => {
  stage = await steps.openStage({ javaScript: false });
});
afterAll(() => stage?.stop());

describe("la même année de comité sans JavaScript", () => {
  it("de la création du réseau au procès-verbal lu par une habitante", () => steps.walkTheYear(stage));
});
