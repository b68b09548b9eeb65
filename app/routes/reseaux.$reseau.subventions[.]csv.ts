import type { LoaderFunctionArgs } from "@remix-run/node";
import { yearOf } from "~/domain/kernel/plain-date";
import { composeScdlSubsidies } from "~/documents/subsidies";
import { loadPublication } from "~/features/subsidies/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "subsidy.read");
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const year = /^20\d\d$/.test(asked) ? Number(asked) : yearOf(today(systemClock));
  const { lines } = await loadPublication(command.db, network.id, year);
  return new Response(composeScdlSubsidies(lines), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="subventions-${network.slug}-${year}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
}
