import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { changePasswordSchema, HIDDEN_FIELDS, parseForm, type ChangePasswordFields } from "~/features/account/form";
import { changePasswordMessage } from "~/features/account/messages.fr";
import { changePassword } from "~/features/account/password-commands.server";
import { requireViewer } from "~/services/actor.server";
import { readSessionId } from "~/services/auth.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Changer le mot de passe" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { email } = await requireViewer(request, context);
  return { email };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { personId, email } = await requireViewer(request, context);
  const submission = parseForm(await request.formData(), changePasswordSchema);
  const hideFields = HIDDEN_FIELDS;
  if (submission.status !== "success") return data({ result: submission.reply({ hideFields }) }, { status: 400 });
  const decision = await changePassword(
    { db: getDb(), clock: systemClock },
    {
      ...{ personId, email, sessionId: readSessionId(request.headers.get("Cookie")) },
      ...{ current: submission.value.motDePasseActuel, next: submission.value.motDePasse },
    },
  );
  if (decision.ok) return redirect("/compte?fait=mot-de-passe");
  const { refusal } = decision;
  const field = refusal.kind === "wrong-password" || refusal.kind === "limited" ? "motDePasseActuel" : "motDePasse";
  const result = submission.reply({ hideFields, fieldErrors: { [field]: [changePasswordMessage(refusal)] } });
  return data({ result }, { status: refusal.kind === "limited" ? 429 : 409 });
}

export default function ChangePasswordPage() {
  const { email } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ChangePasswordFields>({ id: "mot-de-passe", ...(lastResult ? { lastResult } : {}) });
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page
        title="Changer le mot de passe"
        lead="Vos autres connexions seront fermées ; celle-ci reste ouverte."
        crumbs={[{ label: "Mon compte", to: "/compte" }]}
      >
        <ErrorSummary form={form} />
        <Form method="post" {...getFormProps(form)} noValidate>
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <TextField
            field={fields.motDePasseActuel}
            label="Mot de passe actuel"
            type="password"
            autoComplete="current-password"
          />
          <TextField
            field={fields.motDePasse}
            label="Nouveau mot de passe"
            hint="12 caractères au moins. Une phrase ou quatre mots sans lien font un bon mot de passe."
            type="password"
            autoComplete="new-password"
          />
          <TextField
            field={fields.motDePasseConfirmation}
            label="Le même, une seconde fois"
            type="password"
            autoComplete="new-password"
          />
          <Button>Changer le mot de passe</Button>
        </Form>
      </Page>
    </main>
  );
}
