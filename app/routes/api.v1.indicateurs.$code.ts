import type { LoaderFunctionArgs } from "@remix-run/node";
import { findIndicator } from "~/domain/observatory/catalogue";
import { answerSeries, MAX_TERRITORIES, readTerritories } from "~/features/figures/api.server";
import { answerJson } from "~/services/api-answer.server";
import { getDb } from "~/services/db.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const indicator = findIndicator(params["code"] ?? "");
  if (indicator === undefined) return answerJson({ erreur: "Indicateur inconnu : voir /api/v1/indicateurs." }, 404);
  const asked = new URL(request.url).searchParams.get("territoires") ?? "";
  const territories = await readTerritories(getDb(), asked);
  if (territories === null) {
    const erreur = `Paramètre « territoires » : de 1 à ${MAX_TERRITORIES}, séparés par des virgules, comme commune-44015, departement-44, france ou reseau-blain.`;
    return answerJson({ erreur }, 400);
  }
  return answerJson(await answerSeries(getDb(), indicator, territories));
}
