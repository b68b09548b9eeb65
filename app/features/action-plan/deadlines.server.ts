import { nextDeadline, type ActionDeadline } from "~/domain/action-plan/progress";
import type { NetworkId } from "~/domain/kernel/ids";
import { yearOf, type PlainDate } from "~/domain/kernel/plain-date";
import type { Viewer } from "~/services/actor.server";
import { listOwnOrganizations } from "~/services/committee-record.server";
import type { Db } from "~/services/db.server";
import { onceUntilNextWrite } from "~/services/kept-reads.server";
import { currentPlan, isSecretaryOf, listPlans, listProgress, progressOf } from "./plan-queries.server";

/** The next deadline of the year's plan that concerns a person: of the actions that they answer for, else of them all. */
export function loadPlanDeadline(
  db: Db,
  networkId: NetworkId,
  viewer: Viewer,
  today: PlainDate,
): Promise<(ActionDeadline & { readonly isMine: boolean }) | null> {
  return onceUntilNextWrite(db, `plan-deadline ${networkId} ${viewer.personId} ${today}`, async () => {
    const year = yearOf(today);
    const plan = currentPlan(await listPlans(db, networkId, year));
    if (plan === null) return null;
    const progress = progressOf(plan.content, await listProgress(db, networkId, year), today);
    const own = new Set(await listOwnOrganizations(db, networkId, viewer, today));
    const mine = plan.content.actions.filter(({ owner }) => owner !== null && own.has(owner.organizationId));
    const first = isSecretaryOf(viewer, networkId) ? null : nextDeadline(mine, progress);
    if (first !== null) return { ...first, isMine: true };
    const next = nextDeadline(plan.content.actions, progress);
    return next && { ...next, isMine: false };
  });
}
