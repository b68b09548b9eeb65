import type { LoaderFunctionArgs } from "@remix-run/node";
import { yearOf } from "~/domain/kernel/plain-date";
import { parseYear } from "~/features/quorum/form";
import { loadTrackingCsv } from "~/features/quorum/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage } from "~/services/gate.server";

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { network, command } = await openMemberPage(args, "quorum.read");
  const day = today(systemClock);
  const year = parseYear(new URL(args.request.url).searchParams.get("annee"), yearOf(day));
  if (year === null) throw notFound();
  return new Response(await loadTrackingCsv(command.db, network.id, year, day), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="quorum-${network.slug}-${year}.csv"`,
    },
  });
}
