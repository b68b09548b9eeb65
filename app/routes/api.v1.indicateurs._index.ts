import { answerIndicators } from "~/features/figures/api.server";
import { answerJson } from "~/services/api-answer.server";

export async function loader() {
  return answerJson(answerIndicators());
}
