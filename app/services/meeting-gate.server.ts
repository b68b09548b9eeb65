import { can, PERMISSIONS, type Action, type Permission } from "~/domain/access/permissions";
import type { Viewer } from "./actor.server";
import { getDb } from "./db.server";
import { notFound, openMemberPage, requireParam, type CommandContext, type NetworkHead } from "./gate.server";
import { findMeetingHead, type MeetingHead } from "./meeting-record.server";

type RouteArguments = Parameters<typeof openMemberPage>[0];

export type MeetingPage = {
  readonly network: NetworkHead;
  readonly viewer: Viewer;
  readonly command: CommandContext;
  readonly meeting: MeetingHead;
  /** False when the meeting has left the states in which the action is possible: the page is stale, the person is not at fault. */
  readonly isTimely: boolean;
};

/**
 * The meeting of the address, for somebody whose role allows `action` in one of its states.
 * @throws Response to /connexion without a session; 404 for an unknown meeting or another network's; 403, noted, without the right
 */
export async function openMeetingPage(args: RouteArguments, action: Action): Promise<MeetingPage> {
  const permission: Permission = PERMISSIONS[action];
  const { network, viewer, command } = await openMemberPage(args, action, permission.states?.[0]);
  const meeting = await findMeetingHead(getDb(), network.id, requireParam(args.params, "id"));
  if (!meeting) throw notFound();
  const isTimely = can(viewer, action, { networkId: network.id, state: meeting.status });
  return { network, viewer, command, meeting, isTimely };
}
