import { describeApi } from "~/features/figures/api.server";
import { answerJson } from "~/services/api-answer.server";
import { getEnv } from "~/services/env.server";

export async function loader() {
  return answerJson(describeApi(getEnv().publicUrl));
}
