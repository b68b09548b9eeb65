import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { signingCapacityOf, signMinutes } from "~/features/minutes/commands.server";
import { signMessage } from "~/features/minutes/messages.fr";
import { composeDraft, textToSign } from "~/features/minutes/queries.server";
import { DocumentView } from "~/ui/document-view";
import { Button } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { openMinutes } from "./reseaux.$reseau.proces-verbaux.$numero._index/open-minutes.server";

export const meta: MetaFunction = () => [{ title: "Signer le procès-verbal" }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, minutes, home, isTimely } = await openMinutes(args, "minutes.sign");
  const capacity = signingCapacityOf(minutes, viewer.personId);
  return {
    home,
    capacity,
    maySign: isTimely && capacity !== null && !minutes.signatures.some((signature) => signature.capacity === capacity),
    sha256: textToSign(minutes).sha256,
    document: composeDraft(minutes),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { command, minutes, home } = await openMinutes(args, "minutes.sign");
  const form = await args.request.formData();
  const decision = await signMinutes(command, minutes.id, String(form.get("empreinte") ?? ""));
  if (!decision.ok) return data({ refusal: signMessage(decision.refusal) }, { status: 409 });
  return redirect(`${home}?fait=signe`);
}

export default function SignMinutesPage() {
  const { home, capacity, maySign, sha256, document } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <Page
      title="Relire et signer"
      lead={
        capacity === null
          ? "Seules signent la personne qui a présidé la séance et celle qui en a été secrétaire."
          : `Vous signez comme ${capacity === "chair" ? "présidence" : "secrétaire"} de la séance.`
      }
      crumbs={[{ label: "Procès-verbal", to: home }]}
    >
      {refusal && (
        <Notice tone="missed" role="alert" title="La signature n’est pas enregistrée">
          <p>{refusal}</p>
        </Notice>
      )}
      <DocumentView document={document} />
      {maySign && (
        <Section title="Signer ce texte" id="signer">
          <p>
            Votre nom, l’heure et l’empreinte SHA-256 du texte ci-dessus s’inscrivent au registre. Une signature ne se
            retire pas.
          </p>
          <p className="fingerprint">{sha256}</p>
          <Form method="post">
            <input type="hidden" name="empreinte" value={sha256} />
            <Button>Signer le procès-verbal</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
