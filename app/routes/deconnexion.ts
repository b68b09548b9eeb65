import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { findViewer } from "~/services/actor.server";
import { closeSession, readSessionId } from "~/services/auth.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { dropDraft } from "~/services/form-draft.server";
import { recordSecurityEvent } from "~/services/security.server";

/** A link followed by mistake closes nothing. */
export function loader() {
  return redirect("/");
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await findViewer(request, context);
  if (viewer) {
    await recordSecurityEvent(getDb(), systemClock, { kind: "sign-out", personId: viewer.personId, detail: "" });
  }
  const headers = new Headers({ "Set-Cookie": await closeSession(readSessionId(request.headers.get("Cookie"))) });
  headers.append("Set-Cookie", await dropDraft(request));
  return redirect("/connexion?fait=deconnexion", { headers });
}
