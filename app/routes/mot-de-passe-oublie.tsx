import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { parseForm, requestLinkSchema, type RequestLinkFields } from "~/features/account/form";
import { requestLink } from "~/features/account/link-commands.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

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
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<RequestLinkFields>({ id: "lien", ...(lastResult ? { lastResult } : {}) });
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page
        title="Choisir un nouveau mot de passe"
        lead="Mot de passe oublié, ou pas encore choisi : un lien vous permet d’en choisir un."
        crumbs={[{ label: "Se connecter", to: "/connexion" }]}
      >
        {isDone && (
          <Notice tone="reached" role="status" title="Consultez votre messagerie">
            <p>Si un compte existe à cette adresse, un lien vient de lui être envoyé. Il vaut une heure.</p>
            <p>Rien reçu ? Regardez dans les indésirables, vérifiez l’adresse, puis demandez un autre lien.</p>
          </Notice>
        )}
        <ErrorSummary form={form} />
        <Form method="post" action="/mot-de-passe-oublie" {...getFormProps(form)} noValidate>
          <TextField
            field={fields.email}
            label="Adresse électronique"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
          <Button>Recevoir le lien</Button>
        </Form>
        <p className="sign-in-ways">
          <Link to="/connexion">Revenir à la connexion par mot de passe</Link>
        </p>
      </Page>
    </main>
  );
}
