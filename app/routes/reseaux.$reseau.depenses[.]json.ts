import type { LoaderFunctionArgs } from "@remix-run/node";
import { expensesToJson } from "~/features/spending/export.server";
import { listExpenseRecords } from "~/features/spending/queries.server";
import { openMemberPage } from "~/services/gate.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "expense.read");
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const records = await listExpenseRecords(command.db, network.id, /^\d{4}$/.test(asked) ? Number(asked) : null);
  return new Response(expensesToJson(network.name, records), {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="depenses-${network.slug}.json"`,
      "Cache-Control": "private, no-store",
    },
  });
}
