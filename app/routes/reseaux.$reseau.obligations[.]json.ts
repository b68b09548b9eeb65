import type { LoaderFunctionArgs } from "@remix-run/node";
import { explainStanding } from "~/documents/agreement-words";
import { composeObligations } from "~/documents/obligations";
import { followAgreements } from "~/features/agreements/obligations.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.read");
  const day = today(systemClock);
  const followed = await followAgreements(command.db, network, day);
  const told = followed.flatMap(
    ({ agreement: { id, title, content, effectOn, duration, standing }, obligations, milestones }) =>
      duration && standing
        ? [
            {
              id,
              title,
              clauses: content.clauses,
              effectOn,
              standing,
              reasoning: explainStanding(duration, effectOn, standing),
              obligations,
              milestones,
            },
          ]
        : [],
  );
  return Response.json(composeObligations(network.slug, day, told), {
    headers: { "Cache-Control": "private, no-store" },
  });
}
