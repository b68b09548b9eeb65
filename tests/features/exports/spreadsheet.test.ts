import { readOds } from "hucre/ods";
import { strFromU8, unzipSync } from "fflate";
import { expect, it } from "vitest";
import { composeOds } from "~/services/spreadsheet.server";

it("un tableau ODS ne contient aucune formule, et se relit", async () => {
  const sheet = await composeOds(
    "Décisions",
    ["Objet", "Montant"],
    [
      ["=1+1", 12.5],
      ["@SUM(A1)\u0001", null],
      ["été <b> & 1", -3],
    ],
  );
  expect(strFromU8(unzipSync(sheet)["content.xml"]!)).not.toContain("table:formula");
  expect((await readOds(sheet)).sheets[0]?.rows.map((row) => row.slice(0, 2))).toEqual([
    ["Objet", "Montant"],
    ["'=1+1", 12.5],
    ["'@SUM(A1)"],
    ["été <b> & 1", -3],
  ]);
});
