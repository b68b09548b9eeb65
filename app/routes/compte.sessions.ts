import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { closeEverySession } from "~/features/account/password-commands.server";
import { requireViewer } from "~/services/actor.server";
import { closeSession } from "~/services/auth.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";

export function loader() {
  return redirect("/compte");
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await closeEverySession({ db: getDb(), clock: systemClock }, viewer.personId);
  return redirect("/connexion?fait=sessions", { headers: { "Set-Cookie": await closeSession(null) } });
}
