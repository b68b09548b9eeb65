import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { DEMO_ACCOUNTS, DEMO_PASSWORD, type DemoAccount } from "~/features/account/demo-accounts";
import { HIDDEN_FIELDS, parseForm, signInSchema, type SignInFields } from "~/features/account/form";
import { signInMessage } from "~/features/account/messages.fr";
import { readNextPath } from "~/features/account/next-path";
import { findLandingPath } from "~/features/account/queries.server";
import { signInByPassword } from "~/features/account/sign-in-commands.server";
import { findViewer } from "~/services/actor.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { Button, CheckboxField, ErrorSummary, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { finishSignIn } from "./finish.server";

export const meta: MetaFunction = () => [{ title: "Se connecter" }];

const DONE: Record<string, string> = {
  deconnexion: "Vous êtes déconnecté·e.",
  sessions: "Toutes vos connexions sont fermées. Connectez-vous à nouveau pour continuer.",
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const next = readNextPath(searchParams.get("suite"));
  const viewer = await findViewer(request, context);
  if (viewer) throw redirect(next ?? (await findLandingPath(getDb(), viewer)));
  return {
    next,
    done: DONE[searchParams.get("fait") ?? ""] ?? null,
    demo: getEnv().demo ? { accounts: DEMO_ACCOUNTS, password: DEMO_PASSWORD } : null,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const next = readNextPath(new URL(request.url).searchParams.get("suite"));
  const submission = parseForm(await request.formData(), signInSchema);
  const hideFields = HIDDEN_FIELDS;
  if (submission.status !== "success") return data({ result: submission.reply({ hideFields }) }, { status: 400 });
  const { email, motDePasse: password, rester: persistent } = submission.value;
  const decision = await signInByPassword(
    { db: getDb(), clock: systemClock },
    { email, password, clientAddress: context.clientAddress },
  );
  if (decision.ok) return finishSignIn(decision.value, { persistent, next });
  const result = submission.reply({ hideFields, formErrors: [signInMessage(decision.refusal)] });
  return data({ result }, { status: decision.refusal.kind === "limited" ? 429 : 401 });
}

export default function SignInPage() {
  const { next, done, demo } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<SignInFields>({ id: "connexion", ...(lastResult ? { lastResult } : {}) });
  const query = next ? `?suite=${encodeURIComponent(next)}` : "";
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page title="Se connecter">
        {done && (
          <Notice tone="reached" role="status">
            <p>{done}</p>
          </Notice>
        )}
        {next === "/reprise" ? (
          <Notice tone="pending" title="Votre session était terminée">
            <p>Ce que vous aviez écrit est gardé : vous le retrouverez dès que vous serez connecté·e.</p>
          </Notice>
        ) : (
          next && <p>Connectez-vous pour continuer.</p>
        )}
        <div className={demo ? "columns" : "sign-in"}>
          <div>
            <ErrorSummary form={form} />
            <Form method="post" action={`/connexion${query}`} {...getFormProps(form)} noValidate>
              <TextField
                field={fields.email}
                label="Adresse électronique"
                type="email"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
              />
              <TextField
                field={fields.motDePasse}
                label="Mot de passe"
                type="password"
                autoComplete="current-password"
              />
              <CheckboxField
                field={fields.rester}
                label="Rester connecté"
                hint="Trente jours sur cet appareil. Ne cochez pas sur un ordinateur partagé."
              />
              <Button>Se connecter</Button>
            </Form>
            <ul className="plain-list sign-in-ways">
              <li>
                <Link to={`/connexion/lien${query}`}>Recevoir un lien de connexion par courriel</Link>
              </li>
              <li>
                <Link to="/mot-de-passe-oublie">Mot de passe oublié, ou pas encore choisi</Link>
              </li>
            </ul>
          </div>
          {demo && <DemoAccounts accounts={demo.accounts} password={demo.password} query={query} />}
        </div>
      </Page>
    </main>
  );
}

function DemoAccounts({
  accounts,
  password,
  query,
}: {
  readonly accounts: readonly DemoAccount[];
  readonly password: string;
  readonly query: string;
}) {
  return (
    <Section title="Comptes de démonstration" id="demonstration">
      <p>
        Chacun montre une façon d’utiliser le portail. Leur mot de passe commun est <code>{password}</code>.
      </p>
      <ul className="plain-list">
        {accounts.map((account) => (
          <li key={account.email} className="demo-account">
            <div>
              <strong>{account.displayName}</strong>
              <div className="soft small">{account.purpose}</div>
              <div className="small">
                <code>{account.email}</code>
              </div>
            </div>
            <Form method="post" action={`/connexion${query}`}>
              <input type="hidden" name="email" value={account.email} />
              <input type="hidden" name="motDePasse" value={password} />
              <Button look="small">
                Entrer <span className="visually-hidden">avec le compte {account.displayName}</span>
              </Button>
            </Form>
          </li>
        ))}
      </ul>
    </Section>
  );
}
