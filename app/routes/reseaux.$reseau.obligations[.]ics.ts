import type { LoaderFunctionArgs } from "@remix-run/node";
import { milestoneWords } from "~/documents/agreement-words";
import { mayReadFeed } from "~/features/agreements/feeds.server";
import { followAgreements } from "~/features/agreements/obligations.server";
import { renderDeadlines } from "~/services/calendar.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { notFound, requireNetwork } from "~/services/gate.server";

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** A calendar program carries no session: the secret of the address is what opens it. */
export async function loader(args: LoaderFunctionArgs) {
  const network = await requireNetwork(args);
  const token = new URL(args.request.url).searchParams.get("jeton") ?? "";
  if (!TOKEN_SHAPE.test(token) || !(await mayReadFeed(getDb(), systemClock, network.id, token))) throw notFound();
  const address = `${getEnv().publicUrl}/reseaux/${network.slug}/obligations`;
  const followed = await followAgreements(getDb(), network, today(systemClock));
  const deadlines = followed.flatMap(({ agreement, milestones, obligations }) =>
    milestones
      .filter(({ kind }) => kind !== "alarm")
      .map((milestone) => ({
        uid: `${agreement.id}.${milestone.key}`,
        on: milestone.on,
        summary: milestoneWords(milestone),
        description: [
          agreement.title,
          obligations.find(({ key }) => key === milestone.obligationKey)?.sentence ?? "",
          address,
        ].join("\n"),
        url: address,
        alarmDays: obligations
          .find(({ key }) => key === milestone.obligationKey)
          ?.alarms.filter((days) => days > 0) ?? [30],
      })),
  );
  return new Response(renderDeadlines(`Échéances, ${network.name}`, systemClock.now(), deadlines), {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8",
      "Cache-Control": "private, no-store",
      "X-Robots-Tag": "noindex",
    },
  });
}
