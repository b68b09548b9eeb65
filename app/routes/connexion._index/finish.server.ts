import { createCookie, redirect } from "@remix-run/node";
import type { SignedIn } from "~/features/account/sign-in-commands.server";
import { findLandingPath } from "~/features/account/queries.server";
import { loadViewer } from "~/services/actor.server";
import { openSession } from "~/services/auth.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { LINK_MINUTES } from "~/services/one-time-links.server";

const pendingCookie = createCookie("portail_code", { httpOnly: true, sameSite: "lax", path: "/connexion" });

function pendingOptions(maxAge: number) {
  return { secure: getEnv().publicUrl.startsWith("https:"), maxAge };
}

type Wish = { readonly persistent: boolean; readonly next: string | null };

/** Opens the session and sends the person where they were going, or asks for their code first. */
export async function finishSignIn(signedIn: SignedIn, { persistent, next }: Wish): Promise<Response> {
  if (signedIn.kind === "code-needed") {
    const query = new URLSearchParams({ ...(next ? { suite: next } : {}), ...(persistent ? { rester: "on" } : {}) });
    return redirect(`/connexion/code${query.size > 0 ? `?${query}` : ""}`, {
      headers: {
        "Set-Cookie": await pendingCookie.serialize(signedIn.token, pendingOptions(LINK_MINUTES["second-step"] * 60)),
      },
    });
  }
  const viewer = await loadViewer(getDb(), signedIn.personId, today(systemClock));
  const landing = next ?? (viewer ? await findLandingPath(getDb(), viewer) : "/");
  const headers = new Headers({ "Set-Cookie": await openSession(signedIn.personId, { persistent }) });
  headers.append("Set-Cookie", await pendingCookie.serialize("", pendingOptions(0)));
  return redirect(landing, { headers });
}

export async function readPendingToken(request: Request): Promise<string | null> {
  const token: unknown = await pendingCookie.parse(request.headers.get("Cookie"));
  return typeof token === "string" && token !== "" ? token : null;
}
