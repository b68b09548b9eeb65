import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { codeSchema, HIDDEN_FIELDS, parseForm, type CodeFields } from "~/features/account/form";
import { signInMessage } from "~/features/account/messages.fr";
import { readNextPath } from "~/features/account/next-path";
import { signInByCode } from "~/features/account/sign-in-commands.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { finishSignIn, readPendingToken } from "./connexion._index/finish.server";

export const meta: MetaFunction = () => [{ title: "Code de connexion" }];

export async function loader({ request }: LoaderFunctionArgs) {
  if ((await readPendingToken(request)) === null) throw redirect("/connexion");
  return { search: new URL(request.url).search };
}

export async function action({ request }: ActionFunctionArgs) {
  const token = await readPendingToken(request);
  if (token === null) throw redirect("/connexion");
  const { searchParams } = new URL(request.url);
  const submission = parseForm(await request.formData(), codeSchema);
  const hideFields = HIDDEN_FIELDS;
  if (submission.status !== "success") return data({ result: submission.reply({ hideFields }) }, { status: 400 });
  const decision = await signInByCode({ db: getDb(), clock: systemClock }, { token, code: submission.value.code });
  if (decision.ok) {
    return finishSignIn(decision.value, {
      persistent: searchParams.get("rester") === "on",
      next: readNextPath(searchParams.get("suite")),
    });
  }
  const result = submission.reply({ hideFields, formErrors: [signInMessage(decision.refusal)] });
  return data({ result }, { status: decision.refusal.kind === "limited" ? 429 : 401 });
}

export default function SignInCodePage() {
  const { search } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<CodeFields>({ id: "code", ...(lastResult ? { lastResult } : {}) });
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page
        title="Code de connexion"
        lead="Votre compte demande un second code : ouvrez votre application de codes et recopiez celui du portail."
      >
        <ErrorSummary form={form} />
        <Form method="post" action={`/connexion/code${search}`} {...getFormProps(form)} noValidate>
          <TextField
            field={fields.code}
            label="Code à 6 chiffres"
            inputMode="numeric"
            autoComplete="one-time-code"
            data-width="short"
          />
          <Button>Valider le code</Button>
        </Form>
        <p className="sign-in-ways">
          <Link to="/connexion">Recommencer la connexion</Link>
        </p>
        <p className="soft small">Téléphone perdu ? L’administration du portail peut retirer cette vérification.</p>
      </Page>
    </main>
  );
}
