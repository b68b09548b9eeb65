import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { readNextPath } from "~/features/account/next-path";
import { requireViewer } from "~/services/actor.server";
import { dropDraft, findDraft } from "~/services/form-draft.server";
import { Button, ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Retrouver ce que vous aviez écrit" }];

/** Keys, revisions and identities travel with the form but were not typed by anybody. */
const MACHINE_NAME = /^(cle|revision|known|acte|intent|__.*)$|Id$|^r:/;
const MACHINE_VALUE = /^(on|[A-Za-z0-9_-]{20})$/;
/** What a choice of a list sends: kept, sent again, but no text to read over. */
const CHOICE_VALUE = /^[a-z]+(-[a-z]+)*$/;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const draft = await findDraft(request, viewer.personId);
  const path = draft && readNextPath(draft.path);
  if (!draft || !path) return { draft: null };
  const texts = draft.fields
    .filter(([name, value]) => value.trim() !== "" && !MACHINE_NAME.test(name) && !MACHINE_VALUE.test(value))
    .map(([, value]) => value);
  const written = texts.filter((text) => !CHOICE_VALUE.test(text));
  return { draft: { path, fields: draft.fields, texts: written.length > 0 ? written : texts } };
}

/** Gives the draft up. Sending it again goes straight to its own address. */
export async function action({ request, context }: ActionFunctionArgs) {
  await requireViewer(request, context);
  return redirect("/", { headers: { "Set-Cookie": await dropDraft(request) } });
}

export default function ResumePage() {
  const { draft } = useLoaderData<typeof loader>();
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      {draft === null ? (
        <Page title="Rien n’est en attente">
          <EmptyState>
            <p>Aucun formulaire n’attend d’être renvoyé depuis ce navigateur.</p>
            <ButtonLink to="/">Aller à l’accueil</ButtonLink>
          </EmptyState>
        </Page>
      ) : (
        <Page
          title="Retrouver ce que vous aviez écrit"
          lead="Votre session s’est terminée avant l’envoi. Rien n’est perdu, et rien n’est encore enregistré."
        >
          {draft.texts.map((text, index) => (
            <blockquote key={index} className="typed-text">
              {text}
            </blockquote>
          ))}
          <div className="row">
            <form method="post" action={draft.path}>
              {draft.fields.map(([name, value], index) => (
                <input key={index} type="hidden" name={name} value={value} />
              ))}
              <Button>Envoyer maintenant</Button>
            </form>
            <ButtonLink to={draft.path} look="quiet">
              Revenir à la page sans envoyer
            </ButtonLink>
            <Form method="post">
              <Button look="danger">Abandonner ce texte</Button>
            </Form>
          </div>
          <p className="soft small">Ce texte est gardé un jour dans ce navigateur, pour vous seul·e.</p>
        </Page>
      )}
    </main>
  );
}
