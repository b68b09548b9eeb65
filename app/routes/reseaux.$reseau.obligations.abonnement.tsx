import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { formatInstant } from "~/documents/meeting-words";
import { findFeed, openFeed, revokeFeed } from "~/features/agreements/feeds.server";
import { getEnv } from "~/services/env.server";
import { openMemberPage } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { Button } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Échéances dans mon agenda" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "agreement.read");
  const since = await findFeed(command.db, network.id, viewer.personId);
  return {
    root: `/reseaux/${network.slug}`,
    since: since === null ? null : formatInstant(since),
    isRevoked: new URL(args.request.url).searchParams.get("fait") === "revoquee",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.read");
  const form = await args.request.formData();
  const page = `/reseaux/${network.slug}/obligations`;
  if (form.get("acte") === "revoquer") {
    await revokeFeed(command);
    return redirect(`${page}/abonnement?fait=revoquee`, 303);
  }
  const token = await openFeed(command);
  return data({ address: `${getEnv().publicUrl}${page}.ics?jeton=${token}` });
}

export default function FeedPage() {
  const { root, since, isRevoked } = useLoaderData<typeof loader>();
  const address = useActionData<typeof action>()?.address;
  return (
    <Page
      title="Échéances dans mon agenda"
      lead="Une adresse personnelle que votre agenda relit : les échéances de la convention y arrivent d’elles-mêmes."
      crumbs={[{ label: "Obligations", to: `${root}/obligations` }]}
    >
      <AgreementNav root={root} />
      {isRevoked && (
        <Notice tone="reached" role="status">
          <p>L’adresse est révoquée : elle ne donne plus rien.</p>
        </Notice>
      )}
      {address !== undefined && (
        <Notice tone="reached" role="status" title="Votre adresse, montrée une seule fois">
          <p className="digest">
            <code>{address}</code>
          </p>
          <p>
            Copiez-la dans votre agenda (« s’abonner à un calendrier »). Elle est secrète : qui la connaît lit les
            échéances.
          </p>
        </Notice>
      )}
      {since !== null && address === undefined && (
        <p>Une adresse fonctionne depuis {since}. Elle n’est pas conservée en clair.</p>
      )}
      <Form method="post">
        <input type="hidden" name="acte" value="ouvrir" />
        {since !== null && <p>Une nouvelle adresse remplace la précédente, qui cesse de fonctionner.</p>}
        <Button>{since === null && address === undefined ? "Créer mon adresse" : "Créer une nouvelle adresse"}</Button>
      </Form>
      {(since !== null || address !== undefined) && (
        <Form method="post">
          <input type="hidden" name="acte" value="revoquer" />
          <Button look="danger">Révoquer mon adresse</Button>
        </Form>
      )}
    </Page>
  );
}
