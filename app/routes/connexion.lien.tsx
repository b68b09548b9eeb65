import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { parseForm, requestLinkSchema } from "~/features/account/form";
import { requestLink } from "~/features/account/link-commands.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { RequestLinkPage } from "~/ui/request-link-page";

export const meta: MetaFunction = () => [{ title: "Recevoir un lien de connexion" }];

export function loader({ request }: LoaderFunctionArgs) {
  return { isDone: new URL(request.url).searchParams.get("fait") === "envoi" };
}

export async function action({ request }: ActionFunctionArgs) {
  const submission = parseForm(await request.formData(), requestLinkSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  await requestLink({ db: getDb(), clock: systemClock }, { email: submission.value.email, link: "sign-in" });
  return redirect("/connexion/lien?fait=envoi");
}

export default function RequestSignInLinkPage() {
  const { isDone } = useLoaderData<typeof loader>();
  return (
    <RequestLinkPage
      title="Recevoir un lien de connexion"
      lead="Un lien qui sert une seule fois, pour entrer sans mot de passe."
      validity="15 minutes"
      action="/connexion/lien"
      isDone={isDone}
      lastResult={useActionData<typeof action>()?.result ?? null}
    />
  );
}
