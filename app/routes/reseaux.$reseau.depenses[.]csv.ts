import type { LoaderFunctionArgs } from "@remix-run/node";
import { expensesToCsv } from "~/features/spending/export.server";
import { listExpenseRecords } from "~/features/spending/queries.server";
import { openMemberPage } from "~/services/gate.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "expense.read");
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const records = await listExpenseRecords(command.db, network.id, /^\d{4}$/.test(asked) ? Number(asked) : null);
  return new Response(expensesToCsv(records), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="depenses-${network.slug}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
}
