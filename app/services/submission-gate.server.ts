import type { Action } from "~/domain/access/permissions";
import { notFound, openMemberPage, requireParam } from "./gate.server";

type RouteArguments = Parameters<typeof openMemberPage>[0];

/** The year in the address. @throws Response 404 when it is none */
export function requireYear(params: RouteArguments["params"]): number {
  const text = params["annee"] ?? "";
  if (!/^20\d{2}$/.test(text)) throw notFound();
  return Number(text);
}

/** The CCAS and the year of the address, for somebody who may do `action` in the network; whose figures they are remains for the feature to check. */
export async function openSubmissionPage(args: RouteArguments, action: Action) {
  const page = await openMemberPage(args, action);
  return { ...page, target: { year: requireYear(args.params), organizationId: requireParam(args.params, "organisme") } };
}
