import { answerDatasets } from "~/features/figures/api.server";
import { answerJson } from "~/services/api-answer.server";
import { getDb } from "~/services/db.server";

export async function loader() {
  return answerJson(await answerDatasets(getDb()));
}
