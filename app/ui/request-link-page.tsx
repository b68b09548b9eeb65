import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form, Link } from "@remix-run/react";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

type RequestLinkPageProps = {
  readonly title: string;
  readonly lead: string;
  /** How long the link holds: « 15 minutes ». */
  readonly validity: string;
  readonly action: string;
  readonly isDone: boolean;
  readonly lastResult: SubmissionResult<string[]> | null;
};

/** Asks for a one-time link; says the same whether the account exists or not. */
export function RequestLinkPage({ title, lead, validity, action, isDone, lastResult }: RequestLinkPageProps) {
  const [form, fields] = useForm<{ email: string }>({ id: "lien", ...(lastResult ? { lastResult } : {}) });
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page title={title} lead={lead} crumbs={[{ label: "Se connecter", to: "/connexion" }]}>
        {isDone && (
          <Notice tone="reached" role="status" title="Consultez votre messagerie">
            <p>Si un compte existe à cette adresse, un lien vient de lui être envoyé. Il vaut {validity}.</p>
            <p>Rien reçu ? Regardez dans les indésirables, vérifiez l’adresse, puis demandez un autre lien.</p>
          </Notice>
        )}
        <ErrorSummary form={form} />
        <Form method="post" action={action} {...getFormProps(form)} noValidate>
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
