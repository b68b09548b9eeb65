import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { submitMinutes } from "~/features/minutes/commands.server";
import { submitMessage } from "~/features/minutes/messages.fr";
import { findPublication } from "~/features/minutes/queries.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { loadDraft } from "./draft.server";
import { DraftMinutes } from "./draft";
import { openMinutes, requireNumber } from "./open-minutes.server";
import { loadPublished } from "./published.server";
import { PublishedMinutes } from "./published";

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? "Procès-verbal" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const number = requireNumber(args.params);
  const isFull = new URL(args.request.url).searchParams.has("complet");
  const publication = isFull ? null : await findPublication(getDb(), network.id, number);
  if (publication) {
    const scope = { networkId: network.id, state: "published" } as const;
    return data(
      await loadPublished(network, publication, {
        seesFull: can(actor, "minutes.read-draft", scope),
        mayRectify: can(actor, "minutes.correct-published", scope),
      }),
      publicCaching(viewer),
    );
  }
  return data(
    await loadDraft(await openMinutes(args, "minutes.read-draft"), new URL(args.request.url).searchParams.get("fait")),
  );
}

export async function action(args: ActionFunctionArgs) {
  const { command, minutes, home } = await openMinutes(args, "minutes.submit");
  const form = await args.request.formData();
  if (form.get("intent") !== "soumettre") throw new Response("", { status: 400 });
  const decision = await submitMinutes(command, minutes.id, new URL(home, getEnv().publicUrl).href);
  if (!decision.ok) return data({ refusal: submitMessage(decision.refusal) }, { status: 409 });
  return redirect(`${home}?fait=soumis`);
}

export default function MinutesPage() {
  const page = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal ?? null;
  return page.kind === "published" ? <PublishedMinutes page={page} /> : <DraftMinutes page={page} refusal={refusal} />;
}
