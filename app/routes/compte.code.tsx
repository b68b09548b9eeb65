import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { encode } from "uqr";
import {
  codeSchema,
  confirmPasswordSchema,
  HIDDEN_FIELDS,
  parseForm,
  type CodeFields,
  type ConfirmPasswordFields,
} from "~/features/account/form";
import { twoFactorMessage } from "~/features/account/messages.fr";
import {
  confirmTwoFactor,
  disableTwoFactor,
  findTwoFactorState,
  startTwoFactor,
} from "~/features/account/two-factor.server";
import { requireViewer } from "~/services/actor.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Vérification en deux étapes" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const state = await findTwoFactorState(getDb(), viewer);
  if (state.kind !== "to-confirm") return { kind: state.kind, pending: null };
  const { size, data: cells } = encode(state.uri, { border: 2 });
  return { kind: state.kind, pending: { secret: state.secret, uri: state.uri, size, path: pathOf(cells) } };
}

/** One square for each dark cell. */
function pathOf(cells: ReadonlyArray<readonly boolean[]>): string {
  return cells.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { personId } = await requireViewer(request, context);
  const account = { db: getDb(), clock: systemClock };
  const form = await request.formData();
  const hideFields = HIDDEN_FIELDS;
  switch (form.get("acte")) {
    case "commencer":
      await startTwoFactor(account, personId);
      return redirect("/compte/code");
    case "confirmer": {
      const submission = parseForm(form, codeSchema);
      if (submission.status !== "success") return data({ result: submission.reply({ hideFields }) }, { status: 400 });
      const decision = await confirmTwoFactor(account, { personId, code: submission.value.code });
      if (decision.ok) return redirect("/compte?fait=code-active");
      const result = submission.reply({ hideFields, fieldErrors: { code: [twoFactorMessage(decision.refusal)] } });
      return data({ result }, { status: decision.refusal.kind === "limited" ? 429 : 409 });
    }
    case "retirer": {
      const submission = parseForm(form, confirmPasswordSchema);
      if (submission.status !== "success") return data({ result: submission.reply({ hideFields }) }, { status: 400 });
      const decision = await disableTwoFactor(account, { personId, password: submission.value.motDePasse });
      if (decision.ok) return redirect("/compte?fait=code-retire");
      const fieldErrors = { motDePasse: [twoFactorMessage(decision.refusal)] };
      const status = decision.refusal.kind === "limited" ? 429 : 409;
      return data({ result: submission.reply({ hideFields, fieldErrors }) }, { status });
    }
    default:
      throw new Response("", { status: 400 });
  }
}

export default function TwoFactorPage() {
  const { kind, pending } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page title="Vérification en deux étapes" crumbs={[{ label: "Mon compte", to: "/compte" }]}>
        {kind === "off" && <Start />}
        {pending && <Confirm pending={pending} lastResult={lastResult} />}
        {kind === "on" && <Disable lastResult={lastResult} />}
      </Page>
    </main>
  );
}

type Result = SubmissionResult<string[]> | undefined;

function Start() {
  return (
    <>
      <p>
        Après votre mot de passe, le portail demandera un code à 6 chiffres, affiché par une application de votre
        téléphone (FreeOTP, Aegis, Google Authenticator, ou celle de votre collectivité).
      </p>
      <Form method="post">
        <input type="hidden" name="acte" value="commencer" />
        <Button>Commencer</Button>
      </Form>
    </>
  );
}

type Pending = { readonly secret: string; readonly uri: string; readonly size: number; readonly path: string };

function Confirm({ pending, lastResult }: { readonly pending: Pending; readonly lastResult: Result }) {
  const [form, fields] = useForm<CodeFields>({ id: "code", ...(lastResult ? { lastResult } : {}) });
  const { secret, uri, size, path } = pending;
  return (
    <>
      <ErrorSummary form={form} />
      <ol>
        <li>
          <p>Dans l’application de votre téléphone, ajoutez un compte et visez cette image.</p>
          <svg
            className="qr"
            viewBox={`0 0 ${size} ${size}`}
            role="img"
            aria-label="Code à lire avec l’application de votre téléphone ; la clé à recopier est écrite dessous"
          >
            <rect width={size} height={size} fill="#fff" />
            <path d={path} fill="#000" shapeRendering="crispEdges" />
          </svg>
          <p>
            Pas d’appareil photo ? Recopiez cette clé : <code>{(secret.match(/.{1,4}/g) ?? []).join(" ")}</code>, ou{" "}
            <a href={uri}>ouvrez l’application de cet appareil</a>.
          </p>
        </li>
        <li>
          <p>Recopiez le code à 6 chiffres que l’application affiche.</p>
          <Form method="post" {...getFormProps(form)} noValidate>
            <input type="hidden" name="acte" value="confirmer" />
            <TextField
              field={fields.code}
              label="Code à 6 chiffres"
              inputMode="numeric"
              autoComplete="one-time-code"
              data-width="short"
            />
            <Button>Activer la vérification</Button>
          </Form>
        </li>
      </ol>
      <p>
        <Link to="/compte">Renoncer pour l’instant</Link>
      </p>
    </>
  );
}

function Disable({ lastResult }: { readonly lastResult: Result }) {
  const [form, fields] = useForm<ConfirmPasswordFields>({ id: "retrait", ...(lastResult ? { lastResult } : {}) });
  return (
    <>
      <p>La vérification est active. La retirer laisse votre mot de passe seul pour protéger votre compte.</p>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <input type="hidden" name="acte" value="retirer" />
        <TextField
          field={fields.motDePasse}
          label="Votre mot de passe"
          type="password"
          autoComplete="current-password"
        />
        <Button look="danger">Retirer la vérification</Button>
      </Form>
    </>
  );
}
