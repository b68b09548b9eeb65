import type { LoaderFunctionArgs } from "@remix-run/node";
import { expensesToOds } from "~/features/spending/export.server";
import { listExpenseRecords } from "~/features/spending/queries.server";
import { openMemberPage } from "~/services/gate.server";
import { ODS_TYPE } from "~/services/spreadsheet.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "expense.read");
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const records = await listExpenseRecords(command.db, network.id, /^\d{4}$/.test(asked) ? Number(asked) : null);
  return new Response(Buffer.from(await expensesToOds(records)), {
    headers: {
      "Content-Type": ODS_TYPE,
      "Content-Disposition": `attachment; filename="depenses-${network.slug}.ods"`,
      "Cache-Control": "private, no-store",
    },
  });
}
