import { getFormProps, useForm } from "@conform-to/react";
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { choosePasswordSchema, HIDDEN_FIELDS, parseForm, type ChoosePasswordFields } from "~/features/account/form";
import { choosePasswordMessage, LINK_INVALID } from "~/features/account/messages.fr";
import { choosePassword } from "~/features/account/password-commands.server";
import { signInByLink } from "~/features/account/sign-in-commands.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { findLink } from "~/services/one-time-links.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";
import { finishSignIn } from "./connexion._index/finish.server";

export const meta: MetaFunction = () => [{ title: "Lien personnel" }, { name: "robots", content: "noindex" }];

const PURPOSES = ["sign-in", "password-reset", "invitation"] as const;

/** Reading the page uses nothing up: scanners of mail open every link. */
export async function loader({ params }: LoaderFunctionArgs) {
  const token = params["jeton"] ?? "";
  const link = await findLink(getDb(), systemClock, { token, purposes: PURPOSES });
  if (!link) return data({ link: null }, { status: 410 });
  return data({ link: { purpose: link.purpose, email: link.email, displayName: link.displayName } });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const token = params["jeton"] ?? "";
  const context = { db: getDb(), clock: systemClock };
  const link = await findLink(getDb(), systemClock, { token, purposes: PURPOSES });
  if (!link) return data({ result: null }, { status: 410 });
  if (link.purpose === "sign-in") {
    const decision = await signInByLink(context, token);
    if (!decision.ok) return data({ result: null }, { status: 410 });
    return finishSignIn(decision.value, { persistent: false, next: null });
  }
  const submission = parseForm(await request.formData(), choosePasswordSchema);
  const hideFields = HIDDEN_FIELDS;
  if (submission.status !== "success") return data({ result: submission.reply({ hideFields }) }, { status: 400 });
  const decision = await choosePassword(context, { token, password: submission.value.motDePasse });
  if (decision.ok) return finishSignIn(decision.value, { persistent: false, next: null });
  const fieldErrors = { motDePasse: [choosePasswordMessage(decision.refusal)] };
  return data({ result: submission.reply({ hideFields, fieldErrors }) }, { status: 409 });
}

export default function OneTimeLinkPage() {
  const { link } = useLoaderData<typeof loader>();
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      {link === null && <SpentLink />}
      {link?.purpose === "sign-in" && <ConfirmSignIn displayName={link.displayName} />}
      {link !== null && link.purpose !== "sign-in" && (
        <ChoosePassword isInvitation={link.purpose === "invitation"} email={link.email} />
      )}
    </main>
  );
}

function SpentLink() {
  return (
    <Page title="Ce lien ne sert plus">
      <Notice tone="missed">
        <p>{LINK_INVALID}</p>
      </Notice>
      <p>Vous pouvez en demander un autre :</p>
      <ul className="plain-list">
        <li>
          <Link to="/connexion/lien">Recevoir un lien de connexion par courriel</Link>
        </li>
        <li>
          <Link to="/mot-de-passe-oublie">Choisir un nouveau mot de passe</Link>
        </li>
      </ul>
    </Page>
  );
}

function ConfirmSignIn({ displayName }: { readonly displayName: string }) {
  return (
    <Page title="Entrer dans le portail" lead={`Vous allez vous connecter au compte « ${displayName} ».`}>
      <Form method="post">
        <Button>Se connecter</Button>
      </Form>
      <p className="sign-in-ways soft">Ce lien sert une seule fois.</p>
    </Page>
  );
}

function ChoosePassword({ isInvitation, email }: { readonly isInvitation: boolean; readonly email: string }) {
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<ChoosePasswordFields>({ id: "mot-de-passe", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title={isInvitation ? "Bienvenue sur le portail" : "Choisir un nouveau mot de passe"}
      lead={isInvitation ? "Choisissez votre mot de passe pour ouvrir votre accès." : "L’ancien ne servira plus."}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <p>
          Votre adresse de connexion est <strong>{email}</strong>.
        </p>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
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
        <Button>{isInvitation ? "Ouvrir mon accès" : "Enregistrer ce mot de passe"}</Button>
      </Form>
    </Page>
  );
}
