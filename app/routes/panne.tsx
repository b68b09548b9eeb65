import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { notFound } from "~/services/gate.server";
import type { FaultKind } from "~/services/request-context.server";
import { KeptForm } from "~/ui/kept-form";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Rien n’a été enregistré" }];

const CAUSES: Record<FaultKind, string> = {
  busy: "La base de données est occupée par un autre travail. Attendez quelques instants, puis envoyez de nouveau.",
  full: "Le disque du serveur est plein ou ne répond pas. Prévenez l’administration du portail, puis envoyez de nouveau.",
  "too-large":
    "L’envoi dépasse 12 Mo. Choisissez un fichier plus léger, ou partagez-le en plusieurs, puis recommencez.",
  other: "Une panne est survenue ; elle a été notée. Vous pouvez envoyer de nouveau.",
};

const STATUSES: Record<FaultKind, number> = { busy: 503, full: 503, "too-large": 413, other: 500 };

/** Shown by the server in place of an error page, after a write that a fault stopped. Nobody comes here by an address. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { lostForm } = context;
  if (!lostForm) throw notFound();
  return data(lostForm, { status: STATUSES[lostForm.fault] });
}

export default function FaultPage() {
  const { path, fields, fault } = useLoaderData<typeof loader>();
  return (
    <main id="contenu" className="frame">
      <Page
        title="Rien n’a été enregistré"
        {...(fields.length > 0 ? { lead: "Votre saisie n’est pas perdue : la voici." } : {})}
      >
        <p>{CAUSES[fault]}</p>
        {fields.length > 0 ? (
          <KeptForm path={path} fields={fields} hasLostFile={fault === "too-large"} />
        ) : (
          <Link to={path}>Revenir au formulaire</Link>
        )}
      </Page>
    </main>
  );
}
