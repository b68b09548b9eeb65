import type { LoaderFunctionArgs } from "@remix-run/node";
import { can } from "~/domain/access/permissions";
import { openArchive } from "~/features/handover/production.server";
import { ARCHIVE_EXPORT, findArchive, listOrganizationsOf } from "~/features/handover/queries.server";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam, requirePermission } from "~/services/gate.server";
import { recordSecurityEvent } from "~/services/security.server";

/** An archive, or a member's extract, as it was made. Each download is noted. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "archive.read");
  const archive = await findArchive(command.db, network.id, requireParam(args.params, "id"));
  if (!archive) throw notFound();
  const seatIds = viewer.roles.filter(({ networkId }) => networkId === network.id).flatMap((role) => role.seatIds);
  const own = await listOrganizationsOf(command.db, network.id, seatIds);
  const isOwnExtract =
    archive.organizationId !== null &&
    own.includes(archive.organizationId) &&
    can(viewer, "archive.extract", { networkId: network.id });
  if (!isOwnExtract) await requirePermission(args, viewer, "archive.produce", network.id);
  const file = await openArchive(archive.id);
  if (file === null) throw notFound();
  await recordSecurityEvent(command.db, systemClock, {
    ...{ kind: "export", personId: viewer.personId, networkId: network.id, detail: `${ARCHIVE_EXPORT} ${archive.id}` },
  });
  return new Response(file.read(), {
    headers: {
      "Content-Type": "application/zip",
      "Content-Length": String(file.byteSize),
      "Content-Disposition": `attachment; filename="${archive.fileName}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
