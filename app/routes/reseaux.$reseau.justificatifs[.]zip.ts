import type { LoaderFunctionArgs } from "@remix-run/node";
import { yearOf } from "~/domain/kernel/plain-date";
import { writeArchive } from "~/features/control/archive.server";
import { CONTROL_EXPORT } from "~/features/control/queries.server";
import { streamArchive } from "~/services/archive.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { recordSecurityEvent } from "~/services/security.server";
import { documentsFolder } from "~/services/uploads.server";

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "control.export");
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const year = /^20\d\d$/.test(asked) ? Number(asked) : yearOf(today(systemClock));
  await recordSecurityEvent(command.db, systemClock, {
    ...{ kind: "export", personId: viewer.personId, networkId: network.id, detail: `${CONTROL_EXPORT} ${year}` },
  });
  const subject = { networkName: network.name, networkId: network.id, year };
  return new Response(streamArchive(writeArchive(command.db, subject, documentsFolder()), systemClock.now()), {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="justificatifs-${network.slug}-${year}.zip"`,
      "Cache-Control": "private, no-store",
    },
  });
}
