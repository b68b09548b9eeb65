import { can, PERMISSIONS, type Action, type Permission } from "~/domain/access/permissions";
import {
  findMinutes,
  parseMinutesNumber,
  type MinutesNumber,
  type MinutesRecord,
} from "~/features/minutes/queries.server";
import type { Viewer } from "~/services/actor.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { notFound, openMemberPage, type CommandContext, type NetworkHead } from "~/services/gate.server";

type RouteArguments = Parameters<typeof openMemberPage>[0];

/** The number in the address. @throws Response 404 when it can't be one */
export function requireNumber(params: RouteArguments["params"]): MinutesNumber {
  const number = parseMinutesNumber(params["numero"] ?? "");
  if (number === null) throw notFound();
  return number;
}

/** The public page of the minutes, as a printed document names it. */
export function addressOf({ slug }: Pick<NetworkHead, "slug">, { year, rank }: MinutesNumber): string {
  return `${getEnv().publicUrl}/reseaux/${slug}/proces-verbaux/${year}-${rank}`;
}

export type MinutesPage = {
  readonly network: NetworkHead;
  readonly viewer: Viewer;
  readonly command: CommandContext;
  readonly minutes: MinutesRecord;
  /** Address of the minutes. */
  readonly home: string;
  /** False when the minutes have left the states in which the action is possible: the page is stale, the person is not at fault. */
  readonly isTimely: boolean;
};

/**
 * The minutes of the address, for somebody whose role allows `action` in one of its states.
 * @throws Response to /connexion without a session; 404 for an unknown number or another network's; 403, noted, without the right
 */
export async function openMinutes(args: RouteArguments, action: Action): Promise<MinutesPage> {
  const number = requireNumber(args.params);
  const permission: Permission = PERMISSIONS[action];
  const { network, viewer, command } = await openMemberPage(args, action, permission.states?.[0]);
  const minutes = await findMinutes(getDb(), network.id, number);
  if (!minutes) throw notFound();
  return {
    network,
    viewer,
    command,
    minutes,
    home: `/reseaux/${network.slug}/proces-verbaux/${minutes.number}`,
    isTimely: can(viewer, action, { networkId: network.id, state: minutes.state }),
  };
}
