import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { parseForm, requestLinkSchema } from "~/features/account/form";
import { requestLink } from "~/features/account/link-commands.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { RequestLinkPage } from "~/ui/request-link-page";

export const meta: MetaFunction = () => [{ title: "Choisir un nouveau mot de passe" }];

export function loader({ request }: LoaderFunctionArgs) {
  return { isDone: new URL(request.url).searchParams.get("fait") === "envoi" };
}

export async function action({ request }: ActionFunctionArgs) {
  const submission = parseForm(await request.formData(), requestLinkSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  await requestLink({ db: getDb(), clock: systemClock }, { email: submission.value.email, link: "password-reset" });
  return redirect("/mot-de-passe-oublie?fait=envoi");
}

export default function RequestPasswordResetPage() {
  const { isDone } = useLoaderData<typeof loader>();
  return (
    <RequestLinkPage
      title="Choisir un nouveau mot de passe"
      lead="Mot de passe oublié, ou pas encore choisi : un lien vous permet d’en choisir un."
      validity="une heure"
      action="/mot-de-passe-oublie"
      isDone={isDone}
      lastResult={useActionData<typeof action>()?.result ?? null}
    />
  );
}
