import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportRegister } from "~/features/register/verification.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { recordSecurityEvent } from "~/services/security.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "register.read");
  await recordSecurityEvent(getDb(), systemClock, {
    kind: "export",
    personId: viewer.personId,
    networkId: network.id,
    detail: "register",
  });
  return new Response(await exportRegister(getDb(), network.id), {
    headers: {
      "Content-Type": "application/jsonl; charset=utf-8",
      "Content-Disposition": `attachment; filename="registre-${network.slug}.jsonl"`,
      "Cache-Control": "private, no-store",
    },
  });
}
