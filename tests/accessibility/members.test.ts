import { describe, expect, it } from "vitest";
import { PERSONAS, type Persona } from "../journeys/demo";
import { crawl, looked, openDesk, takeFaults } from "./looking";

describe("chaque page que voient les membres", () => {
  it.each(["secretary", "official", "department", "agent", "administrator"] as const)(
    "pour %s",
    async (persona: Persona) => {
      const desk = await openDesk(PERSONAS[persona]);
      await crawl(desk, persona, false, ["/", "/compte", "/reseaux/blain"]);
      await desk.close();
      expect(takeFaults().join("\n")).toBe("");
      expect(looked).toBeGreaterThan(60);
    },
  );
});
